#!/bin/sh
# Large schemas (lib.sh), definitions whose meaning is cached, and one difference to the live database: `drift` as a
# ratio against the plain clients that read the same catalog.
# Usage: sh tests/bench/compare.sh [TABLES...]   (1000 and 10000, when none is given)
# Needs the release build in build/; starts servers of its own.
needs_servers=yes
here=$(dirname "$0")
. "$here/lib.sh"

plain() { # ENGINE: the client that reads the whole catalog, as words for the shell
    case $1 in
    postgresql) echo "$TEST_POSTGRESQL_BIN/pg_dump -s bench" ;;
    mysql) echo "mariadb-dump --no-defaults --skip-ssl --no-data -uroot -S $mysql_socket bench" ;;
    esac
}

bench() { # ENGINE TABLES
    eval "$(empty_database "$1")"
    rm -rf definitions "$XDG_CACHE_HOME" && mkdir definitions
    large_schema "$2" > definitions/all.sql
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
