# Several targets at once: from a list, a query, and patterns of names. (Bad days: flock_bad_days.sh.)
. "$(dirname "$0")/lib.sh"

a_list()
{
    more_databases 4
    environment "$(as_yaml $URLS)"
    two_migrations
    run status --exit-code
    expect_status 2
    expect_out_like '^pending +.* 0 applied, 2 pending'
    run status
    expect_status 0
    run up 1
    expect_status 0
    expect_out_like '^done +.* 1 applied, 1 pending  [0-9]+ ms$'
    expect_out_like '^done +4$'
    expect_out_like '^all +4$'
    expect_err_is ''
    run status -v
    expect_status 0
    check 'each target is named' test "$(grep -c '^-- target: ' "$WORK/stdout")" -eq 4
    expect_out_like '^applied +1 +first '
    expect_out_like '^pending +2 +second '
    run up --format json
    expect_status 0
    expect_json 'length == 4 and all(.direction == "up" and .planned == 1 and .remaining == 0 and .error == null)'
    expect_json 'map(.target) | unique | length == 4'
    expect_sql 'SELECT count(*) FROM second' 0
    run up
    expect_out_like '0 applied, 0 pending'
    run status --exit-code --format json
    expect_status 0
    expect_json 'all(.applied == 2 and .pending == 0)'
    run down --all --dry-run
    expect_status 0
    expect_out 'DROP TABLE first'
    check 'the SQL of each target' test "$(grep -c '^-- target: ' "$WORK/stdout")" -eq 4
    run down --all -q
    expect_status 0
    expect_out_is ''
    run status --format json
    expect_json 'all(.applied == 0)'
}
for_each_engine a_list

# What one target lacks does not keep the others, and the next run does what is left.
one_fails()
{
    more_databases 3
    environment "$(as_yaml $URLS)"
    two_migrations
    sql 'CREATE TABLE second (id INTEGER)'
    run up --concurrency 1
    expect_status 1
    expect_out_like '^failed +.* 1 of 2 applied, 1 pending'
    expect_out_like '^done +2$'
    expect_out_like '^failed +1$'
    expect_err "$DATABASE"
    expect_err 'migrations/2_second.up.sql:1:'
    run up --format json
    expect_status 1
    expect_json 'map(select(.error)) | length == 1 and .[0].error.code == 1 and (.[0].target | contains("'"$DATABASE"'"))'
    expect_json 'map(select(.planned == 0)) | length == 2'
    sql 'DROP TABLE second'
    run up
    expect_status 0
    expect_out_like "$DATABASE.*  1 applied, 0 pending"
}
for_each_engine one_fails

stopping_early()
{
    more_databases 4
    first=${URLS%% *}
    environment "$(as_yaml $URLS)"
    two_migrations
    last=$URL
    URL=$first
    DATABASE=$(echo "$URL" | sed 's/?.*//; s/.*\///; s/\.db$//')
    sql 'CREATE TABLE first (id INTEGER)'
    run up --canary 1
    expect_status 1
    expect_out_like '^skipped +3$'
    expect_out_like '^skipped +.*not begun: a canary failed$'
    run up --fail-fast --concurrency 1
    expect_status 1
    expect_out_like '^skipped +3$'
    expect_out 'not begun: another target failed'
    run up --canary 1 --format json
    expect_status 1
    expect_json 'length == 4 and (map(select(.skipped)) | length == 3 and all(.error == null))'
    run status --format json
    expect_json 'all(.applied == 0)'
    sql 'DROP TABLE first'
    run up --canary 2
    expect_status 0
    expect_out_like '^done +4$'
}
for_each_engine stopping_early

patterns()
{
    two_migrations
    case $ENGINE in
    sqlite)
        mkdir shops
        for name in a1 a2 b1; do sqlite3 "shops/$name.db" 'CREATE TABLE there (id INTEGER)'; done
        : >shops/a1.db-journal
        expected=2
        environment 'url: "sqlite:shops", databases: "a*"'
        ;;
    *)
        more_databases 3
        expected=$(grep -c "^$ENGINE t_flock_$$_" "$WORK/databases")
        environment "url: \"$URL\", databases: \"t_flock_$$_*\""
        ;;
    esac
    run up --format json
    expect_status 0
    expect_json "length == $expected and all(.remaining == 0) and (map(.target | sub(\"[?].*\"; \"\")) | . == sort)"
    environment 'url: "'"$URL"'", databases: "no_such_*"'
    [ "$ENGINE" != sqlite ] || environment 'url: "sqlite:shops", databases: "no_such_*"'
    run up
    expect_status 65
    expect_err 'no database is named like "no_such_*"'
    environment 'url: "'"$URL"'", databases: "a*", schemas: "b*"'
    run up
    expect_status 65
    expect_err 'has both "databases" and "schemas"'
    environment 'urls: [ "'"$URL"'" ], databases: "a*"'
    run up
    expect_status 65
    expect_err '"databases" needs the "url"'
}
for_each_engine patterns

# Each schema has tables and a history of its own, and they do not wait for each other.
schemas()
{
    [ "$ENGINE" = postgresql ] || return 0
    two_migrations
    sql 'CREATE SCHEMA tenant_a; CREATE SCHEMA "tenant_B c"; CREATE SCHEMA other'
    environment "url: \"$URL\", schemas: \"tenant_*\""
    run up --lock-timeout 0
    expect_status 0
    expect_out_like '^done +2$'
    expect_sql "SELECT count(*) FROM pg_tables WHERE tablename IN ('first', 'second', 'dunlin_history') AND schemaname IN ('tenant_a', 'tenant_B c')" 6
    expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'other')" 0
    case $URL in
    *\?*) one=$URL\&search_path=tenant_a ;;
    *) one=$URL?search_path=tenant_a ;;
    esac
    run status --url "$one" --exit-code
    expect_status 0

    # The lock of a schema is that of whoever comes to it by its search_path, whatever follows in that.
    migration 3_slow 'SELECT pg_sleep(3);'
    "$DUNLIN" up --url "$one,public" </dev/null >first.out 2>first.err &
    first=$!
    for _ in $(seq 100); do
        [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = '$DATABASE' AND query LIKE 'SELECT pg_sleep(3%'")" = 0 ] || break
        sleep 0.05
    done
    run up --lock-timeout 0
    expect_status 75
    expect_out_like '^failed +1$'
    expect_out_like '^done +1$'
    expect_err 'another run holds the lock'
    expect_err 'search_path=tenant_a'
    wait $first
    check 'the first run ends well' test $? -eq 0
}
for_each_engine schemas

# Definitions name no schema; each tenant has what they say in its own, whatever it is called and stands beside it.
schemas_by_definitions()
{
    [ "$ENGINE" = postgresql ] || return 0
    sql 'CREATE SCHEMA tenant_a; CREATE SCHEMA "tenant B-2"; CREATE TABLE public.shared (id INTEGER PRIMARY KEY)'
    mkdir schema seeds
    cat >schema/all.sql <<'END'
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE public_holidays (day DATE PRIMARY KEY, mood mood DEFAULT 'good', note VARCHAR(40));
COMMENT ON TABLE public_holidays IS 'not in public.shared';
CREATE TABLE orders (id SERIAL PRIMARY KEY, day DATE REFERENCES public_holidays, total INTEGER CHECK (total > 0));
CREATE VIEW noted AS SELECT o.id, h.note FROM orders o JOIN public_holidays h ON h.day = o.day;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
END
    printf 'day,note\n2026-01-01,New\n' >seeds/public_holidays.csv
    environment "url: \"$URL\", schemas: \"tenant*\""
    run drift
    expect_status 2
    expect_out_like '^drifted +2$'
    run apply --yes
    expect_status 0
    expect_out_like '^done +2$'
    run apply --yes --format json
    expect_status 0
    expect_json 'length == 2 and all(.plan.statements == [])'
    run drift
    expect_status 0
    expect_out_like '^done +2$'
    expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname IN ('tenant_a', 'tenant B-2')" 4
    expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" 1
    run seed
    expect_status 0
    expect_sql 'SELECT note FROM "tenant B-2".public_holidays' New
    run seed --demo 3
    expect_status 0
    expect_sql 'SELECT (SELECT count(*) FROM tenant_a.orders), (SELECT count(*) FROM "tenant B-2".orders), (SELECT count(*) FROM shared)' '3	3	0'
    run query --format csv 'SELECT count(*) FROM orders'
    expect_status 0
    check 'a row a tenant' test "$(grep -c ',3$' "$WORK/stdout")" -eq 2

    # One of them by itself: a rename, proven under its own name, and drift that is repaired.
    case $URL in
    *\?*) one=$URL\&search_path=tenant_a ;;
    *) one=$URL?search_path=tenant_a ;;
    esac
    sql 'DROP VIEW tenant_a.noted; ALTER TABLE tenant_a.orders ADD COLUMN memo INTEGER'
    run drift --fix --yes --allow drop-column --url "$one"
    expect_status 0
    expect_out 'proven on a scratch copy'
    run drift --url "$one"
    expect_status 0
    sed 's/note VARCHAR(40)/\n-- dunlin: renamed from note\nremark VARCHAR(40)/; s/h.note/h.remark/' schema/all.sql >renamed.sql
    run diff "$one" renamed.sql
    expect_status 0
    expect_out 'ALTER TABLE "tenant_a"."public_holidays" RENAME COLUMN "note" TO "remark"'
    expect_out 'proven on a scratch copy'
    run diff renamed.sql schema --url "$one"
    expect_status 0
    expect_out '"public"."public_holidays"'
}
for_each_engine schemas_by_definitions

no_schemas()
{
    [ "$ENGINE" = sqlite ] || return 0
    two_migrations
    environment 'url: "sqlite:.", schemas: "a*"'
    run up
    expect_status 65
    expect_err 'a database of SQLite has no schemas'
}
for_each_engine no_schemas

discovered()
{
    two_migrations
    more_databases 2
    sql "CREATE TABLE tenants (url VARCHAR(500))"
    for url in $URLS; do
        sql "INSERT INTO tenants VALUES ('$url')"
    done
    environment "discover: { url: \"$URL\", query: \"SELECT url FROM tenants\" }"
    run up
    expect_status 0
    expect_out_like '^done +2$'

    # The same target twice is one target.
    sql "INSERT INTO tenants SELECT url FROM tenants"
    run status --format json
    expect_json 'length == 2'

    # Whatever is not a URL: nothing is begun, and it is not quoted, for it may hold a password.
    sql "INSERT INTO tenants VALUES ('postgres//u:s3cret@h/d')"
    run up
    expect_status 65
    expect_err 'row 5 of the query'
    sql "DELETE FROM tenants WHERE url LIKE 'postgres//%'; INSERT INTO tenants VALUES (NULL)"
    run up
    expect_status 65
    expect_err 'row 5 of the query'
    expect_err 'NULL'
    sql "DELETE FROM tenants"
    run up
    expect_status 65
    expect_err 'environment "many" has no targets: its query gives no rows'
    environment "discover: { url: \"$URL\", query: \"SELECT nothing FROM nowhere\" }"
    run up
    expect_status 1
    expect_err 'looking up the targets of environment "many"'

    # A look at the targets changes nothing, whatever the query says.
    sql "INSERT INTO tenants VALUES ('sqlite:a.db')"
    environment "discover: { url: \"$URL\", query: \"DELETE FROM tenants\" }"
    run status
    expect_status 1
    expect_err 'the query that looks up targets may only read'
    environment "discover: { url: \"$URL\", query: \"SELECT url FROM tenants; DELETE FROM tenants\" }"
    run status
    expect_status 65
    expect_err 'a query is one statement, and not 2'
    expect_sql 'SELECT count(*) FROM tenants' 1
}
for_each_engine discovered

# Each target has a plan of its own.
applied()
{
    more_databases 3
    environment "$(as_yaml $URLS)"
    mkdir schema
    echo 'CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(20));' >schema/items.sql
    sql 'CREATE TABLE items (id INTEGER PRIMARY KEY)'
    run apply
    expect_status 2
    expect_err '--yes'
    run apply --dry-run
    expect_status 0
    check 'a plan a target' test "$(grep -c '^-- target: ' "$WORK/stdout")" -eq 3
    expect_out_like 'ADD COLUMN'
    expect_sql 'SELECT count(*) FROM items' 0
    run apply --yes
    expect_status 0
    expect_out_like '^done +3$'
    expect_out_like '^done +.* 1 statement done'
    expect_sql 'SELECT count(name) FROM items' 0
    run apply --yes --format json
    expect_status 0
    expect_json 'length == 3 and all(.error == null and .plan.statements == [])'
    sql 'ALTER TABLE items ADD COLUMN late INTEGER'
    run apply --yes
    expect_status 1
    expect_out_like '^failed +1$'
    expect_out_like '^done +2$'
    expect_err 'drop-column'
}
for_each_engine applied

# Files and made up rows; the second run has nothing to do.
seeded()
{
    more_databases 3
    environment "$(as_yaml $URLS)"
    migration 1_items 'CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL);'
    mkdir seeds
    printf 'id,name\n1,Ann\n2,Bob\n' >seeds/items.csv
    run up -q
    run seed --dry-run
    expect_status 0
    expect_out_like '^done +.* 1 of 1 file would be loaded: 2 inserted'
    expect_sql 'SELECT count(*) FROM items' 0
    sql 'DROP TABLE items'
    run seed
    expect_status 65
    expect_out_like '^done +2$'
    expect_out_like '^failed +1$'
    expect_err 'seeds/items.csv: there is no table items'
    sql 'CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL)'
    run seed --format json
    expect_status 0
    expect_json 'length == 3 and (map(select(.files[0].state == "loaded")) | length == 1 and .[0].files[0].inserted == 2)'
    run seed
    expect_status 0
    expect_out_like '^done +.* nothing to do: no file has changed'
    expect_sql 'SELECT count(*) FROM items' 2
    run seed --demo items=4 --format json
    expect_status 0
    expect_json 'length == 3 and all(.files[0].inserted == 4)'
    expect_sql 'SELECT count(*) FROM items' 6
    run seed --capture items
    expect_status 64
    expect_err 'one target at a time'
    run seed --demo 4 --format sql
    expect_status 64
}
for_each_engine seeded

usage()
{
    [ "$ENGINE" = sqlite ] || return 0
    two_migrations
    run up --url "$URL" --canary 2
    expect_status 64
    expect_err '--canary is for an environment with several targets'
    environment "$(as_yaml "$URL" sqlite:other.db)"
    run migrate baseline 1
    expect_status 64
    expect_err 'has 2 targets'
    run up --concurrency 0
    expect_status 64
    run up --concurrency 5000
    expect_status 64
    printf 'CREATE TABLE (\n' >migrations/3_bad.up.sql
    printf "SELECT 'unclosed;\n" >migrations/4_bad.up.sql
    run up
    expect_status 65
    expect_out_like '^failed +2$'
    environment "$(as_yaml "$URL" sqlite:other.db), protected: true"
    run up
    expect_status 64
    expect_err 'give --yes'
}
for_each_engine usage
