# For tests of the built program, in POSIX sh. A test script begins with
#
#     . "$(dirname "$0")/lib.sh"
#
# runs dunlin and states what it expects, and just ends: the last line tells how many checks passed, and the
# exit status is 1 when one did not. A check that fails is printed with the command, its status and its
# output, and the script goes on.
#
#     run ARGUMENT...                runs $DUNLIN with a time limit ($RUN_LIMIT seconds, 60) and no standard input
#     run_input TEXT ARGUMENT...     the same with TEXT as standard input
#     start ARGUMENT...              starts it in the background; $started is its process
#     send SIGNAL                    to what was started
#     wait_for_err TEXT              until it has said so on standard error; false: it has not within 30 seconds
#     finish_run                     waits for what was started; then it is as after run
#
#     expect_status N                what the last run gave: its exit status,
#     expect_out TEXT                a text that its standard output holds (expect_err: standard error),
#     expect_out_like REGEX          an extended regular expression that a line of it matches (expect_err_like),
#     expect_out_is TEXT             all of it, but for line ends at its end (expect_err_is),
#     refute_out TEXT                a text that it does not hold (refute_err, refute_out_like, refute_err_like),
#     expect_json EXPRESSION         a jq expression that is true of standard output
#     json EXPRESSION                prints what a jq expression makes of it
#     check DESCRIPTION COMMAND...   any command that must succeed (refute: must fail)
#
#     for_each_engine FUNCTION       calls it once for each engine with an empty database and an empty working folder:
#                                    $ENGINE is sqlite, postgresql or mysql, $URL its URL
#     fresh_database [ENGINE]        another empty database; sets $URL (and $ENGINE)
#     drop_database                  drops the database of $URL
#     more_databases COUNT           so many on $ENGINE; their URLs are in $URLS, beginning with the one there is
#     environment BODY               dunlin.yaml with the one environment "many"
#     as_yaml URL...                 a list of them for it
#     two_migrations                 writes the two of which a flock's tests are made
#     sql QUERY                      asks the plain client: rows with tabs between the columns, NULL as NULL; an error fails the test
#     try_sql QUERY                  the same, and an error is only its exit status
#     expect_sql QUERY ROWS          what the plain client must answer
#     migration VERSION_NAME UP [DOWN]   writes migrations/VERSION_NAME.up.sql and .down.sql
#     is_junit, is_sarif             is the last output valid as such? For check
#     slow_statement SECONDS         prints a statement that takes about so long
#     wait_for_slow_statement        until another process is in one of these, and so holds the lock of its run
#     block_table TABLE              somebody's open transaction on a table that has a column id; not on SQLite
#     unblock_table                  commits it
#     skip REASON                    ends the script as skipped
#
# $WORK/stdout and $WORK/stderr hold the last output; $ROOT is the repository. Three things are checked in
# every run without being asked for: no output shows a password (every password of the tests has "s3cret" in
# it), the time limit is kept, and nothing crashed or was found by a sanitizer. Databases have names of their
# own, so that scripts can run at the same time. Without the servers of tests/servers/run_with.sh the checks
# of their engines are left out, and the last line says so; a script for which none is left is skipped.
# DUNLIN_TEST_ENGINES=sqlite does the same on purpose.
set -u

: "${DUNLIN:?must be the path of the built program}"
case $DUNLIN in
/*) ;;
*) DUNLIN=$PWD/$DUNLIN ;;
esac

TEST_NAME=$(basename "$0" .sh)
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/dunlin-$TEST_NAME.XXXXXX") || exit 1
ENGINE=
URL=
DATABASE=
status=
started=
last_command='(nothing was run)'
checks=0
failures=0
database_count=0
skipped_engines=
: >"$WORK/stdout"
: >"$WORK/stderr"
: >"$WORK/databases"
: >"$WORK/broken"

# Nothing of the user's own configuration may reach the program or the clients.
mkdir "$WORK/home" "$WORK/project"
HOME=$WORK/home
export HOME LC_ALL=C.UTF-8
unset XDG_CACHE_HOME XDG_CONFIG_HOME DATABASE_URL NO_COLOR PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICE PGOPTIONS \
    PGPASSFILE PGSSLMODE MYSQL_HOST MYSQL_PWD MYSQL_UNIX_PORT MYSQL_TCP_PORT
cd "$WORK/project" || exit 1

run()
{
    run_input '' "$@"
}

run_input()
{
    input=$1
    shift
    last_command="dunlin $*"
    printf %s "$input" |
        timeout -k 5 "${RUN_LIMIT:-60}" "$DUNLIN" "$@" >"$WORK/stdout" 2>"$WORK/stderr"
    status=$?
    if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
        fail "an end within ${RUN_LIMIT:-60} seconds"
    fi
    check_run
}

# A shell makes what it starts in the background deaf to Ctrl-C; the program must hear it.
start()
{
    last_command="dunlin $*"
    env --default-signal=INT --default-signal=QUIT "$DUNLIN" "$@" </dev/null >"$WORK/stdout" 2>"$WORK/stderr" &
    started=$!
}

send()
{
    kill -s "$1" "$started"
}

wait_for_err()
{
    for _ in $(seq 600); do
        ! holds stderr "$1" || return 0
        sleep 0.05
    done
    return 1
}

finish_run()
{
    attempts=$((${RUN_LIMIT:-60} * 20))
    while is_running "$started"; do
        if [ "$attempts" -eq 0 ]; then
            fail "an end within ${RUN_LIMIT:-60} seconds"
            kill -KILL "$started"
            break
        fi
        attempts=$((attempts - 1))
        sleep 0.05
    done
    wait "$started"
    status=$?
    started=
    check_run
}

is_running()
{
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    case ${stat##*) } in
    Z*) return 1 ;;
    esac
}

check_run()
{
    if grep -q s3cret "$WORK/stdout" "$WORK/stderr"; then
        fail 'no password in the output'
    fi
    # 99 is the status that tests/run.sh has sanitizers exit with; the others are signals that mean a crash.
    case $status in
    99 | 132 | 134 | 135 | 136 | 139) fail 'no crash' ;;
    *)
        if grep -q -e 'Sanitizer: ' -e 'runtime error: ' "$WORK/stderr"; then
            fail 'nothing for a sanitizer to find'
        fi
        ;;
    esac
}

fail()
{
    failures=$((failures + 1))
    echo "FAILED${ENGINE:+ on $ENGINE}: expected $1"
    echo "    \$ $last_command"
    echo "    status $status"
    for stream in stdout stderr; do
        if [ -s "$WORK/$stream" ]; then
            echo "    $stream:"
            head -n 100 "$WORK/$stream" | sed 's/^/    | /'
        fi
    done
    return 1
}

# judge EXPECTATION TRUTH: counts a check; TRUTH is the exit status of whatever decided it.
judge()
{
    checks=$((checks + 1))
    [ "$2" -eq 0 ] || fail "$1"
}

holds()
{
    case $(cat "$WORK/$1") in
    *"$2"*) return 0 ;;
    *) return 1 ;;
    esac
}

is_like()
{
    grep -E -q -e "$2" "$WORK/$1"
}

is_all()
{
    [ "$(cat "$WORK/$1")" = "$2" ]
}

not()
{
    ! "$@"
}

expect_status()
{
    [ "$status" = "$1" ]
    judge "exit status $1" $?
}

expect_out()
{
    holds stdout "$1"
    judge "on standard output: $1" $?
}

expect_err()
{
    holds stderr "$1"
    judge "on standard error: $1" $?
}

expect_out_like()
{
    is_like stdout "$1"
    judge "on standard output a line like: $1" $?
}

expect_err_like()
{
    is_like stderr "$1"
    judge "on standard error a line like: $1" $?
}

expect_out_is()
{
    is_all stdout "$1"
    judge "all of standard output to be: $1" $?
}

expect_err_is()
{
    is_all stderr "$1"
    judge "all of standard error to be: $1" $?
}

refute_out()
{
    not holds stdout "$1"
    judge "not on standard output: $1" $?
}

refute_err()
{
    not holds stderr "$1"
    judge "not on standard error: $1" $?
}

refute_out_like()
{
    not is_like stdout "$1"
    judge "on standard output no line like: $1" $?
}

refute_err_like()
{
    not is_like stderr "$1"
    judge "on standard error no line like: $1" $?
}

# An expression that is true of one document among several would be true of garbage after it.
expect_json()
{
    jq -e -s "length == 1 and (.[0] | $1)" "$WORK/stdout" >/dev/null
    judge "one JSON document of which this is true: $1" $?
}

json()
{
    jq -r "$1" "$WORK/stdout"
}

check()
{
    description=$1
    shift
    "$@"
    judge "$description: $*" $?
}

refute()
{
    description=$1
    shift
    not "$@"
    judge "$description: not $*" $?
}

# Which engines a script was left without is said at its end.
has_engine()
{
    if can_use_engine "$1"; then
        return 0
    fi
    case "$skipped_engines " in
    *" $1 "*) ;;
    *) skipped_engines="$skipped_engines $1" ;;
    esac
    return 1
}

can_use_engine()
{
    case " ${DUNLIN_TEST_ENGINES:-sqlite postgresql mysql} " in
    *" $1 "*) ;;
    *) return 1 ;;
    esac
    case $1 in
    sqlite) ;;
    postgresql) [ -n "${TEST_POSTGRESQL_URL-}" ] ;;
    mysql) [ -n "${TEST_MYSQL_URL-}" ] ;;
    *) return 1 ;;
    esac
}

for_each_engine()
{
    for engine in sqlite postgresql mysql; do
        has_engine "$engine" || continue
        fresh_database "$engine" || continue
        mkdir -p "$WORK/project/$database_count"
        cd "$WORK/project/$database_count" || exit 1
        "$1"
        cd "$WORK/project" || exit 1
        drop_database
    done
    ENGINE=
}

fresh_database()
{
    ENGINE=${1:-$ENGINE}
    database_count=$((database_count + 1))
    DATABASE=$(printf '%.40s_%d_%d' "t_$TEST_NAME" $$ "$database_count" | tr -c 'a-z0-9_\n' _)
    case $ENGINE in
    sqlite)
        URL=sqlite:$WORK/$DATABASE.db
        : >"$WORK/$DATABASE.db"
        ;;
    postgresql)
        URL=$(database_url "$TEST_POSTGRESQL_URL")
        ask_server "CREATE DATABASE $DATABASE TEMPLATE template0"
        ;;
    mysql)
        URL=$(database_url "$TEST_MYSQL_URL")
        ask_server "CREATE DATABASE $DATABASE CHARACTER SET utf8mb4"
        ;;
    *)
        fail "an engine, not '$ENGINE'"
        ;;
    esac || {
        echo "cannot make a database on $ENGINE" | tee -a "$WORK/broken"
        return 1
    }
    echo "$ENGINE $DATABASE" >>"$WORK/databases"
}

# of_schema NAME: the URL of a schema of PostgreSQL that is a target of its own
of_schema()
{
    case $URL in
    *\?*) echo "$URL&search_path=$1" ;;
    *) echo "$URL?search_path=$1" ;;
    esac
}

environment()
{
    printf 'environments:\n  many: { %s }\n' "$1" >dunlin.yaml
}

as_yaml()
{
    list=
    for url in "$@"; do
        list="$list${list:+, }\"$url\""
    done
    echo "urls: [ $list ]"
}

more_databases()
{
    URLS=$URL
    for _ in $(seq 2 "$1"); do
        fresh_database
        URLS="$URLS $URL"
    done
}

two_migrations()
{
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY);' 'DROP TABLE first;'
    migration 2_second 'CREATE TABLE second (id INTEGER PRIMARY KEY);' 'DROP TABLE second;'
}

# The URL of a server, with the database of this test instead of its own.
database_url()
{
    case $1 in
    *\?*) echo "${1%/*\?*}/$DATABASE?${1#*\?}" ;;
    *) echo "${1%/*}/$DATABASE" ;;
    esac
}

drop_database()
{
    case $ENGINE in
    sqlite) rm -f "$WORK/$DATABASE.db" "$WORK/$DATABASE.db"-* ;;
    postgresql)
        # There is no WITH (FORCE) before version 13.
        ask_server "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$DATABASE'" >"$WORK/dropped"
        ask_server "DROP DATABASE IF EXISTS $DATABASE"
        ;;
    mysql) ask_server "DROP DATABASE IF EXISTS $DATABASE" ;;
    esac
    sed "/^$ENGINE $DATABASE\$/d" "$WORK/databases" >"$WORK/databases.left"
    mv "$WORK/databases.left" "$WORK/databases"
}

psql_quietly()
{
    PGOPTIONS='-c client_min_messages=warning' "$TEST_POSTGRESQL_BIN/psql" -X -q -v ON_ERROR_STOP=1 "$@"
}

mariadb_quietly()
{
    mariadb --no-defaults --skip-ssl --default-character-set=utf8mb4 -u root -S "$TEST_MYSQL_SOCKET" "$@"
}

ask_server()
{
    case $ENGINE in
    postgresql) psql_quietly -d "$TEST_POSTGRESQL_URL" -c "$1" ;;
    mysql) mariadb_quietly -e "$1" ;;
    esac
}

try_sql()
{
    case $ENGINE in
    sqlite) sqlite3 -batch -noheader -nullvalue NULL -separator '	' -cmd '.timeout 10000' "${URL#sqlite:}" "$1" ;;
    postgresql) psql_quietly -A -t -F '	' -P null=NULL -d "$URL" -c "$1" ;;
    mysql) mariadb_quietly --batch --raw --skip-column-names -e "$1" "$DATABASE" ;;
    esac
}

# Often called in $(...), where a failure could not be counted.
sql()
{
    try_sql "$1" || echo "the plain client of $ENGINE failed with: $1" >>"$WORK/broken"
}

expect_sql()
{
    rows=$(sql "$1")
    [ "$rows" = "$2" ]
    judge "$(printf 'the query\n%s\nto give\n%s\nand not\n%s' "$1" "$2" "$rows" | sed '2,$s/^/    /')" $?
}

migration()
{
    mkdir -p migrations
    printf '%s\n' "$2" >"migrations/$1.up.sql"
    [ $# -lt 3 ] || printf '%s\n' "$3" >"migrations/$1.down.sql"
}

# What the last run printed, held against the rules of the format: see cli/schemas.
# What a report has to have is in our own schemas; what it may have, in those that others publish. The latter are in the folder
# $DUNLIN_PUBLIC_SCHEMAS, if fetch.py could bring them.
is_junit()
{
    for schema in "$ROOT/tests/cli/schemas/junit.xsd" ${DUNLIN_PUBLIC_SCHEMAS:+"$DUNLIN_PUBLIC_SCHEMAS/junit.xsd"}; do
        xmllint --noout --nonet --schema "$schema" "$WORK/stdout" >"$WORK/validation" 2>&1 ||
            not sed 's/^/    # /' "$WORK/validation" || return
    done
}

is_sarif()
{
    for schema in "$ROOT/tests/cli/schemas/sarif.json" ${DUNLIN_PUBLIC_SCHEMAS:+"$DUNLIN_PUBLIC_SCHEMAS/sarif.json"}; do
        /usr/bin/python3 "$ROOT/tests/cli/schemas/validate.py" "$schema" "$WORK/stdout" || return
    done
}

# On MySQL a SLEEP that is interrupted has succeeded, unless the statement asks what it gave.
slow_statement()
{
    case $ENGINE in
    sqlite) echo "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${1}000000 * 4) SELECT count(*) FROM n;" ;;
    postgresql) echo "SELECT pg_sleep($1);" ;;
    mysql) echo "SELECT 1 FROM DUAL WHERE SLEEP($1) = 0;" ;;
    esac
}

# To try the lock would be to take it, were the other process slow to start.
wait_for_slow_statement()
{
    for _ in $(seq 200); do
        case $ENGINE in
        sqlite) sqlite3 "${URL#sqlite:}" 'BEGIN IMMEDIATE' 2>/dev/null || return 0 ;;
        postgresql) test "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = '$DATABASE' AND query LIKE 'SELECT pg_sleep(%'")" = 0 || return 0 ;;
        mysql) test "$(sql "SELECT count(*) FROM information_schema.processlist WHERE db = '$DATABASE' AND info LIKE 'SELECT 1 FROM DUAL WHERE SLEEP(%'")" = 0 || return 0 ;;
        esac
        sleep 0.05
    done
    return 1
}

block_table()
{
    rm -f "$WORK/blocker"
    mkfifo "$WORK/blocker"
    case $ENGINE in
    postgresql) psql_quietly -d "$URL" <"$WORK/blocker" >/dev/null & ;;
    mysql) mariadb_quietly "$DATABASE" <"$WORK/blocker" >/dev/null & ;;
    esac
    blocker=$!
    exec 8>"$WORK/blocker"
    echo "BEGIN; SELECT count(*) FROM $1; INSERT INTO $1 (id) VALUES (2);" >&8
    sleep 0.5
}

unblock_table()
{
    echo 'COMMIT;' >&8
    exec 8>&-
    wait "$blocker"
}

skip()
{
    echo "$TEST_NAME: skipped: $1"
    exit 77
}

end_of_script()
{
    ended=$?
    trap '' HUP INT TERM
    cd /
    if [ -n "$started" ]; then
        kill -KILL "$started"
    fi
    cp "$WORK/databases" "$WORK/undropped"
    while read -r ENGINE DATABASE; do
        drop_database </dev/null
    done <"$WORK/undropped"
    if [ -s "$WORK/broken" ]; then
        cat "$WORK/broken"
        failures=$((failures + $(wc -l <"$WORK/broken")))
    fi
    rm -rf "$WORK"
    [ "$ended" -ne 77 ] || exit 77
    if [ "$ended" -ne 0 ]; then
        echo "$TEST_NAME: the script ended with status $ended"
        failures=$((failures + 1))
    elif [ "$checks" -eq 0 ] && [ "$failures" -eq 0 ]; then
        [ -z "$skipped_engines" ] || skip "there is nothing to check without$skipped_engines"
        echo "$TEST_NAME: nothing was checked"
        failures=$((failures + 1))
    fi
    without=${skipped_engines:+, without$skipped_engines}
    if [ "$failures" -gt 0 ]; then
        echo "$TEST_NAME: $failures failed ($checks checks$without)"
        exit 1
    fi
    echo "$TEST_NAME: $checks checks passed$without"
}
trap end_of_script EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
