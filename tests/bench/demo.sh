#!/bin/sh
# Benchmark of made up rows: ROWS (1,000,000) rows of 8 columns as CSV into nothing, which leaves out what a database costs, against
# the 300,000 rows a second that are wanted; and the memory of the run. Measures, and never fails. Needs the release build in build/.
here=$(dirname "$0")
. "$here/lib.sh"
rows=${ROWS:-1000000}

sqlite3 demo.db 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(80) NOT NULL,
    city VARCHAR(60), price DECIMAL(10,2), amount INTEGER, active SMALLINT, created_at TIMESTAMP)'
for pass in 1 2 3; do
    milliseconds "$dunlin" seed --demo "$rows" --format csv --url sqlite:demo.db
    awk -v rows="$rows" -v elapsed="$elapsed" -v pass="$pass" 'BEGIN {
        rate = rows * 1000 / elapsed
        printf "pass %d: %d rows a second, %.2f times what is wanted\n", pass, rate, rate / 300000
    }'
done
memory_of "$rows rows" "$dunlin" seed --demo "$rows" --format csv --url sqlite:demo.db
