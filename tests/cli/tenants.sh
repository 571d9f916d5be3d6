# Schemas of a database as targets of their own: definitions that name a schema, and what is outside of a tenant.
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'no PostgreSQL'
fresh_database postgresql

define()
{
    mkdir -p schema
    printf '%s\n' "$1" >schema/all.sql
}

way_out='write names without a schema, and each such target has them in its own'
sql 'CREATE SCHEMA t1; CREATE SCHEMA t2; CREATE TABLE t1.orders (id INTEGER PRIMARY KEY); CREATE TABLE t2.orders (id INTEGER PRIMARY KEY)'
environment "url: \"$URL\", schemas: \"t*\""
orders='orders (id INTEGER PRIMARY KEY);'

# A schema that is there in no scratch place, one that the definitions make, one tenant's own.
define "-- ours
CREATE TABLE app.$orders"
for command in drift 'apply --yes' 'apply --dry-run'; do
    # shellcheck disable=SC2086 # words
    run $command
    expect_status 65
    expect_err 'schema/all.sql:2:14: all definitions name a schema'
    expect_err "$way_out"
done
run diff "$(of_schema t1)" schema
expect_status 65
expect_err 'schema/all.sql:2:14: all definitions name a schema'
define "CREATE SCHEMA app; CREATE TABLE app.$orders"
run apply --yes --allow all
expect_status 65
expect_err 'schema/all.sql:1:33: all definitions name a schema'
expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname IN ('t1', 't2') AND tablename = 'orders'" 2
define "CREATE TABLE t1.$orders"
run drift
expect_status 65
expect_err "$way_out"
define "CREATE TABLE $orders CREATE VIEW v AS SELECT id FROM app.orders;"
run drift
expect_status 65
expect_err 'schema/all.sql:1:'
expect_err 'relation "app.orders" does not exist'
expect_err "$way_out"

# The schema that is there anyway is a tenant's, too; and for a whole database, schemas are schemas.
define "CREATE TABLE public.$orders"
run drift
expect_status 0
define "CREATE SCHEMA app; CREATE TABLE app.$orders"
run diff empty schema --url "$URL"
expect_status 0
expect_out 'CREATE TABLE "app"."orders"'

# What tenants share may stand in the definitions; that it is not compared is said once.
sql 'CREATE SCHEMA shared; CREATE TABLE shared.countries (code CHAR(2) PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE shared.log (id INTEGER);
    ALTER TABLE t1.orders ADD country CHAR(2) NOT NULL REFERENCES shared.countries, ADD second CHAR(2) REFERENCES shared.countries;
    ALTER TABLE t2.orders ADD country CHAR(2) NOT NULL REFERENCES shared.countries, ADD second CHAR(2) REFERENCES shared.countries'
define 'CREATE SCHEMA shared;
CREATE TABLE shared.countries (code CHAR(2) PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE shared.others (id INTEGER);
CREATE TABLE orders (id INTEGER PRIMARY KEY, country CHAR(2) NOT NULL REFERENCES shared.countries, second CHAR(2) REFERENCES shared.countries);'
run drift
expect_status 0
expect_err_is 'warning: schema/all.sql:2: shared.countries: what is in the schema shared is no part of the target, which is one schema by itself, and is not compared'
run drift --format json
expect_json 'all(.equal and (.warnings | length == 1 and .[0].file == "schema/all.sql:2"))'
run apply --yes --url "$(of_schema t1)"
expect_status 0
expect_out 'nothing to do'
expect_err 'warning: schema/all.sql:2: shared.countries'

# Demo data takes the keys that are there outside, and makes no rows there.
run seed --demo 5
expect_status 65
expect_err_like 'rows of t[12]\.orders need rows of shared.countries, which has none'
expect_err 'fill it first'
run seed --demo shared.countries=3 --url "$(of_schema t1)"
expect_status 64
expect_err 'shared.countries is not in the schema that is the target'
sql "INSERT INTO shared.countries VALUES ('de', 'Germany'), ('fr', 'France')"
run seed --demo 5
expect_status 0
expect_sql 'SELECT (SELECT count(*) FROM t1.orders), (SELECT count(*) FROM t2.orders), (SELECT count(*) FROM shared.countries), (SELECT count(*) FROM shared.log)' '5	5	2	0'
expect_sql "SELECT count(*) FROM t1.orders WHERE country IN ('de', 'fr')" 5
run seed --demo 4 --url "$(of_schema t2)" --format sql
expect_status 0
refute_out 'shared'

# A column that may be NULL is, where there is nothing to refer to; a table of the same name is not taken for it.
sql 'CREATE SCHEMA t3; CREATE TABLE t3.log (id INTEGER PRIMARY KEY); ALTER TABLE shared.log ADD PRIMARY KEY (id);
    CREATE TABLE t3.entries (id INTEGER PRIMARY KEY, log INTEGER REFERENCES shared.log)'
run seed --demo 6 --url "$(of_schema t3)"
expect_status 0
expect_sql 'SELECT count(*), count(log) FROM t3.entries' '6	0'
expect_sql 'SELECT (SELECT count(*) FROM t3.log), (SELECT count(*) FROM shared.log)' '6	0'
sql 'INSERT INTO shared.log VALUES (77)'
run seed --demo entries=6 --url "$(of_schema t3)"
expect_status 0
expect_sql 'SELECT count(*) > 6, count(DISTINCT log) FROM t3.entries' 't	1'

# A plan that has to do with such keys is proven, though the copy has only the tenant's schema.
define 'CREATE SCHEMA shared;
CREATE TABLE shared.countries (code CHAR(2) PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE shared.pairs (a INTEGER, b TEXT, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE orders (id INTEGER PRIMARY KEY, country CHAR(2) NOT NULL REFERENCES shared.countries, second CHAR(2) REFERENCES shared.countries,
    x INTEGER, y TEXT, FOREIGN KEY (x, y) REFERENCES shared.pairs, FOREIGN KEY (y, x) REFERENCES shared.pairs (b, a));
CREATE INDEX by_country ON orders (country);'
sql 'CREATE TABLE shared.pairs (a INTEGER, b TEXT, PRIMARY KEY (a, b), UNIQUE (b, a))'
environment "url: \"$URL\", schemas: \"t[12]\""
run apply --dry-run --url "$(of_schema t1)"
expect_status 0
expect_out 'proven on a scratch copy'
run apply --yes
expect_status 0
expect_out_like '^done +2$'
run drift
expect_status 0
sed 's/, second CHAR(2)/,\n-- dunlin: renamed from second\nother CHAR(2)/' schema/all.sql >all.sql
mv all.sql schema/all.sql
run apply --yes --url "$(of_schema t1)"
expect_status 0
expect_out 'proven on a scratch copy'
run drift --url "$(of_schema t1)"
expect_status 0

# Migrations that are written for tenants name no schema either, so that each runs them in its own.
mkdir project
cd project || exit 1
sql 'CREATE SCHEMA u1; CREATE SCHEMA "u 2"'
environment "url: \"$URL\", schemas: \"u*\""
define 'CREATE TYPE mood AS ENUM ($$good$$, $$bad$$);
CREATE SEQUENCE numbers;
CREATE TABLE parents (id SERIAL PRIMARY KEY, mood mood DEFAULT $$good$$, number BIGINT DEFAULT nextval($$numbers$$), CHECK (mood <> $$bad$$));
CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents, note TEXT DEFAULT $$public.x$$);
CREATE VIEW pairs AS SELECT p.id, c.note FROM parents p JOIN children c ON c.parent = p.id;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NEW; END $f$;
CREATE TRIGGER touched BEFORE UPDATE ON parents FOR EACH ROW EXECUTE FUNCTION touch();
CREATE INDEX by_parent ON children (parent);'
sed -i "s/[$][$]/'/g" schema/all.sql
run migrate new first
expect_status 0
refute 'no name of a schema in statements' grep -v -e '^--' -e "'public.x'" migrations/*_first.up.sql migrations/*_first.down.sql | grep -q public
run migrate verify
expect_status 0
run up
expect_status 0
expect_out_like '^done +2$'
expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" 0
expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname IN ('u1', 'u 2')" 6
for source in '' schema; do
    run drift $source
    expect_status 0
    expect_out_like '^done +2$'
done
sql "INSERT INTO \"u 2\".parents DEFAULT VALUES"
expect_sql 'SELECT last_value FROM "u 2".numbers' 1

# What one tenant has become is adopted for all.
sql 'ALTER TABLE "u 2".children ADD COLUMN late INTEGER; CREATE INDEX late ON "u 2".children (late)'
run drift --adopt --url "$(of_schema '%22u%202%22')"
expect_status 0
refute 'no name of the tenant in statements' grep -v -e '^--' migrations/*_adopt_drift.*.sql | grep -q 'u 2'
run migrate baseline "$(basename migrations/*_adopt_drift.up.sql _adopt_drift.up.sql)" --url "$(of_schema '%22u%202%22')"
expect_status 0
run up
expect_status 0
run drift
expect_status 0
run down --all
expect_status 0
expect_sql "SELECT count(*) FROM pg_tables WHERE schemaname IN ('u1', 'u 2')" 2
