/*
 * Reading the catalog of a PostgreSQL database: a query for each kind of object, all sent in one pipeline, in
 * one snapshot. What the queries tell is in the .sql files; how their rows become objects, in catalog_rows.h.
 */
#include "base/error.h"
#include "engine/postgres/batch.h"
#include "engine/postgres/catalog_keys.h"
#include "engine/postgres/catalog_links.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include "embedded/engine/postgres/catalog_collations.sql.h"
#include "embedded/engine/postgres/catalog_columns.sql.h"
#include "embedded/engine/postgres/catalog_comments.sql.h"
#include "embedded/engine/postgres/catalog_constraints.sql.h"
#include "embedded/engine/postgres/catalog_default_privileges.sql.h"
#include "embedded/engine/postgres/catalog_defaults.sql.h"
#include "embedded/engine/postgres/catalog_domain_checks.sql.h"
#include "embedded/engine/postgres/catalog_event_triggers.sql.h"
#include "embedded/engine/postgres/catalog_extensions.sql.h"
#include "embedded/engine/postgres/catalog_grants.sql.h"
#include "embedded/engine/postgres/catalog_identities.sql.h"
#include "embedded/engine/postgres/catalog_index_keys.sql.h"
#include "embedded/engine/postgres/catalog_indexes.sql.h"
#include "embedded/engine/postgres/catalog_members.sql.h"
#include "embedded/engine/postgres/catalog_needs.sql.h"
#include "embedded/engine/postgres/catalog_outer_columns.sql.h"
#include "embedded/engine/postgres/catalog_policies.sql.h"
#include "embedded/engine/postgres/catalog_publications.sql.h"
#include "embedded/engine/postgres/catalog_relations.sql.h"
#include "embedded/engine/postgres/catalog_routines.sql.h"
#include "embedded/engine/postgres/catalog_rules.sql.h"
#include "embedded/engine/postgres/catalog_schemas.sql.h"
#include "embedded/engine/postgres/catalog_sequences.sql.h"
#include "embedded/engine/postgres/catalog_servers.sql.h"
#include "embedded/engine/postgres/catalog_stand_ins.sql.h"
#include "embedded/engine/postgres/catalog_statistics.sql.h"
#include "embedded/engine/postgres/catalog_triggers.sql.h"
#include "embedded/engine/postgres/catalog_types.sql.h"
#include "embedded/engine/postgres/catalog_unmodelled.sql.h"
#include "embedded/engine/postgres/catalog_usual_grants.sql.h"

#include <string.h>

/* One query, and what its rows are. */
struct source {
    const char *what; /* for messages */
    const char *sql;
    struct catalog_rows_are are;
    void (*read_objects)(struct catalog_reading *reading, const struct catalog_rows_are *are,
                         const struct catalog_result *rows);
    void (*read)(struct catalog_reading *reading,
                 const struct catalog_result *rows); /* what are no objects */
    enum {
        ALWAYS,
        WHOLE_DATABASE,
        SURROUNDINGS,
        SOME_SCHEMAS,
        WITH_GRANTS,
        WITH_USUAL_GRANTS,
        WITH_OTHER_OWNERS
    } when;
};

#define OBJECTS(of_class, of_parent) \
    .are = {.class = of_class, .parent_class = of_parent}, .read_objects = catalog_read_objects

/*
 * A parent stands before its parts, a table's columns before all else that it has, and what tells of an
 * index's keys before the index. Among them, those that take the server long stand beside those that take us
 * long.
 */
static const struct source sources[] = {
    {.what = "role", .sql = "SELECT current_user", .read = catalog_read_role, .when = WITH_OTHER_OWNERS},
    {.what = "members", .sql = catalog_members_sql, .read = catalog_read_members},
    {.what = "schemas", .sql = catalog_schemas_sql, OBJECTS(PG_NAMESPACE, 0)},
    {.what = "extensions", .sql = catalog_extensions_sql, OBJECTS(PG_EXTENSION, 0), .when = SURROUNDINGS},
    {.what = "collations", .sql = catalog_collations_sql, OBJECTS(PG_COLLATION, 0)},
    {.what = "types", .sql = catalog_types_sql, OBJECTS(PG_TYPE, 0)},
    {.what = "domain checks", .sql = catalog_domain_checks_sql, OBJECTS(PG_CONSTRAINT, PG_TYPE)},
    {.what = "sequences", .sql = catalog_sequences_sql, OBJECTS(PG_CLASS, 0)},
    {.what = "servers", .sql = catalog_servers_sql, OBJECTS(PG_FOREIGN_SERVER, 0), .when = SURROUNDINGS},
    {.what = "routines", .sql = catalog_routines_sql, OBJECTS(PG_PROC, 0)},
    {.what = "relations", .sql = catalog_relations_sql, OBJECTS(PG_CLASS, 0)},
    {.what = "columns",
     .sql = catalog_columns_sql,
     .are = {.kind = "column", .class = PG_CLASS, .parent_class = PG_CLASS},
     .read_objects = catalog_read_columns},
    {.what = "defaults", .sql = catalog_defaults_sql, OBJECTS(PG_CLASS, PG_CLASS)},
    {.what = "identities", .sql = catalog_identities_sql, OBJECTS(PG_CLASS, PG_CLASS)},
    {.what = "columns elsewhere",
     .sql = catalog_outer_columns_sql,
     .read = catalog_read_column_names,
     .when = SOME_SCHEMAS},
    {.what = "keys of indexes", .sql = catalog_index_keys_sql, .read = catalog_read_index_keys},
    {.what = "indexes", .sql = catalog_indexes_sql, OBJECTS(PG_CLASS, PG_CLASS)},
    {.what = "constraints", .sql = catalog_constraints_sql, OBJECTS(PG_CONSTRAINT, PG_CLASS)},
    {.what = "statistics", .sql = catalog_statistics_sql, OBJECTS(PG_STATISTIC_EXT, 0)},
    {.what = "triggers", .sql = catalog_triggers_sql, OBJECTS(PG_TRIGGER, PG_CLASS)},
    {.what = "rules", .sql = catalog_rules_sql, OBJECTS(PG_REWRITE, PG_CLASS)},
    {.what = "policies", .sql = catalog_policies_sql, OBJECTS(PG_POLICY, PG_CLASS)},
    {.what = "event triggers",
     .sql = catalog_event_triggers_sql,
     OBJECTS(PG_EVENT_TRIGGER, 0),
     .when = WHOLE_DATABASE},
    {.what = "publications",
     .sql = catalog_publications_sql,
     OBJECTS(PG_PUBLICATION, 0),
     .when = WHOLE_DATABASE},
    {.what = "stand-ins", .sql = catalog_stand_ins_sql, .read = catalog_read_stand_ins},
    {.what = "comments", .sql = catalog_comments_sql, .read = catalog_read_comments},
    {.what = "grants", .sql = catalog_grants_sql, .read = catalog_read_grants, .when = WITH_GRANTS},
    {.what = "usual grants",
     .sql = catalog_usual_grants_sql,
     .read = catalog_read_usual_grants,
     .when = WITH_USUAL_GRANTS},
    {.what = "default privileges",
     .sql = catalog_default_privileges_sql,
     OBJECTS(PG_DEFAULT_ACL, 0),
     .when = WITH_GRANTS},
    {.what = "needs", .sql = catalog_needs_sql, .read = catalog_read_needs},
    {.what = "unmodelled", .sql = catalog_unmodelled_sql, .read = catalog_read_unmodelled},
};

enum { SOURCE_COUNT = sizeof sources / sizeof *sources, MOST_ITEMS = SOURCE_COUNT + 8 };

/* The statements of one reading. */
struct reading_batch {
    struct db_item items[MOST_ITEMS];
    const struct source *sources[MOST_ITEMS]; /* of an item; NULL: it is no query */
    size_t count;
    const struct libpq *pq;
    struct catalog_reading reading;
};

static void add_item(struct reading_batch *batch, enum db_item_kind kind, const char *sql,
                     const struct source *source)
{
    batch->sources[batch->count] = source;
    batch->items[batch->count++] =
        (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
}

static bool is_wanted(const struct source *source, const struct catalog_options *options)
{
    switch (source->when) {
    case WHOLE_DATABASE:
        return !options->schemas;
    case SURROUNDINGS:
        return !options->schemas || options->surroundings;
    case SOME_SCHEMAS:
        return options->schemas;
    case WITH_GRANTS:
        return options->grants;
    case WITH_USUAL_GRANTS:
        return options->grants && options->usual_grants;
    case WITH_OTHER_OWNERS:
        return options->other_owners;
    default:
        return true;
    }
}

/*
 * In a transaction that is open already, a savepoint gives the search_path back. Otherwise the transaction is
 * ours, and all queries see one state of the database. The server has no statistics of a database that is
 * new, and would take its tables for small: it is kept from loops over indexes, from compiling what then
 * seems expensive, and from joining on disk. All these settings end with the transaction or savepoint.
 */
static void make_batch(struct reading_batch *batch, const dun_connection *connection,
                       const struct catalog_options *options, struct arena *arena)
{
    bool inside = connection->in_transaction;
    add_item(batch, inside ? DB_JOIN : DB_BEGIN, inside ? "SAVEPOINT dunlin_catalog" : NULL, NULL);
    if (!inside)
        add_item(batch, DB_JOIN, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", NULL);
    add_item(batch, DB_JOIN, catalog_search_path(arena, options->schemas), NULL);
    add_item(batch, DB_JOIN, "SET LOCAL jit = off", NULL);
    add_item(batch, DB_JOIN, "SET LOCAL enable_nestloop = off", NULL);
    add_item(batch, DB_JOIN, "SET LOCAL work_mem = '64MB'", NULL);
    for (size_t i = 0; i < SOURCE_COUNT; ++i)
        if (is_wanted(&sources[i], options))
            add_item(batch, DB_JOIN,
                     catalog_query(arena, sources[i].sql, connection->server_version, options->schemas),
                     &sources[i]);
    add_item(batch, inside ? DB_JOIN : DB_COMMIT, inside ? "ROLLBACK TO SAVEPOINT dunlin_catalog" : NULL,
             NULL);
    if (inside)
        add_item(batch, DB_JOIN, "RELEASE SAVEPOINT dunlin_catalog", NULL);
}

/* After a failure: the transaction, if it is the caller's, is as it was. */
static void undo(dun_connection *connection, bool inside)
{
    if (inside && connection->in_transaction)
        db_exec(connection, "ROLLBACK TO SAVEPOINT dunlin_catalog", NULL);
    else if (!inside)
        postgres_rollback(connection, NULL);
}

/* While we read one result, the server works on the next. */
static void read_rows(void *user, size_t index, const PGresult *rows)
{
    struct reading_batch *batch = user;
    const struct source *source = batch->sources[index];
    if (!source)
        return;
    struct catalog_result result = {
        .pq = batch->pq,
        .rows = rows,
        .row_count = batch->pq->PQntuples(rows),
        .column_count = batch->pq->PQnfields(rows),
    };
    if (source->read)
        source->read(&batch->reading, &result);
    else
        source->read_objects(&batch->reading, &source->are, &result);
}

static struct catalog_reading begin_reading(const dun_connection *connection,
                                            const struct catalog_options *options, struct arena *arena,
                                            struct arena *scratch)
{
    return (struct catalog_reading){
        .options = options,
        .catalog = catalog_new(arena, "postgresql", connection->server),
        .scratch = scratch,
        .objects = catalog_ids_new(),
        .aliases = catalog_ids_new(),
        .members = catalog_ids_new(),
        .names = catalog_ids_new(),
        .keys = catalog_ids_new(),
    };
}

static void end_reading(struct catalog_reading *reading)
{
    catalog_ids_free(reading->objects);
    catalog_ids_free(reading->aliases);
    catalog_ids_free(reading->members);
    catalog_ids_free(reading->names);
    catalog_ids_free(reading->keys);
}

/* The queries know the system tables from this version on. */
enum { OLDEST_VERSION = 120000 };

static bool is_known(const dun_connection *connection, dun_error *error)
{
    if (connection->server_version >= OLDEST_VERSION)
        return true;
    error_set(error, DUN_FAILED, "the schema of %s cannot be read", connection->server);
    error_hint(error, "dunlin reads schemas of PostgreSQL %d and newer", OLDEST_VERSION / 10000);
    return false;
}

static bool read_catalog(dun_connection *connection, const struct catalog_options *options,
                         struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    if (!is_known(connection, error))
        return false;
    struct arena *scratch = arena_new();
    struct reading_batch *batch = ARENA_NEW(scratch, struct reading_batch);
    bool inside = connection->in_transaction;
    size_t failed;
    make_batch(batch, connection, options, scratch);
    batch->pq = session_of(connection)->pq;
    batch->reading = begin_reading(connection, options, arena, scratch);
    struct db_batch sent = {.items = batch->items, .count = batch->count};
    bool ok = postgres_batch_rows(connection, &sent, read_rows, batch, &failed, error);
    end_reading(&batch->reading);
    if (ok) {
        catalog_sort(batch->reading.catalog);
        *ret_catalog = batch->reading.catalog;
    } else {
        if (failed < batch->count && batch->sources[failed])
            error_context(error, "the %s could not be read from the catalog", batch->sources[failed]->what);
        undo(connection, inside);
    }
    arena_free(scratch);
    return ok;
}

const struct engine_catalog postgres_catalog = {.first_schema = "public",
                                                .access_goes = true,
                                                .read = read_catalog,
                                                .read_raw = postgres_read_raw,
                                                .read_raw_schema = postgres_read_raw_schema,
                                                .outside = postgres_outside};
