/*
 * GET_LOCK is of the whole server and takes 64 characters at most, so the key is a hash of database and name
 * (SHA2, because MySQL 9.6 has lost SHA1).
 * The lock belongs to the session: it outlives transactions, and losing the connection lets go of it.
 */
#include "engine/mysql/lock.h"

#include "base/error.h"
#include "base/memory.h"
#include "db/result.h"
#include "engine/mysql/connection.h"
#include "sql/quote.h"

#include <stdlib.h>
#include <string.h>

enum { RELEASE_WITHIN_MS = 3000 };

/*
 * The key as an SQL expression; the one that was locked, where there is one: a migration may have changed the
 * database.
 */
static void append_key(struct str *to, const struct mysql_connection *connection, const char *name)
{
    if (connection->lock_key) {
        sql_quote_literal(to, SQL_MYSQL, connection->lock_key, strlen(connection->lock_key));
        return;
    }
    str_append(to, "CONCAT('dunlin.', LEFT(SHA2(CONCAT(COALESCE(DATABASE(), ''), '.', ");
    sql_quote_literal(to, SQL_MYSQL, name, strlen(name));
    str_append(to, "), 256), 40))");
}

static bool release(dun_connection *base, const char *name, dun_error *error)
{
    struct mysql_connection *connection = (struct mysql_connection *)base;
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT RELEASE_LOCK(");
    append_key(&sql, connection, name);
    str_append(&sql, ")");
    dun_result *result = NULL;
    bool done = db_query(base, str_text(&sql), &result, error);
    str_free(&sql);
    if (!done)
        return false;
    bool was_held = result_integer(result, 0, 0, 0) == 1;
    dun_result_free(result);
    connection->lock_key = NULL;
    return was_held || error_set(error, DUN_FAILED, "the lock on %s was not held any more", name);
}

/* Whatever else went wrong: a lock that was obtained is not kept by accident. */
static void release_after_failure(dun_connection *connection, const char *name)
{
    struct task_scope scope;
    task_scope_shield(&scope, RELEASE_WITHIN_MS);
    release(connection, name, NULL);
    task_scope_leave(&scope);
}

/* `lock` is the row that GET_LOCK and its key came in, NULL when it did not. */
static bool read_lock(struct mysql_connection *connection, const dun_result *lock, const char *name,
                      bool *ret_locked, dun_error *error)
{
    const char *answer = lock ? dun_result_value(lock, 0, 0) : NULL;
    if (!answer) {
        error_set(error, DUN_FAILED, "GET_LOCK for %s gave no answer", name);
        error_hint(error, "the server was asked to end the statement, or has no memory left for locks");
        return false;
    }
    *ret_locked = strcmp(answer, "1") == 0;
    const char *key = result_text(lock, 0, 1);
    if (!connection->lock_key || strcmp(connection->lock_key, key) != 0)
        connection->lock_key = arena_strdup(connection->base.arena, key);
    return true;
}

static bool try_with_reads(struct mysql_connection *connection, const char *name,
                           const struct db_batch *batch, struct db_outcome *outcomes, bool *ret_locked,
                           dun_error *error)
{
    size_t failed;
    bool done = mysql_engine_batch_run(&connection->base, batch, outcomes, &failed, error);
    bool locked = false;
    bool answered = (done || outcomes[0].result) &&
                    read_lock(connection, outcomes[0].result, name, &locked, done ? error : NULL);
    dun_result_free(outcomes[0].result);
    if (done && answered) {
        *ret_locked = locked;
        return true;
    }
    if (locked)
        release_after_failure(&connection->base, name);
    return false;
}

static bool try(dun_connection *base, const char *name, const struct db_item *reads, size_t count,
                struct db_outcome *outcomes, bool *ret_locked, dun_error *error)
{
    struct mysql_connection *connection = (struct mysql_connection *)base;
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT GET_LOCK(");
    append_key(&sql, connection, name);
    str_append(&sql, ", 0), ");
    append_key(&sql, connection, name);

    struct db_item *items = memory_alloc(memory_multiply(count + 1, sizeof *items));
    struct db_outcome *all = memory_alloc(memory_multiply(count + 1, sizeof *all));
    items[0] = (struct db_item){.kind = DB_READ, .sql = sql.data, .length = sql.length, .keep_result = true};
    if (count)
        memcpy(items + 1, reads, count * sizeof *items);
    struct db_batch batch = {.items = items, .count = count + 1};
    bool locked = false;
    bool done = try_with_reads(connection, name, &batch, all, &locked, error);
    if (done && locked && count)
        memcpy(outcomes, all + 1, count * sizeof *outcomes);
    else
        db_outcomes_clear(all + 1, count);
    if (done)
        *ret_locked = locked;
    free(all);
    free(items);
    str_free(&sql);
    return done;
}

static const char *describe(const dun_result *holder, const char *program, struct arena *arena)
{
    const char *id = dun_result_value(holder, 0, 0);
    const char *user = dun_result_value(holder, 0, 1);
    if (!id)
        return NULL;
    struct str text = STR_INIT;
    if (program)
        str_printf(&text, "%s (connection %s", program, id);
    else
        str_printf(&text, "connection %s", id);
    if (user)
        str_printf(&text, " of %s@%s", user, result_text(holder, 0, 2));
    if (program)
        str_append_char(&text, ')');
    else if (user)
        str_printf(&text, ", %s for %s s", strcmp(result_text(holder, 0, 3), "Sleep") == 0 ? "idle" : "busy",
                   result_text(holder, 0, 4));
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* The program's name is known to performance_schema, where that is switched on and may be read. */
static const char *holder(dun_connection *base, const char *name, struct arena *arena)
{
    struct str key = STR_INIT, process = STR_INIT, program = STR_INIT;
    append_key(&key, (struct mysql_connection *)base, name);
    str_printf(&process,
               "SELECT l.id, p.USER, p.HOST, p.COMMAND, p.TIME FROM (SELECT IS_USED_LOCK(%s) AS id) AS l "
               "LEFT JOIN information_schema.PROCESSLIST AS p ON p.ID = l.id",
               str_text(&key));
    str_printf(&program,
               "SELECT ATTR_VALUE FROM performance_schema.session_connect_attrs "
               "WHERE ATTR_NAME = 'program_name' AND PROCESSLIST_ID = IS_USED_LOCK(%s)",
               str_text(&key));
    const struct db_item items[] = {
        {.kind = DB_READ, .sql = process.data, .length = process.length, .keep_result = true},
        {.kind = DB_READ,
         .sql = program.data,
         .length = program.length,
         .keep_result = true,
         .may_fail = true},
    };
    struct db_outcome outcomes[2] = {0};
    struct db_batch batch = {.items = items, .count = 2};
    size_t failed;
    const char *text = NULL;
    if (mysql_engine_batch_run(base, &batch, outcomes, &failed, NULL))
        text = describe(outcomes[0].result,
                        outcomes[1].result ? dun_result_value(outcomes[1].result, 0, 0) : NULL, arena);
    db_outcomes_clear(outcomes, 2);
    str_free(&key);
    str_free(&process);
    str_free(&program);
    return text;
}

static bool has_timed_out(const dun_error *error)
{
    enum { LOCK_WAIT_TIMEOUT = 1205 };
    return dun_error_number(error) == LOCK_WAIT_TIMEOUT;
}

const struct engine_lock mysql_lock = {
    .try = try,
    .holder = holder,
    .checkpoint = NULL, /* everything is durable when its statement, or its transaction, is */
    .release = release,
    .has_timed_out = has_timed_out,
};
