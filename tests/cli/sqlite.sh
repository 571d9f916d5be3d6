# What only SQLite has: journals in another form, statements that roll back more than themselves, and one transaction for many
# migrations, with interruptions in between.
. "$(dirname "$0")/lib.sh"
DUNLIN_TEST_ENGINES=sqlite

other_form()
{
    migration 1_form 'CREATE TABLE a (id INTEGER PRIMARY KEY);
PRAGMA journal_mode=WAL;
INSERT INTO a VALUES (1);
PRAGMA journal_mode=DELETE;
PRAGMA page_size=8192;
VACUUM;
INSERT INTO a VALUES (2);'
    run up --url "$URL"
    expect_status 0
    refute_err 'another process'
    expect_sql 'SELECT count(*) FROM a' 2
    expect_sql 'PRAGMA page_size' 8192
}

rolls_back_all()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    migration 2_b 'INSERT INTO a VALUES (1);'
    migration 3_c 'INSERT OR ROLLBACK INTO a VALUES (1);'
    run up --url "$URL"
    expect_status 1
    expect_err 'nothing of migration 3 c was applied; 2 migrations before it were rolled back with it'
    expect_sql "SELECT count(*) FROM sqlite_schema WHERE name = 'a'" 0
    run up 2 --url "$URL"
    expect_status 0
    run up --url "$URL"
    expect_status 1
    refute_err 'before it'
    expect_sql 'SELECT count(*) FROM a' 1
}

# Whenever it is interrupted: every statement runs once, and none is in doubt.
interrupted_between()
{
    mkdir migrations
    {
        echo '-- dunlin: no-transaction'
        i=0
        while [ $i -lt 200 ]; do
            i=$((i + 1))
            echo "INSERT INTO a VALUES ($i);"
        done
    } >migrations/1_apart.up.sql
    sql 'CREATE TABLE a (i INTEGER)'
    for pause in 0.01 0.013 0.017 0.02 0.025 0.03 0.04 0.05 0.07; do
        start up --url "$URL"
        sleep $pause
        send INT 2>/dev/null
        finish_run
        check 'it was interrupted, or had ended' test "$status" -eq 130 -o "$status" -eq 0
        run status --url "$URL" --format json
        expect_json '.in_doubt == null'
    done
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*), count(DISTINCT i) FROM a' '200	200'
}

# A folder that is there is not to be made.
no_folder()
{
    : >migrations
    run status --url "$URL"
    expect_status 65
    expect_err 'Not a directory'
    refute_err 'migrate new'
    rm migrations
    run status --url "$URL"
    expect_status 65
    expect_err 'migrate new'
}

# A parameter in a file is a mistake in the file, not in how dunlin was called.
parameters()
{
    for value in '?' :name '$$'; do
        migration 1_a "CREATE TABLE a (id INTEGER); INSERT INTO a VALUES ($value);"
        run up --url "$URL"
        expect_status 65
        expect_err 'error: migrations/1_a.up.sql:1:'
        expect_err 'a text stands between single quotes'
    done
}

# A database that is not there is looked at as an empty one; only who writes makes it.
for_each_engine no_folder
for_each_engine other_form
for_each_engine rolls_back_all
for_each_engine parameters
for_each_engine interrupted_between
