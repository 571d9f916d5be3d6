/*
 * Reading the catalog of a PostgreSQL database: a query for each kind of object, all sent in one pipeline, in
 * one snapshot. What the queries tell is in the .sql files; how their rows become objects, in catalog_rows.h.
 */
#include "base/error.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/catalog_rows.h"
#include "engine/postgres/rooms.h"

#include "embedded/engine/postgres/catalog_collations.sql.h"
#include "embedded/engine/postgres/catalog_columns.sql.h"
#include "embedded/engine/postgres/catalog_comments.sql.h"
#include "embedded/engine/postgres/catalog_constraints.sql.h"
#include "embedded/engine/postgres/catalog_default_privileges.sql.h"
#include "embedded/engine/postgres/catalog_domain_checks.sql.h"
#include "embedded/engine/postgres/catalog_event_triggers.sql.h"
#include "embedded/engine/postgres/catalog_extensions.sql.h"
#include "embedded/engine/postgres/catalog_grants.sql.h"
#include "embedded/engine/postgres/catalog_identities.sql.h"
#include "embedded/engine/postgres/catalog_indexes.sql.h"
#include "embedded/engine/postgres/catalog_members.sql.h"
#include "embedded/engine/postgres/catalog_needs.sql.h"
#include "embedded/engine/postgres/catalog_policies.sql.h"
#include "embedded/engine/postgres/catalog_publications.sql.h"
#include "embedded/engine/postgres/catalog_relations.sql.h"
#include "embedded/engine/postgres/catalog_routines.sql.h"
#include "embedded/engine/postgres/catalog_rules.sql.h"
#include "embedded/engine/postgres/catalog_schemas.sql.h"
#include "embedded/engine/postgres/catalog_sequences.sql.h"
#include "embedded/engine/postgres/catalog_servers.sql.h"
#include "embedded/engine/postgres/catalog_statistics.sql.h"
#include "embedded/engine/postgres/catalog_triggers.sql.h"
#include "embedded/engine/postgres/catalog_types.sql.h"
#include "embedded/engine/postgres/catalog_unmodelled.sql.h"

#include <string.h>

/* One query, and what its rows are: objects of `class`, or what `read` makes of them. */
struct source {
    const char *what; /* for messages */
    const char *sql, *class, *parent_class;
    void (*read)(struct catalog_reading *reading, const dun_result *rows);
    bool whole_database; /* left out when only some schemas are wanted */
    bool grants;         /* only when grants are wanted */
};

/* A parent stands before its parts, and a table's columns before all else that it has. */
static const struct source sources[] = {
    {.what = "members", .sql = catalog_members_sql, .read = catalog_read_members},
    {.what = "schemas", .sql = catalog_schemas_sql, .class = "pg_namespace"},
    {.what = "extensions", .sql = catalog_extensions_sql, .class = "pg_extension", .whole_database = true},
    {.what = "collations", .sql = catalog_collations_sql, .class = "pg_collation"},
    {.what = "types", .sql = catalog_types_sql, .class = "pg_type"},
    {.what = "domain checks",
     .sql = catalog_domain_checks_sql,
     .class = "pg_constraint",
     .parent_class = "pg_type"},
    {.what = "sequences", .sql = catalog_sequences_sql, .class = "pg_class"},
    {.what = "servers", .sql = catalog_servers_sql, .class = "pg_foreign_server", .whole_database = true},
    {.what = "routines", .sql = catalog_routines_sql, .class = "pg_proc"},
    {.what = "relations", .sql = catalog_relations_sql, .class = "pg_class"},
    {.what = "columns", .sql = catalog_columns_sql, .class = "pg_class", .parent_class = "pg_class"},
    {.what = "identities", .sql = catalog_identities_sql, .class = "pg_class"},
    {.what = "constraints",
     .sql = catalog_constraints_sql,
     .class = "pg_constraint",
     .parent_class = "pg_class"},
    {.what = "indexes", .sql = catalog_indexes_sql, .class = "pg_class", .parent_class = "pg_class"},
    {.what = "statistics", .sql = catalog_statistics_sql, .class = "pg_statistic_ext"},
    {.what = "triggers", .sql = catalog_triggers_sql, .class = "pg_trigger", .parent_class = "pg_class"},
    {.what = "rules", .sql = catalog_rules_sql, .class = "pg_rewrite", .parent_class = "pg_class"},
    {.what = "policies", .sql = catalog_policies_sql, .class = "pg_policy", .parent_class = "pg_class"},
    {.what = "event triggers",
     .sql = catalog_event_triggers_sql,
     .class = "pg_event_trigger",
     .whole_database = true},
    {.what = "publications",
     .sql = catalog_publications_sql,
     .class = "pg_publication",
     .whole_database = true},
    {.what = "comments", .sql = catalog_comments_sql, .read = catalog_read_comments},
    {.what = "grants", .sql = catalog_grants_sql, .read = catalog_read_grants, .grants = true},
    {.what = "default privileges",
     .sql = catalog_default_privileges_sql,
     .class = "pg_default_acl",
     .grants = true},
    {.what = "needs", .sql = catalog_needs_sql, .read = catalog_read_needs},
    {.what = "unmodelled", .sql = catalog_unmodelled_sql, .read = catalog_read_unmodelled},
};

enum { SOURCE_COUNT = sizeof sources / sizeof *sources, MOST_ITEMS = SOURCE_COUNT + 7 };

/* The statements of one reading. */
struct reading_batch {
    struct db_item items[MOST_ITEMS];
    struct db_outcome outcomes[MOST_ITEMS];
    const struct source *sources[MOST_ITEMS]; /* of an item; NULL: it is no query */
    size_t count;
};

static void add_item(struct reading_batch *batch, enum db_item_kind kind, const char *sql,
                     const struct source *source)
{
    batch->sources[batch->count] = source;
    batch->items[batch->count++] = (struct db_item){
        .kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0, .keep_result = source != NULL};
}

static bool is_wanted(const struct source *source, const struct catalog_options *options)
{
    return !(source->whole_database && options->schemas) && (!source->grants || options->grants);
}

/*
 * In a transaction that is open already, a savepoint gives the search_path back. Otherwise the transaction is
 * ours, and all queries see one state of the database. The server has no statistics of a database that is
 * new, and would take its tables for small: it is kept from loops over indexes, and from compiling what then
 * seems expensive. All these settings end with the transaction or savepoint.
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

static void read_rows(struct catalog_reading *reading, struct reading_batch *batch)
{
    for (size_t i = 0; i < batch->count; ++i) {
        const struct source *source = batch->sources[i];
        if (source && source->read)
            source->read(reading, batch->outcomes[i].result);
        else if (source)
            catalog_read_objects(reading, source->class, source->parent_class, batch->outcomes[i].result);
        dun_result_free(batch->outcomes[i].result);
        batch->outcomes[i].result = NULL;
    }
}

static bool read_catalog(dun_connection *connection, const struct catalog_options *options,
                         struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    struct arena *scratch = arena_new();
    struct reading_batch *batch = ARENA_NEW(scratch, struct reading_batch);
    bool inside = connection->in_transaction;
    size_t failed;
    make_batch(batch, connection, options, scratch);
    struct db_batch sent = {.items = batch->items, .count = batch->count};
    bool ok = postgres_batch(connection, &sent, batch->outcomes, &failed, error);
    if (ok) {
        struct catalog_reading reading = {
            .options = options,
            .catalog = catalog_new(arena, "postgresql", connection->server),
            .scratch = scratch,
            .objects = map_new(scratch),
            .aliases = map_new(scratch),
            .members = map_new(scratch),
        };
        read_rows(&reading, batch);
        catalog_sort(reading.catalog);
        *ret_catalog = reading.catalog;
    } else {
        if (failed < batch->count && batch->sources[failed])
            error_context(error, "the %s could not be read from the catalog", batch->sources[failed]->what);
        undo(connection, inside);
    }
    for (size_t i = 0; i < batch->count; ++i)
        dun_result_free(batch->outcomes[i].result);
    arena_free(scratch);
    return ok;
}

const struct engine_catalog postgres_catalog = {.first_schema = "public", .read = read_catalog};
