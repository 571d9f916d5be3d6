#!/bin/sh
# Large schemas: tables of 10 columns, 2 indexes and 1 foreign key, definitions whose meaning is cached, and one
# difference to the live database: `drift` as a ratio against the plain clients that read the same catalog.
# Usage: sh tests/bench/compare.sh [TABLES...]   (1000 and 10000, when none is given)
# Needs the release build in build/; starts servers of its own.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if [ -z "${TEST_POSTGRESQL_URL:-}" ]; then
    exec sh "$root/tests/servers/run_with.sh" sh "$0" "$@"
fi

dunlin=${DUNLIN:-$root/build/cmd/dunlin}
measure=$root/build/tests/bench/measure
work=$(mktemp -d "${TMPDIR:-/tmp}/dunlin-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1
export XDG_CACHE_HOME="$work/cache"

mysql_socket=${TEST_MYSQL_URL#*socket=}
host=${TEST_POSTGRESQL_URL#*host=}
host=${host%%&*}
port=${TEST_POSTGRESQL_URL#*port=}
port=${port%%&*}
export PGHOST="$host" PGPORT="$port" PGUSER=postgres
psql=$TEST_POSTGRESQL_BIN/psql

url() { # ENGINE
    case $1 in
    postgresql) echo "postgresql://postgres@/bench?host=$PGHOST&port=$PGPORT" ;;
    mysql) echo "mysql://root@localhost/bench?socket=$mysql_socket" ;;
    esac
}

client() { # ENGINE
    case $1 in
    postgresql) "$psql" -q -X -d bench -f - ;;
    mysql) mariadb --no-defaults -uroot -S "$mysql_socket" bench ;;
    esac
}

empty_database() { # ENGINE
    case $1 in
    postgresql) "$psql" -q -X -d postgres -c 'DROP DATABASE IF EXISTS bench WITH (FORCE)' -c 'CREATE DATABASE bench' ;;
    mysql) mariadb --no-defaults -uroot -S "$mysql_socket" -e 'DROP DATABASE IF EXISTS bench; CREATE DATABASE bench' ;;
    esac 2> /dev/null
}

# Each table refers to the one before it.
definitions() { # TABLES
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

plain() { # ENGINE: the client that reads the whole catalog, as words for the shell
    case $1 in
    postgresql) echo "$TEST_POSTGRESQL_BIN/pg_dump -s bench" ;;
    mysql) echo "mariadb-dump --no-defaults --no-data -uroot -S $mysql_socket bench" ;;
    esac
}


bench() { # ENGINE TABLES
    empty_database "$1"
    rm -rf definitions "$work/cache" && mkdir definitions
    definitions "$2" > definitions/all.sql
    client "$1" < definitions/all.sql || return
    echo "ALTER TABLE item_7 ADD COLUMN more INTEGER;" | client "$1"
    "$dunlin" drift definitions --url "$(url "$1")" > first.txt 2>&1
    [ $? -eq 2 ] || { cat first.txt; return; }
    printf '%s tables, %s, drift against %s: ' "$2" "$1" "$(plain "$1" | sed 's,.*/,,; s/ .*//')"
    # shellcheck disable=SC2046 # words for the shell
    "$measure" "$pairs" "" -- sh -c '"$0" drift definitions --url "$1"; [ $? -eq 2 ]' "$dunlin" "$(url "$1")" -- $(plain "$1")
    "$dunlin" drift definitions --url "$(url "$1")" -v 2>&1 > /dev/null | grep -i 'round trip'
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f '%M' -o memory "$dunlin" drift definitions --url "$(url "$1")" > /dev/null 2>&1
        tail -n 1 memory | awk -v tables="$2" '{ printf "memory: %.1f MB, %.1f KB a table\n", $1 / 1024, $1 / tables }'
    fi
}

[ $# -gt 0 ] || set -- 1000 10000
for tables in "$@"; do
    pairs=$([ "$tables" -gt 2000 ] && echo 3 || echo 11)
    for engine in postgresql mysql; do bench $engine "$tables"; done
done
