/* The variables of a project, and reading .env files. */
#include "project/variables.h"

#include "base/map.h"
#include "base/str.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

struct variable {
    const char *value;
    bool of_process;
};

struct reader {
    struct variables *variables;
    const struct source *source;
    const char *next, *end;
    unsigned line; /* of `next` */
};

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
#define DIGITS "0123456789"

size_t variables_name_length(const char *text)
{
    size_t length = strspn(text, LETTERS);
    return length ? length + strspn(text + length, LETTERS DIGITS) : 0;
}

struct variables *variables_new(struct arena *arena, char *const *process)
{
    struct variables *variables = ARENA_NEW(arena, struct variables);
    variables->arena = arena;
    variables->map = map_new(arena);
    for (; process && *process; ++process) {
        char *name = arena_strdup(arena, *process);
        char *equals = strchr(name, '=');
        if (!equals)
            continue;
        *equals = '\0';
        struct variable *variable = ARENA_NEW(arena, struct variable);
        *variable = (struct variable){.value = equals + 1, .of_process = true};
        map_add(variables->map, name, variable);
    }
    return variables;
}

const char *variables_get(const struct variables *variables, const char *name)
{
    const struct variable *variable = map_get(variables->map, name);
    return variable ? variable->value : NULL;
}

static void warn(struct reader *reader, const char *message)
{
    *vector_add(reader->variables->arena, &reader->variables->warnings) =
        (dun_project_warning){.file = reader->source->file, .line = reader->line, .message = message};
}

static void set(struct reader *reader, const char *name, const char *value)
{
    struct variable *variable = map_get(reader->variables->map, name);
    if (!variable) {
        variable = ARENA_NEW(reader->variables->arena, struct variable);
        map_add(reader->variables->map, name, variable);
    }
    if (!variable->of_process)
        variable->value = value;
}

static const char *skip_blanks(const char *c)
{
    return c + strspn(c, " \t");
}

static const char *line_end(const struct reader *reader, const char *from)
{
    const char *newline = memchr(from, '\n', (size_t)(reader->end - from));
    return newline ? newline : reader->end;
}

/* The value without quotes from `text` to the end of its line. */
static const char *read_bare(struct reader *reader, const char *text)
{
    const char *end = text, *last = line_end(reader, text);
    while (end < last && !(*end == '#' && (end == text || end[-1] == ' ' || end[-1] == '\t')))
        ++end;
    while (end > text && strchr(" \t\r", end[-1]))
        --end;
    const char *value = arena_strndup(reader->variables->arena, text, (size_t)(end - text));
    if (strstr(value, "${"))
        warn(reader, "${...} is not replaced in this file; the value is taken as it stands");
    return value;
}

/* One character of a value in double quotes; gives how many bytes it takes in the file. */
static size_t read_escaped(const char *c, struct str *value)
{
    if (*c != '\\' || !c[1] || !strchr("n\"\\$", c[1])) {
        str_append_char(value, *c);
        return 1;
    }
    str_append_char(value, c[1] == 'n' ? '\n' : c[1]);
    return 2;
}

/*
 * The value in quotes that begins at `quote`; NULL when the quotes are not closed or something follows them.
 * Gives what comes after the line on which it ends.
 */
static const char *read_quoted(struct reader *reader, const char *quote, const char **ret_next)
{
    struct str value = STR_INIT;
    bool replaceable = false;
    const char *c = quote + 1;
    while (c < reader->end && *c != *quote) {
        if (c[0] == '\r' && c[1] == '\n') {
            ++c;
            continue;
        }
        replaceable |= *quote == '"' && c[0] == '$' && c[1] == '{';
        if (*quote == '"') {
            c += read_escaped(c, &value);
        } else {
            str_append_char(&value, *c++);
        }
    }
    const char *copy = NULL;
    if (c < reader->end) {
        const char *after = skip_blanks(c + 1);
        if (after == reader->end || strchr("\r\n", *after) || (*after == '#' && after > c + 1)) {
            copy = arena_strndup(reader->variables->arena, str_text(&value), value.length);
            *ret_next = line_end(reader, after);
            if (replaceable)
                warn(reader, "${...} is not replaced in this file; the value is taken as it stands");
        }
    }
    str_free(&value);
    return copy;
}

/* Reads the assignment at `text`; moves `*next`, the end of its line, when the value goes over several. */
static void read_assignment(struct reader *reader, const char *text, const char **next)
{
    if (strncmp(text, "export", 6) == 0 && (text[6] == ' ' || text[6] == '\t'))
        text = skip_blanks(text + 6);
    /* Other programs allow dots and dashes. Nothing here asks for such a name, but it is no mistake. */
    size_t length = variables_name_length(text) ? strspn(text, LETTERS DIGITS ".-") : 0;
    const char *equals = skip_blanks(text + length);
    if (length == 0 || *equals != '=') {
        warn(reader, "this line is no assignment NAME=value and is skipped");
        return;
    }
    const char *start = skip_blanks(equals + 1);
    bool quoted = *start == '\'' || *start == '"';
    const char *value = quoted ? read_quoted(reader, start, next) : read_bare(reader, start);
    if (value)
        set(reader, arena_strndup(reader->variables->arena, text, length), value);
    else
        warn(reader, "the quotes of this value are not closed, or something follows them; it is skipped");
}

static void read_line(struct reader *reader)
{
    const char *text = skip_blanks(reader->next), *next = line_end(reader, text);
    if (!strchr("#\r\n", *text)) /* nor the NUL at the end */
        read_assignment(reader, text, &next);
    for (const char *c = reader->next; c < next; ++c)
        reader->line += *c == '\n';
    reader->line += 1;
    reader->next = next < reader->end ? next + 1 : next;
}

void variables_add_dotenv(struct variables *variables, const struct source *source)
{
    struct reader reader = {.variables = variables,
                            .source = source,
                            .next = source->text,
                            .end = source->text + source->length,
                            .line = 1};
    if (!source_check(source, NULL)) {
        reader.line = 0;
        warn(&reader, "this file is not UTF-8 text and is not read");
        return;
    }
    while (reader.next < reader.end)
        read_line(&reader);
}

void variables_read_dotenv(struct variables *variables, const char *file)
{
    struct source source;
    variables->dotenv = file;
    int failure = source_read(variables->arena, file, &source);
    if (failure == 0) {
        variables_add_dotenv(variables, &source);
    } else if (failure != ENOENT && failure != ENOTDIR && failure != EISDIR) {
        struct reader reader = {.variables = variables, .source = &(struct source){.file = file}};
        warn(&reader, arena_printf(variables->arena, "this file cannot be read: %s", strerror(failure)));
    }
}
