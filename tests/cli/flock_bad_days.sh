# Days on which some targets of a flock are bad, or somebody ends it in the middle.
. "$(dirname "$0")/lib.sh"

# A port on which the server never answers: $hanging_port; $silent is the process to be killed.
start_hanging_port()
{
    proxy=$(dirname "$DUNLIN")/../tests/bench/delay_proxy
    "$proxy" --listen 0 --to "$1" --delay 60000 >proxy.out 2>/dev/null &
    silent=$!
    for _ in $(seq 50); do
        [ ! -s proxy.out ] || break
        sleep 0.1
    done
    hanging_port=$(tr -dc 0-9 <proxy.out)
}

# Another run that holds the lock of $URL, with other migrations; $holder is its process.
start_other_run()
{
    mkdir other
    cp migrations/1_first.up.sql other/
    slow_statement 30 >other/2_slow.up.sql
    echo 'migrations: other' >other.yaml
    "$DUNLIN" up --config other.yaml --url "$URL" </dev/null >other.out 2>&1 &
    holder=$!
    check 'the other run holds the lock' wait_for_slow_statement
}

# One cannot be reached, one refuses the password, one never answers, one waits for a transaction of somebody else, one
# for another run: the others are done, in little more than the time that was allowed.
bad_company()
{
    [ "$ENGINE" != sqlite ] || return 0
    two_migrations
    case $ENGINE in
    postgresql) tcp=$TEST_POSTGRESQL_TCP_URL ;;
    mysql) tcp=$TEST_MYSQL_TCP_URL ;;
    esac
    address=${tcp##*@}
    address=${address%%/*}
    start_hanging_port "$address"
    more_databases 3
    good=$URLS
    fresh_database
    locked=$URL
    start_other_run
    fresh_database
    stuck=$URL
    run up 1 --url "$stuck"
    echo 'ALTER TABLE first ADD COLUMN a INTEGER;' >>migrations/2_second.up.sql
    block_table first
    down="$ENGINE://somebody@127.0.0.1:1/nowhere"
    wrong="$ENGINE://dunlin_test:s3cret-wrong@$address/dunlin_test"
    hanging="$ENGINE://dunlin_test:s3cret-p%40ss@127.0.0.1:$hanging_port/dunlin_test"
    environment "$(as_yaml $good "$down" "$wrong" "$hanging" "$locked" "$stuck"), concurrency: 3"
    begin=$(date +%s)
    run up --timeout 3s --lock-timeout 1s
    end=$(date +%s)
    unblock_table
    expect_status 1
    check 'nobody is held up' test $((end - begin)) -le 15
    expect_out_like '^done +3$'
    expect_out_like '^failed +5$'
    expect_out_like "^failed +$ENGINE://somebody@127.0.0.1:1/nowhere"
    expect_err_like 'password authentication failed|Access denied'
    expect_err_like 'did not answer within|no answer in time'
    expect_err 'another run holds the lock'
    expect_err 'timed out'
    refute_err 'correct the rest'
    expect_err 'the target was given up after 3.0 s (--timeout)'
    run up --format json --timeout 3s --lock-timeout 1s
    expect_json 'map(select(.error) | .error.code) | sort == [69, 69, 69, 75]'
    expect_json 'map(select(.planned == 0)) | length == 3'
    expect_json 'map(select(.remaining == 0 and .error == null)) | length == 4'
    kill "$silent" "$holder"
    wait "$silent" "$holder"
}
for_each_engine bad_company

# Files: none of that name in a folder that is not there, a folder, something else, one that somebody writes to.
bad_files()
{
    [ "$ENGINE" = sqlite ] || return 0
    two_migrations
    more_databases 2
    mkdir folder.db
    yes garbage | head -c 4096 >garbage.db
    sqlite3 locked.db 'CREATE TABLE t (id INTEGER)'
    mkfifo writer
    sqlite3 locked.db <writer &
    exec 7>writer
    echo 'BEGIN EXCLUSIVE;' >&7
    sleep 0.3
    environment "$(as_yaml $URLS sqlite:none/a.db sqlite:folder.db sqlite:garbage.db sqlite:locked.db)"
    run up --lock-timeout 300ms --format json
    exec 7>&-
    wait
    expect_status 69
    expect_json 'map(.error.code // 0) == [0, 0, 69, 69, 69, 75]'
    refute 'no folder is made' test -e none
    run up
    expect_status 69
    expect_out_like '^done +3$'
    expect_out_like '^failed +3$'
    expect_err 'the folder none does not exist'
    expect_err 'it is a folder'
    expect_err 'it is not an SQLite database'
}
for_each_engine bad_files

remove_role()
{
    if [ "$ENGINE" = mysql ]; then
        sql "DROP USER $role@localhost"
        return
    fi
    for url in $URLS; do
        psql_quietly -d "$(echo "$url" | sed "s#//$role@#//postgres@#")" -c "DROP OWNED BY $role"
    done
    sql "DROP ROLE $role"
}

# More targets at once than the server has connections for: they wait for each other.
full_server()
{
    [ "$ENGINE" != sqlite ] || return 0
    two_migrations
    more_databases 12
    case $ENGINE in
    postgresql)
        role="few_$$"
        sql "CREATE ROLE $role LOGIN CONNECTION LIMIT 2" >/dev/null
        for url in $URLS; do
            psql_quietly -d "$url" -c "GRANT CREATE ON SCHEMA public TO $role"
        done
        URLS=$(echo "$URLS" | sed "s#//postgres@#//$role@#g")
        ;;
    mysql)
        role="few_$$"
        sql "CREATE USER $role@localhost WITH MAX_USER_CONNECTIONS 2"
        sql "GRANT ALL ON *.* TO $role@localhost"
        URLS=$(echo "$URLS" | sed "s#//root@#//$role@#g")
        ;;
    esac
    environment "$(as_yaml $URLS), concurrency: 12"
    run up
    expect_status 0
    expect_out_like '^done +12$'
    refute_err 'connections'

    # Nobody goes within the time: what to do is said.
    case $ENGINE in
    postgresql) sql "ALTER ROLE $role CONNECTION LIMIT 0" ;;
    mysql)
        sql "ALTER USER $role@localhost WITH MAX_USER_CONNECTIONS 1"
        sleep 3 | mariadb --no-defaults --skip-ssl -u "$role" -S "$TEST_MYSQL_SOCKET" &
        sleep 0.5
        ;;
    esac
    run status --timeout 700ms
    wait
    expect_status 69
    expect_err '`concurrency:` of the environment'
    remove_role
}
for_each_engine full_server

# slow_tenants COUNT CONCURRENCY: schemas, and a migration that takes its time.
slow_tenants()
{
    sql "DO \$\$ BEGIN FOR i IN 1..$1 LOOP EXECUTE format('CREATE SCHEMA tenant_%s', i); END LOOP; END \$\$"
    migration 1_slow 'CREATE TABLE slow (id INTEGER PRIMARY KEY); SELECT pg_sleep(0.2);'
    environment "url: \"$URL\", schemas: \"tenant_*\", concurrency: $2"
}

# start_up_until COUNT: a run, up to where so many are done.
start_up_until()
{
    start up
    for _ in $(seq 500); do
        [ "$(grep -c ^done "$WORK/stdout")" -lt "$1" ] || break
        sleep 0.02
    done
}

# The program dies in the middle: the next run does what is left.
killed()
{
    [ "$ENGINE" = postgresql ] || return 0
    slow_tenants 20 3
    start_up_until 6
    send KILL
    wait "$started" 2>/dev/null
    started=
    run up --concurrency 10
    expect_status 0
    expect_out_like '^done +20$'
    expect_out_like '^done .* 0 applied, 0 pending'
    expect_sql "SELECT count(*) FROM pg_tables WHERE tablename = 'slow'" 20
}
for_each_engine killed

# Only lost connections: that is what the exit code says.
all_down()
{
    [ "$ENGINE" = sqlite ] || return 0
    two_migrations
    environment "$(as_yaml postgresql://u@127.0.0.1:1/a mysql://u@127.0.0.1:1/b)"
    run up
    expect_status 69
    environment "$(as_yaml "$URL" mysql://u@127.0.0.1:1/b)"
    run up
    expect_status 69
    expect_out_like '^done +1$'
}
for_each_engine all_down

# Ctrl-C among 100: each has all of the migration or nothing of it, and the lines say which.
interrupted()
{
    [ "$ENGINE" = postgresql ] || return 0
    slow_tenants 100 8
    start_up_until 16
    send INT
    finish_run
    expect_status 130
    done_by_lines=$(grep -c '^done .* 1 applied' "$WORK/stdout")
    check 'some are done' test "$done_by_lines" -ge 16
    check 'some are not' test "$done_by_lines" -lt 100
    expect_out_like '^skipped .*not begun: interrupted'
    check 'every target has a line' test "$(grep -c 'search_path=tenant_' "$WORK/stdout")" -eq 100
    expect_sql "SELECT count(*) FROM pg_tables WHERE tablename = 'slow'" "$done_by_lines"
    for schema in $(sed -n 's/^done .*search_path=\(tenant_[0-9]*\) .*/\1/p' "$WORK/stdout"); do
        echo "SELECT 1 FROM $schema.dunlin_history WHERE state = 'done' HAVING count(*) = 1;"
    done >asked.sql
    check 'they are those of the lines' test "$(psql_quietly -A -t -d "$URL" -f asked.sql | grep -c 1)" -eq "$done_by_lines"
    migration 1_slow 'CREATE TABLE slow (id INTEGER PRIMARY KEY);'
    run up --allow changed --concurrency 32
    expect_status 0
    expect_out_like '^done +100$'
    expect_sql "SELECT count(*) FROM pg_tables WHERE tablename = 'slow'" 100
}
for_each_engine interrupted

# The same where definitions commit by themselves: whoever was in the middle says how far it came, and goes on from there.
interrupted_between_statements()
{
    [ "$ENGINE" = mysql ] || return 0
    more_databases 40
    {
        echo 'CREATE TABLE slow (id INTEGER PRIMARY KEY);'
        for i in $(seq 30); do echo "ALTER TABLE slow ADD COLUMN c$i INTEGER;"; done
    } >body.sql
    migration 1_slow "$(cat body.sql)"
    environment "$(as_yaml $URLS), concurrency: 4"
    start_up_until 6
    send INT
    finish_run
    expect_status 130
    check 'every target has a line' test "$(grep -c "/t_$TEST_NAME" "$WORK/stdout")" -eq 40
    expect_out_like '^skipped .*not begun: interrupted'
    cp "$WORK/stdout" lines
    for url in $URLS; do
        URL=$url
        DATABASE=$(echo "$URL" | sed 's/?.*//; s/.*\///')
        state=$(try_sql "SELECT state FROM dunlin_history" 2>/dev/null)
        case $(grep "/$DATABASE?" lines) in
        *'  1 applied, 0 pending'*) check "$DATABASE is done" test "$state" = 'done' ;;
        skipped*) check "$DATABASE is untouched" test -z "$state" ;;
        *) check "$DATABASE is not done" test "$state" != 'done' ;;
        esac
    done
    run up
    expect_status 0
    expect_out_like '^done +40$'
    expect_sql "SELECT count(*) FROM information_schema.columns WHERE table_schema = '$DATABASE' AND table_name = 'slow'" 31
}
for_each_engine interrupted_between_statements

# The same with files: each migration is in a file with its row of the history, or nothing of it is.
interrupted_files()
{
    [ "$ENGINE" = sqlite ] || return 0
    more_databases 40
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY);'
    migration 2_slow 'CREATE TABLE slow (id INTEGER PRIMARY KEY);
INSERT INTO slow WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n;
CREATE TABLE last (id INTEGER PRIMARY KEY);'
    environment "$(as_yaml $URLS), concurrency: 4"
    start up
    for _ in $(seq 1000); do
        [ "$(grep -c ^done "$WORK/stdout")" -lt 6 ] || break
        sleep 0.02
    done
    send INT
    finish_run
    expect_status 130
    check 'every target has a line' test "$(grep -c "/t_$TEST_NAME" "$WORK/stdout")" -eq 40
    expect_out_like '^interrupted .*sqlite:'
    expect_out_like '^skipped .*not begun: interrupted'
    for outcome in 'done' interrupted skipped; do
        count=$(grep -c "^$outcome .*sqlite:" "$WORK/stdout")
        expect_out_like "^$outcome +$count\$"
    done
    cp "$WORK/stdout" lines
    for url in $URLS; do
        URL=$url
        case $(grep -F "$URL " lines) in
        done*' 2 applied, 0 pending'*) expect_tables 'dunlin_history first last slow' ;;
        interrupted*' 1 of 2 applied, 1 pending'*) expect_tables 'dunlin_history first' ;;
        # The history is made before the first migration, and may stay, empty.
        interrupted*' 0 of 2 applied, 2 pending'*) check "$URL is as it was" is_untouched ;;
        skipped*) expect_tables '' ;;
        interrupted*' applied'*) check "what may be in $URL" false ;;
        interrupted*) expect_tables '' ;; # before its history was read
        *) check "a line that tells of $URL" false ;;
        esac
        refute 'nothing is left beside the file' test -e "${URL#sqlite:}-journal"
    done
    run up
    expect_status 0
    expect_out_like '^done +40$'
    expect_tables 'dunlin_history first last slow'
    run status --exit-code
    expect_status 0
}

is_untouched()
{
    case $(sql "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'") in
    NULL | '') ;;
    dunlin_history) test "$(sql 'SELECT count(*) FROM dunlin_history')" -eq 0 ;;
    *) false ;;
    esac
}

expect_tables()
{
    expect_sql "SELECT coalesce(group_concat(name, ' '), '') FROM (SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name)" "$1"
}
for_each_engine interrupted_files
