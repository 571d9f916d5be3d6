/* Opening and closing databases, and how a statement under way hears that its scope has ended. */
#include "base/error.h"
#include "base/memory.h"
#include "engine/sqlite/connection.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Steps of SQLite's machine between two looks at the scope: some 50 us of work, so that the looks cost
 * nothing. */
enum { STEPS_BETWEEN_CHECKS = 4000 };

static struct sqlite_connection *from(dun_connection *connection)
{
    return (struct sqlite_connection *)connection;
}

static int progress(void *argument)
{
    struct sqlite_connection *connection = argument;
    connection->ended = task_check();
    return connection->ended != TASK_READY;
}

/* SQLite asks whether to try again for a lock that others hold. Locks are mostly short, so the first naps
 * are. */
static int busy(void *argument, int tries)
{
    static const int naps_ms[] = {1, 2, 5, 10, 20, 50};
    const int last = (int)(sizeof naps_ms / sizeof *naps_ms) - 1;
    struct sqlite_connection *connection = argument;
    if (tries == 0)
        connection->busy_since = task_now();
    if (task_now() - connection->busy_since >= connection->patience_ms)
        return 0;
    connection->ended = task_sleep(naps_ms[tries < last ? tries : last]);
    return connection->ended == TASK_READY;
}

static void rolled_back(void *argument)
{
    struct sqlite_connection *connection = argument;
    connection->rolled_back = true;
}

/* SQLite may be built to take such names as URIs of its own, which could set anything. */
static bool check_path(const char *path, dun_error *error)
{
    if (strncmp(path, "file:", 5) != 0)
        return true;
    error_set(error, DUN_BAD_INPUT, "an SQLite URL holds a path, not a \"file:\" URI");
    error_hint(
        error,
        "write sqlite:PATH, with options such as ?mode=ro; a file of such a name is sqlite:./file:...");
    return false;
}

static const char *file_name(struct sqlite_connection *connection, const struct sqlite_options *options)
{
    if (options->memory_name)
        return arena_printf(connection->head.arena, "file:/%s?vfs=memdb", options->memory_name);
    if (options->open_flags & SQLITE_OPEN_MEMORY)
        return ":memory:";
    return connection->path;
}

static const char *server_title(struct arena *arena)
{
    return arena_printf(arena, "SQLite %s", sqlite3_libversion());
}

/* 3040001 -> 34001, as the other engines count. */
static int server_version(void)
{
    int number = sqlite3_libversion_number();
    return number / 1000000 * 10000 + number / 1000 % 1000 * 100 + number % 1000;
}

static struct sqlite_connection *connection_new(const struct db_url *url,
                                                const struct db_open_options *options)
{
    struct arena *arena = arena_new();
    struct sqlite_connection *connection = ARENA_NEW(arena, struct sqlite_connection);
    connection->head.arena = arena;
    connection->head.driver = engine_sqlite.driver;
    connection->head.url = db_url_copy(arena, url);
    connection->head.echo = options->echo;
    connection->head.server = server_title(arena);
    connection->head.server_version = server_version();
    connection->path = connection->head.url->database;
    return connection;
}

/*
 * SQLite reads nothing before the first statement, so a folder, a text file or a broken journal would be
 * found out later, by whoever comes first. That others are writing just now is no reason to fail.
 */
static bool check_readable(struct sqlite_connection *connection, dun_error *error)
{
    int code = sqlite3_exec(connection->handle, "PRAGMA schema_version", NULL, NULL, NULL);
    if ((code & 0xff) == SQLITE_BUSY || code == SQLITE_OK)
        return true;
    return sqlite_open_error(connection->path, connection->handle, error);
}

static bool open_handle(struct sqlite_connection *connection, const struct sqlite_options *options,
                        dun_error *error)
{
    int flags = (options->open_flags & ~SQLITE_OPEN_MEMORY) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (options->memory_name)
        flags |= SQLITE_OPEN_URI;
    else if (!check_path(connection->path, error))
        return false;
    if (sqlite3_open_v2(file_name(connection, options), &connection->handle, flags, NULL) != SQLITE_OK)
        return sqlite_open_error(connection->path, connection->handle, error);
    if (!check_readable(connection, error))
        return false;

    connection->patience_ms = options->busy_timeout_ms;
    sqlite3_busy_handler(connection->handle, busy, connection);
    sqlite3_progress_handler(connection->handle, STEPS_BETWEEN_CHECKS, progress, connection);
    sqlite3_rollback_hook(connection->handle, rolled_back, connection);
    connection->foreign_keys = options->foreign_keys;
    if (options->foreign_keys)
        sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    return sqlite_add_clock(connection, error);
}

/* Would opening the path make a file? Not in a folder that is not there: that is a mistake, and told as one.
 */
static bool would_be_made(const struct sqlite_connection *connection, const struct sqlite_options *options)
{
    const char *slash = strrchr(connection->path, '/');
    size_t length = slash ? (size_t)(slash - connection->path) + 1 : 0;
    const char *folder = length ? arena_strndup(connection->head.arena, connection->path, length) : ".";
    bool in_memory = options->memory_name || (options->open_flags & SQLITE_OPEN_MEMORY) ||
                     strcmp(connection->path, ":memory:") == 0;
    return !in_memory && (options->open_flags & SQLITE_OPEN_CREATE) && access(connection->path, F_OK) != 0 &&
           errno == ENOENT && access(folder, F_OK) == 0;
}

bool sqlite_open(const struct db_url *url, const struct db_open_options *options,
                 dun_connection **ret_connection, dun_error *error)
{
    struct sqlite_options settings;
    if (!sqlite_options_read(url, &settings, error))
        return false;
    struct sqlite_connection *connection = connection_new(url, options);
    bool absent = options->absent != DB_ABSENT_MADE && would_be_made(connection, &settings);
    if (absent && options->absent == DB_ABSENT_EMPTY)
        settings.open_flags |= SQLITE_OPEN_MEMORY;
    else if (absent) {
        sqlite_absent_error(connection->path, error);
        sqlite_close(&connection->head);
        return false;
    }
    if (!open_handle(connection, &settings, error)) {
        sqlite_close(&connection->head);
        return false;
    }
    *ret_connection = &connection->head;
    return true;
}

void sqlite_close(dun_connection *connection)
{
    sqlite3_close_v2(from(connection)->handle);
    dun_error_free(from(connection)->lock_failure);
    arena_free(connection->arena);
}

bool sqlite_alive(dun_connection *connection)
{
    return !connection->lost;
}

/*
 * Each connection to :memory: would have a database of its own. SQLite's memdb file system gives them one,
 * with the locks of a file, so that waiting works (a shared cache has other locks, which nothing waits for).
 * It lives as long as one connection is open. The arena's address makes the name unique in the process.
 */
const struct db_url *sqlite_pooled_url(struct arena *arena, const struct db_url *url)
{
    const char *mode = db_url_option(url, "mode");
    bool in_memory = strcmp(url->database, ":memory:") == 0 || (mode && strcmp(mode, "memory") == 0);
    if (!in_memory || db_url_option(url, "memory"))
        return url;
    struct db_url *shared = ARENA_NEW(arena, struct db_url);
    *shared = *url;
    shared->options = arena_alloc(arena, memory_multiply(url->option_count + 1, sizeof *shared->options));
    if (url->option_count)
        memcpy(shared->options, url->options, url->option_count * sizeof *shared->options);
    shared->options[shared->option_count++] =
        (struct db_option){.name = "memory", .value = arena_printf(arena, "dunlin-%p", (void *)arena)};
    return shared;
}
