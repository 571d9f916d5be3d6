/* SQLite's failures as errors that say what to do. Extended result codes are the numbers. */
#include "base/error.h"
#include "engine/sqlite/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void busy_hint(struct sqlite_connection *connection, dun_error *error)
{
    if (connection->patience_ms == 0)
        return; /* whoever only tries, often, has another way to ask who it is */
    struct arena *arena = arena_new();
    error_hint(
        error,
        "%s is writing to it; try again later, or wait longer with ?busy_timeout=MILLISECONDS in the URL",
        sqlite_lock_holder(connection, arena));
    arena_free(arena);
}

static void hint_for(struct sqlite_connection *connection, int code, dun_error *error)
{
    const char *path = connection->path;
    int system = sqlite3_system_errno(connection->handle);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        busy_hint(connection, error);
        break;
    case SQLITE_READONLY:
        error_hint(error,
                   "%s cannot be written: look at its permissions, its folder's, and ?mode= in the URL",
                   path);
        break;
    case SQLITE_FULL:
        error_hint(error,
                   "make room on the disk that holds %s (or raise PRAGMA max_page_count, if that was set)",
                   path);
        break;
    case SQLITE_CANTOPEN:
        error_hint(error, "SQLite keeps a journal beside the database: the folder of %s must be writable",
                   path);
        break;
    case SQLITE_IOERR:
        error_hint(error, "reading or writing %s failed%s%s", path, system ? ": " : "",
                   system ? strerror(system) : "");
        break;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        error_hint(error, "%s is damaged: look at it with PRAGMA integrity_check, and restore a backup",
                   path);
        break;
    case SQLITE_CONSTRAINT:
        if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
            error_hint(error, "PRAGMA foreign_key_check lists rows that refer to nothing");
        break;
    default:
        break;
    }
}

bool sqlite_error(struct sqlite_connection *connection, dun_error *error)
{
    int code = sqlite3_extended_errcode(connection->handle), primary = code & 0xff;
    if (connection->ended != TASK_READY)
        return task_outcome_error(connection->ended, "the statement", error);
    if (!error)
        return false;
    bool others = primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
    error_set(error, others ? DUN_LOCKED : DUN_FAILED, "%s", sqlite3_errmsg(connection->handle));
    error_server(error, NULL, code);
    error_position(error, sqlite3_error_offset(connection->handle));
    hint_for(connection, code, error);
    return false;
}

/* The folder that a path names a file in; "." for a bare name. */
static char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_strdup(arena, ".");
    return slash == path ? arena_strdup(arena, "/") : arena_strndup(arena, path, (size_t)(slash - path));
}

/* Says so where an absolute path was meant: true. `there` is what would be there. */
static bool hint_at_root(const char *path, const char *there, dun_error *error)
{
    struct stat status;
    struct arena *arena = arena_new();
    bool meant = *path != '/' && stat(arena_printf(arena, "/%s", there), &status) == 0;
    if (meant)
        error_hint(error, "the path is relative to the current folder; an absolute one is written sqlite:/%s",
                   path);
    arena_free(arena);
    return meant;
}

static bool folder_is_missing(const char *path, dun_error *error)
{
    struct arena *arena = arena_new();
    struct stat status;
    const char *folder = folder_of(arena, path);
    bool missing = stat(folder, &status) != 0 && errno == ENOENT;
    if (missing) {
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: the folder %s does not exist", path, folder);
        if (!hint_at_root(path, folder, error))
            error_hint(error, "make the folder, or correct the path in the URL");
    }
    arena_free(arena);
    return missing;
}

/* SQLite tries to read what it may not make, and then says that there is none. */
static bool folder_is_read_only(const char *path, dun_error *error)
{
    struct arena *arena = arena_new();
    const char *folder = folder_of(arena, path);
    bool read_only = access(folder, W_OK) != 0;
    if (read_only) {
        error_set(error, DUN_NO_CONNECTION,
                  "cannot open %s: there is no such file, and this user may not make one in the folder %s",
                  path, folder);
        error_hint(error, "let this user write in the folder, or correct the path in the URL");
    }
    arena_free(arena);
    return read_only;
}

void sqlite_absent_error(const char *path, dun_error *error)
{
    error_set(error, DUN_NO_CONNECTION, "cannot open %s: there is no such file", path);
    if (!hint_at_root(path, path, error))
        error_hint(error, "correct the path in the URL; `dunlin up`, apply and seed make the file");
}

static bool cannot_open(const char *path, int system, dun_error *error)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: it is a folder", path);
        error_hint(error, "name a file in it");
    } else if (!folder_is_missing(path, error) && (system != ENOENT || !folder_is_read_only(path, error))) {
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: %s", path,
                  system ? strerror(system) : "SQLite does not say why");
        if (system == ENOENT)
            error_hint(error, "without ?mode=ro or ?mode=rw in the URL, it would be made");
    }
    return false;
}

bool sqlite_open_error(const char *path, sqlite3 *handle, dun_error *error)
{
    int code = sqlite3_extended_errcode(handle);
    switch (code & 0xff) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        cannot_open(path, sqlite3_system_errno(handle), error);
        break;
    case SQLITE_NOTADB:
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: it is not an SQLite database", path);
        error_hint(error, "the file has other content, or is encrypted; correct the path in the URL");
        break;
    case SQLITE_READONLY:
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: it is in WAL mode, and its folder is read-only",
                  path);
        error_hint(error,
                   "SQLite makes files beside such a database even to read it: let this user write in the "
                   "folder, or have the owner leave WAL with PRAGMA journal_mode=DELETE");
        break;
    case SQLITE_CORRUPT:
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: %s", path, sqlite3_errmsg(handle));
        error_hint(error, "look at it with PRAGMA integrity_check, and restore a backup");
        break;
    default:
        error_set(error, DUN_NO_CONNECTION, "cannot open %s: %s", path, sqlite3_errmsg(handle));
        break;
    }
    error_server(error, NULL, code);
    return false;
}
