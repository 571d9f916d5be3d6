# migrate new: the next migration is written from the difference between the migrations and the definitions.
. "$(dirname "$0")/lib.sh"

definitions()
{
    mkdir -p schema
    printf '%s\n' "$1" >schema/all.sql
}

count_files()
{
    find migrations -name '*.sql' 2>/dev/null | wc -l | tr -d ' '
}

# From nothing, then a change, there and back on a database with rows.
there_and_back()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20));
CREATE VIEW v AS SELECT id, note FROM a;'
    run new first --url "$URL"
    expect_status 0
    expect_out_like '^migrations/[0-9]+_first\.up\.sql$'
    expect_out_like '^migrations/[0-9]+_first\.down\.sql$'
    run up --url "$URL"
    expect_status 0
    sql "INSERT INTO a VALUES (1, 'one')"
    run new again --url "$URL"
    expect_status 0
    expect_out_is ''
    expect_err 'nothing to do'
    check 'nothing was written' test "$(count_files)" = 2

    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20), more INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER, FOREIGN KEY (a) REFERENCES a (id));
CREATE VIEW v AS SELECT id, more, note FROM a;'
    run migrate new 'the second' --format json --url "$URL"
    expect_status 0
    expect_json '(.file | endswith("_the_second.up.sql")) and (.down_file | endswith("_the_second.down.sql"))'
    check 'hazards are comments' grep -q -e '-- hazard drop-table' migrations/*_the_second.down.sql
    run up --url "$URL"
    expect_status 0
    sql 'INSERT INTO b VALUES (1, 1)'
    run diff schema "$URL" --exit-code --url "$URL"
    expect_status 0
    run down --url "$URL"
    expect_status 0
    expect_sql 'SELECT * FROM v' '1	one'
    run diff migrations schema --url "$URL" --exit-code
    expect_status 0
    run migrate verify --url "$URL"
    expect_status 0
}
for_each_engine there_and_back

# Renames are made, not guessed; both ways.
renames()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY, old_name VARCHAR(20));'
    run up --url "$URL"
    sql "INSERT INTO a VALUES (1, 'kept')"
    definitions 'CREATE TABLE a (
    id INTEGER PRIMARY KEY,
    new_name VARCHAR(20) -- dunlin: renamed from old_name
);'
    run new rename --url "$URL"
    expect_status 0
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT new_name FROM a' kept
    run down --url "$URL"
    expect_status 0
    expect_sql 'SELECT old_name FROM a' kept
}
for_each_engine renames

bad_input()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    run new 'a/b' --url "$URL"
    expect_status 64
    definitions 'CREATE TABEL a (id INTEGER);'
    run new broken --url "$URL"
    expect_status 65
    expect_err 'schema/all.sql:1:'
    rm -r schema
    run new broken --url "$URL"
    expect_status 65
    expect_err schema
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    migration 1_broken 'CREATE TABEL a (id INTEGER);'
    run new more --url "$URL"
    expect_status 65
    expect_err '1_broken.up.sql:1:'
    check 'nothing was written' test "$(count_files)" = 1
}
for_each_engine bad_input

# What a scratch place has of rows says nothing of the tables that the migration will meet.
rows_of_nobody()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER);'
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    run new less --url "$URL"
    expect_status 0
    check 'the hazard is named' grep -q 'hazard drop-column' migrations/*_less.up.sql
    refute 'rows are not' grep -q 'gone (' migrations/*_less.up.sql
    run diff migrations empty --url "$URL"
    expect_out 'hazard drop-table'
    refute_out ' rows)'
}
for_each_engine rows_of_nobody

# Without any database, where the engine needs none.
definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
run new first
expect_status 64
expect_err 'engine'
run new first --engine sqlite
expect_status 0

# A value of an enum that is used in the same migration has to be committed first.
new_value()
{
    [ "$ENGINE" = postgresql ] || return
    migration 1_a "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE a (id INTEGER PRIMARY KEY, mood mood DEFAULT 'sad');"
    run up --url "$URL"
    definitions "CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE a (id INTEGER PRIMARY KEY, mood mood DEFAULT 'glad');"
    run new glad --url "$URL"
    expect_status 0
    run up --url "$URL"
    expect_status 0
    run diff schema "$URL" --exit-code --url "$URL"
    expect_status 0
    run down --url "$URL"
    expect_status 0
}
for_each_engine new_value
