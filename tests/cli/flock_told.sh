# What several targets have to tell alike is told once: plans, warnings, errors, those that were not begun.
. "$(dirname "$0")/lib.sh"

# has_lines COUNT TEXT [FILE]: so often on standard output, or another one
has_lines()
{
    test "$(grep -c -F -e "$2" "$WORK/${3:-stdout}")" -eq "$1"
}

# use URL: for sql
use()
{
    URL=$1
    DATABASE=$(echo "$URL" | sed 's/?.*//; s/.*\///; s/\.db$//')
}

items_in_schema()
{
    mkdir -p schema
    echo 'CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(20));' >schema/items.sql
}

plans()
{
    more_databases 4
    items_in_schema
    environment "$(as_yaml $URLS)"
    sql 'CREATE TABLE items (id INTEGER PRIMARY KEY)'
    run apply --dry-run
    expect_status 0
    expect_err_is ''
    check 'the name of each' has_lines 4 '-- target: '
    check 'the plan of three, once' has_lines 1 'CREATE TABLE '
    check 'that of the last' has_lines 1 'ADD COLUMN'
    check 'proven, both' has_lines 2 'proven on a scratch copy'
    refute_out 'their own names'

    # Without anybody to ask, the plans are the answer.
    run apply
    expect_status 2
    expect_err 'nothing was run: there is no terminal to ask on; --yes runs the plans'
    check 'both plans' has_lines 2 'proven on a scratch copy'
    expect_sql 'SELECT count(*) FROM items' 0
    run apply --format json
    expect_status 2
    expect_json 'length == 4 and all(.applied == false and (.plan.statements | length > 0) and .warnings == [])'

    run apply --yes -v
    expect_status 0
    expect_out_like '^done +4$'
    check 'what was done to three, once' has_lines 1 'CREATE TABLE '
    expect_err_like '^[0-9]+ statements, [0-9]+ round trips, [0-9]+ ms$'
    run apply --yes
    expect_status 0
    refute_out '-- target: '
    run apply
    expect_status 0
    check 'once for all' has_lines 1 '-- nothing to do'
    check 'the name of each' has_lines 4 '-- target: '
}
for_each_engine plans

# An unused pattern is a matter of all; columns in another order, of one.
warnings()
{
    more_databases 3
    items_in_schema
    environment "$(as_yaml $URLS)"
    echo 'ignore: [ "nothing_*" ]' >>dunlin.yaml
    for command in 'apply --dry-run' 'apply --yes' 'apply --dry-run --format json' drift; do
        run $command
        expect_status 0
        check 'once, and of all' has_lines 1 'matches nothing' stderr
        refute_err 'of 3 targets'
    done
    run apply --yes --format json
    expect_json 'length == 3 and all(.warnings | length == 1 and (.[0].file | endswith("dunlin.yaml:3")) and (.[0].message | contains("nothing_*")))'
    run apply --yes -q
    expect_err_is ''
    sql 'DROP TABLE items; CREATE TABLE items (name VARCHAR(20), id INTEGER PRIMARY KEY)'
    run drift
    expect_status 0
    expect_err 'columns stand in another order'
    expect_err_like "^  on 1 of 3 targets: .*$DATABASE"
}
for_each_engine warnings

failures()
{
    more_databases 4
    items_in_schema
    two_migrations
    environment "$(as_yaml $URLS)"
    rows='(0)'
    for url in $URLS; do
        use "$url"
        sql "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(20), late INTEGER); INSERT INTO items (id) VALUES $rows"
        rows="$rows, ($(echo "$rows" | wc -w))"
    done

    # Each loses other rows, and for the same reason.
    run apply --yes
    expect_status 1
    expect_out_like '^failed +4$'
    check 'the error once' has_lines 1 'the plan loses data' stderr
    check 'and who has the same' has_lines 1 '3 more targets failed as ' stderr
    check 'in the plan, too, once' has_lines 1 '-- not done: the plan loses data'
    run apply --yes --allow drop-column
    expect_status 0
    expect_out_like '^done +4$'

    # So do rows stand against a plan, some here and some there.
    sed 's/(20)/(20) NOT NULL/' schema/items.sql >items.sql
    mv items.sql schema/items.sql
    run apply --yes
    expect_status 1
    check 'the error once' has_lines 1 'rows stand against the plan:' stderr
    check 'and who has the same' has_lines 1 '3 more targets failed as ' stderr
    check 'in the plan, too, once' has_lines 1 '-- not done: rows stand against the plan'

    # The server tells the database, or not.
    run query 'SELECT nothing FROM nowhere'
    expect_status 1
    check 'once' has_lines 1 'error: ' stderr
    check 'and for the others' has_lines 1 '3 more targets failed as ' stderr
    run up --to 9
    expect_status 64
    check 'once' has_lines 1 'no migration has version 9' stderr
    refute_out '0 pending'
    run up --to 9 --format json
    expect_json 'length == 4 and all(.error.message | contains("no migration has version 9"))'
    mkdir seeds
    printf 'id\n1\n' >seeds/things.csv
    run seed
    expect_status 65
    check 'once' has_lines 1 'there is no table things' stderr

    # Those with another reason have their own.
    sql 'CREATE TABLE things (id INTEGER PRIMARY KEY, needed INTEGER NOT NULL)'
    run seed
    check 'both' has_lines 2 'error: ' stderr
    check 'the rest of the first ones' has_lines 1 '2 more targets failed as ' stderr
}
for_each_engine failures

not_begun()
{
    more_databases 3
    items_in_schema
    two_migrations
    environment "$(as_yaml postgresql://u@127.0.0.1:1/nowhere $URLS)"
    early='--fail-fast --concurrency 1'
    for command in 'apply --dry-run' 'up --dry-run' 'query SELECT(1)'; do
        run $command $early
        expect_status 69
        expect_out_is ''
        check 'why, once' has_lines 1 '3 targets were not begun: another target failed' stderr
        check 'and which' has_lines 3 "$(printf '%.30s' "t_$TEST_NAME")_$$_" stderr
    done
    run query 'SELECT 1' $early --format json
    expect_status 69
    expect_json 'length == 4 and (map(.skipped) == [null, "not begun: another target failed", "not begun: another target failed", "not begun: another target failed"])'
    run query 'SELECT 1' --canary 1 --format csv
    expect_err '3 targets were not begun: a canary failed'

    # That the first cannot be reached keeps no other from being done; what is wrong in the files is told once.
    run apply --yes
    expect_status 69
    expect_out_like '^done +3$'
    expect_out_like '^failed +1$'
    echo 'CREATE TABLE (' >schema/broken.sql
    environment "$(as_yaml $URLS)"
    run apply --yes
    expect_status 65
    check 'once' has_lines 1 'schema/broken.sql:1' stderr
}
for_each_engine not_begun

scripts()
{
    more_databases 3
    two_migrations
    environment "$(as_yaml $URLS), protected: true"
    run up --dry-run
    expect_status 0
    check 'the name of each' has_lines 3 '-- target: '
    check 'the SQL once' has_lines 1 'CREATE TABLE first'
    [ "$ENGINE" != mysql ] || expect_out '-- for the others, their own names stand in place of those of mysql:'
    run up
    expect_status 64
    run up --yes -v
    expect_status 0
    expect_err_like '^[0-9]+ statements, [0-9]+ round trips, [0-9]+ ms$'
    run down --yes -q
    run up --dry-run
    check 'what is left, once' has_lines 1 'CREATE TABLE second'
    run up --yes
    run up --dry-run
    check 'once' has_lines 1 '-- nothing to do'

    # A dry run of apply needs no yes; without one, nothing is run.
    items_in_schema
    run apply --dry-run --allow all
    expect_status 0
    expect_out 'proven on a scratch copy'
    run apply --allow all
    expect_status 2
}
for_each_engine scripts

# Each tenant's plan names its schema, and is yet the plan of all.
tenants()
{
    [ "$ENGINE" = postgresql ] || return 0
    items_in_schema
    for i in 1 2 ' B-1'; do
        echo "CREATE SCHEMA \"t$i\"; CREATE TABLE \"t$i\".items (id INTEGER PRIMARY KEY, late INTEGER); INSERT INTO \"t$i\".items SELECT n FROM generate_series(1, length('$i')) AS n;"
    done >tenants.sql
    psql_quietly -d "$URL" -f tenants.sql
    environment "url: \"$URL\", schemas: \"t*\""
    run apply --dry-run --allow drop-column
    expect_status 0
    check 'once' has_lines 1 'DROP COLUMN'
    expect_out '-- for the others, their own names stand in place of those of '
    expect_out '-- numbers of rows are those of '
    run apply --yes --allow drop-column
    expect_status 0
    run drift
    expect_status 0
}
for_each_engine tenants

# The line of a target says what is not as it should be, and a warning does not come between an error and who has it too.
statuses()
{
    more_databases 2
    two_migrations
    environment "$(as_yaml $URLS)"
    run up -q
    echo 'notes' >migrations/notes.txt
    echo '-- changed' >>migrations/1_first.up.sql
    run status --exit-code
    expect_status 2
    expect_out_like '^pending +.* 2 applied, 0 pending, 1 changed  [0-9]+ ms$'
    check 'once' has_lines 1 'notes.txt: not named like a migration' stderr
    run status --url "$URL"
    expect_out_like '^2 applied, 0 pending, 1 changed$'
    migration 3_third 'CREATE TABLE third (id INTEGER);'
    run up
    expect_status 65
    check 'who has it, too, before the warning' test "$(grep -n -e more -e notes.txt "$WORK/stderr" | cut -d: -f2 | cut -c1-6 | tr '\n' ' ')" = '1 more warnin '
    rm migrations/1_first.up.sql
    migration 0_early 'CREATE TABLE early (id INTEGER);'
    run status
    expect_out_like '^pending +.* 2 applied, 2 pending, 1 missing, 1 out of order  [0-9]+ ms$'
}
for_each_engine statuses
