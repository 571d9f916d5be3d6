/*
 * The raw catalog of a database: the rows that the queries of catalog.c read from, without what makes these
 * costly, which is that the server plans joins of a dozen system tables in a session that has seen none of
 * them. For telling that a database is as another one, whose catalog is known.
 */
#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"
#include "engine/postgres/batch.h"
#include "engine/postgres/catalog_ids.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/catalog_raw.h"
#include "engine/postgres/catalog_rows.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include "embedded/engine/postgres/catalog_raw.sql.h"

#include <stdlib.h>
#include <string.h>

/* What a row may say in a column. */
struct raw_sign {
    const char *column, *value;
};

/* One with neither a condition nor signs is always wanted. */
struct raw_query {
    const char *condition;         /* SQL, or NULL */
    VECTOR(struct raw_sign) signs; /* any of them calls for it */
    const char *sql;
    bool wanted, sent;
};

struct raw_reading {
    struct arena *arena;
    VECTOR(struct raw_query) queries;
    VECTOR(struct db_item) items; /* of the batch under way */
    const struct libpq *pq;
    struct raw_rows *rows;
    struct catalog_ids *members;      /* of extensions; not NULL */
    VECTOR(struct catalog_id) unread; /* objects of kinds whose rows are not read */
    bool beyond;                      /* the database has something that the rows do not tell */
};

/* The text behind a word at the beginning of the line; NULL: it begins otherwise. */
static char *behind(char *line, const char *word)
{
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 ? line + length : NULL;
}

/* "column value, column value" */
static void read_signs(struct raw_reading *reading, char *text, struct raw_query *query)
{
    static const char between[] = ", ";
    char *rest;
    for (const char *word = strtok_r(text, between, &rest); word; word = strtok_r(NULL, between, &rest))
        *vector_add(reading->arena, &query->signs) =
            (struct raw_sign){.column = word, .value = strtok_r(NULL, between, &rest)};
}

/* What stands in the line before a statement. */
static void read_comment(struct raw_reading *reading, char *line, struct raw_query *query)
{
    char *text;
    if ((text = behind(line, "-- if ")))
        query->condition = text;
    else if ((text = behind(line, "-- when ")))
        read_signs(reading, text, query);
}

/* Statements end with a semicolon at the end of a line. */
static void split(struct raw_reading *reading, char *file)
{
    struct raw_query query = {0};
    for (char *line = file, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (!query.sql && behind(line, "--")) {
            read_comment(reading, line, &query);
        } else if (end > line) {
            query.sql = query.sql ? query.sql : line;
            bool ends = end[-1] == ';';
            end[ends ? -1 : 0] = ends ? '\0' : ' ';
            if (ends) {
                query.wanted = !query.condition && query.signs.count == 0;
                *vector_add(reading->arena, &reading->queries) = query;
                query = (struct raw_query){0};
            }
        }
    }
}

static void add_item(struct raw_reading *reading, enum db_item_kind kind, const char *sql)
{
    *vector_add(reading->arena, &reading->items) =
        (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
}

/* One row, a column a condition. */
static const char *conditions(struct raw_reading *reading)
{
    struct str sql = STR_INIT;
    VECTOR_EACH (const struct raw_query, query, &reading->queries)
        if (query->condition)
            str_printf(&sql, "%s(%s)::int AS \"if\"", sql.length ? ", " : "SELECT ", query->condition);
    const char *copy = arena_strdup(reading->arena, str_text(&sql));
    str_free(&sql);
    return copy;
}

static void take_conditions(struct raw_reading *reading, const PGresult *rows)
{
    int column = 0;
    VECTOR_EACH (struct raw_query, query, &reading->queries)
        if (query->condition)
            query->wanted = strcmp(reading->pq->PQgetvalue(rows, 0, column++), "1") == 0;
}

static bool has_sign(const struct catalog_result *rows, const struct raw_sign *sign)
{
    int column = catalog_column(rows, sign->column);
    for (int row = 0; column >= 0 && row < rows->row_count; ++row) {
        const char *value = catalog_column_text(rows, row, column);
        if (value && strcmp(value, sign->value) == 0)
            return true;
    }
    return false;
}

static void note_wanted(struct raw_reading *reading, const struct catalog_result *rows)
{
    VECTOR_EACH (struct raw_query, query, &reading->queries)
        VECTOR_EACH (const struct raw_sign, sign, &query->signs)
            query->wanted = query->wanted || has_sign(rows, sign);
}

/* User mappings, conversions, operators and their classes and families, transforms, what text search has. */
static bool is_unread(uint16_t table)
{
    static const uint16_t tables[] = {1418, 2607, 2616, 2617, 2753, 3576, 3600, 3601, 3602, 3764};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; ++i)
        if (tables[i] == table)
            return true;
    return false;
}

/* All of these depend on something. Those of an extension are known by its name and version. */
static void note_unread(struct raw_reading *reading, const struct catalog_result *rows)
{
    int class = catalog_column(rows, "classid"), id = catalog_column(rows, "objid"),
        type = catalog_column(rows, "deptype");
    for (int row = 0; row < rows->row_count; ++row) {
        struct catalog_id object = {.table = (uint16_t)catalog_column_number(rows, row, class),
                                    .object = catalog_column_number(rows, row, id)};
        if (!is_unread(object.table))
            continue;
        *vector_add(reading->arena, &reading->unread) = object;
        if (strcmp(catalog_column_text(rows, row, type), "e") == 0)
            catalog_ids_add(reading->members, object, reading);
    }
}

static bool is_beyond(const struct raw_reading *reading)
{
    VECTOR_EACH (const struct catalog_id, object, &reading->unread)
        if (!catalog_ids_get(reading->members, *object))
            return true;
    return reading->beyond;
}

static void take_table(struct raw_reading *reading, const PGresult *rows)
{
    enum { DEPEND = 2608, SUBSCRIPTION = 6100 };
    struct catalog_result result = {reading->pq, rows, reading->pq->PQntuples(rows),
                                    reading->pq->PQnfields(rows)};
    switch (reading->pq->PQftable(rows, 0)) {
    case DEPEND:
        note_unread(reading, &result);
        break;
    case SUBSCRIPTION:
        reading->beyond = result.row_count > 0;
        break;
    default:
        break;
    }
    note_wanted(reading, &result);
    raw_rows_add(reading->rows, rows);
}

static void take_rows(void *user, size_t index, const PGresult *rows)
{
    struct raw_reading *reading = user;
    (void)index;
    if (reading->pq->PQnfields(rows) == 0)
        return;
    if (strcmp(reading->pq->PQfname(rows, 0), "if") == 0)
        take_conditions(reading, rows);
    else
        take_table(reading, rows);
}

static bool run(dun_connection *connection, struct raw_reading *reading, dun_error *error)
{
    struct db_batch batch = {.items = reading->items.items, .count = reading->items.count};
    size_t failed;
    bool good = postgres_batch_rows(connection, &batch, take_rows, reading, &failed, error);
    reading->items.count = 0;
    return good;
}

/* All that is wanted and was not sent. */
static void add_wanted(struct raw_reading *reading)
{
    VECTOR_EACH (struct raw_query, query, &reading->queries)
        if (query->wanted && !query->sent) {
            add_item(reading, DB_JOIN, query->sql);
            query->sent = true;
        }
}

static bool read_all(dun_connection *connection, struct raw_reading *reading, dun_error *error)
{
    add_item(reading, DB_BEGIN, NULL);
    add_item(reading, DB_JOIN, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    add_item(reading, DB_JOIN, catalog_search_path(reading->arena, NULL));
    add_wanted(reading);
    add_item(reading, DB_JOIN, conditions(reading));
    if (!run(connection, reading, error))
        return false;
    add_wanted(reading);
    add_item(reading, DB_COMMIT, NULL);
    return run(connection, reading, error);
}

bool postgres_read_raw(dun_connection *connection, struct arena *arena, struct catalog_raw *ret_raw,
                       dun_error *error)
{
    struct raw_reading reading = {.arena = arena_new(), .pq = session_of(connection)->pq};
    split(&reading, (char *)catalog_query(reading.arena, catalog_raw_sql, connection->server_version, NULL));
    reading.rows = raw_rows_new(reading.pq);
    reading.members = catalog_ids_new();
    bool good = read_all(connection, &reading, error);
    if (good) {
        *ret_raw = (struct catalog_raw){0};
        if (!is_beyond(&reading))
            ret_raw->bytes = raw_rows_bytes(reading.rows, arena, &ret_raw->length);
    } else {
        error_context(error, "the system tables could not be read");
        postgres_rollback(connection, NULL);
    }
    raw_rows_free(reading.rows);
    catalog_ids_free(reading.members);
    arena_free(reading.arena);
    return good;
}
