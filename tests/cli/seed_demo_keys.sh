#!/bin/sh
# seed --demo where keys are hard: circles of keys, foreign keys that share a column, and scripts that plain clients load.
. "$(dirname "$0")/lib.sh"

# Each key is a reference to the other: without an end, if one followed the other.
circles()
{
    defer=
    [ "$ENGINE" = mysql ] || defer='DEFERRABLE INITIALLY DEFERRED'
    [ "$ENGINE" = mysql ] && return
    if [ "$ENGINE" = sqlite ]; then
        sql "CREATE TABLE a (id INTEGER PRIMARY KEY REFERENCES b (id) $defer); CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a (id) $defer)"
    else
        sql "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a (id) $defer)"
        sql "ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES b (id) $defer"
    fi
    sql "CREATE TABLE own (p INTEGER NOT NULL UNIQUE, q INTEGER NOT NULL UNIQUE, FOREIGN KEY (p) REFERENCES own (q) $defer,
        FOREIGN KEY (q) REFERENCES own (p) $defer)"
    run seed --demo a=300,b=200,own=50 --url "$URL"
    expect_status 0
    expect_err_like 'a gets 200 rows instead of 300'
    expect_sql 'SELECT COUNT(*) FROM a JOIN b ON a.id = b.id' 200
    expect_sql 'SELECT COUNT(*) FROM own o JOIN own x ON o.p = x.q' 50
}

# The rows of an order belong to its tenant, and so does all they refer to; all rows that were asked for are there.
tenants()
{
    sql 'CREATE TABLE tenants (id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL)'
    sql 'CREATE TABLE customers (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, email VARCHAR(90) NOT NULL, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, email), FOREIGN KEY (tenant_id) REFERENCES tenants (id))'
    sql 'CREATE TABLE products (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id) REFERENCES tenants (id))'
    sql 'CREATE TABLE orders (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, customer_id INTEGER NOT NULL, agent_id INTEGER,
        PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (id),
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
        FOREIGN KEY (tenant_id, agent_id) REFERENCES customers (tenant_id, id))'
    sql 'CREATE TABLE items (tenant_id INTEGER NOT NULL, order_id INTEGER NOT NULL, product_id INTEGER NOT NULL,
        PRIMARY KEY (tenant_id, order_id, product_id), FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
        FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id))'
    sql 'CREATE TABLE folders (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, parent_id INTEGER, name VARCHAR(40) NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, parent_id, name), FOREIGN KEY (tenant_id) REFERENCES tenants (id),
        FOREIGN KEY (tenant_id, parent_id) REFERENCES folders (tenant_id, id))'
    run seed --demo tenants=10,customers=500,products=400,orders=2000,items=8000,folders=1000 --url "$URL"
    expect_status 0
    expect_sql 'SELECT COUNT(*) FROM items' 8000
    expect_sql 'SELECT COUNT(*) FROM orders' 2000
    expect_sql 'SELECT COUNT(*) FROM folders WHERE parent_id = id' 0
    expect_sql "SELECT COUNT(*) < 900 FROM folders WHERE parent_id IS NULL" "$([ "$ENGINE" = postgresql ] && echo t || echo 1)"
    expect_sql 'SELECT COUNT(*) FROM folders f JOIN folders p ON p.tenant_id = f.tenant_id AND p.id = f.parent_id
        WHERE p.id > f.id' 0
    if [ "$ENGINE" = sqlite ]; then expect_sql 'PRAGMA foreign_key_check' ''; fi
}

# A script that the plain client loads leaves a database in which the next INSERT works.
scripts()
{
    case $ENGINE in
    postgresql) counted='INTEGER PRIMARY KEY GENERATED ALWAYS AS IDENTITY' ;;
    mysql) counted='INTEGER PRIMARY KEY AUTO_INCREMENT' ;;
    sqlite) counted='INTEGER PRIMARY KEY AUTOINCREMENT' ;;
    esac
    sql "CREATE TABLE people (id $counted, name VARCHAR(60) NOT NULL)"
    sql 'CREATE TABLE letters (person_id INTEGER NOT NULL, content VARCHAR(200), FOREIGN KEY (person_id) REFERENCES people (id))'
    run seed --demo 250 --format sql --url "$URL"
    expect_status 0
    sql "$(cat "$WORK/stdout")" >"$WORK/loaded"
    expect_sql 'SELECT COUNT(*) FROM letters' 250
    sql "INSERT INTO people (name) VALUES ('the next one')"
    expect_sql "SELECT id FROM people WHERE name = 'the next one'" 251
}

# Unique indexes over parts: of texts, of rows, over lower(x).
parts()
{
    if [ "$ENGINE" = mysql ]; then
        sql 'CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, UNIQUE (name(12)))'
        run seed --demo 3000 --url "$URL"
        expect_status 0
        expect_sql 'SELECT COUNT(*) FROM users' 3000
        return
    fi
    sql 'CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(90) NOT NULL)'
    sql 'CREATE UNIQUE INDEX users_email ON users (lower(email))'
    sql "CREATE TABLE plans (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), is_default BOOLEAN NOT NULL,
        status VARCHAR(20) NOT NULL CHECK (status IN ('active', 'ended')), ended_at DATE)"
    sql 'CREATE UNIQUE INDEX plans_default ON plans (user_id) WHERE is_default'
    sql "CREATE UNIQUE INDEX plans_active ON plans (user_id) WHERE status = 'active'"
    sql 'CREATE UNIQUE INDEX plans_open ON plans (user_id) WHERE ended_at IS NULL'
    run seed --demo users=2000,plans=3x\ users --url "$URL"
    expect_status 0
    expect_sql 'SELECT COUNT(*) FROM plans' 6000
    sql 'CREATE TABLE odd (a INTEGER NOT NULL)'
    sql 'CREATE UNIQUE INDEX odd_index ON odd ((a % 10))'
    run seed --demo odd=50 --url "$URL"
    expect_status 1
    expect_err 'odd_index over an expression was not understood'
}

# A row is the same on all engines, and whatever the number of rows, where it refers to none.
same_rows()
{
    sql 'CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL, email VARCHAR(90), born DATE, city VARCHAR(40),
        salary DECIMAL(10,2), created_at TIMESTAMP NULL, updated_at TIMESTAMP NULL)'
    run seed --demo 100 --format csv --url "$URL"
    expect_status 0
    sed 's/+00//g' "$WORK/stdout" >few
    run seed --demo 1000 --format csv --url "$URL"
    sed 's/+00//g' "$WORK/stdout" | head -101 >many
    check 'the same rows among more' cmp few many
    [ -f "$WORK/of_first" ] || cp few "$WORK/of_first"
    check 'the same rows as those of the first engine' cmp few "$WORK/of_first"
}

for_each_engine circles
for_each_engine parts
for_each_engine same_rows
for_each_engine tenants
for_each_engine scripts
