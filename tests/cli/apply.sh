# apply: the plan is shown, asked about, refused when it is dangerous, run, and looked at afterwards.
. "$(dirname "$0")/lib.sh"

# definitions TEXT: what schema/ holds from now on
definitions()
{
    mkdir -p schema
    printf '%s\n' "$1" >schema/all.sql
}

has_table()
{
    try_sql "SELECT count(*) FROM $1" >/dev/null 2>&1
}

to_and_fro()
{
    definitions 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20));'
    run apply --dry-run --url "$URL"
    expect_status 0
    expect_out_like 'CREATE TABLE .*orders'
    expect_out 'proven on a scratch copy'
    refute 'a dry run changes nothing' has_table orders

    # Nobody to ask, and no --yes.
    run apply --url "$URL"
    expect_status 2
    expect_out_like 'CREATE TABLE .*orders'
    expect_err '--yes runs the plan'
    refute 'nothing was run' has_table orders

    run apply --yes --url "$URL"
    expect_status 0
    expect_out_like 'CREATE TABLE .*orders'
    expect_out_like '^1 statement done in .*; the database is what schema says$'
    check 'the table is there' has_table orders
    run apply --url "$URL"
    expect_status 0
    expect_out_is 'nothing to do: the database is what schema says'
    run apply --url "$URL" --format json
    expect_status 0
    expect_json '.applied and .plan.statements == [] and .error == null and .plan.sql == ""'

    # Another source, and silence.
    mkdir other
    echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20)); CREATE TABLE more (id INTEGER PRIMARY KEY);' >other/x.sql
    run apply other --yes -q --url "$URL"
    expect_status 0
    expect_out_is ''
    expect_err_is ''
    check 'the table is there' has_table more
    run apply --format json --url "$URL" --dry-run --allow drop-table
    expect_status 0
    expect_json '.applied == false and (.plan.hazards | index("drop-table")) and .plan.proven and (.plan.statements | length) >= 1'
    expect_json '.plan.statements | map(select((.hazards | index("drop-table")) and (.sql | test("DROP TABLE")))) | length == 1'
    run apply empty --yes --allow all --url "$URL"
    expect_status 0
    refute 'it is gone' has_table orders
}
for_each_engine to_and_fro

# What loses data is refused by name.
losses()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20)); CREATE TABLE b (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL"
    expect_status 0
    sql "INSERT INTO a VALUES (1, 'one'), (2, 'two')"
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'the plan loses data'
    expect_err 'drop-column: '
    expect_err 'drop-table: '
    expect_err_like 'drop-column: .*are gone \((about )?[0-9]+ rows\)'
    if [ "$ENGINE" != mysql ]; then # whose estimates are ones
        expect_err_like 'drop-column: .*are gone \(2 rows\)'
        expect_err_like 'drop-table: .*are gone \(0 rows\)'
    fi
    expect_err '--allow drop-table,drop-column'
    expect_sql 'SELECT note FROM a ORDER BY id' 'one
two'
    run apply --yes --allow drop-table --url "$URL"
    expect_status 1
    expect_err '--allow drop-column'
    refute_err 'drop-table: '
    run apply --yes --allow drop-tabel --url "$URL"
    expect_status 64
    expect_err 'no hazard is called "drop-tabel"'
    check 'nothing was dropped' has_table b
    run apply --dry-run --url "$URL"
    expect_status 1
    expect_out_like 'DROP'
    run apply --yes --allow drop-table --allow drop-column --url "$URL"
    expect_status 0
    expect_sql 'SELECT * FROM a ORDER BY id' '1
2'
    refute 'it is gone' has_table b

    # Rows are counted under the name that the table still has.
    sql 'ALTER TABLE a ADD COLUMN note VARCHAR(20)'
    definitions '-- dunlin: renamed from a
CREATE TABLE c (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL"
    expect_status 1
    expect_err_like 'drop-column: .*are gone \((about )?[0-9]+ rows\)'
}
for_each_engine losses

# A plan that renames, whose checks speak of what has the old name so far.
renamed_and_more()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, old_name VARCHAR(20));'
    run apply --yes --url "$URL"
    expect_status 0
    sql "INSERT INTO a VALUES (1, 'x'), (2, NULL)"
    definitions 'CREATE TABLE a (
    id INTEGER PRIMARY KEY,
    new_name VARCHAR(20) NOT NULL -- dunlin: renamed from old_name
);'
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'rows stand against the plan'
    expect_err_like '\(found: 1 row\)$'
    sql "UPDATE a SET old_name = 'y' WHERE id = 2"
    run apply --yes --url "$URL"
    expect_status 0
    expect_sql 'SELECT new_name FROM a ORDER BY id' 'x
y'
    # The whole table, too.
    definitions '-- dunlin: renamed from a
CREATE TABLE b (
    id INTEGER PRIMARY KEY,
    new_name VARCHAR(20) NOT NULL UNIQUE
);'
    sql "UPDATE a SET new_name = 'y'"
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'rows stand against the plan'
    sql "UPDATE a SET new_name = 'x' WHERE id = 1"
    run apply --yes --url "$URL"
    expect_status 0
    expect_sql 'SELECT new_name FROM b ORDER BY id' 'x
y'
}
for_each_engine renamed_and_more

# Rows that stand against the plan are counted before anything is run.
rows_in_the_way()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20)); CREATE TABLE z (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL"
    sql "INSERT INTO a VALUES (1, 'x'), (2, NULL), (3, 'x')"
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20), must INTEGER NOT NULL);
CREATE TABLE z (id INTEGER PRIMARY KEY, new_column INTEGER);'
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'rows stand against the plan'
    expect_err_like '\(found: 3 rows\)$'
    expect_err 'hint:'
    expect_err 'nothing was run'
    refute 'nothing was run' try_sql 'SELECT new_column FROM z' 2>/dev/null
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20) NOT NULL); CREATE TABLE z (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL" --format json
    expect_status 1
    expect_json '.error.message | contains("(found: 1 row)")'
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20) UNIQUE); CREATE TABLE z (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL"
    expect_status 1
    expect_err 'rows stand against the plan'
    sql "UPDATE a SET note = 'y' WHERE id = 3"
    run apply --yes --url "$URL"
    expect_status 0
}
for_each_engine rows_in_the_way

# A view that needs a column which goes: in the way when it changes with it, an error in the definitions when it does not.
view_in_the_way()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20)); CREATE VIEW v AS SELECT id, note FROM a;'
    run apply --yes --url "$URL"
    expect_status 0
    sql "INSERT INTO a VALUES (1, 'x')"
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT id, note FROM a;'
    run apply --yes --allow all --url "$URL"
    expect_status 65
    expect_err 'schema/all.sql:2:'
    expect_err 'note'
    expect_sql 'SELECT note FROM v' x
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM a;'
    run apply --yes --allow all --url "$URL"
    expect_status 0
    expect_sql 'SELECT * FROM v' 1
}
for_each_engine view_in_the_way

# change_meanwhile SQL: another run holds the lock, and changes the schema at its end
change_meanwhile()
{
    rm -rf migrations
    sql 'DROP TABLE IF EXISTS dunlin_history'
    migration 1_meanwhile "$(slow_statement 4)
$1"
    "$DUNLIN" up --url "$URL" </dev/null >first.out 2>first.err &
    first=$!
    check 'the first holds the lock' wait_for_slow_statement
}

# The plan was made before the lock was to be had. What it was made for is looked at again.
changed_between()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id INTEGER PRIMARY KEY);'
    change_meanwhile 'CREATE TABLE b (id INTEGER PRIMARY KEY);'
    run apply --yes --lock-timeout 30s --url "$URL"
    expect_status 0
    expect_err 'the database has changed since the plan was made; planning again'
    expect_out_like '^1 statement done'
    wait $first
    expect_sql 'SELECT count(*) FROM a' 0

    # What has come meanwhile is not dropped because an older plan was accepted.
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, more INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY);'
    change_meanwhile 'CREATE TABLE c (id INTEGER PRIMARY KEY);'
    run apply --yes --lock-timeout 30s --url "$URL" --format json
    expect_status 1
    expect_json '.replanned == 1 and (.error.message | contains("drop-table")) and .done == 0'
    wait $first
    check 'it is still there' has_table c
    run apply --yes --lock-timeout 30s --url "$URL" --allow drop-table
    expect_status 0

    # Whoever does not get the lock has changed nothing.
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, more INTEGER, most INTEGER);
CREATE TABLE b (id INTEGER PRIMARY KEY);'
    change_meanwhile ''
    run apply --yes --lock-timeout 100ms --url "$URL"
    expect_status 75
    expect_err 'another run holds the lock'
    start apply --yes --lock-timeout 30s --url "$URL"
    sleep 0.5
    send INT
    finish_run
    expect_status 130
    wait $first
    refute 'nothing was run' try_sql 'SELECT most FROM a' 2>/dev/null
}
for_each_engine changed_between

# A lock that others hold on the second of two tables.
stuck()
{
    [ "$ENGINE" != sqlite ] || return
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY);'
    run apply --yes --url "$URL"
    expect_status 0
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY, more INTEGER); CREATE TABLE b (id INTEGER PRIMARY KEY, more INTEGER);'
    block_table b
    run apply --yes --lock-timeout 1s --url "$URL"
    expect_status 75
    expect_err_like 'table (public.)?b: add column more'
    case $ENGINE in
    postgresql)
        expect_err 'nothing was changed'
        refute 'nothing of it stays' try_sql 'SELECT more FROM a' 2>/dev/null
        ;;
    mysql)
        expect_err '1 of 2 statements are done'
        expect_err 'plans the rest'
        check 'the first stays' try_sql 'SELECT more FROM a'
        ;;
    esac
    # With patience, or when it is tried again in time.
    (sleep 2; echo 'COMMIT;' >&8) &
    run apply --yes --lock-timeout 1s --url "$URL"
    exec 8>&-
    wait
    expect_status 0
    expect_sql 'SELECT more FROM b' NULL
    run apply --url "$URL"
    expect_status 0
}
for_each_engine stuck

# More tables than one transaction may lock, on a server of its own that allows few locks.
too_many_locks()
{
    [ "$ENGINE" = postgresql ] || return
    base=/tmp
    [ ! -w /dev/shm ] || base=/dev/shm
    folder=$(mktemp -d "$base/dunlin-locks.XXXXXX")
    chmod 755 "$folder"
    sh "$ROOT/tests/servers/postgres.sh" start "$folder/s" || { check 'the server starts' false; return; }
    url=$(. "$folder/s/environment" && echo "$TEST_POSTGRESQL_URL")
    # Enough for definitions, which are tried some hundred at a time.
    psql_quietly -d "$url" -c 'ALTER SYSTEM SET max_connections = 20' >/dev/null
    sh "$ROOT/tests/servers/postgres.sh" stop "$folder/s"
    sh "$ROOT/tests/servers/postgres.sh" start "$folder/s"
    mkdir -p schema
    seq 1 1800 | sed 's/.*/CREATE TABLE t& (id integer PRIMARY KEY, a text UNIQUE);/' >schema/all.sql
    run apply --yes --url "$url"
    expect_status 1
    expect_err 'max_locks_per_transaction'
    expect_err 'nothing was run'
    check 'nothing is there' test "$(psql_quietly -A -t -d "$url" -c "SELECT count(*) FROM pg_class WHERE relname ~ '^t[0-9]+$'")" = 0
    sh "$ROOT/tests/servers/postgres.sh" stop "$folder/s"
    rm -rf "$folder"
}
for_each_engine too_many_locks

# Ctrl-C while the plan is tried must not read as if it had been run. In scratch the view is slow as soon as a role is there.
interrupted()
{
    [ "$ENGINE" = postgresql ] || return 0
    slow=slow_${DATABASE#t_}
    definitions "CREATE MATERIALIZED VIEW v AS SELECT count(pg_sleep(60)) FROM pg_roles WHERE rolname = '$slow';"
    run inspect schema --url "$URL"
    expect_status 0
    sql "CREATE ROLE $slow"
    start apply --url "$URL" --yes
    check 'the plan is being tried' wait_for_sleep "$slow"
    send INT
    finish_run
    expect_status 130
    expect_err 'while the plan was tried on a scratch copy: create materialized view public.v'
    expect_err 'state: nothing was run'
    refute 'nothing was run' has_table v
    sql "DROP ROLE $slow"
}

wait_for_sleep()
{
    for _ in $(seq 600); do
        [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%$1%'")" = 0 ] || return 0
        sleep 0.05
    done
    return 1
}
for_each_engine interrupted

protected()
{
    definitions 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    cat >dunlin.yaml <<END
environments:
  prod: { url: "$URL", protected: true }
END
    run -e prod apply
    expect_status 2
    refute 'nothing was run' has_table a
    run -e prod apply --dry-run
    expect_status 0
    run -e prod apply -y
    expect_status 0
    check 'it is there' has_table a
}
for_each_engine protected

# PostgreSQL, --online: each statement waits for locks and is tried again; what an index that could not be built leaves is
# dropped at once, or else by the next run.
online_locks()
{
    [ "$ENGINE" = postgresql ] || return 0
    mkdir schema
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER DEFAULT 5);' >schema/t.sql
    run apply --url "$URL" --yes -q
    sql 'INSERT INTO t VALUES (1, 7)'
    echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER DEFAULT 5 NOT NULL CHECK (a > 0), CONSTRAINT t_key UNIQUE (a)); CREATE INDEX by_a ON t (a, id);' >schema/t.sql

    block_table t
    start apply --url "$URL" --online --yes --lock-timeout 300ms
    check 'it waits' wait_for_err 'trying again'
    unblock_table
    finish_run
    expect_status 0
    expect_err 'waiting for a lock that others hold; trying again'
    run diff "$URL" schema --exit-code
    expect_status 0

    sql 'DROP INDEX by_a; DELETE FROM t WHERE id = 2'
    block_table t
    start apply --url "$URL" --online --yes --lock-timeout 300ms
    check 'it waits' wait_for_err 'trying again'
    unblock_table
    finish_run
    expect_status 0
    expect_sql "SELECT count(*) FROM pg_index WHERE NOT indisvalid" 0

    # An index that somebody's crash has left invalid.
    sql "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_a'::regclass"
    run diff "$URL" schema --online
    expect_out 'DROP INDEX CONCURRENTLY "public"."by_a"'
    refute_out dunlin_old
    run apply --url "$URL" --online --yes
    expect_status 0
    expect_sql "SELECT count(*) FROM pg_index WHERE NOT indisvalid" 0
}
for_each_engine online_locks
