/*
 * The raw catalog of one schema: the rows that tell what is in it, found by indexes, so that it costs little
 * however many schemas there are. What is in the schema has ranks in place of numbers; what is elsewhere has
 * the number that it has for every schema of the database, and as it can be renamed and changed between two
 * readings, what shows of it is read, too.
 */
#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"
#include "engine/postgres/catalog_ids.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/catalog_raw.h"
#include "engine/postgres/catalog_raw_script.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"
#include "sql/quote.h"

#include "embedded/engine/postgres/catalog_raw_outside.sql.h"
#include "embedded/engine/postgres/catalog_raw_schema.sql.h"

#include <string.h>

enum { DEPEND = 2608, FIRST_OF_USERS = 16384 };

struct schema_reading {
    struct arena *arena;
    int version;
    struct raw_rows *rows;
    struct catalog_ids *own;            /* numbers, whatever their system table is */
    VECTOR(struct catalog_id) referred; /* what the schema's objects need; their own among it */
    bool found;                         /* the schema is there */
    bool beyond;                        /* it has something that the rows do not tell */
};

static struct catalog_id number(uint32_t id)
{
    return (struct catalog_id){.object = id};
}

/* Columns with the numbers of objects that are in the schema, or are parts of those. */
static void note_own(struct schema_reading *reading, const struct catalog_result *rows)
{
    static const char *const columns[] = {"oid", "reltype", "reltoastrelid", "typarray", "rngmultitypid"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; ++i) {
        int column = catalog_column(rows, columns[i]);
        for (int row = 0; column >= 0 && row < rows->row_count; ++row) {
            uint32_t id = catalog_column_number(rows, row, column);
            raw_rows_own(reading->rows, id);
            catalog_ids_add(reading->own, number(id), reading);
        }
    }
}

/* Nothing elsewhere needs these but what belongs to the same relation. */
static bool is_part(uint32_t class)
{
    return class == PG_ATTRDEF || class == PG_REWRITE || class == PG_TRIGGER || class == PG_POLICY;
}

static void note_referred(struct schema_reading *reading, const struct catalog_result *rows)
{
    int class = catalog_column(rows, "refclassid"), id = catalog_column(rows, "refobjid");
    for (int row = 0; row < rows->row_count; ++row) {
        struct catalog_id referred = {.table = (uint16_t)catalog_column_number(rows, row, class),
                                      .object = catalog_column_number(rows, row, id)};
        if (referred.object >= FIRST_OF_USERS && !is_part(referred.table))
            *vector_add(reading->arena, &reading->referred) = referred;
    }
}

/* Relations, types, routines, statistics, collations; default privileges; and that it is published. */
static bool is_told(uint32_t class)
{
    static const uint16_t told[] = {1259, 1247, 1255, 3381, 3456, 826, 6237};
    for (size_t i = 0; i < sizeof told / sizeof *told; ++i)
        if (told[i] == class)
            return true;
    return false;
}

static void note_kinds(struct schema_reading *reading, const struct catalog_result *rows)
{
    for (int row = 0; row < rows->row_count; ++row)
        if (!is_told(catalog_column_number(rows, row, catalog_column(rows, "classid"))))
            reading->beyond = true;
}

static void take(void *user, unsigned table, const struct catalog_result *rows)
{
    struct schema_reading *reading = user;
    if (catalog_column(rows, "beyond") == 0) {
        reading->beyond = reading->beyond || catalog_column_number(rows, 0, 0) != 0;
        return;
    }
    note_own(reading, rows);
    bool lists_all = table == DEPEND && catalog_column(rows, "refclassid") < 0;
    if (lists_all) {
        note_kinds(reading, rows);
        return;
    }
    if (table == PG_NAMESPACE)
        reading->found = rows->row_count > 0;
    if (table == DEPEND)
        note_referred(reading, rows);
    raw_rows_add(reading->rows, rows->rows);
}

/* What is elsewhere, each once: "(1259, 16390), ..."; "": there is none. */
static const char *list_outside(struct schema_reading *reading)
{
    struct str list = STR_INIT;
    struct catalog_ids *listed = catalog_ids_new();
    VECTOR_EACH (const struct catalog_id, id, &reading->referred) {
        if (catalog_ids_get(reading->own, number(id->object)) || catalog_ids_get(listed, *id))
            continue;
        catalog_ids_add(listed, *id, reading);
        str_printf(&list, "%s(%u, %u)", list.length ? ", " : "", (unsigned)id->table, (unsigned)id->object);
    }
    const char *copy = arena_strdup(reading->arena, str_text(&list));
    str_free(&list);
    catalog_ids_free(listed);
    return copy;
}

static const char *ask_for_outside(void *user)
{
    struct schema_reading *reading = user;
    const char *list = list_outside(reading);
    if (reading->beyond || !*list)
        return NULL;
    return catalog_query(reading->arena,
                         catalog_replaced(reading->arena, catalog_raw_outside_sql, ":outside", list),
                         reading->version, NULL);
}

/* The text with "-- let :WORD MEANING" carried out: a word means what the line says in all that follows. */
static const char *with_words(struct arena *arena, const char *text)
{
    static const char let[] = "-- let ";
    for (const char *line; (line = strstr(text, let));) {
        const char *word = line + sizeof let - 1, *end = word + strcspn(word, "\n");
        size_t length = strcspn(word, " ");
        text = catalog_replaced(arena, end, arena_strndup(arena, word, length),
                                arena_strndup(arena, word + length + 1, (size_t)(end - word) - length - 1));
    }
    return text;
}

static char *script_of(struct schema_reading *reading, const char *schema)
{
    struct str literal = STR_INIT;
    sql_quote_literal(&literal, SQL_POSTGRESQL, schema, strlen(schema));
    const char *text = catalog_query(reading->arena, with_words(reading->arena, catalog_raw_schema_sql),
                                     reading->version, NULL);
    text = catalog_replaced(reading->arena, text, ":schema", str_text(&literal));
    str_free(&literal);
    return (char *)text;
}

bool postgres_read_raw_schema(dun_connection *connection, const char *schema, struct arena *arena,
                              struct catalog_raw *ret_raw, dun_error *error)
{
    *ret_raw = (struct catalog_raw){0};
    if (strchr(schema, '\n')) /* a script is of lines */
        return true;
    struct schema_reading reading = {.arena = arena_new(),
                                     .version = connection->server_version,
                                     .rows = raw_rows_new(session_of(connection)->pq),
                                     .own = catalog_ids_new()};
    const struct raw_script_user user = {.take = take, .ask = ask_for_outside, .user = &reading};
    raw_rows_rank_only_own(reading.rows);
    bool good = raw_script_run(connection, reading.arena, script_of(&reading, schema), &user, error);
    if (good && reading.found && !reading.beyond)
        ret_raw->bytes = raw_rows_bytes(reading.rows, arena, &ret_raw->length);
    raw_rows_free(reading.rows);
    catalog_ids_free(reading.own);
    arena_free(reading.arena);
    return good;
}
