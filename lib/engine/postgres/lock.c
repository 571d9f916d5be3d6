/*
 * The lock: a session-level advisory lock, tried and never waited for (a session that waits for one holds a
 * snapshot, for which CREATE INDEX CONCURRENTLY in the session that has the lock would wait in turn).
 * Advisory locks are per database, so the key is made of the name alone; with the schema before it that the
 * URL's search_path begins with, since schemas may be targets of their own.
 */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Advisory locks count how often they were taken; ours is held once, so what is held is noted here. */
struct held_lock {
    struct held_lock *next;
    uint64_t key;
};

static uint64_t hash(uint64_t key, const char *text, size_t length)
{
    for (size_t i = 0; i < length; ++i)
        key = (key ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return key;
}

/* The first schema of a search_path as it is written there; none for the one that there is anyway. */
static size_t first_schema(const char **path)
{
    size_t length = strcspn(*path, ", \t");
    if (**path == '"') {
        ++*path;
        length = strcspn(*path, "\"");
    }
    return length == 6 && strncmp(*path, "public", 6) == 0 ? 0 : length;
}

/*
 * FNV-1a of "dunlin", the schema and the name. Never to be changed: two versions of dunlin must exclude each
 * other. A name that is qualified says itself which schema it is of.
 */
static uint64_t key_of(const dun_connection *connection, const char *name)
{
    uint64_t key = hash(UINT64_C(14695981039346656037), "dunlin ", 7);
    const char *path = db_url_option(connection->url, "search_path");
    size_t length = path && !strchr(name, '.') ? first_schema(&path) : 0;
    if (length > 0)
        key = hash(hash(key, path, length), ".", 1);
    return hash(key, name, strlen(name));
}

/* The key as the two arguments of the lock functions. */
static void append_arguments(struct str *sql, uint64_t key)
{
    str_printf(sql, "(%" PRId32 ", %" PRId32 ")", (int32_t)(uint32_t)(key >> 32), (int32_t)(uint32_t)key);
}

/* The key as pg_locks shows it: unsigned, and 2 for a key in two parts. */
static void append_condition(struct str *sql, uint64_t key)
{
    str_printf(sql,
               "l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = %" PRIu32
               " AND l.objid = %" PRIu32 " AND l.database = "
               "(SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())",
               (uint32_t)(key >> 32), (uint32_t)key);
}

static struct held_lock **find_held(struct session *session, uint64_t key)
{
    struct held_lock **held = &session->locks;
    while (*held && (*held)->key != key)
        held = &(*held)->next;
    return held;
}

/* For a lock that we have, unless a statement of the user's let go of it: look before taking it once more. */
static void append_try(struct str *sql, struct session *session, uint64_t key)
{
    bool noted = *find_held(session, key) != NULL;
    str_append(sql, "SELECT ");
    if (noted) {
        str_append(sql, "CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = "
                        "pg_catalog.pg_backend_pid() AND ");
        append_condition(sql, key);
        str_append(sql, ") THEN true ELSE ");
    }
    str_append(sql, "pg_catalog.pg_try_advisory_lock");
    append_arguments(sql, key);
    str_append(sql, noted ? " END" : "");
}

static void note_held(struct session *session, uint64_t key)
{
    if (*find_held(session, key))
        return;
    struct held_lock *held = ARENA_NEW(session->head.arena, struct held_lock);
    *held = (struct held_lock){session->locks, key};
    session->locks = held;
}

static bool lock_release(dun_connection *connection, const char *name, dun_error *error)
{
    struct session *session = session_of(connection);
    struct held_lock **held = find_held(session, key_of(connection, name));
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT pg_catalog.pg_advisory_unlock");
    append_arguments(&sql, key_of(connection, name));

    /* Letting go happens after a cancellation, too. */
    struct task_scope shield;
    task_scope_shield(&shield, SESSION_CLEANUP_MS);
    bool released = db_exec(connection, str_text(&sql), error);
    task_scope_leave(&shield);
    str_free(&sql);
    if (released && *held)
        *held = (*held)->next;
    return released;
}

/* `all` is the lock and the reads, `taken` their outcomes. */
static bool try_and_read(dun_connection *connection, const char *name, const struct db_batch *all,
                         struct db_outcome *taken, bool *ret_locked, dun_error *error)
{
    size_t failed;
    bool succeeded = connection->driver->batch(connection, all, taken, &failed, error);
    bool locked = taken[0].result && strcmp(result_text(taken[0].result, 0, 0), "t") == 0;
    if (locked)
        note_held(session_of(connection), key_of(connection, name));
    if (!succeeded && locked && !connection->lost)
        lock_release(connection, name, NULL);
    if (succeeded)
        *ret_locked = locked;
    return succeeded;
}

static bool lock_try(dun_connection *connection, const char *name, const struct db_item *reads, size_t count,
                     struct db_outcome *outcomes, bool *ret_locked, dun_error *error)
{
    struct str sql = STR_INIT;
    append_try(&sql, session_of(connection), key_of(connection, name));
    struct db_item *items = memory_alloc(memory_multiply(count + 1, sizeof *items));
    struct db_outcome *taken = memory_alloc(memory_multiply(count + 1, sizeof *taken));
    items[0] =
        (struct db_item){.kind = DB_READ, .sql = str_text(&sql), .length = sql.length, .keep_result = true};
    for (size_t i = 0; i < count; ++i)
        items[i + 1] = reads[i];

    bool locked = false;
    struct db_batch all = {.items = items, .count = count + 1};
    bool succeeded = try_and_read(connection, name, &all, taken, &locked, error);
    if (succeeded)
        *ret_locked = locked;
    for (size_t i = 0; succeeded && locked && outcomes && i < count; ++i) {
        outcomes[i] = taken[i + 1];
        taken[i + 1] = (struct db_outcome){NULL, NULL};
    }
    db_outcomes_clear(taken, count + 1);
    free(taken);
    free(items);
    str_free(&sql);
    return succeeded;
}

/* The server hides when and from where somebody else's session comes, unless we are a superuser or
 * pg_read_all_stats. */
static const char holder_query[] =
    "SELECT a.application_name, a.usename, pg_catalog.host(a.client_addr), l.pid, "
    "pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', "
    "CASE WHEN a.backend_start > pg_catalog.now() - interval '12 hours' THEN 'HH24:MI:SS' "
    "ELSE 'YYYY-MM-DD HH24:MI:SS' END) "
    "FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE ";

static const char *describe_holder(const dun_result *row, struct arena *arena)
{
    const char *application = result_text(row, 0, 0), *user = dun_result_value(row, 0, 1);
    const char *address = dun_result_value(row, 0, 2), *since = dun_result_value(row, 0, 4);
    struct str text = STR_INIT;
    str_append(&text, *application ? application : "a session without an application name");
    str_printf(&text, " (server process %s", result_text(row, 0, 3));
    if (user)
        str_printf(&text, ", user %s", user);
    if (address)
        str_printf(&text, ", from %s", address);
    str_append(&text, ")");
    if (since)
        str_printf(&text, ", connected since %s UTC", since);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

static const char *lock_holder(dun_connection *connection, const char *name, struct arena *arena)
{
    struct str sql = STR_INIT;
    str_append(&sql, holder_query);
    append_condition(&sql, key_of(connection, name));
    dun_result *row = NULL;
    const char *holder = NULL;
    if (db_query(connection, str_text(&sql), &row, NULL) && dun_result_rows(row) > 0)
        holder = describe_holder(row, arena);
    dun_result_free(row);
    str_free(&sql);
    return holder;
}

static bool has_timed_out(const dun_error *error)
{
    static const char not_available[] = "55P03", deadlock_detected[] = "40P01";
    const char *state = dun_error_sqlstate(error);
    return strcmp(state, not_available) == 0 || strcmp(state, deadlock_detected) == 0;
}

const struct engine_lock postgres_lock = {
    .try = lock_try,
    .holder = lock_holder,
    .checkpoint = NULL, /* the lock outlives transactions */
    .release = lock_release,
    .has_timed_out = has_timed_out,
};
