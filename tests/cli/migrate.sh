# Up, down, status, baseline and new, on every engine: how many, to where, what is printed, what the history says.
. "$(dirname "$0")/lib.sh"

three_migrations()
{
    migration 1_customers 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50));
INSERT INTO customers VALUES (1, '\''a;b'\'');' 'DROP TABLE customers;'
    migration 2_orders 'CREATE TABLE orders (id INTEGER PRIMARY KEY);' 'DROP TABLE orders;'
    migration 10_items 'CREATE TABLE items (id INTEGER PRIMARY KEY);' 'DROP TABLE items;'
}

history='SELECT version, name, direction, state, statements, done FROM dunlin_history ORDER BY id'

up_and_down()
{
    three_migrations
    run status --url "$URL"
    expect_status 0
    expect_out '3 pending'
    run status --exit-code --url "$URL"
    expect_status 2

    run up 1 --url "$URL"
    expect_status 0
    expect_sql "$history" '1	customers	up	done	2	2'
    run up --to 2 --url "$URL"
    expect_status 0
    expect_sql 'SELECT version FROM dunlin_history ORDER BY id' '1
2'
    run --url "$URL" migrate up
    expect_status 0
    expect_out 'items'
    refute_out 'customers'
    expect_sql 'SELECT version FROM dunlin_history ORDER BY id' '1
2
10'
    run up --url "$URL"
    expect_status 0
    run status --url "$URL" --exit-code
    expect_status 0
    expect_out '3 applied'
    run status --url "$URL" --format json
    expect_json '.applied == 3 and .pending == 0'
    expect_json '.migrations | map(.version) == ["1", "2", "10"]'
    expect_json '.migrations[0] | .state == "applied" and .name == "customers" and .statements == 2 and (.applied_at | length) == 23'
    checksum=$(git hash-object migrations/1_customers.up.sql)
    expect_json ".migrations[0].checksum == \"$checksum\""

    run down --url "$URL"
    expect_status 0
    expect_out 'items'
    run down --to 1 --url "$URL" --format json
    expect_status 0
    expect_json '.direction == "down" and (.migrations | length) == 1 and .migrations[0].version == "2" and .error == null'
    expect_sql 'SELECT name FROM customers' 'a;b'
    run down --all --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM dunlin_history WHERE direction = '\''down'\''' 3
    refute 'the table is gone' try_sql 'SELECT 1 FROM customers' 2>/dev/null
    run down --url "$URL"
    expect_status 0
    run up 2 --url "$URL"
    run down --to 0 --url "$URL"
    expect_status 0
    run status --url "$URL" --format json
    expect_json '.applied == 0 and .pending == 3'
}
for_each_engine up_and_down

dry_run()
{
    three_migrations
    run up --dry-run --url "$URL"
    expect_status 0
    expect_out 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50));'
    expect_out 'INSERT INTO'
    refute 'nothing is run' try_sql 'SELECT 1 FROM customers' 2>/dev/null
    refute 'not even the history is made' try_sql 'SELECT 1 FROM dunlin_history' 2>/dev/null
    cp "$WORK/stdout" up.sql
    case $ENGINE in
    sqlite) check 'the plain client reads it' sqlite3 -bail "${URL#sqlite:}" '.read up.sql' ;;
    postgresql) check 'the plain client reads it' psql_quietly -d "$URL" -f up.sql ;;
    mysql) check 'the plain client reads it' mariadb_quietly "$DATABASE" -e 'source up.sql' ;;
    esac >"$WORK/plain" 2>&1
    run status --url "$URL" --exit-code
    expect_status 0
    run down --all --dry-run --url "$URL" --format json
    expect_status 0
    expect_json '.sql | contains("DROP TABLE items") and contains("DROP TABLE customers")'
    expect_sql 'SELECT count(*) FROM customers' 1
}
for_each_engine dry_run

baseline()
{
    three_migrations
    run migrate baseline 2 --url "$URL"
    expect_status 0
    expect_sql 'SELECT version, direction, state FROM dunlin_history ORDER BY id' '1	baseline	done
2	baseline	done'
    refute 'nothing is run' try_sql 'SELECT 1 FROM customers' 2>/dev/null
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM items' 0
    run migrate baseline 2 --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM dunlin_history' 3
    run migrate baseline 3 --url "$URL"
    expect_status 64
    expect_err 'no migration has version 3'
}
for_each_engine baseline

refusals()
{
    three_migrations
    run up --url "$URL"
    migration 3_late 'CREATE TABLE late (id INTEGER PRIMARY KEY);' 'DROP TABLE late;'
    run up --url "$URL"
    expect_status 65
    expect_err 'migration 3 late is pending, but the later 10 items is already applied'
    expect_err '--allow out-of-order'
    run up --allow out-of-order --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM late' 0

    echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(10));' >migrations/2_orders.up.sql
    run up --url "$URL"
    expect_status 65
    expect_err 'migrations/2_orders.up.sql'
    expect_err 'was changed after it was applied'
    expect_err '--allow changed'
    run status --url "$URL" --format json
    expect_json '.migrations | map(select(.changed)) | map(.version) == ["2"]'
    run up --allow changed --url "$URL"
    expect_status 0

    rm migrations/10_items.*
    run up --allow changed --url "$URL"
    expect_status 65
    expect_err 'migration 10 items is applied, but its file is missing'
    run up --allow changed,missing --url "$URL"
    expect_status 0
    run down --url "$URL"
    expect_status 0
    expect_out 'items'
    refute 'it was reverted from the stored text' try_sql 'SELECT 1 FROM items' 2>/dev/null
    run up --allow nonsense --url "$URL"
    expect_status 64
}
for_each_engine refusals

# CRLF line ends are no change: the checksum is that of the text with LF.
line_ends()
{
    three_migrations
    run up --url "$URL"
    sed 's/$/\r/' migrations/1_customers.up.sql >crlf && mv crlf migrations/1_customers.up.sql
    run up --url "$URL"
    expect_status 0
}
for_each_engine line_ends

mixed_versions()
{
    migration 20140924_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);' 'DROP TABLE b;'
    migration 2017-09-23-123456_c 'CREATE TABLE c (id INTEGER PRIMARY KEY);' 'DROP TABLE c;'
    migration 20180101_d 'CREATE TABLE d (id INTEGER PRIMARY KEY);' 'DROP TABLE d;'
    migration 007_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);' 'DROP TABLE a;'
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT version FROM dunlin_history ORDER BY id' '007
20140924
2017-09-23-123456
20180101'
    run down --to 2014-09-24 --url "$URL"
    expect_status 0
    run status --url "$URL" --format json
    expect_json '.applied == 2'
}
for_each_engine mixed_versions

history_elsewhere()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);' 'DROP TABLE a;'
    echo 'history: "deployed versions"' >dunlin.yaml
    run up --url "$URL"
    expect_status 0
    if [ "$ENGINE" = mysql ]; then
        expect_sql 'SELECT version FROM `deployed versions`' 1
    else
        expect_sql 'SELECT version FROM "deployed versions"' 1
    fi
    run down --all --url "$URL"
    expect_status 0
}
for_each_engine history_elsewhere

ENGINE=
run new 'add customers' --empty
expect_status 0
check 'two files' test "$(ls migrations | wc -l)" -eq 2
run new again --empty
expect_status 0
check 'a version of its own' test "$(ls migrations | cut -d_ -f1 | sort -u | wc -l)" -eq 2
run new 'a/b' --empty
expect_status 64
before=$(ls migrations)
answer=$(trap '' XFSZ; ulimit -f 0; "$DUNLIN" new unwritten --empty 2>&1) # a full disk, for whoever writes a file
check 'why a file could not be written' test "${answer#*File too large}" != "$answer"
check 'no half a migration stays' test "$(ls migrations)" = "$before"
run new name
expect_status 64
expect_err 'which engine are the definitions for?'
expect_err '--engine sqlite'
run up --url "sqlite:$WORK/new.db"
expect_status 0
expect_out 'again'
