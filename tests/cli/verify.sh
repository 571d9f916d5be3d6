# migrate verify: up, down, up again in a scratch place, and the end compared with the definitions.
. "$(dirname "$0")/lib.sh"

verdicts()
{
    mkdir schema
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20));' 'DROP TABLE a;'
    migration 2_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);
ALTER TABLE a ADD COLUMN more INTEGER;' 'ALTER TABLE a DROP COLUMN more;
DROP TABLE b;'
    migration 3_data "INSERT INTO a VALUES (1, 'x', 2);"
    echo 'CREATE TABLE b (id INTEGER PRIMARY KEY);
CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20), more INTEGER);' >schema/all.sql
    run migrate verify --url "$URL"
    expect_status 0
    expect_out_like '^good +1 +a$'
    expect_out_like '^good +2 +b$'
    expect_out_like '^no down file +3 +data$'
    expect_out 'The end is what the definitions say.'
    refute 'the database is not touched' try_sql 'SELECT count(*) FROM a' 2>/dev/null

    # A down file that forgets something; what follows is still tried.
    printf 'DROP TABLE b;\n' >migrations/2_b.down.sql
    migration 4_c 'CREATE TABLE c (id INTEGER PRIMARY KEY);' 'DROP TABLE c;'
    run migrate verify --url "$URL"
    expect_status 2
    expect_out_like '^not undone +2 +b$'
    expect_out 'migrations/2_b.down.sql does not undo the up file; what is missing:'
    expect_out_like '^  table (public.)?a: column more dropped$'
    expect_out_like '^good +4 +c$'
    expect_out 'The end is not what the definitions say'
    expect_out_like '^  table (public.)?c dropped$'
    run migrate verify --url "$URL" --format json
    expect_status 2
    expect_json '.good == false and (.migrations | map(.verdict)) == ["good", "not undone", "no down file", "good"]'
    expect_json '(.migrations[1].differences | length) == 1 and (.differences | length) == 1 and (.differences[0] | endswith("c dropped"))'

    # Without definitions there is nothing to compare the end with.
    printf 'ALTER TABLE a DROP COLUMN more;\nDROP TABLE b;\n' >migrations/2_b.down.sql
    rm -r schema
    run migrate verify --url "$URL"
    expect_status 0
    expect_out 'There are no definitions'
    run migrate verify --url "$URL" --format json -q
    expect_json '.good and .differences == null'
}
for_each_engine verdicts

# SQL that fails is told with its place.
failures()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);' 'DROP TABLE b;'
    run migrate verify --url "$URL"
    expect_status 65
    expect_err 'migrations/1_a.down.sql:1:'
    expect_err 'going down again'
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);

CREATE TABLE a (id INTEGER PRIMARY KEY);' 'DROP TABLE a;'
    run migrate verify --url "$URL" --format json
    expect_status 65
    expect_json '.error.line == 3 and (.error.file | endswith("1_a.up.sql"))'
    rm -r migrations
    run migrate verify --url "$URL"
    expect_status 65
    expect_err migrations
}
for_each_engine failures
