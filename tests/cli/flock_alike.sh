# Databases of one server that are alike: the catalog of one is read for all of them, and whatever differs is told.
. "$(dirname "$0")/alike/lib.sh"
. "$(dirname "$0")/lib.sh"

# Numbers of objects differ between databases, and not by the same amount for each.
use_up_numbers()
{
    sql "CREATE TABLE used_up AS SELECT 1; CREATE INDEX ON used_up ((1)); DROP TABLE used_up; SELECT lo_unlink(lo_create(0)) FROM generate_series(1, $1)" >/dev/null
}

one_reading_for_all()
{
    migration 1_rich "$(rich_schema)" ''
    list=
    for number in 7 300 41; do
        [ -n "$list" ] && fresh_database
        use_up_numbers "$number"
        list="$list${list:+, }\"$URL\""
    done
    printf 'environments:\n  many: { urls: [ %s ], concurrency: 2 }\n' "$list" >dunlin.yaml
    run up
    expect_status 0
    run drift
    run drift --echo
    expect_status 0
    expect_out_like '^done +3$'
    check 'one catalog was read' test "$(readings)" -eq 1

    # What a database went through, and is no more, costs a reading and no difference.
    sql 'ALTER TABLE child ADD COLUMN gone integer; ALTER TABLE child DROP COLUMN gone'
    run drift --echo
    expect_status 0
    check 'another catalog was read' test "$(readings)" -eq 2
}

# STATEMENT TEXT: in the last database. The drift says so of that one only, and of what it is afterwards.
differs_by()
{
    sql "$1"
    run drift --format json
    expect_status 2
    expect_json 'map(select(.equal)) | length == 2'
    expect_json "map(select(.equal | not)) | length == 1 and (.[0] | tostring | contains(\"$2\"))"
}

every_difference()
{
    one_reading_for_all
    differs_by "ALTER TABLE parent ALTER COLUMN kind SET DEFAULT 'parent_id_seq'::regclass" parent_id_seq
    differs_by "COMMENT ON COLUMN parent.note IS 'nothing'" nothing
    differs_by "$(twice 3)" 'x * 3'
    differs_by "ALTER SEQUENCE numbers INCREMENT 6" numbers
    differs_by "CREATE OR REPLACE VIEW pairs AS SELECT p.id, c.during FROM parent p JOIN child c ON c.parent = p.id WHERE p.feeling = 'high'" pairs
    differs_by "ALTER POLICY lows ON parent USING (feeling = 'high')" lows
    differs_by "ALTER TABLE parent DISABLE TRIGGER touched" touched
    differs_by "ALTER TYPE mood ADD VALUE 'higher'" higher
    differs_by "ALTER TABLE parted DETACH PARTITION parted_2024" parted_2024
}

# A setting of one database changes how the server writes its expressions, though its rows are those of the others.
a_setting_of_one()
{
    one_reading_for_all
    sql "DO \$\$ BEGIN EXECUTE format('ALTER DATABASE %I SET quote_all_identifiers = on', current_database()); END \$\$"
    run drift
    run drift --echo
    expect_status 0
    check 'it is not taken for the others' test "$(readings)" -eq 2
}

# Labels are not compared, and yet told of those that have them. They are written as a provider would leave them.
a_label_of_one()
{
    one_reading_for_all
    # Before version 13 nobody may write them so while the server runs.
    [ "$(sql "SELECT current_setting('server_version_num')::integer >= 130000")" = t ] || return 0
    sql "SET allow_system_table_mods = on;
        INSERT INTO pg_seclabel VALUES ('public'::regnamespace, 'pg_namespace'::regclass, 0, 'toy', 'outer');
        INSERT INTO pg_shseclabel SELECT oid, 'pg_database'::regclass, 'toy', 'own' FROM pg_database WHERE datname = current_database()"
    run drift --format json
    expect_status 0
    expect_json "map(.not_compared) | sort == [[], [], [\"security label toy on database $DATABASE\", \"security label toy on schema public\"]]"
    sql "SET allow_system_table_mods = on; DELETE FROM pg_seclabel; DELETE FROM pg_shseclabel WHERE provider = 'toy'"
}

# What the rows do not tell: then each catalog is read.
beyond_the_rows()
{
    migration 1_first 'CREATE TABLE first (id integer); CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);' ''
    one=$URL
    fresh_database
    printf 'environments:\n  many: { urls: [ "%s", "%s" ] }\n' "$one" "$URL" >dunlin.yaml
    run up
    expect_status 0
    run drift
    run drift --echo
    expect_status 0
    check 'both catalogs were read' test "$(readings)" -eq 2
}

for_postgresql()
{
    [ "$ENGINE" = postgresql ] || return 0
    "$1"
}
on_postgresql()
{
    test_of_postgresql=$1
    for_each_engine a_test_of_postgresql
}
a_test_of_postgresql()
{
    for_postgresql "$test_of_postgresql"
}
on_postgresql every_difference
on_postgresql a_setting_of_one
on_postgresql a_label_of_one
on_postgresql beyond_the_rows

# On every engine: alike or not, each target is told as what it is.
all_alike_but_one()
{
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY, name VARCHAR(20));' 'DROP TABLE first;'
    list=
    for _ in 1 2 3 4; do
        [ -n "$list" ] && fresh_database
        list="$list${list:+, }\"$URL\""
    done
    printf 'environments:\n  many: { urls: [ %s ] }\n' "$list" >dunlin.yaml
    run up
    expect_status 0
    sql 'ALTER TABLE first ADD COLUMN extra INTEGER'
    run drift --format json
    expect_status 2
    expect_json 'map(select(.equal)) | length == 3'
    expect_json 'map(select(.equal | not) | .target) | length == 1'
}
for_each_engine all_alike_but_one

# scratch_places: how many were made by the last run, with --echo.
scratch_places()
{
    grep -c 'CREATE DATABASE .*dunlin_scratch' "$WORK/stderr"
}

# A plan between the same two schemas is proven once, and another one for itself.
one_proof_for_all()
{
    mkdir -p schema
    echo 'CREATE TABLE first (id INTEGER PRIMARY KEY, name VARCHAR(20));' >schema/first.sql
    list=
    for _ in 1 2 3 4; do
        [ -n "$list" ] && fresh_database
        list="$list${list:+, }\"$URL\""
        sql 'CREATE TABLE first (id INTEGER PRIMARY KEY)'
    done
    printf 'environments:\n  many: { urls: [ %s ], concurrency: 2 }\n' "$list" >dunlin.yaml
    run apply --dry-run
    run apply --dry-run --echo
    expect_status 0
    [ "$ENGINE" = sqlite ] || check 'one scratch place' test "$(scratch_places)" -eq 1
    check 'one plan that is proven' test "$(grep -c 'proven on a scratch copy' "$WORK/stdout")" -eq 1
    check 'of four' test "$(grep -c '^-- target: ' "$WORK/stdout")" -eq 4
    sql 'ALTER TABLE first ADD COLUMN other INTEGER'
    run apply --dry-run --echo --allow all
    expect_status 0
    [ "$ENGINE" = sqlite ] || check 'two kinds of plans, two scratch places' test "$(scratch_places)" -eq 2
    run apply --yes --allow all
    expect_status 0
    expect_out_like '^done +4$'
    run drift schema/
    expect_status 0
}
for_each_engine one_proof_for_all
