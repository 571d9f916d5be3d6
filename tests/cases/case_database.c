#include "case_database.h"

#include "base/error.h"
#include "base/str.h"
#include "engine/scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct db_open_options plain = {.connect_timeout_ms = 10000, .application = "dunlin cases"};

static bool is_memory(const struct case_server *server)
{
    return server->engine->dialect == SQL_SQLITE;
}

static bool is_postgres(const struct case_server *server)
{
    return server->engine->dialect == SQL_POSTGRESQL;
}

static bool connect_to(struct case_database *database, dun_error *error)
{
    const struct case_server *server = database->server;
    const struct db_url *url =
        scratch_url(database->arena, server->url, is_memory(server) ? ":memory:" : database->name);
    return server->engine->driver->open(url, &plain, &database->connection, error);
}

static void disconnect(struct case_database *database)
{
    if (database->connection)
        database->server->engine->driver->close(database->connection);
    database->connection = NULL;
}

/* What a failure left open ends with the database, from PostgreSQL 13; before, the server waits a while for
 * it. */
static bool can_force(const struct case_server *server, const dun_connection *admin)
{
    return is_postgres(server) && admin->server_version >= 130000;
}

/* Drops the database, and makes it again when `make` says so. The name needs no quotes. */
static bool replace(struct case_database *database, bool make, dun_error *error)
{
    const struct case_server *server = database->server;
    dun_connection *admin = NULL;
    if (!server->engine->driver->open(server->url, &plain, &admin, error))
        return false;
    struct arena *arena = arena_new();
    bool good = db_exec(admin,
                        arena_printf(arena, "DROP DATABASE IF EXISTS %s%s", database->name,
                                     can_force(server, admin) ? " WITH (FORCE)" : ""),
                        error);
    const char *template =
        is_postgres(server) ? " TEMPLATE template0 ENCODING 'UTF8'" : " CHARACTER SET utf8mb4";
    if (good && make)
        good = db_exec(admin, arena_printf(arena, "CREATE DATABASE %s%s", database->name, template), error);
    arena_free(arena);
    server->engine->driver->close(admin);
    return good;
}

bool case_database_open(struct arena *arena, const struct case_server *server, const char *name,
                        struct case_database **ret_database, dun_error *error)
{
    struct case_database *database = ARENA_NEW(arena, struct case_database);
    database->server = server;
    database->arena = arena;
    database->name = is_memory(server) ? NULL : arena_strdup(arena, name);
    if ((!is_memory(server) && !replace(database, true, error)) || !connect_to(database, error))
        return false;
    database->clean = true;
    *ret_database = database;
    return true;
}

void case_database_close(struct case_database *database)
{
    disconnect(database);
    if (!is_memory(database->server))
        replace(database, false, NULL);
}

/* Objects outside of schemas are rare and of many kinds: with one of those, the database is made anew. */
static const char outside_schemas[] =
    "SELECT (SELECT count(*) FROM pg_event_trigger) + (SELECT count(*) FROM pg_publication) + "
    "(SELECT count(*) FROM pg_extension WHERE oid >= 16384) + (SELECT count(*) FROM pg_foreign_data_wrapper) "
    "+ "
    "(SELECT count(*) FROM pg_cast WHERE oid >= 16384) + (SELECT count(*) FROM pg_language WHERE oid >= "
    "16384) + "
    "(SELECT count(*) FROM pg_am WHERE oid >= 16384) + (SELECT count(*) FROM pg_transform) + "
    "(SELECT count(*) FROM pg_default_acl) + (SELECT count(*) FROM pg_largeobject_metadata)";
static const char drop_schemas[] =
    "DO $$ DECLARE name text; BEGIN SET LOCAL client_min_messages = warning; "
    "FOR name IN SELECT quote_ident(nspname) FROM pg_namespace WHERE oid >= 16384 OR nspname = 'public' LOOP "
    "IF name !~ '^\"?pg_' THEN EXECUTE 'DROP SCHEMA ' || name || ' CASCADE'; END IF; END LOOP; END $$";
static const char *const public_schema[] = {
    "CREATE SCHEMA public",
    "DO $$ BEGIN IF current_setting('server_version_num')::integer >= 150000 THEN "
    "ALTER SCHEMA public OWNER TO pg_database_owner; ELSE GRANT CREATE ON SCHEMA public TO PUBLIC; END IF; "
    "END "
    "$$",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
    "COMMENT ON SCHEMA public IS 'standard public schema'",
};

static bool empty_postgres(struct case_database *database, bool *ret_empty, dun_error *error)
{
    dun_connection *connection = database->connection;
    dun_result *count = NULL;
    if (!db_query(connection, outside_schemas, &count, error))
        return false;
    *ret_empty = result_integer(count, 0, 0, 1) == 0;
    dun_result_free(count);
    bool good = !*ret_empty ||
                (db_exec(connection, "DISCARD ALL", error) && db_exec(connection, drop_schemas, error));
    for (size_t i = 0; good && *ret_empty && i < sizeof public_schema / sizeof *public_schema; ++i)
        good = db_exec(connection, public_schema[i], error);
    return good;
}

bool case_database_empty(struct case_database *database, bool broken, dun_error *error)
{
    bool empty = database->clean && !broken;
    if (!empty && !broken && is_postgres(database->server) && !empty_postgres(database, &empty, error))
        return false;
    if (!empty) {
        disconnect(database);
        if ((!is_memory(database->server) && !replace(database, true, error)) || !connect_to(database, error))
            return false;
    }
    database->clean = true;
    return true;
}

/* Dumps */

/* key='value' as libpq reads it. */
static void add_conninfo(struct str *to, const char *key, const char *value)
{
    if (!value)
        return;
    str_printf(to, " %s='", key);
    for (; *value; ++value) {
        if (*value == '\'' || *value == '\\')
            str_append_char(to, '\\');
        str_append_char(to, *value);
    }
    str_append_char(to, '\'');
}

static char *conninfo_of(const struct case_database *database)
{
    const struct db_url *url = database->server->url;
    struct str text = STR_INIT;
    add_conninfo(&text, "dbname", database->name);
    add_conninfo(&text, "user", url->user);
    add_conninfo(&text, "password", url->password);
    add_conninfo(&text, "host", url->host_count ? url->hosts[0].name : NULL);
    add_conninfo(&text, "port", url->host_count ? url->hosts[0].port : NULL);
    for (size_t i = 0; i < url->option_count; ++i)
        add_conninfo(&text, url->options[i].name, url->options[i].value);
    return str_take(&text);
}

static char *read_all(int descriptor)
{
    struct str text = STR_INIT;
    char buffer[8192];
    str_append(&text, "");
    for (ssize_t got; (got = read(descriptor, buffer, sizeof buffer)) > 0;)
        str_append_n(&text, buffer, (size_t)got);
    close(descriptor);
    return str_take(&text);
}

static char *dump_postgres(const struct case_database *database, dun_error *error)
{
    int ends[2], status = 0;
    char *conninfo = conninfo_of(database);
    if (pipe(ends) != 0)
        return error_set(error, DUN_FAILED, "no pipe"), NULL;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC); /* the other worker's pg_dump is not to hold it open */
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execlp(database->server->pg_dump, "pg_dump", "-s", "-d", conninfo, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char *text = read_all(ends[0]);
    free(conninfo);
    if (child > 0 && waitpid(child, &status, 0) == child && status == 0)
        return text;
    free(text);
    error_set(error, DUN_FAILED, "%s failed", database->server->pg_dump);
    return NULL;
}

/* Appends column `column` of all rows of a query, as statements. */
static bool append_rows(struct str *to, dun_connection *connection, const char *sql, size_t column,
                        dun_error *error)
{
    dun_result *rows = NULL;
    if (!db_query(connection, sql, &rows, error))
        return false;
    for (size_t i = 0; i < dun_result_rows(rows); ++i)
        if (dun_result_value(rows, i, column))
            str_printf(to, "%s;\n", result_text(rows, i, column));
    dun_result_free(rows);
    return true;
}

/* What SHOW CREATE is asked for: a query of all statements that ask it, and where the answer stands in their
 * rows. */
static const struct {
    const char *statements;
    size_t column;
} mysql_dumps[] = {
    {"SELECT CONCAT('SHOW CREATE TABLE `', REPLACE(TABLE_NAME, '`', '``'), '`') FROM "
     "information_schema.TABLES "
     "WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE NOT LIKE '%VIEW'",
     1},
    {"SELECT CONCAT('SHOW CREATE VIEW `', REPLACE(TABLE_NAME, '`', '``'), '`') FROM information_schema.VIEWS "
     "WHERE TABLE_SCHEMA = DATABASE()",
     1},
    {"SELECT CONCAT('SHOW CREATE ', ROUTINE_TYPE, ' `', REPLACE(ROUTINE_NAME, '`', '``'), '`') FROM "
     "information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE IN ('PROCEDURE', "
     "'FUNCTION')",
     2},
    {"SELECT CONCAT('SHOW CREATE TRIGGER `', REPLACE(TRIGGER_NAME, '`', '``'), '`') FROM "
     "information_schema.TRIGGERS "
     "WHERE TRIGGER_SCHEMA = DATABASE()",
     2},
    {"SELECT CONCAT('SHOW CREATE EVENT `', REPLACE(EVENT_NAME, '`', '``'), '`') FROM "
     "information_schema.EVENTS "
     "WHERE EVENT_SCHEMA = DATABASE()",
     3},
};

static bool append_mysql_dump(struct str *to, dun_connection *connection, size_t which, dun_error *error)
{
    dun_result *statements = NULL;
    bool good = db_query(connection, mysql_dumps[which].statements, &statements, error);
    for (size_t i = 0; good && i < dun_result_rows(statements); ++i)
        good = append_rows(to, connection, result_text(statements, i, 0), mysql_dumps[which].column, error);
    dun_result_free(statements);
    return good;
}

/* Takes out all places where `part` stands, up to the first `end` behind it, as far as the text between is
 * before `limit`. */
static void take_out(char *text, const char *part, char end, const char *limit)
{
    for (char *at = text; (at = strstr(at, part));) {
        char *behind = at + strlen(part);
        char *close = limit ? strchr(behind, end) : behind - 1;
        if (limit && (!close || strncmp(behind, limit, (size_t)(close - behind)) > 0)) {
            at = behind;
            continue;
        }
        memmove(at, close + 1, strlen(close + 1) + 1);
    }
}

/*
 * The server qualifies some names with that of the database, and gives an event that was told no start the
 * moment in which it was made: starts that cases write are in the future.
 */
static bool take_out_what_is_of_the_place(char *text, dun_connection *connection, dun_error *error)
{
    dun_result *place = NULL;
    if (!db_query(connection, "SELECT CONCAT('`', DATABASE(), '`.'), NOW()", &place, error))
        return false;
    take_out(text, result_text(place, 0, 0), 0, NULL);
    take_out(text, " STARTS '", '\'', result_text(place, 0, 1));
    dun_result_free(place);
    return true;
}

static char *dump_mysql(const struct case_database *database, dun_error *error)
{
    struct str text = STR_INIT;
    str_append(&text, "");
    bool good = true;
    for (size_t i = 0; good && i < sizeof mysql_dumps / sizeof *mysql_dumps; ++i)
        good = append_mysql_dump(&text, database->connection, i, error);
    if (good && take_out_what_is_of_the_place(text.data, database->connection, error))
        return str_take(&text);
    str_free(&text);
    return NULL;
}

static char *dump_sqlite(const struct case_database *database, dun_error *error)
{
    struct str text = STR_INIT;
    str_append(&text, "");
    if (append_rows(&text, database->connection,
                    "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", 0, error))
        return str_take(&text);
    str_free(&text);
    return NULL;
}

char *case_database_dump(const struct case_database *database, dun_error *error)
{
    switch (database->server->engine->dialect) {
    case SQL_POSTGRESQL:
        return dump_postgres(database, error);
    case SQL_MYSQL:
        return dump_mysql(database, error);
    default:
        return dump_sqlite(database, error);
    }
}
