# Servers that are not there, refuse, or go away.
. "$(dirname "$0")/lib.sh"

# A port of this machine on which nobody listens.
free_port()
{
    for port in 59871 59872 59873 59874; do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo $port; return; }
    done
}

refused()
{
    migration 1_a 'SELECT 1;'
    [ "$ENGINE" != sqlite ] || return
    case $ENGINE in
    postgresql) tcp=$TEST_POSTGRESQL_TCP_URL ;;
    mysql) tcp=$TEST_MYSQL_TCP_URL ;;
    esac
    run up --url "$(echo "$tcp" | sed 's/@[^/]*/@127.0.0.1:1/')"
    expect_status 69
    run up --url "$(echo "$tcp" | sed 's/:s3cret[^@]*@/:s3cret-wrong@/')"
    expect_status 69
    expect_err 'dunlin_test'
    run up --url "$(echo "$tcp" | sed 's#\(@[^/]*\)/[^?]*#\1/no_such_database#')"
    expect_status 69
    expect_err 'no_such_database'
    run up --url "$(echo "$tcp" | sed 's/@[^/]*/@no.such.host.invalid/')"
    expect_status 69
    run up --url "$tcp?connect_timeout=soon"
    expect_status 65
    expect_err 'connect_timeout'
    expect_err 'number of seconds'
    run status --url "$(echo "$tcp" | sed 's#\(@[^/]*\)/[^?]*#\1/#' | sed "s#/\$#/$DATABASE#")" --echo
    refute_err 's3cret'
}
for_each_engine refused

# Refused at first, up within --wait.
waiting()
{
    [ "$ENGINE" != sqlite ] || return
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    socket=$WORK/late.sock
    folder=$WORK/late
    case $ENGINE in
    postgresql)
        mkdir -p "$folder"
        url="postgresql://postgres@/$DATABASE?host=$folder&port=5432"
        real=$(echo "$TEST_POSTGRESQL_URL" | sed 's/.*host=\([^&]*\).*/\1/; s/%2F/\//g')
        port=$(echo "$TEST_POSTGRESQL_URL" | sed 's/.*port=\([0-9]*\).*/\1/')
        (sleep 1; ln -s "$real/.s.PGSQL.$port" "$folder/.s.PGSQL.5432") &
        ;;
    mysql)
        url="mysql://root@localhost/$DATABASE?socket=$socket"
        (sleep 1; ln -s "$TEST_MYSQL_SOCKET" "$socket") &
        ;;
    esac
    run up --url "$url"
    expect_status 69
    run up --wait 20s --url "$url"
    expect_status 0
    wait
    expect_sql 'SELECT count(*) FROM a' 0
    rm -rf "$folder" "$socket"
}
for_each_engine waiting

sessions_of_dunlin()
{
    case $ENGINE in
    postgresql) sql "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '$DATABASE'" ;;
    mysql) sql "SELECT id FROM information_schema.processlist WHERE db = '$DATABASE' AND info LIKE '%slow_marker%' AND info NOT LIKE '%processlist%'" ;;
    esac
}

wait_for_session()
{
    for _ in $(seq 600); do
        session=$(sessions_of_dunlin | head -n 1)
        [ -z "$session" ] || return 0
        sleep 0.05
    done
    return 1
}

# The server goes away in the middle of a migration.
lost()
{
    [ "$ENGINE" != sqlite ] || return
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY);'
    case $ENGINE in
    postgresql) slow="SELECT pg_sleep(30)" ;;
    mysql) slow="SELECT SLEEP(30) AS slow_marker" ;;
    esac
    migration 2_slow "CREATE TABLE slow (id INTEGER PRIMARY KEY);
$slow;"
    start up --url "$URL"
    check 'the session is there' wait_for_session
    case $ENGINE in
    postgresql) sql "SELECT pg_terminate_backend($session)" >/dev/null ;;
    mysql) sql "KILL $session" ;;
    esac
    finish_run
    expect_status 69
    expect_err 'connection was lost'
    run status --url "$URL" --format json
    expect_status 0
    expect_json '.migrations[0].state == "applied"'
    expect_json '.migrations[1].state != "applied"'
    sed -i "s/^SELECT.*/SELECT 1;/" migrations/2_slow.up.sql
    if [ "$ENGINE" = mysql ]; then
        # The text that was run is not known any more, so whether it could be in doubt is not either.
        run up --url "$URL"
        expect_status 1
        expect_err 'the file has changed since'
        run migrate resume --again --url "$URL"
    else
        run up --url "$URL"
    fi
    expect_status 0
    expect_sql 'SELECT count(*) FROM slow' 0
}
for_each_engine lost
