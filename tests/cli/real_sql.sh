# SQL as people have it: dumps of the plain clients as migrations, settings that must not leak from one migration into the next,
# and statements that need to be outside a transaction.
demo=$(cd "$(dirname "$0")/../../migrations" && pwd)
. "$(dirname "$0")/lib.sh"

dump()
{
    case $ENGINE in
    sqlite) sqlite3 "${URL#sqlite:}" .dump ;;
    postgresql) "$TEST_POSTGRESQL_BIN/pg_dump" --no-owner -d "$URL" --exclude-table=dunlin_history ;;
    mysql) mariadb-dump --no-defaults --skip-ssl -u root -S "$TEST_MYSQL_SOCKET" --routines --triggers --skip-dump-date --no-autocommit \
        --ignore-table="$DATABASE.dunlin_history" "$DATABASE" ;;
    esac
}

# What a dump says of the content, whatever the run: no random tokens, no name of the database.
content()
{
    dump | sed -e '/^\\\(un\)\{0,1\}restrict/d' -e "s/$DATABASE/DATABASE/g" -e '/dunlin_history/d' -e '/sandbox/d'
}

dumps()
{
    cp -R "$demo/$ENGINE/." .
    run up --url "$URL"
    expect_status 0
    content >../first.dump
    check 'there is a dump' grep -q '^CREATE TABLE' ../first.dump
    dump | sed -e '/dunlin_history/d' >../migration
    first=$URL
    fresh_database
    rm -rf migrations dunlin.yaml
    mkdir migrations
    mv ../migration migrations/1_dump.up.sql
    run up --url "$URL"
    expect_status 0
    content >../second.dump
    check 'the dump of the result is the dump' cmp ../first.dump ../second.dump || diff ../first.dump ../second.dump | head -20
    run up --url "$URL"
    expect_status 0
    run status --exit-code --url "$URL"
    expect_status 0
}
for_each_engine dumps

# Dumps of MariaDB say where a sequence stands even where they have no rows.
dumped_sequence()
{
    [ "$ENGINE" = mysql ] && try_sql 'CREATE SEQUENCE s; SELECT NEXTVAL(s); CREATE TABLE t (id integer)' >../sequence 2>&1 || return
    mkdir schema
    mariadb-dump --no-defaults --skip-ssl -u root -S "$TEST_MYSQL_SOCKET" --no-data "$DATABASE" >schema/dump.sql
    check 'the dump moves the sequence' grep -qi 'setval' schema/dump.sql
    run drift --url "$URL"
    expect_status 0
}
for_each_engine dumped_sequence

# An index whose build failed stays, invalid, and is in the way.
invalid_index()
{
    [ "$ENGINE" = postgresql ] || return
    migration 1_a 'CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1); CREATE UNIQUE INDEX CONCURRENTLY b ON a (id);'
    run up --url "$URL"
    expect_status 1
    expect_err 'DROP INDEX it'
    sql 'DELETE FROM a'
    run up --url "$URL"
    expect_status 1
    expect_err '42P07'
    expect_err 'DROP INDEX it'
    sql 'DROP INDEX b'
    run up --url "$URL"
    expect_status 0
    migration 2_b 'CREATE INDEX CONCURRENTLY c ON a (nix);'
    run up --url "$URL"
    refute_err 'DROP INDEX it'
}
for_each_engine invalid_index

settings()
{
    migration 3_last 'CREATE TABLE third (id INTEGER PRIMARY KEY);'
    case $ENGINE in
    postgresql)
        migration 1_settings "SELECT pg_catalog.set_config('search_path', '', false);
SET statement_timeout = 1234;
CREATE TABLE public.first (id INTEGER PRIMARY KEY);"
        migration 2_settings "CREATE TABLE second AS SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout;"
        expected='"$user", public	0'
        ;;
    mysql)
        migration 1_settings "SET foreign_key_checks = 0, sql_mode = 'ANSI_QUOTES';
USE mysql;
CREATE TABLE $DATABASE.first (id INTEGER PRIMARY KEY);"
        migration 2_settings "CREATE TABLE second AS SELECT DATABASE() AS path, @@foreign_key_checks AS timeout;"
        expected="$DATABASE	1"
        ;;
    sqlite)
        migration 1_settings "PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
CREATE TABLE first (id INTEGER PRIMARY KEY);"
        migration 2_settings "CREATE TABLE second AS SELECT f.foreign_keys AS path, r.recursive_triggers AS timeout FROM pragma_foreign_keys f, pragma_recursive_triggers r;"
        expected='0	0'
        ;;
    esac
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT path, timeout FROM second' "$expected"
    expect_sql 'SELECT version FROM dunlin_history ORDER BY id' '1
2
3'
}
for_each_engine settings

# The rebuild of a table as SQLite's documentation has it: the foreign keys of others must not cascade.
rebuild()
{
    [ "$ENGINE" = sqlite ] || return
    migration 1_tables 'CREATE TABLE parent (id INTEGER PRIMARY KEY, old TEXT);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent ON DELETE CASCADE);
INSERT INTO parent VALUES (1, '\''x'\'');
INSERT INTO child VALUES (1, 1);'
    migration 2_rebuild 'PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE parent_new (id INTEGER PRIMARY KEY, new TEXT);
INSERT INTO parent_new SELECT id, old FROM parent;
DROP TABLE parent;
ALTER TABLE parent_new RENAME TO parent;
COMMIT;
PRAGMA foreign_keys = ON;'
    run up --url "$URL?foreign_keys=on"
    expect_status 0
    expect_sql 'SELECT count(*) FROM child' 1
    expect_sql 'SELECT new FROM parent' x
    expect_sql 'SELECT statements, done, state FROM dunlin_history WHERE version = 2' '8	8	done'
}
for_each_engine rebuild

outside_transactions()
{
    migration 1_table 'CREATE TABLE things (id INTEGER PRIMARY KEY, name VARCHAR(20));
INSERT INTO things VALUES (1, '\''a'\'');'
    case $ENGINE in
    postgresql) statement='CREATE INDEX CONCURRENTLY things_name ON things (name)' ;;
    sqlite) statement='VACUUM' ;;
    mysql) statement='OPTIMIZE TABLE things' ;;
    esac
    migration 2_apart "INSERT INTO things VALUES (2, 'b');
$statement;
INSERT INTO things VALUES (3, 'c');" 'DELETE FROM things WHERE id > 1;'
    migration 3_fails "INSERT INTO things VALUES (4, 'd');
$statement;
INSERT INTO things VALUES (1, 'twice');"
    [ "$ENGINE" != postgresql ] || sed -i 's/things_name/things_name_2/' migrations/3_fails.up.sql
    run up --url "$URL"
    expect_status 1
    expect_err '3_fails.up.sql:3:'
    expect_err 'statement 3 of 3'
    expect_err 'its statements 1 to 2 are applied and stay'
    expect_sql 'SELECT count(*) FROM things' 4
    expect_sql 'SELECT state, done FROM dunlin_history WHERE version = '\''3'\''' 'failed	2'
    sed -i "s/(1, 'twice')/(5, 'e')/" migrations/3_fails.up.sql
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM things' 5
}
for_each_engine outside_transactions

copy_data()
{
    [ "$ENGINE" = postgresql ] || return
    migration 1_copy 'CREATE TABLE copied (id integer, text text);
COPY copied (id, text) FROM stdin;
1	a;b
2	\N
3	c\td
\.
INSERT INTO copied VALUES (4, '\''$$'\'');'
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*), count(text) FROM copied' '4	3'
    migration 2_copy 'COPY copied FROM stdin;
5	fine
six	wrong
\.'
    run up --url "$URL"
    expect_status 1
    expect_err '2_copy.up.sql:1:1'
    expect_sql 'SELECT count(*) FROM copied' 4
}
for_each_engine copy_data
