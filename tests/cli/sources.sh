# Every spelling of a source on every engine, in every order and from anywhere; and what is wrong with them, each with its place.
. "$(dirname "$0")/lib.sh"

# definition FILE TEXT
definition()
{
    mkdir -p "$(dirname "schema/$1")"
    printf '%s\n' "$2" >"schema/$1"
}

a_shop()
{
    definition orders.sql 'CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id)
);
CREATE INDEX orders_by_customer ON orders (customer_id);'
    definition people/customers.sql 'CREATE VIEW names AS SELECT name FROM customers;
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);'
}

# same A B: there is no difference between two sources, either way
same()
{
    run diff "$1" "$2" --url "$URL" --exit-code
    expect_status 0
    expect_out 'no difference'
    run diff "$2" "$1" --url "$URL" --exit-code
    expect_status 0
}

# differ A B [OPTION...]
differ()
{
    run diff "$@" --url "$URL" --exit-code
    expect_status 2
    expect_out 'proven'
}

all_spellings()
{
    a_shop
    run inspect schema --url "$URL" --format json
    expect_status 0
    cp "$WORK/stdout" shop.json
    run inspect schema --url "$URL"
    expect_status 0
    cp "$WORK/stdout" shop.sql
    mkdir migrations
    migration 1_shop "$(cat shop.sql)" 'DROP TABLE orders;'
    run up --url "$URL"
    expect_status 0

    for source in schema/ shop.json shop.sql migrations migrations@1 migrations:./migrations@1 "$URL"; do
        same schema "$source"
    done
    differ empty schema
    differ schema empty
    same empty empty

    migration 2_more 'CREATE TABLE more (id INTEGER PRIMARY KEY);'
    same schema migrations@1
    differ schema migrations
    differ migrations "$URL"

    printf 'environments:\n  live: { url: "%s" }\n  two: { urls: ["%s", "%s"] }\n' "$URL" "$URL" "$URL" >dunlin.yaml
    same schema env:live
    run diff schema env:two
    expect_status 64
    expect_err 'has 2 targets'
    run diff schema env:nothing --url "$URL"
    expect_status 64
}

revisions()
{
    command -v git >/dev/null || return 0
    a_shop
    git init -q .
    git -c user.name=lynn -c user.email=lynn@localhost add schema
    git -c user.name=lynn -c user.email=lynn@localhost commit -q -m shop
    same schema git:HEAD
    same schema git:HEAD:schema
    definition more.sql 'CREATE TABLE more (id INTEGER PRIMARY KEY);'
    differ git:HEAD schema
    run diff git:v1 schema --url "$URL"
    expect_status 65
    expect_err 'v1'
    run diff git:HEAD:nowhere schema --url "$URL"
    expect_status 65
    expect_err 'nowhere'
    mkdir sub
    mv schema sub/
    printf 'schema: schema\n' >sub/dunlin.yaml
    git -c user.name=lynn -c user.email=lynn@localhost add -A .
    git -c user.name=lynn -c user.email=lynn@localhost commit -q -m moved
    run -C sub diff git:HEAD schema --url "$URL" --exit-code
    expect_status 0
    run --config sub/dunlin.yaml diff git:HEAD sub/schema --url "$URL" --exit-code
    expect_status 0
    mkdir sub/db
    mv sub/schema sub/db/defs
    printf 'schema: db/defs\n' >sub/dunlin.yaml
    git -c user.name=lynn -c user.email=lynn@localhost add -A .
    git -c user.name=lynn -c user.email=lynn@localhost commit -q -m deeper
    run -C sub diff git:HEAD db/defs --url "$URL" --exit-code
    expect_status 0
    run --config sub/dunlin.yaml diff git:HEAD sub/db/defs --url "$URL" --exit-code
    expect_status 0
}

# wrong_definition WORDS PLACE: what is in schema/ is refused there
wrong_definition()
{
    run inspect schema --url "$URL"
    expect_status 65
    expect_err "$1"
    expect_err "$2"
    refute_err dunlin_scratch
    expect_out_is ''
}

wrong_definitions()
{
    a_shop
    definition z.sql 'CREATE TABLE broken (id INTEGER,, n INTEGER);'
    wrong_definition 'yntax' schema/z.sql:1
    definition z.sql '
CREATE TABLE lost (id INTEGER, CONSTRAINT k CHECK (nothing > 0));'
    wrong_definition nothing schema/z.sql:2
    definition z.sql 'CREATE VIEW v AS SELECT * FROM nowhere;'
    wrong_definition nowhere schema/z.sql:1
    definition z.sql "INSERT INTO customers VALUES (1, 'a');"
    wrong_definition 'INSERT is about rows' schema/z.sql:1:1
    expect_err 'seeds/NAME.sql'
    definition z.sql 'SELECT 1;'
    wrong_definition 'no definition' schema/z.sql:1:1
    definition z.sql 'CREATE TEMPORARY TABLE passing (id INTEGER);'
    wrong_definition 'temporary' schema/z.sql:1:1
    definition z.sql '-- a second one

CREATE TABLE customers (id INTEGER PRIMARY KEY);'
    run inspect schema --url "$URL"
    expect_status 65
    expect_err 'customers is also defined at schema/'
    check 'one place is the first definition' grep -q 'schema/people/customers.sql:2' "$WORK/stderr"
    check 'the other one is the second' grep -q 'schema/z.sql:3' "$WORK/stderr"
    definition z.sql 'CREATE TABLE a (
    id INTEGER PRIMARY KEY,
    n INTEGER -- dunlin: renamed
);'
    wrong_definition renamed schema/z.sql:3
    rm schema/z.sql
}

wrong_sources()
{
    a_shop
    for source in nowhere nowhere.sql nowhere.json migrations:nowhere; do
        run diff schema "$source" --url "$URL"
        expect_status 65
        expect_err nowhere
    done
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    migration 12_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);
CREATE TABEL c (id INTEGER PRIMARY KEY);'
    run inspect migrations@13 --url "$URL"
    expect_status 65
    expect_err 'no migration has the version 13'
    run inspect migrations@1 --url "$URL" --format json
    expect_status 0
    expect_json '[.objects[] | select(.kind == "table")] | length == 1'
    run inspect migrations --url "$URL"
    expect_status 65
    expect_err 'migrations/12_b.up.sql:2:'
    expect_err TABEL
    echo '{"dunlin": "snapshot"' >broken.json
    run diff broken.json schema --url "$URL"
    expect_status 65
    expect_err broken.json
    echo '{"dunlin": "snapshot", "format": 1, "engine": "other", "objects": []}' >other.json
    run diff other.json schema --url "$URL"
    expect_status 64
    expect_err other
    run diff schema
    expect_status 64
    expect_err 'wants FROM TO'
    run inspect flok:1 --url "$URL"
    expect_status 65
    run inspect schema --url "$URL" --engine oracle
    expect_status 64
    expect_err 'no engine "oracle"'
}

without_a_target()
{
    a_shop
    run inspect schema
    expect_status 64
    expect_err 'which engine'
    run inspect schema --engine sqlite
    expect_status 0
    run inspect schema --engine postgresql
    expect_status 64
    expect_err 'no server is known'
    run inspect
    expect_status 64
    run diff sqlite:a.db postgresql://u:s3cret@nowhere/a
    expect_status 64
    expect_err 'two engines'
}

# What definitions mean is kept, found again, and not believed when it is damaged or the server is another one.
cached()
{
    export XDG_CACHE_HOME="$PWD/cache"
    a_shop
    run inspect schema --url "$URL" --no-cache
    expect_status 0
    check 'nothing is kept' test ! -e cache
    run inspect schema --url "$URL"
    expect_status 0
    cp "$WORK/stdout" first
    check 'one file is kept' test "$(ls cache/dunlin | wc -l)" -eq 1
    kept=$(ls cache/dunlin/*)
    check 'for this user only' test "$(stat -c %a "$kept")" = 600
    run inspect schema --url "$URL" --echo
    expect_status 0
    refute_err 'CREATE TABLE'
    check 'the same is printed' cmp -s first "$WORK/stdout"
    run inspect schema --url "$URL" --echo --no-cache
    expect_err 'CREATE TABLE'

    printf x | dd of="$kept" bs=1 seek=60 conv=notrunc 2>/dev/null
    run inspect schema --url "$URL" --echo
    expect_status 0
    expect_err 'CREATE TABLE'
    check 'the same is printed' cmp -s first "$WORK/stdout"
    run inspect schema --url "$URL" --echo
    refute_err 'CREATE TABLE'
    definition more.sql 'CREATE TABLE more (id INTEGER PRIMARY KEY);'
    run inspect schema --url "$URL" --echo
    expect_err 'CREATE TABLE'
    echo file >not_a_folder
    XDG_CACHE_HOME="$PWD/not_a_folder" run inspect schema --url "$URL"
    expect_status 0
    unset XDG_CACHE_HOME
}

order_of_files()
{
    i=40
    while [ $i -gt 0 ]; do
        definition "$i.sql" "CREATE TABLE t$i (id INTEGER PRIMARY KEY$([ $i -lt 40 ] && echo ", n INTEGER REFERENCES t$((i + 1)) (id)"));
CREATE VIEW v$i AS SELECT * FROM $([ $i -lt 40 ] && echo v$((i + 1)) || echo t1);"
        i=$((i - 1))
    done
    run inspect schema --url "$URL" --format json
    expect_status 0
    expect_json '[.objects[] | select(.kind == "table" or .kind == "view")] | length == 80'
}

for_each_engine all_spellings
for_each_engine revisions
for_each_engine wrong_definitions
for_each_engine wrong_sources
for_each_engine cached
for_each_engine order_of_files
without_a_target
