/*
 * A scratch place is a database made from template0. Where the role may not make any, it is a schema in a
 * transaction that is rolled back: only for what names no schema itself, and only as far as the server's
 * table of locks goes, which all its users share.
 *
 * The sign of life is an advisory lock that the keeper, a session in the database of the URL, holds from
 * before the database is made. pg_locks shows it in every database of the server. hashtext may differ between
 * servers, which does not matter: the lock is set and looked for on one.
 */
#include "engine/scratch.h"
#include "base/error.h"
#include "base/str.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/scratch_sql.h"
#include "sql/quote.h"
#include "task/task.h"

#include <string.h>

enum { LOCKS_OF_AN_OBJECT = 16, VERSION_WITH_FORCE = 130000 };

/* One row: may the role make databases; the locks there are; how the database was made. */
static const char look_around[] =
    "SELECT (SELECT r.rolcreatedb OR r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = current_user),"
    " pg_catalog.current_setting('max_locks_per_transaction')::bigint"
    " * (pg_catalog.current_setting('max_connections')::bigint"
    " + pg_catalog.current_setting('max_prepared_transactions')::bigint),"
    " pg_catalog.format('ENCODING %L LC_COLLATE %L LC_CTYPE %L',"
    " pg_catalog.pg_encoding_to_char(d.encoding), j->>'datcollate', j->>'datctype')"
    " || CASE j->>'datlocprovider'"
    " WHEN 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L',"
    " COALESCE(j->>'datlocale', j->>'daticulocale'))"
    " || COALESCE(pg_catalog.format(' ICU_RULES %L', j->>'daticurules'), '')"
    " WHEN 'b' THEN pg_catalog.format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', j->>'datlocale')"
    " ELSE '' END"
    " FROM pg_catalog.pg_database d, LATERAL (SELECT pg_catalog.to_jsonb(d) AS j) AS columns"
    " WHERE d.datname = pg_catalog.current_database()";

/* What ALTER DATABASE ... SET and ALTER ROLE ... IN DATABASE ... SET say, as a statement each without its
 * beginning. */
static const char settings[] =
    "SELECT pg_catalog.format('SET %I TO ', pg_catalog.split_part(c, '=', 1)) ||"
    /* Lists are kept with their quotes. */
    " CASE WHEN pg_catalog.lower(pg_catalog.split_part(c, '=', 1)) IN ('search_path', 'temp_tablespaces',"
    " 'local_preload_libraries', 'session_preload_libraries', 'shared_preload_libraries',"
    " 'unix_socket_directories') AND pg_catalog.strpos(c, '=') < pg_catalog.length(c)"
    " THEN pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1)"
    " ELSE pg_catalog.quote_literal(pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1)) END"
    " FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) AS c"
    " WHERE s.setdatabase ="
    " (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())"
    " AND s.setrole IN (0, (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = current_user))"
    " ORDER BY s.setrole";

/* A keeper has nothing to say for long. */
static const char stay_connected[] =
    "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings "
    "WHERE name IN ('idle_session_timeout', 'statement_timeout', 'transaction_timeout')";

/* Those whose keeper's lock is not there any more, of databases that the role may drop. */
static const char left_behind[] =
    "SELECT d.datname FROM pg_catalog.pg_database d"
    " WHERE d.datname LIKE 'dunlin\\_scratch\\_%' AND pg_catalog.pg_has_role(d.datdba, 'USAGE')"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks l"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
    " AND l.classid::bigint = pg_catalog.hashtext('dunlin scratch')::bigint & 4294967295"
    " AND l.objid::bigint = pg_catalog.hashtext(d.datname::text)::bigint & 4294967295)";

/* The database's own settings and the versions of extensions, besides what it was made with. */
static const char of_meaning[] =
    "SELECT pg_catalog.concat_ws(E'\n', current_user, d.encoding, pg_catalog.to_jsonb(d) - 'oid' - 'datname'"
    " - 'datacl' - 'datfrozenxid' - 'datminmxid' - 'datallowconn' - 'datconnlimit' - 'datlastsysoid' - "
    "'dattablespace',"
    " pg_catalog.current_setting('search_path'),"
    " (SELECT pg_catalog.string_agg(pg_catalog.array_to_string(s.setconfig, ','), ';' ORDER BY s.setrole)"
    " FROM pg_catalog.pg_db_role_setting s WHERE s.setdatabase IN (0, d.oid)"
    " AND s.setrole IN (0, (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = current_user))),"
    " (SELECT pg_catalog.md5(pg_catalog.string_agg(e.name || ' ' || e.default_version, ',' ORDER BY e.name))"
    " FROM pg_catalog.pg_available_extensions() AS e))"
    " FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()";

struct surroundings {
    bool may_create;
    int64_t locks;
    const char *made_with; /* for CREATE DATABASE */
    dun_result *settings;  /* the caller frees */
};

static bool read_surroundings(struct engine_place *place, struct surroundings *ret, dun_error *error)
{
    struct str lock = STR_INIT;
    str_append(&lock, "SELECT pg_catalog.pg_advisory_lock(pg_catalog.hashtext('dunlin scratch'), "
                      "pg_catalog.hashtext(");
    sql_quote_literal(&lock, SQL_POSTGRESQL, place->name, strlen(place->name));
    str_append(&lock, "))");
    const struct db_item items[] = {
        {.kind = DB_READ, .sql = stay_connected, .length = sizeof stay_connected - 1},
        {.kind = DB_READ, .sql = lock.data, .length = lock.length},
        {.kind = DB_READ, .sql = look_around, .length = sizeof look_around - 1, .keep_result = true},
        {.kind = DB_READ, .sql = settings, .length = sizeof settings - 1, .keep_result = true},
    };
    struct db_outcome outcomes[4] = {0};
    struct db_batch batch = {.items = items, .count = 4};
    size_t failed;
    bool good = postgres_batch(place->keeper, &batch, outcomes, &failed, error);
    str_free(&lock);
    if (good) {
        const dun_result *row = outcomes[2].result;
        ret->may_create = strcmp(result_text(row, 0, 0), "t") == 0;
        ret->locks = result_integer(row, 0, 1, 0);
        ret->made_with = arena_strdup(place->arena, result_text(row, 0, 2));
        ret->settings = outcomes[3].result;
    }
    dun_result_free(outcomes[2].result);
    if (!good)
        dun_result_free(outcomes[3].result);
    return good;
}

static const char *quoted(struct arena *arena, const char *name)
{
    return sql_quoted_identifier(arena, SQL_POSTGRESQL, name);
}

/* Sessions that are still there go first: ours, whose end the server has not seen yet, or what a statement
 * started. */
static void end_sessions(dun_connection *keeper, const char *name)
{
    struct db_statement statement = {.sql = "SELECT pg_catalog.pg_terminate_backend(pid) "
                                            "FROM pg_catalog.pg_stat_activity WHERE datname = $1",
                                     .parameter_count = 1,
                                     .parameters = &name};
    statement.length = strlen(statement.sql);
    dun_result *result = NULL;
    if (postgres_query(keeper, &statement, &result, NULL))
        dun_result_free(result);
}

static bool drop_database(dun_connection *keeper, struct arena *arena, const char *name, dun_error *error)
{
    bool force = keeper->server_version >= VERSION_WITH_FORCE;
    if (!force)
        end_sessions(keeper, name);
    const char *sql = arena_printf(arena, "DROP DATABASE IF EXISTS %s%s", quoted(arena, name),
                                   force ? " WITH (FORCE)" : "");
    return db_exec(keeper, sql, error);
}

static bool create_database(struct engine_place *place, const struct surroundings *surroundings,
                            dun_error *error)
{
    const char *identifier = quoted(place->arena, place->name);
    if (!db_exec(place->keeper,
                 arena_printf(place->arena, "CREATE DATABASE %s TEMPLATE template0 %s", identifier,
                              surroundings->made_with),
                 error))
        return false;
    for (size_t i = 0; i < dun_result_rows(surroundings->settings); ++i)
        if (!db_exec(place->keeper,
                     arena_printf(place->arena, "ALTER DATABASE %s %s", identifier,
                                  result_text(surroundings->settings, i, 0)),
                     error)) {
            error_context(error, "the scratch database cannot have the settings of the database");
            return false;
        }
    return true;
}

static bool open_database(struct engine_place *place, const struct db_url *near,
                          const struct engine_scratch_options *options,
                          const struct surroundings *surroundings, dun_error *error)
{
    if (create_database(place, surroundings, error) &&
        postgres_open(scratch_url(place->arena, near, place->name), &options->open, &place->connection,
                      error) &&
        db_exec(place->connection, "SET synchronous_commit TO off", error))
        return true;
    scratch_drop(place, drop_database, NULL);
    return false;
}

static void how_to_get_a_database(dun_error *error)
{
    error_hint(error, "let the role make scratch databases (ALTER ROLE ... CREATEDB), or name another server "
                      "where it may, with scratch: URL in dunlin.yaml");
}

static bool fits_the_locks(const struct engine_scratch_options *options, int64_t locks, dun_error *error)
{
    if (options->objects <= (uint64_t)locks / LOCKS_OF_AN_OBJECT)
        return true;
    error_set(
        error, DUN_FAILED,
        "the role may not make a scratch database, and %zu objects are too many for a scratch schema in "
        "a transaction: each takes some %d locks, and the server has %lld",
        options->objects, LOCKS_OF_AN_OBJECT, (long long)locks);
    how_to_get_a_database(error);
    error_hint(error, "or raise max_locks_per_transaction on the server");
    return false;
}

/* The keeper has nothing to keep: the transaction ends with its session. */
static bool open_schema(struct engine_place *place, const struct db_url *near,
                        const struct engine_scratch_options *options, const struct surroundings *surroundings,
                        dun_error *error)
{
    if (!fits_the_locks(options, surroundings->locks, error))
        return false;
    postgres_close(place->keeper);
    place->keeper = NULL;
    const char *identifier = quoted(place->arena, place->name);
    const struct db_url *url = scratch_url_with(place->arena, near, "search_path", identifier);
    if (!postgres_open(url, &options->open, &place->connection, error))
        return false;
    if (postgres_begin(place->connection, error) &&
        db_exec(place->connection, arena_printf(place->arena, "CREATE SCHEMA %s", identifier), error))
        return true;
    error_context(error, "the role may make neither a scratch database nor a scratch schema");
    how_to_get_a_database(error);
    return false;
}

static bool make(struct engine_place *place, const struct db_url *near,
                 const struct engine_scratch_options *options, dun_error *error)
{
    struct surroundings surroundings = {0};
    if (!postgres_open(near, &options->open, &place->keeper, error) ||
        !read_surroundings(place, &surroundings, error))
        return false;
    bool made = surroundings.may_create ? open_database(place, near, options, &surroundings, error)
                                        : open_schema(place, near, options, &surroundings, error);
    dun_result_free(surroundings.settings);
    return made;
}

static bool open_place(const struct db_url *near, const struct engine_scratch_options *options,
                       struct engine_place **ret_place, dun_error *error)
{
    struct engine_place *place = scratch_place_new();
    place->name = scratch_name(place->arena);
    if (!make(place, near, options, error)) {
        error_context(error, "no scratch place for the definitions");
        scratch_place_free(place);
        return false;
    }
    *ret_place = place;
    return true;
}

static bool close_place(struct engine_place *place, dun_error *error)
{
    bool dropped = scratch_drop(place, drop_database, error); /* closing rolls back a schema */
    scratch_place_free(place);
    return dropped;
}

/* Somebody else may drop it at the same time, and a crashed run's session may still be ending: not our
 * failure. */
static void sweep_database(dun_connection *keeper, struct arena *arena, const char *name, size_t *dropped)
{
    if (scratch_is_name(name) &&
        db_exec(keeper, arena_printf(arena, "DROP DATABASE %s", quoted(arena, name)), NULL))
        ++*dropped;
}

static bool sweep(const struct db_url *near, const struct db_open_options *options, size_t *ret_dropped,
                  dun_error *error)
{
    dun_connection *connection = NULL;
    dun_result *names = NULL;
    size_t dropped = 0;
    if (!postgres_open(near, options, &connection, error))
        return false;
    struct arena *arena = arena_new();
    bool good = db_query(connection, left_behind, &names, error);
    for (size_t i = 0; good && i < dun_result_rows(names) && task_check() == TASK_READY; ++i)
        sweep_database(connection, arena, result_text(names, i, 0), &dropped);
    dun_result_free(names);
    arena_free(arena);
    postgres_close(connection);
    if (good)
        *ret_dropped = dropped;
    return good;
}

const struct engine_scratch postgres_scratch = {
    .surroundings = of_meaning,
    .open = open_place,
    .close = close_place,
    .sweep = sweep,
    .reaches_outside = postgres_reaches_outside,
    .rewrite = postgres_without_concurrently,
    .is_missing_object = postgres_is_missing_object,
};
