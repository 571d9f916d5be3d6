# drift --data: the rows of seed files in mode sync are a part of what the database should be.
. "$(dirname "$0")/lib.sh"

definitions()
{
    echo "CREATE TABLE countries (code VARCHAR(2) PRIMARY KEY, name VARCHAR(40) NOT NULL);
CREATE TABLE regions (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE);
CREATE TABLE towns (name VARCHAR(40) PRIMARY KEY, region INTEGER REFERENCES regions (id));"
}

seeds()
{
    mkdir -p seeds
    printf '# dunlin: mode=sync\ncode,name\nde,Germany\nfr,France\nit,Italy\n' >seeds/countries.csv
    printf '[{"$label": "north", "id": 1, "name": "North"}, {"$label": "south", "id": 2, "name": "South"}]\n' >seeds/regions.json
    printf '[{"name": "Aurich", "region": "@regions.north"}, {"name": "Passau", "region": "@regions.south"}]\n' >seeds/towns.json
    printf 'seed_options:\n  towns: { mode: sync }\n' >dunlin.yaml
}

tables()
{
    case $ENGINE in
    sqlite) sql "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)" ;;
    postgresql) sql "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace" ;;
    mysql) sql "SELECT group_concat(table_name ORDER BY table_name) FROM information_schema.tables WHERE table_schema = '$DATABASE'" ;;
    esac
}

rows()
{
    mkdir schema
    definitions >schema/all.sql
    seeds
    sql "$(definitions)"
    run seed --url "$URL"
    expect_status 0
    run drift --data --url "$URL"
    expect_status 0
    expect_out 'no differences'
    run drift --data --url "$URL" --format json
    expect_status 0
    expect_json '.equal and .data_problem == null and (.data | map(.table | sub(".*[.]"; ""))) == ["countries", "towns"]'
    expect_json '.data | all(.missing + .different + .extra == 0) and .[0].rows == 3'

    sql "UPDATE countries SET name = 'Gaul' WHERE code = 'fr'; DELETE FROM countries WHERE code = 'it'"
    sql "INSERT INTO countries VALUES ('us', 'USA'), ('ca', 'Canada')"
    sql "UPDATE regions SET name = 'Nord' WHERE id = 1; INSERT INTO regions VALUES (3, 'West')"
    before=$(sql 'SELECT * FROM countries ORDER BY code')$(tables)
    run drift --url "$URL"
    expect_status 0
    run drift --data --url "$URL" --format json
    expect_status 2
    expect_json '.equal == false and .differences == [] and .fix == ""'
    expect_json '.data[0] | .file == "seeds/countries.csv" and .missing == 1 and .different == 1 and .extra == 2'
    run drift --data --url "$URL"
    expect_status 2
    expect_out_like '^rows of .*missing +different +extra +file$'
    expect_out_like '^.*countries +1 +1 +2 +seeds/countries.csv$'
    refute_out 'towns'
    expect_out 'is not what it should be by schema: no differences, 4 rows differ'
    expect_out_like '^dunlin seed --again .*countries$'
    run drift --data --url "$URL" --format junit
    expect_status 2
    check 'JUnit XML is valid' is_junit
    expect_out_like 'tests="[0-9]+" failures="1" errors="0"'
    expect_out '<testcase classname="dunlin.drift.data" name="seeds/towns.json"/>'
    expect_out_like '<failure type="drift" message="rows of .*countries are not those of its seed file: 1 missing, 1 different, 2 extra"/>'
    run drift --data --url "$URL" --format sarif
    expect_status 2
    check 'SARIF is valid' is_sarif
    expect_json '.runs[0].results | length == 1 and .[0].ruleId == "rows" and .[0].locations[0].physicalLocation.artifactLocation.uri == "seeds/countries.csv"'
    run drift --data --url "$URL" --format github
    expect_status 2
    expect_out_like '^::error file=seeds/countries.csv,title=drift::rows of .*countries are not .*: 1 missing, 1 different, 2 extra'
    run drift --data --url "$URL" --format markdown
    expect_status 2
    expect_out_like '^\| .*countries \| 1 \| 1 \| 2 \| seeds/countries.csv \|$'

    # Looking has changed nothing, and what is said helps.
    check 'nothing was changed' test "$(sql 'SELECT * FROM countries ORDER BY code')$(tables)" = "$before"
    run seed --again countries --url "$URL"
    run drift --data --url "$URL"
    expect_status 0
}
for_each_engine rows

# Where the schema is another one, that is told; that rows could not be compared is told beside it.
no_table()
{
    mkdir schema
    definitions >schema/all.sql
    seeds
    run drift --data --url "$URL" --format json
    expect_status 2
    expect_json '(.differences | length >= 3) and (.data_problem | contains("countries")) and .data == []'
    run drift --data --url "$URL"
    expect_out 'rows could not be compared: '
    run drift --data --url "$URL" --format junit
    expect_out_like 'errors="1"'
    check 'JUnit XML is valid' is_junit
    run drift --data --url "$URL" --format markdown
    expect_out 'Rows could not be compared: '
    run drift --data --url "$URL" --format sarif
    check 'SARIF is valid' is_sarif
    expect_json '.runs[0].invocations[0] | .executionSuccessful == false and (.toolExecutionNotifications[0].message.text | contains("countries"))'
}
for_each_engine no_table

bad()
{
    mkdir schema
    definitions >schema/all.sql
    sql "$(definitions)"
    run drift --data --url "$URL"
    expect_status 65
    expect_err 'seeds'
    mkdir seeds
    printf 'code,name\nde,Germany\n' >seeds/countries.csv
    run drift --data --url "$URL"
    expect_status 0
    expect_err 'no seed file has the mode sync'
    printf '# dunlin: mode=sync\ncode,nam\nde,Germany\n' >seeds/countries.csv
    run drift --data --url "$URL"
    expect_status 65
    expect_err 'seeds/countries.csv: the table'
    for other in --fix --adopt --find; do
        run drift --data $other --url "$URL"
        expect_status 64
    done
    # A file without rows says that the table has none.
    printf '# dunlin: mode=sync\ncode,name\n' >seeds/countries.csv
    run drift --data --url "$URL"
    expect_status 0
    sql "INSERT INTO countries VALUES ('de', 'Germany')"
    run drift --data --url "$URL" --format json
    expect_status 2
    expect_json '.data[0] | .rows == 0 and .extra == 1'
}
for_each_engine bad

# A role that may only read can look at rows where it may make temporary tables, and is told where not.
read_only()
{
    mkdir schema
    definitions >schema/all.sql
    seeds
    sql "$(definitions)"
    run seed --url "$URL"
    sql "UPDATE countries SET name = 'Gaul' WHERE code = 'fr'"
    echo "scratch: \"$URL\"" >>dunlin.yaml
    reader=r_$$
    case $ENGINE in
    sqlite)
        run drift --data --url "$URL?mode=ro" --format json
        expect_status 2
        expect_json '.data[0].different == 1'
        return
        ;;
    postgresql)
        sql "CREATE ROLE $reader LOGIN; GRANT USAGE ON SCHEMA public TO $reader; GRANT SELECT ON ALL TABLES IN SCHEMA public TO $reader;
             REVOKE TEMPORARY ON DATABASE $DATABASE FROM public"
        right="GRANT TEMPORARY ON DATABASE $DATABASE TO $reader"
        ;;
    mysql)
        sql "CREATE USER $reader@localhost; GRANT SELECT ON $DATABASE.* TO $reader@localhost"
        right="GRANT CREATE TEMPORARY TABLES ON $DATABASE.* TO $reader@localhost"
        ;;
    esac
    reading=$(echo "$URL" | sed "s#//[^@]*@#//$reader@#")
    run drift --data --url "$reading"
    expect_status 1
    expect_err 'rows are compared in temporary tables: GRANT '
    sql "$right"
    run drift --data --url "$reading" --format json
    expect_status 2
    expect_json '.data[0].different == 1'
    case $ENGINE in
    postgresql) sql "DROP OWNED BY $reader; DROP ROLE $reader" ;;
    mysql) sql "DROP USER $reader@localhost" ;;
    esac
}
for_each_engine read_only

many()
{
    mkdir schema
    definitions >schema/all.sql
    seeds
    sql "$(definitions)"
    run seed --url "$URL"
    first=$URL
    fresh_database
    sql "$(definitions)"
    run seed --url "$URL"
    sql "DELETE FROM countries WHERE code = 'de'"
    printf 'environments:\n  all: { urls: [ "%s", "%s" ] }\n' "$first" "$URL" >>dunlin.yaml
    run drift --data -e all --format json
    expect_status 2
    expect_json 'length == 2 and (map(select(.equal)) | length == 1) and (map(select(.equal == false)) | .[0].data[0].missing == 1)'
    run drift --data -e all
    expect_status 2
    expect_out_like '^drifted +1$'
    expect_out '1 row differs'
}
for_each_engine many
