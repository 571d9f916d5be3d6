# What each commit did to the schema, read from git.
. "$(dirname "$0")/lib.sh"

git config --global user.name 'Ann Other'
git config --global user.email ann@example.org
git config --global init.defaultBranch main

# commit SUBJECT: all that is there
commit()
{
    git add -A
    git commit -q --allow-empty -m "$1"
}

history()
{
    mkdir schema
    git init -q .
    echo 'CREATE TABLE customers (id INTEGER PRIMARY KEY);' >schema/customers.sql
    commit one
    echo 'CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, customer INTEGER, FOREIGN KEY (customer) REFERENCES customers (id));' >schema/orders.sql
    commit two
    echo 'CREATE INDEX orders_by_total ON orders (total);' >schema/indexes.sql
    commit three
    printf -- '-- laid out anew\nCREATE TABLE customers (\n    id INTEGER PRIMARY KEY\n);\n' >schema/customers.sql
    commit four
    echo 'CREATE TABLE customers (id INTEGER PRIMARY KEY, note VARCHAR(20));' >schema/customers.sql
    echo 'nothing of the schema' >README
    commit five
    echo more >README
    commit six
    rm schema/indexes.sql
    commit seven
    echo 'schema: elsewhere' >elsewhere.yaml
    mkdir elsewhere
    run log --url "$URL" --config elsewhere.yaml --format json
    expect_status 0
    expect_json '. == []'
    expect_err 'no commit did anything to definitions in elsewhere'
    run log --url "$URL" --format json
    expect_status 0
    expect_err_is ''
    expect_json 'map(.subject) == ["seven", "five", "four", "three", "two", "one"]'
    expect_json '.[0].changes | map(.action + " " + .kind) == ["dropped index"]'
    expect_json '.[1].changes | map(.action + " " + .kind) == ["added column"] and (.[0].text | endswith("column note added"))'
    expect_json '.[2].changes == [] and .[2].problem == null'
    expect_json '.[3].changes | map(.action + " " + .kind) == ["added index"]'
    expect_json '.[4].changes | map(.action + " " + .kind) | index("added table") != null'
    expect_json 'all(.author == "Ann Other" and .email == "ann@example.org" and (.date | endswith("Z")))'
    run log --url "$URL" -n 2
    expect_status 0
    expect_out_like '^[0-9a-f]{10}  20[0-9-]{8}  Ann Other  seven$'
    expect_out_like '^  table (public\.|.*\.)?customers: column note added$'
    refute_out 'four'
    run log customers --url "$URL" --format json
    expect_json 'map(.subject) == ["five", "one"]'
    run log orders --url "$URL" --format json
    expect_json 'map(.subject) | index("two") != null and index("one") == null and index("five") == null'
    run log custmers --url "$URL"
    expect_status 0
    expect_err_is 'no commit did anything to custmers; did you mean customers?'
    run log nothing --url "$URL" --format json
    expect_out_is '[]'
    run log --revision HEAD~3 --url "$URL" --format json
    expect_json 'map(.subject) == ["four", "three", "two", "one"]'
}
for_each_engine history

only_git()
{
    [ "$ENGINE" = sqlite ] || return 0
    run log --engine sqlite
    expect_status 65
    expect_err 'is in no git repository'
    git init -q .
    run log --engine sqlite
    expect_status 65
    expect_err 'no commit yet'
    mkdir schema
    echo 'CREATE TABLE a (id INTEGER);' >schema/a.sql
    commit 'one'
    echo 'CREATE TABLE a (id INTEGER, "x" );;; CREATE NONSENSE' >schema/a.sql
    commit 'broken'
    echo 'CREATE TABLE a (id INTEGER, y INTEGER);' >schema/a.sql
    commit 'mended'
    run log --engine sqlite --format json
    expect_status 0
    expect_json 'map(.subject) == ["mended", "broken", "one"]'
    expect_json '.[1].problem | contains("a.sql")'
    run log
    expect_status 64
    expect_err 'which engine'

    # A merge says nothing that the commits of its sides have said.
    git checkout -q -b side HEAD
    echo 'CREATE TABLE b (id INTEGER);' >schema/b.sql
    commit 'side'
    git checkout -q main
    echo 'CREATE TABLE c (id INTEGER);' >schema/c.sql
    commit 'straight'
    git merge -q --no-edit side
    run log --engine sqlite --format json
    expect_json 'map(.subject) | sort == ["broken", "mended", "one", "side", "straight"]'

    # A detached HEAD is as good as a branch; a shallow clone ends early, and says so; a bare one has no folder.
    git checkout -q --detach HEAD~1
    run log --engine sqlite -n 1
    expect_status 0
    expect_out straight
    git checkout -q main
    git clone -q --depth 3 "file://$PWD" ../shallow
    git clone -q --bare . ../bare
    run log -C ../shallow --engine sqlite --format json
    expect_status 0
    expect_json 'length >= 1 and all(.subject != "one" and .problem == null)'
    expect_err 'this clone is shallow'
    run log -C ../bare --engine sqlite --format json
    expect_status 0
    expect_json 'length == 5'

    # A table that moves to another file is the same table.
    mkdir schema/more
    git mv schema/b.sql schema/more/d.sql
    commit 'moved'
    run log --engine sqlite --format json -n 1
    expect_json '.[0].subject == "moved" and .[0].changes == []'
    "$DUNLIN" log --engine sqlite 2>"$WORK/stderr" | head -n 1 >"$WORK/stdout"
    expect_err_is ''
}
for_each_engine only_git
