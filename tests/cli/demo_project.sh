# The demo project in migrations/, on every engine: forwards with data in it, back to nothing, and forwards
# again; and the definitions in schema/ are what the migrations make.
. "$(dirname "$0")/lib.sh"

# name TABLE: as it is called on this engine.
name()
{
    [ "$ENGINE" != postgresql ] || printf sales.
    echo "$1"
}

# whole EXPRESSION: as a whole number, in this engine's words.
whole()
{
    case $ENGINE in
    mysql) echo "CAST($1 AS SIGNED)" ;;
    *) echo "CAST($1 AS INTEGER)" ;;
    esac
}

# Every object of the project with its definition, as the plain client tells it.
structure()
{
    case $ENGINE in
    # SQLite keeps the text, and blanks of another kind where a column was dropped.
    sqlite) sql "SELECT type, name, replace(replace(sql, char(10), ''), ' ', '') FROM sqlite_schema
            WHERE name NOT LIKE 'dunlin%' AND name NOT LIKE 'sqlite%' ORDER BY 1, 2" ;;
    postgresql) "$TEST_POSTGRESQL_BIN/pg_dump" -s -T 'dunlin_*' "$URL" | grep -v -e '^--' -e '^\\' -e '^$' ;;
    mysql) mysql_structure | sed "s/ AUTO_INCREMENT=[0-9]*//; s/\`$DATABASE\`\\.//g" ;;
    esac
}

mysql_structure()
{
    objects="SELECT table_type, table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name NOT LIKE 'dunlin%'
        UNION SELECT 'TRIGGER', trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()
        UNION SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()
        ORDER BY 1, 2"
    sql "$objects" | sed 's/^BASE //; s/\(.*\)	\(.*\)/SHOW CREATE \1 \2;/' >"$WORK/show.sql"
    # The time at which a trigger was made is no part of its definition.
    sql "$(cat "$WORK/show.sql")" | sed 's/	[-0-9]* [0-9:.]*$//'
}

# load_definitions: all of schema/ in the order of the names, by the plain client; MariaDB's would want
# DELIMITER lines.
load_definitions()
{
    cat schema/*.sql >"$WORK/schema.sql"
    case $ENGINE in
    sqlite) sqlite3 -batch -bail "${URL#sqlite:}" <"$WORK/schema.sql" ;;
    postgresql) psql_quietly -d "$URL" -f "$WORK/schema.sql" ;;
    mysql) mariadb_quietly --delimiter='//' "$DATABASE" <"$WORK/schema.sql" ;;
    esac
}

# The database at the third migration: one order that is paid, one that is not.
enter_data()
{
    sql "INSERT INTO $(name customers) (name) VALUES ('Ada'), ('Grace');
        INSERT INTO $(name products) (category_id, sku, name, price)
            VALUES (1, 'G-1', 'Waders; a guide', 20), (2, 'N-1', 'Notebook', 2.5);
        INSERT INTO $(name orders) (customer_id, paid_with) VALUES (1, 'card'), (2, NULL);
        INSERT INTO $(name order_items) (order_id, line, product_id, quantity, unit_price)
            VALUES (1, 1, 1, 1, 20), (1, 2, 2, 4, 2.5), (2, 1, 2, 2, 2.5);"
}

use_everything()
{
    expect_sql "SELECT order_id, method, $(whole 'amount') FROM $(name payments)" '1	card	30'
    expect_sql "SELECT order_id, customer, $(whole 'amount - paid') FROM $(name order_totals) ORDER BY order_id" '1	Ada	0
2	Grace	5'
    sql "UPDATE $(name products) SET price = 3, stock = 5 WHERE sku = 'N-1'"
    sql "UPDATE $(name products) SET name = 'Note book' WHERE sku = 'N-1'"
    expect_sql "SELECT product_id, $(whole 'new_price') FROM $(name price_history)" '2	3'
    four_notebooks="INSERT INTO $(name order_items) (order_id, line, product_id, quantity, unit_price) VALUES (2, %d, 2, 4, 3)"
    sql "$(printf "$four_notebooks" 2)"
    expect_sql "SELECT stock FROM $(name products) WHERE sku = 'N-1'" 1
    refute 'more is sold than there is' try_sql "$(printf "$four_notebooks" 3)" 2>/dev/null
    case $ENGINE in
    postgresql | mysql) expect_sql "SELECT CAST($(name open_amount)(2) AS DECIMAL(10, 2))" 17.00 ;;
    esac
    if [ "$ENGINE" = mysql ]; then
        sql "CALL restock('N-1', 3)"
        expect_sql "SELECT stock FROM products WHERE sku = 'N-1'" 4
    fi
}

demo()
{
    cp -r "$ROOT/migrations/$ENGINE/." .
    run up 3 --url "$URL"
    expect_status 0
    enter_data
    run up --url "$URL"
    expect_status 0
    structure >"$WORK/first"
    use_everything
    run down 4 --url "$URL"
    expect_status 0
    expect_sql "SELECT id, paid_with FROM $(name orders) ORDER BY id" '1	card
2	NULL'
    run up --url "$URL"
    expect_status 0

    run down --all --url "$URL"
    expect_status 0
    structure >"$WORK/nothing"
    run up --url "$URL"
    expect_status 0
    structure >"$WORK/again"
    check 'up after down is the same' diff "$WORK/first" "$WORK/again"
    drop_database

    fresh_database
    structure >"$WORK/empty"
    check 'down to nothing leaves nothing' diff "$WORK/empty" "$WORK/nothing"
    check 'the definitions can be loaded' load_definitions
    structure >"$WORK/defined"
    check 'schema/ is what the migrations make' diff "$WORK/defined" "$WORK/first"
    check 'there is something to compare' test "$(wc -c <"$WORK/first")" -gt 2000
}
for_each_engine demo
