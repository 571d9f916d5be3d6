#!/bin/sh
# Many databases at once: 100 databases on one PostgreSQL server with 20 pending migrations each, as ratios against
# running the program once a database, over a link with 5 ms, and against psql with the same statements on loopback.
# Usage: sh tests/bench/flock.sh [DATABASES]. Needs the release build in build/; starts servers of its own.
needs_servers=yes
here=$(dirname "$0")
. "$here/lib.sh"
count=${1:-100}

ask() { $psql -d "$TEST_POSTGRESQL_URL" "$@" 2>/dev/null; }

fresh_databases() {
    for i in $(seq "$count"); do
        echo "DROP DATABASE IF EXISTS bench_$i WITH (FORCE);"
        echo "CREATE DATABASE bench_$i OWNER dunlin_test TEMPLATE template0 STRATEGY file_copy;"
    done | ask
    ask -c CHECKPOINT
}

mkdir migrations
for i in $(seq 20); do
    echo "CREATE TABLE step_$i (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, note VARCHAR(200));" \
        > "migrations/${i}_step.up.sql"
done

start_link "$TEST_POSTGRESQL_TCP_URL" 5
link() { link_url "$TEST_POSTGRESQL_TCP_URL" "$1"; }

cat > dunlin.yaml <<END
environments:
  link: { url: "$(link dunlin_test)", databases: "bench_*" }
  near: { url: "$TEST_POSTGRESQL_URL", databases: "bench_*", concurrency: 16 }
END

one_by_one() {
    for i in $(seq "$count"); do
        "$dunlin" up -q --url "$(link "bench_$i")" || return
    done
}

# The same statements, with the history that dunlin writes, one psql a database and as many at a time.
plain() {
    seq "$count" | xargs -P 16 -I {} $psql -d "${TEST_POSTGRESQL_URL%%/postgres\?*}/bench_{}?${TEST_POSTGRESQL_URL#*\?}" -f "$work/plain.sql"
}

fresh_databases
milliseconds one_by_one
alone=$elapsed
fresh_databases
milliseconds "$dunlin" up -e link
printf '%s databases, 20 migrations each, 5 ms each way: %s ms at once, %s ms one by one: %s times as fast\n' \
    "$count" "$elapsed" "$alone" "$(ratio "$alone" "$elapsed")"

fresh_databases
"$dunlin" up --dry-run --url "$(echo "$TEST_POSTGRESQL_URL" | sed 's#/postgres?#/bench_1?#')" > "$work/plain.sql"
for round in 1 2 3; do
    fresh_databases
    milliseconds plain
    server=$elapsed
    fresh_databases
    milliseconds "$dunlin" up -e near
    printf 'on loopback, round %s: %s ms, psql with the same statements, 16 at a time: %s ms: %s times that\n' \
        "$round" "$elapsed" "$server" "$(ratio "$elapsed" "$server")"
done
fresh_databases
memory_of all "$dunlin" up -q -e near
fresh_databases
memory_of one "$dunlin" up -q --url "$(echo "$TEST_POSTGRESQL_URL" | sed 's#/postgres?#/bench_1?#')"

# Drift of 200 databases of 50 tables over the link, against that of one.
drift() {
    rm -rf migrations && mkdir migrations
    awk 'BEGIN { for (i = 1; i <= 50; i++) {
        printf "CREATE TABLE thing_%d (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, note VARCHAR(200), price NUMERIC(10, 2), born TIMESTAMP);\n", i
        printf "CREATE INDEX thing_%d_by_name ON thing_%d (name);\n", i, i } }' > migrations/1_things.up.sql
    count=200
    fresh_databases
    "$dunlin" up -q -e link --concurrency 32 || return
    milliseconds "$dunlin" drift --no-cache --url "$(link bench_1)"
    cold=$elapsed
    milliseconds "$dunlin" drift --url "$(link bench_1)"
    milliseconds "$dunlin" drift --url "$(link bench_1)"
    warm=$elapsed
    milliseconds "$dunlin" status -e link --concurrency 64
    connecting=$elapsed
    milliseconds "$dunlin" drift --no-cache -e link --concurrency 64
    printf 'drift of 200 databases of 50 tables, 5 ms each way: %s ms; of one %s ms (%s times), with its definitions cached %s ms; status of the 200 %s ms\n' \
        "$elapsed" "$cold" "$(ratio "$elapsed" "$cold")" "$warm" "$connecting"
}
drift

# One database with so many schemas, by its socket.
tenants() {
    ask -c 'CREATE DATABASE bench_tenants'
    url=$(database_url postgresql | sed 's,/bench?,/bench_tenants?,')
    for i in $(seq 200); do
        echo "CREATE SCHEMA t$i;"
    done | $psql -d "$url"
    printf 'environments:\n  tenants: { url: "%s", schemas: "t*", concurrency: 16 }\n' "$url" > dunlin.yaml
    "$dunlin" up -q -e tenants
    milliseconds "$dunlin" drift --url "$url&search_path=t1"
    milliseconds "$dunlin" drift --url "$url&search_path=t1"
    one=$elapsed
    milliseconds "$dunlin" drift -e tenants
    printf 'drift of 200 schemas of 50 tables in one database: %s ms; of one %s ms (%s times)\n' \
        "$elapsed" "$one" "$(ratio "$elapsed" "$one")"
    ask -c 'DROP DATABASE bench_tenants'
}
tenants
