# Starting a project: empty, from a database, from definitions; and never over one that is there.
. "$(dirname "$0")/lib.sh"

from_a_database()
{
    run -C "$ROOT/migrations/$ENGINE" inspect schema --url "$URL"
    expect_status 0
    sql "$(cat "$WORK/stdout")"

    mkdir shop
    run -C shop init --from "$URL"
    expect_status 0
    expect_out dunlin.yaml
    expect_out_like '^schema/tables/(sales[.])?customers.sql$'
    expect_out_like '^migrations/[0-9]{14}_baseline.up.sql$'
    expect_err 'dunlin migrate baseline'
    for file in $(cat "$WORK/stdout"); do
        check "$file is there" test -s "shop/$file"
    done
    check 'the password is not written' not grep -rq s3cret shop
    version=$(ls shop/migrations/*.up.sql | sed 's/.*\/\([0-9]*\)_.*/\1/')

    run -C shop diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
    run -C shop diff schema migrations --url "$URL" --exit-code
    expect_status 0
    run -C shop migrate baseline "$version" --url "$URL"
    expect_status 0
    run -C shop status --exit-code --url "$URL"
    expect_status 0

    fresh_database
    run -C shop up --url "$URL"
    expect_status 0
    run -C shop diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
    run -C shop down --all --url "$URL"
    expect_status 0
    run -C shop diff "$URL" empty --url "$URL" --exit-code
    expect_status 0
    drop_database

    cp -r shop before
    run -C shop init --from "$URL"
    expect_status 1
    expect_err 'there is a project already'
    run -C shop init
    expect_status 1
    check 'nothing has changed' diff -r shop before
}

# What a routine, trigger or event means depends on settings of the session that made it.
settings_of_programs()
{
    sql "CREATE TABLE t (a INT); SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT';
        CREATE FUNCTION f(a text) RETURNS text DETERMINISTIC RETURN \"a\" || 'x';
        CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = length(\"f\"('a') || 'y');
        SET time_zone = '+05:00';
        CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DO DELETE FROM t WHERE \"a\" = 1;"
    mkdir modes
    run -C modes init --from "$URL"
    expect_status 0
    run -C modes diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
}

from_a_database_that_is_gone()
{
    mkdir other
    run -C other init --from "sqlite:nowhere/a.db"
    expect_status 69
    check 'nothing was written' test -z "$(ls other)"
}

empty_project()
{
    mkdir empty
    run -C empty init
    expect_status 0
    expect_out_is dunlin.yaml
    check 'the folders are there' test -d empty/schema -a -d empty/migrations -a -d empty/seeds
    : >empty/a.db
    DATABASE_URL=sqlite:a.db run -C empty status
    expect_status 0
    run -C empty inspect schema --engine sqlite
    expect_status 0
    expect_out_is ''
}

over_something()
{
    mkdir -p some/schema
    echo 'CREATE TABLE a (id INTEGER);' >some/schema/a.sql
    run -C some init
    expect_status 1
    expect_err 'definitions already'
    check 'nothing was written' test "$(ls some)" = schema
    mkdir -p more/migrations
    echo 'CREATE TABLE a (id INTEGER);' >more/migrations/1_a.up.sql
    run -C more init
    expect_status 1
    expect_err 'migrations already'
    check 'nothing was written' test "$(ls more)" = migrations
}

# Tables whose names are no names of files, or the same one where case does not count.
names_of_files()
{
    cat >names.sql <<'END'
CREATE TABLE "a/b" (id INTEGER PRIMARY KEY);
CREATE TABLE ".hidden" (id INTEGER PRIMARY KEY);
CREATE TABLE "../up" (id INTEGER PRIMARY KEY);
CREATE TABLE "sp ace" (id INTEGER PRIMARY KEY);
END
    mkdir names
    run -C names init --from ../names.sql --engine sqlite
    expect_status 0
    check 'all in one folder' test "$(find names/schema/tables -type f | wc -l)" -eq 4
    check 'none outside of it' test ! -e names/up.sql -a ! -e names/schema/up.sql
    run -C names diff schema ../names.sql --engine sqlite --exit-code
    expect_status 0

    mkdir json
    run -C json init --from ../names.sql --engine sqlite --format json
    expect_status 0
    expect_json '(.files | length) == 7 and (.baseline | test("^[0-9]{14}$")) and .left_out == []'
}

# What can only be said when all is there is in the definitions, too.
said_at_the_end()
{
    [ "$ENGINE" = postgresql ] || return
    sql "CREATE TABLE a (id serial PRIMARY KEY, b integer NOT NULL);
        CREATE UNIQUE INDEX by_b ON a (b); ALTER TABLE a REPLICA IDENTITY USING INDEX by_b;
        CREATE TABLE p (id integer, c integer) PARTITION BY RANGE (id); CREATE INDEX p_c ON p (c);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TABLE q (id integer, c integer); CREATE INDEX own_name ON q (c);
        ALTER TABLE p ATTACH PARTITION q FOR VALUES FROM (1) TO (9); ALTER TABLE q DISABLE TRIGGER g;
        CREATE PUBLICATION $DATABASE FOR TABLE a"
    run init --from "$URL"
    expect_status 0
    run diff "$URL" schema --exit-code
    expect_status 0
    run migrate verify --url "$URL"
    expect_status 0
}

for_each_engine from_a_database
for_each_engine said_at_the_end
from_a_database_that_is_gone
empty_project
over_something
names_of_files
if has_engine mysql; then
    fresh_database mysql
    settings_of_programs
fi
