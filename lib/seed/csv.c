/*
 * CSV after RFC 4180, and the same with tabs: quotes around fields double within, line ends of either kind,
 * and line ends within quotes. A record is first divided, and when all of it is there its fields are made in
 * place: nothing is copied.
 */
#include "base/error.h"
#include "base/memory.h"
#include "seed/reader.h"

#include <stdlib.h>
#include <string.h>

struct field {
    size_t start, end; /* from the start of the record; without quotes */
    bool quoted;
    bool doubled; /* has quotes within */
};

struct csv {
    bool stops[256]; /* bytes that end a field without quotes, or have no place in one */
    size_t null_length;
    struct field *fields;
    size_t count, capacity;
};

enum division { COMPLETE, INCOMPLETE, BROKEN };

static struct field *add_field(struct csv *csv)
{
    if (csv->count == csv->capacity) {
        csv->capacity = csv->capacity ? 2 * csv->capacity : 32;
        csv->fields = memory_realloc(csv->fields, memory_multiply(csv->capacity, sizeof *csv->fields));
    }
    csv->fields[csv->count] = (struct field){0};
    return &csv->fields[csv->count++];
}

/*
 * The end of a quoted field whose quote is at `at`: the place of the closing quote; NULL: it is not there
 * yet.
 */
static const char *find_closing(const char *at, const char *end, char quote, bool *ret_doubled)
{
    const char *c = at + 1;
    for (;;) {
        c = memchr(c, quote, (size_t)(end - c));
        if (!c)
            return NULL;
        if (c + 1 == end || c[1] != quote)
            return c;
        *ret_doubled = true;
        c += 2;
    }
}

static enum division unclosed(const struct seed_reader *reader, const char *quote, dun_error *error)
{
    const struct seed_input *input = &reader->input;
    bool too_long = input->end - input->start >= SEED_MOST_RECORD;
    if (!input->ended && !too_long)
        return INCOMPLETE;
    seed_input_fail(input, (size_t)(quote - input->data), error, "the quote that begins here is not closed%s",
                    too_long ? " within 16 MB" : "");
    return BROKEN;
}

/* A quoted field. `*at` moves to what follows its closing quote. */
static enum division divide_quoted(struct seed_reader *reader, const char **at, dun_error *error)
{
    const struct seed_input *input = &reader->input;
    struct csv *csv = reader->state;
    const char *start = input->data + input->start, *end = input->data + input->end, *quote = *at;
    struct field *field = add_field(csv);
    field->quoted = true;
    const char *closing = find_closing(quote, end, reader->format.quote, &field->doubled);
    if (!closing)
        return unclosed(reader, quote, error);
    if (closing + 1 == end && !input->ended)
        return INCOMPLETE; /* the next byte may double it */
    field->start = (size_t)(quote + 1 - start);
    field->end = (size_t)(closing - start);
    *at = closing + 1;
    if (*at < end && **at == '\r' && (*at + 1 == end || (*at)[1] == '\n'))
        ++*at;
    if (*at == end)
        return input->ended ? COMPLETE : INCOMPLETE;
    if (**at == reader->format.delimiter || **at == '\n')
        return COMPLETE;
    seed_input_fail(input, (size_t)(*at - input->data), error,
                    "a delimiter or the end of the line must follow the closing quote");
    error_hint(error, "a quote within a quoted field is written twice");
    return BROKEN;
}

static enum division divide_plain(struct seed_reader *reader, const char **at, dun_error *error)
{
    const struct seed_input *input = &reader->input;
    struct csv *csv = reader->state;
    const char *start = input->data + input->start, *end = input->data + input->end, *c = *at;
    while (c < end && !csv->stops[(unsigned char)*c])
        ++c;
    if (c == end && !input->ended)
        return INCOMPLETE;
    if (c < end && reader->format.quote && *c == reader->format.quote) {
        seed_input_fail(input, (size_t)(c - input->data), error,
                        "a quote in a field that does not begin with one");
        error_hint(error, "put quotes around the field and write this one twice, or use quote=none");
        return BROKEN;
    }
    struct field *field = add_field(csv);
    field->start = (size_t)(*at - start);
    field->end = (size_t)(c - start);
    bool ends_line = c == end || *c == '\n';
    if (ends_line && field->end > field->start && c[-1] == '\r')
        --field->end;
    *at = c;
    return COMPLETE;
}

/*
 * Divides the record at the start of the input, as far as it is there; `*ret_end` is where the next one
 * begins.
 */
static enum division divide(struct seed_reader *reader, size_t *ret_end, dun_error *error)
{
    struct csv *csv = reader->state;
    const struct seed_input *input = &reader->input;
    const char *at = input->data + input->start, *end = input->data + input->end;
    csv->count = 0;
    for (;;) {
        bool quoted = at < end && reader->format.quote && *at == reader->format.quote;
        enum division division =
            quoted ? divide_quoted(reader, &at, error) : divide_plain(reader, &at, error);
        if (division != COMPLETE)
            return division;
        if (at == end || *at == '\n')
            break;
        ++at;
    }
    *ret_end = (size_t)(at - input->data) + (at < end);
    return COMPLETE;
}

/* 1: a whole record is divided; 0: the end of the file; -1: failure. */
static int read_record(struct seed_reader *reader, size_t *ret_end, dun_error *error)
{
    struct seed_input *input = &reader->input;
    for (;;) {
        if (!seed_input_fill(input, error))
            return -1;
        if (input->start == input->end)
            return 0;
        enum division division = divide(reader, ret_end, error);
        if (division == COMPLETE)
            return seed_input_check_text(input, input->start, *ret_end, error) ? 1 : -1;
        if (division == BROKEN)
            return -1;
        if (input->end - input->start > SEED_MOST_RECORD) {
            seed_input_fail(input, input->start, error, "this line has no end within 16 MB");
            return -1;
        }
        if (!seed_input_more(input, error))
            return -1;
    }
}

/* Takes one quote of each two away; gives the new length. */
static size_t undouble(char *text, size_t length, char quote)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; ++i) {
        text[kept++] = text[i];
        if (text[i] == quote)
            ++i;
    }
    return kept;
}

static void make_value(struct seed_reader *reader, const struct field *field, struct seed_value *value)
{
    const struct csv *csv = reader->state;
    char *text = reader->input.data + reader->input.start + field->start;
    size_t length = field->end - field->start;
    if (field->doubled)
        length = undouble(text, length, reader->format.quote);
    bool null =
        !field->quoted && length == csv->null_length && memcmp(text, reader->format.null, length) == 0;
    *value = (struct seed_value){null ? SEED_NULL : SEED_TEXT, text, length, 0, 0};
}

static bool wrong_count(const struct seed_reader *reader, dun_error *error)
{
    const struct csv *csv = reader->state;
    size_t start = reader->input.start;
    bool many = csv->count > reader->count;
    size_t place = many ? csv->fields[reader->count].start : csv->fields[csv->count - 1].end;
    seed_input_fail(&reader->input, start + place, error,
                    "too %s fields: %zu, and the header names %zu columns", many ? "many" : "few", csv->count,
                    reader->count);
    error_hint(error, many ? "a field with the delimiter in it needs quotes around it"
                           : "write a field for each column; an empty one is NULL");
    return false;
}

/* A line with nothing on it, such as the last of many files. */
static bool is_blank(const struct csv *csv)
{
    return csv->count == 1 && !csv->fields[0].quoted && csv->fields[0].start == csv->fields[0].end;
}

static int next_row(struct seed_reader *reader, dun_error *error)
{
    struct csv *csv = reader->state;
    size_t end = reader->input.start;
    /* The fields of the row before were made in place, so its lines were counted before that. */
    for (;;) {
        int got = read_record(reader, &end, error);
        if (got <= 0)
            return got;
        if (reader->count == 1 || !is_blank(csv))
            break;
        seed_input_pass(&reader->input, end);
    }
    if (csv->count != reader->count) {
        wrong_count(reader, error);
        return -1;
    }
    reader->line = reader->input.line;
    size_t start = reader->input.start;
    seed_input_pass(&reader->input, end);
    reader->input.start = start;
    for (size_t i = 0; i < csv->count; ++i)
        make_value(reader, &csv->fields[i], &reader->values[i]);
    reader->input.start = end;
    return 1;
}

static bool no_header(const struct seed_reader *reader, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the file is empty, and has no header");
    error_at(error, reader->input.file, reader->input.line, 1);
    error_hint(error, "the first line names the columns");
    return false;
}

static bool read_name(struct seed_reader *reader, struct field *field, dun_error *error)
{
    size_t place = reader->input.start + field->start, before = reader->count;
    char *text = reader->input.data + place;
    size_t length = field->end - field->start;
    if (field->doubled) {
        text = arena_strndup(reader->arena, text, length);
        length = undouble(text, length, reader->format.quote);
    }
    if (length == 0) {
        seed_input_fail(&reader->input, place, error, "the header has a column without a name");
        error_hint(error, "the first line names the columns");
        return false;
    }
    if (seed_reader_column(reader, text, length, before) == before)
        return true;
    return seed_input_fail(&reader->input, place, error, "the header names the column \"%.*s\" twice",
                           (int)length, text);
}

static bool read_header(struct seed_reader *reader, dun_error *error)
{
    struct csv *csv = reader->state;
    size_t end = 0;
    int got = read_record(reader, &end, error);
    if (got <= 0)
        return got == 0 && no_header(reader, error);
    for (size_t i = 0; i < csv->count; ++i)
        if (!read_name(reader, &csv->fields[i], error))
            return false;
    reader->line = reader->input.line;
    seed_input_pass(&reader->input, end);
    return true;
}

static void close_csv(struct seed_reader *reader)
{
    struct csv *csv = reader->state;
    free(csv->fields);
}

bool seed_csv_start(struct seed_reader *reader, dun_error *error)
{
    struct csv *csv = ARENA_NEW(reader->arena, struct csv);
    reader->state = csv;
    reader->next_row = next_row;
    reader->close = close_csv;
    if (!seed_reader_comments(reader, error))
        return false;
    csv->stops[(unsigned char)reader->format.delimiter] = csv->stops['\n'] = true;
    if (reader->format.quote)
        csv->stops[(unsigned char)reader->format.quote] = true;
    csv->null_length = strlen(reader->format.null);
    return read_header(reader, error);
}
