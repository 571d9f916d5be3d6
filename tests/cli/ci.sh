# The files for CI: what they say is right, and the commands in them do what they should in a fresh clone.
. "$(dirname "$0")/lib.sh"

has_engine sqlite || skip 'no SQLite'
ci=$ROOT/migrations/ci
bin=$WORK/bin
mkdir "$bin"
ln -s "$DUNLIN" "$bin/dunlin"
PATH=$bin:$PATH

# of FILE EXPRESSION: prints what Python makes of the document `d`.
of()
{
    /usr/bin/python3 -c 'import sys, yaml; d = yaml.safe_load(open(sys.argv[1])); exec("r = " + sys.argv[2]); print(r if isinstance(r, str) else "\n".join(map(str, r)))' "$1" "$2"
}

# In YAML of 1.1, which GitHub does not read, the key `on` is true.
check 'the workflow has what GitHub asks for' test "$(of "$ci/github.yml" 'sorted(map(str, d))')" = 'True
jobs
name
permissions'
check 'each step of the workflow runs something' test "$(of "$ci/github.yml" '[s for s in d["jobs"]["drift"]["steps"] if ("run" in s) == ("uses" in s)]')" = ''
check 'SARIF may be uploaded' test "$(of "$ci/github.yml" 'd["permissions"]["security-events"]')" = write
check 'the job of GitLab has an image and a script' test "$(of "$ci/gitlab-ci.yml" 'sorted(d["drift"])')" = 'artifacts
image
script
variables'
check 'the hook is one of a local program' test "$(of "$ROOT/.pre-commit-hooks.yaml" '[k for k in ("id", "name", "entry", "language", "files") if k not in d[0]] + [d[0]["language"]]')" = system
packages()
{
    # shellcheck disable=SC2086 # several words
    (. "$ROOT/tests/packages.sh" && printf '%s\n' $packages_to_build)
}
for package in $(packages); do
    check 'the container file installs what a build needs' grep -q -w -e "$package" "$ci/Containerfile"
done
check 'the container file builds with a tool that it installs' grep -q -e 'cmake --preset release -G Ninja' "$ci/Containerfile"
check 'the container file builds anew, whatever was built before' grep -q -e 'rm -rf build' "$ci/Containerfile"

# A repository of somebody, whose database is what it says.
git config --global user.name 'Ann Other'
git config --global user.email ann@example.org
git config --global init.defaultBranch main
mkdir origin
cd origin || exit 1
git init -q
mkdir schema
echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20));' >schema/orders.sql
migration 1_orders 'CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(20));' 'DROP TABLE orders;'
git add .
git commit -q -m 'orders'
DATABASE_URL=sqlite:$WORK/production.db
export DATABASE_URL
run up
expect_status 0
cd ..

# run_lines LINES: as the runners do, which stop at the first that fails.
run_lines()
{
    last_command="$1"
    rm -rf clone
    git clone -q "file://$PWD/origin" clone
    (cd clone && printf '%s\n' "$1" | bash -e -o pipefail) >"$WORK/stdout" 2>"$WORK/stderr"
    status=$?
    check_run
}

steps='[s["run"] for s in d["jobs"]["drift"]["steps"] if "run" in s and ("if" in s) == %s]'
# shellcheck disable=SC2059 # the format is ours
always=$(of "$ci/github.yml" "$(printf "$steps" False)")
# shellcheck disable=SC2059
after_failure=$(of "$ci/github.yml" "$(printf "$steps" True)")
script=$(of "$ci/gitlab-ci.yml" 'd["drift"]["script"]')
hook=$(of "$ROOT/.pre-commit-hooks.yaml" 'd[0]["entry"]')

run_lines "$always"
expect_status 0
expect_out '::notice title=drift::'
run_lines "$script"
expect_status 0
run_lines "$hook"
expect_status 0

# Somebody was at it by hand.
sqlite3 "$WORK/production.db" 'ALTER TABLE orders ADD COLUMN by_hand INTEGER'
run_lines "$always"
expect_status 2
expect_out '::error file=schema/orders.sql,line=1,title=drift::column orders.by_hand is in the database only'
run_lines "$after_failure"
expect_status 2
cp clone/drift.sarif "$WORK/stdout"
check 'what is uploaded is SARIF' is_sarif
expect_json '.runs[0].results | length == 1'
run_lines "$script"
expect_status 2
cp "clone/$(of "$ci/gitlab-ci.yml" 'd["drift"]["artifacts"]["reports"]["junit"]')" "$WORK/stdout"
check 'what GitLab reads is JUnit XML' is_junit
expect_out 'column orders.by_hand is in the database only'

# A definition without a migration is found by each of them.
echo 'CREATE TABLE forgotten (id INTEGER PRIMARY KEY);' >origin/schema/forgotten.sql
git -C origin add .
git -C origin commit -q -m 'forgotten'
for lines in "$always" "$script" "$hook"; do
    run_lines "$lines"
    expect_status 2
    expect_out 'forgotten'
done
