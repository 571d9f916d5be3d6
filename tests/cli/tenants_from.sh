# One schema of a database as where a project begins: it alone is read, with what it needs in others, and told as definitions of
# such schemas are written.
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'no PostgreSQL'
fresh_database postgresql

sql 'CREATE SCHEMA shared; CREATE SCHEMA other; CREATE SCHEMA more; CREATE SCHEMA t1; CREATE SCHEMA "T 2"; CREATE SCHEMA alone'
sql "CREATE TYPE other.size AS ENUM ('small', 'large');
    CREATE TABLE more.far (id INTEGER PRIMARY KEY);
    CREATE TABLE shared.countries (code CHAR(2) PRIMARY KEY, size other.size DEFAULT 'small', far INTEGER REFERENCES more.far);
    CREATE VIEW shared.codes AS SELECT code FROM shared.countries;
    CREATE TABLE shared.unneeded (id INTEGER);
    CREATE FUNCTION shared.one() RETURNS INTEGER LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE TABLE public.unneeded (id INTEGER PRIMARY KEY)"
for tenant in t1 '"T 2"'; do
    sql "SET search_path = $tenant;
        CREATE TABLE orders (id SERIAL PRIMARY KEY, country CHAR(2) REFERENCES shared.countries, one INTEGER DEFAULT shared.one(), note TEXT DEFAULT 't1.x');
        CREATE VIEW pairs AS SELECT o.id, c.code FROM orders o JOIN shared.codes c ON c.code = o.country;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()"
done
sql 'CREATE TABLE alone.first (id SERIAL PRIMARY KEY)'

# Only that, without its name; what it needs elsewhere stands there with its own.
for tenant in t1 %22T%202%22; do
    run inspect "$(of_schema "$tenant")"
    expect_status 0
    expect_out 'CREATE TABLE "orders"'
    expect_out "DEFAULT nextval('orders_id_seq'::regclass)"
    expect_out 'JOIN shared.codes c'
    expect_out 'CREATE TABLE "shared"."countries"'
    expect_out 'CREATE TYPE "other"."size"'
    expect_out 'CREATE FUNCTION "shared".one()'
    expect_out "'t1.x'"
    refute_out 'T 2'
    refute_out '"t1"'
    refute_out unneeded
    refute_out far_fkey
    refute_out more
    refute_out public
done
run inspect "$(of_schema alone)" --echo
expect_status 0
expect_out 'CREATE TABLE "first"'
refute_out 'CREATE SCHEMA'
check 'no other schema was read' grep -q "nspname OPERATOR(pg_catalog.=) ANY (ARRAY\['alone'\]" "$WORK/stderr"

# A snapshot is one of definitions, and so good for any of them.
run inspect --url "$(of_schema alone)" --format json
expect_status 0
cp "$WORK/stdout" alone.json
run drift alone.json --url "$(of_schema alone)"
expect_status 0

# A project for all of them.
mkdir project
cd project || exit 1
run init --from "$(of_schema %22T%202%22)"
expect_status 0
check 'a table by its name' test -s schema/tables/orders.sql
refute 'no name of a tenant' grep -rqE '"t1"|T 2' schema migrations
version=$(basename migrations/*_baseline.up.sql _baseline.up.sql)
environment "url: \"$URL\", schemas: \"[tT]*\""
run drift schema
expect_status 0
expect_out_like '^done +2$'
for tenant in t1 %22T%202%22; do
    run migrate baseline "$version" --url "$(of_schema "$tenant")"
    expect_status 0
done
run drift
expect_status 0
run apply --dry-run schema
expect_status 0
sql 'ALTER TABLE "T 2".orders ADD COLUMN late INTEGER'
run drift schema
expect_status 2
expect_out 'late'
cd .. || exit 1

# What stands in the schema whose place the tenant takes cannot be said.
sql 'CREATE TABLE t1.others (id INTEGER REFERENCES public.unneeded)'
run inspect "$(of_schema t1)"
expect_status 0
expect_err 'warning: public.unneeded is needed and left out'

# Not there, not to be read, and not even a name.
for source in nowhere T1; do
    run inspect "$(of_schema "$source")"
    expect_status 65
    expect_err "there is no schema $source in the database"
    expect_err 'hint: name one'
    mkdir -p nothing
    run -C nothing init --from "$(of_schema "$source")"
    expect_status 65
    check 'nothing was written' test -z "$(ls nothing)"
done
sql 'DROP ROLE IF EXISTS looker; CREATE ROLE looker LOGIN'
run inspect "$(of_schema alone | sed 's,//postgres@,//looker@,')"
expect_status 0
expect_out 'CREATE TABLE "first"'
sql 'DROP ROLE looker'
