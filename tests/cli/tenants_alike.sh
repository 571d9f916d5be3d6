# Schemas of one database that are alike: the catalog of one is read for all of them, under the name of each, and whatever differs
# is told; what cannot be told apart by the rows, or says the name of its schema, is read.
. "$(dirname "$0")/alike/lib.sh"
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'no PostgreSQL'
ENGINE=postgresql
enter()
{
    rm -rf "$WORK/tenants"
    mkdir "$WORK/tenants"
    cd "$WORK/tenants" || exit 1
    fresh_database postgresql
}

# SCHEMA SQL: in that schema.
in_schema()
{
    sql "SET search_path = \"$1\"; $2"
}

shared_schema()
{
    cat <<'SQL'
CREATE SCHEMA shared;
CREATE TYPE shared.size AS ENUM ('small', 'large');
CREATE TABLE shared.countries (code CHAR(2) PRIMARY KEY, name TEXT);
CREATE FUNCTION shared.one() RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT 1$$;
SQL
}

tenant_schema()
{
    rich_schema
    cat <<'SQL'
CREATE TABLE homes (country CHAR(2) REFERENCES shared.countries, size shared.size DEFAULT 'small', one integer DEFAULT shared.one());
CREATE VIEW named AS SELECT h.size, c.name FROM homes h JOIN shared.countries c ON c.code = h.country WHERE h.size = 'small';
CREATE FUNCTION home_of(parent) RETURNS SETOF homes LANGUAGE sql STABLE AS $$SELECT * FROM homes$$;
SQL
}

# Three of them, which have nothing in common with the numbers of their objects.
three_tenants()
{
    sql "$(shared_schema)"
    for tenant in t1 t2 'T 3'; do
        sql "CREATE TABLE used_up AS SELECT 1; CREATE INDEX ON used_up ((1)); DROP TABLE used_up; CREATE SCHEMA \"$tenant\""
        in_schema "$tenant" "$1"
    done
    environment "url: \"$URL\", schemas: \"[tT]*\", concurrency: 2"
    mkdir schema
    printf '%s\n' "$(shared_schema)" "$1" >schema/all.sql
    run drift
}

# COUNT STATUS: how many schemas are read, when what they should be is in the cache.
expect_readings()
{
    run drift --echo
    expect_status "$2"
    check "$1 of the schemas read" test "$(readings)" -eq "$1"
}

# SCHEMA SQL TEXT: the drift says so of that one only, and in the same words as when there is nothing to share.
differs_by()
{
    in_schema "$1" "$2"
    run drift --format json
    expect_status 2
    expect_json 'map(select(.equal)) | length == 2'
    expect_json "map(select(.equal | not)) | length == 1 and (.[0] | tostring | contains(\"$3\"))"
}

one_reading_for_all()
{
    enter
    three_tenants "$(tenant_schema)"
    expect_readings 1 0
    expect_out_like '^done +3$'
}

every_difference()
{
    one_reading_for_all
    differs_by t2 "ALTER TABLE parent ALTER COLUMN kind SET DEFAULT 'parent_id_seq'::regclass" parent_id_seq
    differs_by t2 "COMMENT ON COLUMN parent.note IS 'nothing'" nothing
    differs_by t2 "$(twice 3)" 'x * 3'
    differs_by t2 "ALTER SEQUENCE numbers INCREMENT 6" numbers
    differs_by t2 "ALTER TABLE homes ALTER one SET DEFAULT 2" 'shared.one()'
    differs_by t2 "CREATE OR REPLACE VIEW pairs AS SELECT p.id, c.during FROM parent p JOIN child c ON c.parent = p.id WHERE p.feeling = 'high'" pairs
    differs_by t2 "ALTER POLICY lows ON parent USING (feeling = 'high')" lows
    differs_by t2 "ALTER TABLE parent DISABLE TRIGGER touched" touched
    differs_by t2 "ALTER TYPE mood ADD VALUE 'higher'" higher
    differs_by t2 "ALTER TABLE parted DETACH PARTITION parted_2024" parted_2024
    differs_by t2 "DROP AGGREGATE doubled(integer)" doubled
    differs_by t2 "CREATE COLLATION own FROM \"C\"" own
    differs_by t2 "ALTER DOMAIN short ADD CONSTRAINT longer CHECK (length(VALUE) > 1)" longer
}

# What differs in all of them is told of each, under its own name, as if it had been read by itself.
all_differ()
{
    one_reading_for_all
    for tenant in t1 t2 'T 3'; do
        in_schema "$tenant" "ALTER TABLE child ADD COLUMN more mood DEFAULT 'low'; CREATE VIEW extra AS SELECT more FROM child; CREATE INDEX ON child (more)"
    done
    expect_readings 1 2
    run drift --format json
    json 'map(del(.elapsed_ms, .statements, .round_trips)) | sort_by(.target)' >shared.json
    for tenant in %22T%203%22 t1 t2; do
        run drift --format json --url "$(of_schema "$tenant")"
        json 'del(.elapsed_ms, .statements, .round_trips)'
    done >apart.json
    check 'the same when each is read by itself' test "$(jq -S 'map(.differences), map(.fix), map(.adopt)' shared.json)" = \
        "$(jq -s -S 'map(.differences), map(.fix), map(.adopt)' apart.json)"
    check 'with its own name' test "$(jq '[.[] | select(.fix | contains("T 3"))] | length' shared.json)" -eq 1
}

# What a definition says about its own schema by name is not said of another.
its_own_name()
{
    enter
    three_tenants 'CREATE TABLE a (id integer); CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$SELECT 1::text$$;'
    expect_readings 1 0
    for tenant in t1 t2 'T 3'; do
        in_schema "$tenant" 'CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS $$SELECT $q$t1.a$q$ FROM t1.a$$'
    done
    run drift --format json
    expect_status 2
    expect_json 'map(select(tostring | contains("$t1.a$q$ FROM t1.a"))) | length == 3'
    # The server's word for a constant.
    for tenant in t1 t2 'T 3'; do
        in_schema "$tenant" "CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1::text'; CREATE VIEW v AS SELECT '\"$tenant\"'::regnamespace AS n"
    done
    expect_readings 3 2
    run drift --format json
    for tenant in t1 t2 'T 3'; do
        expect_json "map(select(tostring | contains(\"'$tenant'::regnamespace\") or contains(\"'\\\\\\\"$tenant\\\\\\\"'::regnamespace\"))) | length == 1"
    done
}

# What changes elsewhere shows in the schemas that are read afterwards, and a tenant beyond the rows is read.
elsewhere()
{
    one_reading_for_all
    sql 'ALTER TABLE shared.countries RENAME TO lands'
    expect_readings 1 2
    sql 'ALTER TABLE shared.lands RENAME TO countries; CREATE CAST (shared.size AS integer) WITH INOUT'
    expect_readings 3 0
    expect_out_like '^done +3$'
    sql 'DROP CAST (shared.size AS integer)'
    in_schema t2 'CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple)'
    expect_readings 2 0
    run drift --format json
    expect_json '[.[].not_compared] | sort == [[], [], ["text search configuration t2.plain"]]'
}

# Not there, or not to be used; the others are read all the same.
bad_schemas()
{
    enter
    three_tenants 'CREATE TABLE a (id integer);'
    environment "$(as_yaml "$(of_schema t1)" "$(of_schema nowhere)" "$(of_schema t2)")"
    run drift --format json
    expect_status 65
    expect_json 'map(select(.equal)) | length == 2'
    expect_json 'map(.error.message // empty) == ["there is no schema or database for the history table to be in"]'
    expect_err 'a schema of search_path that exists and that the role may use'

    sql "DROP ROLE IF EXISTS of_t1; CREATE ROLE of_t1 LOGIN CREATEDB; GRANT USAGE ON SCHEMA t1 TO of_t1"
    as_role=$(echo "$URL" | sed 's,//postgres@,//of_t1@,')
    environment "url: \"$as_role\", schemas: \"[tT]*\""
    run drift
    expect_status 0
    expect_out_like '^done +1$'
    run drift --url "$(URL=$as_role of_schema t2)"
    expect_status 65
    expect_err 'that the role may use'
    sql 'DROP OWNED BY of_t1; DROP ROLE of_t1'
}

every_difference
all_differ
its_own_name
elsewhere
bad_schemas
