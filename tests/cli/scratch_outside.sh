# What is tried in a scratch database stays there: events do not run, and no statement of a definition or of a
# migration gets into another database. MySQL and MariaDB.
. "$(dirname "$0")/lib.sh"
has_engine mysql || skip 'needs MariaDB or MySQL'

# Each of these would run in less than the time that a command takes.
events()
{
    fresh_database mysql
    sql 'CREATE TABLE fired (id integer PRIMARY KEY AUTO_INCREMENT)'
    mkdir -p schema migrations
    event=" ON SCHEDULE EVERY 1 SECOND"
    action="DO INSERT INTO $DATABASE.fired VALUES (DEFAULT)"
    echo 'CREATE TABLE fired (id integer PRIMARY KEY AUTO_INCREMENT);' >schema/fired.sql
    cat >schema/events.sql <<END
CREATE EVENT plain $event $action;
CREATE EVENT enabled $event ON COMPLETION PRESERVE ENABLE COMMENT 'ENABLE' $action;
CREATE EVENT disabled $event DISABLE $action;
CREATE EVENT follows $event DISABLE ON SLAVE $action;
END
    migration 1_fired 'CREATE TABLE fired (id integer PRIMARY KEY AUTO_INCREMENT);' 'DROP TABLE fired;'
    migration 2_events "$(cat schema/events.sql)
ALTER EVENT disabled ENABLE;
DO SLEEP(2.2);
ALTER EVENT disabled DISABLE;" 'DROP EVENT plain; DROP EVENT enabled; DROP EVENT disabled; DROP EVENT follows;'
    sql 'SET GLOBAL event_scheduler = ON'

    run migrate verify --url "$URL"
    expect_status 0
    run diff --url "$URL" "$URL" schema
    expect_status 0
    expect_out 'CREATE EVENT `plain`'
    expect_out_like 'CREATE EVENT `enabled`.* ON COMPLETION PRESERVE COMMENT'
    expect_out_like 'CREATE EVENT `disabled`.* DISABLE DO'
    expect_out_like 'CREATE EVENT `follows`.* DISABLE ON SLAVE DO'
    expect_sql 'SELECT count(*) FROM fired' 0
    sql 'SET GLOBAL event_scheduler = OFF'
}

# Whether an event runs is a difference all the same, and is planned.
statuses()
{
    run apply --url "$URL" --yes
    expect_status 0
    run drift --url "$URL" schema
    expect_status 0
    run inspect --url "$URL" "$URL"
    expect_out_like 'EVENT `plain`.*SECOND DO'
    refute_out 'primary only'
    sql 'ALTER EVENT plain DISABLE; ALTER EVENT disabled ENABLE; ALTER EVENT follows DISABLE'
    run apply --url "$URL" --yes
    expect_status 0
    expect_out 'ALTER EVENT `plain` ENABLE'
    expect_out 'ALTER EVENT `disabled` DISABLE'
    expect_out 'ALTER EVENT `follows` DISABLE ON SLAVE DO'
    run drift --url "$URL" schema
    expect_status 0
}

# refuses VERB... TEXT: the command fails and says so, and the other database is as it was.
refuses()
{
    text=$1
    shift
    run "$@" --url "$URL"
    expect_status 65
    expect_err "$text"
    expect_sql "SELECT count(*) FROM other_$DATABASE.rows_" 1
}

other_databases()
{
    fresh_database mysql
    other=other_$DATABASE
    sql "CREATE DATABASE $other; CREATE TABLE $other.rows_ (id integer); INSERT INTO $other.rows_ VALUES (1)"
    mkdir -p project && cd project && mkdir -p schema migrations
    for statement in "DROP TABLE $other.rows_" "USE $other" "DELETE FROM $other.rows_" "TRUNCATE TABLE $other.rows_" \
        "DELETE r FROM t AS s JOIN $other.rows_ AS r" "SET @s = 'DROP TABLE $other.rows_'" \
        "ALTER TABLE t RENAME TO $other.t" "INSERT INTO t SELECT * FROM $other.rows_"; do
        migration 1_far "CREATE TABLE t (id integer PRIMARY KEY);
  $statement;" 'DROP TABLE t;'
        refuses 'migrations/1_far.up.sql:2:3' migrate verify
        refuses 'migrations/1_far.up.sql:2:3' diff empty migrations@1
    done
    rm migrations/*
    echo "DROP TABLE $other.rows_;" >schema/t.sql
    refuses 'schema/t.sql:1:1' diff empty schema
    through_programs
    sql "DROP DATABASE $other"
    cd ..
}

# Programs may name other databases, but are not run.
through_programs()
{
    echo "CREATE TABLE t (id integer PRIMARY KEY);
CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW DELETE FROM $other.rows_;
CREATE VIEW v AS SELECT id FROM $other.rows_;" >schema/t.sql
    run diff --url "$URL" empty schema
    expect_status 0
    migration 1_t "$(cat schema/t.sql)" 'DROP VIEW v; DROP TABLE t;'
    run migrate verify --url "$URL"
    expect_status 0
    for statement in 'INSERT INTO t VALUES (1)' 'DELETE FROM v'; do
        migration 2_rows "
 $statement;" 'SELECT 1;'
        refuses 'migrations/2_rows.up.sql:2:2' migrate verify
        expect_err '1_t.up.sql:3'
    done
}

events
statuses
other_databases
