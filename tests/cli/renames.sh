# Renames that wait for each other, or go round: rows stay with what they are of, there and back.
. "$(dirname "$0")/lib.sh"

definitions()
{
    mkdir -p schema
    printf '%s\n' "$1" >schema/all.sql
}

before='CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER, d VARCHAR(9));
CREATE INDEX by_a ON t (a);
CREATE TABLE u (id INTEGER PRIMARY KEY, n INTEGER);
CREATE TABLE v (id INTEGER PRIMARY KEY, s VARCHAR(9));'

after='CREATE TABLE t (id INTEGER PRIMARY KEY,
    b INTEGER, -- dunlin: renamed from a
    e INTEGER, -- dunlin: renamed from b
    d INTEGER, -- dunlin: renamed from c
    c VARCHAR(9) -- dunlin: renamed from d
);
CREATE INDEX by_a ON t (b);
-- dunlin: renamed from u
CREATE TABLE v (id INTEGER PRIMARY KEY, n INTEGER);
-- dunlin: renamed from v
CREATE TABLE u (id INTEGER PRIMARY KEY, s VARCHAR(9));'

fill()
{
    sql "INSERT INTO t (id, a, b, c, d) VALUES (1, 10, 20, 30, 'forty')"
    sql 'INSERT INTO u VALUES (1, 50)'
    sql "INSERT INTO v VALUES (1, 'sixty')"
}

expect_before()
{
    expect_sql 'SELECT a, b, c, d FROM t' '10	20	30	forty'
    expect_sql 'SELECT n FROM u' 50
    expect_sql 'SELECT s FROM v' sixty
}

expect_after()
{
    expect_sql 'SELECT b, e, d, c FROM t' '10	20	30	forty'
    expect_sql 'SELECT n FROM v' 50
    expect_sql 'SELECT s FROM u' sixty
}

as_migrations()
{
    definitions "$before"
    run new first --url "$URL"
    run up --url "$URL"
    fill
    definitions "$after"
    run new exchange --url "$URL"
    expect_status 0
    refute 'nothing is dropped' grep -q -i 'hazard drop\|^DROP' migrations/*_exchange.*.sql
    run up --url "$URL"
    expect_status 0
    expect_after
    run new nothing --url "$URL"
    expect_err 'nothing to do'
    run down --url "$URL"
    expect_status 0
    expect_before
    run up --url "$URL"
    expect_status 0
    expect_after
    run migrate verify --url "$URL"
    expect_status 0
}
for_each_engine as_migrations

applied()
{
    definitions "$before"
    run apply --yes --url "$URL"
    fill
    cp -r schema old
    definitions "$after"
    run apply --yes --url "$URL"
    expect_status 0
    expect_after
    run apply --yes --url "$URL"
    expect_status 0
    expect_out 'nothing to do'
    run drift --url "$URL"
    expect_status 0
    run diff schema old --url "$URL" --format json
    expect_json '.proven and (.hazards | map(select(startswith("drop"))) == [])'
}
for_each_engine applied

# Nothing tells two columns of one type apart, so the user has to; in two steps it can be known.
unknowable()
{
    definitions 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER);'
    run apply --yes --url "$URL"
    migration 1_a "$(cat schema/all.sql)"
    sql 'INSERT INTO t VALUES (1, 10, 20)'
    definitions 'CREATE TABLE t (id INTEGER PRIMARY KEY,
    b INTEGER, -- dunlin: renamed from a
    a INTEGER -- dunlin: renamed from b
);'
    for command in 'apply --yes' drift "diff $URL schema" "diff schema $URL" 'new exchange'; do
        run $command --url "$URL"
        expect_status 65
        expect_err_like 'schema/all\.sql:[23]:'
        expect_err_like 'column (a and b|b and a) of t are said to exchange their names, and nothing tells'
        expect_err 'take these annotations out'
        expect_err 'in two steps'
    done
    run diff schema schema --url "$URL" --exit-code
    expect_status 0
    definitions 'CREATE TABLE t (id INTEGER PRIMARY KEY,
    meanwhile INTEGER, -- dunlin: renamed from a
    a INTEGER -- dunlin: renamed from b
);'
    run apply --yes --url "$URL"
    expect_status 0
    definitions 'CREATE TABLE t (id INTEGER PRIMARY KEY,
    b INTEGER, -- dunlin: renamed from meanwhile
    a INTEGER
);'
    run apply --yes --url "$URL"
    expect_status 0
    expect_sql 'SELECT a, b FROM t' '20	10'
}
for_each_engine unknowable
