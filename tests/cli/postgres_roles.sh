# PostgreSQL: migrations that change roles, users without rights, and places where the history table cannot be.
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'needs PostgreSQL'

as_user()
{
    echo "$URL" | sed "s#//[^@]*@#//$1@#"
}

new_database()
{
    fresh_database postgresql
    rm -rf migrations dunlin.yaml
    builder=builder_${DATABASE#t_} login=login_${DATABASE#t_}
    sql "CREATE ROLE $builder NOLOGIN; CREATE ROLE $login LOGIN; GRANT $builder TO $login;
        GRANT ALL ON SCHEMA public TO $builder; GRANT ALL ON SCHEMA public TO $login"
}

drop_all()
{
    sql "DROP OWNED BY $builder, $login"
    drop_database
    ask_server "DROP ROLE $builder, $login"
}

owners()
{
    expect_sql "SELECT string_agg(tablename || ' ' || CASE tableowner WHEN '$builder' THEN 'builder' WHEN '$login' THEN 'login'
        ELSE 'other' END, ', ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'dunlin_history'" "$1"
}

# The history is written as the user that connected, and the role is back before the next migration.
new_database
migration 1_local "SET LOCAL ROLE $builder; CREATE TABLE a (id int);"
migration 2_session "SET ROLE $builder; CREATE TABLE b (id int);"
migration 3_steps "-- dunlin: no-transaction
SET ROLE $builder;
CREATE TABLE c (id int);
CREATE INDEX CONCURRENTLY ON c (id);
CREATE TABLE d (id int);"
migration 4_block "CREATE TABLE e (id int); SET ROLE $builder; CREATE TABLE f (id int);
CREATE INDEX CONCURRENTLY ON f (id); CREATE TABLE g (id int);"
migration 5_after 'CREATE TABLE h (id int);'
run up --url "$(as_user "$login")"
expect_status 0
owners 'a builder, b builder, c builder, d builder, e login, f builder, g builder, h login'
expect_sql "SELECT count(*) FROM dunlin_history WHERE state = 'done' AND statements = done" 5

# Nor does what a script set keep its failure from being recorded; then it goes on with the same settings.
migration 6_fails "-- dunlin: no-transaction
SET ROLE $builder;
CREATE TABLE i (id int);
CREATE INDEX CONCURRENTLY ON i (nix);"
run up --url "$(as_user "$login")"
expect_status 1
expect_err 'statement 3 of 3'
expect_err 'its statements 1 to 2 are applied and stay'
run status --url "$(as_user "$login")"
expect_out 'failed'
refute_out 'in doubt'
migration 6_fails "-- dunlin: no-transaction
SET ROLE $builder;
CREATE TABLE i (id int);
CREATE TABLE j (id int);"
migration 7_after 'CREATE TABLE k AS SELECT current_user AS name;'
run up --url "$(as_user "$login")"
expect_status 0
expect_sql "SELECT tableowner = '$builder' FROM pg_tables WHERE tablename = 'j'" t
expect_sql 'SELECT name FROM k' "$login"
drop_all

# A user whose role is set at connect keeps it.
new_database
sql "ALTER ROLE $login SET role = $builder"
migration 1_none 'SET ROLE NONE; CREATE TABLE a (id int);'
migration 2_after 'CREATE TABLE b (id int);'
run up --url "$(as_user "$login")"
expect_status 0
owners 'a login, b builder'
expect_sql "SELECT tableowner = '$builder' FROM pg_tables WHERE tablename = 'dunlin_history'" t
drop_all

# A search_path that has changed since does not move the history.
new_database
migration 1_a "CREATE SCHEMA app; ALTER DATABASE $DATABASE SET search_path = app, public;" \
    "DROP SCHEMA app CASCADE; ALTER DATABASE $DATABASE RESET search_path;"
run up --url "$URL"
expect_status 0
migration 2_b 'CREATE TABLE b (id int);' 'DROP TABLE b;'
run up --url "$URL"
expect_status 0
expect_sql "SELECT schemaname, tablename FROM pg_tables WHERE tablename IN ('b', 'dunlin_history') ORDER BY 2" 'app	b
public	dunlin_history'
run down --all --url "$URL"
expect_status 0
echo 'history: "Odd history''s name"' >dunlin.yaml
run up --url "$URL"
expect_status 0
run status --exit-code --url "$URL"
expect_status 0
rm dunlin.yaml
drop_all

# Where the history table cannot be.
new_database
migration 1_a 'CREATE TABLE a (id int);'
echo 'history: ops.dunlin_history' >dunlin.yaml
run up --url "$URL"
expect_status 1
expect_err 'cannot make the history table "ops"."dunlin_history": schema "ops" does not exist'
expect_err '`history:` in dunlin.yaml'
expect_err 'state: nothing was run'
run status --url "$URL"
expect_status 0
sql 'CREATE SCHEMA ops'
run up --url "$URL"
expect_status 0
expect_sql 'SELECT version, state FROM ops.dunlin_history' '1	done'
mv dunlin.yaml ..
sql "REVOKE CREATE ON SCHEMA public FROM PUBLIC, $login, $builder"
run up --url "$(as_user "$login")"
expect_status 1
expect_err 'cannot make the history table "public"."dunlin_history": permission denied for schema public'

# Users that may not connect are told why, and not to make what is there.
sql "REVOKE CONNECT ON DATABASE $DATABASE FROM PUBLIC"
run up --url "$(as_user "$login")"
expect_status 69
expect_err 'GRANT CONNECT'
sql "GRANT CONNECT ON DATABASE $DATABASE TO $login; ALTER ROLE $login CONNECTION LIMIT 0"
run up --url "$(as_user "$login")"
expect_status 69
expect_err 'CONNECTION LIMIT'
run up --url "$(as_user "$builder")"
expect_status 69
expect_err 'ALTER ROLE ... LOGIN'

mv ../dunlin.yaml .
run up --url "$URL&sslmode=sometimes"
expect_status 65
expect_err 'sslmode'

migration 2_commit "CREATE TABLE k (id int);
DO \$\$ BEGIN INSERT INTO k VALUES (1); COMMIT; END \$\$;"
run up --url "$URL"
expect_status 1
expect_err '2D000'
expect_err '`-- dunlin: no-transaction`'
drop_all
