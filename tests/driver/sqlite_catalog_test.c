/* Reading the catalog of an SQLite database. */
#include "driver/sqlite_schemas.h"

#include <sys/resource.h>

#define exec must_exec /* as the other engines' tests call it */
#define ENGINE engine_sqlite

static struct temporary *temporary;
static dun_connection *one; /* a database in memory, new for each test */
static dun_error *error;

#include "driver/catalog_support.h"

static int open_one(void **state)
{
    temporary_setup(state);
    temporary = *state;
    work = temporary->arena;
    error = temporary->error;
    one = must_open(temporary, "sqlite::memory:");
    return 0;
}

static int close_one(void **state)
{
    close_connection(one);
    return temporary_teardown(state);
}

static struct catalog *read_of(dun_connection *connection)
{
    return read_schema(work, connection);
}

/* A database that a statement makes. */
static struct catalog *catalog_of(const char *sql)
{
    dun_connection *connection = must_open(temporary, "sqlite::memory:");
    must_exec(connection, sql);
    struct catalog *catalog = read_of(connection);
    close_connection(connection);
    return catalog;
}

static size_t count_of(const struct catalog *catalog, enum schema_kind kind)
{
    size_t count, found = 0;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        found += objects[i]->kind == kind;
    return found;
}

/* Everything that a table can have. */
static const char *const everything[] = {
    "CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, code text NOT NULL ON CONFLICT IGNORE "
    "COLLATE nocase UNIQUE ON CONFLICT REPLACE, Name varchar ( 50 ) DEFAULT 'x' CHECK (length(name) > 1), "
    "UNIQUE (code, name COLLATE rtrim))",
    "CREATE TABLE [child table] (\n"
    "  \"a \"\"quoted\"\" one\" decimal(10, -2) CONSTRAINT nn NOT NULL CONSTRAINT d DEFAULT (1 + 1), -- a "
    "comment\n"
    "  `order` /* another */ INT NULL,\n"
    "  parent REFERENCES PARENTS ON DELETE SET NULL ON UPDATE CASCADE MATCH full DEFERRABLE INITIALLY "
    "DEFERRED,\n"
    "  total REAL GENERATED ALWAYS AS (\"order\" * 2) STORED,\n"
    "  twice AS (total * 2),\n"
    "  'single' BLOB,\n"
    "  CONSTRAINT pk PRIMARY KEY (\"order\" DESC, parent COLLATE NOCASE) ON CONFLICT ROLLBACK,\n"
    "  CONSTRAINT \"positive; really\" CHECK (total > 0 AND \"a \"\"quoted\"\" one\" <> ')'),\n"
    "  CONSTRAINT fk FOREIGN KEY (parent, single) REFERENCES parents (ID, code) ON DELETE NO ACTION NOT "
    "DEFERRABLE\n"
    ") WITHOUT ROWID",
    "CREATE TABLE exact (a INTEGER, b ANY) STRICT",
    "CREATE UNIQUE INDEX partial ON \"child table\" (parent DESC, lower(single), total COLLATE BINARY, "
    "(single) COLLATE nocase) WHERE total > 5",
    "CREATE VIEW seen (one, \"two\") AS SELECT p.id, c.parent FROM parents AS p JOIN [child table] c",
    "CREATE TRIGGER after_update AFTER UPDATE OF Code, name ON parents FOR EACH ROW "
    "WHEN new.code <> CASE old.code WHEN 'begin' THEN 1 ELSE 2 END BEGIN DELETE FROM exact; SELECT 1; END",
    "CREATE TRIGGER instead INSTEAD OF INSERT ON seen BEGIN INSERT INTO exact (a) VALUES (new.one); END",
    NULL};

static void test_columns(void **state)
{
    (void)state;
    run(everything);
    struct catalog *catalog = read_of(one);
    assert_attribute(catalog, "column table parents.id", ATTRIBUTE_TYPE, "INTEGER");
    assert_attribute(catalog, "column table parents.id", ATTRIBUTE_AUTO_INCREMENT, "yes");
    assert_attribute(catalog, "column table parents.code", ATTRIBUTE_NOT_NULL, "yes");
    assert_attribute(catalog, "column table parents.code", ATTRIBUTE_ON_CONFLICT, "ignore");
    assert_attribute(catalog, "column table parents.code", ATTRIBUTE_COLLATION, "NOCASE");
    assert_attribute(catalog, "column table parents.Name", ATTRIBUTE_TYPE, "VARCHAR(50)");
    assert_attribute(catalog, "column table parents.Name", ATTRIBUTE_DEFAULT, "'x'");
    assert_int_equal(object_of(catalog, "column table parents.Name")->position, 3);
    const char *quoted = "column table child table.a \"quoted\" one";
    assert_attribute(catalog, quoted, ATTRIBUTE_TYPE, "DECIMAL(10,-2)");
    assert_attribute(catalog, quoted, ATTRIBUTE_NOT_NULL, "yes");
    assert_attribute(catalog, quoted, ATTRIBUTE_DEFAULT, "(1 + 1)");
    assert_attribute(catalog, quoted, ATTRIBUTE_OPTIONS,
                     "[CONSTRAINT \"nn\" NOT NULL | CONSTRAINT \"d\" DEFAULT]");
    assert_attribute(catalog, "column table child table.order", ATTRIBUTE_TYPE, "INT");
    assert_attribute(catalog, "column table child table.order", ATTRIBUTE_NOT_NULL, "-");
    assert_attribute(catalog, "column table child table.parent", ATTRIBUTE_TYPE, "-");
    assert_attribute(catalog, "column table child table.total", ATTRIBUTE_TYPE, "REAL");
    assert_attribute(catalog, "column table child table.total", ATTRIBUTE_GENERATED, "\"order\" * 2");
    assert_attribute(catalog, "column table child table.total", ATTRIBUTE_STORED, "yes");
    assert_attribute(catalog, "column table child table.twice", ATTRIBUTE_TYPE, "-");
    assert_attribute(catalog, "column table child table.twice", ATTRIBUTE_GENERATED, "total * 2");
    assert_attribute(catalog, "column table child table.twice", ATTRIBUTE_STORED, "-");
    assert_attribute(catalog, "column table child table.single", ATTRIBUTE_TYPE, "BLOB");
    assert_attribute(catalog, "table child table", ATTRIBUTE_WITHOUT_ROWID, "yes");
    assert_attribute(catalog, "table exact", ATTRIBUTE_STRICT, "yes");
    assert_attribute(catalog, "table exact", ATTRIBUTE_DEFINITION, "-");
    assert_true(needs(catalog, "column table child table.twice", "column table child table.total"));
    assert_int_equal(count_of(catalog, SCHEMA_TABLE), 3);
    assert_int_equal(count_of(catalog, SCHEMA_COLUMN), 11);
}

static void test_constraints(void **state)
{
    (void)state;
    run(everything);
    struct catalog *catalog = read_of(one);
    assert_attribute(catalog, "primary key table parents.parents_pkey", ATTRIBUTE_COLUMNS, "[id]");
    assert_true(object_of(catalog, "primary key table parents.parents_pkey")->made_up_name);
    assert_attribute(catalog, "unique constraint table parents.parents_code_key", ATTRIBUTE_ON_CONFLICT,
                     "replace");
    const char *two = "unique constraint table parents.parents_code_Name_key";
    assert_attribute(catalog, two, ATTRIBUTE_COLUMNS, "[code | Name]");
    assert_attribute(catalog, two, ATTRIBUTE_COLLATIONS, "[ | RTRIM]");
    assert_true(needs(catalog, two, "column table parents.Name"));
    const char *check = "check constraint table parents.parents_Name_check";
    assert_attribute(catalog, check, ATTRIBUTE_EXPRESSION, "length(name) > 1");
    assert_true(needs(catalog, check, "column table parents.Name"));
    const char *key = "primary key table child table.pk";
    assert_false(object_of(catalog, key)->made_up_name);
    assert_attribute(catalog, key, ATTRIBUTE_COLUMNS, "[order | parent]");
    assert_attribute(catalog, key, ATTRIBUTE_ORDERS, "[DESC | ]");
    assert_attribute(catalog, key, ATTRIBUTE_COLLATIONS, "[ | NOCASE]");
    assert_attribute(catalog, key, ATTRIBUTE_ON_CONFLICT, "rollback");
    assert_attribute(catalog, "check constraint table child table.positive; really", ATTRIBUTE_EXPRESSION,
                     "total > 0 AND \"a \"\"quoted\"\" one\" <> ')'");
    const char *first = "foreign key table child table.child table_parent_fkey";
    assert_attribute(catalog, first, ATTRIBUTE_REFERENCES, "parents");
    assert_attribute(catalog, first, ATTRIBUTE_REFERENCED_COLUMNS, "[id]");
    assert_attribute(catalog, first, ATTRIBUTE_ON_DELETE, "set null");
    assert_attribute(catalog, first, ATTRIBUTE_ON_UPDATE, "cascade");
    assert_attribute(catalog, first, ATTRIBUTE_MATCH, "full");
    assert_attribute(catalog, first, ATTRIBUTE_DEFERRABLE, "initially deferred");
    assert_true(needs(catalog, first, "table parents"));
    assert_true(needs(catalog, first, "column table parents.id"));
    const char *second = "foreign key table child table.fk";
    assert_attribute(catalog, second, ATTRIBUTE_COLUMNS, "[parent | single]");
    assert_attribute(catalog, second, ATTRIBUTE_REFERENCED_COLUMNS, "[id | code]");
    assert_attribute(catalog, second, ATTRIBUTE_ON_DELETE, "-");
    assert_attribute(catalog, second, ATTRIBUTE_DEFERRABLE, "-");
}

static void test_the_rest(void **state)
{
    (void)state;
    run(everything);
    struct catalog *catalog = read_of(one);
    const char *index = "index table child table.partial";
    assert_attribute(catalog, index, ATTRIBUTE_UNIQUE, "yes");
    assert_attribute(catalog, index, ATTRIBUTE_COLUMNS, "[parent | (lower(single)) | total | single]");
    assert_attribute(catalog, index, ATTRIBUTE_ORDERS, "[DESC |  |  | ]");
    assert_attribute(catalog, index, ATTRIBUTE_COLLATIONS, "[ |  |  | NOCASE]");
    assert_attribute(catalog, index, ATTRIBUTE_WHERE, "total > 5");
    assert_true(needs(catalog, index, "column table child table.single"));
    assert_attribute(catalog, "view seen", ATTRIBUTE_COLUMNS, "[one | two]");
    assert_attribute(catalog, "view seen", ATTRIBUTE_DEFINITION,
                     "SELECT p.id, c.parent FROM parents AS p JOIN [child table] c");
    assert_true(needs(catalog, "view seen", "table child table"));
    assert_true(needs(catalog, "view seen", "column table parents.id"));
    assert_false(needs(catalog, "view seen", "column table parents.code"));
    const char *trigger = "trigger table parents.after_update";
    assert_attribute(catalog, trigger, ATTRIBUTE_TIMING, "after");
    assert_attribute(catalog, trigger, ATTRIBUTE_EVENTS, "[update]");
    assert_attribute(catalog, trigger, ATTRIBUTE_COLUMNS, "[code | Name]");
    assert_attribute(catalog, trigger, ATTRIBUTE_WHEN,
                     "new.code <> CASE old.code WHEN 'begin' THEN 1 ELSE 2 END");
    assert_attribute(catalog, trigger, ATTRIBUTE_DEFINITION, "BEGIN DELETE FROM exact; SELECT 1; END");
    assert_true(needs(catalog, trigger, "table exact"));
    assert_true(needs(catalog, trigger, "column table parents.code"));
    assert_attribute(catalog, "trigger view seen.instead", ATTRIBUTE_TIMING, "instead of");
    assert_true(needs(catalog, "trigger view seen.instead", "column table exact.a"));
    assert_survives_snapshot(catalog);
}

struct pair {
    const char *one, *other;
};

/* What means the same reads the same. */
static void test_same(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"CREATE TABLE t (a INTEGER, b VARCHAR(50))", "create table t(a integer,b varchar ( 50 ))"},
        {"CREATE TABLE t (a, b)", "CREATE TABLE t (\"a\" /* x */, -- y\n[b])"},
        {"CREATE TABLE t (a, UNIQUE (a))", "CREATE TABLE t (a UNIQUE)"},
        {"CREATE TABLE t (a, UNIQUE (a))", "CREATE TABLE t (a, UNIQUE ('A'))"},
        {"CREATE TABLE t (a TEXT, PRIMARY KEY (a))", "CREATE TABLE t (a TEXT PRIMARY KEY ASC)"},
        {"CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))", "CREATE TABLE t (a INTEGER PRIMARY KEY)"},
        {"CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC)) WITHOUT ROWID",
         "CREATE TABLE t (a INTEGER PRIMARY KEY DESC) WITHOUT ROWID"},
        {"CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))",
         "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)"},
        {"CREATE TABLE t (a CHECK (a > 0))", "CREATE TABLE t (a, CHECK (a > 0))"},
        {"CREATE TABLE t (a PRIMARY KEY, b REFERENCES t)",
         "CREATE TABLE t (a PRIMARY KEY, b, FOREIGN KEY (b) REFERENCES T (A) ON DELETE NO ACTION MATCH "
         "SIMPLE)"},
        {"CREATE TABLE t (a REFERENCES u NULL DEFERRABLE INITIALLY DEFERRED)",
         "CREATE TABLE t (a, FOREIGN KEY (a) REFERENCES u DEFERRABLE INITIALLY DEFERRED)"},
        {"CREATE TABLE t (a REFERENCES u, b DEFERRABLE)", "CREATE TABLE t (a REFERENCES u DEFERRABLE, b)"},
        {"CREATE TABLE t (a DEFAULT 1, b DEFAULT 'x', c DEFAULT -1.5, d)",
         "CREATE TABLE t (a DEFAULT ((1)), b DEFAULT \"x\", c DEFAULT (-1.5), d DEFAULT NULL NULL)"},
        {"CREATE TABLE t (a DEFAULT +1, b DEFAULT x, c DEFAULT TRUE, d DEFAULT CURRENT_TIMESTAMP)",
         "CREATE TABLE t (a DEFAULT 1, b DEFAULT 'x', c DEFAULT (true), d DEFAULT current_timestamp)"},
        {"CREATE TABLE t (a DEFAULT 1)", "CREATE TABLE t (a DEFAULT 2 DEFAULT 1)"},
        {"CREATE TABLE t (a COLLATE binary)", "CREATE TABLE t (a)"},
        {"CREATE TABLE t (a COLLATE NOCASE UNIQUE)",
         "CREATE TABLE t (a COLLATE \"nocase\", UNIQUE (a COLLATE NoCase))"},
        {"CREATE TABLE t (a \"integer\", b 'my type')", "CREATE TABLE t (a INTEGER, b my type)"},
        {"CREATE TABLE t (a \"varchar(50)\")", "CREATE TABLE t (a VARCHAR(50))"},
        {"CREATE TABLE t (a NOT NULL ON CONFLICT ABORT)", "CREATE TABLE t (a NOT NULL)"},
        {"CREATE TABLE t (a, b, UNIQUE (a) CHECK (b > 1))",
         "CREATE TABLE t (a, b, UNIQUE (a), CHECK (b > 1))"},
        {"CREATE TABLE t (b, a AS (b) VIRTUAL)", "CREATE TABLE t (b, a GENERATED ALWAYS AS (b))"},
        {"CREATE TABLE t (a INT PRIMARY KEY) STRICT, WITHOUT ROWID",
         "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID, STRICT"},
        {"CREATE TABLE t (CHECK_ TEXT, generated INT, always, [primary] TEXT)",
         "CREATE TABLE t (\"CHECK_\" TEXT, \"generated\" INT, `always`, \"primary\" TEXT)"},
        {"CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", CAST(1 AS INT) AS d",
         "CREATE TABLE t (a, \"b c\", d INT)"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i)
        assert_string_equal(canonical(catalog_of(pairs[i].one)), canonical(catalog_of(pairs[i].other)));
}

static void test_different(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER PRIMARY KEY DESC)"},
        {"CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INT PRIMARY KEY)"},
        {"CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)"},
        {"CREATE TABLE t (a INTEGER PRIMARY KEY)",
         "CREATE TABLE t (a INTEGER PRIMARY KEY ON CONFLICT IGNORE)"},
        {"CREATE TABLE t (a DEFAULT '1')", "CREATE TABLE t (a DEFAULT 1)"},
        {"CREATE TABLE t (a DEFAULT 'true')", "CREATE TABLE t (a DEFAULT true)"},
        {"CREATE TABLE t (a DEFAULT \"true\")", "CREATE TABLE t (a DEFAULT true)"},
        {"CREATE TABLE t (a DEFAULT -1)", "CREATE TABLE t (a DEFAULT 1)"},
        {"CREATE TABLE t (a DEFAULT x'00')", "CREATE TABLE t (a DEFAULT '00')"},
        {"CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a UNIQUE ON CONFLICT FAIL)"},
        {"CREATE TABLE t (a CHECK (a))", "CREATE TABLE t (a, CHECK (a) ON CONFLICT FAIL)"},
        {"CREATE TABLE t (a NOT NULL)", "CREATE TABLE t (a NOT NULL ON CONFLICT REPLACE)"},
        {"CREATE TABLE t (a)", "CREATE TABLE t (a, b)"},
        {"CREATE TABLE t (b, a AS (b))", "CREATE TABLE t (b, a AS (b) STORED)"},
        {"CREATE TABLE t (a REFERENCES u)", "CREATE TABLE t (a REFERENCES u ON DELETE RESTRICT)"},
        {"CREATE TABLE t (a REFERENCES u)", "CREATE TABLE t (a REFERENCES u DEFERRABLE)"},
        {"CREATE TABLE t (a REFERENCES u)", "CREATE TABLE t (a REFERENCES u ON INSERT CASCADE)"},
        {"CREATE TABLE t (a)", "CREATE TABLE t (a CONSTRAINT lost)"},
        {"CREATE TABLE t (a)", "CREATE TABLE t (a, CONSTRAINT lost)"},
        {"CREATE TABLE t (a NOT NULL)", "CREATE TABLE t (a CONSTRAINT named NOT NULL)"},
        {"CREATE TABLE t (a CHECK (a > 1))", "CREATE TABLE t (a CONSTRAINT c CHECK (a > 1))"},
        {"CREATE TABLE t (a, CONSTRAINT c CHECK (a > 1), CONSTRAINT c CHECK (a > 2))",
         "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 1), CHECK (a > 2))"},
        {"CREATE TABLE t (a ANY)", "CREATE TABLE t (a ANY) STRICT"},
        {"CREATE TABLE t (a PRIMARY KEY)", "CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID"},
        {"CREATE TABLE t (a NUMERIC(1))", "CREATE TABLE t (a NUMERIC(1,2))"},
        {"CREATE TABLE t (a \"1st type\")", "CREATE TABLE t (a type)"},
        {"CREATE TABLE t (a \"not null\")", "CREATE TABLE t (a NOT NULL)"},
        {"CREATE TABLE t (a \"int(x\")", "CREATE TABLE t (a int)"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i)
        if (strcmp(canonical(catalog_of(pairs[i].one)), canonical(catalog_of(pairs[i].other))) == 0)
            fail_msg("equal: %s and %s", pairs[i].one, pairs[i].other);
}

static void test_parts_of_the_same_name(void **state)
{
    (void)state;
    struct catalog *catalog =
        catalog_of("CREATE TABLE t (a, CONSTRAINT c CHECK (a > 1), CONSTRAINT c CHECK (a > 2), "
                   "CHECK (a > 3), CHECK (a > 4), CONSTRAINT t_a_check CHECK (a > 5))");
    assert_attribute(catalog, "check constraint table t.t_a_check1", ATTRIBUTE_OPTIONS, "[CONSTRAINT \"c\"]");
    assert_attribute(catalog, "check constraint table t.t_a_check2", ATTRIBUTE_OPTIONS, "[CONSTRAINT \"c\"]");
    assert_attribute(catalog, "check constraint table t.t_a_check4", ATTRIBUTE_EXPRESSION, "a > 4");
    assert_attribute(catalog, "check constraint table t.t_a_check", ATTRIBUTE_EXPRESSION, "a > 5");
    assert_false(object_of(catalog, "check constraint table t.t_a_check")->made_up_name);
    assert_int_equal(count_of(catalog, SCHEMA_CHECK), 5);
}

/* ALTER TABLE changes the texts in its own way. */
static void test_altered(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "CREATE TABLE u (id INTEGER PRIMARY KEY)",
        "CREATE TABLE old (id INTEGER PRIMARY KEY, a TEXT, gone INT, b, CHECK (a <> 'x'), UNIQUE (a, b)) -- "
        "end",
        "CREATE INDEX i ON old (lower(a), b)",
        "CREATE VIEW v AS SELECT a FROM old",
        "CREATE TRIGGER tr AFTER INSERT ON old BEGIN UPDATE old SET a = 1; END",
        "CREATE TABLE child (p REFERENCES old (id), CONSTRAINT self CHECK (p > 1))",
        "ALTER TABLE old ADD COLUMN c INT NOT NULL DEFAULT 5 CHECK (c > 1)",
        "ALTER TABLE old ADD d REFERENCES u ON DELETE CASCADE",
        "ALTER TABLE old RENAME TO \"new one\"",
        "ALTER TABLE \"new one\" RENAME a TO [first column]",
        "ALTER TABLE \"new one\" DROP COLUMN gone",
        NULL};
    run(statements);
    struct catalog *altered = read_of(one);
    assert_attribute(altered, "column table new one.c", ATTRIBUTE_DEFAULT, "5");
    assert_attribute(altered, "index table new one.i", ATTRIBUTE_COLUMNS, "[(lower(\"first column\")) | b]");
    assert_attribute(altered, "foreign key table child.child_p_fkey", ATTRIBUTE_REFERENCES, "new one");
    static const char fresh[] = "CREATE TABLE \"new one\" (id INTEGER PRIMARY KEY, \"first column\" TEXT, b, "
                                "c INT NOT NULL DEFAULT 5 CHECK (c "
                                "> 1), d REFERENCES u ON DELETE CASCADE, CHECK (\"first column\" <> 'x'), "
                                "UNIQUE (\"first column\", b))";
    dun_connection *other = must_open(temporary, "sqlite::memory:");
    must_exec(other, statements[0]);
    must_exec(other, fresh);
    must_exec(other, "CREATE INDEX i ON \"new one\" (lower(\"first column\"), b)");
    must_exec(other, "CREATE VIEW v AS SELECT \"first column\" FROM \"new one\"");
    must_exec(other, "CREATE TRIGGER tr AFTER INSERT ON \"new one\" BEGIN UPDATE \"new one\" SET \"first "
                     "column\" = 1; END");
    must_exec(other, "CREATE TABLE child (p REFERENCES \"new one\" (id), CONSTRAINT self CHECK (p > 1))");
    assert_string_equal(canonical(read_of(other)), canonical(altered));
    close_connection(other);
}

static void run_shell(const char *command)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

/* What the plain client dumps loads as the same schema. */
static void test_dump_is_equal(void **state)
{
    (void)state;
    const char *folder = temporary->folder;
    dun_connection *file = must_open(temporary, temporary_url(temporary, "first.db"));
    for (size_t i = 0; everything[i]; ++i)
        must_exec(file, everything[i]);
    must_exec(
        file,
        "CREATE VIRTUAL TABLE words USING fts5(title, body, content='parents', tokenize = 'porter ascii')");
    must_exec(file, "CREATE VIRTUAL TABLE boxes USING rtree(id, x1, x2)");
    must_exec(file, "ANALYZE");
    /* Shadow tables cannot be made otherwise. Newer clients show them without IF NOT EXISTS. */
    run_shell(arena_printf(
        temporary->arena,
        "load() { sqlite3 -cmd '.dbconfig defensive off' \"$1\" >/dev/null; };"
        "sqlite3 %s/first.db '.schema --nosys' | grep -v sqlite_stat |"
        "sed 's/^CREATE TABLE \\(IF NOT EXISTS \\)*/CREATE TABLE IF NOT EXISTS /' >%s/schema.sql && "
        "load %s/second.db <%s/schema.sql && "
        "sqlite3 %s/first.db .dump | grep -v sqlite_stat | load %s/third.db",
        folder, folder, folder, folder, folder, folder));
    const char *first = canonical(read_of(file));
    dun_connection *second = must_open(temporary, temporary_url(temporary, "second.db"));
    dun_connection *third = must_open(temporary, temporary_url(temporary, "third.db"));
    assert_string_equal(canonical(read_of(second)), first);
    assert_string_equal(canonical(read_of(third)), first);
    close_connection(file);
    close_connection(second);
    close_connection(third);
}

static const char *shadow_tables(const char *module, const char *arguments)
{
    dun_connection *connection = must_open(temporary, "sqlite::memory:");
    const char *create =
        arena_printf(temporary->arena, "CREATE VIRTUAL TABLE \"v_w\" USING %s(%s)", module, arguments);
    const char *shadows = NULL;
    if (db_exec(connection, create, NULL)) {
        must_exec(connection, "CREATE TABLE v_w_other (a)");
        must_exec(connection, "CREATE TABLE v_data (a)");
        struct catalog *catalog = read_of(connection);
        assert_int_equal(count_of(catalog, SCHEMA_TABLE), 2);
        assert_attribute(catalog, "virtual table v_w", ATTRIBUTE_USING, module);
        shadows =
            value_of(temporary, connection, "SELECT count(*) FROM pragma_table_list WHERE type = 'shadow'");
    }
    close_connection(connection);
    return shadows;
}

static void test_virtual_tables(void **state)
{
    (void)state;
    assert_string_equal(shadow_tables("fts5", "a, b"), "5");
    assert_string_equal(shadow_tables("fts4", "a, b"), "5");
    assert_string_equal(shadow_tables("rtree", "id, a, b"), "3");
    shadow_tables("fts3", "a");
    shadow_tables("rtree_i32", "id, a, b");
    shadow_tables("geopoly", "a");
    must_exec(one, "CREATE TABLE docs_content (id INTEGER PRIMARY KEY, body)");
    must_exec(one, "CREATE VIRTUAL TABLE docs USING fts5(body, Content = docs_content , content_rowid='id')");
    struct catalog *catalog = read_of(one);
    assert_attribute(catalog, "virtual table docs", ATTRIBUTE_ARGUMENTS,
                     "[body | Content = docs_content | content_rowid='id']");
    assert_true(needs(catalog, "virtual table docs", "table docs_content"));
    assert_int_equal(count_of(catalog, SCHEMA_TABLE), 1);
}

static void test_left_out(void **state)
{
    (void)state;
    must_exec(one, "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b UNIQUE)");
    must_exec(one, "CREATE TABLE Dunlin_History (a, b UNIQUE)");
    must_exec(one, "CREATE INDEX h ON dunlin_history (a)");
    must_exec(one, "CREATE TRIGGER h AFTER INSERT ON dunlin_history BEGIN SELECT 1; END");
    must_exec(one, "CREATE TEMP TABLE gone (a)");
    must_exec(one, "CREATE TEMP TRIGGER gone_too AFTER INSERT ON main.t BEGIN SELECT 1; END");
    must_exec(one, "ATTACH ':memory:' AS other");
    must_exec(one, "CREATE TABLE other.elsewhere (a)");
    must_exec(one, "INSERT INTO t (b) VALUES (1), (2), (3)");
    must_exec(one, "ANALYZE");
    struct catalog *catalog = read_of(one);
    size_t count;
    catalog_objects(catalog, &count);
    assert_int_equal(count, 5); /* table, two columns, two keys */
    assert_int_equal(object_of(catalog, "table t")->rows, 3);
    assert_int_equal(object_of(catalog_of("CREATE TABLE t (a)"), "table t")->rows, -1);
    struct catalog_options options = {.history = "main.\"dunlin_history\""};
    assert_true(engine_sqlite.catalog->read(one, &options, temporary->arena, &catalog, temporary->error));
    catalog_objects(catalog, &count);
    assert_int_equal(count, 5);
}

/* What no reader can take apart is compared as a whole. */
static void test_text_that_is_not_understood(void **state)
{
    (void)state;
    must_exec(one, "CREATE TABLE t (a)");
    must_exec(one, "PRAGMA writable_schema = ON");
    must_exec(one, "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a INT SHINY(1,2,3))'");
    struct catalog *catalog = read_of(one);
    assert_attribute(catalog, "table t", ATTRIBUTE_DEFINITION, "CREATE TABLE t (a INT SHINY(1,2,3))");
    must_exec(one, "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a \"unclosed)'");
    assert_attribute(read_of(one), "table t", ATTRIBUTE_DEFINITION, "CREATE TABLE t (a \"unclosed)");
    must_exec(one, "UPDATE sqlite_master SET sql = ''");
    assert_attribute(read_of(one), "table t", ATTRIBUTE_DEFINITION, "");
}

static void test_leaves_the_session_alone(void **state)
{
    (void)state;
    must_exec(one, "BEGIN");
    must_exec(one, "CREATE TABLE t (a)");
    assert_int_equal(count_of(read_of(one), SCHEMA_TABLE), 1);
    assert_true(one->in_transaction);
    must_exec(one, "ROLLBACK");
    assert_int_equal(count_of(read_of(one), SCHEMA_TABLE), 0);
    assert_false(one->in_transaction);
    dun_connection *writer = must_open(temporary, temporary_url(temporary, "shared.db"));
    dun_connection *reader = must_open(temporary, temporary_url(temporary, "shared.db"));
    must_exec(writer, "CREATE TABLE t (a)");
    must_exec(writer, "BEGIN IMMEDIATE");
    must_exec(writer, "CREATE TABLE u (a)");
    assert_int_equal(count_of(read_of(reader), SCHEMA_TABLE), 1);
    must_exec(writer, "COMMIT");
    assert_int_equal(count_of(read_of(reader), SCHEMA_TABLE), 2);
    close_connection(writer);
    close_connection(reader);
}

static void test_not_a_schema(void **state)
{
    (void)state;
    must_exec(one, "PRAGMA writable_schema = ON");
    must_exec(
        one,
        "INSERT INTO sqlite_master VALUES ('table', 't', 't', 2, 'CREATE NOTHING'), "
        "('index', 'i', 't', 3, 'CREATE INDEX'), ('trigger', 'tr', 't', 0, 'CREATE TRIGGER'), "
        "('view', 'v', 'v', 0, 'CREATE VIEW v'), (NULL, NULL, NULL, NULL, 'x'), ('odd', 'o', 'o', 0, 'x')");
    struct catalog *catalog = read_of(one);
    assert_attribute(catalog, "table t", ATTRIBUTE_DEFINITION, "CREATE NOTHING");
    assert_attribute(catalog, "index table t.i", ATTRIBUTE_DEFINITION, "CREATE INDEX");
    assert_attribute(catalog, "trigger table t.tr", ATTRIBUTE_DEFINITION, "CREATE TRIGGER");
    assert_attribute(catalog, "view v", ATTRIBUTE_DEFINITION, "CREATE VIEW v");
    size_t count;
    const struct schema_unmodelled *left = catalog_unmodelled(catalog, &count);
    assert_int_equal(count, 1);
    assert_string_equal(left->what, "odd");
    assert_string_equal(left->name, "o");
}

static void make_tables(unsigned count)
{
    must_exec(one, "BEGIN");
    for (unsigned i = 0; i < count; ++i) {
        struct arena *arena = arena_new();
        must_exec(one, arena_printf(
                           arena,
                           "CREATE TABLE t%u (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c NUMERIC(10,2), d "
                           "DATE, e TEXT DEFAULT CURRENT_TIMESTAMP, f VARCHAR(20), g BIGINT, h BOOLEAN NOT "
                           "NULL DEFAULT 0, up INTEGER REFERENCES t%u)",
                           i, i ? i - 1 : 0));
        must_exec(one, arena_printf(arena, "CREATE INDEX t%u_a ON t%u (a)", i, i));
        must_exec(one, arena_printf(arena, "CREATE INDEX t%u_b ON t%u (b, c)", i, i));
        arena_free(arena);
    }
    must_exec(one, "COMMIT");
}

static void test_memory(void **state)
{
    (void)state;
    enum { TABLES = 200 };
    make_tables(TABLES);
    size_t before = arena_size(temporary->arena);
    read_of(one);
    assert_true((arena_size(temporary->arena) - before) / TABLES < 15000);
}

/* DUNLIN_TEST_TABLES=2000 tells how long the reading of so many takes. */
static void test_time(void **state)
{
    (void)state;
    const char *tables = getenv("DUNLIN_TEST_TABLES");
    if (!tables)
        skip();
    make_tables((unsigned)atoi(tables));
    for (int i = 0; i < 3; ++i) {
        struct rusage usage;
        int64_t begin = task_now();
        size_t before = arena_size(temporary->arena);
        read_of(one);
        getrusage(RUSAGE_SELF, &usage);
        print_message("%s tables: %lld ms, %zu bytes a table, peak %ld MB\n", tables,
                      (long long)(task_now() - begin),
                      (arena_size(temporary->arena) - before) / (size_t)atoi(tables), usage.ru_maxrss / 1024);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_one, close_one)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_columns),
        TEST(test_constraints),
        TEST(test_the_rest),
        TEST(test_same),
        TEST(test_different),
        TEST(test_parts_of_the_same_name),
        TEST(test_altered),
        TEST(test_dump_is_equal),
        TEST(test_virtual_tables),
        TEST(test_left_out),
        TEST(test_text_that_is_not_understood),
        TEST(test_leaves_the_session_alone),
        TEST(test_not_a_schema),
        TEST(test_memory),
        TEST(test_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
