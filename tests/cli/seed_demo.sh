#!/bin/sh
# dunlin seed --demo: rows for every table of the demo project, the same for the same seed, and named where they are refused.
. "$(dirname "$0")/lib.sh"

tables_of_project()
{
    prefix=
    [ "$ENGINE" = postgresql ] && prefix=sales.
    for table in categories products suppliers product_suppliers price_history customers addresses orders order_items payments; do
        echo "$prefix$table"
    done
}

# Constraints hold, for the database has looked at each of them.
project()
{
    run up -q -C "$ROOT/migrations/$ENGINE" --url "$URL"
    run seed --demo 300 -C "$ROOT/migrations/$ENGINE" --url "$URL"
    expect_status 0
    expect_out '10 of 10 tables loaded: 3000 inserted'
    for table in $(tables_of_project); do
        expect_sql "SELECT COUNT(*) >= 300 FROM $table" "$([ "$ENGINE" = postgresql ] && echo t || echo 1)"
    done
}

repeated()
{
    sql 'CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL UNIQUE, email VARCHAR(90), boss_id INTEGER,
        born DATE, FOREIGN KEY (boss_id) REFERENCES people (id))'
    sql 'CREATE TABLE pairs (one INTEGER NOT NULL, other INTEGER NOT NULL, size INTEGER CHECK (size BETWEEN 3 AND 5), PRIMARY KEY (one, other),
        FOREIGN KEY (one) REFERENCES people (id), FOREIGN KEY (other) REFERENCES people (id))'
    run seed --demo people=200,pairs=5x\ people --format csv --output one --url "$URL"
    expect_status 0
    run seed --demo people=200,pairs=5x\ people --format csv --output two --url "$URL"
    check 'the same seed gives the same rows' cmp one/people.csv two/people.csv
    run seed --demo people=200,pairs=5x\ people --seed 7 --format csv --output three --url "$URL"
    refute 'another seed gives other rows' cmp -s one/people.csv three/people.csv
    sql 'ALTER TABLE people ADD COLUMN city VARCHAR(40)'
    run seed --demo people=200 --format csv --output four --url "$URL"
    cut -d, -f1-5 four/people.csv >four/columns
    check 'a column more changes no other' cmp one/people.csv four/columns
    sql 'ALTER TABLE people DROP COLUMN city'

    run seed --demo people=200,pairs=5x\ people --url "$URL"
    expect_status 0
    expect_out 'pairs   1000 inserted'
    run seed --demo people=200,pairs=5x\ people --url "$URL"
    expect_status 0
    expect_sql 'SELECT COUNT(*) FROM pairs' 2000
    expect_sql 'SELECT COUNT(*) FROM people' 400
    expect_sql 'SELECT COUNT(*) FROM pairs WHERE size < 3 OR size > 5' 0
}

refused()
{
    sql 'CREATE TABLE odd (a INTEGER NOT NULL, b INTEGER NOT NULL, CONSTRAINT sums CHECK (a * b + a = -1))'
    run seed --demo 10 --url "$URL"
    expect_status 1
    expect_err 'sums was not understood'
    expect_err 'nothing was loaded'
    expect_sql 'SELECT COUNT(*) FROM odd' 0
    run seed --demo evn=10 --url "$URL"
    expect_status 64
    expect_err 'there is no table evn'
    run seed --demo many --url "$URL"
    expect_status 64
    run seed --demo odd=5,odd=6 --url "$URL"
    expect_status 64
    expect_err '"odd=6" is the second number of rows for'
    # What the config says of columns: of those that there are, and to be understood.
    said() # SETTINGS PLACE MESSAGE
    {
        printf 'demo:\n  %s\n' "$1" >dunlin.yaml
        run seed --demo many=10 --url "$URL" --format csv
        expect_status 65
        expect_err "error: dunlin.yaml:$2: $3"
    }
    sql 'CREATE TABLE many (id INTEGER PRIMARY KEY, word VARCHAR(20) NOT NULL, n INTEGER NOT NULL)'
    said 'many.wrod: { values: [a] }' 2:24 'demo: no table has a column many.wrod'
    expect_err 'did you mean "word"?'
    said 'mnay.word: { values: [a] }' 2:24 'demo: no table has a column mnay.word'
    expect_err 'did you mean the table "many"?'
    said 'many.n: { min: 9, max: 7 }' 2:26 'max is less than min: 9 to 7'
    said 'many.n: { min: low }' 2:18 '"min" is a number or a date'
    printf 'demo:\n  many.word: { values: [ "a,b", "c\\\\d", " e", f ] }\n' >dunlin.yaml
    run seed --demo many=200 --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(DISTINCT word) FROM many' 4
    expect_sql "SELECT count(*) > 0 FROM many WHERE word = 'a,b'" "$([ "$ENGINE" = postgresql ] && echo t || echo 1)"
    expect_sql "SELECT count(*) > 0 FROM many WHERE word = ' e'" "$([ "$ENGINE" = postgresql ] && echo t || echo 1)"
    rm dunlin.yaml
    run seed --demo many=10 --locale de --url "$URL" --format csv
    expect_status 0
    refute_out ' -'
    run seed --demo 10 --locale xx --url "$URL"
    expect_status 64
    expect_err 'de, en, fr'
}

for_each_engine project
for_each_engine repeated
for_each_engine refused

# Values of enum and set are written with escapes.
escaped_values()
{
    sql "CREATE TABLE t (id INT PRIMARY KEY, e ENUM('a\\\\\\\\b', 'c''d', 'e\\\\nf') NOT NULL, s SET('g\\\\\\\\h', 'i''j') NOT NULL)"
    run seed --url "$URL" --demo 100
    expect_status 0
    expect_sql 'SELECT count(DISTINCT e), count(DISTINCT s) > 2 FROM t' '3	1'
}

if has_engine mysql; then
    ENGINE=mysql
    fresh_database mysql
    escaped_values
fi
