#!/bin/sh
# seed --demo where keys are hard: circles of keys, foreign keys that share a column, and scripts that plain clients load.
. "$(dirname "$0")/lib.sh"

# Each key is a reference to the other: without an end, if one followed the other.
circles()
{
    defer='DEFERRABLE INITIALLY DEFERRED'
    if [ "$ENGINE" = mysql ]; then # which looks at each row at once, so that there is no first row
        sql 'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY, FOREIGN KEY (id) REFERENCES a (id));
            ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES b (id)'
        run seed --demo 300 --url "$URL"
        expect_status 65
        expect_err 'rows that need them in turn'
        return
    fi
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

# Rows go where there are partitions, and periods begin before they end.
divided()
{
    case $ENGINE in
    sqlite) return ;;
    postgresql)
        sql "CREATE TABLE years (id INTEGER NOT NULL, y INTEGER, PRIMARY KEY (id, y)) PARTITION BY RANGE (y);
            CREATE TABLE years_2 PARTITION OF years FOR VALUES FROM (10) TO (20);
            CREATE TABLE years_1 PARTITION OF years FOR VALUES FROM (0) TO (10);
            CREATE TABLE years_9 PARTITION OF years FOR VALUES FROM (90) TO (91);
            CREATE TABLE days (d DATE) PARTITION BY RANGE (d);
            CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2020-03-01');
            CREATE TABLE words (id INTEGER, word TEXT) PARTITION BY LIST (word);
            CREATE TABLE words_1 PARTITION OF words FOR VALUES IN ('a', 'b (c)');
            CREATE TABLE words_2 PARTITION OF words FOR VALUES IN ('d');
            CREATE TABLE twice (y INTEGER NOT NULL, word TEXT) PARTITION BY RANGE (y);
            CREATE TABLE twice_1 PARTITION OF twice FOR VALUES FROM (MINVALUE) TO (5) PARTITION BY LIST (word);
            CREATE TABLE twice_2 PARTITION OF twice FOR VALUES FROM (5) TO (9) PARTITION BY LIST (word);
            CREATE TABLE twice_11 PARTITION OF twice_1 FOR VALUES IN ('x', NULL);
            CREATE TABLE rest (y INTEGER) PARTITION BY RANGE (y);
            CREATE TABLE rest_1 PARTITION OF rest FOR VALUES FROM (0) TO (1);
            CREATE TABLE rest_2 PARTITION OF rest DEFAULT"
        ;;
    mysql)
        sql "CREATE TABLE years (id INTEGER NOT NULL, y INTEGER NOT NULL, PRIMARY KEY (id, y))
                PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20));
            CREATE TABLE days (d DATE) PARTITION BY RANGE COLUMNS (d) (PARTITION a VALUES LESS THAN ('2015-01-01'));
            CREATE TABLE calls (d DATE) PARTITION BY RANGE (YEAR(d)) (PARTITION a VALUES LESS THAN (2015));
            CREATE TABLE counted (d DATE) PARTITION BY RANGE (TO_DAYS(d)) (PARTITION a VALUES LESS THAN (TO_DAYS('2015-01-01')));
            CREATE TABLE moments (t TIMESTAMP NOT NULL)
                PARTITION BY RANGE (UNIX_TIMESTAMP(t)) (PARTITION a VALUES LESS THAN (UNIX_TIMESTAMP('2015-01-01')));
            CREATE TABLE words (id INTEGER, word VARCHAR(9))
                PARTITION BY LIST COLUMNS (word) (PARTITION a VALUES IN ('a', 'b (c)'), PARTITION b VALUES IN ('d'));
            CREATE TABLE rest (y INTEGER) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN MAXVALUE)"
        case $(sql 'SELECT VERSION()') in
        *MariaDB*) sql 'CREATE TABLE stays (id INTEGER, a DATE NOT NULL, b DATE NOT NULL, PERIOD FOR stay (a, b), PRIMARY KEY (id, stay WITHOUT OVERLAPS))' ;;
        esac
        ;;
    esac
    run seed --demo 300 --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*), count(DISTINCT y) > 5, max(y) < 20 FROM years' "$([ "$ENGINE" = postgresql ] && echo '300	t	t' || echo '300	1	1')"
    expect_sql 'SELECT count(*), count(DISTINCT word) FROM words' '300	3'
    expect_sql 'SELECT count(*) FROM days' 300
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

# The beginning of an address, in SQL.
joined()
{
    if [ "$ENGINE" = sqlite ]; then
        printf '(%s' "$1"; shift
        for part in "$@" "'%'"; do printf ' || %s' "$part"; done
        printf ')'
    else
        printf 'CONCAT(%s' "$1"; shift
        for part in "$@" "'%'"; do printf ', %s' "$part"; done
        printf ')'
    fi
}

# What a row says of a person is of one person, and of another where the name of the column says so.
persons()
{
    sql 'CREATE TABLE customers (id INTEGER PRIMARY KEY, first_name VARCHAR(40) NOT NULL, last_name VARCHAR(40) NOT NULL,
        email VARCHAR(90) NOT NULL UNIQUE, author VARCHAR(60) NOT NULL, author_email VARCHAR(90) NOT NULL)'
    run seed --demo 20000 --url "$URL"
    expect_status 0
    expect_sql "SELECT COUNT(*) FROM customers WHERE email NOT LIKE $(joined "LOWER(first_name)" "'.'" "LOWER(last_name)")" 0
    expect_sql "SELECT COUNT(*) FROM customers WHERE author_email NOT LIKE $(joined "LOWER(REPLACE(author, ' ', '.'))")" 0
    expect_sql 'SELECT COUNT(*) < 20 FROM customers WHERE author_email = email' "$([ "$ENGINE" = postgresql ] && echo t || echo 1)"
}

# One thing comes after the other, also where a check asks for less.
stages()
{
    sql 'CREATE TABLE orders (id INTEGER PRIMARY KEY, ordered_at TIMESTAMP NULL, paid_at TIMESTAMP NULL, shipped_at TIMESTAMP NULL,
        delivered_at TIMESTAMP NULL, CHECK (shipped_at >= ordered_at))'
    sql 'CREATE TABLE staff (id INTEGER PRIMARY KEY, hired_on DATE, left_on DATE, gross DECIMAL(10,2) NOT NULL,
        CHECK (gross BETWEEN 1000 AND 9000))'
    run seed --demo 500 --url "$URL"
    expect_status 0
    expect_sql 'SELECT COUNT(*) FROM orders WHERE paid_at < ordered_at OR shipped_at < paid_at OR delivered_at < shipped_at' 0
    expect_sql 'SELECT COUNT(*) FROM staff WHERE left_on < hired_on' 0
    expect_sql 'SELECT COUNT(DISTINCT gross) > 100 FROM staff' "$([ "$ENGINE" = postgresql ] && echo t || echo 1)"
}

for_each_engine circles
for_each_engine stages
for_each_engine persons
for_each_engine parts
for_each_engine divided
for_each_engine same_rows
for_each_engine tenants
for_each_engine scripts
