# `compare:` in dunlin.yaml: what is a difference only on request.
. "$(dirname "$0")/lib.sh"

# asks_for WORD: no drift without it, and drift with it, which --fix mends.
asks_for()
{
    rm -f dunlin.yaml
    run drift --url "$URL"
    expect_status 0
    echo "compare: [ $1 ]" >dunlin.yaml
    run drift --url "$URL"
    expect_status 2
    run drift --fix --yes --url "$URL"
    expect_status 0
    run drift --url "$URL"
    expect_status 0
}

on_request()
{
    mkdir schema
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t;' >schema/t.sql
    sql 'CREATE TABLE t (id INTEGER PRIMARY KEY)'
    case $ENGINE in
    postgresql)
        sql 'CREATE VIEW v AS SELECT id FROM t'
        sql 'GRANT SELECT ON t TO PUBLIC'
        asks_for grants
        expect_sql "SELECT has_table_privilege('pg_monitor', 't', 'select')" f
        sql 'ALTER TABLE t OWNER TO dunlin_test'
        asks_for owners
        expect_sql "SELECT tableowner FROM pg_tables WHERE tablename = 't'" postgres
        ;;
    mysql)
        sql "CREATE DEFINER = 'somebody'@'%' VIEW v AS SELECT id FROM t"
        asks_for definers
        expect_sql "SELECT definer FROM information_schema.views WHERE table_schema = DATABASE()" root@localhost
        ;;
    sqlite)
        sql 'CREATE VIEW v AS SELECT id FROM t'
        echo 'compare: [ owner ]' >dunlin.yaml
        run drift --url "$URL"
        expect_status 65
        expect_err 'dunlin.yaml:1:12'
        expect_err 'did you mean "owners"?'
        ;;
    esac
}
for_each_engine on_request
