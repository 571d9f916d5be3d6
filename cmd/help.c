/* --help. */
#include "help.h"

#include <string.h>

enum { COMMAND_WIDTH = 26, OPTION_WIDTH = 24, NOTE_COLUMN = 32 };

static void write_option(FILE *out, const struct option_row *row)
{
    char left[160];
    char letter[4] = "  ";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c", row->letter);
    snprintf(left, sizeof left, "%s%s%s%s%s%s", letter,
             !row->name    ? ""
             : row->letter ? ", "
                           : "  ",
             row->name ? "--" : "", row->name ? row->name : "", row->value ? " " : "",
             row->value ? row->value : "");
    fprintf(out, "  %-*s  %s\n", OPTION_WIDTH, left, row->help);
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
    fprintf(out, "dunlin %s: %s\n\nusage: ", command_name(command, name), command->summary);
    help_write_synopsis(out, command);
    fputs(" [OPTION...]\n", out);
    if (command->has_short_form)
        fprintf(out, "       dunlin %s is short for it\n", command->name);
    fprintf(out, "\n%s\n", command->help);
    write_options(out, command->options);
    if (command->formats)
        write_format(out, command);
    fputs("\nMore options, of every command: dunlin --help\n\nexamples:\n", out);
    for (const struct example *example = command->examples; example->line; ++example)
        fprintf(out, "  %-*s%s%s\n", example->note ? NOTE_COLUMN : 0, example->line,
                example->note ? "  " : "", example->note ? example->note : "");
}

static void write_commands(FILE *out)
{
    for (size_t i = 0; i < COMMAND_COUNT; ++i) {
        const struct command_row *command = &command_table[i];
        char name[COMMAND_NAME_SIZE], names[2 * COMMAND_NAME_SIZE];
        snprintf(names, sizeof names, "%s%s%s", command_name(command, name), command->has_short_form ? ", " : "",
                 command->has_short_form ? command->name : "");
        fprintf(out, "  %-*s  %s\n", COMMAND_WIDTH - 2, names, command->summary);
    }
}

void help_write(FILE *out, const struct command_row *command)
{
    if (command) {
        write_command(out, command);
        return;
    }
    fputs("dunlin: SQL migrations for PostgreSQL, MySQL, MariaDB and SQLite\n"
          "usage: dunlin COMMAND [OPTION...]; dunlin COMMAND --help says more\n\n",
          out);
    write_commands(out);
    fputs("\nOptions of every command, before or after it:\n", out);
    write_options(out, OPTIONS_OF_EVERY_COMMAND);
    fputs("example: dunlin --url sqlite:shop.db up\n", out);
}
