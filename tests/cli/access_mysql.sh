# MySQL and MariaDB: definers and grants, which are not compared, stay with what a plan replaces, creates again or renames.
. "$(dirname "$0")/lib.sh"

has_engine mysql || skip 'needs MySQL or MariaDB'

fresh_database mysql
mkdir schema
owner=o_$$ reader=r_$$
ask_server "CREATE USER $owner@'%', $reader@localhost; GRANT ALL ON $DATABASE.* TO $owner@'%'"

# definitions NUMBER: of which all programs differ
definitions()
{
    cat >schema/all.sql <<END
CREATE TABLE t (a integer, b integer);
CREATE PROCEDURE p() SELECT $1;
CREATE PROCEDURE q() SELECT 1;
CREATE VIEW v AS SELECT a + $1 AS a FROM t;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET new.a = $1;
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM t WHERE a = $1;
END
}

# Who may do what, with names that do not change.
expect_access()
{
    expect_sql "SELECT replace(replace(group_concat(x ORDER BY x SEPARATOR '; '), '$owner', 'owner'), '$reader', 'reader') FROM (
        SELECT concat(routine_name, ' ', definer) x FROM information_schema.routines WHERE routine_schema = DATABASE()
        UNION ALL SELECT concat(table_name, ' ', definer) FROM information_schema.views WHERE table_schema = DATABASE()
        UNION ALL SELECT concat(trigger_name, ' ', definer) FROM information_schema.triggers WHERE trigger_schema = DATABASE()
        UNION ALL SELECT concat(event_name, ' ', definer) FROM information_schema.events WHERE event_schema = DATABASE()
        UNION ALL SELECT concat_ws(' ', Routine_name, User, Proc_priv) FROM mysql.procs_priv WHERE Db = DATABASE()
        UNION ALL SELECT concat_ws(' ', Table_name, User, Table_priv, Column_priv) FROM mysql.tables_priv WHERE Db = DATABASE()
        UNION ALL SELECT concat_ws(' ', Table_name, Column_name, User, Column_priv) FROM mysql.columns_priv WHERE Db = DATABASE()
        ) y" "$1"
}

definitions 1
run apply --url "$URL" --yes
expect_status 0
sql "DROP PROCEDURE p; CREATE DEFINER = $owner@'%' PROCEDURE p() SELECT 1;
    CREATE OR REPLACE DEFINER = $owner@'%' VIEW v AS SELECT a + 1 AS a FROM t; ALTER DEFINER = $owner@'%' EVENT e DISABLE;
    DROP TRIGGER tr; CREATE DEFINER = $owner@'%' TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET new.a = 1;
    GRANT EXECUTE ON PROCEDURE p TO $reader@localhost WITH GRANT OPTION; GRANT ALTER ROUTINE ON PROCEDURE q TO $reader@localhost;
    GRANT INSERT, INSERT (a), SELECT (b), UPDATE (b) ON t TO $reader@localhost WITH GRANT OPTION;
    GRANT DELETE, SELECT (a) ON v TO $reader@localhost"
access="e owner@%; p owner@%; p reader Execute,Grant; q reader Alter Routine; q root@localhost; t a reader Insert; \
t b reader Select,Update; t reader Insert,Grant Select,Insert,Update; tr owner@%; v a reader Select; v owner@%; v reader Delete Select"
expect_access "$access"
run drift --url "$URL"
expect_status 0
definitions 2
run apply --url "$URL" --yes
expect_status 0
expect_out 'proven on a scratch copy'
expect_access "$access"
run drift --url "$URL"
expect_status 0

# Who may not name other definers, and not grant, is told so before.
user_url=${TEST_MYSQL_TCP_URL%/*}/$DATABASE
definitions 3
run diff "$user_url" schema
expect_status 0
expect_out 'has the definer `dunlin_test`@`%` then'
refute_out 'DEFINER='

cat >schema/all.sql <<'END'
-- dunlin: renamed from t
CREATE TABLE u (
    a integer,
    c integer -- dunlin: renamed from b
);
-- dunlin: renamed from p
CREATE PROCEDURE p2() SELECT 2;
CREATE PROCEDURE q() SELECT 1;
-- dunlin: renamed from v
CREATE VIEW w AS SELECT a + 2 AS a FROM u;
-- dunlin: renamed from tr
CREATE TRIGGER tr2 BEFORE INSERT ON u FOR EACH ROW SET new.a = 2;
-- dunlin: renamed from e
CREATE EVENT e2 ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM u WHERE a = 2;
END
run diff "$user_url" schema
expect_out 'grants on what is renamed or created again are lost: `dunlin_test`@`%` may not grant them'
refute_out 'GRANT INSERT'
run apply --url "$URL" --yes
expect_status 0
expect_access "e2 owner@%; p2 owner@%; p2 reader Execute,Grant; q reader Alter Routine; q root@localhost; tr2 owner@%; u a reader Insert; \
u c reader Select,Update; u reader Insert,Grant Select,Insert,Update; w a reader Select; w owner@%; w reader Delete Select"
run drift --url "$URL"
expect_status 0

# Names that go round.
sql "CREATE TABLE x (k varchar(9)); GRANT DELETE ON x TO $reader@localhost"
sed -i -e 's/^CREATE TABLE u/CREATE TABLE x/' -e 's/renamed from t/renamed from u/' -e 's/ ON u / ON x /' -e 's/FROM u/FROM x/g' schema/all.sql
printf -- '-- dunlin: renamed from x\nCREATE TABLE u (k varchar(9));\n' >>schema/all.sql
run apply --url "$URL" --yes
expect_status 0
expect_out '`dunlin_meanwhile`'
expect_sql "SELECT group_concat(concat_ws(' ', Table_name, Table_priv, Column_priv) ORDER BY Table_name, Column_priv SEPARATOR '; ') FROM mysql.tables_priv
    WHERE Db = DATABASE() AND Table_name IN ('u', 'x')" 'u Delete ; x Insert,Grant Select,Insert,Update'
expect_sql "SELECT group_concat(concat_ws(' ', Table_name, Column_name, Column_priv) ORDER BY Table_name, Column_priv SEPARATOR '; ') FROM mysql.columns_priv
    WHERE Db = DATABASE() AND Table_name IN ('u', 'x')" 'x a Insert; x c Select,Update'

# Definers that are compared come from the definitions alone.
sed -i 's/-- dunlin: renamed from .*//' schema/all.sql
echo 'compare: [ definers ]' >dunlin.yaml
run apply --url "$URL" --yes
expect_status 0
expect_sql "SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()" root@localhost

drop_database
ask_server "DROP USER $owner@'%', $reader@localhost"
