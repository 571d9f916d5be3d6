# One query on every target: rows of all of them, in each format, and nothing written without --write.
. "$(dirname "$0")/lib.sh"

several()
{
    first=$URL
    sql "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(50))"
    sql "INSERT INTO items VALUES (1, 'a,\"b\"'), (2, NULL), (3, '')"
    first_name=$DATABASE
    fresh_database
    sql "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(50))"
    sql "INSERT INTO items VALUES (7, 'other')"
    printf 'environments:\n  many: { urls: [ "%s", "%s" ] }\n' "$first" "$URL" >dunlin.yaml

    run query 'SELECT id, name FROM items ORDER BY id;'
    expect_status 0
    expect_out_like '^target +id +name$'
    expect_out_like "$first_name.*  1 +a,\"b\"\$"
    expect_out_like "$first_name.*  2 +NULL\$"
    expect_out_like "$DATABASE.*  7 +other\$"
    expect_err_is ''
    run query --format csv 'SELECT id, name FROM items ORDER BY id'
    expect_status 0
    check 'a heading first' test "$(head -n 1 "$WORK/stdout")" = target,id,name
    expect_out ',1,"a,""b"""'
    expect_out_like ',2,$'
    expect_out_like ',3,""$'
    expect_out_like ',7,other$'
    run query --format json 'SELECT id, name FROM items ORDER BY id'
    expect_status 0
    expect_json 'length == 4 and (map(select(.name == null)) | length == 1)'
    expect_json 'map(select(.id == "7")) | .[0].name == "other" and (.[0].target | contains("'"$DATABASE"'"))'
    run query --format json 'SELECT id FROM items WHERE id > 100'
    expect_out_is '[]'

    # Writing is refused, whatever the words are, and nothing is changed.
    for statement in "INSERT INTO items VALUES (9, 'x')" 'CREATE TABLE more (id INTEGER)' 'DELETE FROM items'; do
        run query "$statement"
        expect_status 1
        expect_err 'a query may only read, unless --write is given'
    done
    run query 'SELECT 1; DELETE FROM items'
    expect_status 64
    expect_err 'a query is one statement, and not 2'
    expect_sql 'SELECT count(*) FROM items' 1
    run query --write "INSERT INTO items VALUES (9, 'x')"
    expect_status 0
    expect_sql 'SELECT count(*) FROM items' 2

    # One that fails does not keep the rows of the other.
    sql 'DROP TABLE items'
    run query 'SELECT id FROM items ORDER BY id'
    expect_status 1
    expect_out "$first_name"
    expect_err "$DATABASE"
    run query --format json 'SELECT id FROM items ORDER BY id'
    expect_status 1
    expect_json 'map(select(.error)) | length == 1 and .[0].error.code == 1'
    expect_json 'map(select(.id)) | length == 4'

    # Other columns are other rows, unless each says what they are.
    sql 'CREATE TABLE items (id INTEGER, price INTEGER)'
    sql 'INSERT INTO items VALUES (5, 50)'
    run query --format csv 'SELECT * FROM items'
    expect_status 1
    expect_err 'other columns here'
    run query --format json 'SELECT * FROM items'
    expect_status 0
    expect_json 'map(select(.price == "50")) | length == 1'
}
for_each_engine several

# Of one database there is no need to say which it is.
one()
{
    run query --url "$URL" 'SELECT 5 AS five, 6 AS six'
    expect_status 0
    expect_out_is 'five  six
5     6'
    run query --url "$URL" --format csv 'SELECT 5 AS five, 6 AS six'
    expect_out_is 'five,six
5,6'
    run query --url "$URL" --format json 'SELECT 5 AS five, 6 AS six'
    expect_json '. == [{"five": "5", "six": "6"}]'
    run query --url "$URL" 'SELEC 5'
    expect_status 1
    run query --url "$URL"
    expect_status 64
    run query --url "$URL" --format sarif 'SELECT 5'
    expect_status 64
}
for_each_engine one

# Rows that nobody gathers, and a reader that goes away.
many_rows()
{
    [ "$ENGINE" = postgresql ] || return 0
    run query --url "$URL" --format csv "SELECT i, repeat('x', 100) FROM generate_series(1, 300000) i"
    expect_status 0
    check 'all of them' test "$(wc -l <"$WORK/stdout")" -eq 300001
    "$DUNLIN" query --url "$URL" --format csv "SELECT generate_series(1, 100000000)" 2>"$WORK/stderr" | head -n 3 >"$WORK/stdout"
    expect_err_is ''
    check 'the first rows' test "$(wc -l <"$WORK/stdout")" -eq 3
    expect_sql "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 100000000)%' AND pid <> pg_backend_pid()" 0
    run query --url "$URL" --format json "SELECT E'\\u0001\\t\"\\\\é' AS odd"
    expect_json '.[0].odd == "\u0001\t\"\\é"'
}
for_each_engine many_rows

time_out()
{
    [ "$ENGINE" = postgresql ] || return 0
    run query --url "$URL" --timeout 1s 'SELECT pg_sleep(30)'
    expect_status 1
    expect_err 'timed out'
    start query --url "$URL" 'SELECT pg_sleep(30)'
    sleep 1
    send INT
    finish_run
    expect_status 130
}
for_each_engine time_out
