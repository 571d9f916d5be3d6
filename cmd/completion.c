/*
 * Writes what the shells need to complete dunlin's command line, at build time, from the tables: for bash,
 * which zsh reads, too (after `autoload -U bashcompinit; bashcompinit`), and for fish. Usage: completion
 * bash|fish
 */
#include "command_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_names(option_set set)
{
    for (enum option_id id = 0; id < OPTION_COUNT; ++id) {
        if (!(set & OPTION_BIT(id)))
            continue;
        if (option_table[id].letter)
            printf(" -%c", option_table[id].letter);
        if (option_table[id].name)
            printf(" --%s", option_table[id].name);
    }
}

static void put_choices(const struct option_row *row)
{
    for (const char *const *choice = row->choices; choice && *choice; ++choice)
        printf("%s%s", choice == row->choices ? "" : " ", *choice);
}

/* Of the group. */
static void put_command_names(void)
{
    for (size_t i = 0; i < COMMAND_COUNT; ++i)
        if (command_table[i].group)
            printf(" %s", command_table[i].name);
}

/* The option before the cursor decides; what takes a value that nobody can guess completes to nothing. */
static void put_bash_values(void)
{
    puts("    case $previous in");
    for (enum option_id id = 0; id < OPTION_COUNT; ++id) {
        const struct option_row *row = &option_table[id];
        if (row->kind == KIND_FLAG)
            continue;
        fputs("    ", stdout);
        if (row->letter)
            printf("-%c%s", row->letter, row->name ? "|" : "");
        if (row->name)
            printf("--%s", row->name);
        fputs(") ", stdout);
        if (row->choices) {
            fputs("COMPREPLY=($(compgen -W '", stdout);
            put_choices(row);
            fputs("' -- \"$word\")); ", stdout);
        } else if (id == OPTION_DIRECTORY) {
            fputs("COMPREPLY=($(compgen -d -- \"$word\")); ", stdout);
        } else if (id == OPTION_CONFIG) {
            fputs("COMPREPLY=($(compgen -f -- \"$word\")); ", stdout);
        }
        puts("return ;;");
    }
    puts("    esac");
}

static void put_bash(void)
{
    puts("# Completion of dunlin for bash, and for zsh with bashcompinit. Generated from the table of "
         "commands.\n"
         "_dunlin()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words= i\n"
         "    COMPREPLY=()\n"
         "    [ \"$previous\" = = ] && previous=${COMP_WORDS[COMP_CWORD-2]}\n"
         "    [ \"$word\" = = ] && { word=; }");
    put_bash_values();
    puts("    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in\n"
         "        -*|=) ;;\n"
         "        migrate|help) words=\"$words ${COMP_WORDS[i]}\" ;;");
    fputs("        ", stdout);
    for (size_t i = 0; i < COMMAND_COUNT; ++i)
        printf("%s%s", i ? "|" : "", command_table[i].name);
    puts(") words=\"$words command:${COMP_WORDS[i]}\" ;;\n"
         "        esac\n"
         "    done\n"
         "    case $words in");
    for (size_t i = 0; i < COMMAND_COUNT; ++i) {
        printf("    *command:%s*) words='", command_table[i].name);
        put_names(command_options(&command_table[i]));
        puts("' ;;");
    }
    fputs("    *migrate*) words='", stdout);
    put_command_names();
    fputs("' ;;\n    *) words='migrate help", stdout);
    for (size_t i = 0; i < COMMAND_COUNT; ++i)
        if (command_table[i].has_short_form || !command_table[i].group)
            printf(" %s", command_table[i].name);
    put_names(OPTIONS_OF_EVERY_COMMAND);
    puts("' ;;\n"
         "    esac\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "}\n"
         "complete -o default -F _dunlin dunlin");
}

static void put_fish_option(const struct option_row *row, const char *condition)
{
    fputs("complete -c dunlin", stdout);
    if (condition)
        printf(" -n '%s'", condition);
    if (row->letter)
        printf(" -s %c", row->letter);
    if (row->name)
        printf(" -l %s", row->name);
    if (row->kind != KIND_FLAG)
        fputs(row == &option_table[OPTION_CONFIG] || row == &option_table[OPTION_DIRECTORY] ? " -r -F"
                                                                                            : " -x",
              stdout);
    if (row->choices) {
        fputs(" -a '", stdout);
        put_choices(row);
        fputs("'", stdout);
    }
    printf(" -d '%s'\n", row->help);
}

static void put_fish(void)
{
    puts("# Completion of dunlin for fish. Generated from the table of commands.\n"
         "complete -c dunlin -f\n"
         "complete -c dunlin -n __fish_use_subcommand -a migrate -d 'versioned changes of the schema'");
    for (size_t i = 0; i < COMMAND_COUNT; ++i) {
        const struct command_row *command = &command_table[i];
        char condition[80];
        if (command->group) {
            printf(
                "complete -c dunlin -n '__fish_seen_subcommand_from %s; and not __fish_seen_subcommand_from",
                command->group);
            put_command_names();
            printf("' -a %s -d '%s'\n", command->name, command->summary);
        }
        if (command->has_short_form || !command->group)
            printf("complete -c dunlin -n __fish_use_subcommand -a %s -d '%s'\n", command->name,
                   command->summary);
        snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s", command->name);
        for (enum option_id id = 0; id < OPTION_COUNT; ++id)
            if (command->options & OPTION_BIT(id))
                put_fish_option(&option_table[id], condition);
    }
    for (enum option_id id = OPTION_DIRECTORY; id < OPTION_COUNT; ++id)
        put_fish_option(&option_table[id], NULL);
}

int main(int count, char **arguments)
{
    if (count == 2 && strcmp(arguments[1], "bash") == 0)
        put_bash();
    else if (count == 2 && strcmp(arguments[1], "fish") == 0)
        put_fish();
    else
        return EXIT_FAILURE;
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
