# A table of SQLite that is made anew by a migration, as plans write it: nothing that refers to its rows is lost, and whatever
# happens, it is done and recorded once.
. "$(dirname "$0")/lib.sh"
DUNLIN_TEST_ENGINES=sqlite

# schema COLUMNS: the definitions, in which p has these columns.
schema()
{
    cat <<SQL
CREATE TABLE p ($1);
CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE);
CREATE TABLE log (n INTEGER);
CREATE INDEX names ON p (name);
CREATE TRIGGER gone AFTER DELETE ON p BEGIN INSERT INTO log VALUES (old.id); END;
CREATE VIEW v AS SELECT name FROM p;
SQL
}

# rebuild FROM TO: the plan between the definitions.
rebuild()
{
    "$DUNLIN" diff "$1" "$2" --engine sqlite --no-cache --format sql
}

# ROWS in the parent, one in ten with a child.
project()
{
    schema 'id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT' >before.sql
    schema 'id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL' >after.sql
    migration 1_tables "$(cat before.sql)" 'DROP VIEW v; DROP TABLE c; DROP TABLE p; DROP TABLE log;'
    run up 1 --url "$KEYS"
    expect_status 0
    sql "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO p SELECT i, 'name ' || i FROM n;
         INSERT INTO c SELECT id, id FROM p WHERE id % 10 = 0;
         INSERT INTO p VALUES (5000000, 'gone'); DELETE FROM p WHERE id = 5000000; DELETE FROM log"
    migration 2_rebuild "$(rebuild before.sql after.sql)" "$(rebuild after.sql before.sql)"
    check 'the plan rebuilds the table' grep -q dunlin_new_p migrations/2_rebuild.up.sql
}

expect_all_rows()
{
    expect_sql 'SELECT count(*) FROM p' "$1"
    expect_sql 'SELECT count(*) FROM c' "$(($1 / 10))"
    expect_sql 'SELECT count(*) FROM log' 0
    expect_sql 'SELECT count(*) FROM pragma_foreign_key_check' 0
    expect_sql "SELECT seq FROM sqlite_sequence WHERE name = 'p'" 5000000
    expect_sql "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name)" \
        'c,dunlin_history,gone,log,names,p,v'
}

# With foreign keys switched on by the URL, dropping the old table would take the rows of c along.
up_and_down()
{
    KEYS="$URL?foreign_keys=on"
    project 100
    run up --url "$KEYS"
    expect_status 0
    expect_all_rows 100
    expect_sql "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT, name TEXT NOT NULL%'" 1
    run down --url "$KEYS"
    expect_status 0
    expect_all_rows 100
    expect_sql "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT, name TEXT NOT NULL%'" 0
    run up --url "$KEYS"
    expect_status 0
    run down --all --url "$KEYS"
    expect_status 0
    expect_sql "SELECT group_concat(version || direction || state) FROM (SELECT * FROM dunlin_history ORDER BY id)" \
        '1updone,2updone,2downdone,2updone,2downdone,1downdone'
}

# In one transaction with others: the ones before it are kept when it fails.
fails_and_leaves_all()
{
    KEYS="$URL?foreign_keys=on"
    project 100
    sql 'UPDATE p SET name = NULL WHERE id = 7'
    run up --url "$KEYS"
    expect_status 1
    expect_err 'NOT NULL constraint failed'
    expect_all_rows 100
    sql "UPDATE p SET name = 'x' WHERE id = 7"
    run up --url "$KEYS"
    expect_status 0
    expect_all_rows 100
    expect_sql "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT, name TEXT NOT NULL%'" 1
}

# Killed at any time, it is taken up again, and happens once.
killed()
{
    KEYS="$URL?foreign_keys=on"
    project 20000
    run up --url "$KEYS"
    expect_status 0
    for pause in 0.002 0.004 0.006 0.008 0.01 0.015 0.02 0.03 0.04 0.06; do
        for direction in 'down --to 1' up; do
            # shellcheck disable=SC2086
            start $direction --url "$KEYS"
            sleep $pause
            send KILL 2>/dev/null
            finish_run
            run status --url "$KEYS" --format json
            expect_json '.in_doubt == null'
            # shellcheck disable=SC2086
            run $direction --url "$KEYS"
            expect_status 0
            expect_all_rows 20000
        done
    done
    expect_sql "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT, name TEXT NOT NULL%'" 1
    expect_sql "SELECT count(*) FROM (SELECT direction, lag(direction) OVER (ORDER BY id) AS last
        FROM dunlin_history WHERE version = '2' AND state = 'done') WHERE direction = last" 0
}

# What people wrote in a definition can be read in the database, comments and all, however it came there.
keeps_the_text()
{
    mkdir schema
    cat >schema/t.sql <<'SQL'
CREATE TABLE p ( -- people
    id integer primary key, /* a number */
    name text check (p.name <> '') -- not empty
);
CREATE INDEX names ON p (name -- and nothing else
);
SQL
    run apply --yes --url "$URL"
    expect_status 0
    sql "INSERT INTO p VALUES (1, 'one')"
    cat >schema/t.sql <<'SQL'
CREATE TABLE people ( -- dunlin: renamed from p
    -- they all have a name
    id integer primary key, /* a number */
    "full name" varchar(20) check (id > 0 and"people"."full name" > ''), -- dunlin: renamed from name
    boss integer references people -- or nobody
);
CREATE INDEX names ON people ("full name" -- and nothing else
);
SQL
    run apply --yes --url "$URL"
    expect_status 0
    expect_sql 'SELECT id || "full name" FROM people' 1one
    run apply --yes --url "$URL"
    expect_out 'nothing to do'
    run inspect --url "$URL" --format sql
    expect_out_is 'CREATE TABLE "people" (
    -- they all have a name
    id integer primary key, /* a number */
    "full name" varchar(20) check (id > 0 and "full name" > '"''"'),
    boss integer references people -- or nobody
);
CREATE INDEX names ON people ("full name" -- and nothing else
);'
}

# What is ignored is in the table all the same.
ignores_and_loses_nothing()
{
    [ "$ENGINE" = sqlite ] || return
    mkdir -p schema
    echo 'ignore: [ "column t.secret", "trigger *.watch" ]' >dunlin.yaml
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL); CREATE TABLE u (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);' >schema/t.sql
    sql "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, secret TEXT); INSERT INTO t VALUES (1, 2, 'kept')"
    sql 'CREATE TABLE u (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)'
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'table t has to be made anew, and would lose its column secret, which is ignored'
    expect_sql 'SELECT secret FROM t' kept
    { echo '-- dunlin: renamed from t'; sed 's/CREATE TABLE t /CREATE TABLE s /; s/; CREATE/;\nCREATE/' schema/t.sql; } >schema/s.sql
    mv schema/t.sql t.sql
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'table s has to be made anew, and would lose its column secret, which is ignored'
    expect_sql 'SELECT secret FROM t' kept
    mv t.sql schema/t.sql
    rm schema/s.sql
    run drift --url "$URL" --format json
    expect_json '.ignored == 1'
    sql 'DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)'
    sql 'CREATE TRIGGER watch AFTER INSERT ON t BEGIN DELETE FROM u; END'
    run apply --yes --url "$URL"
    expect_err 'would lose its trigger watch'
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, more TEXT); CREATE TABLE u (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);' >schema/t.sql
    run apply --yes --url "$URL"
    expect_status 0
    expect_sql "SELECT count(*) FROM sqlite_schema WHERE name = 'watch'" 1
    rm -rf schema dunlin.yaml
}

# SQLite reads all triggers when it renames, also those that the plan has nothing to do with.
renames_beside_what_is_broken()
{
    [ "$ENGINE" = sqlite ] || return
    mkdir schema
    printf '%s\n' '-- dunlin: renamed from t' 'CREATE TABLE s (id INTEGER PRIMARY KEY);' 'CREATE TABLE u (id INTEGER PRIMARY KEY);' \
        'CREATE TRIGGER r AFTER UPDATE OF id ON u BEGIN DELETE FROM gone; END;' >schema/s.sql
    sql 'CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (id INTEGER PRIMARY KEY)'
    sql 'CREATE TRIGGER r AFTER UPDATE OF id ON u BEGIN DELETE FROM gone; END'
    run diff "$URL" schema
    expect_status 1
    expect_err 'could not be tried: rename table t to s: error in trigger r: no such table: main.gone'
    rm -rf schema
}

for_each_engine renames_beside_what_is_broken
for_each_engine ignores_and_loses_nothing
for_each_engine up_and_down
for_each_engine keeps_the_text
for_each_engine fails_and_leaves_all
for_each_engine killed
