# Every command with --format json, on each engine: what it prints is what <dunlin/report.h> says, to the key.
. "$(dirname "$0")/lib.sh"

header=$ROOT/lib/include/dunlin/report.h
shapes=$ROOT/tests/cli/schemas/shapes.py
git config --global user.name 'Ann Other'
git config --global user.email ann@example.org
git config --global init.defaultBranch main

is_shape()
{
    /usr/bin/python3 "$shapes" "$header" "$1" "$WORK/stdout" "$WORK/seen"
}

# shows SHAPE STATUS COMMAND ARGUMENT...
shows()
{
    shape=$1
    wanted=$2
    shift 2
    case $1 in
    migrate) echo "$1 $2" ;;
    *) echo "$1" ;;
    esac >>"$WORK/shown"
    run "$@" --format json
    expect_status "$wanted"
    check "the shape of $shape" is_shape "$shape"
}

projects()
{
    DATABASE_URL=$URL
    export DATABASE_URL
    git init -q
    mkdir schema seeds
    printf 'CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, price INTEGER);\n' >schema/items.sql
    printf '# dunlin: mode=sync\nid,name,price\n1,Ann,3\n2,Bob,\n' >seeds/items.csv
    shows new 0 migrate new first
    git add .
    git commit -q -m 'the first'
    shows status 0 migrate status
    shows run 0 migrate up --dry-run
    shows run 0 migrate up
    shows status 0 migrate status
    shows seed 0 seed --dry-run
    shows seed 0 seed
    shows seed 0 seed
    shows seed 0 seed --demo 3 --again
    shows drift 2 drift --data
    shows seed 0 seed --capture items
    echo 'ignore: [ "nothing_*" ]' >dunlin.yaml
    shows drift 0 drift
    expect_json '.warnings | length == 1'
    rm dunlin.yaml
    shows drift 0 drift --find
    shows log 0 log
    shows inspect 0 inspect
    shows inspect 0 inspect schema
    shows query 0 query 'SELECT id, name, price FROM items'
    shows verify 0 migrate verify
    shows 'run | error' 64 migrate resume --done
}

differences()
{
    sql 'ALTER TABLE items ADD COLUMN late INTEGER'
    shows drift 2 drift
    shows plan 0 diff "$URL" schema
    shows plan 0 diff schema schema
    shows apply 1 apply --yes
    shows new 0 drift --adopt
    rm migrations/*_adopt_drift.*
    shows apply 0 drift --fix --yes --allow all
    shows apply 0 apply --yes
    printf 'CREATE INDEX items_by_name ON items (name);\n' >schema/index.sql
    shows 'plan | apply' 0 apply --dry-run
    shows apply 0 apply --yes
    git rm -q --cached schema/items.sql
    git add schema/index.sql
    sed 's/price INTEGER/price INTEGER DEFAULT 7/' schema/items.sql >schema/items_2.sql
    rm schema/items.sql
    git add .
    git commit -q -m 'the second'
    shows log 0 log
    shows log 0 log items
}

mistakes()
{
    migration 99999999999999_bad 'CREATE TABLE items (id INTEGER);' 'DROP TABLE items;'
    shows run 1 migrate up
    shows status 0 migrate status
    shows 'run | error' 64 migrate down --to 5
    rm migrations/*_bad.*
    case $ENGINE in
    mysql) sql "DELETE FROM dunlin_history WHERE version = '99999999999999'" ;;
    esac
    echo 'CREATE TABLE (' >schema/broken.sql
    shows error 65 inspect schema
    shows error 65 drift schema
    shows error 65 diff empty schema
    shows 'apply | error' 65 apply --yes
    rm schema/broken.sql
    echo 'nothing' >seeds/nothing.csv
    shows 'seed | error' 65 seed nothing
    rm seeds/nothing.csv
    shows error 64 migrate status --bogus
    shows '[failed...]' 1 query 'SELECT nothing FROM nowhere'
    shows run 0 migrate down --dry-run
    shows run 0 migrate down --all
    shows run 0 migrate baseline "$(basename migrations/*_first.up.sql _first.up.sql)"
    shows error 1 init
    mkdir new
    shows init 0 init -C new --from "$URL"
}

flocks()
{
    unset DATABASE_URL
    mkdir flock
    cd flock || exit 1
    mkdir schema seeds
    printf 'CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);\n' >schema/items.sql
    printf 'id,name\n1,Ann\n' >seeds/items.csv
    migration 1_items "$(cat schema/items.sql)" 'DROP TABLE items;'
    more_databases 3
    # shellcheck disable=SC2086 # words
    set -- $URLS
    environment "$(as_yaml "$2" postgresql://u@127.0.0.1:1/nowhere "$3")"
    early='--fail-fast --concurrency 1'
    shows '[status | failed | skipped...]' 69 migrate status $early
    expect_json 'map(has("skipped")) == [false, false, true]'
    shows '[run | failed | skipped...]' 69 migrate up --dry-run $early
    shows '[run | failed | skipped...]' 69 migrate up
    shows '[drift | failed | skipped...]' 69 drift $early
    shows '[apply | failed | skipped...]' 69 apply --yes $early
    shows '[seed | failed | skipped...]' 69 seed $early
    shows '[seed | failed | skipped...]' 69 seed --demo 2
    shows '[{COLUMN: TEXT...} | failed | skipped...]' 69 query 'SELECT id, name FROM items'
    shows '[run | failed | skipped...]' 69 migrate down
}

all()
{
    projects
    differences
    mistakes
    flocks
}
: >"$WORK/seen"
: >"$WORK/shown"
for_each_engine all

# What is documented is met, and what can be called was.
run --help
sed -n '/^  [a-z]/s/^  \([a-z]* \{0,1\}[a-z]*\).*/\1/p' "$WORK/stdout" | sed 's/ *$//' | sort -u >"$WORK/commands"
sort -u "$WORK/shown" >"$WORK/shown.sorted"
check 'every command was called' test "$(comm -23 "$WORK/commands" "$WORK/shown.sorted" | tr '\n' ' ')" = ''
/usr/bin/python3 "$shapes" "$header" >"$WORK/names"
sort -u "$WORK/seen" >"$WORK/seen.sorted"
check 'every shape was met' test "$(comm -23 "$WORK/names" "$WORK/seen.sorted" | tr '\n' ' ')" = ''

# The judge finds what is wrong.
echo '{"file": "a", "down_file": null, "more": 1}' >"$WORK/stdout"
refute 'a key that is not documented' is_shape new >/dev/null
echo '{"file": "a"}' >"$WORK/stdout"
refute 'a key that is missing' is_shape new >/dev/null
echo '{"file": 3, "down_file": "b"}' >"$WORK/stdout"
refute 'a number for a text' is_shape new >/dev/null
