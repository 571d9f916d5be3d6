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

# What comes behind all else in a plan is part of a definition, too.
from_a_database_with_afterthoughts()
{
    [ "$ENGINE" = postgresql ] || return 0
    sql 'CREATE TABLE first (id SERIAL PRIMARY KEY, code TEXT NOT NULL); CREATE UNIQUE INDEX by_code ON first (code);
        ALTER TABLE first REPLICA IDENTITY USING INDEX by_code'
    mkdir late
    run -C late init --from "$URL"
    expect_status 0
    run -C late drift schema --url "$URL"
    expect_status 0
    check 'the owner of the sequence' grep -q 'OWNED BY public.first.id' late/schema/sequences.sql
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

for_each_engine from_a_database
for_each_engine from_a_database_with_afterthoughts
from_a_database_that_is_gone
empty_project
over_something
names_of_files
