/*
 * YAML: a list of maps, each of which is a row. libfyaml's events are read one row at a time; it wants its
 * text in memory, so it is given pieces of the file, one after the other.
 */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "seed/json_text.h"
#include "seed/reader.h"
#include "seed/yaml_piece.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

#define LABEL SIZE_MAX

/* Where the text of a value begins; the column is LABEL for that. */
struct text_place {
    size_t column, offset;
};

struct yaml {
    struct fy_parser *parser; /* of the piece */
    struct fy_diag *diagnostics;
    struct yaml_piece piece;
    unsigned lines;   /* before the piece */
    struct str texts; /* of the row: its values and label, one after the other */
    struct text_place *places;
    size_t place_count, place_capacity;
    struct seed_value label;
    size_t expected; /* the column that comes next when rows are alike */
    bool ended;
};

struct place {
    unsigned line, column;
};

/* libfyaml points behind the quote mark of a quoted text. */
static struct place place_of(const struct seed_reader *reader, struct fy_event *event)
{
    const struct yaml *yaml = reader->state;
    const struct fy_mark *mark = fy_event_start_mark(event);
    struct place place = {0, 0};
    if (!mark)
        return place;
    place = (struct place){yaml->lines + (unsigned)mark->line + 1, (unsigned)mark->column + 1};
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
    error_at(error, reader->input.file, first && first->line > 0 ? yaml->lines + (unsigned)first->line : 0,
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

/*
 * What a text is when it stands without quotes. The rarer numbers of YAML (hexadecimal, .inf) pass as texts.
 */
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
    return seed_json_number_length(text, length) == length ? SEED_NUMBER : SEED_TEXT;
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
        seed_json_append_string(to, str_text(&text), text.length);
    str_free(&text);
}

static bool refuse_features(const struct seed_reader *reader, struct fy_event *event, dun_error *error)
{
    bool tagged = (event->type == FYET_SCALAR && event->scalar.tag) ||
                  (event->type == FYET_MAPPING_START && event->mapping_start.tag) ||
                  (event->type == FYET_SEQUENCE_START && event->sequence_start.tag);
    if (tagged)
        return fail(reader, place_of(reader, event), error,
                    "tags (words that begin with \"!\") are not known here");
    if (event->type == FYET_ALIAS)
        return fail(reader, place_of(reader, event), error, "aliases (*name) are not known in seeds");
    return true;
}

static bool append_json(struct seed_reader *reader, struct fy_event *event, struct str *to, unsigned depth,
                        dun_error *error);

/* The members of a list or map that is inside of a row, up to its end. */
static bool append_members(struct seed_reader *reader, bool map, struct str *to, unsigned depth,
                           dun_error *error)
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
                    fail(reader, place_of(reader, event), error, "a key must be a text");
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
        return fail(reader, place_of(reader, event), error, "lists and maps are nested too deep");
    return append_members(reader, event->type == FYET_MAPPING_START, to, depth + 1, error);
}

/* Notes where the text of a value begins. */
static void begin_text(struct yaml *yaml, size_t column)
{
    if (yaml->place_count == yaml->place_capacity) {
        yaml->place_capacity = yaml->place_capacity ? 2 * yaml->place_capacity : 16;
        yaml->places =
            memory_realloc(yaml->places, memory_multiply(yaml->place_capacity, sizeof *yaml->places));
    }
    yaml->places[yaml->place_count++] = (struct text_place){column, yaml->texts.length};
}

static bool read_scalar(struct seed_reader *reader, struct fy_event *event, struct seed_value *value,
                        dun_error *error)
{
    struct yaml *yaml = reader->state;
    size_t start = yaml->texts.length;
    append_token(&yaml->texts, event->scalar.value);
    const char *text = str_text(&yaml->texts) + start;
    size_t length = yaml->texts.length - start;
    if (memchr(text, '\0', length))
        return fail(reader, place_of(reader, event), error, "a text may not contain a NUL character");
    value->kind = kind_of(event, text, length);
    if (value->kind == SEED_BOOLEAN) {
        bool yes = *text == 't' || *text == 'T';
        yaml->texts.length = start;
        str_append(&yaml->texts, yes ? "true" : "false");
    }
    return true;
}

/* The text of the value goes to yaml->texts, which may still move: `text` is set when the row is complete. */
static bool read_value(struct seed_reader *reader, struct fy_event *event, size_t column,
                       struct seed_value *value, dun_error *error)
{
    struct yaml *yaml = reader->state;
    size_t start = yaml->texts.length;
    struct place place = place_of(reader, event);
    *value = (struct seed_value){.kind = SEED_JSON, .line = place.line, .column = place.column};
    begin_text(yaml, column);
    bool good = event->type == FYET_SCALAR ? read_scalar(reader, event, value, error)
                                           : append_json(reader, event, &yaml->texts, 0, error);
    value->length = yaml->texts.length - start;
    return good;
}

static bool read_label(struct seed_reader *reader, struct fy_event *key, struct fy_event *event,
                       dun_error *error)
{
    struct yaml *yaml = reader->state;
    if (yaml->label.kind != SEED_ABSENT)
        return fail(reader, place_of(reader, key), error, "the row has two labels");
    if (!read_value(reader, event, LABEL, &yaml->label, error))
        return false;
    bool text = yaml->label.kind != SEED_NULL && yaml->label.kind != SEED_JSON && yaml->label.length > 0;
    return text || fail(reader, place_of(reader, event), error, "a label is a text");
}

static bool read_column(struct seed_reader *reader, struct fy_event *key, struct fy_event *event,
                        const struct str *name, dun_error *error)
{
    struct yaml *yaml = reader->state;
    size_t column = seed_reader_column(reader, str_text(name), name->length, yaml->expected);
    yaml->expected = column + 1;
    if (reader->values[column].kind != SEED_ABSENT)
        return fail(reader, place_of(reader, key), error, "the row names this column twice");
    return read_value(reader, event, column, &reader->values[column], error);
}

static bool read_pair(struct seed_reader *reader, struct fy_event *key, dun_error *error)
{
    struct yaml *yaml = reader->state;
    struct str name = STR_INIT;
    if (key->type != FYET_SCALAR)
        return fail(reader, place_of(reader, key), error, "the name of a column must be a text");
    struct fy_event *event = next_event(reader, error);
    if (!event)
        return false;
    append_token(&name, key->scalar.value);
    bool label = strcmp(str_text(&name), "$label") == 0;
    bool good =
        refuse_features(reader, event, error) &&
        (label ? read_label(reader, key, event, error) : read_column(reader, key, event, &name, error));
    fy_parser_event_free(yaml->parser, event);
    str_free(&name);
    return good;
}

/* Now that the texts stay where they are. */
static void place_texts(struct seed_reader *reader)
{
    struct yaml *yaml = reader->state;
    for (size_t i = 0; i < yaml->place_count; ++i) {
        const struct text_place *place = &yaml->places[i];
        struct seed_value *value = place->column == LABEL ? &yaml->label : &reader->values[place->column];
        value->text = str_text(&yaml->texts) + place->offset;
    }
    reader->label = yaml->label.kind == SEED_ABSENT ? NULL : yaml->label.text;
    reader->label_length = yaml->label.length;
}

static void begin_row(struct seed_reader *reader, unsigned line)
{
    struct yaml *yaml = reader->state;
    str_clear(&yaml->texts);
    yaml->place_count = yaml->expected = 0;
    yaml->label = (struct seed_value){.kind = SEED_ABSENT};
    reader->line = line;
    for (size_t i = 0; i < reader->count; ++i)
        reader->values[i].kind = SEED_ABSENT;
}

/* A map, from behind its start to its end. */
static bool read_row(struct seed_reader *reader, unsigned line, dun_error *error)
{
    struct yaml *yaml = reader->state;
    begin_row(reader, line);
    for (;;) {
        struct fy_event *event = next_event(reader, error);
        if (!event)
            return false;
        bool end = event->type == FYET_MAPPING_END;
        bool good = end || read_pair(reader, event, error);
        fy_parser_event_free(yaml->parser, event);
        if (!good)
            return false;
        if (end)
            break;
    }
    place_texts(reader);
    return true;
}

/*
 * Behind the list there may be nothing but the end: neither a second document nor something that is no YAML.
 */
static bool read_end(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    struct fy_event *event;
    bool second = false;
    while (!second && (event = fy_parser_parse(yaml->parser))) {
        second = event->type == FYET_DOCUMENT_START ||
                 (event->type == FYET_DOCUMENT_END && !event->document_end.implicit && !yaml->piece.last);
        if (second)
            fail(reader, place_of(reader, event), error,
                 "a second document begins here, and only one is read");
        fy_parser_event_free(yaml->parser, event);
    }
    return !second && (!fy_parser_get_stream_error(yaml->parser) || syntax_error(reader, error));
}

/* 1: a row, 0: the end of the piece. */
static int next_row_of_piece(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    struct fy_event *event = next_event(reader, error);
    if (!event)
        return -1;
    bool good = false;
    struct place place = place_of(reader, event);
    bool end = event->type == FYET_SEQUENCE_END;
    if (end)
        good = read_end(reader, error);
    else if (event->type == FYET_MAPPING_START)
        good = refuse_features(reader, event, error) && read_row(reader, place.line, error);
    else
        fail(reader, place, error, "a row is wanted here: a map of columns and values");
    fy_parser_event_free(yaml->parser, event);
    return !good ? -1 : end ? 0 : 1;
}

static bool begin_piece(struct seed_reader *reader, dun_error *error);

static bool next_piece(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    seed_input_pass(&reader->input, yaml->piece.end);
    return yaml_piece_take(&yaml->piece, &reader->input, error) && begin_piece(reader, error);
}

static int next_row(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    while (!yaml->ended) {
        int got = next_row_of_piece(reader, error);
        if (got != 0)
            return got;
        yaml->ended = yaml->piece.last;
        if (!yaml->ended && !next_piece(reader, error))
            return -1;
    }
    return 0;
}

static void stop_parser(struct yaml *yaml)
{
    fy_parser_destroy(yaml->parser);
    fy_diag_destroy(yaml->diagnostics);
    yaml->parser = NULL;
    yaml->diagnostics = NULL;
}

static void close_yaml(struct seed_reader *reader)
{
    struct yaml *yaml = reader->state;
    stop_parser(yaml);
    str_free(&yaml->texts);
    free(yaml->places);
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
    return yaml->parser && fy_parser_set_string(yaml->parser, input->data + input->start,
                                                yaml->piece.end - input->start) == 0;
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
        struct place place = place_of(reader, event);
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

static bool begin_piece(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state;
    stop_parser(yaml);
    yaml->lines = reader->input.line - 1;
    if (!start_parser(reader))
        return error_set(error, DUN_FAILED, "libfyaml could not be started");
    return read_beginning(reader, error);
}

bool seed_yaml_start(struct seed_reader *reader, dun_error *error)
{
    struct yaml *yaml = reader->state = ARENA_NEW(reader->arena, struct yaml);
    reader->next_row = next_row;
    reader->close = close_yaml;
    yaml->piece.indent = YAML_INDENT_UNKNOWN;
    if (!yaml_piece_take(&yaml->piece, &reader->input, error))
        return false;
    struct seed_input at_start = reader->input;
    if (!seed_reader_comments(reader, error))
        return false;
    reader->input.start = at_start.start; /* comments are libfyaml's, too, so that it counts the lines */
    reader->input.line = at_start.line;
    reader->input.column = at_start.column;
    return begin_piece(reader, error);
}
