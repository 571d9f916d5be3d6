/*
 * YAML: a list of maps, each of which is a row. libfyaml's events are read one row at a time; the text itself is in memory, which
 * is why its size has a limit: what is larger than that was not written by hand, and is read from CSV or JSON in constant memory.
 */
#include "base/error.h"
#include "base/str.h"
#include "seed/reader.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 32 * 1024 * 1024, DEEPEST = 64 };

struct yaml {
    struct fy_parser *parser;
    struct fy_diag *diagnostics;
    struct str texts; /* of the row: its values and label, one after the other */
    bool ended;
};

struct place {
    unsigned line, column;
};

/* libfyaml points behind the quote mark of a quoted text. */
static struct place place_of(struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    struct place place = {0, 0};
    if (!mark)
        return place;
    place = (struct place){(unsigned)mark->line + 1, (unsigned)mark->column + 1};
    if (event->type == FYET_SCALAR && event->scalar.value) {
        enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
        if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && place.column > 1)
            --place.column;
    }
    return place;
}

/* Only the place: the line is not looked for again in a text that has been passed. */
static bool fail(const struct seed_reader *reader, struct place place, dun_error *error, const char *message)
{
    error_set(error, DUN_BAD_INPUT, "%s", message);
    error_at(error, reader->input.file, place.line, place.column);
    return false;
}

static bool syntax_error(const struct seed_reader *reader, dun_error *error)
{
    const struct yaml *yaml = reader->state;
    void *previous = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(yaml->diagnostics, &previous);
    error_set(error, DUN_BAD_INPUT, "this is no valid YAML%s%s", first && first->msg ? ": " : "",
              first && first->msg ? first->msg : "");
    error_at(error, reader->input.file, first && first->line > 0 ? (unsigned)first->line : 0,
             first && first->column > 0 ? (unsigned)first->column : 0);
    return false;
}

/* The next event, to be freed with fy_parser_event_free; NULL: failure. */
static struct fy_event *next_event(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    struct fy_event *event = fy_parser_parse(yaml->parser);
    if (!event)
        syntax_error(reader, error);
    return event;
}

static void append_token(struct str *to, struct fy_token *token)
{
    struct fy_token_iter *pieces = token ? fy_token_iter_create(token) : NULL;
    const struct fy_iter_chunk *piece = NULL;
    while (pieces && (piece = fy_token_iter_chunk_next(pieces, piece, NULL)))
        str_append_n(to, piece->str, piece->len);
    fy_token_iter_destroy(pieces);
}

static bool is_plain(const struct fy_event *event)
{
    return !event->scalar.value || fy_token_scalar_style(event->scalar.value) == FYSS_PLAIN;
}

static bool is_one_of(const char *text, size_t length, const char *const *words)
{
    for (; *words; ++words)
        if (strlen(*words) == length && memcmp(*words, text, length) == 0)
            return true;
    return false;
}

static size_t digits_at(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && at[count] >= '0' && at[count] <= '9')
        ++count;
    return count;
}

/* Numbers that JSON can also write; the rarer forms of YAML (hexadecimal, .inf) pass as texts. */
static bool is_number(const char *text, size_t length)
{
    const char *c = text, *end = text + length;
    c += c < end && *c == '-';
    size_t whole = digits_at(c, end), rest;
    if (whole == 0 || (whole > 1 && *c == '0'))
        return false;
    c += whole;
    if (c < end && *c == '.') {
        if ((rest = digits_at(c + 1, end)) == 0)
            return false;
        c += 1 + rest;
    }
    if (c < end && (*c == 'e' || *c == 'E')) {
        c += 1 + (c + 1 < end && (c[1] == '+' || c[1] == '-'));
        if ((rest = digits_at(c, end)) == 0)
            return false;
        c += rest;
    }
    return c == end;
}

/* What a text is when it stands without quotes. */
static enum seed_kind kind_of(const struct fy_event *event, const char *text, size_t length)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const booleans[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
    if (!is_plain(event))
        return SEED_TEXT;
    if (is_one_of(text, length, nulls))
        return SEED_NULL;
    if (is_one_of(text, length, booleans))
        return SEED_BOOLEAN;
    return is_number(text, length) ? SEED_NUMBER : SEED_TEXT;
}

static void append_json_string(struct str *to, const char *text, size_t length)
{
    str_append_char(to, '"');
    for (size_t i = 0; i < length; ++i) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            str_printf(to, "\\%c", c);
        else if (c < ' ')
            str_printf(to, "\\u%04x", c);
        else
            str_append_char(to, (char)c);
    }
    str_append_char(to, '"');
}

static void append_json_scalar(struct str *to, const struct fy_event *event, bool key)
{
    struct str text = STR_INIT;
    append_token(&text, event->scalar.value);
    enum seed_kind kind = key ? SEED_TEXT : kind_of(event, str_text(&text), text.length);
    if (kind == SEED_NULL)
        str_append(to, "null");
    else if (kind == SEED_BOOLEAN)
        str_append(to, *str_text(&text) == 't' || *str_text(&text) == 'T' ? "true" : "false");
    else if (kind == SEED_NUMBER)
        str_append_n(to, str_text(&text), text.length);
    else
        append_json_string(to, str_text(&text), text.length);
    str_free(&text);
}

static bool refuse_features(const struct seed_reader *reader, struct fy_event *event, dun_error *error)
{
    bool tagged = (event->type == FYET_SCALAR && event->scalar.tag) ||
                  (event->type == FYET_MAPPING_START && event->mapping_start.tag) ||
                  (event->type == FYET_SEQUENCE_START && event->sequence_start.tag);
    if (tagged)
        return fail(reader, place_of(event), error, "tags (words that begin with \"!\") are not known here");
    if (event->type == FYET_ALIAS)
        return fail(reader, place_of(event), error, "aliases (*name) are not known in seeds");
    return true;
}

static bool append_json(struct seed_reader *reader, struct fy_event *event, struct str *to, unsigned depth,
                        dun_error *error);

/* The members of a list or map that is inside of a row, up to its end. */
static bool append_members(struct seed_reader *reader, bool map, struct str *to, unsigned depth, dun_error *error)
{
    struct yaml *yaml = reader->state;
    str_append_char(to, map ? '{' : '[');
    for (size_t i = 0;; ++i) {
        struct fy_event *event = next_event(reader, error);
        if (!event)
            return false;
        bool end = event->type == FYET_MAPPING_END || event->type == FYET_SEQUENCE_END;
        bool key = map && i % 2 == 0;
        bool good = end || !key || event->type == FYET_SCALAR ||
                    fail(reader, place_of(event), error, "a key must be a text");
        if (good && !end) {
            str_append(to, i == 0 ? "" : map && !key ? ":" : ",");
            if (key)
                append_json_scalar(to, event, true);
            else
                good = append_json(reader, event, to, depth, error);
        }
        fy_parser_event_free(yaml->parser, event);
        if (!good)
            return false;
        if (end)
            break;
    }
    str_append_char(to, map ? '}' : ']');
    return true;
}

static bool append_json(struct seed_reader *reader, struct fy_event *event, struct str *to, unsigned depth,
                        dun_error *error)
{
    if (!refuse_features(reader, event, error))
        return false;
    if (event->type == FYET_SCALAR) {
        append_json_scalar(to, event, false);
        return true;
    }
    if (depth > DEEPEST)
        return fail(reader, place_of(event), error, "lists and maps are nested too deep");
    return append_members(reader, event->type == FYET_MAPPING_START, to, depth + 1, error);
}

/* The value's text goes to yaml->texts, which may still move: `text` is set when the row is complete. */
static bool read_value(struct seed_reader *reader, struct fy_event *event, struct seed_value *value, dun_error *error)
{
    struct yaml *yaml = reader->state;
    size_t start = yaml->texts.length;
    struct place place = place_of(event);
    value->line = place.line;
    value->column = place.column;
    value->kind = SEED_JSON;
    if (event->type == FYET_SCALAR) {
        append_token(&yaml->texts, event->scalar.value);
        value->kind = kind_of(event, str_text(&yaml->texts) + start, yaml->texts.length - start);
        if (value->kind == SEED_BOOLEAN) {
            bool yes = yaml->texts.data[start] == 't' || yaml->texts.data[start] == 'T';
            yaml->texts.length = start;
            str_append(&yaml->texts, yes ? "true" : "false");
        }
        if (memchr(str_text(&yaml->texts) + start, '\0', yaml->texts.length - start))
            return fail(reader, place, error, "a text may not contain a NUL character");
    } else if (!append_json(reader, event, &yaml->texts, 0, error)) {
        return false;
    }
    value->length = yaml->texts.length - start;
    str_append_char(&yaml->texts, '\0');
    return true;
}

static bool read_pair(struct seed_reader *reader, struct fy_event *key, size_t *expected, struct seed_value *label,
                      dun_error *error)
{
    struct yaml *yaml = reader->state;
    struct str name = STR_INIT;
    bool good = key->type == FYET_SCALAR || fail(reader, place_of(key), error, "the name of a column must be a text");
    if (good)
        append_token(&name, key->scalar.value);
    struct fy_event *event = good ? next_event(reader, error) : NULL;
    good = event && refuse_features(reader, event, error);
    if (good && strcmp(str_text(&name), "$label") == 0) {
        good = label->kind == SEED_ABSENT || fail(reader, place_of(key), error, "the row has two labels");
        good = good && read_value(reader, event, label, error) &&
               ((label->kind != SEED_NULL && label->kind != SEED_JSON) ||
                fail(reader, place_of(event), error, "a label is a text"));
    } else if (good) {
        size_t column = seed_reader_column(reader, str_text(&name), name.length, *expected);
        *expected = column + 1;
        good = reader->values[column].kind == SEED_ABSENT ||
               fail(reader, place_of(key), error, "the row names this column twice");
        good = good && read_value(reader, event, &reader->values[column], error);
    }
    if (event)
        fy_parser_event_free(yaml->parser, event);
    str_free(&name);
    return good;
}

/* Texts were written one after the other, in the order of `order`; now that they stay, they get their places. */
static void place_texts(struct seed_reader *reader, struct seed_value *label, const size_t *order, size_t count)
{
    struct yaml *yaml = reader->state;
    const char *at = str_text(&yaml->texts);
    for (size_t i = 0; i < count; ++i) {
        struct seed_value *value = order[i] == SIZE_MAX ? label : &reader->values[order[i]];
        value->text = at;
        at += value->length + 1;
    }
    if (label->kind != SEED_ABSENT) {
        reader->label = label->text;
        reader->label_length = label->length;
    }
}

static int read_row(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    struct seed_value label = {.kind = SEED_ABSENT};
    struct str order = STR_INIT; /* of columns, as size_t */
    size_t expected = 0, count = 0;
    int got = 0;
    str_clear(&yaml->texts);
    reader->label = NULL;
    for (size_t i = 0; i < reader->count; ++i)
        reader->values[i].kind = SEED_ABSENT;
    while (got == 0) {
        struct fy_event *event = next_event(reader, error);
        if (!event) {
            got = -1;
        } else if (event->type == FYET_MAPPING_END) {
            got = 1;
        } else {
            bool had_label = label.kind != SEED_ABSENT;
            if (!read_pair(reader, event, &expected, &label, error))
                got = -1;
            size_t column = !had_label && label.kind != SEED_ABSENT ? SIZE_MAX : expected - 1;
            str_append_n(&order, (const char *)&column, sizeof column);
            ++count;
        }
        if (event)
            fy_parser_event_free(yaml->parser, event);
    }
    if (got > 0)
        place_texts(reader, &label, (const size_t *)(const void *)str_text(&order), count);
    str_free(&order);
    return got;
}

static int next_row(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    if (yaml->ended)
        return 0;
    struct fy_event *event = next_event(reader, error);
    if (!event)
        return -1;
    int got = -1;
    struct place place = place_of(event);
    if (event->type == FYET_SEQUENCE_END) {
        yaml->ended = true;
        got = 0;
    } else if (event->type == FYET_MAPPING_START && refuse_features(reader, event, error)) {
        reader->line = place.line;
        got = read_row(reader, error);
    } else if (event->type != FYET_MAPPING_START) {
        fail(reader, place, error, "a row is wanted here: a map of columns and values");
    }
    fy_parser_event_free(yaml->parser, event);
    if (got == 0) { /* what follows may be a second document, or no YAML */
        while ((event = fy_parser_parse(yaml->parser)) && event->type != FYET_DOCUMENT_START)
            fy_parser_event_free(yaml->parser, event);
        if (event) {
            fail(reader, place_of(event), error, "a second document begins here, and only one is read");
            fy_parser_event_free(yaml->parser, event);
            return -1;
        }
        if (fy_parser_get_stream_error(yaml->parser)) {
            syntax_error(reader, error);
            return -1;
        }
    }
    return got;
}

static void close_yaml(struct seed_reader *reader)
{
    struct yaml *yaml = reader->state;
    fy_parser_destroy(yaml->parser);
    fy_diag_destroy(yaml->diagnostics);
    str_free(&yaml->texts);
}

static bool read_all(struct seed_input *input, dun_error *error)
{
    while (!input->ended) {
        if (input->end - input->start > MOST_TEXT) {
            error_set(error, DUN_BAD_INPUT, "a YAML file of more than 32 MB is not read");
            error_at(error, input->file, 0, 0);
            error_hint(error, "CSV and JSON may have any size");
            return false;
        }
        if (!seed_input_more(input, error))
            return false;
    }
    return seed_input_check_text(input, input->start, input->end, error);
}

/* Messages are collected instead of written to standard error. */
static bool start_parser(struct seed_reader *reader)
{
    struct yaml *yaml = reader->state;
    const struct seed_input *input = &reader->input;
    const struct fy_diag_cfg quiet = {.level = FYET_ERROR, .module_mask = ~0U};
    yaml->diagnostics = fy_diag_create(&quiet);
    if (!yaml->diagnostics)
        return false;
    fy_diag_set_collect_errors(yaml->diagnostics, true);
    const struct fy_parse_cfg settings = {.flags = FYPCF_DEFAULT_VERSION_1_2, .diag = yaml->diagnostics};
    yaml->parser = fy_parser_create(&settings);
    return yaml->parser &&
           fy_parser_set_string(yaml->parser, input->data + input->start, input->end - input->start) == 0;
}

/* Up to the beginning of the list. */
static bool read_beginning(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    for (;;) {
        struct fy_event *event = next_event(reader, error);
        if (!event)
            return false;
        enum fy_event_type type = event->type;
        struct place place = place_of(event);
        struct str text = STR_INIT;
        if (type == FYET_SCALAR)
            append_token(&text, event->scalar.value);
        bool null = type == FYET_SCALAR && kind_of(event, str_text(&text), text.length) == SEED_NULL;
        str_free(&text);
        fy_parser_event_free(yaml->parser, event);
        if (type == FYET_SEQUENCE_START)
            return true;
        yaml->ended = null || type == FYET_STREAM_END;
        if (yaml->ended)
            return true;
        if (type != FYET_STREAM_START && type != FYET_DOCUMENT_START)
            return fail(reader, place, error, "a list of rows is wanted here: \"- column: value\"");
    }
}

bool seed_yaml_start(struct seed_reader *reader, dun_error *error)
{
    reader->state = ARENA_NEW(reader->arena, struct yaml);
    reader->next_row = next_row;
    reader->close = close_yaml;
    if (!read_all(&reader->input, error))
        return false;
    struct seed_input at_start = reader->input;
    if (!seed_reader_comments(reader, error))
        return false;
    reader->input.start = at_start.start; /* comments are libfyaml's, too, so that it counts the lines */
    reader->input.line = at_start.line;
    if (!start_parser(reader))
        return error_set(error, DUN_FAILED, "libfyaml could not be started");
    return read_beginning(reader, error);
}
