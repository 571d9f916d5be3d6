#!/bin/sh
# Benchmarks of loading seeds: a CSV file of ROWS rows (1,000,000) of 8 columns, against what the plain client needs for the same
# file in the same run. Prints the medians of paired runs and their ratio, and the memory of a run; measures, and never fails.
# Usage: sh tests/bench/seed.sh [load] [upsert] [inserts] [memory]   (all, when none is named)
# Needs the release build in build/; starts servers of its own.
needs_servers=yes
here=$(dirname "$0")
. "$here/lib.sh"

rows=${ROWS:-1000000}
pairs=${PAIRS:-5}
postgresql_url=$(database_url postgresql)
mysql_url=$(database_url mysql)

columns='id %s PRIMARY KEY, name VARCHAR(80) NOT NULL, email VARCHAR(80) NOT NULL, city VARCHAR(60), price DECIMAL(10,2), amount INTEGER, active %s, created_at %s'

make_file() { # FILE, NOTE (makes the rows differ)
    awk -v rows="$rows" -v note="$2" 'BEGIN {
        print "id,name,email,city,price,amount,active,created_at"
        for (i = 1; i <= rows; i++)
            printf "%d,Customer %d%s,customer%d@example.com,\"City, %d\",%d.%02d,%d,%d,2024-%02d-%02d 10:%02d:00\n",
                i, i, note, i, i % 1000, i % 500, i % 100, i % 17, i % 2, i % 12 + 1, i % 28 + 1, i % 60
    }' >"$1"
}

make_databases() {
    for engine in postgresql mysql sqlite; do eval "$(empty_database $engine)"; done
    # shellcheck disable=SC2059 # the columns are the format
    $psql -d bench -c "CREATE TABLE customers ($(printf "$columns" INTEGER SMALLINT TIMESTAMP))"
    # shellcheck disable=SC2059
    $mysql bench -e "CREATE TABLE customers ($(printf "$columns" INTEGER SMALLINT DATETIME)); SET GLOBAL local_infile = 1"
    # shellcheck disable=SC2059
    sqlite3 bench.db "CREATE TABLE customers ($(printf "$columns" INTEGER SMALLINT TEXT))"
}

# For the shell that runs before each measured command.
empty_tables="$psql -d bench -c 'TRUNCATE customers' -c 'CHECKPOINT'"
empty_mysql="$mysql bench -e 'TRUNCATE customers'"
empty_sqlite="sqlite3 $work/bench.db 'DELETE FROM customers'"

load() {
    printf 'load into an empty table, postgresql, against \\copy: '
    "$measure" "$pairs" "$empty_tables" -- "$dunlin" seed -q --again --config "$work/c.yaml" --url "$postgresql_url" -- \
        $psql -d bench -c "\\copy customers FROM '$work/seeds/customers.csv' (FORMAT csv, HEADER)"
    printf 'load into an empty table, mysql, against LOAD DATA LOCAL INFILE: '
    "$measure" "$pairs" "$empty_mysql" -- "$dunlin" seed -q --again --config "$work/c.yaml" --url "$mysql_url" -- \
        $mysql --local-infile=1 bench -e "$load_data"
    printf 'load into an empty table, sqlite, against .import: '
    "$measure" "$pairs" "$empty_sqlite" -- "$dunlin" seed -q --again --config "$work/c.yaml" \
        --url "sqlite:$work/bench.db" -- \
        sqlite3 "$work/bench.db" ".import --csv --skip 1 $work/seeds/customers.csv customers"
}

load_data="LOAD DATA LOCAL INFILE '$work/seeds/customers.csv' INTO TABLE customers CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' IGNORE 1 LINES"

# All rows are there already. What is compared with is the load into an empty table by the plain client.
upsert() {
    for other in same tenth all; do
        printf 'upsert, rows are there and differ: %s, postgresql, against \\copy into an empty table: ' $other
        "$measure" "$pairs" "$fill" -- "$dunlin" seed -q --again --config "$work/$other.yaml" --url "$postgresql_url" -- \
            $psql -d bench -c 'TRUNCATE other' -c "\\copy other FROM '$work/seeds/customers.csv' (FORMAT csv, HEADER)"
    done
}

inserts() {
    $mysql -e 'SET GLOBAL local_infile = 0'
    printf 'load into an empty table, mysql without LOAD DATA, against it (allowed for the client alone): '
    "$measure" "$pairs" "$empty_mysql; $mysql -e 'SET GLOBAL local_infile = 0'" -- \
        "$dunlin" seed -q --again --config "$work/c.yaml" --url "$mysql_url" -- \
        sh -c "$mysql -e 'SET GLOBAL local_infile = 1'; exec $mysql --local-infile=1 bench -e \"\$1\"" load "$load_data"
    $mysql -e 'SET GLOBAL local_infile = 1'
}

memory() {
    for url in "$postgresql_url" "$mysql_url" "sqlite:$work/bench.db"; do
        sh -c "$empty_tables; $empty_mysql; $empty_sqlite" 2>/dev/null
        memory_of "a load, ${url%%:*}" "$dunlin" seed -q --again --config "$work/c.yaml" --url "$url"
    done
}

mkdir seeds tenth all
echo "seeds: $work/seeds" >c.yaml
ln -s c.yaml same.yaml
for other in tenth all; do echo "seeds: $work/$other" >$other.yaml; done
make_file seeds/customers.csv ''
make_file all/customers.csv ' and more'
awk 'NR % 10 == 1 && NR > 1 { sub(/Customer/, "Guest") } 1' seeds/customers.csv >tenth/customers.csv
make_databases
$psql -d bench -c 'CREATE TABLE other (LIKE customers INCLUDING ALL)'
fill="$empty_tables -c VACUUM; $dunlin seed -q --again --config $work/c.yaml --url '$postgresql_url'"
[ $# -gt 0 ] || set -- load upsert inserts memory
for bench in "$@"; do "$bench"; done
