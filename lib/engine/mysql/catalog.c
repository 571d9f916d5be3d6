/*
 * Reading the catalog of a database of MySQL or MariaDB, in two round trips: what there is, then SHOW CREATE
 * of each. That is faster than information_schema, which looks into every table for each of its own tables,
 * and tells everything as exactly as the server knows it. The database is the catalog: objects have no
 * schema.
 */
#include "engine/mysql/catalog.h"

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"
#include "db/result.h"
#include "engine/mysql/catalog_fetch.h"
#include "engine/mysql/catalog_reading.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/scratch.h"
#include "engine/own_table.h"
#include "sql/quote.h"

#include "embedded/engine/mysql/catalog_events.sql.h"
#include "embedded/engine/mysql/catalog_libraries.sql.h"
#include "embedded/engine/mysql/catalog_routines.sql.h"
#include "embedded/engine/mysql/catalog_session.sql.h"
#include "embedded/engine/mysql/catalog_tables.sql.h"
#include "embedded/engine/mysql/catalog_triggers.sql.h"

#include <string.h>

enum {
    LIBRARIES_SINCE = 90200, /* MySQL */
    MOST_PACKET =
        16 * 1024 * 1024, /* SHOW CREATE of some 200,000 tables; and no more than the server takes */
    LEAST_PACKET = 16 * 1024,
    ATTEMPTS = 3, /* tables may be dropped between the two round trips */
    RESTORE_MS = 5000,
};

/* How one kind of object is shown. */
struct way {
    const char *type; /* in information_schema */
    const char *show;
    size_t text_column, mode_column; /* of what it gives; mode_column 0: it tells no sql_mode */
    void (*read)(struct catalog_reading *reading, const struct catalog_shown *shown);
    bool quietly; /* is not named when it is not shown */
};

static const struct way ways_of_tables[] = {
    {.type = "BASE TABLE",
     .show = "SHOW CREATE TABLE ",
     .text_column = 1,
     .read = mysql_engine_catalog_read_table},
    {.type = "SYSTEM VERSIONED",
     .show = "SHOW CREATE TABLE ",
     .text_column = 1,
     .read = mysql_engine_catalog_read_table},
    {.type = "VIEW", .show = "SHOW CREATE VIEW ", .text_column = 1, .read = mysql_engine_catalog_read_view},
    {.type = "SEQUENCE",
     .show = "SHOW CREATE SEQUENCE ",
     .text_column = 1,
     .read = mysql_engine_catalog_read_sequence},
    {.type = "TEMPORARY", .quietly = true},
    {.type = "TEMPORARY SEQUENCE", .quietly = true},
    {.type = NULL},
};

static const struct way ways_of_routines[] = {
    {.type = "FUNCTION",
     .show = "SHOW CREATE FUNCTION ",
     .text_column = 2,
     .mode_column = 1,
     .read = mysql_engine_catalog_read_routine},
    {.type = "PROCEDURE",
     .show = "SHOW CREATE PROCEDURE ",
     .text_column = 2,
     .mode_column = 1,
     .read = mysql_engine_catalog_read_routine},
    {.type = "PACKAGE",
     .show = "SHOW CREATE PACKAGE ",
     .text_column = 2,
     .mode_column = 1,
     .read = mysql_engine_catalog_read_routine},
    {.type = "PACKAGE BODY",
     .show = "SHOW CREATE PACKAGE BODY ",
     .text_column = 2,
     .mode_column = 1,
     .read = mysql_engine_catalog_read_routine},
    {.type = NULL},
};

static const struct way way_of_triggers = {.type = "TRIGGER",
                                           .show = "SHOW CREATE TRIGGER ",
                                           .text_column = 2,
                                           .read = mysql_engine_catalog_keep_trigger,
                                           .quietly = true};
static const struct way way_of_events = {.type = "EVENT",
                                         .show = "SHOW CREATE EVENT ",
                                         .text_column = 3,
                                         .read = mysql_engine_catalog_keep_event,
                                         .quietly = true};

/* What the second round trip asks for. */
struct shown_object {
    const struct way *way; /* NULL: it gives nothing to read */
    const char *name;
    int64_t rows;
};

struct reader {
    struct catalog_reading reading;
    dun_connection *connection;
    const struct catalog_options *options;
    VECTOR(struct shown_object) objects; /* one for each statement */
    VECTOR(const char *) statements;
    size_t most_bytes;
    const char *restore; /* brings the session's settings back; NULL: not known yet */
};

/* The items of the first round trip. */
enum { SESSION, SETTINGS, TABLES, ROUTINES, TRIGGERS, EVENTS, LIBRARIES, ITEM_COUNT };

/* The session may have modes that change how SHOW CREATE prints. */
static const char settings[] = "SET SESSION sql_mode = '', SESSION sql_quote_show_create = 1";

static const char *const item_texts[ITEM_COUNT] = {
    [SESSION] = catalog_session_sql,     [SETTINGS] = settings,
    [TABLES] = catalog_tables_sql,       [ROUTINES] = catalog_routines_sql,
    [TRIGGERS] = catalog_triggers_sql,   [EVENTS] = catalog_events_sql,
    [LIBRARIES] = catalog_libraries_sql,
};

static bool list(dun_connection *connection, struct db_outcome *outcomes, dun_error *error)
{
    const struct mysql_connection *own = (const struct mysql_connection *)connection;
    bool has_libraries = !own->is_mariadb && connection->server_version >= LIBRARIES_SINCE;
    struct db_item items[ITEM_COUNT];
    for (size_t i = 0; i < ITEM_COUNT; ++i)
        items[i] = (struct db_item){.kind = DB_READ,
                                    .sql = item_texts[i],
                                    .length = strlen(item_texts[i]),
                                    .keep_result = i != SETTINGS};
    struct db_batch batch = {.items = items, .count = has_libraries ? ITEM_COUNT : LIBRARIES};
    size_t failed;
    return mysql_engine_batch_run(connection, &batch, outcomes, &failed, error);
}

static const char *restoring_settings(struct arena *arena, const dun_result *session)
{
    struct str sql = STR_INIT;
    const char *mode = result_text(session, 0, 1);
    str_append(&sql, "SET SESSION sql_mode = ");
    sql_quote_literal(&sql, SQL_MYSQL, mode, strlen(mode));
    str_printf(&sql, ", SESSION sql_quote_show_create = %s", result_text(session, 0, 2));
    const char *copy = arena_strdup(arena, str_text(&sql));
    str_free(&sql);
    return copy;
}

static bool is_own_table(const struct reader *reader, const char *name)
{
    return own_table_is(SQL_MYSQL, reader->options->history, reader->reading.database, name);
}

static void add_statement(struct reader *reader, const struct way *way, const char *name, int64_t rows)
{
    struct str sql = STR_INIT;
    str_append(&sql, way->show);
    sql_quote_identifier(&sql, SQL_MYSQL, name);
    struct shown_object *object = vector_add(reader->reading.scratch, &reader->objects);
    *object = (struct shown_object){way, name, rows};
    *vector_add(reader->reading.scratch, &reader->statements) =
        arena_strdup(reader->reading.scratch, str_text(&sql));
    str_free(&sql);
}

static void add_statements(struct reader *reader, const dun_result *rows, const struct way *ways)
{
    for (size_t row = 0; rows && row < rows->rows; ++row) {
        const char *name = arena_strdup(reader->reading.scratch, result_text(rows, row, 0));
        const char *type = result_text(rows, row, 1);
        const struct way *way = ways;
        while (way->type && strcmp(way->type, type) != 0)
            ++way;
        if (way->show && !is_own_table(reader, name))
            add_statement(reader, way, name, rows->columns > 2 ? result_integer(rows, row, 2, -1) : -1);
        else if (!way->show && !way->quietly)
            catalog_add_unmodelled(reader->reading.catalog, type, name);
    }
}

/* All of one kind; who reads their rows names those that are not shown. */
static void add_programs(struct reader *reader, const dun_result *rows, const struct way *way)
{
    for (size_t row = 0; rows && row < rows->rows; ++row)
        add_statement(reader, way, arena_strdup(reader->reading.scratch, result_text(rows, row, 0)), -1);
}

static void take_shown(void *user, size_t index, const dun_result *rows)
{
    struct reader *reader = user;
    const struct shown_object *object = &reader->objects.items[index];
    if (!object->way)
        return;
    size_t column = object->way->text_column;
    struct catalog_shown shown = {.name = object->name, .rows = object->rows};
    if (rows && rows->rows && rows->columns > column && rows->values[column].text) {
        shown.sql = rows->values[column].text;
        shown.length = rows->values[column].length;
    }
    if (object->way->mode_column)
        shown.sql_mode = rows ? result_text(rows, 0, object->way->mode_column) : NULL;
    if (shown.sql)
        object->way->read(&reader->reading, &shown);
    else if (!object->way->quietly) /* the user may not see it */
        catalog_add_unmodelled(reader->reading.catalog, object->way->type, object->name);
}

static bool show(struct reader *reader, dun_error *error)
{
    *vector_add(reader->reading.scratch, &reader->objects) = (struct shown_object){.way = NULL};
    *vector_add(reader->reading.scratch, &reader->statements) = reader->restore;
    struct catalog_fetch fetch = {.statements = reader->statements.items,
                                  .count = reader->statements.count,
                                  .most_bytes = reader->most_bytes,
                                  .take = take_shown,
                                  .user = reader};
    size_t failed;
    if (mysql_engine_catalog_fetch(reader->connection, &fetch, &failed, error))
        return true;
    if (failed < reader->objects.count && reader->objects.items[failed].way)
        error_context(error, "what %s is could not be read", reader->objects.items[failed].name);
    return false;
}

static void take_lists(struct reader *reader, struct db_outcome *outcomes)
{
    const dun_result *session = outcomes[SESSION].result;
    int64_t packet = result_integer(session, 0, 3, LEAST_PACKET) / 2;
    reader->most_bytes = packet < LEAST_PACKET  ? LEAST_PACKET
                         : packet > MOST_PACKET ? MOST_PACKET
                                                : (size_t)packet;
    add_statements(reader, outcomes[TABLES].result, ways_of_tables);
    add_statements(reader, outcomes[ROUTINES].result, ways_of_routines);
    add_statements(reader, outcomes[LIBRARIES].result, ways_of_routines);
    add_programs(reader, outcomes[TRIGGERS].result, &way_of_triggers);
    add_programs(reader, outcomes[EVENTS].result, &way_of_events);
}

static bool open_reading(struct reader *reader, const dun_result *session, struct arena *arena,
                         dun_error *error)
{
    struct arena *scratch = reader->reading.scratch;
    reader->restore = restoring_settings(scratch, session);
    if (!*result_text(session, 0, 0))
        return error_set(error, DUN_BAD_INPUT, "the URL names no database, so there is no schema to read");
    reader->reading.database = arena_strdup(scratch, result_text(session, 0, 0));
    reader->reading.account = mysql_engine_catalog_account(scratch, result_text(session, 0, 4));
    reader->reading.catalog = catalog_new(arena, "mysql", reader->connection->server);
    reader->reading.options = reader->options;
    reader->reading.bodies = map_new(scratch);
    return true;
}

static bool read_lists_and_objects(struct reader *reader, struct db_outcome *outcomes, struct arena *arena,
                                   dun_error *error)
{
    if (!list(reader->connection, outcomes, error)) {
        if (outcomes[SESSION].result)
            reader->restore = restoring_settings(reader->reading.scratch, outcomes[SESSION].result);
        return false;
    }
    if (!open_reading(reader, outcomes[SESSION].result, arena, error))
        return false;
    take_lists(reader, outcomes);
    if (reader->options->access &&
        !mysql_engine_catalog_ask_rights(&reader->reading, reader->connection, error))
        return false;
    if (!show(reader, error))
        return false;
    reader->restore = NULL;
    if (!mysql_engine_catalog_read_srids(&reader->reading, reader->connection, error))
        return false;
    mysql_engine_catalog_read_triggers(&reader->reading, outcomes[TRIGGERS].result);
    mysql_engine_catalog_read_events(&reader->reading, outcomes[EVENTS].result);
    if (reader->reading.leaves_definers)
        catalog_add_unmodelled(reader->reading.catalog, CATALOG_LOST_DEFINERS, reader->reading.account);
    if (reader->options->access &&
        !mysql_engine_catalog_read_grants(&reader->reading, reader->connection, error))
        return false;
    mysql_engine_catalog_find_needs(&reader->reading);
    catalog_sort(reader->reading.catalog);
    return true;
}

/* After a failure; also when the caller's scope has ended. */
static void restore_settings(struct reader *reader)
{
    if (!reader->restore || reader->connection->lost)
        return;
    struct task_scope scope;
    task_scope_shield(&scope, RESTORE_MS);
    db_exec(reader->connection, reader->restore, NULL);
    task_scope_leave(&scope);
}

static bool read_once(dun_connection *connection, const struct catalog_options *options, struct arena *arena,
                      struct catalog **ret_catalog, dun_error *error)
{
    struct reader reader = {.connection = connection, .options = options, .reading.scratch = arena_new()};
    struct db_outcome outcomes[ITEM_COUNT] = {0};
    bool done = read_lists_and_objects(&reader, outcomes, arena, error);
    if (done)
        *ret_catalog = reader.reading.catalog;
    else
        restore_settings(&reader);
    db_outcomes_clear(outcomes, ITEM_COUNT);
    arena_free(reader.reading.scratch);
    return done;
}

static bool read_catalog(dun_connection *connection, const struct catalog_options *options,
                         struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    dun_error *failure = dun_error_new();
    bool done = false;
    for (int attempt = 1; !done && attempt <= ATTEMPTS; ++attempt) {
        dun_error_clear(failure);
        done = read_once(connection, options, arena, ret_catalog, failure);
        if (!done && !mysql_scratch.is_missing_object(failure))
            break;
    }
    if (!done)
        error_move(error, failure);
    dun_error_free(failure);
    return done;
}

const struct engine_catalog mysql_catalog = {.access_goes = true, .read = read_catalog};
