#!/bin/sh
# The test library, tested: above all that a check that does not hold fails its script. Written without the
# library, which would have to be believed first. The program it runs is a stand-in that says and does what
# its arguments tell.
set -u

library=$(cd "$(dirname "$0")" && pwd)/lib.sh
folder=$(mktemp -d "${TMPDIR:-/tmp}/dunlin-lib-test.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

cat >"$folder/dunlin" <<'PROGRAM'
#!/bin/sh
while [ $# -gt 0 ]; do
    case $1 in
    out) echo "$2" ;;
    err) echo "$2" >&2 ;;
    exit) exit "$2" ;;
    signal) kill -s "$2" $$ ;;
    sleep) exec sleep "$2" ;;
    input) cat ;;
    wait) trap 'echo interrupted; exit 130' INT; echo ready; while :; do sleep 0.05; done ;;
    esac
    shift
    [ $# -eq 0 ] || shift
done
PROGRAM
chmod +x "$folder/dunlin"

# script STATUS TEXT <BODY: a test script of that body must end with that status and print that text.
script()
{
    {
        echo ". '$library'"
        cat
    } >"$folder/script.sh"
    DUNLIN=$folder/dunlin TMPDIR=$folder sh "$folder/script.sh" >"$folder/output" 2>&1
    ended=$?
    if [ "$ended" -eq "$1" ] && grep -q -F -e "$2" "$folder/output"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: expected status $1 and '$2', not status $ended and:"
        sed 's/^/    | /' "$folder/output"
        echo "    of the script:"
        sed '1d; s/^/    | /' "$folder/script.sh"
    fi
    left=$(find "$folder" -mindepth 1 -maxdepth 1 -name 'dunlin-*')
    if [ -n "$left" ]; then
        failed=$((failed + 1))
        echo "FAILED: left behind: $left"
    fi
}

# holds CHECK and fails CHECK: after a run with known output, the check passes, or fails with its reason.
holds()
{
    script 0 'script: 1 checks passed' <<BODY
run out 'first line' out 'second "line"' out 'a.b' err 'an error' exit 3
$1
BODY
}

fails()
{
    script 1 'FAILED: expected' <<BODY
run out 'first line' out 'second "line"' out 'a.b' err 'an error' exit 3
$1
BODY
}

holds 'expect_status 3'
fails 'expect_status 0'
fails 'expect_status ""'
holds "expect_out 'line
second'"
fails "expect_out 'third'"
fails "expect_out 'first.line'"
fails "expect_out 'an error'"
holds "expect_out_like '^f.*e\$'"
fails "expect_out_like '^line'"
holds "expect_out_is 'first line
second \"line\"
a.b'"
fails "expect_out_is 'first line'"
holds "refute_out 'third'"
holds "refute_out 'aXb'"
fails "refute_out 'a.b'"
holds "refute_out_like 'x+'"
fails "refute_out_like 'l[i]ne'"
holds "expect_err 'error'"
fails "expect_err 'first'"
holds "expect_err_like 'r{2}'"
fails "expect_err_like '^error'"
holds "expect_err_is 'an error'"
fails "expect_err_is 'error'"
holds "refute_err 'first'"
fails "refute_err 'error'"
holds "refute_err_like '^error'"
fails "refute_err_like 'error\$'"
holds "check 'sizes' test 1 -lt 2"
fails "check 'sizes' test 2 -lt 1"
holds "refute 'sizes' test 2 -lt 1"
fails "refute 'sizes' test 1 -lt 2"
fails "expect_json '.a == 1'"

script 0 '3 checks passed' <<'BODY'
run out '{"a": [1, 2]}'
expect_json '.a | length == 2'
expect_json '.b == null'
check 'json' test "$(json '.a[1]')" = 2
BODY
script 1 'this is true: .a == 2' <<'BODY'
run out '{"a": 1}'
expect_json '.a == 2'
BODY
script 1 'one JSON document' <<'BODY'
run out '{"a": 1}' out '{"a": 1}'
expect_json '.a == 1'
BODY
script 1 'one JSON document' <<'BODY'
run out '{"a": 1} and more'
expect_json '.a == 1'
BODY

# A failure shows everything, and the script goes on.
script 1 '| said to stderr' <<'BODY'
run err 'said to stderr'
expect_status 1
BODY
script 1 '| said to stdout' <<'BODY'
run out 'said to stdout'
expect_status 1
BODY
script 1 '$ dunlin out something' <<'BODY'
run out something
expect_status 1
BODY
script 1 'reached the end' <<'BODY'
run out something
expect_status 1
echo reached the end
BODY
script 1 '1 failed (3 checks)' <<'BODY'
run out something
expect_status 0
expect_status 1
expect_status 0
BODY

# What is checked without being asked for.
script 1 'no password in the output' <<'BODY'
run out 'mysql://me:s3cret-p@ss@there/db'
expect_status 0
BODY
script 1 'no password in the output' <<'BODY'
run err 's3cret'
expect_status 0
BODY
script 1 'an end within 1 seconds' <<'BODY'
RUN_LIMIT=1
run sleep 30
expect_status 124
BODY
script 1 'no crash' <<'BODY'
run signal SEGV
expect_status 139
BODY
script 1 'no crash' <<'BODY'
run exit 99
expect_status 99
BODY
script 1 'nothing for a sanitizer to find' <<'BODY'
run err 'x.c:1:2: runtime error: index 4 out of bounds'
expect_status 0
BODY

# Input, none of it, and runs in the background.
script 0 '1 checks passed' <<'BODY'
run_input 'some words' input
expect_out_is 'some words'
BODY
script 0 '1 checks passed' <<'BODY'
run input
expect_out_is ''
BODY
script 0 '2 checks passed' <<'BODY'
start wait
until grep -q ready "$WORK/stdout"; do sleep 0.02; done
send INT
finish_run
expect_status 130
expect_out interrupted
BODY
script 1 'an end within 1 seconds' <<'BODY'
RUN_LIMIT=1
start sleep 30
finish_run
expect_status 137
BODY
script 0 '1 checks passed' <<'BODY'
start sleep 30
check 'what is left running' test -n "$started"
BODY

# Ways to end.
script 1 'nothing was checked' <<'BODY'
run out something
BODY
script 1 'ended with status 5' <<'BODY'
run exit 0
expect_status 0
exit 5
BODY
script 1 'ended with status 2' <<'BODY'
run exit 0
expect_status 0
echo "$no_such_variable"
BODY
script 77 'skipped: no reason' <<'BODY'
run exit 0
expect_status 1
skip 'no reason'
BODY

# Databases.
script 0 '2 checks passed' <<'BODY'
migration 1_one 'CREATE TABLE a (b INT);' 'DROP TABLE a;'
migration 2_two 'SELECT 1;'
check 'the text of a migration' test "$(cat migrations/1_one.up.sql)" = 'CREATE TABLE a (b INT);'
check 'the files' test "$(ls migrations | tr '\n' ' ')" = '1_one.down.sql 1_one.up.sql 2_two.up.sql '
BODY
script 77 'skipped: there is nothing to check without sqlite postgresql mysql' <<'BODY'
DUNLIN_TEST_ENGINES=none
for_each_engine false
for_each_engine false
BODY
script 77 'skipped: there is nothing to check without mysql' <<'BODY'
DUNLIN_TEST_ENGINES=sqlite
if has_engine mysql; then
    run exit 0
    expect_status 0
fi
has_engine mysql || :
BODY
script 1 'nothing was checked' <<'BODY'
DUNLIN_TEST_ENGINES=sqlite
for_each_engine true
skipped_engines=
BODY
engine_checks()
{
    script 0 'script: 4 checks passed' <<BODY
DUNLIN_TEST_ENGINES=$1
on_engine()
{
    check 'an empty folder' test -z "\$(ls -A)"
    touch something
    sql "CREATE TABLE t (a INT, b VARCHAR(10)); INSERT INTO t VALUES (1, 'x y'), (2, NULL);"
    expect_sql 'SELECT a, b FROM t ORDER BY a' "1	x y
2	NULL"
    refute 'wrong SQL succeeds' try_sql 'SELECT FROM WHERE' 2>/dev/null
    fresh_database
    refute 'a table in a fresh database' try_sql 'SELECT a FROM t' 2>/dev/null
}
for_each_engine on_engine
skipped_engines=
BODY
    script 1 "FAILED on $1: expected the query" <<BODY
DUNLIN_TEST_ENGINES=$1
on_engine()
{
    expect_sql 'SELECT 1 + 1' 3
}
for_each_engine on_engine
BODY
    script 1 "the plain client of $1 failed with: SELECT FROM" <<BODY
DUNLIN_TEST_ENGINES=$1
on_engine()
{
    check 'an answer' test -z "\$(sql 'SELECT FROM')"
}
for_each_engine on_engine
BODY
}
engine_checks sqlite
[ -z "${TEST_POSTGRESQL_URL-}" ] || engine_checks postgresql
[ -z "${TEST_MYSQL_URL-}" ] || engine_checks mysql

echo "lib_test: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
