#!/bin/sh
# Benchmarks, as ratios against what the plain client needs for the same work in the same run. They measure and never
# fail. Usage: sh tests/bench/run.sh [noop] [fresh] [link] [files]   (all, when none is named)
# Needs the release build in build/; starts servers of its own.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if [ -z "${TEST_POSTGRESQL_URL:-}" ]; then
    exec sh "$root/tests/servers/run_with.sh" sh "$0" "$@"
fi

dunlin=${DUNLIN:-$root/build/cmd/dunlin}
measure=$root/build/tests/bench/measure
proxy=$root/build/tests/bench/delay_proxy
psql=$TEST_POSTGRESQL_BIN/psql
work=$(mktemp -d "${TMPDIR:-/tmp}/dunlin-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1

mysql_socket=${TEST_MYSQL_URL#*socket=}
postgresql_host=${TEST_POSTGRESQL_URL#*host=}
postgresql_host=${postgresql_host%%&*}
postgresql_port=${TEST_POSTGRESQL_URL#*port=}
postgresql_port=${postgresql_port%%&*}
export PGHOST="$postgresql_host" PGPORT="$postgresql_port" PGUSER=postgres

database_url() { # ENGINE
    case $1 in
    postgresql) echo "postgresql://postgres@/bench?host=$PGHOST&port=$PGPORT" ;;
    mysql) echo "mysql://root@localhost/bench?socket=$mysql_socket" ;;
    sqlite) echo "sqlite:$work/bench.db" ;;
    esac
}

# The command, for the shell, that gives an empty database.
empty_database() { # ENGINE
    case $1 in
    postgresql) echo "$psql -q -d postgres -c 'DROP DATABASE IF EXISTS bench WITH (FORCE)' -c 'CREATE DATABASE bench' 2>/dev/null" ;;
    mysql) echo "mariadb --no-defaults -uroot -S $mysql_socket -e 'DROP DATABASE IF EXISTS bench; CREATE DATABASE bench'" ;;
    sqlite) echo "rm -f $work/bench.db $work/bench.db-journal" ;;
    esac
}

make_migrations() { # FOLDER COUNT
    rm -rf "$1" && mkdir -p "$1"
    awk -v folder="$1" -v count="$2" 'BEGIN {
        for (i = 1; i <= count; i++) {
            up = sprintf("%s/%d_step.up.sql", folder, i); down = sprintf("%s/%d_step.down.sql", folder, i)
            printf "CREATE TABLE step_%d (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, note VARCHAR(200));\n", i > up
            printf "DROP TABLE step_%d;\n", i > down
            close(up); close(down)
        }
    }'
}

noop() {
    make_migrations "$work/hundred" 100
    for engine in sqlite postgresql mysql; do
        eval "$(empty_database $engine)"
        "$dunlin" up -q --config "$work/hundred.yaml" --url "$(database_url $engine)" || return
        case $engine in
        postgresql) set -- "$psql" -d bench -c 'select 1' ;;
        mysql) set -- mariadb --no-defaults -uroot -S "$mysql_socket" bench -A -e "select 1" ;;
        sqlite) set -- sqlite3 "$work/bench.db" 'select 1' ;;
        esac
        printf 'no-op up, 100 applied, %s: ' "$engine"
        "$measure" 101 "" -- "$dunlin" up --config "$work/hundred.yaml" --url "$(database_url $engine)" -- "$@"
    done
}

# The same statements and one history insert a migration, as one file for the plain client.
plain_script() { # ENGINE
    "$dunlin" up --dry-run --config "$work/thousand.yaml" --url "$(database_url "$1")" |
        sed -e '/^BEGIN;$/d' -e '/^COMMIT;$/d' -e '/^UPDATE /d' -e '/^--/d'
}

fresh() {
    make_migrations "$work/thousand" 1000
    for engine in sqlite postgresql mysql; do
        eval "$(empty_database $engine)"
        plain_script $engine > "$work/plain.sql"
        case $engine in
        postgresql) set -- "$psql" -q -1 -d bench -f "$work/plain.sql" ;;
        mysql) set -- mariadb --no-defaults -uroot -S "$mysql_socket" -A bench -e "source $work/plain.sql" ;;
        sqlite)
            { echo 'BEGIN;'; cat "$work/plain.sql"; echo 'COMMIT;'; } > "$work/plain1.sql"
            set -- sqlite3 "$work/bench.db" ".read $work/plain1.sql"
            ;;
        esac
        printf 'fresh up of 1,000, %s: ' "$engine"
        "$measure" 11 "$(empty_database $engine)" -- "$dunlin" up -q --config "$work/thousand.yaml" \
            --url "$(database_url $engine)" -- "$@"
    done
}

link() {
    make_migrations "$work/twohundred" 200
    tcp_port() { port=${1##*@}; port=${port#*:}; echo "${port%%/*}"; }
    for engine in postgresql mysql; do
        eval "$(empty_database $engine)"
        case $engine in
        postgresql) url=$TEST_POSTGRESQL_TCP_URL ;;
        mysql) url=$TEST_MYSQL_TCP_URL ;;
        esac
        if [ $engine = postgresql ]; then "$psql" -q -d bench -c 'GRANT ALL ON SCHEMA public TO dunlin_test'; fi
        rm -f "$work/proxy.out"
        "$proxy" --listen 0 --to "127.0.0.1:$(tcp_port "$url")" --delay 10 > "$work/proxy.out" 2> "$work/proxy.log" &
        proxy_pid=$!
        for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$work/proxy.out" ] && break; sleep 0.1; done
        port=$(tr -dc '0-9' < "$work/proxy.out")
        through=$(echo "$url" | sed "s#@[^/]*/[^?]*#@127.0.0.1:$port/bench#")
        start=$(date +%s%N)
        "$dunlin" up -v --config "$work/twohundred.yaml" --url "$through" > "$work/up.out" 2> "$work/up.err" ||
            cat "$work/up.err"
        end=$(date +%s%N)
        kill "$proxy_pid"; wait "$proxy_pid" 2>/dev/null
        printf '200 migrations, 10 ms each way, %s: %d ms; the proxy saw: %s; dunlin says: %s\n' "$engine" \
            $(((end - start) / 1000000)) "$(tr '\n' ' ' < "$work/proxy.log")" "$(grep -i 'round trip' "$work/up.err")"
    done
}

files() {
    make_migrations "$work/tenthousand" 10000
    rm -f "$work/bench.db"
    # SQLite is quadratic in the number of tables, so the migrations are recorded, not run.
    "$dunlin" migrate baseline 10000 -q --config "$work/tenthousand.yaml" --url "$(database_url sqlite)" || return
    printf '10,000 migrations applied, status against reading the files with sha1sum: '
    "$measure" 11 "" -- "$dunlin" status --config "$work/tenthousand.yaml" --url "$(database_url sqlite)" -- \
        sh -c "cat $work/tenthousand/*.up.sql | sha1sum"
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f 'memory of that status: %M KB at most' "$dunlin" status --config "$work/tenthousand.yaml" \
            --url "$(database_url sqlite)" > /dev/null
    fi
}

for name in hundred thousand twohundred tenthousand; do echo "migrations: $work/$name" > "$work/$name.yaml"; done
[ $# -gt 0 ] || set -- noop fresh link files
for bench in "$@"; do "$bench"; done
