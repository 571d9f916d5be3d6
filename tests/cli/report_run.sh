# What up, down, status, baseline and new answer, as text and as JSON, on every engine.
. "$(dirname "$0")/lib.sh"

answers()
{
    rm -rf migrations
    migration 1_a 'CREATE TABLE a (id INTEGER);' 'DROP TABLE a;'
    migration 20240101_bee 'CREATE TABLE b (id INTEGER); CREATE TABLE b2 (id INTEGER);' 'DROP TABLE b2; DROP TABLE b;'
    migration 20240102_c 'CREATE TABLE c (id INTEGER);' 'DROP TABLE c;'
    echo note >migrations/notes.txt

    run status --url "$URL"
    expect_status 0
    expect_out_is 'state    version   name
pending  1         a
pending  20240101  bee
pending  20240102  c

0 applied, 3 pending'
    expect_err_like '^warning: .*migrations/notes.txt: '
    run up --dry-run --url "$URL"
    expect_status 0
    expect_out 'CREATE TABLE b2'
    run up --dry-run --format json --url "$URL"
    expect_json '(.sql | contains("CREATE TABLE b2")) and .planned == 3 and .remaining == 3 and .migrations == []'
    run up 2 --url "$URL"
    expect_status 0
    expect_out_like '^applied 1        a    +[0-9]+ ms$'
    expect_out_like '^applied 20240101 bee  +[0-9]+ ms$'
    expect_out_like '^2 applied, 1 pending$'
    expect_err_like '^warning: .*notes.txt'
    rm migrations/notes.txt

    run up --format json --url "$URL"
    expect_status 0
    expect_json '.direction == "up" and .planned == 1 and .remaining == 0 and .error == null and .sql == null and .warnings == []'
    expect_json '.migrations | length == 1'
    expect_json '.migrations[0] | .version == "20240102" and .name == "c" and .state == "applied" and .statements == 1 and .done == 1'
    expect_json '.migrations[0] | (.file | endswith("migrations/20240102_c.up.sql")) and (.elapsed_ms >= 0)'
    run up --url "$URL"
    expect_status 0
    expect_out_is 'nothing to do: no migration is pending'
    run up --dry-run --url "$URL"
    expect_out_is ''
    expect_err_is 'nothing to do'

    run status --format json --url "$URL"
    expect_status 0
    expect_json '.applied == 3 and .pending == 0 and .in_doubt == null and .warnings == [] and (.migrations | length == 3)'
    expect_json '.migrations[1] | .version == "20240101" and .state == "applied" and .baseline == false and .changed == false'
    expect_json '.migrations[1].checksum | test("^[0-9a-f]{40}$")'
    expect_json '.migrations[1].applied_at | test("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")'
    expect_json '.migrations[1].applied_by | length > 0'

    run down --url "$URL"
    expect_status 0
    expect_out_like '^reverted 20240102 c  +[0-9]+ ms$'
    expect_out_like '^1 reverted, 2 still applied$'
    run down --all --format json --url "$URL"
    expect_json '.direction == "down" and .remaining == 0 and [.migrations[].version] == ["20240101", "1"]'
    run down --url "$URL"
    expect_status 0
    expect_out_is 'nothing to do: no migration is applied'

    run migrate baseline 20240101 --url "$URL"
    expect_status 0
    expect_out_like '^recorded 1        a$'
    expect_out_like '^2 recorded, 1 pending$'
    run status --url "$URL"
    expect_out_like '^applied  20240101  bee   [0-9-]{10} [0-9:]{8}  [^ ]+ +baseline$'
    echo '-- more' >>migrations/1_a.up.sql
    rm migrations/20240101_bee.up.sql migrations/20240101_bee.down.sql
    run status --url "$URL"
    expect_out_like '^applied  1 .*file changed$'
    expect_out_like '^applied  20240101 .*file missing$'
    run status --exit-code -q --url "$URL"
    expect_status 2
}
for_each_engine answers

failure()
{
    rm -rf migrations
    migration 1_a 'CREATE TABLE a (id INTEGER);' 'DROP TABLE a;'
    migration 2_b 'CREATE TABLE b (id INTEGER);
SELECT nowhere
  FROM a;'
    run up --url "$URL"
    expect_status 1
    expect_out_like '^applied 1 a( |$)'
    expect_out_like '^1 of 2 applied, 1 pending$'
    expect_err_like '^error: .*migrations/2_b.up.sql:2:'
    expect_err 'SELECT nowhere'
    expect_err_like '^ +\| +\^$'
    expect_err_like 'statement 2 of 2$'
    expect_err_like '^  state: '
    run up --url "$URL" --format json
    expect_status 1
    expect_json '.error.code == 1 and .error.line == 2 and .error.statement == 2 and .error.statements == 2 and .migrations == []'
    expect_json '.error.file | endswith("migrations/2_b.up.sql")'
    expect_err_like '^error: .*migrations/2_b.up.sql:2:'
}
for_each_engine failure

fresh_database sqlite
rm -rf migrations
run new 'orders' --empty
expect_status 0
expect_out_like '^migrations/[0-9]{14}_orders\.up\.sql$'
expect_out_like '^migrations/[0-9]{14}_orders\.down\.sql$'
check 'an up file' test -f "$(head -n 1 "$WORK/stdout")"
check 'a down file' test -f "$(tail -n 1 "$WORK/stdout")"
run new more --empty --format json
expect_status 0
expect_json '(.file | test("_more.up.sql$")) and (.down_file | test("_more.down.sql$"))'
