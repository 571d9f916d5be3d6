# Two runs at once: the second waits, names who holds the lock, and gives up in time.
. "$(dirname "$0")/lib.sh"

slow_statement()
{
    case $ENGINE in
    sqlite) echo "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n;" ;;
    postgresql) echo "SELECT pg_sleep(60);" ;;
    mysql) echo "SELECT SLEEP(60);" ;;
    esac
}

# Until the first run is in its slow statement. To try the lock would be to take it, were the first one slow to start.
wait_for_lock()
{
    for _ in $(seq 200); do
        case $ENGINE in
        sqlite) sqlite3 "${URL#sqlite:}" 'BEGIN IMMEDIATE' 2>/dev/null || return 0 ;;
        postgresql) test "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = '$DATABASE' AND query LIKE 'SELECT pg_sleep(%'")" = 0 || return 0 ;;
        mysql) test "$(sql "SELECT count(*) FROM information_schema.processlist WHERE db = '$DATABASE' AND info LIKE 'SELECT SLEEP(%'")" = 0 || return 0 ;;
        esac
        sleep 0.05
    done
    return 1
}

second_run()
{
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY);'
    run up --url "$URL"
    migration 2_slow "CREATE TABLE slow (id INTEGER PRIMARY KEY);
$(slow_statement)"
    "$DUNLIN" up --url "$URL" </dev/null >first.out 2>first.err &
    first=$!
    check 'the first holds the lock' wait_for_lock
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
    migration 1_slow "$(slow_statement | sed 's/60/2/')"
    "$DUNLIN" up --url "$URL" </dev/null >first.out 2>first.err &
    first=$!
    check 'the first holds the lock' wait_for_lock
    run up --url "$URL" --lock-timeout 30s
    expect_status 0
    wait $first
    check 'the first has succeeded' test $? -eq 0
    expect_sql 'SELECT count(*) FROM dunlin_history' 1
}
for_each_engine patience

ctrl_c()
{
    migration 1_slow "CREATE TABLE slow (id INTEGER PRIMARY KEY);
$(slow_statement)"
    start up --url "$URL"
    sleep 1
    send INT
    finish_run
    expect_status 130
    if [ "$ENGINE" = mysql ]; then
        expect_err 'statement 1 is applied'
        expect_sql "SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(60)%'" 0
    else
        expect_err 'nothing of migration 1 slow was applied'
        refute 'rolled back' try_sql 'SELECT 1 FROM slow' 2>/dev/null
    fi
    if [ "$ENGINE" = postgresql ]; then
        expect_sql "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'" 0
    fi
    run up --url "$URL" --dry-run
    expect_status 0
}
for_each_engine ctrl_c
