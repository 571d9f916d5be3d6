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
    run drift --format github
    expect_status 2
    check 'one annotation for the difference, one for the targets' has_lines 2 '::'
    expect_out_like '^::error .*title=drift::column (public\.)?orders.late is in the database only \(4 targets\)$'
    expect_out_like "^::error title=drift::4 targets: 1 difference(%0A$ENGINE:.*){4}\$"
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
        echo "CREATE SCHEMA \"t$i\"; CREATE TYPE \"t$i\".mood AS ENUM ('low'); CREATE TABLE \"t$i\".orders (id INTEGER PRIMARY KEY, late \"t$i\".mood DEFAULT 'low'); CREATE VIEW \"t$i\".v AS SELECT id FROM \"t$i\".orders;"
    done >tenants.sql
    psql_quietly -d "$URL" -f tenants.sql
    mkdir schema
    echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY);' >schema/orders.sql
    environment "url: \"$URL\", schemas: \"t*\""
    run drift
    expect_status 2
    expect_out '14 targets are not what they should be by schema: 3 differences'
    expect_out_like '^shown for the schema t.*; in the others their own stands in its place$'
    check 'the SQL once' has_lines 1 'DROP COLUMN'
    run drift --format markdown
    expect_out '<details><summary>their names</summary>'
    check 'the SQL once' has_lines 1 'DROP COLUMN'
    sql 'DROP VIEW t1.v; CREATE VIEW t1.v AS SELECT o.id FROM t11.orders o'
    run drift
    expect_out '13 targets are not what they should be'
    expect_out_like 'search_path=t1 is not what it should be'
    run drift --format github
    expect_out_like '^::error .*t[^:]*\.orders\.late is in the database only \(13 targets; shown for the schema t.*\)$'
    check 'one of itself' has_lines 1 't1.orders.late is in the database only (postgresql'
}
for_each_engine tenants_alike

# One is as it should be, one has drifted, one cannot be reached, one is not begun: each form tells of all four.
mixed()
{
    more_databases 3
    down=postgresql://u@127.0.0.1:1/nowhere
    orders_in_each ''
    set -- $URLS
    equal=$1 drifted=$2 skipped=$3
    environment "$(as_yaml "$equal" "$drifted" "$down" "$skipped")"
    URL=$drifted
    DATABASE=$(echo "$URL" | sed 's/?.*//; s/.*\///; s/\.db$//')
    sql 'ALTER TABLE orders ADD COLUMN late INTEGER'
    early='--fail-fast --concurrency 1'
    run drift $early
    expect_status 69
    expect_out_like '^done +1$'
    expect_out_like '^drifted +1$'
    expect_out_like '^failed +1$'
    expect_out_like '^skipped +1$'
    expect_out_like '^failed +postgresql://u@127.0.0.1:1/nowhere'
    expect_err 'postgresql://u@127.0.0.1:1/nowhere:'
    expect_out_like '^skipped .* not begun: another target failed$'
    check 'the details of the one that drifted' has_lines 1 '(--fix)'

    run drift $early --format json
    expect_status 69
    expect_json 'length == 4 and (map(has("equal")) == [true, true, false, false])'
    expect_json '.[0].equal and (.[1].equal | not) and .[2].error.code == 69 and (.[2].target | contains("nowhere"))'
    expect_json '.[3] | .error == null and (.skipped | contains("another target failed"))'

    run drift $early --format junit
    expect_status 69
    check 'JUnit XML is valid' is_junit
    check 'a suite each' has_lines 4 '<testsuite '
    expect_out '<testsuite name="postgresql://u@127.0.0.1:1/nowhere" tests="1" failures="0" errors="1">'
    expect_out_like '<error type="failed" message=".*127.0.0.1'
    expect_out 'tests="1" failures="0" errors="0" skipped="1">'
    expect_out '<skipped message="not begun: another target failed"/>'
    check 'one failed test' has_lines 1 '<failure '

    run drift $early --format sarif
    expect_status 69
    check 'SARIF is valid' is_sarif
    expect_json '.runs | map(.invocations[0].executionSuccessful) == [true, true, false, false]'
    expect_json '.runs | map(.results | length) == [0, 1, 0, 0]'
    expect_json '.runs[2] | .automationDetails.id == "postgresql://u@127.0.0.1:1/nowhere" and (.invocations[0].toolExecutionNotifications[0] | .level == "error" and (.message.text | contains("127.0.0.1")))'
    expect_json '.runs[3].invocations[0].toolExecutionNotifications == [{"level": "warning", "message": {"text": "not begun: another target failed"}}]'

    GITHUB_STEP_SUMMARY=$PWD/summary.md
    export GITHUB_STEP_SUMMARY
    run drift $early --format github
    unset GITHUB_STEP_SUMMARY
    expect_status 69
    check 'one is well' has_lines 1 '::notice title=drift::'
    check 'its difference, its sum, and the one that failed' has_lines 3 '::error '
    expect_out '::error title=drift::postgresql://u@127.0.0.1:1/nowhere: '
    check 'one was left out' has_lines 1 ': not begun: another target failed'
    expect_out_like '^::warning title=drift::'
    check 'the summary has them, too' test "$(grep -c '^### ' summary.md)" -eq 4

    run drift $early --format markdown
    expect_status 69
    check 'in the summary as here' cmp -s summary.md "$WORK/stdout"
    check 'a title each' has_lines 4 '### '
    expect_out_like '^### :warning: postgresql.* could not be looked at$'
    expect_out_like '^### :warning: .* was not looked at$'
    expect_out_like '^### :white_check_mark: '
    expect_out_like '^### :x: '

    # Drift is less bad than no connection, and worse than nothing; what is wrong in the files is worse than both.
    environment "$(as_yaml "$equal" "$drifted" "$skipped")"
    for format in text json junit sarif github markdown; do
        run drift --format $format
        expect_status 2
    done
    environment "$(as_yaml "$equal" "$skipped")"
    for format in text json junit sarif github markdown; do
        run drift --format $format
        expect_status 0
    done
    echo 'CREATE TABLE (' >schema/broken.sql
    environment "$(as_yaml "$equal" "$down" "$skipped")"
    for format in text json junit sarif github markdown; do
        run drift --format $format
        expect_status 65
    done
    expect_out '### :warning: 2 targets could not be looked at'
    run drift --format github
    check 'at its place' has_lines 1 '::error file=schema/broken.sql,line=1,title=drift::2 targets: '
}
for_each_engine mixed
