/* Databases and their pools of connections, for applications and for whatever asks a database many things at
 * once. */
#include "engine/database.h"

#include "base/error.h"
#include "engine/open.h"

enum { DEFAULT_CONNECTIONS = 8, DEFAULT_CONNECT_TIMEOUT_MS = 10000 };

void database_enter(const dun_database *database, struct task_scope *scope)
{
    task_scope_enter(scope, database ? database->options.cancel : NULL, -1);
}

static void read_options(dun_database *database, const dun_database_options *options)
{
    if (options)
        database->options = *options;
    if (database->options.connections == 0)
        database->options.connections = DEFAULT_CONNECTIONS;
    if (database->options.connect_timeout_ms <= 0)
        database->options.connect_timeout_ms = DEFAULT_CONNECT_TIMEOUT_MS;
}

static bool read_url(dun_database *database, const char *text, dun_error *error)
{
    struct db_url *url = NULL;
    if (!db_url_parse(database->arena, text, &url, error))
        return false;
    database->engine = engine_for_url(url, error);
    if (!database->engine)
        return false;
    const struct db_driver *driver = database->engine->driver;
    database->url = driver->pooled_url ? driver->pooled_url(database->arena, url) : url;
    return true;
}

dun_database *dun_database_open(const char *url, const dun_database_options *options, dun_error *error)
{
    struct arena *arena = arena_new();
    dun_database *database = ARENA_NEW(arena, dun_database);
    database->arena = arena;
    database->mutex = task_mutex_new();
    read_options(database, options);
    if (read_url(database, url, error))
        database->places = task_limiter_new(database->options.connections, error);
    if (!database->places) {
        dun_database_close(database);
        return NULL;
    }
    return database;
}

void dun_database_close(dun_database *database)
{
    if (!database)
        return;
    for (dun_connection *connection = database->idle, *next; connection; connection = next) {
        next = connection->next_idle;
        connection->driver->close(connection);
    }
    task_limiter_free(database->places);
    task_mutex_free(database->mutex);
    arena_free(database->arena);
}

const char *dun_database_engine(const dun_database *database)
{
    return database->engine->name;
}

static dun_connection *take_idle(dun_database *database)
{
    task_mutex_lock(database->mutex);
    dun_connection *connection = database->idle;
    if (connection)
        database->idle = connection->next_idle;
    task_mutex_unlock(database->mutex);
    return connection;
}

static void give_idle(dun_database *database, dun_connection *connection)
{
    task_mutex_lock(database->mutex);
    connection->next_idle = database->idle;
    database->idle = connection;
    task_mutex_unlock(database->mutex);
}

/* For who has a place: an idle connection that still lives, or a new one; NULL on failure. */
static dun_connection *take_or_open(dun_database *database, dun_error *error)
{
    for (dun_connection *idle = take_idle(database); idle; idle = take_idle(database)) {
        if (idle->driver->alive(idle))
            return idle;
        idle->driver->close(idle);
    }
    struct db_open_options options = {
        .connect_timeout_ms = database->options.connect_timeout_ms,
        .absent = database->options.existing ? DB_ABSENT_REFUSED : DB_ABSENT_MADE,
        .application = "libdunlin",
        .echo = database->options.echo,
    };
    dun_connection *connection = NULL;
    if (!engine_open(database->engine, database->url, &options, database->options.wait_ms, &connection,
                     error))
        return NULL;
    connection->database = database;
    return connection;
}

dun_connection *dun_connect(dun_database *database, dun_error *error)
{
    struct task_scope scope;
    dun_connection *connection = NULL;
    database_enter(database, &scope);
    enum task_outcome outcome = task_limiter_acquire(database->places);
    if (outcome != TASK_READY) {
        task_outcome_error(outcome, "waiting for a free connection", error);
    } else {
        connection = take_or_open(database, error);
        if (!connection)
            task_limiter_release(database->places);
    }
    task_scope_leave(&scope);
    return connection;
}

void dun_disconnect(dun_connection *connection)
{
    if (!connection)
        return;
    dun_database *database = connection->database;
    bool clean = !connection->lost && (!connection->in_transaction || dun_rollback(connection, NULL));
    if (clean && database && connection->driver->alive(connection))
        give_idle(database, connection);
    else
        connection->driver->close(connection);
    if (database)
        task_limiter_release(database->places);
}
