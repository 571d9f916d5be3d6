# PostgreSQL: owners and grants that are not compared stay with what a plan drops and creates again.
. "$(dirname "$0")/lib.sh"

has_engine postgresql || skip 'needs PostgreSQL'

database()
{
    fresh_database postgresql
    rm -rf schema migrations dunlin.yaml
    mkdir schema
    owner=owner_${DATABASE#t_} reader=reader_${DATABASE#t_}
    sql "CREATE ROLE $owner NOLOGIN; CREATE ROLE $reader NOLOGIN; GRANT CREATE ON SCHEMA public TO $owner"
}

drop_all()
{
    sql "DROP OWNED BY $owner, $reader CASCADE"
    drop_database
    ask_server "DROP ROLE $owner, $reader"
}

# definitions TABLE COLUMN TYPE [ANNOTATION]
definitions()
{
    cat >schema/all.sql <<END
CREATE TABLE $1 (
    id integer PRIMARY KEY,
    $2 $3
);
CREATE VIEW v AS SELECT id, $2 FROM $1;
CREATE VIEW w AS SELECT $2 FROM v;
CREATE MATERIALIZED VIEW m AS SELECT max($2) FROM $1;
CREATE FUNCTION f(integer) RETURNS $3 LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
END
}

# Who may do what, with names that do not change.
expect_access()
{
    expect_sql "SELECT string_agg(n || ' ' || replace(replace(replace(o || ' ' || coalesce(a, ''), '$owner', 'owner'),
            '$reader', 'reader'), current_user, 'me'), '; ' ORDER BY n)
        FROM (SELECT relname::text, pg_get_userbyid(relowner), replace(relacl::text, 'xtm', 'xt') FROM pg_class WHERE relname IN ('v', 'w', 'm')
            UNION ALL SELECT proname, pg_get_userbyid(proowner), proacl::text FROM pg_proc WHERE proname = 'f'
            UNION ALL SELECT attname, 'column', attacl::text FROM pg_attribute WHERE attacl IS NOT NULL
                AND attrelid = 'v'::regclass) x(n, o, a)" "$1"
}

database
definitions t a integer
run apply --url "$URL" --yes
expect_status 0
sql "GRANT SELECT ON w TO PUBLIC; GRANT SELECT ON m TO $reader WITH GRANT OPTION; GRANT UPDATE (id) ON v TO $reader;
    REVOKE ALL ON FUNCTION f FROM PUBLIC; GRANT EXECUTE ON FUNCTION f TO $reader;
    ALTER FUNCTION f OWNER TO $owner; ALTER VIEW v OWNER TO $owner"
access='f owner {owner=X/owner,reader=X/owner}; id column {reader=w/owner}; m me {me=arwdDxt/me,reader=r*/me}; v owner ; w me {me=arwdDxt/me,=r/me}'
expect_access "$access"
definitions t a bigint
run apply --url "$URL" --dry-run
expect_out "ALTER VIEW \"public\".\"v\" OWNER TO \"$owner\";"
expect_out 'GRANT SELECT ON TABLE "public"."w" TO PUBLIC;'
run drift --url "$URL"
expect_out "GRANT SELECT ON TABLE \"public\".\"m\" TO \"$reader\" WITH GRANT OPTION;"
run apply --url "$URL" --yes
expect_status 0
expect_out 'proven on a scratch copy'
expect_access "$access"
run apply --url "$URL" --yes
expect_status 0
refute_out 'GRANT'

# What is renamed on the way is found under its old name.
definitions u b numeric
sed -i -e '1s/^/-- dunlin: renamed from t\n/' -e 's/^    b /    -- dunlin: renamed from a\n&/' schema/all.sql
run apply --url "$URL" --yes
expect_status 0
expect_access "$access"
run drift --url "$URL"
expect_status 0

# What is compared comes from the definitions alone.
definitions u c bigint
echo 'GRANT SELECT ON v TO PUBLIC;' >>schema/all.sql
echo 'compare: [ grants ]' >dunlin.yaml
run apply --url "$URL" --yes --allow all
expect_status 0
expect_access 'f owner ; m me ; v owner {owner=arwdDxt/owner,=r/owner}; w me '
drop_all

# A migration gives back what earlier ones granted.
database
definitions t a integer
run new first --url "$URL"
echo "GRANT SELECT ON w TO $reader; ALTER VIEW v OWNER TO $owner;" >>"$(ls migrations/*_first.up.sql)"
run up --url "$URL"
expect_status 0
access='f me ; m me ; v owner ; w me {me=arwdDxt/me,reader=r/me}'
expect_access "$access"
definitions t a bigint
run new second --url "$URL"
expect_status 0
check 'the migration grants again' grep -q "GRANT SELECT ON TABLE \"public\".\"w\" TO \"$reader\"" migrations/*_second.up.sql
run up --url "$URL"
expect_status 0
expect_access "$access"
run drift --url "$URL"
expect_status 0
drop_all

# What default privileges would add to what is made again, or take from it, is as it was, too.
database
definitions t a integer
run apply --url "$URL" --yes
expect_status 0
sql "GRANT SELECT, INSERT ON w TO $reader;
    ALTER DEFAULT PRIVILEGES GRANT SELECT, UPDATE ON TABLES TO $reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC;
    ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO $owner;
    ALTER DEFAULT PRIVILEGES FOR ROLE $owner GRANT DELETE ON TABLES TO PUBLIC;
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO $reader; ALTER VIEW v OWNER TO $owner"
access='f me ; m me ; v owner ; w me {me=arwdDxt/me,reader=ar/me}'
expect_access "$access"
definitions t a bigint
run apply --url "$URL" --dry-run
expect_out "REVOKE SELECT, UPDATE ON TABLE \"public\".\"v\" FROM \"$reader\";"
refute_out 'DELETE ON'
run apply --url "$URL" --yes
expect_status 0
expect_access 'f me {me=X/me,=X/me}; m me {me=arwdDxt/me}; v owner {owner=arwdDxt/owner}; w me {me=arwdDxt/me,reader=ar/me}'
run drift --url "$URL"
expect_status 0
drop_all

# Also where grants are compared.
database
definitions t a integer
echo "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO $reader; GRANT INSERT ON v TO $reader;" >>schema/all.sql
echo "REVOKE SELECT ON t, v, w, m FROM $reader;" >schema/then.sql
echo 'compare: [ grants ]' >dunlin.yaml
run apply --url "$URL" --yes
expect_status 0
access='f me ; m me ; v me {me=arwdDxt/me,reader=a/me}; w me '
expect_access "$access"
definitions t a bigint
echo "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO $reader; GRANT INSERT ON v TO $reader;" >>schema/all.sql
run apply --url "$URL" --yes
expect_status 0
expect_access 'f me ; m me {me=arwdDxt/me}; v me {me=arwdDxt/me,reader=a/me}; w me {me=arwdDxt/me}'
run drift --url "$URL"
expect_status 0
drop_all
