#!/bin/sh
# dunlin seed --capture: rows become seed files, and those load as the same rows.
. "$(dirname "$0")/lib.sh"

tables()
{
    sql 'CREATE TABLE teams (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, head_id INTEGER)'
    sql 'CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, email VARCHAR(60), born DATE, boss_id INTEGER, team_id INTEGER,
        FOREIGN KEY (boss_id) REFERENCES people (id), FOREIGN KEY (team_id) REFERENCES teams (id))'
    sql 'CREATE TABLE odd (a VARCHAR(50), b VARCHAR(50))'
}

rows()
{
    sql "INSERT INTO teams (id, name) VALUES (1, 'one'), (2, 'two'), (3, 'three')"
    sql "INSERT INTO people (id, name, email, born, boss_id, team_id) VALUES
        (1, 'Ada', 'ada.lovelace@mail.example.org', '1815-12-10', NULL, 3), (2, 'Bo \"b\", ä', NULL, NULL, 1, 2),
        (3, 'Cy', 'cy@x.org', '2001-02-03', 2, NULL), (4, 'Di', 'cy@x.org', NULL, NULL, 1)"
    sql "INSERT INTO odd (a, b) VALUES ('#x', ''), (NULL, 'two
lines')"
}

round_trip()
{
    tables
    rows
    run seed --url "$URL" --capture people teams odd
    expect_status 0
    expect_out '3 files written, 9 rows'
    check 'the head of a file' [ "$(head -n 2 seeds/people.csv)" = 'id,name,email,born,boss_id,team_id
1,Ada,ada.lovelace@mail.example.org,1815-12-10,,3' ]
    before=$(sql 'SELECT id, name, email, born, boss_id, team_id FROM people ORDER BY id')
    odd=$(sql "SELECT COUNT(*) FROM odd WHERE a = '#x' AND b = '' OR a IS NULL AND b LIKE 'two_lines'")
    check 'two odd rows' [ "$odd" = 2 ]
    sql 'DELETE FROM odd'
    sql 'UPDATE people SET boss_id = NULL, team_id = NULL'
    sql 'DELETE FROM people'
    sql 'DELETE FROM teams'
    check 'rows without a key come only once' grep -qx '# dunlin: mode=if-empty' seeds/odd.csv
    run seed --url "$URL"
    expect_status 0
    expect_sql 'SELECT id, name, email, born, boss_id, team_id FROM people ORDER BY id' "$before"
    expect_sql "SELECT COUNT(*) FROM odd WHERE a = '#x' AND b = '' OR a IS NULL AND b LIKE 'two_lines'" 2

    # What is the same is not written again; comments stay, and say how the file is written.
    printf '# About teams.\n# dunlin: delimiter=;\n' >seeds/teams.csv
    run seed --url "$URL" --capture people teams odd
    expect_status 0
    expect_out_like 'unchanged +seeds/people.csv'
    expect_out_like 'unchanged +seeds/odd.csv'
    expect_out_like 'written +seeds/teams.csv'
    check 'comments' [ "$(head -n 4 seeds/teams.csv)" = '# About teams.
# dunlin: delimiter=;
id;name;head_id
1;one;' ]
    check 'no files left over' [ "$(find seeds -name '*.new')" = '' ]
}

chosen()
{
    tables
    rows
    run seed --url "$URL" --capture people --where 'id = 3' --follow
    expect_status 0
    check 'people with their bosses' [ "$(cut -d, -f1 seeds/people.csv | tr '\n' ' ')" = 'id 1 2 3 ' ]
    check 'teams of these' [ "$(cut -d, -f1 seeds/teams.csv | tr '\n' ' ')" = 'id 2 3 ' ]

    rm -r seeds
    run seed --url "$URL" --capture people --mask email,people.name,born --format json
    expect_status 0
    expect_json '.files | length == 1 and .[0].rows == 4 and .[0].state == "written"'
    refute 'a name' grep -q -e Ada -e lovelace -e Bo -e 1815-12-10 seeds/people.csv
    check 'an address that is nobody'"'"'s' grep -q '@example.com' seeds/people.csv
    cp seeds/people.csv first.csv
    run seed --url "$URL" --capture people --mask email,people.name,born
    expect_out_like 'unchanged +seeds/people.csv'
    check 'the same mask for the same value' [ "$(cut -d, -f3 seeds/people.csv | tail -n 2 | uniq | wc -l)" = 1 ]
}

# Values whose texts are not their bytes, or have more digits than are shown as a rule.
values()
{
    case $ENGINE in
    sqlite)
        sql 'CREATE TABLE things (id INTEGER PRIMARY KEY, content BLOB, size REAL, text VARCHAR(50))'
        sql "INSERT INTO things VALUES (1, x'00ff5c0a22', 0.1 + 0.2, '\\x41'), (2, x'', 9e999, ''), (3, NULL, -9e999, NULL), (4, 'text', 0.1, 'x')"
        captured='id,content,size,text
1,\x00ff5c0a22,0.30000000000000004,\x41
2,\x,9e999,""
3,,-9e999,
4,text,0.1,x'
        ;;
    postgresql)
        sql 'CREATE TABLE things (id INTEGER PRIMARY KEY, content BYTEA, size DOUBLE PRECISION, text VARCHAR(50))'
        sql "INSERT INTO things VALUES (1, '\\x00ff5c0a22', 0.1::double precision + 0.2, '\\x41'), (2, '', 'NaN', ''), (3, NULL, '-Infinity', NULL)"
        captured='id,content,size,text
1,\x00ff5c0a22,0.30000000000000004,\x41
2,\x,NaN,""
3,,-Infinity,'
        ;;
    mysql)
        sql 'CREATE TABLE things (id INTEGER PRIMARY KEY, content VARBINARY(20), flags BIT(10), place POINT, text VARCHAR(50))'
        sql "INSERT INTO things VALUES (1, x'00ff5c0a22', b'1000000001', POINT(1.5, -2), '\\\\x41'), (2, '', 0, NULL, ''), (3, NULL, NULL, NULL, NULL)"
        captured='id,content,flags,place,text
1,\x00ff5c0a22,513,POINT(1.5 -2),\x41
2,\x,0,,""
3,,,,'
        ;;
    esac
    run seed --url "$URL" --capture things
    expect_status 0
    check 'what was captured' [ "$(cat seeds/things.csv)" = "$captured" ]
    run seed --url "$URL"
    expect_out '0 inserted, 0 updated, 0 deleted'
    sql 'DELETE FROM things'
    run seed --url "$URL" --again
    expect_status 0
    run seed --url "$URL" --capture things
    expect_out_like 'unchanged +seeds/things.csv'
}

wrong()
{
    tables
    rows
    run seed --url "$URL" --capture
    expect_status 64
    run seed --url "$URL" --capture peple
    expect_status 64
    expect_err 'did you mean "people"?'
    run seed --url "$URL" --capture people --mask emial
    expect_status 64
    expect_err 'did you mean "email"?'
    run seed --url "$URL" --capture people --where 'nonsense ='
    expect_status 1
    refute 'a file' [ -e seeds/people.csv ]
    # A condition is one expression, and reaches no further.
    sql 'CREATE TABLE bystander (id INTEGER)'
    for where in '1 = 1); DROP TABLE bystander; -- ' '1 = 1) OR (1 = 1' '1 = 1; DROP TABLE bystander' '(id = 1' "id = '"; do
        run seed --url "$URL" --capture people --where "$where"
        expect_status 64
        expect_err 'condition'
    done
    expect_sql 'SELECT count(*) FROM bystander' 0
    refute 'a file' [ -e seeds/people.csv ]
    run seed --url "$URL" --capture people --where "id = 1 -- the first"
    expect_status 0
    rm seeds/people.csv
    run seed --url "$URL" --capture odd --follow
    expect_status 65
    expect_err 'has no key'
}

for_each_engine round_trip
for_each_engine chosen
for_each_engine values
for_each_engine wrong
