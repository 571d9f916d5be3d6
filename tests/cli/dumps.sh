# What the engines' own tools dump of a large database loads as definitions, and comes out with no difference.
. "$(dirname "$0")/lib.sh"

load()
{
    case $ENGINE in
    sqlite) sqlite3 -batch "${URL#sqlite:}" <"$1" ;;
    postgresql) psql_quietly -d "$URL" -f "$1" >/dev/null ;;
    mysql) mariadb_quietly "$DATABASE" <"$1" ;;
    esac
}

# SHOW CREATE has the name in a column before the statement, and other things behind it.
show_create()
{
    mariadb_quietly --batch --raw --skip-column-names -e "SHOW CREATE $1 \`$2\`" "$DATABASE" |
        awk -F '\t' -v column="$3" '
            NR == 1 { text = $column; next }
            { text = text "\n" $0 }
            END { sub(/\tutf8mb4.*/, "", text); print text ";;" }'
}

dump()
{
    case $ENGINE in
    sqlite) sqlite3 -batch "${URL#sqlite:}" .schema ;;
    postgresql) "$TEST_POSTGRESQL_BIN/pg_dump" -s -d "$URL" ;;
    mysql)
        echo 'SET FOREIGN_KEY_CHECKS = 0;'
        echo 'DELIMITER ;;'
        sql "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1" |
            while read -r name; do show_create TABLE "$name" 2; done
        sql "SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY 1" |
            while read -r name; do show_create VIEW "$name" 2; done
        sql "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1" |
            while read -r name; do show_create TRIGGER "$name" 3; done
        ;;
    esac
}

dumped()
{
    sh "$ROOT/tests/cases/dumps/make.sh" "$ENGINE" >all.sql
    check 'it loads' load all.sql
    mkdir schema
    dump >schema/dump.sql
    check 'the dump has all tables' test "$(grep -c '^CREATE TABLE' schema/dump.sql)" -ge 130
    run diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
    expect_out 'no difference'
    run diff schema "$URL" --url "$URL" --exit-code
    expect_status 0

    # One difference among all that is found, and nothing else.
    sql 'ALTER TABLE table_099 ADD COLUMN extra INTEGER'
    run diff "$URL" schema --url "$URL" --exit-code --format json
    expect_status 2
    expect_json '(.statements | length) == 1 and (.statements[0].sql | contains("extra"))'

    # What it was made from is the same, too.
    run diff all.sql schema --url "$URL" --exit-code
    expect_status 0
}
for_each_engine dumped
