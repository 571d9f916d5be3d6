#!/bin/sh
# Benchmarks, as ratios against what the plain client needs for the same work in the same run. They measure and never
# fail. Usage: sh tests/bench/run.sh [noop] [fresh] [link] [files]   (all, when none is named)
# Needs the release build in build/; starts servers of its own.
needs_servers=yes
here=$(dirname "$0")
. "$here/lib.sh"

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
        postgresql) set -- $psql -d bench -c 'select 1' ;;
        mysql) set -- $mysql bench -e 'select 1' ;;
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
        postgresql) set -- $psql -1 -d bench -f "$work/plain.sql" ;;
        mysql) set -- $mysql bench -e "source $work/plain.sql" ;;
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
    for engine in postgresql mysql; do
        eval "$(empty_database $engine)"
        case $engine in
        postgresql) url=$TEST_POSTGRESQL_TCP_URL ;;
        mysql) url=$TEST_MYSQL_TCP_URL ;;
        esac
        if [ $engine = postgresql ]; then $psql -d bench -c 'GRANT ALL ON SCHEMA public TO dunlin_test'; fi
        start_link "$url" 10
        through=$(link_url "$url" bench)
        milliseconds "$dunlin" up -v --config "$work/twohundred.yaml" --url "$through"
        stop_link
        printf '200 migrations, 10 ms each way, %s: %d ms; the proxy saw: %s; dunlin says: %s\n' "$engine" \
            "$elapsed" "$(tr '\n' ' ' < "$work/link.log")" "$(grep -i 'round trip' "$work/err")"
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
    memory_of 'that status' "$dunlin" status --config "$work/tenthousand.yaml" --url "$(database_url sqlite)"
}

for name in hundred thousand twohundred tenthousand; do echo "migrations: $work/$name" > "$work/$name.yaml"; done
[ $# -gt 0 ] || set -- noop fresh link files
for bench in "$@"; do "$bench"; done
