#!/bin/sh
# Benchmark of made up rows: ROWS (1,000,000) rows of 8 columns as CSV into nothing, which leaves out what a database costs, against
# the 300,000 rows a second that are wanted; and the memory of the run. Measures, and never fails. Needs the release build in build/.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
dunlin=${DUNLIN:-$root/build/cmd/dunlin}
rows=${ROWS:-1000000}
work=$(mktemp -d "${TMPDIR:-/dev/shm}/dunlin-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1

sqlite3 demo.db 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(80) NOT NULL,
    city VARCHAR(60), price DECIMAL(10,2), amount INTEGER, active SMALLINT, created_at TIMESTAMP)'
for pass in 1 2 3; do
    begin=$(date +%s%N)
    "$dunlin" seed --demo "$rows" --format csv --url sqlite:demo.db >/dev/null
    end=$(date +%s%N)
    awk -v rows="$rows" -v ns=$((end - begin)) -v pass="$pass" 'BEGIN {
        rate = rows / (ns / 1e9)
        printf "pass %d: %d rows a second, %.2f times what is wanted\n", pass, rate, rate / 300000
    }'
done
if [ -x /usr/bin/time ]; then
    /usr/bin/time -f 'memory: %M KB at most' "$dunlin" seed --demo "$rows" --format csv --url sqlite:demo.db >/dev/null
fi
