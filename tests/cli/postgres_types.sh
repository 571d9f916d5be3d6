# PostgreSQL: values of types that are replaced while columns are of them.
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'needs PostgreSQL'

# definitions TYPE-STATEMENT: a table of the type "kind"
definitions()
{
    echo "$1; CREATE TABLE t (id integer PRIMARY KEY, k kind);" >schema/all.sql
}

# The values go with the names of the fields, not with their places.
fresh_database postgresql
mkdir schema
definitions 'CREATE TYPE kind AS (a integer, "B" text, c integer)'
run apply --url "$URL" --yes
sql "INSERT INTO t VALUES (1, ROW(5, 'x, \"y\"', 7)), (2, NULL), (3, ROW(NULL, NULL, NULL))"
definitions 'CREATE TYPE kind AS (c bigint, d date, "B" text, a integer)'
run apply --url "$URL" --yes
expect_status 0
expect_sql 'SELECT id, (k).a, (k)."B", (k).c, k IS NOT DISTINCT FROM NULL FROM t ORDER BY id' '1	5	x, "y"	7	f
2	NULL	NULL	NULL	t
3	NULL	NULL	NULL	f'

# What is lost has to be allowed.
definitions 'CREATE TYPE kind AS (c bigint, d date, "B" text)'
run apply --url "$URL" --yes
expect_status 1
expect_err 'drop-column'
expect_sql 'SELECT (k).a FROM t WHERE id = 1' 5
definitions 'CREATE TYPE kind AS ("B" text)'
run apply --url "$URL" --yes --allow drop-column
expect_status 0
expect_sql 'SELECT k FROM t WHERE id = 1' '("x, ""y""")'
run drift --url "$URL"
expect_status 0
drop_database

# A type that no table has values of loses nothing.
fresh_database postgresql
echo 'CREATE TYPE kind AS (a integer, b integer)' >schema/all.sql
run apply --url "$URL" --yes
echo 'CREATE TYPE kind AS (b integer)' >schema/all.sql
run apply --url "$URL" --yes
expect_status 0
drop_database
