/*
 * See catalog_raw.h. Each value is written as pieces with a tag, so that no two rows that differ are written
 * alike; numbers of objects are pieces of their own, and get their rank in place when all of them are known.
 */
#include "engine/postgres/catalog_raw.h"

#include "base/str.h"
#include "base/vector.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What initdb made has the same number in every database of a server. */
enum { FIRST_OF_USERS = 16384 };

/* Types of the server, by their numbers (pg_type.dat). */
enum { TYPE_NAME = 19, TYPE_OID = 26, TYPE_OID_VECTOR = 30, TYPE_NODE_TREE = 194, TYPE_OID_ARRAY = 1028 };

enum value_kind { VALUE_TEXT, VALUE_LEFT_OUT, VALUE_ID, VALUE_IDS, VALUE_NAME, VALUE_OPTIONS, VALUE_TREE };

enum tag {
    TAG_ROW = 1, /* the number of its table */
    TAG_NULL,
    TAG_END,   /* of a value */
    TAG_TEXT,  /* a length and so many bytes */
    TAG_ID,    /* a number; once ranked, a rank */
    TAG_MAYBE, /* a number that may be that of an object */
    TAG_RANK,  /* what was one */
};

struct raw_row {
    size_t start;
    const char *bytes; /* once nothing is added */
    size_t length;
};

struct raw_rows {
    const struct libpq *pq;
    struct arena *arena;
    struct str bytes;
    VECTOR(struct raw_row) rows;
    VECTOR(uint32_t) ids;
    bool only_own; /* only what is said to be one's own is among them */
};

struct raw_rows *raw_rows_new(const struct libpq *pq)
{
    struct arena *arena = arena_new();
    struct raw_rows *raw = ARENA_NEW(arena, struct raw_rows);
    raw->pq = pq;
    raw->arena = arena;
    return raw;
}

void raw_rows_rank_only_own(struct raw_rows *raw)
{
    raw->only_own = true;
}

void raw_rows_own(struct raw_rows *raw, uint32_t id)
{
    if (id >= FIRST_OF_USERS)
        *vector_add(raw->arena, &raw->ids) = id;
}

void raw_rows_free(struct raw_rows *raw)
{
    str_free(&raw->bytes);
    arena_free(raw->arena);
}

/* What a column is */

/* Statistics, numbers of transactions and files, and what tells how a row was made and not what it is. */
static bool says_nothing(const char *column)
{
    static const char *const names[] = {
        "relpages",       "reltuples",   "relallvisible", "relallfrozen",  "relfrozenxid",
        "relminmxid",     "relfilenode", "relhasindex",   "relhasrules",   "relhastriggers",
        "relhassubclass", "attcacheoff", "attmissingval", "atthasmissing", "indcheckxmin",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
        if (strcmp(names[i], column) == 0)
            return true;
    return false;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* Roles and tablespaces have one number in all databases of a server, which is to be compared as it is. */
static bool is_of_server(const char *column)
{
    return ends_in(column, "owner") || ends_in(column, "role") || ends_in(column, "roles") ||
           ends_in(column, "tablespace");
}

static enum value_kind kind_of(const char *column, unsigned type)
{
    if (says_nothing(column))
        return VALUE_LEFT_OUT;
    if (is_of_server(column))
        return VALUE_TEXT;
    if (strcmp(column, "attoptions") == 0)
        return VALUE_OPTIONS;
    switch (type) {
    case TYPE_OID:
        return VALUE_ID;
    case TYPE_OID_VECTOR:
    case TYPE_OID_ARRAY:
        return VALUE_IDS;
    case TYPE_NAME:
        return VALUE_NAME;
    case TYPE_NODE_TREE:
        return VALUE_TREE;
    default:
        return VALUE_TEXT;
    }
}

/* Pieces */

static void add_tag(struct raw_rows *raw, enum tag tag)
{
    str_append_char(&raw->bytes, (char)tag);
}

static void add_number(struct raw_rows *raw, enum tag tag, uint32_t number)
{
    add_tag(raw, tag);
    str_append_n(&raw->bytes, (const char *)&number, sizeof number);
}

static void add_text(struct raw_rows *raw, const char *text, size_t length)
{
    if (length == 0)
        return;
    add_number(raw, TAG_TEXT, (uint32_t)length);
    str_append_n(&raw->bytes, text, length);
}

static void add_id(struct raw_rows *raw, enum tag tag, uint32_t id)
{
    add_number(raw, tag, id);
    if (tag == TAG_ID && !raw->only_own)
        *vector_add(raw->arena, &raw->ids) = id;
}

/* Values */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number of a user's object that is written here; 0: there is none. */
static uint32_t id_at(const char *text, char **ret_end)
{
    unsigned long number = strtoul(text, ret_end, 10);
    return number >= FIRST_OF_USERS && number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* Numbers wherever they begin in the text. */
static void add_ids(struct raw_rows *raw, const char *text)
{
    const char *from = text;
    while (*text) {
        char *end = (char *)text + 1;
        uint32_t id = is_digit(*text) ? id_at(text, &end) : 0;
        if (id) {
            add_text(raw, from, (size_t)(text - from));
            add_id(raw, TAG_ID, id);
            from = end;
        }
        text = end;
    }
    add_text(raw, from, (size_t)(text - from));
}

/* Some names are made of the number of what they belong to. */
static void add_name(struct raw_rows *raw, const char *name)
{
    if (strncmp(name, "pg_toast_", 9) == 0 || strncmp(name, "RI_ConstraintTrigger_", 21) == 0)
        add_ids(raw, name);
    else
        add_text(raw, name, strlen(name));
}

/* Without the number that newer minor versions of the server note there when they make a column. */
static void add_options(struct raw_rows *raw, const char *text)
{
    static const char label[] = "pg_attver=";
    const char *number = strstr(text, label), *rest = text;
    if (number) {
        add_text(raw, text, (size_t)(number - text));
        rest = number + strlen(label);
        rest += strspn(rest, "0123456789");
    }
    add_text(raw, rest, strlen(rest));
}

/* Constants of these types are numbers of objects, as the values of a user's enum are; roles are not, they
 * are the server's. */
static bool is_type_of_ids(unsigned long type)
{
    static const unsigned short types[] = {24, 26, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4089, 4191};
    for (size_t i = 0; i < sizeof types / sizeof *types; ++i)
        if (types[i] == type)
            return true;
    return type >= FIRST_OF_USERS;
}

/* Four bytes, the lowest first as on every server that we know of: "53 64 0 0". */
static bool read_word(const char *text, uint32_t *ret_word, const char **ret_end)
{
    int byte[4], length = 0;
    if (sscanf(text, " %d %d %d %d%n", &byte[0], &byte[1], &byte[2], &byte[3], &length) != 4)
        return false;
    *ret_word = 0;
    for (int i = 3; i >= 0; --i)
        *ret_word = *ret_word << 8 | ((uint32_t)byte[i] & 0xff);
    *ret_end = text + length;
    return true;
}

/* A constant of four bytes: "4 [ 53 64 0 0 0 0 0 0 ]". */
static bool read_constant(const char *text, uint32_t *ret_id, const char **ret_end)
{
    return strncmp(text, "4 [", 3) == 0 && read_word(text + 3, ret_id, ret_end);
}

/* An array of a user's type: its length, dimensions and offset of data, the type of its elements, and so on.
 * NULL: it is none; else its words. */
static const char *read_array(const char *text, unsigned long *ret_words)
{
    enum { HEAD = 4 };
    char *bytes;
    const char *at;
    uint32_t word = 0;
    unsigned long length = strtoul(text, &bytes, 10);
    if (length % sizeof word != 0 || length / sizeof word < HEAD || strncmp(bytes, " [", 2) != 0)
        return NULL;
    at = bytes + 2;
    for (int i = 0; i < HEAD; ++i)
        if (!read_word(at, &word, &at))
            return NULL;
    *ret_words = length / sizeof word;
    return word >= FIRST_OF_USERS ? bytes + 2 : NULL;
}

static const char *after(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 ? text + length : NULL;
}

/* A place in the text of the statement, which a stored tree keeps in some versions of the server. */
static const char *after_place(const char *text)
{
    static const char *const words[] = {":location ", ":stmt_location ", ":stmt_len "};
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
        const char *number = after(text, words[i]);
        if (number)
            return number + strspn(number, "-0123456789");
    }
    return NULL;
}

struct tree {
    struct raw_rows *raw;
    const char *from, *at;
    bool of_ids; /* the constant that is being read */
};

static void cut(struct tree *tree, const char *to)
{
    add_text(tree->raw, tree->from, (size_t)(tree->at - tree->from));
    tree->from = tree->at = to;
}

/* The elements of an enum's array are numbers of its values, as its type is one. */
static bool read_array_field(struct tree *tree, const char *value)
{
    unsigned long words;
    uint32_t word;
    const char *at = read_array(value, &words);
    if (!at)
        return false;
    cut(tree, at);
    for (; words > 0 && read_word(at, &word, &at); --words) {
        add_id(tree->raw, TAG_MAYBE, word);
        tree->from = tree->at = at;
    }
    return true;
}

static void read_field(struct tree *tree)
{
    const char *value, *end;
    uint32_t id;
    if ((end = after_place(tree->at))) {
        cut(tree, end);
        return;
    }
    if ((value = after(tree->at, ":consttype ")))
        tree->of_ids = is_type_of_ids(strtoul(value, NULL, 10));
    if (tree->of_ids && (value = after(tree->at, ":constvalue ")) && read_constant(value, &id, &end)) {
        cut(tree, end);
        add_id(tree->raw, TAG_MAYBE, id);
        return;
    }
    if (tree->of_ids && (value = after(tree->at, ":constvalue ")) && read_array_field(tree, value))
        return;
    tree->at++;
}

/* A node tree, as the server's outfuncs.c writes it: fields begin with a colon, numbers behind a blank or a
 * parenthesis. */
static void add_tree(struct raw_rows *raw, const char *text)
{
    struct tree tree = {.raw = raw, .from = text, .at = text};
    while (*tree.at) {
        char *end;
        uint32_t id;
        if (*tree.at == ':') {
            read_field(&tree);
        } else if (is_digit(*tree.at) && tree.at > text && (tree.at[-1] == ' ' || tree.at[-1] == '(')) {
            id = id_at(tree.at, &end);
            if (id) {
                cut(&tree, end);
                add_id(raw, TAG_MAYBE, id);
            } else {
                tree.at = end;
            }
        } else {
            tree.at++;
        }
    }
    cut(&tree, tree.at);
}

static void add_value(struct raw_rows *raw, enum value_kind kind, const char *text)
{
    char *end;
    uint32_t id;
    switch (kind) {
    case VALUE_ID:
        id = id_at(text, &end);
        if (id)
            add_id(raw, TAG_ID, id);
        else
            add_text(raw, text, strlen(text));
        break;
    case VALUE_IDS:
        add_ids(raw, text);
        break;
    case VALUE_NAME:
        add_name(raw, text);
        break;
    case VALUE_OPTIONS:
        add_options(raw, text);
        break;
    case VALUE_TREE:
        add_tree(raw, text);
        break;
    default:
        add_text(raw, text, strlen(text));
        break;
    }
    add_tag(raw, TAG_END);
}

static void add_row(struct raw_rows *raw, const PGresult *rows, int row, const enum value_kind *kinds,
                    int columns)
{
    *vector_add(raw->arena, &raw->rows) = (struct raw_row){.start = raw->bytes.length};
    add_number(raw, TAG_ROW, raw->pq->PQftable(rows, 0));
    for (int column = 0; column < columns; ++column) {
        if (kinds[column] == VALUE_LEFT_OUT)
            continue;
        if (raw->pq->PQgetisnull(rows, row, column))
            add_tag(raw, TAG_NULL);
        else
            add_value(raw, kinds[column], raw->pq->PQgetvalue(rows, row, column));
    }
}

void raw_rows_add(struct raw_rows *raw, const PGresult *rows)
{
    int columns = raw->pq->PQnfields(rows), count = raw->pq->PQntuples(rows);
    enum value_kind *kinds = arena_alloc(raw->arena, (size_t)(columns + 1) * sizeof *kinds);
    for (int i = 0; i < columns; ++i)
        kinds[i] = kind_of(raw->pq->PQfname(rows, i), raw->pq->PQftype(rows, i));
    for (int row = 0; row < count; ++row)
        add_row(raw, rows, row, kinds, columns);
}

/* Ranks */

static int compare_ids(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void sort_ids(struct raw_rows *raw)
{
    size_t kept = 0;
    if (raw->ids.count == 0)
        return;
    qsort(raw->ids.items, raw->ids.count, sizeof *raw->ids.items, compare_ids);
    for (size_t i = 1; i < raw->ids.count; ++i)
        if (raw->ids.items[i] != raw->ids.items[kept])
            raw->ids.items[++kept] = raw->ids.items[i];
    raw->ids.count = kept + 1;
}

/* The piece at that place gets its rank, if it is a number that has one. */
static void rank(struct raw_rows *raw, char *piece)
{
    uint32_t id;
    memcpy(&id, piece + 1, sizeof id);
    const uint32_t *found =
        raw->ids.count ? bsearch(&id, raw->ids.items, raw->ids.count, sizeof id, compare_ids) : NULL;
    if (!found)
        return;
    id = (uint32_t)(found - raw->ids.items);
    *piece = TAG_RANK;
    memcpy(piece + 1, &id, sizeof id);
}

static void rank_all(struct raw_rows *raw)
{
    for (size_t at = 0; at < raw->bytes.length;) {
        char *piece = raw->bytes.data + at;
        uint32_t length;
        switch ((enum tag) * piece) {
        case TAG_ID:
        case TAG_MAYBE:
            rank(raw, piece);
            at += 1 + sizeof length;
            break;
        case TAG_ROW:
            at += 1 + sizeof length;
            break;
        case TAG_TEXT:
            memcpy(&length, piece + 1, sizeof length);
            at += 1 + sizeof length + length;
            break;
        default:
            at++;
            break;
        }
    }
}

/* Rows */

static int compare_rows(const void *a, const void *b)
{
    const struct raw_row *left = a, *right = b;
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->bytes, right->bytes, shorter);
    return order ? order : (left->length > right->length) - (left->length < right->length);
}

static void sort_rows(struct raw_rows *raw)
{
    for (size_t i = 0; i < raw->rows.count; ++i) {
        struct raw_row *row = &raw->rows.items[i];
        size_t end = i + 1 < raw->rows.count ? row[1].start : raw->bytes.length;
        row->bytes = raw->bytes.data + row->start;
        row->length = end - row->start;
    }
    if (raw->rows.count > 0)
        qsort(raw->rows.items, raw->rows.count, sizeof *raw->rows.items, compare_rows);
}

const char *raw_rows_bytes(struct raw_rows *raw, struct arena *arena, size_t *ret_length)
{
    sort_ids(raw);
    rank_all(raw);
    sort_rows(raw);
    char *bytes = arena_alloc(arena, raw->bytes.length + 1), *to = bytes;
    VECTOR_EACH (const struct raw_row, row, &raw->rows) {
        memcpy(to, row->bytes, row->length);
        to += row->length;
    }
    *ret_length = raw->bytes.length;
    return bytes;
}
