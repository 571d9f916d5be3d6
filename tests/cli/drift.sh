# Is the database what the repository says? In every form of the answer, and on bad days.
. "$(dirname "$0")/lib.sh"

git config --global user.name 'Ann Other'
git config --global user.email ann@example.org
git config --global init.defaultBranch main

orders()
{
    echo "CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    total INTEGER NOT NULL DEFAULT 0,
    note VARCHAR(20)
);
CREATE INDEX orders_by_total ON orders (total);"
}

by_definitions()
{
    mkdir schema
    orders >schema/orders.sql
    run drift --url "$URL"
    expect_status 2
    expect_out 'table'
    expect_out 'schema/orders.sql:1'
    sql "$(orders)"
    run drift --url "$URL"
    expect_status 0
    expect_out 'is what it should be by'
    expect_out 'no differences'
    expect_err_is ''
    run drift --url "$URL" -q
    expect_out_is ''

    sql 'DROP INDEX orders_by_total'"$([ "$ENGINE" != mysql ] || echo ' ON orders')"
    sql 'ALTER TABLE orders ADD COLUMN extra INTEGER'
    sql 'CREATE TABLE tmp_things (id INTEGER PRIMARY KEY)'
    run drift --url "$URL"
    expect_status 2
    expect_out_like '^extra +column .*orders\.extra'
    expect_out_like '^missing +index .*orders_by_total +schema/orders.sql:6$'
    expect_out_like '^extra +table .*tmp_things'
    expect_out '3 differences'
    expect_out_like 'ALTER TABLE .*orders.* DROP COLUMN .*extra'
    expect_out_like 'CREATE TABLE .*tmp_things'
    run drift --url "$URL" --format json
    expect_status 2
    expect_json '.equal == false and (.differences | map(.what) | sort) == ["extra", "extra", "missing"]'
    expect_json '.differences[] | select(.what == "missing") | .kind == "index" and .file == "schema/orders.sql" and .line == 6'
    expect_json '(.fix | contains("orders_by_total")) and (.adopt | contains("tmp_things"))'

    # Nothing was changed by looking.
    run drift --url "$URL" --format json
    expect_json '.differences | length == 3'

    # Another source; a wrong one.
    run drift empty --url "$URL" --format json
    expect_status 2
    expect_json '.source == "empty"'
    run drift no_such_folder --url "$URL"
    expect_status 65

    # What is ignored is no drift, and a pattern that matches nothing is worth a warning.
    printf 'ignore: [ "tmp_*", "column *.extra", "view none_*" ]\n' >dunlin.yaml
    run drift --url "$URL" --format json
    expect_status 2
    expect_json '(.differences | length == 1) and .ignored >= 2'
    expect_json '.warnings | length == 1 and (.[0].file | endswith("dunlin.yaml:1")) and (.[0].message | contains("view none_*"))'
    run drift --url "$URL" --fix --yes
    expect_status 0
    expect_sql 'SELECT count(*) FROM tmp_things' 0
    check 'apply warns of it, too' test "$(grep -c 'none_' "$WORK/stderr")" -eq 1
    run drift --url "$URL"
    expect_status 0
    expect_err 'view none_*'
    printf 'ignore: [ "tabel tmp_*" ]\n' >dunlin.yaml
    run drift --url "$URL"
    expect_status 65
    expect_err 'dunlin.yaml:1:'
    expect_err 'did you mean "table"?'
    rm dunlin.yaml

    # What loses data is refused unless it is allowed by name.
    run drift --url "$URL" --fix --yes
    expect_status 1
    expect_sql 'SELECT count(*) FROM tmp_things' 0
    run drift --url "$URL" --fix --yes --allow all
    expect_status 0
    run drift --url "$URL"
    expect_status 0
    run drift --url "$URL" --adopt
    expect_status 64
}
for_each_engine by_definitions

by_migrations()
{
    migration 1_orders "$(orders)"
    migration 2_more 'CREATE TABLE more (id INTEGER PRIMARY KEY);' 'DROP TABLE more;'
    migration 3_last 'CREATE TABLE last (id INTEGER PRIMARY KEY);'
    run up 2 --url "$URL"
    run drift --url "$URL" --format json
    expect_status 0
    expect_json '.equal and .source == "migrations@2" and .pending == ["3"]'
    sql 'ALTER TABLE more ADD COLUMN late INTEGER'
    mkdir schema
    orders >schema/orders.sql
    run drift --url "$URL" --format json
    expect_status 2
    expect_json '.differences | length == 1 and .[0].what == "extra" and (.[0].name | endswith("more.late"))'

    # The migration that adopts it makes the same of other databases, and is recorded here.
    run drift --url "$URL" --adopt
    expect_status 64
    expect_err 'migrations are pending, such as 3'
    run up --url "$URL"
    run drift --url "$URL" --adopt
    expect_status 0
    version=$(ls migrations | sed -n 's/_adopt_drift\.up\.sql//p')
    expect_out "migrations/${version}_adopt_drift.down.sql"
    expect_err "dunlin migrate baseline $version"
    run migrate baseline "$version" --url "$URL"
    run drift --url "$URL"
    expect_status 0
    run down --url "$URL"
    expect_status 0
    run drift --url "$URL" --format json
    expect_json '.equal and (.pending | length == 1)'
    rm migrations/*_adopt_drift.*

    echo '-- later' >>migrations/2_more.up.sql
    run drift --url "$URL"
    expect_status 0
    expect_err 'migrations/2_more.up.sql: the file was changed after the migration was applied'
    rm migrations/2_more.up.sql migrations/2_more.down.sql
    run drift --url "$URL"
    expect_status 65
    expect_err 'migration 2 more is applied, but its file is missing'
    run drift schema --url "$URL" --format json
    expect_status 2
}
for_each_engine by_migrations

# A migration that is pending below one that is applied is not what the database should be.
out_of_order()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    migration 3_c 'CREATE TABLE c (id INTEGER PRIMARY KEY);'
    run up --url "$URL"
    migration 2_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);'
    run drift --url "$URL" --format json
    expect_status 0
    expect_json '.equal and .pending == ["2"]'
    sql 'DROP TABLE a'
    run drift --url "$URL" --fix --yes
    expect_status 64
    expect_err 'pending migrations are older'
}
for_each_engine out_of_order

# Somebody is at it: drift waits, and then sees what has become of it.
under_way()
{
    [ "$ENGINE" = postgresql ] || [ "$ENGINE" = mysql ] || return 0
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    slow='SELECT pg_sleep(3);'
    [ "$ENGINE" = postgresql ] || slow='SELECT SLEEP(3);'
    migration 2_b "CREATE TABLE b (id INTEGER PRIMARY KEY);
$slow
CREATE TABLE c (id INTEGER PRIMARY KEY);"
    run up 1 --url "$URL"
    "$DUNLIN" up --url "$URL" </dev/null >up.out 2>up.err &
    up=$!
    sleep 1
    run drift --url "$URL" --lock-timeout 0
    expect_status 75
    run drift --url "$URL" --lock-timeout 20s
    expect_status 0
    expect_out 'no differences'
    wait $up
    check 'the run has ended well' test $? -eq 0
    expect_sql 'SELECT count(*) FROM c' 0
}
for_each_engine under_way

# A role that may only look; where the definitions are tried, another one may do more.
read_only_role()
{
    migration 1_orders "$(orders)"
    run up --url "$URL"
    case $ENGINE in
    postgresql) read_only_role_of_postgresql ;;
    mysql) read_only_role_of_mysql ;;
    esac
}

read_only_role_of_mysql()
{
    looker=l_$$
    sql "CREATE USER $looker@localhost; GRANT SELECT, SHOW VIEW ON $DATABASE.* TO $looker@localhost"
    url=$(echo "$URL" | sed "s#//[^@]*@#//$looker@#")
    run drift --url "$url"
    expect_status 1
    expect_err 'no scratch place for the definitions'
    expect_err 'GRANT ALL ON `dunlin\_scratch\_%`.*'
    expect_err 'scratch: URL'
    echo "scratch: \"$URL\"" >dunlin.yaml
    run drift --url "$url"
    expect_status 0
    sql 'ALTER TABLE orders DROP COLUMN note'
    run drift --url "$url"
    expect_status 2
    sql "DROP USER $looker@localhost"
}

read_only_role_of_postgresql()
{
    sql "CREATE ROLE looker_$$ LOGIN; GRANT USAGE ON SCHEMA public TO looker_$$; GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker_$$"
    echo "scratch: \"$URL\"" >dunlin.yaml
    rm dunlin.yaml
    looker=$(echo "$URL" | sed "s#//[^@]*@#//looker_$$@#")
    run drift --url "$looker"
    expect_status 1
    expect_err 'no scratch place for the definitions'
    expect_err 'scratch: URL'
    echo "scratch: \"$URL\"" >dunlin.yaml
    looker=$(echo "$URL" | sed "s#//[^@]*@#//looker_$$@#")
    run drift --url "$looker"
    expect_status 0
    sql 'ALTER TABLE orders DROP COLUMN note'
    run drift --url "$looker"
    expect_status 2
    sql "DROP OWNED BY looker_$$; DROP ROLE looker_$$"
}
for_each_engine read_only_role

read_only_file()
{
    [ "$ENGINE" = sqlite ] || return 0
    migration 1_orders "$(orders)"
    run up --url "$URL"
    run drift --url "$URL?mode=ro"
    expect_status 0
}
for_each_engine read_only_file

which_commit()
{
    git init -q .
    run drift --find --url "$URL"
    expect_status 65
    expect_err 'no commit yet'
    mkdir schema
    orders >schema/orders.sql
    git add schema
    git commit -q -m 'the first'
    sed -i 's/note VARCHAR(20)/note VARCHAR(30)/' schema/orders.sql
    git commit -q -a -m 'the second'
    sql "$(cat schema/orders.sql)"
    echo 'CREATE TABLE (' >schema/broken.sql
    git add schema
    git commit -q -m 'a broken one'
    rm schema/broken.sql
    echo 'CREATE TABLE later (id INTEGER PRIMARY KEY);' >schema/later.sql
    git add -A schema
    git commit -q -m 'the last'
    run drift --find --url "$URL" --format json
    expect_status 0
    expect_json '.commit.subject == "the second" and .commit.differences == 0 and .commit.looked_at == 3 and .equal'
    run drift --find --url "$URL"
    expect_out 'The database is what this commit says'
    sql 'CREATE TABLE other (id INTEGER PRIMARY KEY)'
    run drift --find --url "$URL" --format json
    expect_status 2
    expect_json '.commit.subject == "the second" and .commit.differences == 1 and .commit.at_end'
    run drift --find --url "$URL"
    expect_out 'No commit is what the database is; the nearest is'
    git checkout -q --detach HEAD~2
    run drift --find --url "$URL" --format json
    expect_json '.commit.subject == "the second"'
}
for_each_engine which_commit

# A merge is a state of its own; a folder that was renamed has a past; a shallow clone has what it has.
other_histories()
{
    [ "$ENGINE" = sqlite ] || return 0
    mkdir origin
    cd origin || return
    git init -q .
    mkdir -p old
    echo 'CREATE TABLE first (id INTEGER PRIMARY KEY);' >old/first.sql
    git add .
    git commit -q -m 'first'
    sql "$(cat old/first.sql)"
    git mv old schema
    git commit -q -m 'renamed'
    for branch in left right; do
        git checkout -q -b $branch main
        echo "CREATE TABLE $branch (id INTEGER PRIMARY KEY);" >schema/$branch.sql
        git add .
        git commit -q -m $branch
    done
    git merge -q --no-edit -m 'merged' left
    git checkout -q main
    git merge -q --ff-only right
    echo 'CREATE TABLE last (id INTEGER PRIMARY KEY);' >schema/last.sql
    git add .
    git commit -q -m 'last'
    run drift --find --url "$URL" --format json
    expect_status 0
    expect_json '.commit.subject == "renamed" and .commit.differences == 0'
    run log --engine sqlite --format json
    expect_json 'map(.subject) == ["last", "right", "left", "first"] or map(.subject) == ["last", "left", "right", "first"]'
    sql 'CREATE TABLE left (id INTEGER PRIMARY KEY)'
    sql 'CREATE TABLE right (id INTEGER PRIMARY KEY)'
    run drift --find --url "$URL" --format json
    expect_status 0
    expect_json '.commit.subject == "merged" and .commit.differences == 0 and .commit.looked_at == 2'
    run drift --find schema --url "$URL"
    expect_status 64

    # Only the last commit, and then two of them; and it is said that this is not all.
    for depth in 1 2; do
        git clone -q --depth $depth "file://$PWD" ../shallow$depth
        run drift --find -C ../shallow$depth --url "$URL" --format json
    done
    expect_status 0
    expect_json '.commit.subject == "merged"'
    run drift --find -C ../shallow1 --url "$URL" --format json
    expect_status 2
    expect_json '.commit.subject == "last" and .commit.differences == 1 and (.differences | map(.name)) == ["last"]'
    expect_json '.warnings | length == 1 and (.[0].message | startswith("this clone is shallow"))'
    cd ..
    mkdir elsewhere
    run drift --find -C elsewhere --url "$URL"
    expect_status 65
    expect_err 'is in no git repository'
}
for_each_engine other_histories

several()
{
    migration 1_orders "$(orders)"
    first=$URL
    fresh_database
    second=$URL
    fresh_database
    third=$URL
    printf 'environments:\n  many: { urls: [ "%s", "%s", "%s" ] }\n' "$first" "$second" "$third" >dunlin.yaml
    run up
    expect_status 0
    run drift
    expect_status 0
    expect_out_like '^done +3$'
    expect_out_like '^done +.*no differences'
    sql 'ALTER TABLE orders ADD COLUMN extra INTEGER'
    run drift
    expect_status 2
    expect_out_like '^drifted +.*1 difference'
    expect_out_like '^drifted +1$'
    expect_out_like '^extra +column .*orders.extra'
    run drift --format json
    expect_status 2
    expect_json 'length == 3 and (map(select(.equal)) | length == 2)'
    printf 'environments:\n  many: { urls: [ "%s", "%s", "postgresql://u@127.0.0.1:1/nowhere" ] }\n' "$first" "$third" >dunlin.yaml
    run drift --format json
    expect_status 69
    expect_json 'map(select(.error)) | length == 1 and .[0].error.code == 69'
    run drift --format junit
    expect_status 69
    expect_out '<testsuite name="postgresql://u@127.0.0.1:1/nowhere" tests="1" failures="0" errors="1">'
    check 'JUnit XML is valid' is_junit
    run drift --format sarif
    check 'SARIF is valid' is_sarif
    expect_json '.runs | length == 3 and (map(select(.invocations[0].executionSuccessful == false)) | length == 1)'
    run drift --find
    expect_status 64
}
for_each_engine several

# Schemas as targets: each is compared by itself, whatever its name is.
tenants()
{
    [ "$ENGINE" = postgresql ] || return 0
    migration 1_orders "$(orders)
CREATE VIEW totals AS SELECT total FROM orders;"
    sql 'CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b; CREATE SCHEMA other; CREATE TABLE other.thing (id int)'
    echo "environments: { many: { url: \"$URL\", schemas: \"tenant_*\" } }" >dunlin.yaml
    run up
    expect_status 0
    run drift
    expect_status 0
    expect_out_like '^done +2$'
    sql 'ALTER TABLE tenant_b.orders DROP COLUMN note'
    run drift --format json
    expect_status 2
    expect_json 'map(select(.equal == false)) | length == 1 and (.[0].target | endswith("tenant_b")) and (.[0].differences | map(.name)) == ["tenant_b.orders.note"]'
    expect_json 'map(select(.equal == false)) | .[0].fix | contains("tenant_b")'
}
for_each_engine tenants
