/* --help. */
#include "help.h"

#include <string.h>

enum { COMMAND_WIDTH = 26, OPTION_WIDTH = 24, NOTE_COLUMN = 32, LINE_WIDTH = 79, NAME_SIZE = 160 };

/* "-e, --env NAME", "--url URL", "-C DIR" */
static void name_option(const struct option_row *row, char name[static NAME_SIZE])
{
    char letter[4] = "";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c", row->letter);
    snprintf(name, NAME_SIZE, "%s%s%s%s%s%s", letter, row->letter && row->name ? ", " : "",
             row->name ? "--" : "", row->name ? row->name : "", row->value ? " " : "",
             row->value ? row->value : "");
}

static void write_option(FILE *out, const struct option_row *row)
{
    char name[NAME_SIZE];
    int indent = row->letter ? 0 : 4;
    name_option(row, name);
    fprintf(out, "  %*s%-*s  %s\n", indent, "", OPTION_WIDTH - indent, name, row->help);
}

/* One sentence, broken between options. */
static void write_brief(FILE *out, option_set set, const char *last)
{
    static const char also[] = "Also:";
    const char *between = "";
    size_t column = sizeof also - 1;
    fputs(also, out);
    for (enum option_id id = 0; id <= OPTION_COUNT; ++id) {
        char name[NAME_SIZE];
        if (id == OPTION_COUNT)
            snprintf(name, sizeof name, "%s", last);
        else if (set & OPTION_BIT(id))
            name_option(&option_table[id], name);
        else
            continue;
        size_t length = strlen(name) + 2; /* with the blank before it and what comes between */
        bool fits = column + length <= LINE_WIDTH;
        column = (fits ? column : sizeof also - 1) + length;
        fprintf(out, fits ? "%s %s" : "%s\n      %s", between, name);
        between = ";";
    }
    fputc('\n', out);
}

static void write_options(FILE *out, option_set set)
{
    for (enum option_id id = 0; id < OPTION_COUNT; ++id)
        if (set & OPTION_BIT(id))
            write_option(out, &option_table[id]);
}

void help_write_synopsis(FILE *out, const struct command_row *command)
{
    char name[COMMAND_NAME_SIZE];
    fprintf(out, "dunlin %s", command_name(command, name));
    if (command->operand_least)
        fprintf(out, " %s", command->operand);
    size_t count = command->alternative_count;
    bool optional_operand = command->operand && !command->operand_least;
    if (!count && !optional_operand)
        return;
    bool single = count + optional_operand == 1 && command->alternative_required;
    fputs(single ? " " : command->alternative_required ? " (" : " [", out);
    if (optional_operand)
        fprintf(out, "%s%s", command->operand, count ? " | " : "");
    for (size_t i = 0; i < count; ++i) {
        const struct option_row *row = &option_table[command->alternatives[i]];
        fprintf(out, "%s--%s%s%s", i ? " | " : "", row->name, row->value ? " " : "",
                row->value ? row->value : "");
    }
    fputs(single ? "" : command->alternative_required ? ")" : "]", out);
}

static void write_format(FILE *out, const struct command_row *command)
{
    struct option_row row = option_table[OPTION_FORMAT];
    char formats[120];
    command_write_formats(command->formats, "|", "|", sizeof formats, formats);
    row.value = formats;
    row.help = "what is printed";
    write_option(out, &row);
}

static void write_command(FILE *out, const struct command_row *command)
{
    char name[COMMAND_NAME_SIZE];
    fprintf(out, "dunlin %s: %s\nusage: ", command_name(command, name), command->summary);
    help_write_synopsis(out, command);
    fputs(" [OPTION...]\n", out);
    if (command->has_short_form)
        fprintf(out, "       dunlin %s is short for it\n", command->name);
    fprintf(out, "\n%s\n", command->help);
    write_options(out, command->options & ~OPTIONS_IN_BRIEF);
    if (command->formats)
        write_format(out, command);
    write_brief(out, command->options & OPTIONS_IN_BRIEF, "and those of every command (dunlin --help)");
    fputs("\nexamples:\n", out);
    for (const struct example *example = command->examples; example->line; ++example)
        fprintf(out, "  %-*s%s%s\n", example->note ? NOTE_COLUMN : 0, example->line,
                example->note ? "  " : "", example->note ? example->note : "");
}

static void write_commands(FILE *out)
{
    for (size_t i = 0; i < COMMAND_COUNT; ++i) {
        const struct command_row *command = &command_table[i];
        char name[COMMAND_NAME_SIZE], names[2 * COMMAND_NAME_SIZE];
        snprintf(names, sizeof names, "%s%s%s", command_name(command, name),
                 command->has_short_form ? ", " : "", command->has_short_form ? command->name : "");
        fprintf(out, "  %-*s  %s\n", COMMAND_WIDTH - 2, names, command->summary);
    }
}

void help_write(FILE *out, const struct command_row *command)
{
    if (command) {
        write_command(out, command);
        return;
    }
    fputs("dunlin: migrations and schemas of PostgreSQL, MySQL, MariaDB and SQLite\n"
          "usage: dunlin COMMAND [OPTION...]; dunlin COMMAND --help says more\n\n",
          out);
    write_commands(out);
    fputs("\nOptions of every command, before or after it:\n", out);
    write_options(out, OPTIONS_OF_EVERY_COMMAND & ~OPTIONS_IN_BRIEF);
    write_brief(out, OPTIONS_OF_EVERY_COMMAND & OPTIONS_IN_BRIEF, "see man dunlin");
    fputs("\nexample: dunlin --url sqlite:shop.db up\n", out);
}
