# Drift of several targets: those that drifted alike are told of once.
. "$(dirname "$0")/lib.sh"

# has_lines COUNT TEXT: so often on standard output
has_lines()
{
    test "$(grep -c -F -e "$2" "$WORK/stdout")" -eq "$1"
}

orders_in_each()
{
    mkdir schema
    echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20));' >schema/orders.sql
    for URL in $URLS; do
        DATABASE=$(echo "$URL" | sed 's/?.*//; s/.*\///; s/\.db$//')
        sql "CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20)$1)"
    done
}

alike()
{
    more_databases 4
    environment "$(as_yaml $URLS)"
    orders_in_each ', late INTEGER'
    run drift --color never
    expect_status 2
    expect_out_like '^drifted +4$'
    expect_out '4 targets are not what they should be by schema: 1 difference'
    check 'the difference once' has_lines 1 'extra  column'
    check 'the SQL once' has_lines 1 'DROP COLUMN'
    check 'a line at first and one in the list for each' has_lines 8 "$(printf '%.30s' "t_$TEST_NAME")_$$_"
    refute_out 'stands in its place'
    run drift --format markdown
    expect_status 2
    check 'one title' has_lines 1 '###'
    expect_out '### :x: 4 targets are not what they should be'
    check 'the SQL once' has_lines 1 'DROP COLUMN'
    check 'all of their names' test "$(grep -c '^- ' "$WORK/stdout")" -eq 4
    run drift --format json
    expect_json 'length == 4 and all(.differences | length == 1) and all(.fix | contains("DROP COLUMN"))'

    # The last one is another case, and said as when it were alone.
    sql 'DROP TABLE orders'
    run drift
    expect_status 2
    expect_out '3 targets are not what they should be by schema: 1 difference'
    expect_out_like "$DATABASE.* is not what it should be by schema: 1 difference"
    expect_out_like '^missing  table'
    check 'two cases' has_lines 2 '(--fix)'
    run drift --format markdown
    check 'two titles' has_lines 2 '### :x:'
    expect_out '### :x: 3 targets'

    # One that is as it should be is in the table only.
    sql 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20))'
    run drift
    expect_out_like '^done +1$'
    check 'one case' has_lines 1 '(--fix)'
    run drift --format markdown
    expect_out_like '^### :white_check_mark: .* is what it should be$'
}
for_each_engine alike

# The SQL of one tenant names its schema, and is yet the SQL of all.
tenants_alike()
{
    [ "$ENGINE" = postgresql ] || return 0
    for i in $(seq 12) ' B-1' ' B-2'; do
        echo "CREATE SCHEMA \"t$i\"; CREATE TABLE \"t$i\".orders (id INTEGER PRIMARY KEY, late INTEGER); CREATE VIEW \"t$i\".v AS SELECT id FROM \"t$i\".orders;"
    done >tenants.sql
    psql_quietly -d "$URL" -f tenants.sql
    mkdir schema
    echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY);' >schema/orders.sql
    environment "url: \"$URL\", schemas: \"t*\""
    run drift
    expect_status 2
    expect_out '14 targets are not what they should be by schema: 2 differences'
    expect_out_like '^shown for the schema t.*; in the others their own stands in its place$'
    check 'the SQL once' has_lines 1 'DROP COLUMN'
    run drift --format markdown
    expect_out '<details><summary>their names</summary>'
    check 'the SQL once' has_lines 1 'DROP COLUMN'
    sql 'DROP VIEW t1.v; CREATE VIEW t1.v AS SELECT o.id FROM t11.orders o'
    run drift
    expect_out '13 targets are not what they should be'
    expect_out_like 'search_path=t1 is not what it should be'
}
for_each_engine tenants_alike
