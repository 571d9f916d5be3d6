# self_test.sh RUN_CASES: the runner of cases finds what is wrong: every case here but those at the end has to fail, and
# says why. And it writes the plans that are missing.
set -eu

run_cases=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/dunlin-cases.XXXXXX")
trap 'rm -rf "$folder"' EXIT
failures=0

# expect MESSAGE, with the case on standard input
expect()
{
    cat >"$folder/case.sql"
    if "$run_cases" sqlite::memory: "$folder/case.sql" >"$folder/out" 2>&1 || ! grep -q -F -e "$1" "$folder/out"; then
        echo "expected a failure that says: $1"
        sed 's/^/    | /' "$folder/out"
        failures=$((failures + 1))
    fi
}

expect 'no difference was found between from and to' <<'END'
=== nothing changes
-- from
CREATE TABLE t (a integer);
-- to
CREATE TABLE t (a integer);
END
expect 'the two schemas mean the same, but differ' <<'END'
=== something does
-- from
CREATE TABLE t (a integer);
-- to
CREATE TABLE t (b integer);
-- differs: no
END
expect 'the plan is another from here on: ALTER TABLE "t" ADD COLUMN "b" INTEGER' <<'END'
=== another statement
-- from
CREATE TABLE t (a integer);
-- to
CREATE TABLE t (a integer, b integer);
-- plan
ALTER TABLE t ADD COLUMN c integer;
END
expect 'the plan has fewer statements than expected' <<'END'
=== another number of statements
-- from
CREATE TABLE t (a integer);
-- to
CREATE TABLE t (a integer, b integer);
-- plan
ALTER TABLE "t" ADD COLUMN "b" INTEGER;
DROP TABLE u;
END
expect "backwards: the plan's hazards are: drop-table" <<'END'
=== another hazard
-- to
CREATE TABLE t (a integer);
-- hazards back: none
END
expect 'rows block the plan by: not-null' <<'END'
=== rows are in the way
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- blocked: unique
END
expect 'there is a plan, but was to be refused: never' <<'END'
=== it is not refused
-- to
CREATE TABLE t (a integer);
-- refused: never
END
expect 'syntax error' <<'END'
=== bad definitions
-- to
CREATE TABLE t a integer;
END
expect 'no such option: sideways' <<'END'
=== an option that is none
-- options: sideways
END
expect 'this line is in no part of the case' <<'END'
=== nowhere
CREATE TABLE t (a integer);
END

# --write: empty parts are filled where they stand, a plan that is missing comes at the end of its case.
written()
{
    "$run_cases" "$folder/case.sql" --write >"$folder/out" 2>&1 || :
    "$run_cases" "$folder/case.sql" >"$folder/out" 2>&1 || {
        failures=$((failures + 1))
        echo 'the runner does not find right what it wrote:'
        sed 's/^/    | /' "$folder/out"
    }
    diff "$folder/expected.sql" "$folder/case.sql" || failures=$((failures + 1))
}
cat >"$folder/case.sql" <<'END'
=== empty and last
-- to
CREATE TABLE t (a integer);
-- plan

=== empty and first
-- plan
-- to
CREATE TABLE t (a integer);

=== empty backwards, and none forwards
-- to
CREATE TABLE t (a integer);
-- plan back
END
cat >"$folder/expected.sql" <<'END'
=== empty and last
-- to
CREATE TABLE t (a integer);
-- plan
CREATE TABLE t (a integer);

=== empty and first
-- plan
CREATE TABLE t (a integer);
-- to
CREATE TABLE t (a integer);

=== empty backwards, and none forwards
-- to
CREATE TABLE t (a integer);
-- plan back
DROP TABLE "t";
-- plan
CREATE TABLE t (a integer);
END
written
printf '%s\n' '=== without an end of its last line' '-- to' 'CREATE TABLE t (a integer);' >"$folder/case.sql"
cp "$folder/case.sql" "$folder/expected.sql"
printf -- '-- plan' >>"$folder/case.sql"
printf -- '-- plan\nCREATE TABLE t (a integer);' >>"$folder/expected.sql"
written
[ "$failures" -eq 0 ] || exit 1
echo 'the runner finds what is wrong'
