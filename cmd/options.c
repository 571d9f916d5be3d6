/* The parser of the command line, driven by the tables. */
#include "options.h"

#include "other_words.h"

#include <dunlin/migrate.h>
#include <dunlin/project.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_MESSAGE = 400, MOST_WORDS = MOST_OPERANDS + 2, MOST_COUNT = 999999 };

struct parser {
    struct options *options;
    dun_error *error;
    bool failed;
    const char *values[MOST_WORDS]; /* what is no option: group, command, operands */
    const char *shown[MOST_WORDS];
    size_t word_count;
    const char *unknown; /* the first unknown option: what is near depends on the command, which may follow */
    char unknown_letter[3];
};

/* The first failure counts; reading goes on for the sake of --format. */
static bool fail_with_hint(struct parser *parser, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail_with_hint(struct parser *parser, const char *hint, const char *format, ...)
{
    if (parser->failed)
        return false;
    parser->failed = true;
    char message[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return dun_error_set(parser->error, DUN_USAGE, message, hint);
}

static const char *long_or_letter(const struct option_row *row, char text[static 24])
{
    if (row->name)
        snprintf(text, 24, "--%s", row->name);
    else
        snprintf(text, 24, "-%c", row->letter);
    return text;
}

static bool set_duration(struct parser *parser, const struct option_row *row, int64_t *field,
                         const char *value)
{
    dun_error *error = dun_error_new();
    bool read = dun_duration_parse(value, field, error);
    if (!read)
        fail_with_hint(parser, dun_error_hint(error), "--%s: %s", row->name, dun_error_message(error));
    dun_error_free(error);
    return read;
}

/* Digits only, up to `most`; 0: no such number. */
static size_t read_number(const char *text, size_t most)
{
    size_t digits = strspn(text, "0123456789"), number = 0;
    for (size_t i = 0; i < digits && number <= most; ++i)
        number = number * 10 + (size_t)(text[i] - '0');
    return digits && !text[digits] && number <= most ? number : 0;
}

static bool set_number(struct parser *parser, const struct option_row *row, unsigned *field,
                       const char *value)
{
    size_t number = read_number(value, MOST_NUMBER);
    if (number == 0)
        return fail_with_hint(parser, NULL, "--%s is a number from 1 to %d, not \"%s\"", row->name,
                              MOST_NUMBER, value);
    *field = (unsigned)number;
    return true;
}

static bool set_choice(struct parser *parser, const struct option_row *row, int *field, const char *value)
{
    char known[120] = "";
    for (int i = 0; row->choices[i]; ++i) {
        if (strcmp(row->choices[i], value) == 0) {
            *field = i;
            return true;
        }
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s%s",
                 i == 0                ? ""
                 : row->choices[i + 1] ? ", "
                                       : " or ",
                 row->choices[i]);
    }
    return fail_with_hint(parser, NULL, "--%s is %s, not \"%s\"", row->name, known, value);
}

/* What the names mean depends on the command, which may follow. */
static bool keep_allowed(struct parser *parser, const char *value)
{
    struct options *options = parser->options;
    if (options->allow_count == MOST_ALLOWED)
        return fail_with_hint(parser, "all names can stand in one, with commas between them",
                              "too many --allow");
    options->allow_values[options->allow_count++] = value;
    return true;
}

static bool read_allowed(struct parser *parser, const char *value)
{
    static const char hint[] =
        "the names are out-of-order, changed, missing and all, with commas between them";
    for (;;) {
        char name[24];
        size_t length = strcspn(value, ",");
        if (length >= sizeof name)
            return fail_with_hint(parser, hint, "--allow knows no \"%.*s\"", (int)length, value);
        memcpy(name, value, length);
        name[length] = '\0';
        unsigned bits = dun_allow_from_name(name);
        if (!bits)
            return fail_with_hint(parser, hint, "--allow knows no \"%s\"", name);
        parser->options->allow |= bits;
        if (!value[length])
            return true;
        value += length + 1;
    }
}

static bool set_value(struct parser *parser, enum option_id id, const char *value)
{
    const struct option_row *row = &option_table[id];
    void *field = (char *)parser->options + row->offset;
    char name[24];
    if (row->kind != KIND_FLAG && !value[0])
        return fail_with_hint(parser, NULL, "%s wants a value: %s", long_or_letter(row, name), row->value);
    parser->options->given |= OPTION_BIT(id);
    switch (row->kind) {
    case KIND_FLAG:
        *(bool *)field = true;
        return true;
    case KIND_TEXT:
        *(const char **)field = value;
        return true;
    case KIND_DURATION:
        return set_duration(parser, row, field, value);
    case KIND_NUMBER:
        return set_number(parser, row, field, value);
    case KIND_CHOICE:
        return set_choice(parser, row, field, value);
    case KIND_ALLOW:
        return keep_allowed(parser, value);
    }
    return false;
}

/* What is left of the command line, in both forms. */
struct cursor {
    int left;
    char *const *values;
    char *const *shown;
};

static void advance(struct cursor *cursor)
{
    cursor->left--;
    cursor->values++;
    cursor->shown++;
}

static bool take_next_value(struct parser *parser, enum option_id id, struct cursor *cursor)
{
    const struct option_row *row = &option_table[id];
    char name[24];
    if (cursor->left < 2)
        return fail_with_hint(parser, NULL, "%s wants a value: %s", long_or_letter(row, name), row->value);
    advance(cursor);
    return set_value(parser, id, cursor->values[0]);
}

static bool unknown_option(struct parser *parser, const char *shown)
{
    if (!parser->unknown)
        parser->unknown = shown;
    return false;
}

static bool parse_long(struct parser *parser, struct cursor *cursor)
{
    const char *name = cursor->values[0] + 2;
    size_t length = strcspn(name, "=");
    for (enum option_id id = 0; id < OPTION_COUNT; ++id) {
        const struct option_row *row = &option_table[id];
        if (!row->name || strncmp(row->name, name, length) != 0 || row->name[length])
            continue;
        if (row->kind == KIND_FLAG)
            return name[length] ? fail_with_hint(parser, NULL, "--%s takes no value", row->name)
                                : set_value(parser, id, "");
        return name[length] ? set_value(parser, id, name + length + 1) : take_next_value(parser, id, cursor);
    }
    return unknown_option(parser, cursor->shown[0]);
}

/* -q, -qv, -e NAME, -eNAME. */
static bool parse_letters(struct parser *parser, struct cursor *cursor)
{
    for (const char *letter = cursor->values[0] + 1; *letter; ++letter) {
        enum option_id id = 0;
        while (id < OPTION_COUNT && option_table[id].letter != *letter)
            ++id;
        if (id == OPTION_COUNT && !parser->unknown)
            snprintf(parser->unknown_letter, sizeof parser->unknown_letter, "-%c", *letter);
        if (id == OPTION_COUNT)
            return unknown_option(parser, letter == cursor->values[0] + 1 ? cursor->shown[0]
                                                                          : parser->unknown_letter);
        if (option_table[id].kind != KIND_FLAG)
            return letter[1] ? set_value(parser, id, letter + 1) : take_next_value(parser, id, cursor);
        set_value(parser, id, "");
    }
    return true;
}

static void add_word(struct parser *parser, const struct cursor *cursor)
{
    if (parser->word_count == MOST_WORDS) {
        fail_with_hint(parser, NULL, "\"%s\" is one argument too many", cursor->shown[0]);
        return;
    }
    parser->values[parser->word_count] = cursor->values[0];
    parser->shown[parser->word_count++] = cursor->shown[0];
}

static void parse_all(struct parser *parser, struct cursor cursor)
{
    bool options_ended = false;
    for (; cursor.left > 0; advance(&cursor)) {
        const char *argument = cursor.values[0];
        if (options_ended || argument[0] != '-' || !argument[1])
            add_word(parser, &cursor);
        else if (strcmp(argument, "--") == 0)
            options_ended = true;
        else if (argument[1] == '-')
            parse_long(parser, &cursor);
        else
            parse_letters(parser, &cursor);
    }
}

/* Commands without a short form are found without their group, too, and named with it. */
static bool unknown_command(struct parser *parser, const char *group, const char *shown)
{
    const char *names[COMMAND_COUNT + 1];
    for (size_t i = 0; i < COMMAND_COUNT; ++i)
        names[i] = command_table[i].name;
    names[COMMAND_COUNT] = "migrate";
    const char *near = dun_nearest_word(shown, names, group ? COMMAND_COUNT : COMMAND_COUNT + 1);
    const char *before = group;
    for (size_t i = 0; near && i < COMMAND_COUNT; ++i)
        if (near == command_table[i].name && !command_table[i].has_short_form)
            before = command_table[i].group;
        else if (near == command_table[i].name && !command_table[i].group)
            before = NULL;
    const char *other = other_command(shown);
    char hint[80];
    if (other)
        snprintf(hint, sizeof hint, "did you mean %s?", other);
    else if (near)
        snprintf(hint, sizeof hint, "did you mean dunlin %s%s%s?", before ? before : "", before ? " " : "",
                 near);
    return fail_with_hint(parser, other || near ? hint : "dunlin --help lists the commands",
                          "there is no command \"%s%s%s\"", group ? group : "", group ? " " : "", shown);
}

static bool is_in_group(const struct command_row *row, const char *group)
{
    return row->group && strcmp(row->group, group) == 0;
}

static const struct command_row *find_command(const char *group, const char *name)
{
    for (const struct command_row *row = command_table; row < command_table + COMMAND_COUNT; ++row)
        if (strcmp(row->name, name) == 0 &&
            (group ? is_in_group(row, group) : row->has_short_form || !row->group))
            return row;
    return NULL;
}

static bool is_group(const char *word)
{
    for (size_t i = 0; i < COMMAND_COUNT; ++i)
        if (is_in_group(&command_table[i], word))
            return true;
    return false;
}

/* Names the command and gives the number of words that took; 0 when no command is named. */
static size_t parse_command(struct parser *parser)
{
    size_t used = 0;
    if (parser->word_count > 0 && strcmp(parser->values[0], "help") == 0) {
        parser->options->help = true;
        used = 1;
    }
    if (used == parser->word_count)
        return used;
    const char *group = is_group(parser->values[used]) ? parser->values[used] : NULL;
    used += group != NULL;
    if (used == parser->word_count)
        return used;
    parser->options->command = find_command(group, parser->values[used]);
    if (!parser->options->command)
        unknown_command(parser, group, parser->shown[used]);
    return used + 1;
}

static bool parse_count(struct parser *parser, const struct command_row *command, const char *value,
                        const char *shown)
{
    parser->options->count = read_number(value, MOST_COUNT);
    if (parser->options->count > 0)
        return true;
    char hint[120];
    bool is_number = value[0] >= '1' && value[0] <= '9';
    snprintf(hint, sizeof hint, "for a version, write dunlin %s --to %.40s", command->name, shown);
    return fail_with_hint(parser, is_number ? hint : NULL,
                          "%s is how many migrations, from 1 on, and not \"%s\"", command->operand, shown);
}

static bool parse_operands(struct parser *parser, size_t used)
{
    const struct command_row *command = parser->options->command;
    char name[COMMAND_NAME_SIZE];
    size_t left = parser->word_count - used;
    if (left > command->operand_most)
        return fail_with_hint(parser, NULL, "\"%s\" is one argument too many for dunlin %s",
                              parser->shown[used + command->operand_most], command_name(command, name));
    if (left < command->operand_least)
        return fail_with_hint(parser, NULL, "dunlin %s wants %s%s", command_name(command, name),
                              command->operand_least == 1 ? "a " : "", command->operand);
    if (left && command->operand_kind == OPERAND_COUNT)
        return parse_count(parser, command, parser->values[used], parser->shown[used]);
    for (; used < parser->word_count; ++used) {
        if (!parser->values[used][0])
            return fail_with_hint(parser, NULL, "%s is empty", command->operand);
        parser->options->operands[parser->options->operand_count++] = parser->values[used];
    }
    return true;
}

static bool check_unknown(struct parser *parser)
{
    if (!parser->unknown)
        return true;
    const char *names[OPTION_COUNT];
    size_t count = 0;
    option_set known = parser->options->command ? command_options(parser->options->command) : ~(option_set)0;
    for (enum option_id id = 0; id < OPTION_COUNT; ++id)
        if ((known & OPTION_BIT(id)) && option_table[id].name)
            names[count++] = option_table[id].name;
    char word[40], hint[120];
    const char *letters = parser->unknown + strspn(parser->unknown, "-");
    snprintf(word, sizeof word, "%.*s", (int)strcspn(letters, "="), letters);
    const char *near = strlen(word) > 1 ? dun_nearest_word(word, names, count) : NULL;
    const struct command_row *command = parser->options->command;
    const char *other = other_option(word);
    if (other)
        snprintf(hint, sizeof hint, "%s", other);
    else if (near)
        snprintf(hint, sizeof hint, "did you mean --%s?", near);
    else
        snprintf(hint, sizeof hint, "dunlin %s%s--help lists the options", command ? command->name : "",
                 command ? " " : "");
    parser->failed = false; /* it stands first in the line, or hides what stands after it */
    return fail_with_hint(parser, hint, "there is no option %.*s", (int)strcspn(parser->unknown, "="),
                          parser->unknown);
}

/* Hazards are for the library to know. */
static bool read_losses(struct parser *parser, const char *value)
{
    char *losses = parser->options->allow_losses;
    size_t length = strlen(losses), room = sizeof parser->options->allow_losses - length;
    if ((size_t)snprintf(losses + length, room, "%s%s", length ? "," : "", value) >= room)
        return fail_with_hint(parser, NULL, "--allow has too many names");
    return true;
}

static bool check_allowed(struct parser *parser)
{
    struct options *options = parser->options;
    bool losses = command_options(options->command) & OPTION_BIT(OPTION_ALLOW_LOSSES);
    for (size_t i = 0; i < options->allow_count; ++i)
        if (!(losses ? read_losses : read_allowed)(parser, options->allow_values[i]))
            return false;
    if (losses)
        options->given &= ~OPTION_BIT(OPTION_ALLOW);
    return true;
}

static bool check_belongs(struct parser *parser)
{
    const struct command_row *command = parser->options->command;
    option_set wrong = parser->options->given & ~command_options(command);
    char name[COMMAND_NAME_SIZE];
    for (enum option_id id = 0; id < OPTION_COUNT; ++id)
        if (wrong & OPTION_BIT(id))
            return fail_with_hint(parser, NULL, "--%s is no option of dunlin %s", option_table[id].name,
                                  command_name(command, name));
    return true;
}

/* The format of the command, where none is given. */
static bool check_format(struct parser *parser)
{
    const struct command_row *command = parser->options->command;
    option_set formats = command_formats(command);
    if (!(parser->options->given & OPTION_BIT(OPTION_FORMAT)))
        parser->options->format = command->format;
    if (formats & FORMAT_BIT(parser->options->format))
        return true;
    char name[COMMAND_NAME_SIZE], known[120];
    command_write_formats(formats, ", ", " or ", sizeof known, known);
    const char *given = option_table[OPTION_FORMAT].choices[parser->options->format];
    parser->options->format = command->format;
    return fail_with_hint(parser, NULL, "--format of dunlin %s is %s, not \"%s\"",
                          command_name(command, name), known, given);
}

static bool check_alternatives(struct parser *parser)
{
    const struct command_row *command = parser->options->command;
    char names[MOST_ALTERNATIVES + 1][24];
    size_t given = 0;
    if (parser->options->count)
        snprintf(names[given++], sizeof names[0], "%s", command->operand);
    for (size_t i = 0; i < command->alternative_count; ++i)
        if (parser->options->given & OPTION_BIT(command->alternatives[i]))
            long_or_letter(&option_table[command->alternatives[i]], names[given++]);
    if (given > 1)
        return fail_with_hint(parser, NULL, "%s and %s exclude each other", names[0], names[1]);
    if (given || !command->alternative_required)
        return true;
    for (size_t i = 0; i < command->alternative_count; ++i)
        long_or_letter(&option_table[command->alternatives[i]], names[i]);
    bool single = command->alternative_count == 1;
    char name[COMMAND_NAME_SIZE];
    return fail_with_hint(parser, NULL, "dunlin %s needs %s%s%s", command_name(command, name), names[0],
                          single ? "" : " or ", single ? "" : names[1]);
}

static bool check_all(struct parser *parser, size_t used)
{
    struct options *options = parser->options;
    if (!check_unknown(parser) || parser->failed)
        return false;
    if (options->help || options->version)
        return true;
    if (!options->command)
        return fail_with_hint(parser, "dunlin --help lists them", "which command?");
    return check_allowed(parser) && check_belongs(parser) && check_format(parser) &&
           parse_operands(parser, used) && check_alternatives(parser);
}

bool options_parse(struct options *ret, int count, char *const *values, char *const *shown, dun_error *error)
{
    *ret = (struct options){.lock_timeout_ms = -1, .wait_ms = -1};
    struct parser parser = {.options = ret, .error = error};
    parse_all(&parser, (struct cursor){count, values, shown});
    size_t used = parse_command(&parser);
    return check_all(&parser, used);
}
