# Plans for one schema of a database whose views, functions, defaults and types are over others: they are proven with what is there.
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'no PostgreSQL'
fresh_database postgresql

shared='CREATE SCHEMA shared;
CREATE TABLE shared.countries (code CHAR(2) PRIMARY KEY, name TEXT);
CREATE VIEW shared.codes AS SELECT code FROM shared.countries;
CREATE SEQUENCE shared.numbers;
CREATE TYPE shared.size AS (width INTEGER, height INTEGER);
CREATE FUNCTION shared.one(a INTEGER) RETURNS INTEGER LANGUAGE sql IMMUTABLE AS $$SELECT a$$;'

define()
{
    mkdir -p schema
    printf '%s\n' "$shared" "$1" >schema/all.sql
}

# COUNT: of the targets, all of which get a plan that is proven, and then are as they should be.
proven()
{
    run apply --dry-run --allow all
    expect_status 0
    check "plans for $1" test "$(grep -c '^-- target: ' "$WORK/stdout")" -eq "$1"
    expect_out 'proven on a scratch copy'
    refute_out 'NOT proven'
    run apply --yes --allow all
    expect_status 0
    expect_out_like "^done +$1\$"
    run drift
    expect_status 0
}

sql "$shared"
sql 'CREATE SCHEMA t1; CREATE SCHEMA "T 2"'
environment "url: \"$URL\", schemas: \"[tT]*\""

# A view over another schema's view is made, stands in the way, and is renamed with what it is of.
define 'CREATE TABLE orders (id INTEGER PRIMARY KEY, country CHAR(2));
CREATE VIEW pairs AS SELECT o.id, c.code FROM orders o JOIN shared.codes c ON c.code = o.country;'
proven 2
define 'CREATE TABLE orders (id BIGINT PRIMARY KEY, country CHAR(2));
CREATE VIEW pairs AS SELECT o.id, c.code FROM orders o JOIN shared.codes c ON c.code = o.country;'
proven 2
define 'CREATE TABLE orders (id BIGINT PRIMARY KEY,
    -- dunlin: renamed from country
    land CHAR(2));
CREATE VIEW pairs AS SELECT o.id, c.code FROM orders o JOIN shared.codes c ON c.code = o.land;'
proven 2

# Functions, types, sequences, foreign keys; and the name of a schema that is only in a text.
define 'CREATE TABLE orders (id BIGINT PRIMARY KEY, land CHAR(2) REFERENCES shared.countries, size shared.size, one INTEGER DEFAULT shared.one(1),
    number BIGINT DEFAULT nextval($$shared.numbers$$), note TEXT DEFAULT $$nowhere.x$$, CHECK (shared.one(1) > 0));
CREATE VIEW pairs AS SELECT o.id, c.code, shared.one(2) AS two FROM orders o JOIN shared.codes c ON c.code = o.land;
CREATE FUNCTION names(a shared.size) RETURNS SETOF shared.countries LANGUAGE sql STABLE AS $f$SELECT * FROM shared.countries$f$;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM shared.countries;'
sed -i "s/[$][$]\([a-z.]*\)[$][$]/'\1'/g" schema/all.sql
proven 2

# What an extension has made.
if [ "$(sql "SELECT count(*) FROM pg_available_extensions WHERE name = 'citext'")" = 1 ]; then
    sql 'CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext'
    {
        cat schema/all.sql
        echo 'CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE TABLE mails (mail ext.citext PRIMARY KEY);'
    } >more.sql
    mv more.sql schema/all.sql
    proven 2
fi

# What is there counts, and not what the definitions say of it.
cp schema/all.sql before.sql
echo 'CREATE TABLE shared.late (id INTEGER); CREATE VIEW late AS SELECT id FROM shared.late;' >>schema/all.sql
run apply --dry-run
expect_out 'NOT proven'
expect_out 'relation "shared.late" does not exist'
run apply --yes --url "$(of_schema t1)"
expect_status 1
expect_err 'could not be proven'
expect_sql "SELECT count(*) FROM pg_views WHERE viewname = 'late'" 0
sql 'CREATE TABLE shared.late (other INTEGER)'
run apply --dry-run --url "$(of_schema t1)"
expect_out 'NOT proven'
expect_out_like 'column (late\.id|"id") does not exist'
sql 'ALTER TABLE shared.late ADD id INTEGER'
proven 2

# One who may not look there has nothing proven.
sql "DROP ROLE IF EXISTS of_t1; CREATE ROLE of_t1 LOGIN CREATEDB; CREATE SCHEMA mine AUTHORIZATION of_t1"
define 'CREATE VIEW own AS SELECT code FROM shared.codes;'
as_role=$(echo "$URL" | sed 's,//postgres@,//of_t1@,')
run apply --dry-run --url "$(URL=$as_role of_schema mine)"
expect_status 1
expect_out 'NOT proven'
expect_out 'relation "shared.codes" does not exist'
sql 'GRANT USAGE ON SCHEMA shared TO of_t1'
run apply --dry-run --url "$(URL=$as_role of_schema mine)"
expect_out 'proven on a scratch copy'
refute_out 'NOT proven'
sql 'DROP OWNED BY of_t1; DROP ROLE of_t1'
