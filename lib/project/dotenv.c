/* Reads .env files, line by line. */
#include "project/dotenv.h"

#include "base/str.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

struct reader {
    struct variables *variables;
    const struct source *source;
    const char *next, *end;
    unsigned line; /* of `next` */
};

static void warn(struct reader *reader, const char *message)
{
    variables_warn(reader->variables, reader->source->file, reader->line, message);
}

static void warn_of_variable(struct reader *reader)
{
    warn(reader, "${...} is not replaced in this file; the value is taken as it stands");
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
        warn_of_variable(reader);
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

/* Reads up to the quote mark that closes the one at `quote`; gives its place, or the end of the file. */
static const char *read_inside(const struct reader *reader, const char *quote, struct str *value,
                               bool *ret_has_variable)
{
    const char *c = quote + 1;
    while (c < reader->end && *c != *quote) {
        if (*quote == '"' && c[0] == '$' && c[1] == '{')
            *ret_has_variable = true;
        if (c[0] == '\r' && c[1] == '\n')
            ++c;
        else if (*quote == '"')
            c += read_escaped(c, value);
        else
            str_append_char(value, *c++);
    }
    return c;
}

/*
 * The value in quotes that begins at `quote`, with the end of the line on which it ends; NULL when the quotes
 * are not closed or something follows them.
 */
static const char *read_quoted(struct reader *reader, const char *quote, const char **ret_line_end)
{
    struct str inside = STR_INIT;
    bool has_variable = false;
    const char *close = read_inside(reader, quote, &inside, &has_variable), *value = NULL;
    const char *after = close < reader->end ? skip_blanks(close + 1) : NULL;
    if (after && (strchr("\r\n", *after) || (*after == '#' && after > close + 1))) {
        value = arena_strndup(reader->variables->arena, str_text(&inside), inside.length);
        *ret_line_end = line_end(reader, after);
        if (has_variable)
            warn_of_variable(reader);
    }
    str_free(&inside);
    return value;
}

/* Reads the assignment at `text`; moves `*next`, the end of its line, when the value goes over several. */
static void read_assignment(struct reader *reader, const char *text, const char **next)
{
    if (strncmp(text, "export", 6) == 0 && (text[6] == ' ' || text[6] == '\t'))
        text = skip_blanks(text + 6);
    /* Other programs allow dots and dashes. Nothing here asks for such a name, but it is no mistake. */
    size_t length = variables_name_length(text) ? strspn(text, VARIABLES_LETTERS VARIABLES_DIGITS ".-") : 0;
    const char *equals = skip_blanks(text + length);
    if (length == 0 || *equals != '=') {
        warn(reader, "this line is no assignment NAME=value and is skipped");
        return;
    }
    const char *start = skip_blanks(equals + 1);
    bool quoted = *start == '\'' || *start == '"';
    const char *value = quoted ? read_quoted(reader, start, next) : read_bare(reader, start);
    if (value)
        variables_set(reader->variables, arena_strndup(reader->variables->arena, text, length), value);
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

void dotenv_add(struct variables *variables, const struct source *source)
{
    struct reader reader = {.variables = variables,
                            .source = source,
                            .next = source->text,
                            .end = source->text + source->length,
                            .line = 1};
    if (!source_check(source, NULL)) {
        variables_warn(variables, source->file, 0, "this file is not UTF-8 text and is not read");
        return;
    }
    while (reader.next < reader.end)
        read_line(&reader);
}

void dotenv_read(struct variables *variables, const char *file)
{
    struct source source;
    variables->dotenv = file;
    int failure = source_read(variables->arena, file, &source);
    if (failure == 0) {
        dotenv_add(variables, &source);
    } else if (failure != ENOENT && failure != ENOTDIR && failure != EISDIR) {
        variables_warn(variables, file, 0,
                       arena_printf(variables->arena, "this file cannot be read: %s", strerror(failure)));
    }
}
