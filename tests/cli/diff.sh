# The plan between two schemas: proven, with its hazards, and what it leads to; and renames by annotation.
. "$(dirname "$0")/lib.sh"

# Runs the plan that was printed last with the plain client.
run_printed_plan()
{
    cp "$WORK/stdout" plan.sql
    check 'the plain client runs the plan' sql "
$(cat plan.sql)"
}

# becomes: the database gets to be what schema/ says, and the plan was proven
becomes()
{
    run diff "$URL" schema --url "$URL" --format sql
    expect_status 0
    run_printed_plan
    run diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
    expect_out 'no difference'
}

changes()
{
    mkdir schema
    cat >schema/shop.sql <<'END'
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    note VARCHAR(50),
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);
CREATE VIEW names AS SELECT name FROM customers;
END
    run diff "$URL" schema --url "$URL" --exit-code
    expect_status 2
    expect_out 'CREATE TABLE'
    expect_out 'proven on a scratch copy'
    run diff "$URL" schema --url "$URL"
    expect_status 0
    becomes
    sql "INSERT INTO customers VALUES (1, 'a'), (2, 'b')"
    sql "INSERT INTO orders VALUES (1, 2, 'x')"

    cat >schema/shop.sql <<'END'
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, job VARCHAR(20) NOT NULL DEFAULT 'none');
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);
CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE VIEW names AS SELECT name, job FROM customers;
END
    run diff "$URL" schema --url "$URL"
    expect_status 0
    expect_out 'hazard drop-column'
    expect_out 'proven on a scratch copy'
    run diff "$URL" schema --url "$URL" --format json
    expect_status 0
    expect_json '.proven == true and (.hazards | index("drop-column")) and (.statements | length) > 2'
    becomes
    expect_sql 'SELECT count(*) FROM orders' 1
    expect_sql 'SELECT min(job) FROM names' none
}

renames()
{
    mkdir schema
    cat >schema/shop.sql <<'END'
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    note VARCHAR(50),
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
);
CREATE INDEX orders_by_note ON orders (note);
CREATE VIEW notes AS SELECT note FROM orders;
END
    run diff "$URL" schema --url "$URL" --format sql
    run_printed_plan
    sql "INSERT INTO customers VALUES (1, 'a')"
    sql "INSERT INTO orders VALUES (1, 1, 'kept')"
    cp -r schema old
    cat >schema/shop.sql <<'END'
-- dunlin: renamed from customers
CREATE TABLE clients (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    remark VARCHAR(50), -- dunlin: renamed from note
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES clients (id)
);
CREATE INDEX orders_by_note ON orders (remark);
CREATE VIEW notes AS SELECT remark FROM orders;
END
    run diff "$URL" schema --url "$URL" --format json
    expect_status 0
    expect_json '.proven == true and (.hazards | index("drop-column") or index("drop-table") | not)'
    run diff schema "$URL" --url "$URL" --format json
    expect_status 0
    expect_json '.proven == true and (.hazards | index("drop-column") or index("drop-table") | not)'
    if [ "$ENGINE" != mysql ]; then
        # An unanalysed table of SQLite is counted, or has no estimate; PostgreSQL estimates.
        [ "$ENGINE" = postgresql ] && sql 'ANALYZE'
        sed 's/remark VARCHAR(50)/remark VARCHAR(50) NOT NULL/' schema/shop.sql >not_null.sql
        run diff "$URL" not_null.sql --url "$URL" --format json
        expect_status 0
        expect_json '[.statements[] | select(.hazards | index("not-null")) | .rows] | . != [] and all(. != 0)'
    fi
    becomes
    expect_sql 'SELECT remark FROM orders' kept
    expect_sql 'SELECT count(*) FROM clients' 1

    run diff old empty --url "$URL"
    expect_status 0
    run diff empty schema --url "$URL"
    expect_status 0
}

wrong_renames()
{
    mkdir schema
    echo 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50), note VARCHAR(50));' >old.sql
    cat >schema/a.sql <<'END'
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    title VARCHAR(50), -- dunlin: renamed from nam
    note VARCHAR(50)
);
END
    run diff old.sql schema --url "$URL"
    expect_status 65
    expect_err 'schema/a.sql:3:'
    expect_err 'no column nam'
    expect_err 'did you mean name?'
    cat >schema/a.sql <<'END'
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    title VARCHAR(50), -- dunlin: renamed from name
    memo VARCHAR(50) -- dunlin: renamed from name
);
END
    run diff old.sql schema --url "$URL"
    expect_status 65
    expect_err 'schema/a.sql:4:'
    expect_err 'two objects'
    cat >schema/a.sql <<'END'
-- dunlin: renamed from customer
CREATE TABLE clients (id INTEGER PRIMARY KEY, name VARCHAR(50), note VARCHAR(50));
END
    run diff old.sql schema --url "$URL"
    expect_status 65
    expect_err 'schema/a.sql:1:'
    expect_err 'did you mean customers?'
    cat >schema/a.sql <<'END'
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name VARCHAR(50),
    note VARCHAR(50)
); -- dunlin: renamed from clients
END
    run diff old.sql schema --url "$URL"
    expect_status 65
    expect_err 'schema/a.sql:5:'
    expect_err 'names no object'
}

# A drop and an add that look like a rename are told, and no rename.
looks_like_a_rename()
{
    echo 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(50));' >old.sql
    echo 'CREATE TABLE a (id INTEGER PRIMARY KEY, memo VARCHAR(50));' >new.sql
    run diff old.sql new.sql --url "$URL"
    expect_status 0
    expect_out 'drop-column'
    expect_out 'renamed from note'
}

order_of_columns()
{
    echo 'CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER, c INTEGER);' >old.sql
    echo 'CREATE TABLE a (id INTEGER PRIMARY KEY, c INTEGER, b INTEGER);' >new.sql
    run diff old.sql new.sql --url "$URL" --exit-code
    expect_status 0
    refute_out 'another order'
    run diff old.sql new.sql --url "$URL" --exit-code -v
    expect_status 0
    expect_out 'another order'
}

# A snapshot of another version may say the same in other words; one of SQLite cannot.
another_version()
{
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9));' >schema.sql
    try_sql "$(cat schema.sql)"
    run inspect "$URL" --format json
    # Version 15.2 becomes 1.2: the first two numbers are others then, and the product is the same.
    sed 's/\("server": "[A-Za-z]* \)[0-9.]*/\11.2.3/' "$WORK/stdout" >snapshot.json
    run diff snapshot.json "$URL" --url "$URL"
    expect_status 0
    refute_err 'in two ways'
    sql 'ALTER TABLE t ADD COLUMN b INTEGER'
    run diff snapshot.json "$URL" --url "$URL"
    expect_status 0
    if [ "$ENGINE" = sqlite ]; then
        refute_err 'in two ways'
        return
    fi
    expect_err_like 'warning: [A-Za-z]+ 1\.2\.3 and [A-Za-z]+ [0-9.]+ may write one definition in two ways'
    run drift snapshot.json --url "$URL"
    expect_status 2
    expect_err 'may write one definition in two ways'
    run apply snapshot.json --url "$URL" --dry-run --allow all
    expect_err 'may write one definition in two ways'
}

# Ctrl-C while a side is waiting.
interrupted()
{
    [ "$ENGINE" = postgresql ] || return 0
    mkdir schema
    echo 'CREATE MATERIALIZED VIEW slow AS SELECT 1 AS a FROM pg_sleep(30);' >schema/a.sql
    start diff "$URL" schema --url "$URL"
    process=$started
    sleep 1
    send INT
    finish_run
    expect_status 130
    check 'no scratch database of this run is left' test "$(sql "SELECT count(*) FROM pg_database
        WHERE datname LIKE 'dunlin_scratch_%' AND split_part(datname, '_', 4) = '$process'")" = 0
}

# What --online gives, and where there is nothing to give.
online()
{
    mkdir schema
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);' >schema/a.sql
    run apply --yes -q --url "$URL"
    expect_status 0
    run diff "$URL" schema --online --url "$URL"
    refute_out 'online'
    echo 'CREATE INDEX by_a ON t (a);' >>schema/a.sql
    run diff "$URL" schema --url "$URL"
    refute_out 'online'
    run diff "$URL" schema --online --url "$URL"
    expect_status 0
    case $ENGINE in
    postgresql) expect_out 'CREATE INDEX CONCURRENTLY' ;;
    mysql) expect_out 'LOCK=NONE' ;;
    sqlite)
        expect_out '-- SQLite changes nothing online'
        run diff "$URL" schema --online --url "$URL" --format json
        expect_json '.notes | length == 1 and (.[0] | contains("nothing online"))'
        ;;
    esac
}

for_each_engine online
for_each_engine changes
for_each_engine renames
for_each_engine wrong_renames
for_each_engine looks_like_a_rename
for_each_engine order_of_columns
for_each_engine another_version
for_each_engine interrupted
