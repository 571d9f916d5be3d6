#!/bin/sh
# Large schemas: tables of 10 columns, 2 indexes and 1 foreign key, definitions whose meaning is cached, and one
# difference to the live database: `drift` as a ratio against the plain clients that read the same catalog.
# Usage: sh tests/bench/compare.sh [TABLES...]   (1000 and 10000, when none is given)
# Needs the release build in build/; starts servers of its own.
needs_servers=yes
here=$(dirname "$0")
. "$here/lib.sh"

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

client() { # ENGINE: runs the SQL of its standard input
    case $1 in
    postgresql) $psql -d bench -f - ;;
    mysql) $mysql bench ;;
    esac
}

plain() { # ENGINE: the client that reads the whole catalog, as words for the shell
    case $1 in
    postgresql) echo "$TEST_POSTGRESQL_BIN/pg_dump -s bench" ;;
    mysql) echo "mariadb-dump --no-defaults --skip-ssl --no-data -uroot -S $mysql_socket bench" ;;
    esac
}

bench() { # ENGINE TABLES
    eval "$(empty_database "$1")"
    rm -rf definitions "$XDG_CACHE_HOME" && mkdir definitions
    definitions "$2" > definitions/all.sql
    client "$1" < definitions/all.sql || return
    echo "ALTER TABLE item_7 ADD COLUMN more INTEGER;" | client "$1"
    url=$(database_url "$1")
    drift > first.txt 2>&1
    [ $? -eq 2 ] || { cat first.txt; return; }
    printf '%s tables, %s: ' "$2" "$1"
    # shellcheck disable=SC2046 # words for the shell
    "$measure" "$pairs" "" -- sh -c "$dunlin drift definitions --url '$url'; [ \$? -eq 2 ]" -- $(plain "$1")
    drift -v 2>&1 > /dev/null | grep -i 'round trip'
    memory_of "drift of $2 tables" "$dunlin" drift definitions --url "$url"
    awk -v tables="$2" -v kilobytes="$kilobytes" 'BEGIN { printf "  %.1f KB a table\n", kilobytes / tables }'
}

drift() { "$dunlin" drift definitions --url "$url" "$@"; }

[ $# -gt 0 ] || set -- 1000 10000
for tables in "$@"; do
    pairs=$([ "$tables" -gt 2000 ] && echo 3 || echo 11)
    for engine in postgresql mysql; do bench $engine "$tables"; done
done
