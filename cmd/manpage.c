/*
 * Writes the manual pages into a folder, at build time, from the tables: dunlin.1, a page a command such as
 * dunlin-migrate-up.1, and for short forms a page that refers to that. Usage: manpage FOLDER
 */
#include "command_table.h"
#include "help.h"

#include <dunlin/version.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text in which nothing is taken for a request: a backslash, a leading dot or quote, and "-", which is no
 * hyphen here. */
static void put(FILE *out, const char *text)
{
    bool line_start = true;
    for (; *text; ++text) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        line_start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else if (*text == '~')
            fputs("\\(ti", out);
        else if (*text == '^')
            fputs("\\(ha", out);
        else
            fputc(*text, out);
    }
}

/* Paragraphs separated by empty lines; each sentence could be a line of its own, but roff does not insist. */
static void put_paragraphs(FILE *out, const char *text)
{
    while (*text) {
        const char *end = strstr(text, "\n\n");
        size_t length = end ? (size_t)(end - text) : strlen(text);
        char *paragraph = strndup(text, length);
        if (!paragraph)
            abort();
        if (length > 0 && paragraph[length - 1] == '\n')
            paragraph[length - 1] = '\0';
        fputs(".PP\n", out);
        put(out, paragraph);
        fputc('\n', out);
        free(paragraph);
        text += length + (end ? 2 : 0);
    }
}

static void put_bold(FILE *out, const char *text)
{
    fputs("\\fB", out);
    put(out, text);
    fputs("\\fR", out);
}

static void put_option(FILE *out, const struct option_row *row)
{
    char text[40];
    fputs(".TP\n", out);
    if (row->letter) {
        snprintf(text, sizeof text, "-%c", row->letter);
        put_bold(out, text);
    }
    if (row->letter && row->name)
        fputs(", ", out);
    if (row->name) {
        snprintf(text, sizeof text, "--%s", row->name);
        put_bold(out, text);
    }
    if (row->value) {
        fputs(" \\fI", out);
        put(out, row->value);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    snprintf(text, sizeof text, "%c",
             row->help[0] >= 'a' && row->help[0] <= 'z' ? row->help[0] - 32 : row->help[0]);
    put(out, text);
    put(out, row->help + 1);
    fputs(".\n", out);
    if (row->manual) {
        put(out, row->manual);
        fputc('\n', out);
    }
}

static void put_options(FILE *out, option_set set)
{
    for (enum option_id id = 0; id < OPTION_COUNT; ++id)
        if (set & OPTION_BIT(id))
            put_option(out, &option_table[id]);
}

static void put_notes(FILE *out, const char *heading, const struct note_row *rows)
{
    fprintf(out, ".SH %s\n", heading);
    for (const struct note_row *row = rows; row->name; ++row) {
        fputs(".TP\n", out);
        put_bold(out, row->name);
        fputc('\n', out);
        put(out, row->text);
        fputc('\n', out);
    }
}

static void put_title(FILE *out, const char *name, const char *summary)
{
    fprintf(out, ".TH \"%s\" 1 \"\" \"dunlin %s\" \"dunlin manual\"\n.SH NAME\n", name, DUN_VERSION);
    put(out, name);
    fputs(" \\- ", out);
    put(out, summary);
    fputs("\n.SH SYNOPSIS\n.nf\n", out);
}

static void put_synopsis(FILE *out, const struct command_row *command)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        abort();
    help_write_synopsis(memory, command);
    if (fclose(memory) != 0)
        abort();
    put_bold(out, text);
    fputs(" [\\fIOPTION\\fR...]\n", out);
    free(text);
}

static void put_examples(FILE *out, const struct example *examples)
{
    fputs(".SH EXAMPLES\n", out);
    for (const struct example *example = examples; example->line; ++example) {
        fputs(".TP\n", out);
        put_bold(out, example->line);
        fputc('\n', out);
        if (example->note) {
            fprintf(out, "%c",
                    example->note[0] >= 'a' && example->note[0] <= 'z' ? example->note[0] - 32
                                                                       : example->note[0]);
            put(out, example->note + 1);
            fputs(".\n", out);
        }
    }
}

static void put_format(FILE *out, const struct command_row *command)
{
    struct option_row row = option_table[OPTION_FORMAT];
    char formats[120];
    command_write_formats(command->formats, "|", "|", sizeof formats, formats);
    row.value = formats;
    row.help = "what is printed";
    put_option(out, &row);
}

enum { PAGE_NAME_SIZE = 64 };

static const char *page_name(const struct command_row *command, char text[static PAGE_NAME_SIZE])
{
    snprintf(text, PAGE_NAME_SIZE, "dunlin-%s%s%s", command->group ? command->group : "",
             command->group ? "-" : "", command->name);
    return text;
}

static void put_command(FILE *out, const struct command_row *command)
{
    char name[PAGE_NAME_SIZE];
    put_title(out, page_name(command, name), command->summary);
    put_synopsis(out, command);
    if (command->has_short_form) {
        char short_form[40];
        snprintf(short_form, sizeof short_form, "dunlin %s", command->name);
        put_bold(out, short_form);
        fputs(" ...\n", out);
    }
    fputs(".fi\n.SH DESCRIPTION\n", out);
    put_paragraphs(out, command->help);
    if (command->manual)
        put_paragraphs(out, command->manual);
    fputs(".SH OPTIONS\nThe options of every command are in\n.BR dunlin (1).\n", out);
    put_options(out, command->options);
    if (command->formats)
        put_format(out, command);
    put_examples(out, command->examples);
    put_notes(out, "EXIT STATUS", exit_table);
    fputs(".SH SEE ALSO\n.BR dunlin (1)\n", out);
}

static void put_overview(FILE *out)
{
    put_title(out, "dunlin", "SQL migrations for PostgreSQL, MySQL, MariaDB and SQLite");
    fputs("\\fBdunlin\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...]\n.fi\n.SH DESCRIPTION\n", out);
    put_paragraphs(
        out, "A migration is a file VERSION_NAME.up.sql with SQL that changes a database, and beside it "
             "VERSION_NAME.down.sql with the SQL that undoes it. dunlin applies them in the order of "
             "their versions, records in a table of the database which are applied, and reverts them.\n\n"
             "Which database: --url, or else the environment that -e names, or else DATABASE_URL, or else "
             "the default or only environment of dunlin.yaml.\n\n"
             "Standard output carries the answer and nothing else; everything else goes to standard "
             "error.");
    fputs(".SH COMMANDS\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; ++i) {
        const struct command_row *command = &command_table[i];
        fprintf(out, ".TP\n.BR dunlin%s%s\\-%s (1)\n", command->group ? "\\-" : "",
                command->group ? command->group : "", command->name);
        put(out, command->summary);
        fputc('\n', out);
    }
    fputs(".SH OPTIONS\nThese go with every command, before or after it.\n", out);
    put_options(out, OPTIONS_OF_EVERY_COMMAND);
    put_notes(out, "EXIT STATUS", exit_table);
    put_notes(out, "ENVIRONMENT", variable_table);
    put_notes(out, "FILES", file_table);
    put_examples(out,
                 (const struct example[]){{"dunlin --url sqlite:shop.db up", "apply what is pending"}, {0}});
}

static FILE *open_page(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.1", folder, name);
    FILE *page = fopen(path, "w");
    if (page)
        return page;
    perror(path);
    exit(EXIT_FAILURE);
}

static void close_page(FILE *page)
{
    if (!ferror(page) && fclose(page) == 0)
        return;
    perror("manpage");
    exit(EXIT_FAILURE);
}

int main(int count, char **arguments)
{
    if (count != 2)
        return EXIT_FAILURE;
    FILE *page = open_page(arguments[1], "dunlin");
    put_overview(page);
    close_page(page);
    for (size_t i = 0; i < COMMAND_COUNT; ++i) {
        const struct command_row *command = &command_table[i];
        char name[PAGE_NAME_SIZE];
        page = open_page(arguments[1], page_name(command, name));
        put_command(page, command);
        close_page(page);
        if (!command->has_short_form)
            continue;
        snprintf(name, sizeof name, "dunlin-%s", command->name);
        page = open_page(arguments[1], name);
        char full[PAGE_NAME_SIZE];
        fprintf(page, ".so man1/%s.1\n", page_name(command, full));
        close_page(page);
    }
    return EXIT_SUCCESS;
}
