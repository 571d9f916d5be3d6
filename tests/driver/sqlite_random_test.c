/*
 * Pairs of schemas made at random, with rows: the plan from one to the other reaches it, and keeps what is on
 * both sides. DUNLIN_TEST_PAIRS says how many; DUNLIN_TEST_SEED begins elsewhere.
 */

#include "driver/sqlite_schemas.h"

enum { PAIRS = 400, TABLES = 4, COLUMNS = 6, ROWS = 5 };

static struct temporary *temporary;
static uint64_t state_of_chance;
static struct arena *work; /* of one pair */

static unsigned chance(unsigned limit)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state_of_chance >> 33) % limit;
}

static const char *one_of(const char *const *texts, size_t count)
{
    return texts[chance((unsigned)count)];
}

#define ONE_OF(...)                            \
    one_of((const char *const[]){__VA_ARGS__}, \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

typedef VECTOR(const char *) statements;

__attribute__((format(printf, 2, 3))) static void add(statements *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *vector_add(work, to) = arena_vprintf(work, format, arguments);
    va_end(arguments);
}

/* Which columns a table has; the first is always there. */
struct shape {
    bool table[TABLES], column[TABLES][COLUMNS], generated[TABLES][COLUMNS];
};

static unsigned some_column(const struct shape *shape, unsigned table)
{
    unsigned column;
    do
        column = chance(COLUMNS);
    while (!shape->column[table][column]);
    return column;
}

static const char *column_rest(struct shape *shape, unsigned table, unsigned column)
{
    const char *text =
        ONE_OF("", " NOT NULL DEFAULT 7", " DEFAULT 'x'", " DEFAULT (1 + 2)", " COLLATE NOCASE", "");
    if (chance(6) == 0)
        text = arena_printf(work, "%s CHECK (c%u <> 'never')", text, column);
    if (chance(8) == 0)
        text = arena_printf(work, "%s REFERENCES t%u (c0)%s", text, chance(TABLES),
                            ONE_OF("", " ON DELETE CASCADE", " ON DELETE RESTRICT", " ON UPDATE SET NULL"));
    if (chance(10) == 0)
        text = arena_printf(work, "%s UNIQUE", text);
    if (column > 1 && chance(8) == 0) {
        shape->generated[table][column] = true;
        text = arena_printf(work, " AS (c0 || '%u')%s", chance(2), ONE_OF("", " STORED"));
    }
    return text;
}

static const char *key_of_table(unsigned table)
{
    (void)table;
    return ONE_OF(" INTEGER PRIMARY KEY", " INTEGER PRIMARY KEY AUTOINCREMENT", " TEXT PRIMARY KEY",
                  " INTEGER UNIQUE", " INTEGER NOT NULL PRIMARY KEY");
}

static void add_table(statements *to, struct shape *shape, unsigned table)
{
    const char *sql = arena_printf(work, "CREATE TABLE t%u (c0%s", table, key_of_table(table));
    shape->table[table] = shape->column[table][0] = true;
    bool without_rowid = strstr(sql, "PRIMARY KEY") && !strstr(sql, "AUTOINCREMENT") && chance(5) == 0;
    for (unsigned column = 1; column < COLUMNS; ++column) {
        shape->column[table][column] = chance(3) > 0;
        if (shape->column[table][column])
            sql = arena_printf(work, "%s, c%u%s%s", sql, column,
                               ONE_OF(" TEXT", " INTEGER", "", " VARCHAR(20)", " REAL"),
                               column_rest(shape, table, column));
    }
    if (chance(4) == 0)
        sql = arena_printf(work, "%s, CONSTRAINT k%u UNIQUE (c%u, c0)", sql, chance(2),
                           some_column(shape, table));
    if (chance(4) == 0)
        sql = arena_printf(work, "%s, CHECK (c%u IS NOT 'odd')", sql, some_column(shape, table));
    add(to, "%s)%s", sql, without_rowid ? " WITHOUT ROWID" : "");
}

static void add_parts(statements *to, const struct shape *shape, unsigned table)
{
    if (chance(2) == 0)
        add(to, "CREATE %sINDEX i%u ON t%u (c%u%s, lower(c%u))%s", ONE_OF("", "", "UNIQUE "), table, table,
            some_column(shape, table), ONE_OF("", " DESC", " COLLATE RTRIM"), some_column(shape, table),
            ONE_OF("", " WHERE c0 > 1"));
    if (chance(3) == 0)
        add(to, "CREATE TRIGGER tr%u %s ON t%u BEGIN SELECT new.c%u; DELETE FROM t%u WHERE 0; END", table,
            ONE_OF("AFTER INSERT", "BEFORE INSERT", "AFTER UPDATE OF c0"), table, some_column(shape, table),
            chance(TABLES));
    if (chance(3) == 0)
        add(to, "CREATE VIEW v%u AS SELECT c%u AS x FROM t%u", table, some_column(shape, table), table);
}

static statements schema(struct shape *shape)
{
    statements all = {0};
    *shape = (struct shape){.table = {false}};
    for (unsigned table = 0; table < TABLES; ++table)
        if (chance(5) > 0)
            add_table(&all, shape, table);
    for (unsigned table = 0; table < TABLES; ++table)
        if (shape->table[table])
            add_parts(&all, shape, table);
    return all;
}

static void print_pair(const statements *from, const statements *to, const struct plan *plan)
{
    const statements *both[] = {from, to};
    for (size_t i = 0; i < 2; ++i) {
        print_message("%s:\n", i ? "to" : "from");
        VECTOR_EACH (const char *, sql, both[i])
            print_message("    %s;\n", *sql);
    }
    for (size_t i = 0; plan && i < plan->statements.count; ++i) {
        VECTOR_EACH (struct plan_check, check, &plan->statements.items[i].checks)
            print_message("    ? %s: %s\n", plan_hazard_word(check->hazard), check->sql);
        print_message("    | %s;\n", plan->statements.items[i].sql);
    }
}

static dun_connection *database_of(const statements *schema_of, const char *url)
{
    dun_connection *connection = must_open(temporary, url);
    VECTOR_EACH (const char *, sql, schema_of)
        must_exec(connection, *sql);
    return connection;
}

/* What does not fit is left out. */
static void fill(dun_connection *connection, const struct shape *shape)
{
    must_exec(connection, "PRAGMA foreign_keys=OFF");
    for (unsigned table = 0; table < TABLES; ++table)
        for (unsigned row = 0; shape->table[table] && row < ROWS; ++row) {
            const char *names = "c0", *values = arena_printf(work, "%u", row + 1);
            for (unsigned column = 1; column < COLUMNS; ++column) {
                if (!shape->column[table][column] || shape->generated[table][column])
                    continue;
                names = arena_printf(work, "%s, c%u", names, column);
                values = arena_printf(work, "%s, %s", values,
                                      ONE_OF("NULL", "1", "2", "'A'", "'a'", "'zz'", "-3"));
            }
            db_exec(connection,
                    arena_printf(work, "INSERT OR IGNORE INTO t%u (%s) VALUES (%s)", table, names, values),
                    NULL);
        }
    must_exec(connection, "PRAGMA foreign_keys=DEFAULT");
}

static void empty(dun_connection *connection, const struct shape *shape)
{
    must_exec(connection, "PRAGMA foreign_keys=OFF");
    for (unsigned table = 0; table < TABLES; ++table)
        if (shape->table[table])
            must_exec(connection, arena_printf(work, "DELETE FROM t%u", table));
    must_exec(connection, "PRAGMA foreign_keys=DEFAULT");
}

/* The values of all columns that do not change, of tables on both sides, in order. */
static const char *kept_values(dun_connection *connection, const struct diff *diff,
                               const struct catalog *catalog)
{
    size_t count;
    const char *all = "";
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *column = objects[i];
        if (column->kind != SCHEMA_COLUMN || !diff_counterpart(diff, column) || diff_find(diff, column))
            continue;
        dun_result *result = NULL;
        const char *sql =
            arena_printf(work, "SELECT group_concat(v) FROM (SELECT quote(%s) AS v FROM %s ORDER BY 1)",
                         column->name, column->parent->name);
        if (!db_query(connection, sql, &result, temporary->error))
            fail_msg("%s: %s", sql, dun_error_message(temporary->error));
        const char *values = dun_result_value(result, 0, 0);
        all = arena_printf(work, "%s%s.%s: %s\n", all, column->parent->name, column->name,
                           values ? values : "-");
        dun_result_free(result);
    }
    return all;
}

static bool may_fail(const struct plan *plan)
{
    return (plan->hazards & (PLAN_NOT_NULL | PLAN_UNIQUE | PLAN_CHECK | PLAN_FOREIGN_KEY | PLAN_CAST)) != 0;
}

/* How many rows the questions find that are to be asked before. */
static unsigned long rows_in_the_way(dun_connection *connection, const struct plan *plan)
{
    unsigned long rows = 0;
    for (size_t i = 0; i < plan->statements.count; ++i)
        VECTOR_EACH (struct plan_check, check, &plan->statements.items[i].checks)
            rows += strtoul(value_of(temporary, connection, check->sql), NULL, 10);
    return rows;
}

static bool reached(dun_connection *connection, struct catalog *to)
{
    return diff_catalogs(work, engine_sqlite.diff, read_schema(work, connection), to)->changes.count == 0;
}

static void try_pair(uint64_t seed)
{
    struct shape from_shape, to_shape;
    state_of_chance = seed;
    statements from = schema(&from_shape), to = schema(&to_shape);
    dun_connection *live = database_of(&from, "sqlite::memory:?foreign_keys=on");
    dun_connection *other = database_of(&to, "sqlite::memory:");
    fill(live, &from_shape);
    const struct plan_options options = {.online = false};
    struct diff *diff =
        diff_catalogs(work, engine_sqlite.diff, read_schema(work, live), read_schema(work, other));
    struct plan *plan = plan_make(engine_sqlite.language, diff, &options, temporary->error);
    assert_non_null(plan);
    const char *before = kept_values(live, diff, diff->from);
    unsigned long in_the_way = rows_in_the_way(live, plan);
    bool done = run_plan(live, plan, temporary->error), good = true;
    if (!done) {
        good = may_fail(plan) && strcmp(kept_values(live, diff, diff->from), before) == 0 &&
               reached(live, diff->from);
        empty(live, &from_shape);
        before = kept_values(live, diff, diff->from);
        good = good && run_plan(live, plan, temporary->error);
    }
    good = good && (!done || in_the_way == 0) && reached(live, diff->to) &&
           strcmp(kept_values(live, diff, diff->to), before) == 0 &&
           strcmp(value_of(temporary, live, "PRAGMA foreign_keys"), "1") == 0;
    if (!good) {
        print_pair(&from, &to, plan);
        fail_msg("seed %llu: %s; %lu rows in the way; %s", (unsigned long long)seed,
                 done ? "done" : "not done", in_the_way, dun_error_message(temporary->error));
    }
    close_connection(live);
    close_connection(other);
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static void test_pairs(void **state)
{
    temporary = *state;
    uint64_t first = from_environment("DUNLIN_TEST_SEED", 1),
             pairs = from_environment("DUNLIN_TEST_PAIRS", PAIRS);
    for (uint64_t seed = first; seed < first + pairs; ++seed) {
        work = arena_new();
        try_pair(seed);
        arena_free(work);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pairs, temporary_setup, temporary_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
