# For the benchmarks, in POSIX sh. A script begins with
#
#     here=$(dirname "$0")
#     . "$here/lib.sh"
#
# and is then in an empty folder $work that goes away at its end, with the release build in $dunlin, $measure (see its head) and
# $proxy. One that needs servers says so with needs_servers=yes before, and is started again with the throwaway ones of the tests:
#
#     $psql, $mysql                 the plain clients, as words for the shell; PGHOST, PGPORT and PGUSER are set
#     database_url ENGINE           the URL of the database `bench`
#     empty_database ENGINE         the command, for the shell, that makes it anew
#     client ENGINE                 runs the SQL of its standard input there
#     large_schema TABLES           prints SQL for any engine: item_1, item_2, ..., each of 10 columns with 2 indexes and a foreign key
#                                   to the one before it
#     start_link URL MILLISECONDS   a proxy before the server of a URL over TCP that delays each way; its log is $work/link.log
#     link_url URL DATABASE         the URL of a database through it
#     stop_link
#     memory_of LABEL COMMAND...    prints how much memory a command needs at most
#     milliseconds COMMAND...       how long it takes, in $elapsed
#     ratio A B                     A / B
set -u
root=$(cd "$here/../.." && pwd)
if [ "${needs_servers:-}" = yes ] && [ -z "${TEST_POSTGRESQL_URL:-}" ]; then
    exec sh "$root/tests/servers/run_with.sh" sh "$0" "$@"
fi

dunlin=${DUNLIN:-$root/build/cmd/dunlin}
measure=$root/build/tests/bench/measure
proxy=$root/build/tests/bench/delay_proxy
work=$(mktemp -d "${TMPDIR:-/dev/shm}/dunlin-bench.XXXXXX")
link_pid=
trap 'stop_link; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1
export XDG_CACHE_HOME="$work/cache"

if [ "${needs_servers:-}" = yes ]; then
    psql="$TEST_POSTGRESQL_BIN/psql -q -X"
    mysql_socket=${TEST_MYSQL_URL#*socket=}
    mysql="mariadb --no-defaults --skip-ssl -A -uroot -S $mysql_socket"
    PGHOST=${TEST_POSTGRESQL_URL#*host=}
    PGHOST=${PGHOST%%&*}
    PGPORT=${TEST_POSTGRESQL_URL#*port=}
    PGPORT=${PGPORT%%&*}
    PGUSER=postgres
    export PGHOST PGPORT PGUSER
fi

database_url()
{
    case $1 in
    postgresql) echo "postgresql://postgres@/bench?host=$PGHOST&port=$PGPORT" ;;
    mysql) echo "mysql://root@localhost/bench?socket=$mysql_socket" ;;
    sqlite) echo "sqlite:$work/bench.db" ;;
    esac
}

empty_database()
{
    case $1 in
    postgresql)
        echo "$psql -d postgres -c 'DROP DATABASE IF EXISTS bench WITH (FORCE)' -c 'CREATE DATABASE bench' 2>/dev/null"
        ;;
    mysql) echo "$mysql -e 'DROP DATABASE IF EXISTS bench; CREATE DATABASE bench CHARACTER SET utf8mb4'" ;;
    sqlite) echo "rm -f $work/bench.db $work/bench.db-journal" ;;
    esac
}

client()
{
    case $1 in
    postgresql) $psql -d bench -f - ;;
    mysql) $mysql bench ;;
    sqlite) sqlite3 "$work/bench.db" ;;
    esac
}

large_schema()
{
    awk -v count="$1" 'BEGIN {
        for (i = 1; i <= count; i++) {
            parent = i > 1 ? i - 1 : 1
            printf "CREATE TABLE item_%d (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES item_%d (id), code VARCHAR(20) NOT NULL, ", i, parent
            printf "name VARCHAR(100) NOT NULL, note VARCHAR(200), price DECIMAL(10,2) DEFAULT 0, amount INTEGER NOT NULL DEFAULT 1, "
            printf "state VARCHAR(10), created_at TIMESTAMP NULL, weight DOUBLE PRECISION);\n"
            printf "CREATE INDEX item_%d_name ON item_%d (name);\nCREATE INDEX item_%d_state ON item_%d (state, created_at);\n", i, i, i, i
        }
    }'
}

start_link()
{
    port=${1##*@}
    port=${port#*:}
    rm -f "$work/link.port"
    "$proxy" --listen 0 --to "127.0.0.1:${port%%/*}" --delay "$2" >"$work/link.port" 2>"$work/link.log" &
    link_pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -s "$work/link.port" ] && break
        sleep 0.1
    done
    link_port=$(tr -dc '0-9' <"$work/link.port")
}

link_url()
{
    echo "$1" | sed "s#@[^/]*/[^?]*#@127.0.0.1:$link_port/$2#"
}

stop_link()
{
    [ -n "$link_pid" ] || return 0
    kill "$link_pid" 2>/dev/null
    wait "$link_pid" 2>/dev/null
    link_pid=
}

memory_of()
{
    if [ ! -x /usr/bin/time ]; then
        echo "memory of $1: /usr/bin/time is not there"
        return
    fi
    label=$1
    shift
    /usr/bin/time -f '%M' -o "$work/memory" "$@" >/dev/null 2>&1
    kilobytes=$(tail -n 1 "$work/memory")
    echo "memory of $label: $kilobytes KB at most"
}

# A command that fails is told with its output.
milliseconds()
{
    begin=$(date +%s%N)
    "$@" >"$work/out" 2>"$work/err" || {
        echo "failed: $*"
        cat "$work/err" "$work/out"
    } >&2
    end=$(date +%s%N)
    elapsed=$(((end - begin) / 1000000))
}

ratio()
{
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}
