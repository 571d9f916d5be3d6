/* Scratch places and the loading of definitions into them, on every engine: TEST_POSTGRESQL_URL,
 * TEST_MYSQL_URL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"
#include "engine/mysql/scratch.h"
#include "engine/scratch.h"
#include "source/file.h"
#include "source/load.h"
#include "task/task.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static dun_error *error;

static struct target {
    const struct dun_engine *engine;
    const char *variable; /* NULL: none is needed */
    const char *dialect;  /* the folder in migrations/ */
    struct db_url *url;
} targets[] = {
    {&engine_postgres, "TEST_POSTGRESQL_URL", "postgresql", NULL},
    {&engine_mysql, "TEST_MYSQL_URL", "mysql", NULL},
    {&engine_sqlite, NULL, "sqlite", NULL},
};

enum { TARGETS = 3, SERVERS = 2 };

static const struct db_open_options plain = {.connect_timeout_ms = 10000,
                                             .application = "dunlin test, me@here, pid 1"};

typedef VECTOR(struct load_file) files;

static void fail_with_error(const char *what)
{
    fail_msg("%s: %s (%s) at %s:%u:%u", what, dun_error_message(error),
             dun_error_hint(error) ? dun_error_hint(error) : "no hint",
             dun_error_file(error) ? dun_error_file(error) : "?", dun_error_line(error),
             dun_error_column(error));
}

static struct engine_place *open_near(const struct target *target, const struct db_url *url, size_t objects)
{
    struct engine_scratch_options options = {.open = plain, .objects = objects};
    struct engine_place *place = NULL;
    if (!target->engine->scratch->open(url, &options, &place, error))
        fail_with_error(target->engine->name);
    return place;
}

static struct engine_place *open_place(const struct target *target)
{
    return open_near(target, target->url, 0);
}

static void close_place(const struct target *target, struct engine_place *place)
{
    if (!target->engine->scratch->close(place, error))
        fail_with_error("close");
}

static dun_connection *connect_to(const struct target *target, const struct db_url *url)
{
    dun_connection *connection = NULL;
    if (!target->engine->driver->open(url, &plain, &connection, error))
        fail_with_error(target->engine->name);
    return connection;
}

static void exec(dun_connection *connection, const char *sql)
{
    if (!db_exec(connection, sql, error))
        fail_with_error(sql);
}

static const char *ask(dun_connection *connection, const char *sql)
{
    dun_result *result = NULL;
    if (!db_query(connection, sql, &result, error))
        fail_with_error(sql);
    const char *answer = arena_strdup(arena, result_text(result, 0, 0));
    dun_result_free(result);
    return answer;
}

/* How many databases of that name the server has. */
static int count_databases(const struct target *target, const char *name)
{
    dun_connection *connection = connect_to(target, target->url);
    bool postgres = target->engine == &engine_postgres;
    int count = atoi(ask(connection, arena_printf(arena, "SELECT count(*) FROM %s = '%s'",
                                                  postgres ? "pg_database WHERE datname"
                                                           : "information_schema.SCHEMATA WHERE SCHEMA_NAME",
                                                  name)));
    target->engine->driver->close(connection);
    return count;
}

static void add_text(files *to, const struct target *target, const char *name, const char *text)
{
    struct load_file *file = vector_add(arena, to);
    struct sql_script *script = NULL;
    *file = (struct load_file){.file = name, .text = text, .length = strlen(text)};
    if (!sql_split(arena, target->engine->dialect, name, text, file->length, &script, error))
        fail_with_error(name);
    file->script = script;
}

static bool load_with(const struct target *target, dun_connection *connection, const files *from, bool data)
{
    struct load_options options = {.allow_data = data};
    return load_definitions(target->engine, connection, from->items, from->count, &options, error);
}

static void load(const struct target *target, dun_connection *connection, const files *from)
{
    if (!load_with(target, connection, from, false))
        fail_with_error(target->engine->name);
}

static void expect(enum dun_code code, const char *part)
{
    if (!strstr(dun_error_message(error), part))
        fail_with_error(part);
    assert_int_equal(dun_error_code(error), code);
}

static void expect_place(const char *file, unsigned line, unsigned column, unsigned statement, unsigned count)
{
    if (!dun_error_file(error) || strcmp(dun_error_file(error), file) != 0 || dun_error_line(error) != line)
        fail_with_error(file);
    if (column)
        assert_int_equal(dun_error_column(error), column);
    assert_non_null(dun_error_excerpt(error));
    assert_int_equal(dun_error_statement(error), statement);
    assert_int_equal(dun_error_statement_count(error), count);
}

static void test_make_use_drop(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        struct engine_place *place = open_place(&targets[i]), *other = open_place(&targets[i]);
        const char *names[] = {arena_strdup(arena, place->name), arena_strdup(arena, other->name)};
        exec(place->connection, "CREATE TABLE t (a INTEGER)");
        exec(other->connection, "CREATE TABLE t (b INTEGER)");
        exec(place->connection, "INSERT INTO t (a) VALUES (1)");
        assert_string_equal(ask(other->connection, "SELECT count(b) FROM t"), "0");
        for (size_t k = 0; i < SERVERS && k < 2; ++k)
            assert_int_equal(count_databases(&targets[i], names[k]), 1);
        close_place(&targets[i], place);
        close_place(&targets[i], other);
        for (size_t k = 0; i < SERVERS && k < 2; ++k)
            assert_int_equal(count_databases(&targets[i], names[k]), 0);
    }
}

static void test_names(void **state)
{
    (void)state;
    const char *name = scratch_name(arena);
    assert_true(scratch_is_name(name));
    assert_true(strlen(name) < 64);
    assert_true(scratch_age(name) < 60);
    assert_true(scratch_age("dunlin_scratch_20200229000000_1_00000000") > 3600.0 * 24 * 365);
    assert_string_not_equal(name, scratch_name(arena));
    assert_false(scratch_is_name("dunlin_scratch_mine"));
    assert_false(scratch_is_name("dunlin_scratch_20200229000000_1_0000000z"));
    assert_false(scratch_is_name("dunlin_scratch_20200229000000__00000000"));
    assert_false(scratch_is_name("dunlin"));
}

static void test_left_behind_is_swept(void **state)
{
    (void)state;
    for (size_t i = 0; i < SERVERS; ++i) {
        const struct target *target = &targets[i];
        struct engine_place *living = open_place(target);
        const char *dead = scratch_name(arena);
        dun_connection *admin = connect_to(target, target->url);
        exec(admin, arena_printf(arena, "CREATE DATABASE %s", dead));
        exec(admin, "CREATE DATABASE dunlin_scratch_mine");
        size_t dropped = 99;
        if (!target->engine->scratch->sweep(target->url, &plain, &dropped, error))
            fail_with_error("sweep");
        assert_int_equal(dropped, 1);
        assert_int_equal(count_databases(target, dead), 0);
        assert_int_equal(count_databases(target, living->name), 1);
        assert_int_equal(count_databases(target, "dunlin_scratch_mine"), 1);
        exec(admin, "DROP DATABASE dunlin_scratch_mine");
        target->engine->driver->close(admin);

        /* The run dies: its sessions end. */
        dead = arena_strdup(arena, living->name);
        scratch_place_free(living);
        for (int tries = 0; tries < 50 && count_databases(target, dead); ++tries) {
            assert_true(target->engine->scratch->sweep(target->url, &plain, &dropped, error));
            task_sleep(20);
        }
        assert_int_equal(count_databases(target, dead), 0);
    }
}

struct maker {
    const struct target *target;
    bool sweeping;
};

static bool make_and_sweep(void *argument, dun_error *failure)
{
    const struct maker *maker = argument;
    const struct engine_scratch *scratch = maker->target->engine->scratch;
    struct engine_scratch_options options = {.open = plain};
    for (int i = 0; i < 3; ++i) {
        struct engine_place *place = NULL;
        size_t dropped = 0;
        if (maker->sweeping && !scratch->sweep(maker->target->url, &plain, &dropped, failure))
            return false;
        if (dropped)
            return error_set(failure, DUN_FAILED, "a living place was swept up");
        if (maker->sweeping)
            continue;
        if (!scratch->open(maker->target->url, &options, &place, failure))
            return false;
        bool good = db_exec(place->connection, "CREATE TABLE t (a INTEGER)", failure);
        if (!scratch->close(place, good ? failure : NULL) || !good)
            return false;
    }
    return true;
}

static void test_many_at_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        struct maker makers[] = {{&targets[i], false}, {&targets[i], true}};
        struct task_group *group = task_group_new();
        for (size_t k = 0; k < 6; ++k)
            assert_true(task_group_start(group, "maker", make_and_sweep, &makers[k % 3 == 2], error));
        if (!task_group_join(group, true, error))
            fail_with_error(targets[i].engine->name);
    }
}

/* Somebody looks into the place while it is dropped; as a server before 13 is told to do it, too. */
static void test_postgres_dropped_under_others(void **state)
{
    (void)state;
    const struct target *target = &targets[0];
    for (int old = 0; old < 2; ++old) {
        struct engine_place *place = open_place(target);
        const char *name = arena_strdup(arena, place->name);
        struct db_url *url = db_url_copy(arena, target->url);
        url->database = name;
        dun_connection *other = connect_to(target, url);
        if (old)
            place->keeper->server_version = 120000;
        close_place(target, place);
        assert_int_equal(count_databases(target, name), 0);
        target->engine->driver->close(other);
    }
}

static void test_cancelled_close_still_drops(void **state)
{
    (void)state;
    for (size_t i = 0; i < SERVERS; ++i) {
        struct engine_place *place = open_place(&targets[i]);
        const char *name = arena_strdup(arena, place->name);
        dun_cancel *cancel = dun_cancel_new();
        struct task_scope scope;
        dun_cancel_trigger(cancel);
        task_scope_enter(&scope, cancel, -1);
        assert_false(db_exec(place->connection, "CREATE TABLE t (a INTEGER)", NULL));
        close_place(&targets[i], place);
        task_scope_leave(&scope);
        dun_cancel_free(cancel);
        assert_int_equal(count_databases(&targets[i], name), 0);
    }
}

static struct db_url *url_of(const struct target *target, const char *user, const char *database)
{
    struct db_url *url = db_url_copy(arena, target->url);
    url->user = user;
    url->password = "secret";
    if (database)
        url->database = database;
    return url;
}

/* PostgreSQL: text sorts, and unqualified names land, as in the database itself. */
static void test_postgres_place_is_like_the_database(void **state)
{
    (void)state;
    const struct target *target = &targets[0];
    dun_connection *admin = connect_to(target, target->url);
    const char *name = arena_printf(arena, "dunlin_test_%ld", (long)getpid());
    exec(admin, arena_printf(arena,
                             "CREATE DATABASE %s TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' "
                             "LC_CTYPE 'C'",
                             name));
    exec(admin, arena_printf(arena, "ALTER DATABASE %s SET search_path TO \"my schema\", public", name));
    exec(admin, arena_printf(arena, "ALTER DATABASE %s SET datestyle TO 'German'", name));
    struct db_url *url = db_url_copy(arena, target->url);
    url->database = name;
    struct engine_place *place = open_near(target, url, 0);
    assert_string_equal(ask(place->connection, "SELECT pg_encoding_to_char(encoding) || datcollate FROM "
                                               "pg_database WHERE datname = current_database()"),
                        "LATIN1C");
    assert_string_equal(ask(place->connection, "SHOW search_path"), "\"my schema\", public");
    assert_string_equal(ask(place->connection, "SHOW datestyle"), "German, DMY");
    close_place(target, place);
    exec(admin, arena_printf(arena, "DROP DATABASE %s", name));
    target->engine->driver->close(admin);
}

static void test_mysql_place_is_like_the_database(void **state)
{
    (void)state;
    const struct target *target = &targets[1];
    dun_connection *admin = connect_to(target, target->url);
    const char *name = arena_printf(arena, "dunlin_test_%ld", (long)getpid());
    exec(admin, arena_printf(arena, "CREATE DATABASE %s CHARACTER SET latin2 COLLATE latin2_bin", name));
    struct db_url *url = db_url_copy(arena, target->url);
    url->database = name;
    struct engine_place *place = open_near(target, url, 0);
    assert_string_equal(ask(place->connection, "SELECT @@collation_database"), "latin2_bin");
    close_place(target, place);
    exec(admin, arena_printf(arena, "DROP DATABASE %s", name));
    target->engine->driver->close(admin);
}

static void test_role_without_createdb(void **state)
{
    (void)state;
    const struct target *target = &targets[0];
    dun_connection *admin = connect_to(target, target->url);
    const char *name = arena_printf(arena, "dunlin_test_%ld", (long)getpid());
    exec(admin, arena_printf(arena, "CREATE ROLE %s LOGIN PASSWORD 'secret'", name));
    exec(admin, arena_printf(arena, "CREATE DATABASE %s OWNER %s", name, name));
    struct db_url *url = url_of(target, name, name);
    struct engine_place *place = open_near(target, url, 3);
    assert_true(place->connection->in_transaction);
    files some = {0};
    add_text(&some, target, "a.sql",
             "CREATE VIEW last AS SELECT * FROM U&\"\\0076\";\n"
             "CREATE VIEW v AS SELECT a, f() FROM t;\n"
             "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t';\n"
             "CREATE INDEX CONCURRENTLY t_a ON t (a);\nCREATE TABLE t (a integer);\n");
    load(target, place->connection, &some);
    assert_string_equal(ask(place->connection, "SELECT current_schema() LIKE 'dunlin_scratch_%'"), "t");
    assert_string_equal(ask(place->connection, "SELECT count(*) FROM v"), "0");
    close_place(target, place);
    dun_connection *own = connect_to(target, url);
    assert_string_equal(ask(own, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dunlin%'"), "0");

    struct engine_scratch_options many = {.open = plain, .objects = 1000000};
    assert_false(target->engine->scratch->open(url, &many, &place, error));
    expect(DUN_FAILED, "1000000 objects are too many");
    assert_non_null(strstr(dun_error_hint(error), "CREATEDB"));
    assert_non_null(strstr(dun_error_hint(error), "scratch: URL"));
    assert_non_null(strstr(dun_error_hint(error), "max_locks_per_transaction"));
    dun_error_clear(error);

    exec(admin, arena_printf(arena, "ALTER DATABASE %s OWNER TO CURRENT_USER", name));
    assert_false(
        target->engine->scratch->open(url, &(struct engine_scratch_options){.open = plain}, &place, error));
    expect(DUN_FAILED, "neither a scratch database nor a scratch schema");
    assert_non_null(strstr(dun_error_hint(error), "CREATEDB"));
    target->engine->driver->close(own);
    exec(admin, arena_printf(arena, "DROP DATABASE %s", name));
    exec(admin, arena_printf(arena, "DROP ROLE %s", name));
    target->engine->driver->close(admin);
}

static void test_user_without_create(void **state)
{
    (void)state;
    const struct target *target = &targets[1];
    dun_connection *admin = connect_to(target, target->url);
    const char *name = arena_printf(arena, "dunlin_%ld", (long)getpid());
    exec(admin, arena_printf(arena, "CREATE DATABASE %s", name));
    exec(admin, arena_printf(arena, "CREATE USER %s@localhost IDENTIFIED BY 'secret'", name));
    exec(admin, arena_printf(arena, "GRANT ALL ON %s.* TO %s@localhost", name, name));
    struct db_url *url = url_of(target, name, name);
    struct engine_scratch_options options = {.open = plain};
    struct engine_place *place = NULL;
    assert_false(target->engine->scratch->open(url, &options, &place, error));
    expect(DUN_FAILED, "no scratch place");
    const char *grant =
        arena_printf(arena, "GRANT ALL ON `dunlin\\_scratch\\_%%`.* TO '%s'@'localhost'", name);
    if (!strstr(dun_error_hint(error), grant))
        fail_with_error(grant);
    dun_error_clear(error);
    exec(admin, grant); /* the hint holds what it promises */
    place = open_near(target, url, 0);
    exec(place->connection, "CREATE TABLE t (a INTEGER)");
    close_place(target, place);
    exec(admin, arena_printf(arena, "DROP USER %s@localhost", name));
    exec(admin, arena_printf(arena, "DROP DATABASE %s", name));
    target->engine->driver->close(admin);
}

/* The definitions of the demo project, each statement a file, so that any order can be made of them. */
static void read_demo(files *to, const struct target *target)
{
    glob_t found;
    const char *pattern = arena_printf(arena, "../migrations/%s/schema/*.sql", target->dialect);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; ++i) {
        struct source_text text;
        files whole = {0};
        assert_true(source_read_file(found.gl_pathv[i], &text, error));
        add_text(&whole, target, "demo.sql", arena_strdup(arena, text.data));
        source_text_free(&text);
        for (size_t k = 0; k < whole.items->script->count; ++k) {
            const struct sql_statement *statement = &whole.items->script->statements[k];
            struct load_file *file = vector_add(arena, to);
            struct sql_script *script = ARENA_NEW(arena, struct sql_script);
            script->statements = ARENA_NEW(arena, struct sql_statement);
            *script->statements = *statement;
            script->count = 1;
            *file = (struct load_file){"demo.sql", whole.items->text, whole.items->length, script};
        }
    }
    globfree(&found);
}

static void swap(files *some, size_t a, size_t b)
{
    struct load_file kept = some->items[a];
    some->items[a] = some->items[b];
    some->items[b] = kept;
}

static void test_demo_in_any_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        files demo = {0};
        uint64_t trips = 0;
        read_demo(&demo, &targets[i]);
        assert_true(demo.count > 10);
        for (unsigned order = 0; order < 8; ++order) {
            if (order == 1)
                for (size_t k = 0; k < demo.count / 2; ++k)
                    swap(&demo, k, demo.count - 1 - k);
            uint32_t random = order;
            for (size_t k = demo.count; order > 1 && k > 1; --k) {
                random = random * UINT32_C(1664525) + UINT32_C(1013904223);
                swap(&demo, k - 1, (random >> 8) % k);
            }
            struct engine_place *place = open_place(&targets[i]);
            uint64_t before = place->connection->round_trips;
            load(&targets[i], place->connection, &demo);
            uint64_t took = place->connection->round_trips - before;
            if (order == 0)
                trips = took;
            else if (took != trips)
                fail_msg("%s, order %u: %llu round trips", targets[i].engine->name, order,
                         (unsigned long long)took);
            assert_string_equal(ask(place->connection, i == 0 ? "SELECT count(*) FROM sales.order_totals"
                                                              : "SELECT count(*) FROM order_totals"),
                                "0");
            close_place(&targets[i], place);
        }
    }
}

static void test_circular_foreign_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < SERVERS; ++i) {
        files some = {0};
        add_text(&some, &targets[i], "links.sql",
                 "ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b (id);\n"
                 "ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES a (id);\n"
                 "ALTER TABLE a ADD PRIMARY KEY (id);\nALTER TABLE b ADD PRIMARY KEY (id);\n");
        add_text(&some, &targets[i], "tables.sql",
                 "CREATE TABLE a (id INTEGER NOT NULL, b INTEGER);\nCREATE TABLE b (id INTEGER NOT NULL, a "
                 "INTEGER);\n");
        struct engine_place *place = open_place(&targets[i]);
        uint64_t before = place->connection->round_trips;
        load(&targets[i], place->connection, &some);
        assert_true(place->connection->round_trips - before <= 2);
        close_place(&targets[i], place);
    }
}

/* Nothing in the words says that these depend on each other: rounds have to. */
static void test_rounds(void **state)
{
    (void)state;
    static const char *const texts[] = {
        ("CREATE VIEW last AS SELECT U&\"\\0061\" FROM U&\"v\\0032\";\n"
         "CREATE VIEW v2 AS SELECT a FROM U&\"v\\0031\";\nCREATE VIEW v1 AS SELECT a FROM U&\"\\0074\";\n"),
        "CREATE INDEX i ON t (b);\nALTER TABLE t ADD COLUMN b INTEGER;\n",
        "CREATE INDEX i ON t (b);\nALTER TABLE t ADD COLUMN b INTEGER;\n",
    };
    for (size_t i = 0; i < TARGETS; ++i) {
        files some = {0};
        add_text(&some, &targets[i], "views.sql", texts[i]);
        add_text(&some, &targets[i], "table.sql", "CREATE TABLE t (a INTEGER);\n");
        struct engine_place *place = open_place(&targets[i]);
        load(&targets[i], place->connection, &some);
        close_place(&targets[i], place);
    }
}

/* Views or columns in reverse, of which the words do not tell that they depend on each other. */
static const char *hidden_chain(const struct target *target, size_t links)
{
    struct str text = STR_INIT;
    bool postgres = target->engine == &engine_postgres;
    for (size_t i = links; i > 0; --i)
        str_printf(&text,
                   postgres ? "CREATE VIEW v%zu AS SELECT 1 AS one FROM U&\"\\0076%zu\";\n"
                            : "ALTER TABLE t ADD COLUMN v%zu INTEGER AFTER v%zu;\n",
                   i, i - 1);
    str_append(&text, postgres ? "CREATE VIEW v0 AS SELECT 1 AS one;\n" : "CREATE TABLE t (v0 INTEGER);\n");
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* Each link fails once, and costs what its savepoint costs; the second round runs backwards. */
static void test_hidden_chain_takes_two_rounds(void **state)
{
    (void)state;
    enum { LINKS = 400 };
    for (size_t i = 0; i < SERVERS; ++i) {
        for (int together = 0; together < 2; ++together) {
            files some = {0};
            const char *chain = hidden_chain(&targets[i], LINKS);
            add_text(&some, &targets[i], "chain.sql",
                     together ? arena_printf(arena, "%sSET %s = 1;\n", chain, i == 0 ? "a.b" : "@a") : chain);
            struct engine_place *place = open_place(&targets[i]);
            uint64_t statements = place->connection->statements;
            load(&targets[i], place->connection, &some);
            statements = place->connection->statements - statements;
            if (statements > LINKS * 20)
                fail_msg("%s: %llu statements", targets[i].engine->name, (unsigned long long)statements);
            close_place(&targets[i], place);
        }
    }
}

static void test_settings_stay_with_their_file(void **state)
{
    (void)state;
    const struct target *target = &targets[0];
    files some = {0};
    add_text(
        &some, target, "a.sql",
        "SET search_path TO one;\nCREATE TABLE t (a integer REFERENCES two.t);\nDROP TABLE IF EXISTS x;\n"
        "CREATE TABLE x (a integer);\n");
    add_text(&some, target, "b.sql", "SET search_path TO two;\nCREATE TABLE t (a integer PRIMARY KEY);\n");
    add_text(&some, target, "c.sql", "CREATE TABLE u (a integer);\nCREATE SCHEMA two;\nCREATE SCHEMA one;\n");
    struct engine_place *place = open_place(target);
    load(target, place->connection, &some);
    assert_string_equal(ask(place->connection,
                            "SELECT string_agg(relnamespace::regnamespace || '.' || relname, "
                            "' ' ORDER BY relnamespace::regnamespace::text, relname) FROM pg_class WHERE "
                            "relkind = 'r' AND relname IN "
                            "('t', 'x', 'u')"),
                        "one.t one.x public.u two.t");
    close_place(target, place);
}

static void expect_load_failure(const struct target *target, const char *text, const char *part,
                                unsigned line, unsigned column, unsigned statement, unsigned count)
{
    files some = {0};
    add_text(&some, target, "good.sql", "CREATE TABLE good (a INTEGER);\n");
    add_text(&some, target, "bad.sql", text);
    struct engine_place *place = open_place(target);
    dun_error_clear(error);
    if (load_with(target, place->connection, &some, false))
        fail_msg("%s: ran: %s", target->engine->name, text);
    expect(DUN_BAD_INPUT, part);
    expect_place("bad.sql", line, column, statement, count);
    dun_error_clear(error);
    close_place(target, place);
}

static void test_failures_have_a_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        expect_load_failure(&targets[i],
                            "CREATE TABLE t (a INTEGER);\n\n-- why\nCREATE INDEX i ON nowhere (a);\n"
                            "CREATE INDEX k ON nowhere_else (a);\n",
                            "nowhere", 4, 0, 2, 3);
        expect_load_failure(&targets[i], "CREATE TABLE t (a INTEGER);\nCREATE TABLE u (a INTEGER,,);\n", "",
                            2, 0, 2, 2);
        expect_load_failure(&targets[i], "CREATE TABLE t (a INTEGER);\nCREATE TABLE t (b INTEGER);\n",
                            "exists", 2, 0, 2, 2);
        expect_load_failure(&targets[i], "CREATE TABLE t (a INTEGER);\n  INSERT INTO t VALUES (1);\n",
                            "no definition", 2, 3, 2, 2);
    }
}

static void test_data_where_allowed(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        files some = {0};
        add_text(&some, &targets[i], "a.sql", "INSERT INTO t VALUES (1);\nCREATE TABLE t (a INTEGER);\n");
        struct engine_place *place = open_place(&targets[i]);
        if (!load_with(&targets[i], place->connection, &some, true))
            fail_with_error("data");
        assert_string_equal(ask(place->connection, "SELECT a FROM t"), "1");
        close_place(&targets[i], place);
    }
}

static void blank_lines(char *text, const char *start)
{
    for (char *line = text; (line = strstr(line, start));)
        memset(line, ' ', strcspn(line, "\n"));
}

/* What pg_dump, mariadb-dump and sqlite3 write, with rows and settings of all kinds. */
static void test_dumps_load(void **state)
{
    (void)state;
    static const char *const dumps[] = {"postgres", "mysql", "sqlite"};
    for (size_t i = 0; i < TARGETS; ++i) {
        struct source_text text;
        files dump = {0};
        const char *file = arena_printf(arena, "unit/data/sql_%s_dump.sql", dumps[i]);
        assert_true(source_read_file(file, &text, error));
        blank_lines(text.data, "CREATE DATABASE "); /* the scratch place is the database */
        blank_lines(text.data, "USE `");
        add_text(&dump, &targets[i], file, text.data);
        struct engine_place *place = open_place(&targets[i]);
        const char *server = place->connection->server;
        bool too_old = i == 0 && place->connection->server_version < 140000; /* for BEGIN ATOMIC */
        bool not_mariadb = strncmp(server, "MySQL", 5) == 0;                 /* which alone has sequences */
        if (!too_old && !not_mariadb && !load_with(&targets[i], place->connection, &dump, true))
            fail_with_error(file);
        close_place(&targets[i], place);
        source_text_free(&text);
    }
}

static void test_nothing_reaches_outside(void **state)
{
    (void)state;
    static const char *const outside[TARGETS][48] = {
        {"CREATE DATABASE x", "CREATE ROLE r", "ALTER USER u WITH SUPERUSER", "DROP TABLESPACE t",
         "ALTER SYSTEM SET a = 1", "GRANT a TO b", "REVOKE a FROM b", "GRANT CONNECT ON DATABASE d TO u",
         "COMMENT ON DATABASE d IS 'x'", "COMMENT ON ROLE d IS 'x'",
         "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p"},
        {"CREATE DATABASE x",
         "CREATE OR REPLACE USER u",
         "GRANT SELECT ON t TO u",
         "USE shop",
         "CREATE TABLE shop.t (a INT)",
         "DROP TABLE IF EXISTS a, `shop`.b",
         "ALTER TABLE shop . t ADD b INT",
         "SET GLOBAL sql_mode = ''",
         "SET a = 1, @@GLOBAL.b = 2",
         "CREATE FUNCTION f RETURNS STRING SONAME 'f.so'",
         "RENAME TABLE a TO shop.a",
         "CREATE DEFINER=`a`@`b` VIEW shop.v AS SELECT 1",
         "INSERT INTO shop.t VALUES (1)",
         "/*!50001 CREATE TABLE shop.t (a INT) */",
         "UPDATE t AS a JOIN shop.u AS b ON a.i = b.i SET b.x = 1",
         "UPDATE t, shop.u SET u.x = 1",
         "DELETE FROM a USING t AS a JOIN `shop` . u",
         "DELETE u FROM t, shop.u",
         "WITH q AS (SELECT 1) DELETE FROM shop.t",
         "WITH q AS (SELECT 1 FROM shop.t) SELECT 1",
         "REPLACE LOW_PRIORITY shop.t VALUES (1)",
         "INSERT INTO t SELECT * FROM (u, shop.t)",
         "TRUNCATE shop.t",
         "INSERT INTO t VALUES ((SELECT max(i) FROM shop.t))",
         "LOAD DATA INFILE 'x' INTO TABLE shop.t",
         "CALL shop.p()",
         "SELECT shop.f(1)",
         "SELECT 1 INTO OUTFILE '/tmp/x'",
         "ALTER TABLE t ADD COLUMN (b INT), RENAME TO shop.t",
         "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE shop.t",
         "CREATE TABLE t (a INT) ENGINE=MERGE UNION=(u, shop.t)",
         "CREATE TABLE t (a INT) AS SELECT * FROM shop.t",
         "SET @sql = 'DROP TABLE shop.t'",
         "PREPARE s FROM 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SET @a = 1'",
         "EXECUTE IMMEDIATE 'USE shop'",
         "FLUSH TABLES",
         "KILL 1",
         "START SLAVE",
         "INSTALL PLUGIN a SONAME 'a'",
         "ALTER EVENT e DISABLE ON SLAVE",
         "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SET @a = 1"},
        {"ATTACH 'file' AS f", "VACUUM INTO 'file'"},
    };
    static const char *const inside[TARGETS][40] = {
        {"CREATE TABLE a.b (c int)", "GRANT SELECT ON t TO u", "CREATE USER MAPPING FOR u SERVER s",
         "SET a = 1", "COMMENT ON TABLE t IS 'DATABASE'"},
        {"CREATE TABLE t (a INT)",
         "CREATE DEFINER=`a`@`b` VIEW v AS SELECT a.b FROM shop.t AS a",
         "SET sql_mode = @@GLOBAL.sql_mode",
         "CREATE TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET NEW.a = 1",
         "ALTER TABLE t ADD a DECIMAL(1,1) DEFAULT 1.5",
         "UPDATE t JOIN u ON t.i = u.i SET t.x = u.x, t.y = u.y",
         "DELETE t FROM t JOIN u ON t.i = u.i WHERE t.x = 1",
         "DELETE t.*, u.* FROM t, u WHERE t.i = u.i",
         "SELECT t.a, u.b FROM t STRAIGHT_JOIN u ON t.i = u.i AND f(t.a, u.b)",
         "SELECT STRAIGHT_JOIN t.a FROM t, u",
         "INSERT INTO t (a, b) SELECT u.a, u.b FROM u ON DUPLICATE KEY UPDATE t.a = u.a, t.b = u.b",
         "SELECT EXTRACT(YEAR FROM t.d), TRIM(LEADING ' ' FROM t.s), INSERT(t.s, 1, 2, t.r), REPLACE(t.s, "
         "'a', u.s) FROM t",
         "UPDATE t SET s = REPLACE(t.s, 'FROM a.b', 'c')",
         "SELECT a FROM t WHERE t.i IN (SELECT u.i FROM u) ORDER BY t.a, t.b",
         "CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES shop.u (i) ON UPDATE CASCADE) ENGINE=InnoDB, "
         "COMMENT='a.b'",
         "CREATE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW INSERT INTO shop.log VALUES (OLD.a, NEW.a)",
         "SET @sql = 'ALTER TABLE t ADD b INT'",
         "START TRANSACTION",
         "SELECT a INTO @a FROM t",
         "DO SLEEP(0)",
         "ALTER EVENT e DISABLE ON SLAVE DO SET @a = 1",
         "INSERT INTO t VALUES ('DROP TABLE shop.t')",
         "SET @a = f(1.5)"},
        {"CREATE TABLE main.t (a)", "PRAGMA foreign_keys = ON"},
    };
    for (size_t i = 0; i < TARGETS; ++i) {
        const struct engine_scratch *scratch = targets[i].engine->scratch;
        for (const char *const *sql = outside[i]; *sql; ++sql)
            if (!scratch->reaches_outside(*sql, strlen(*sql)))
                fail_msg("%s: not seen to reach outside: %s", targets[i].engine->name, *sql);
        for (const char *const *sql = inside[i]; *sql; ++sql)
            if (scratch->reaches_outside(*sql, strlen(*sql)))
                fail_msg("%s: thought to reach outside: %s", targets[i].engine->name, *sql);
    }
    expect_load_failure(&targets[0], "CREATE TABLE t (a integer);\nCREATE ROLE r;\n", "a role", 2, 1, 2, 2);
}

static void test_ways_outside(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "CREATE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW INSERT INTO shop.log VALUES (NEW.a)",
        ("CREATE DEFINER=`a`@`%` PROCEDURE p() BEGIN DECLARE x INT; UPDATE t SET a = 1; DELETE FROM shop.t; "
         "END"),
        "CREATE FUNCTION f() RETURNS INT RETURN shop.g()",
        "CREATE VIEW v AS SELECT t.a FROM shop.t",
        "ALTER VIEW v AS SELECT t.a FROM t, shop.u",
        "CREATE PROCEDURE p() EXECUTE IMMEDIATE 'DROP TABLE shop.t'",
    };
    static const char *const walls[] = {
        "CREATE TRIGGER a BEFORE UPDATE ON t FOR EACH ROW INSERT INTO log VALUES (NEW.a, OLD.a)",
        ("CREATE PROCEDURE p() BEGIN SELECT t.a, u.b INTO x, y FROM t JOIN u ON t.i = u.i; UPDATE t SET t.a "
         "= "
         "1; END"),
        "CREATE VIEW v AS SELECT t.a FROM t JOIN u ON t.a = u.a",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.t",
        "CREATE TABLE t (a INT)",
        "ALTER TABLE t ADD b INT",
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
        if (mysql_scratch.reaches_outside(ways[i], strlen(ways[i])))
            fail_msg("it is no harm by itself: %s", ways[i]);
        if (!mysql_scratch.leads_outside(ways[i], strlen(ways[i])))
            fail_msg("not seen to lead outside: %s", ways[i]);
    }
    for (size_t i = 0; i < sizeof walls / sizeof *walls; ++i)
        if (mysql_scratch.leads_outside(walls[i], strlen(walls[i])))
            fail_msg("thought to lead outside: %s", walls[i]);
}

static void test_events_are_not_enabled(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *rewritten;
    } events[] = {
        {"CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SET @a = 1",
         "CREATE EVENT e ON SCHEDULE EVERY 1 DAY  DISABLE ON SLAVE DO SET @a = 1"},
        {"CREATE OR REPLACE DEFINER = event@`localhost` EVENT IF NOT EXISTS enable ON SCHEDULE AT (now() + "
         "(disable)) enable COMMENT 'DO' DO x",
         "CREATE OR REPLACE DEFINER = event@`localhost` EVENT IF NOT EXISTS enable ON SCHEDULE AT (now() + "
         "(disable)) DISABLE ON SLAVE COMMENT 'DO' DO x"},
        {"/*!50106 CREATE*/ /*!50117 DEFINER=`a`@`%`*/ /*!50106 EVENT `e` ON SCHEDULE EVERY 1 DAY ENABLE DO "
         "BEGIN END */",
         "/*!50106 CREATE*/ /*!50117 DEFINER=`a`@`%`*/ /*!50106 EVENT `e` ON SCHEDULE EVERY 1 DAY DISABLE ON "
         "SLAVE DO BEGIN END */"},
        {"CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE ON REPLICA DO SET @a = 1",
         "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO /*dunlin: on the primary only*/ SET @a = 1"},
        {"ALTER EVENT e RENAME TO disable ENABLE", "ALTER EVENT e RENAME TO disable DISABLE ON SLAVE"},
        {"CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SET @a = 1", NULL},
        {"ALTER EVENT e ON SCHEDULE EVERY 1 DAY ON COMPLETION PRESERVE", NULL},
        {"CREATE DEFINER=event TRIGGER e BEFORE INSERT ON t FOR EACH ROW SET @a = 1", NULL},
        {"CREATE TABLE event (do INT)", NULL},
        {"CREATE EVENT", "CREATE EVENT DISABLE ON SLAVE "}, /* no more a statement than it was */
    };
    for (size_t i = 0; i < sizeof events / sizeof *events; ++i) {
        const char *sql = mysql_scratch.rewrite(arena, events[i].sql, strlen(events[i].sql));
        if (!events[i].rewritten)
            assert_null(sql);
        else
            assert_string_equal(sql, events[i].rewritten);
    }
    expect_load_failure(&targets[1], "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO\n  SELEKT 1;\n", "near '1'",
                        2, 10, 1, 1);
}

static void test_concurrently(void **state)
{
    (void)state;
    const struct engine_scratch *scratch = engine_postgres.scratch;
    const char *sql = "CREATE INDEX /* concurrently */ Concurrently \"concurrently\" ON t ('concurrently')";
    assert_string_equal(
        scratch->rewrite(arena, sql, strlen(sql)),
        "CREATE INDEX /* concurrently */              \"concurrently\" ON t ('concurrently')");
    assert_null(scratch->rewrite(arena, "SELECT concurrently", 19));
    assert_null(scratch->rewrite(arena, "CREATE INDEX i ON t (a)", 23));
}

static void many_tables(files *to, const struct target *target, size_t count, bool reverse)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < count; ++i) {
        size_t n = reverse ? count - 1 - i : i;
        str_printf(&text, "CREATE TABLE table_%zu (id INTEGER PRIMARY KEY, parent INTEGER%s", n,
                   n ? ", FOREIGN KEY (parent) REFERENCES " : "");
        if (n)
            str_printf(&text, "table_%zu (id)", n - 1);
        str_printf(&text, ");\n");
        str_printf(&text, "CREATE INDEX index_%zu ON table_%zu (parent, id);\n", n, n);
    }
    add_text(to, target, "many.sql", arena_strdup(arena, str_text(&text)));
    str_free(&text);
}

static uint64_t load_many(const struct target *target, size_t count, bool reverse)
{
    files many = {0};
    many_tables(&many, target, count, reverse);
    struct engine_place *place = open_place(target);
    uint64_t before = place->connection->round_trips;
    int64_t start = task_now();
    load(target, place->connection, &many);
    uint64_t trips = place->connection->round_trips - before;
    print_message("%s, %zu tables%s: %lld ms, %llu round trips\n", target->engine->name, count,
                  reverse ? " in reverse" : "", (long long)(task_now() - start), (unsigned long long)trips);
    close_place(target, place);
    return trips;
}

/* A pipeline or a packet has an end, so a few more round trips there are; some 1,000 statements fit in each.
 */
static void test_round_trips_do_not_grow(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        assert_true(load_many(&targets[i], 10, false) <= 1);
        assert_true(load_many(&targets[i], 300, false) <= 1);
        assert_true(load_many(&targets[i], 1000, true) <= 4);
    }
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    error = dun_error_new();
    for (size_t i = 0; i < TARGETS; ++i) {
        const char *text = targets[i].variable ? getenv(targets[i].variable) : "sqlite::memory:";
        if (text && db_url_parse(arena, text, &targets[i].url, error))
            continue;
        fprintf(stderr, "%s must be the URL of a server on which databases may be made\n",
                targets[i].variable);
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dun_error_free(error);
    arena_free(arena);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    dun_error_clear(error);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup(function, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names),
        TEST(test_make_use_drop),
        TEST(test_left_behind_is_swept),
        TEST(test_many_at_once),
        TEST(test_postgres_dropped_under_others),
        TEST(test_cancelled_close_still_drops),
        TEST(test_postgres_place_is_like_the_database),
        TEST(test_mysql_place_is_like_the_database),
        TEST(test_role_without_createdb),
        TEST(test_user_without_create),
        TEST(test_demo_in_any_order),
        TEST(test_circular_foreign_keys),
        TEST(test_rounds),
        TEST(test_hidden_chain_takes_two_rounds),
        TEST(test_settings_stay_with_their_file),
        TEST(test_failures_have_a_place),
        TEST(test_data_where_allowed),
        TEST(test_dumps_load),
        TEST(test_nothing_reaches_outside),
        TEST(test_ways_outside),
        TEST(test_events_are_not_enabled),
        TEST(test_concurrently),
        TEST(test_round_trips_do_not_grow),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
