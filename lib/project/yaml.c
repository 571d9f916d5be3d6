/* Reads YAML with libfyaml's events into a tree of our own, which knows the place of every node. */
#include "project/yaml.h"

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"

#include <libfyaml.h>
#include <string.h>

/* A list or map that is not finished. */
struct open_node {
    struct yaml_node *node;
    struct yaml_node *key; /* of a map: waits for its value */
    struct map *keys;      /* of a map: those it has, to find the second of a name */
    const char *anchor;
};

struct reader {
    struct arena *arena;
    const struct source *source;
    struct fy_parser *parser;
    struct fy_diag *diagnostics;
    VECTOR(struct open_node) open;
    struct map *anchors;
    struct yaml_node *root;
    unsigned documents;
    dun_error *error;
};

struct anchor {
    struct yaml_node *node;
};

static bool fail_at(struct reader *reader, struct place place, const char *message)
{
    error_set(reader->error, DUN_BAD_INPUT, "%s", message);
    source_error_at(reader->error, reader->source, place);
    return false;
}

static struct place place_of_mark(const struct fy_mark *mark)
{
    if (!mark)
        return (struct place){0, 0};
    return (struct place){(unsigned)mark->line + 1, (unsigned)mark->column + 1};
}

static struct place place_of(struct fy_event *event)
{
    return place_of_mark(fy_event_start_mark(event));
}

/* libfyaml points behind a quote mark, and behind the asterisk of an alias. */
static struct place before_mark(struct place place)
{
    if (place.column > 1)
        --place.column;
    return place;
}

/* Not fy_token_get_text: in libfyaml 0.7.12 it leaks where a quoted text has several doubled quote marks. */
static const char *token_text(struct arena *arena, struct fy_token *token, size_t *ret_length)
{
    struct str text = STR_INIT;
    struct fy_token_iter *pieces = token ? fy_token_iter_create(token) : NULL;
    const struct fy_iter_chunk *piece = NULL;
    while (pieces && (piece = fy_token_iter_chunk_next(pieces, piece, NULL)))
        str_append_n(&text, piece->str, piece->len);
    fy_token_iter_destroy(pieces);
    *ret_length = text.length;
    const char *copy = arena_strndup(arena, str_text(&text), text.length);
    str_free(&text);
    return copy;
}

/* An anchor may be given again, and then stands for the newer node. */
static void remember_anchor(struct reader *reader, const char *name, struct yaml_node *node)
{
    struct anchor *anchor = map_get(reader->anchors, name);
    if (!anchor) {
        anchor = ARENA_NEW(reader->arena, struct anchor);
        map_add(reader->anchors, name, anchor);
    }
    anchor->node = node;
}

static bool add_key(struct reader *reader, struct open_node *open, struct yaml_node *node, struct place place)
{
    if (node->kind != YAML_TEXT)
        return fail_at(reader, place, "a key must be a text");
    if (!map_add(open->keys, node->text, node)) {
        const struct yaml_node *first = map_get(open->keys, node->text);
        error_set(reader->error, DUN_BAD_INPUT, "the key \"%s\" is given twice", node->text);
        source_error_at(reader->error, reader->source, place);
        error_hint(reader->error, "the first one is in line %u", first->place.line);
        return false;
    }
    open->key = node;
    return true;
}

/* Puts a finished node, or an alias of one that stands at `place`, where it belongs. */
static bool add_node(struct reader *reader, struct yaml_node *node, struct place place)
{
    if (reader->open.count == 0) {
        reader->root = node;
        return true;
    }
    struct open_node *open = &reader->open.items[reader->open.count - 1];
    if (open->node->kind == YAML_LIST) {
        *vector_add(reader->arena, &open->node->items) = node;
        return true;
    }
    if (!open->key)
        return add_key(reader, open, node, place);
    if (node->plain &&
        *node->text == '\0') /* a value that is not there has no place of its own, or one behind */
        node->place = open->key->place;
    *vector_add(reader->arena, &open->node->pairs) = (struct yaml_pair){open->key, node};
    open->key = NULL;
    return true;
}

static bool read_scalar(struct reader *reader, struct fy_event *event)
{
    struct yaml_node *node = ARENA_NEW(reader->arena, struct yaml_node);
    size_t length;
    node->kind = YAML_TEXT;
    node->place = place_of(event);
    node->text = token_text(reader->arena, event->scalar.value, &length);
    enum fy_scalar_style style =
        event->scalar.value ? fy_token_scalar_style(event->scalar.value) : FYSS_PLAIN;
    node->plain = style == FYSS_PLAIN;
    if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
        node->place = before_mark(node->place);
    if (strlen(node->text) != length)
        return fail_at(reader, node->place, "a text may not contain a NUL character");
    if (event->scalar.anchor)
        remember_anchor(reader, token_text(reader->arena, event->scalar.anchor, &length), node);
    return add_node(reader, node, node->place);
}

static bool read_alias(struct reader *reader, struct fy_event *event)
{
    size_t length;
    const char *name = token_text(reader->arena, event->alias.anchor, &length);
    const struct anchor *anchor = map_get(reader->anchors, name);
    struct place place = before_mark(place_of(event));
    if (anchor)
        return add_node(reader, anchor->node, place);
    error_set(reader->error, DUN_BAD_INPUT, "there is no anchor \"&%s\" before this alias", name);
    source_error_at(reader->error, reader->source, place);
    return false;
}

static void open_node(struct reader *reader, enum yaml_kind kind, struct place place, struct fy_token *anchor)
{
    size_t length;
    struct yaml_node *node = ARENA_NEW(reader->arena, struct yaml_node);
    node->kind = kind;
    node->place = place;
    *vector_add(reader->arena, &reader->open) = (struct open_node){
        .node = node,
        .keys = kind == YAML_MAP ? map_new(reader->arena) : NULL,
        .anchor = anchor ? token_text(reader->arena, anchor, &length) : NULL,
    };
}

/* Its anchor counts from here on, so that no node can contain itself. */
static bool close_node(struct reader *reader)
{
    struct open_node open = reader->open.items[--reader->open.count];
    if (open.anchor)
        remember_anchor(reader, open.anchor, open.node);
    return add_node(reader, open.node, open.node->place);
}

static struct fy_token *tag_of(struct fy_event *event)
{
    switch (event->type) {
    case FYET_SCALAR:
        return event->scalar.tag;
    case FYET_SEQUENCE_START:
        return event->sequence_start.tag;
    case FYET_MAPPING_START:
        return event->mapping_start.tag;
    default:
        return NULL;
    }
}

static bool read_event(struct reader *reader, struct fy_event *event)
{
    struct fy_token *tag = tag_of(event);
    if (tag)
        return fail_at(reader, place_of_mark(fy_token_start_mark(tag)),
                       "tags (words that begin with \"!\") are not known here");
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (++reader->documents > 1)
            return fail_at(reader, place_of(event), "a second document begins here, and only one is read");
        return true;
    case FYET_SCALAR:
        return read_scalar(reader, event);
    case FYET_ALIAS:
        return read_alias(reader, event);
    case FYET_SEQUENCE_START:
        open_node(reader, YAML_LIST, place_of(event), event->sequence_start.anchor);
        return true;
    case FYET_MAPPING_START:
        open_node(reader, YAML_MAP, place_of(event), event->mapping_start.anchor);
        return true;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        return close_node(reader);
    default:
        return true;
    }
}

/* The first thing that libfyaml complained about; what follows is a consequence. */
static bool syntax_error(struct reader *reader)
{
    void *previous = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(reader->diagnostics, &previous);
    error_set(reader->error, DUN_BAD_INPUT, "this is no valid YAML%s%s", first && first->msg ? ": " : "",
              first && first->msg ? first->msg : "");
    struct place place = {0, 0};
    if (first && first->line > 0 && first->column > 0)
        place = (struct place){(unsigned)first->line, (unsigned)first->column};
    source_error_at(reader->error, reader->source, place);
    const char *line = reader->error ? dun_error_excerpt(reader->error) : NULL;
    if (line && strstr(line, "${"))
        error_hint(reader->error, "a value with ${...} needs quotes around it when it stands between braces");
    return false;
}

static bool read_events(struct reader *reader)
{
    for (;;) {
        struct fy_event *event = fy_parser_parse(reader->parser);
        if (!event)
            return fy_parser_get_stream_error(reader->parser) ? syntax_error(reader) : true;
        bool last = event->type == FYET_STREAM_END;
        bool good = read_event(reader, event);
        fy_parser_event_free(reader->parser, event);
        if (!good || last)
            return good;
    }
}

/* Messages are collected instead of written to standard error. */
static bool start_parser(struct reader *reader)
{
    const struct fy_diag_cfg quiet = {.level = FYET_ERROR, .module_mask = ~0U};
    reader->diagnostics = fy_diag_create(&quiet);
    if (!reader->diagnostics)
        return false;
    fy_diag_set_collect_errors(reader->diagnostics, true);
    const struct fy_parse_cfg settings = {.flags = FYPCF_DEFAULT_VERSION_1_2, .diag = reader->diagnostics};
    reader->parser = fy_parser_create(&settings);
    return reader->parser &&
           fy_parser_set_string(reader->parser, reader->source->text, reader->source->length) == 0;
}

bool yaml_read(struct arena *arena, const struct source *source, struct yaml_node **ret_root,
               dun_error *error)
{
    if (!source_check(source, error))
        return false;
    struct reader reader = {.arena = arena, .source = source, .anchors = map_new(arena), .error = error};
    bool good = start_parser(&reader) ? read_events(&reader)
                                      : error_set(error, DUN_FAILED, "libfyaml could not be started");
    fy_parser_destroy(reader.parser);
    fy_diag_destroy(reader.diagnostics);
    if (good)
        *ret_root = reader.root && !yaml_is_null(reader.root) ? reader.root : NULL;
    return good;
}

static bool is_one_of(const struct yaml_node *node, const char *const *words)
{
    if (node->kind != YAML_TEXT || !node->plain)
        return false;
    while (*words)
        if (strcmp(node->text, *words++) == 0)
            return true;
    return false;
}

bool yaml_is_null(const struct yaml_node *node)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
    return is_one_of(node, words);
}

bool yaml_is_boolean(const struct yaml_node *node)
{
    static const char *const words[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
    return is_one_of(node, words);
}

/* Whole numbers and decimal fractions; the rarer forms of YAML (hexadecimal, .inf) pass as text. */
bool yaml_is_number(const struct yaml_node *node)
{
    if (node->kind != YAML_TEXT || !node->plain)
        return false;
    const char *c = node->text + strspn(node->text, "+-");
    size_t digits = strspn(c, "0123456789");
    if (digits == 0)
        return false;
    c += digits;
    if (*c == '.')
        c += 1 + strspn(c + 1, "0123456789");
    return *c == '\0';
}
