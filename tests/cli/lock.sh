# Two runs at once: the second waits, names who holds the lock, and gives up in time.
. "$(dirname "$0")/lib.sh"

second_run()
{
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY);'
    run up --url "$URL"
    migration 2_slow "CREATE TABLE slow (id INTEGER PRIMARY KEY);
$(slow_statement 60)"
    "$DUNLIN" up --url "$URL" </dev/null >first.out 2>first.err &
    first=$!
    check 'the first holds the lock' wait_for_slow_statement
    run up --url "$URL" --lock-timeout 300ms
    expect_status 75
    case $ENGINE in
    mysql) expect_err "of root@localhost" ;; # MariaDB knows the program only with performance_schema
    *) expect_err "$first" ;;
    esac
    expect_err 'another run holds the lock'
    run down --url "$URL" --lock-timeout 0 --format json
    expect_status 75
    expect_json '.error.code == 75'
    run status --url "$URL"
    expect_status 0

    # And Ctrl-C ends the first within its statement, leaving nothing behind.
    kill -TERM $first
    wait $first
    check 'SIGTERM ends it with 130' test $? -eq 130
    check 'it says so' grep -q interrupted first.err
    echo 'SELECT 1;' >migrations/2_slow.up.sql
    if [ "$ENGINE" = mysql ]; then
        printf 'CREATE TABLE slow (id INTEGER PRIMARY KEY);\nSELECT 1;\n' >migrations/2_slow.up.sql
    fi
    run up --url "$URL" --lock-timeout 2s
    expect_status 0
    expect_sql 'SELECT version, state FROM dunlin_history ORDER BY id' '1	done
2	done'
}
for_each_engine second_run

# A run that waits long enough gets its turn.
patience()
{
    [ "$ENGINE" != sqlite ] || return
    migration 1_slow "$(slow_statement 2)"
    "$DUNLIN" up --url "$URL" </dev/null >first.out 2>first.err &
    first=$!
    check 'the first holds the lock' wait_for_slow_statement
    run up --url "$URL" --lock-timeout 30s
    expect_status 0
    wait $first
    check 'the first has succeeded' test $? -eq 0
    expect_sql 'SELECT count(*) FROM dunlin_history' 1
}
for_each_engine patience

# Who is interrupted while it waits for the other has done nothing, and says so.
impatience()
{
    migration 1_slow "CREATE TABLE slow (id INTEGER PRIMARY KEY);
$(slow_statement 60)"
    "$DUNLIN" up --url "$URL" </dev/null >first.out 2>first.err &
    first=$!
    check 'the first holds the lock' wait_for_slow_statement
    start up --url "$URL" --lock-timeout 60s
    check 'the second waits' wait_for_err 'waiting for the lock'
    send INT
    finish_run
    expect_status 130
    expect_err 'state: nothing was run'
    kill -TERM $first
    wait $first
}
for_each_engine impatience

ctrl_c()
{
    migration 1_slow "CREATE TABLE slow (id INTEGER PRIMARY KEY);
$(slow_statement 60)"
    start up --url "$URL"
    check 'it is in its statement' wait_for_slow_statement
    send INT
    finish_run
    expect_status 130
    if [ "$ENGINE" = mysql ]; then
        expect_err 'statement 1 is applied'
        expect_sql "SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'SELECT 1 FROM DUAL WHERE SLEEP(60)%'" 0
    else
        # On SQLite only the lock is seen, which is there before the statement.
        expect_err_like 'nothing of migration 1 slow was applied|nothing was run'
        refute 'rolled back' try_sql 'SELECT 1 FROM slow' 2>/dev/null
    fi
    if [ "$ENGINE" = postgresql ]; then
        expect_sql "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'" 0
    fi
    run up --url "$URL" --dry-run
    expect_status 0
}
for_each_engine ctrl_c
