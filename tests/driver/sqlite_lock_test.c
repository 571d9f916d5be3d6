/* SQLite's lock: one writer, who holds it, checkpoints, and what is kept when something fails under it. */
#include "driver/sqlite_temporary.h"

#include "engine/sqlite/connection.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

static bool try_lock(struct temporary *t, dun_connection *connection)
{
    bool locked = false;
    if (!engine_sqlite.lock->try(connection, "dunlin_history", NULL, 0, NULL, &locked, t->error))
        fail_msg("%s", dun_error_message(t->error));
    return locked;
}

static void must_checkpoint(struct temporary *t, dun_connection *connection)
{
    if (!engine_sqlite.lock->checkpoint(connection, t->error))
        fail_msg("%s", dun_error_message(t->error));
}

static void must_release(struct temporary *t, dun_connection *connection)
{
    if (!engine_sqlite.lock->release(connection, "dunlin_history", t->error))
        fail_msg("%s", dun_error_message(t->error));
}

static const char *tables(struct temporary *t, dun_connection *connection)
{
    const char *names = value_of(t, connection,
                                 "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema "
                                 "WHERE type = 'table' ORDER BY name)");
    return names ? names : "";
}

static void test_one_holder(void **state)
{
    struct temporary *t = *state;
    dun_connection *a = must_open(t, temporary_url(t, "shop.db")),
                   *b = must_open(t, temporary_url(t, "shop.db"));
    assert_true(try_lock(t, a));
    int64_t before = task_now();
    assert_false(try_lock(t, b)); /* although its patience would be 5 s */
    assert_uint_in_range(task_now() - before, 0, 4500);
    assert_string_equal(engine_sqlite.lock->holder(b, "dunlin_history", t->arena),
                        "another connection of this process");
    must_release(t, a);
    assert_true(try_lock(t, b));
    assert_false(try_lock(t, a));
    must_release(t, b);
    close_connection(a);
    close_connection(b);
}

/* A child takes the lock and says so through a pipe. */
static pid_t child_that_locks(struct temporary *t, const char *url)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dun_connection *connection = must_open(t, url);
        char answer = try_lock(t, connection) ? 'y' : 'n';
        ssize_t ignored = write(ends[1], &answer, 1);
        (void)ignored;
        pause();
        _exit(0);
    }
    char answer = '?';
    assert_int_equal(read(ends[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    close(ends[0]);
    close(ends[1]);
    return child;
}

static void check_other_process(struct temporary *t, const char *prepare)
{
    const char *url = temporary_url(t, "shop.db");
    dun_connection *connection = must_open(t, url);
    must_exec(connection, prepare);
    must_exec(connection, "CREATE TABLE a (b)");
    pid_t child = child_that_locks(t, url);
    assert_false(try_lock(t, connection));
    const char *holder = engine_sqlite.lock->holder(connection, "dunlin_history", t->arena);
    assert_contains(holder, arena_printf(t->arena, "process %ld (sqlite_lock_tes", (long)child));
    /* Asking must not have cost this process its own locks. */
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(try_lock(t, connection)); /* a killed holder holds nothing */
    assert_string_equal(engine_sqlite.lock->holder(connection, "dunlin_history", t->arena),
                        "another connection of this process");
    child = fork();
    if (child == 0) {
        dun_connection *other = must_open(t, url);
        _exit(try_lock(t, other) ? 1 : 0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    must_release(t, connection);
    close_connection(connection);
}

static void test_other_process(void **state)
{
    check_other_process(*state, "PRAGMA journal_mode=DELETE");
}

static void test_other_process_wal(void **state)
{
    check_other_process(*state, "PRAGMA journal_mode=WAL");
}

static void test_reads(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    struct db_item reads[] = {item_of(DB_READ, "SELECT 42"), item_of(DB_READ, "SELECT * FROM absent")};
    struct db_outcome outcomes[2] = {{0}};
    bool locked = false;
    reads[0].keep_result = reads[1].keep_result = reads[1].may_fail = true;
    assert_true(engine_sqlite.lock->try(connection, "h", reads, 2, outcomes, &locked, t->error));
    assert_true(locked);
    assert_string_equal(dun_result_value(outcomes[0].result, 0, 0), "42");
    assert_true(engine_sqlite.history->is_missing_table(outcomes[1].error));
    dun_result_free(outcomes[0].result);
    dun_error_free(outcomes[1].error);
    must_release(t, connection);

    reads[1].may_fail = locked = false;
    memset(outcomes, 0, sizeof outcomes);
    assert_false(engine_sqlite.lock->try(connection, "h", reads, 2, outcomes, &locked, t->error));
    assert_null(outcomes[0].result);
    assert_false(locked);
    assert_true(try_lock(t, connection)); /* the failure let it go */
    must_release(t, connection);
    close_connection(connection);
}

static void create(struct temporary *t, dun_connection *connection, const char *table)
{
    struct db_item items[] = {
        item_of(DB_BEGIN, NULL),
        item_of(DB_JOIN, arena_printf(t->arena, "CREATE TABLE %s (b)", table)),
        item_of(DB_COMMIT, NULL),
    };
    must_batch(t, connection, items, 3);
}

static bool run_failing(struct temporary *t, dun_connection *connection, const char *sql)
{
    struct db_item items[] = {
        item_of(DB_BEGIN, NULL),
        item_of(DB_JOIN, "CREATE TABLE half (b)"),
        item_of(DB_JOIN, sql),
        item_of(DB_COMMIT, NULL),
    };
    struct db_batch batch = {.items = items, .count = 4};
    size_t failed = 99;
    bool good = connection->driver->batch(connection, &batch, NULL, &failed, t->error);
    if (!good)
        assert_uint_in_range(failed, 2, 3);
    return good;
}

static void test_rollback_keeps_what_was_before(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    assert_true(try_lock(t, connection));
    create(t, connection, "first");
    assert_false(connection->in_transaction);
    assert_false(run_failing(t, connection, "nonsense"));
    assert_true(connection->in_transaction);
    assert_true(connection->driver->rollback(connection, t->error));
    assert_false(connection->in_transaction);
    assert_false(connection->undone);
    create(t, connection, "second");
    must_release(t, connection);
    assert_string_equal(tables(t, connection), "first,second");
    close_connection(connection);
}

static void test_checkpoint(void **state)
{
    struct temporary *t = *state;
    dun_connection *a = must_open(t, temporary_url(t, "shop.db")),
                   *b = must_open(t, temporary_url(t, "shop.db"));
    assert_true(try_lock(t, a));
    create(t, a, "first");
    assert_string_equal(tables(t, b), "");
    must_checkpoint(t, a);
    assert_string_equal(tables(t, b), "first");
    assert_false(try_lock(t, b));
    create(t, a, "second");
    close_connection(a); /* as a crash: what is after the checkpoint is gone */
    assert_string_equal(tables(t, b), "first");
    close_connection(b);
}

static void test_apart(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    assert_true(try_lock(t, connection));
    create(t, connection, "first");
    struct db_item items[] = {
        item_of(DB_APART, "PRAGMA foreign_keys=on"),
        item_of(DB_APART, "VACUUM"),
        item_of(DB_BEGIN, NULL),
        item_of(DB_JOIN, "CREATE TABLE second (b REFERENCES first (b))"),
        item_of(DB_COMMIT, NULL),
        item_of(DB_APART, "PRAGMA foreign_keys=DEFAULT"),
    };
    must_batch(t, connection, items, 2);
    assert_string_equal(value_of(t, connection, "PRAGMA foreign_keys"), "1");
    must_batch(t, connection, items + 2, 4);
    assert_string_equal(value_of(t, connection, "PRAGMA foreign_keys"), "0");

    size_t failed = 99;
    struct db_item failing[] = {item_of(DB_APART, "VACUUM INTO '/nowhere/at/all'"),
                                item_of(DB_JOIN, "SELECT 1")};
    struct db_batch batch = {.items = failing, .count = 2};
    assert_false(connection->driver->batch(connection, &batch, NULL, &failed, t->error));
    assert_int_equal(failed, 0);
    assert_true(connection->driver->rollback(connection, t->error));
    dun_connection *other = must_open(t, temporary_url(t, "shop.db"));
    assert_false(try_lock(t, other)); /* the lock is still ours */
    must_release(t, connection);
    close_connection(other);
    close_connection(connection);
}

/* SQL that begins and ends transactions itself runs as written, and the lock is taken up again after it. */
static void test_transaction_in_the_sql(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db")), *other;
    assert_true(try_lock(t, connection));
    struct db_item items[] = {
        item_of(DB_APART, "BEGIN"),
        item_of(DB_APART, "CREATE TABLE inside (b)"),
        item_of(DB_APART, "COMMIT"),
        item_of(DB_APART, "BEGIN"),
        item_of(DB_APART, "CREATE TABLE left_open (b)"),
    };
    must_batch(t, connection, items, 3);
    other = must_open(t, temporary_url(t, "shop.db"));
    assert_string_equal(tables(t, other), "inside");
    assert_false(try_lock(t, other));
    must_batch(t, connection, items + 3, 2);
    assert_false(engine_sqlite.lock->checkpoint(connection, t->error));
    assert_contains(dun_error_message(t->error), "begun and not ended");
    assert_true(connection->driver->rollback(connection, t->error));
    assert_false(try_lock(t, other));
    must_checkpoint(t, connection);
    must_release(t, connection);
    assert_string_equal(tables(t, other), "inside");
    close_connection(other);
    close_connection(connection);
}

/* While the SQL has its own transaction, or none, the lock is let go, and somebody else may write: that is
 * found out. */
static void test_change_by_others(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    dun_connection *other = must_open(t, temporary_url(t, "shop.db"));
    struct db_item begin = item_of(DB_APART, "BEGIN"), commit = item_of(DB_APART, "COMMIT");
    assert_true(try_lock(t, connection));
    must_batch(t, connection, &begin, 1);
    must_exec(other, "CREATE TABLE intruded (b)");

    struct db_item items[] = {commit, item_of(DB_APART, "CREATE TABLE not_run (b)")};
    struct db_batch batch = {.items = items, .count = 2};
    size_t failed = 99;
    assert_false(connection->driver->batch(connection, &batch, NULL, &failed, t->error));
    assert_int_equal(failed, 1); /* the COMMIT itself has taken effect */
    assert_int_equal(dun_error_code(t->error), DUN_LOCKED);
    assert_contains(dun_error_message(t->error), "changed the database");
    assert_false(engine_sqlite.lock->checkpoint(connection, t->error));
    must_release(t, connection);
    close_connection(other);
    close_connection(connection);
}

/* What changes the form of the file is not taken for a change by others. */
static void test_other_form(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    must_exec(connection, "CREATE TABLE before (a)");
    assert_true(try_lock(t, connection));
    struct db_item items[] = {
        item_of(DB_APART, "PRAGMA journal_mode=WAL"),      item_of(DB_APART, "PRAGMA journal_mode=DELETE"),
        item_of(DB_APART, "PRAGMA page_size=8192"),        item_of(DB_APART, "VACUUM"),
        item_of(DB_APART, "PRAGMA main.journal_mode=WAL"),
    };
    must_batch(t, connection, items, sizeof items / sizeof *items);
    create(t, connection, "after");
    must_checkpoint(t, connection);
    must_release(t, connection);
    assert_string_equal(tables(t, connection), "after,before");
    close_connection(connection);
}

struct after_commit {
    dun_cancel *cancel;
    dun_connection *other; /* writes; NULL: the work is interrupted instead */
};

static int committed(unsigned kind, void *user, void *statement, void *nanoseconds)
{
    (void)kind, (void)nanoseconds;
    struct after_commit *after = user;
    if (strcmp(sqlite3_sql(statement), "COMMIT") != 0)
        return 0;
    if (after->other)
        must_exec(after->other, "CREATE TABLE intruded (b)");
    else
        dun_cancel_trigger(after->cancel);
    return 0;
}

/* What is committed is told as such, whatever happens before the lock is taken again. */
static void checkpoint_and(struct temporary *t, dun_connection *other)
{
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    struct after_commit after = {.cancel = dun_cancel_new(), .other = other};
    assert_true(try_lock(t, connection));
    create(t, connection, "kept");
    sqlite3_trace_v2(((struct sqlite_connection *)connection)->handle, SQLITE_TRACE_PROFILE, committed,
                     &after);
    struct task_scope scope;
    task_scope_enter(&scope, after.cancel, -1);
    must_checkpoint(t, connection);
    struct db_item next = item_of(DB_JOIN, "CREATE TABLE not_run (b)");
    struct db_batch batch = {.items = &next, .count = 1};
    size_t failed = 99;
    assert_false(connection->driver->batch(connection, &batch, NULL, &failed, t->error));
    assert_contains(dun_error_message(t->error), other ? "changed the database" : "interrupted");
    task_scope_leave(&scope);
    must_release(t, connection);
    assert_string_equal(tables(t, connection), other ? "intruded,kept" : "kept");
    close_connection(connection);
    dun_cancel_free(after.cancel);
}

static void test_interrupted_after_commit(void **state)
{
    checkpoint_and(*state, NULL);
}

static void test_change_by_others_after_commit(void **state)
{
    dun_connection *other = must_open(*state, temporary_url(*state, "shop.db"));
    checkpoint_and(*state, other);
    close_connection(other);
}

static void test_deferred_foreign_keys(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db?foreign_keys=on"));
    must_exec(connection, "CREATE TABLE parent (id PRIMARY KEY)");
    must_exec(connection, "CREATE TABLE child (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
    assert_true(try_lock(t, connection));
    create(t, connection, "first");
    assert_false(run_failing(t, connection, "INSERT INTO child VALUES (1)"));
    assert_string_equal(dun_error_message(t->error), "FOREIGN KEY constraint failed");
    assert_true(connection->driver->rollback(connection, t->error));
    must_release(t, connection);
    assert_string_equal(tables(t, connection), "child,first,parent");
    close_connection(connection);
}

/* A full disk in the middle of a write: SQLite may give up the whole transaction, and then that is said. */
static void test_undone(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    assert_true(try_lock(t, connection));
    create(t, connection, "kept");
    must_checkpoint(t, connection);
    create(t, connection, "lost");
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 30);
    assert_false(
        run_failing(t, connection,
                    "INSERT INTO half WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) "
                    "SELECT i FROM n"));
    task_scope_leave(&scope);
    assert_contains(dun_error_message(t->error), "timed out");
    assert_contains(dun_error_state(t->error), "nothing since the last commit was kept");
    assert_true(connection->undone);
    assert_false(connection->in_transaction);
    assert_true(connection->driver->rollback(connection, t->error));
    assert_false(engine_sqlite.lock->checkpoint(connection, t->error));
    assert_int_equal(dun_error_code(t->error), DUN_LOCKED);
    must_release(t, connection);
    assert_string_equal(tables(t, connection), "kept");
    assert_true(try_lock(t, connection));
    assert_false(connection->undone);
    must_release(t, connection);
    close_connection(connection);
}

static void test_read_only(void **state)
{
    struct temporary *t = *state;
    close_connection(must_open(t, temporary_url(t, "shop.db")));
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db?mode=ro"));
    bool locked = true;
    assert_false(engine_sqlite.lock->try(connection, "h", NULL, 0, NULL, &locked, t->error));
    assert_true(locked);
    assert_int_equal(dun_error_code(t->error), DUN_FAILED);
    assert_contains(dun_error_message(t->error), "the database is read-only: /tmp/");
    assert_contains(dun_error_hint(t->error), "mode=ro");
    close_connection(connection);
}

static void test_history(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, "sqlite::memory:?foreign_keys=on");
    const struct engine_history *history = engine_sqlite.history;
    must_exec(connection, arena_printf(t->arena, "CREATE TABLE IF NOT EXISTS h %s", history->columns));
    must_exec(
        connection,
        arena_printf(
            t->arena,
            "INSERT INTO h VALUES (1, '2', 'x', 'up', 'done', 1, 1, NULL, 'c', NULL, %s, NULL, 'me', NULL, "
            "'0.1', 1)",
            history->now));
    const char *format = value_of(t, connection,
                                  "SELECT started_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] "
                                  "[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]' FROM h");
    assert_string_equal(format, "1");
    task_sleep(20);
    char *elapsed = arena_alloc(t->arena, 200);
    const char *mark = strstr(history->elapsed_since, "%s");
    snprintf(elapsed, 200, "SELECT %.*sstarted_at%s FROM h", (int)(mark - history->elapsed_since),
             history->elapsed_since, mark + 2);
    assert_uint_in_range(atoi(value_of(t, connection, elapsed)), 15, 5000);
    assert_false(db_exec(connection, "UPDATE h SET state = 'unknown'", NULL));
    assert_false(db_exec(connection, "UPDATE h SET direction = 'sideways'", NULL));
    assert_string_equal(value_of(t, connection, history->schema_of_table), "main");

    must_exec(connection, "PRAGMA foreign_keys=off");
    must_exec(connection, "PRAGMA legacy_alter_table=on");
    for (const char *const *sql = history->session_reset; *sql; ++sql)
        must_exec(connection, *sql);
    assert_string_equal(value_of(t, connection, "PRAGMA foreign_keys"), "1"); /* as the URL has it */
    assert_string_equal(value_of(t, connection, "PRAGMA legacy_alter_table"), "0");
    close_connection(connection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_holder, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_other_process, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_other_process_wal, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_reads, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_rollback_keeps_what_was_before, temporary_setup,
                                        temporary_teardown),
        cmocka_unit_test_setup_teardown(test_checkpoint, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_apart, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_transaction_in_the_sql, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_other_form, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_change_by_others, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_interrupted_after_commit, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_change_by_others_after_commit, temporary_setup,
                                        temporary_teardown),
        cmocka_unit_test_setup_teardown(test_deferred_foreign_keys, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_undone, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_read_only, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_history, temporary_setup, temporary_teardown),
    };
    return cmocka_run_group_tests_name("the lock on SQLite", tests, NULL, NULL);
}
