# The forms of drift that people and machines read: to the byte where they are short, and by the rules of their
# formats.
. "$(dirname "$0")/lib.sh"

has_engine sqlite || skip 'no SQLite'
ENGINE=sqlite
URL=sqlite:shop.db
mkdir schema
echo 'CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    total INTEGER NOT NULL DEFAULT 0,
    note VARCHAR(20)
);
CREATE INDEX orders_by_total ON orders (total);
CREATE VIEW large AS SELECT id, total, note FROM orders WHERE total > 1000 AND note IS NOT NULL ORDER BY total;' >schema/orders.sql
sqlite3 shop.db 'CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT NOT NULL DEFAULT 0, note VARCHAR(20));
CREATE TABLE "a|b<c>" (x);
CREATE VIEW large AS SELECT id, note FROM orders WHERE total > 5000 AND note IS NOT NULL ORDER BY total;'

run drift --url "$URL"
expect_status 2
begins_with()
{
    printf '%s\n' "$1" >expected
    head -n "$(wc -l <expected)" "$WORK/stdout" | cmp -s - expected
}
check 'a table, and both forms of what is too long for it' begins_with \
'drift      object                        attribute   expected     actual       defined at
extra      table a|b<c>
different  column orders.total           type        INTEGER      TEXT         schema/orders.sql:3
missing    index orders.orders_by_total                                        schema/orders.sql:6
different  view large                    definition  (see below)  (see below)  schema/orders.sql:7

sqlite:shop.db is not what it should be by schema: 4 differences

-- view large, definition: expected (-), actual (+)
  SELECT id,
- total,
  note
  FROM orders
- WHERE total > 1000
+ WHERE total > 5000
  AND note IS NOT NULL
  ORDER BY total

-- SQL that makes the database what it should be (--fix)'
escape=$(printf '\033')
refute_out "$escape"
run drift --url "$URL" --color always
expect_out "$escape[31m"
run drift --url "$URL" -q
expect_out_is ''
expect_status 2

GITHUB_STEP_SUMMARY=$PWD/summary.md
export GITHUB_STEP_SUMMARY
run drift --url "$URL" --format github
expect_status 2
expect_out_is '::error title=drift::table a|b<c> is in the database only (sqlite:shop.db)
::error file=schema/orders.sql,line=3,title=drift::column orders.total is different: type INTEGER -> TEXT (sqlite:shop.db)
::error file=schema/orders.sql,line=6,title=drift::index orders.orders_by_total is missing in the database (sqlite:shop.db)
::error file=schema/orders.sql,line=7,title=drift::view large is different: definition%0Adefinition: expected (-), actual (+)%0A  SELECT id,%0A- total,%0A  note%0A  FROM orders%0A- WHERE total > 1000%0A+ WHERE total > 5000%0A  AND note IS NOT NULL%0A  ORDER BY total (sqlite:shop.db)
::error title=drift::sqlite:shop.db: 4 differences'
unset GITHUB_STEP_SUMMARY
check 'the step summary is Markdown' grep -q '^| different | column orders.total | type | INTEGER | TEXT |$' summary.md

run drift --url "$URL" --format markdown
expect_status 2
check 'a table, and a fence for what is too long for it' begins_with \
'### :x: sqlite:shop.db is not what it should be

4 differences, compared with schema.

| drift | object | attribute | expected | actual |
| --- | --- | --- | --- | --- |
| extra | table a\|b&lt;c\> |  |  |  |
| different | column orders.total | type | INTEGER | TEXT |
| missing | index orders.orders\_by\_total |  |  |  |
| different | view large | definition | see below | see below |

view large, definition: expected (-), actual (+)

```diff
  SELECT id,
- total,
  note
  FROM orders
- WHERE total > 1000
+ WHERE total > 5000
  AND note IS NOT NULL
  ORDER BY total
```
'
check 'fences are closed' test $(($(grep -c '^```' "$WORK/stdout") % 2)) -eq 0

run drift --url "$URL" --format junit
expect_status 2
check 'JUnit XML is valid' is_junit
expect_out '<testsuites name="dunlin drift">'
expect_out '<testsuite name="sqlite:shop.db" tests="35" failures="4" errors="0">'
expect_out 'table a|b&lt;c&gt; is in the database only'
expect_out '  type: expected INTEGER, actual TEXT'
expect_out '  - WHERE total &gt; 1000
  + WHERE total &gt; 5000'
check 'a case a kind' test "$(grep -c '<testcase ' "$WORK/stdout")" -eq 35
check 'as many failures as it says' test "$(grep -c '<failure ' "$WORK/stdout")" -eq 4

run drift --url "$URL" --format sarif
expect_status 2
check 'SARIF is valid' is_sarif
expect_json '.runs | length == 1 and (.[0].results | length == 4)'
expect_json '. as $log | .runs[0].results | all(.ruleId == $log.runs[0].tool.driver.rules[.ruleIndex].id)'
expect_json '.runs[0].results | map(select(.ruleId == "different")) | .[0].locations[0].physicalLocation | .artifactLocation.uri == "schema/orders.sql" and .region.startLine == 3'
# What is in the database only has no definition, and yet a place: GitHub refuses all results otherwise.
expect_json '.runs[0].results | map(select(.ruleId == "extra")) | .[0].locations[0].physicalLocation.artifactLocation.uri == "schema"'
expect_json '.runs[0].invocations == [{"executionSuccessful": true}]'

run drift --url "$URL" --format csv
expect_status 64

# Equal.
: >none.db
run drift empty --url sqlite:none.db --format junit
expect_status 0
check 'JUnit XML is valid' is_junit
expect_out 'failures="0" errors="0"'
run drift empty --url sqlite:none.db --format sarif
check 'SARIF is valid' is_sarif
expect_json '.runs[0].results == []'
run drift empty --url sqlite:none.db --format markdown
expect_out_is '### :white_check_mark: sqlite:none.db is what it should be

no differences, compared with empty.'
run drift empty --url sqlite:none.db --format github
expect_out_is '::notice title=drift::sqlite:none.db: no differences'

# The shape that <dunlin/report.h> documents; keys may be added, and none may go.
run drift --url "$URL" --format json
expect_status 2
expect_json '["target", "source", "equal", "differences", "data", "data_problem", "pending", "ignored", "not_compared", "warnings",
    "fix", "adopt", "commit"] - keys == []'
expect_json '.differences | all(["what", "kind", "name", "text", "file", "line", "values"] - keys == [])'
expect_json '.differences[1].values == [{"attribute": "type", "expected": "INTEGER", "actual": "TEXT"}]'
expect_json '.differences[1] | .file == "schema/orders.sql" and .line == 3'

# What is wrong is found.
echo '<testsuites><testsuite name="a" tests="1" failures="0" errors="0"><testcase name="b"/></testsuite></testsuites>' >"$WORK/stdout"
refute 'a case without a class is no JUnit XML' is_junit >/dev/null
echo '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": []}}, "results": [{"message": {"text": "y"}}]}]}' >"$WORK/stdout"
refute 'a result without a place is no SARIF' is_sarif >/dev/null

# A database that cannot be looked at is in the report, too, which CI collects whatever the exit code is.
for format in junit sarif github markdown; do
    run drift --url sqlite:absent.db --format "$format"
    expect_status 69
    expect_err 'cannot open absent.db'
    expect_out 'sqlite:absent.db'
    expect_out 'there is no such file'
    case $format in
    junit) check 'JUnit XML is valid' is_junit && expect_out 'errors="1"' ;;
    sarif) check 'SARIF is valid' is_sarif && expect_out '"executionSuccessful": false' ;;
    github) expect_out_like '^::error ' ;;
    esac
done
run drift --url 'sqlit:nothing' --format junit
expect_status 65
