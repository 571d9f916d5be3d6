#include "seed/reader.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool ends_in(const char *file, size_t length, const char *ending)
{
    size_t own = strlen(ending);
    return length > own && memcmp(file + length - own, ending, own) == 0;
}

bool seed_syntax_of(const char *file, enum seed_syntax *ret_syntax)
{
    static const struct {
        const char *ending;
        enum seed_syntax syntax;
    } endings[] = {{".csv", SEED_CSV},          {".tsv", SEED_TSV},   {".json", SEED_JSON_ARRAY},
                   {".jsonl", SEED_JSON_LINES}, {".yaml", SEED_YAML}, {".yml", SEED_YAML},
                   {".sql", SEED_SQL}};
    size_t length = strlen(file);
    if (seed_input_is_compressed(file))
        length -= 3;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i)
        if (ends_in(file, length, endings[i].ending)) {
            *ret_syntax = endings[i].syntax;
            return true;
        }
    return false;
}

static struct seed_reader *reader_new(void)
{
    struct arena *arena = arena_new();
    struct seed_reader *reader = ARENA_NEW(arena, struct seed_reader);
    reader->arena = arena;
    reader->input.descriptor = -1;
    return reader;
}

static bool start(struct seed_reader *reader, enum seed_syntax syntax, dun_error *error)
{
    switch (syntax) {
    case SEED_CSV:
    case SEED_TSV:
        return seed_csv_start(reader, error);
    case SEED_JSON_ARRAY:
        return seed_json_start(reader, false, error);
    case SEED_JSON_LINES:
        return seed_json_start(reader, true, error);
    case SEED_YAML:
        return seed_yaml_start(reader, error);
    case SEED_SQL:
        break;
    }
    return error_set(error, DUN_USAGE, "a script has no rows");
}

static struct seed_reader *started(struct seed_reader *reader, enum seed_syntax syntax, dun_error *error)
{
    if (seed_input_skip_mark(&reader->input, error) && start(reader, syntax, error))
        return reader;
    seed_reader_close(reader);
    return NULL;
}

struct seed_reader *seed_reader_open(const char *file, enum seed_syntax syntax,
                                     const struct seed_format *format, dun_error *error)
{
    struct seed_reader *reader = reader_new();
    reader->format = format ? *format : seed_format_default(syntax == SEED_TSV);
    if (!seed_input_open(&reader->input, file, error)) {
        seed_reader_close(reader);
        return NULL;
    }
    return started(reader, syntax, error);
}

struct seed_reader *seed_reader_of_text(const char *text, size_t length, enum seed_syntax syntax,
                                        dun_error *error)
{
    struct seed_reader *reader = reader_new();
    reader->format = seed_format_default(syntax == SEED_TSV);
    seed_input_of_text(&reader->input, "text", text, length);
    return started(reader, syntax, error);
}

void seed_reader_close(struct seed_reader *reader)
{
    if (!reader)
        return;
    if (reader->close)
        reader->close(reader);
    seed_input_close(&reader->input);
    free(reader->names);
    free(reader->values);
    arena_free(reader->arena);
}

int seed_reader_next(struct seed_reader *reader, dun_error *error)
{
    int got = reader->next_row(reader, error);
    if (got > 0)
        ++reader->row;
    return got;
}

static bool is_named(const struct seed_reader *reader, size_t column, const char *name, size_t length)
{
    return strncmp(reader->names[column], name, length) == 0 && reader->names[column][length] == '\0';
}

size_t seed_reader_column(struct seed_reader *reader, const char *name, size_t length, size_t expected)
{
    if (expected < reader->count && is_named(reader, expected, name, length))
        return expected; /* rows name their columns in the same order, as a rule */
    for (size_t i = 0; i < reader->count; ++i)
        if (is_named(reader, i, name, length))
            return i;
    if (reader->count == reader->capacity) {
        reader->capacity = reader->capacity ? 2 * reader->capacity : 16;
        reader->names =
            memory_realloc(reader->names, memory_multiply(reader->capacity, sizeof *reader->names));
        reader->values =
            memory_realloc(reader->values, memory_multiply(reader->capacity, sizeof *reader->values));
    }
    reader->names[reader->count] = arena_strndup(reader->arena, name, length);
    reader->values[reader->count] = (struct seed_value){.kind = SEED_ABSENT};
    return reader->count++;
}

/* The line at the start of the input, without its end. False: failure. */
static bool first_line(struct seed_input *input, size_t *ret_length, dun_error *error)
{
    for (;;) {
        const char *line = input->data + input->start;
        const char *end = memchr(line, '\n', input->end - input->start);
        *ret_length = end ? (size_t)(end - line) : input->end - input->start;
        if (end || input->ended)
            return true;
        if (*ret_length > SEED_MOST_RECORD)
            return seed_input_fail(input, input->start, error, "this line has no end within %d MB",
                                   SEED_MOST_RECORD / 1024 / 1024);
        if (!seed_input_more(input, error))
            return false;
    }
}

bool seed_reader_comments(struct seed_reader *reader, dun_error *error)
{
    struct seed_input *input = &reader->input;
    size_t length = 0, offset = 0;
    for (;;) {
        if (!seed_input_fill(input, error))
            return false;
        if (input->start == input->end || input->data[input->start] != '#')
            return true;
        if (!first_line(input, &length, error) ||
            !seed_input_check_text(input, input->start, input->start + length, error))
            return false;
        if (!seed_format_read_comment(reader->arena, &reader->format, input->data + input->start, length,
                                      &offset, error)) {
            error_at(error, input->file, input->line, (unsigned)offset + 1);
            return false;
        }
        size_t next = input->start + length;
        seed_input_pass(input, next < input->end ? next + 1 : next);
    }
}
