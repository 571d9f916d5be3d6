# SIGKILL at the statements of an apply, there and back, on every engine (on PostgreSQL --online, where statements are not one
# transaction): the next one finishes, the schema is what it should be, and no row is lost.
. "$(dirname "$0")/../cli/lib.sh"

write_schemas()
{
    mkdir before after
    cat >before/schema.sql <<'END'
CREATE TABLE parents (id INTEGER PRIMARY KEY, code INTEGER, note VARCHAR(50));
CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER, amount INTEGER, memo VARCHAR(50));
CREATE INDEX children_by_memo ON children (memo);
END
    cat >after/schema.sql <<'END'
CREATE TABLE parents (id INTEGER PRIMARY KEY, code INTEGER NOT NULL, note VARCHAR(80), CONSTRAINT parents_code UNIQUE (code));
CREATE TABLE children (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER NOT NULL,
    amount INTEGER,
    memo VARCHAR(50),
    CONSTRAINT children_amount CHECK (amount >= 0),
    CONSTRAINT children_parent FOREIGN KEY (parent_id) REFERENCES parents (id)
);
CREATE INDEX children_by_memo ON children (memo, id);
CREATE INDEX children_by_amount ON children (amount);
CREATE TABLE arrivals (id INTEGER PRIMARY KEY, child_id INTEGER REFERENCES children (id));
CREATE VIEW totals AS SELECT parent_id, sum(amount) AS total FROM children GROUP BY parent_id;
END
}

# apply_killed NUMBER SCHEMA: true when it was killed. What is counted are the statements that come behind the plan and
# are not questions.
apply_killed()
{
    "$KILL_AT" "$1" "$behind_plan" '^(ALTER|BEGIN|COMMIT|CREATE|DROP|INSERT|PRAGMA|UPDATE)' \
        "$DUNLIN" apply "$2" --url "$URL" --yes --allow all --echo $online
}

finish_apply()
{
    run apply "$1" --url "$URL" --yes --allow all --lock-timeout 30s $online
    [ "$status" = 0 ]
    judge "apply $1 to finish after a kill at statement $number" $?
    run diff "$URL" "$1" --exit-code
    [ "$status" = 0 ]
    judge "nothing to differ from $1 after a kill at statement $number" $?
    [ "$(sql 'SELECT count(*), sum(amount) FROM children')" = '2	30' ]
    judge "no row to be lost with a kill at statement $number" $?
}

# kill_each LAST STEP: on a busy machine the program may be done before it is killed.
kill_each()
{
    number=1
    kills=0
    while [ "$number" -le "$1" ] && [ "$failures" = 0 ]; do
        for schema in after before; do
            ! apply_killed "$number" "$schema" || kills=$((kills + 1))
            finish_apply "$schema"
        done
        number=$((number + $2))
    done
    check 'some to be killed before the end' test "$kills" -ge 1
}

killed()
{
    write_schemas
    run apply before --url "$URL" --yes
    expect_status 0
    sql "INSERT INTO parents VALUES (1, 1, 'a'), (2, 2, 'b'); INSERT INTO children VALUES (1, 1, 10, 'x'), (2, 2, 20, 'y')"
    online=
    case $ENGINE in
    postgresql)
        behind_plan='SET lock_timeout'
        online=--online
        kill_each 28 3 # a server needs time to see that a client is gone
        ;;
    mysql)
        behind_plan='SET SESSION lock_wait_timeout'
        kill_each 14 1
        ;;
    sqlite)
        behind_plan='proven on a scratch copy'
        kill_each 30 2
        ;;
    esac
}
for_each_engine killed
