# Scratch places: where the user may make none, or only a little one; where another server has to do; and what a crash leaves.
. "$(dirname "$0")/lib.sh"

as_user()
{
    echo "$URL" | sed "s#//[^@]*@#//$1@#"
}

# How many scratch databases the server has that process $1 has made.
left_by()
{
    sql "SELECT count(*) FROM $scratch_databases LIKE 'dunlin\\_scratch\\_%\\_$1\\_%'"
}

some_definitions()
{
    mkdir -p schema
    cat >schema/a.sql <<'END'
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, FOREIGN KEY (customer_id) REFERENCES customers (id));
CREATE VIEW names AS SELECT name FROM customers;
END
}

# PostgreSQL: a schema in a transaction will do for definitions that fit into the table of locks, but not for trying plans.
postgresql_roles()
{
    some_definitions
    weak=weak_${DATABASE#t_}
    sql "CREATE ROLE $weak LOGIN; GRANT CREATE ON DATABASE $DATABASE TO $weak"
    run inspect schema --url "$(as_user "$weak")" --format json
    expect_status 0
    expect_json '[.objects[] | .schema // "public"] | unique == ["public"]'
    refute_out scratch
    expect_sql "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dunlin%'" 0
    run inspect schema --url "$(as_user "$weak")"
    expect_status 0
    sql "$(cat "$WORK/stdout")"
    sql "GRANT SELECT ON ALL TABLES IN SCHEMA public TO $weak; CREATE EXTENSION citext; CREATE SCHEMA other; CREATE TABLE other.a (id integer)"
    run diff "$(as_user "$weak")" schema --exit-code
    expect_status 0
    echo 'CREATE TABLE more (id INTEGER PRIMARY KEY);' >schema/b.sql
    run diff "$(as_user "$weak")" schema --exit-code
    expect_status 2
    expect_out 'CREATE TABLE "public"."more"'
    expect_out 'scratch: URL in dunlin.yaml'
    refute_out 'citext'
    refute_out 'proven on'

    i=0
    while [ $i -lt 1500 ]; do
        i=$((i + 1))
        echo "CREATE TABLE many$i (id INTEGER PRIMARY KEY);"
    done >schema/many.sql
    run inspect schema --url "$(as_user "$weak")"
    expect_status 1
    expect_err 'max_locks_per_transaction'
    expect_err 'CREATEDB'
    rm schema/many.sql

    sql "REVOKE CREATE ON DATABASE $DATABASE FROM $weak"
    run inspect schema --url "$(as_user "$weak")"
    expect_status 1
    expect_err 'may make neither'
    expect_err 'CREATEDB'

    printf 'scratch: "%s"\nenvironments:\n  weak: { url: "%s" }\n' "$URL" "$(as_user "$weak")" >dunlin.yaml
    run diff env:weak schema --exit-code
    expect_status 2
    expect_out 'proven on a scratch copy'
    sql "DROP OWNED BY $weak; DROP ROLE $weak"
}

mysql_roles()
{
    some_definitions
    weak=weak_${DATABASE#t_}
    ask_server "CREATE USER $weak@localhost; GRANT ALL ON $DATABASE.* TO $weak@localhost"
    run inspect schema --url "$(as_user "$weak")"
    expect_status 1
    expect_err 'GRANT ALL ON `dunlin'
    expect_err 'scratch: URL in dunlin.yaml'
    ask_server "GRANT ALL ON \`dunlin\\_scratch\\_%\`.* TO $weak@localhost"
    run inspect schema --url "$(as_user "$weak")"
    expect_status 0
    ask_server "DROP USER $weak@localhost"
}

# What a killed run leaves is dropped by the next one that makes a scratch database.
swept()
{
    [ "$ENGINE" = sqlite ] && return 0
    some_definitions
    scratch_databases='pg_database WHERE datname'
    [ "$ENGINE" = mysql ] && scratch_databases='information_schema.SCHEMATA WHERE SCHEMA_NAME'
    i=0
    while [ $i -lt 3000 ]; do
        i=$((i + 1))
        echo "CREATE TABLE many$i (id INTEGER PRIMARY KEY);"
    done >schema/many.sql
    start inspect schema --url "$URL"
    process=$started
    attempts=200
    while [ "$(left_by "$process")" = 0 ] && [ $attempts -gt 0 ]; do
        attempts=$((attempts - 1))
        sleep 0.05
    done
    send KILL
    wait "$started"
    started=
    check 'it has left a database' test "$(left_by "$process")" = 1
    rm schema/many.sql
    attempts=20
    while [ "$(left_by "$process")" != 0 ] && [ $attempts -gt 0 ]; do
        attempts=$((attempts - 1))
        run inspect schema --url "$URL" --no-cache
        expect_status 0
        sleep 0.5
    done
    check 'it is gone' test "$(left_by "$process")" = 0
}

for_each_engine swept
if has_engine postgresql; then
    ENGINE=postgresql
    fresh_database postgresql
    postgresql_roles
    drop_database
fi
if has_engine mysql; then
    ENGINE=mysql
    fresh_database mysql
    rm -rf dunlin.yaml schema
    mysql_roles
    drop_database
fi
