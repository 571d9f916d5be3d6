/*
 * The raw catalog of a database: the rows that the queries of catalog.c read from, without what makes these
 * costly, which is that the server plans joins of a dozen system tables in a session that has seen none of
 * them. For telling that a database is as another one, whose catalog is known.
 */
#include "base/vector.h"
#include "engine/postgres/catalog_ids.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/catalog_raw.h"
#include "engine/postgres/catalog_raw_script.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include "embedded/engine/postgres/catalog_raw.sql.h"

#include <string.h>

struct raw_reading {
    struct arena *arena;
    struct raw_rows *rows;
    struct catalog_ids *members;      /* of extensions; not NULL */
    VECTOR(struct catalog_id) unread; /* objects of kinds whose rows are not read */
    bool beyond;                      /* the database has something that the rows do not tell */
};

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

static void take(void *user, unsigned table, const struct catalog_result *rows)
{
    enum { DEPEND = 2608, SUBSCRIPTION = 6100 };
    struct raw_reading *reading = user;
    if (table == DEPEND)
        note_unread(reading, rows);
    else if (table == SUBSCRIPTION)
        reading->beyond = rows->row_count > 0;
    raw_rows_add(reading->rows, rows->rows);
}

bool postgres_read_raw(dun_connection *connection, struct arena *arena, struct catalog_raw *ret_raw,
                       dun_error *error)
{
    struct raw_reading reading = {
        .arena = arena_new(), .rows = raw_rows_new(session_of(connection)->pq), .members = catalog_ids_new()};
    const struct raw_script_user user = {.take = take, .user = &reading};
    char *script = (char *)catalog_query(reading.arena, catalog_raw_sql, connection->server_version, NULL);
    bool good = raw_script_run(connection, reading.arena, script, &user, error);
    if (good) {
        *ret_raw = (struct catalog_raw){0};
        if (!is_beyond(&reading))
            ret_raw->bytes = raw_rows_bytes(reading.rows, arena, &ret_raw->length);
    }
    raw_rows_free(reading.rows);
    catalog_ids_free(reading.members);
    arena_free(reading.arena);
    return good;
}
