# Migrations, configurations and URLs that are wrong: each is told with its place, and nothing is run.
. "$(dirname "$0")/lib.sh"

untouched()
{
    refute 'nothing was run' try_sql 'SELECT 1 FROM fine' 2>/dev/null
}

folders()
{
    run up --url "$URL"
    expect_status 65
    expect_err 'migrations'
    mkdir migrations
    run up --url "$URL"
    expect_status 0
    run status --url "$URL"
    expect_status 0

    migration 1_fine 'CREATE TABLE fine (id INTEGER PRIMARY KEY);'
    mkdir migrations/2_folder.up.sql
    run up --url "$URL"
    expect_status 65
    expect_err '2_folder.up.sql'
    expect_err 'folder'
    untouched
    rmdir migrations/2_folder.up.sql

    migration 01_twin 'SELECT 1;'
    run up --url "$URL"
    expect_status 65
    expect_err '1_fine.up.sql'
    expect_err '01_twin.up.sql'
    untouched
    rm migrations/01_twin.up.sql

    ln -s nowhere migrations/2_dangling.up.sql
    run up --url "$URL"
    expect_status 65
    expect_err '2_dangling.up.sql'
    untouched
    rm migrations/2_dangling.up.sql
    if [ "$(id -u)" -ne 0 ]; then
        migration 2_secret 'SELECT 1;'
        chmod 000 migrations/2_secret.up.sql
        run up --url "$URL"
        expect_status 65
        expect_err '2_secret.up.sql'
        untouched
        rm -f migrations/2_secret.up.sql
    fi

    echo 'SELECT 1;' >migrations/V2__flyway.sql
    echo 'words' >migrations/README.txt
    echo 'DROP TABLE nothing;' >migrations/7_alone.down.sql
    run up --url "$URL"
    expect_status 0
    expect_err 'V2__flyway.sql'
    expect_err 'README.txt'
    expect_err '7_alone.down.sql'
    expect_out 'fine'
}
# They go into the history and into JSON. What is not run is told in the order of the names.
names()
{
    mkdir migrations
    for name in b 1_.up.sql a 4-x.up.sql 5_x.sql; do
        echo 'SELECT 1;' >"migrations/$name"
    done
    run up --url "$URL"
    expect_status 0
    check 'in the order of the names' sort -c "$WORK/stderr"
    run status --url "$URL" --format json
    expect_json '[.warnings[].file] == (.warnings | map(.file) | sort)'
    rm migrations/*

    for name in "$(printf '1_latin\344')" "$(printf '1_new\nline')" "$(printf '1_del\177')"; do
        echo 'CREATE TABLE fine (id INTEGER PRIMARY KEY);' >"migrations/$name.up.sql"
        run up --url "$URL"
        expect_status 65
        expect_err 'name of the file'
        expect_err 'rename'
        rm migrations/*
    done
    untouched
    run new --empty "$(printf 'latin\344')"
    expect_status 64
    expect_err 'not UTF-8'

    migration "1_it's a \"name\" with ünïcode" 'CREATE TABLE fine (id INTEGER PRIMARY KEY);' 'DROP TABLE fine;'
    run up --url "$URL"
    expect_status 0
    run status --url "$URL" --format json
    expect_json '.migrations[0] | .name == "it\u0027s a \"name\" with ünïcode" and .state == "applied"'
    run down --url "$URL"
    expect_status 0
    untouched
}
for_each_engine names

# A row that nobody of ours has written.
strange_history()
{
    migration 1_fine 'CREATE TABLE fine (id INTEGER PRIMARY KEY);'
    run up --url "$URL"
    expect_status 0
    case $ENGINE in
    mysql) sql 'ALTER TABLE dunlin_history MODIFY checksum CHAR(40) NULL' ;;
    postgresql) sql 'ALTER TABLE dunlin_history ALTER COLUMN checksum DROP NOT NULL' ;;
    sqlite) sql "CREATE TABLE copied AS SELECT * FROM dunlin_history; DROP TABLE dunlin_history;
                 ALTER TABLE copied RENAME TO dunlin_history" ;;
    esac
    sql 'UPDATE dunlin_history SET checksum = NULL'
    run status --url "$URL"
    expect_status 1
    expect_err "is not one of dunlin's"
}
for_each_engine strange_history

for_each_engine folders

texts()
{
    migration 1_fine 'CREATE TABLE fine (id INTEGER PRIMARY KEY);'
    printf 'SELECT 1;\nSELECT \377;\n' >migrations/2_latin.up.sql
    run up --url "$URL"
    expect_status 65
    expect_err '2_latin.up.sql:2:8'
    expect_err 'UTF-8'
    untouched
    printf "SELECT 1;\n\nSELECT 'open\n" >migrations/2_latin.up.sql
    run up --url "$URL"
    expect_status 65
    expect_err '2_latin.up.sql:3:8'
    untouched

    printf -- '-- nothing but words\n\n' >migrations/2_latin.up.sql
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT version, state, statements FROM dunlin_history ORDER BY id' '1	done	1
2	done	0'
    run down --url "$URL"
    expect_status 65
    expect_err 'migration 2 latin cannot be reverted'
    expect_err '2_latin.down.sql'
    expect_sql 'SELECT count(*) FROM dunlin_history' 2
}
for_each_engine texts

own_transactions()
{
    migration 1_wrapped 'BEGIN;
CREATE TABLE wrapped (id INTEGER PRIMARY KEY);
INSERT INTO wrapped VALUES (1);
COMMIT;' 'DROP TABLE wrapped;'
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM wrapped' 1
    migration 2_commit 'CREATE TABLE fine (id INTEGER PRIMARY KEY);
COMMIT;
CREATE TABLE more (id INTEGER PRIMARY KEY);'
    run up --url "$URL"
    expect_status 65
    expect_err '2_commit.up.sql:2:1'
    untouched
    migration 2_commit 'CREATE TABLE fine (id INTEGER PRIMARY KEY);
ROLLBACK;'
    run up --url "$URL"
    expect_status 65
    untouched
    migration 2_commit 'BEGIN;
CREATE TABLE fine (id INTEGER PRIMARY KEY);'
    run up --url "$URL"
    expect_status 65
    expect_err '2_commit.up.sql:1:1'
    untouched
    migration 2_commit 'CREATE TABLE fine (id INTEGER PRIMARY KEY);
BEGIN;
INSERT INTO fine VALUES (1);
COMMIT;
BEGIN;
INSERT INTO fine VALUES (2);
INSERT INTO fine VALUES (2);
COMMIT;'
    run up --url "$URL"
    expect_status 1
    expect_err '2_commit.up.sql:7:'
    expect_sql 'SELECT count(*) FROM fine' 1
    expect_sql 'SELECT state, done FROM dunlin_history WHERE version = '\''2'\''' 'failed	4'
    migration 2_commit 'CREATE TABLE fine (id INTEGER PRIMARY KEY);
BEGIN;
INSERT INTO fine VALUES (1);
COMMIT;
BEGIN;
INSERT INTO fine VALUES (2);
INSERT INTO fine VALUES (3);
COMMIT;'
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM fine' 3
    expect_sql 'SELECT state, statements, done FROM dunlin_history WHERE version = '\''2'\''' 'done	8	8'
}
for_each_engine own_transactions

# A password in a statement is not shown: every run is looked at for "s3cret".
passwords()
{
    user=user_${DATABASE#t_}
    case $ENGINE in
    sqlite) return ;;
    postgresql) right="CREATE ROLE $user PASSWORD 's3cret'" wrong="ALTER ROLE $user PASSWORD 's3cret' NOWHERE" ;;
    mysql) right="CREATE USER $user IDENTIFIED BY 's3cret'" wrong="ALTER USER $user IDENTIFIED NOWHERE BY 's3cret'" ;;
    esac
    migration 1_user "$right;" "DROP USER $user;"
    run up --url "$URL" --echo
    expect_status 0
    expect_err "'***'"
    migration 2_wrong "$wrong;"
    run up --url "$URL" --format json
    expect_status 1
    expect_err 'NOWHERE'
    expect_json '.error.excerpt | contains("*")'
    run migrate verify --url "$URL"
    expect_status 65
    run up --url "$URL" --echo
    expect_status 1
    rm migrations/2_*
    case $ENGINE in
    postgresql) sql "DROP ROLE $user" ;;
    mysql) sql "DROP USER $user" ;;
    esac
}
for_each_engine passwords

# Who may not write the history has begun nothing.
without_rights()
{
    [ "$ENGINE" = mysql ] || return 0
    user=user_${DATABASE#t_}
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);' 'DROP TABLE a;'
    run up --url "$URL"
    expect_status 0
    migration 2_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);'
    sql "CREATE USER $user@localhost; GRANT SELECT ON $DATABASE.* TO $user@localhost"
    as_user=$(echo "$URL" | sed "s#//[^@]*@#//$user@#")
    run up --url "$as_user"
    expect_status 1
    expect_err 'nothing of migration 2 b was applied'
    run down --url "$as_user"
    expect_status 1
    expect_err 'nothing of migration 1 a was reverted'
    run status --url "$as_user" --format json
    expect_json '[.migrations[].state] == ["applied", "pending"]'
    sql "DROP USER $user@localhost"
}
for_each_engine without_rights

# What is wrong with a statement, and where, and what state the database is in.
failing_statements()
{
    migration 1_good 'CREATE TABLE good (id INTEGER PRIMARY KEY);'
    migration 2_bad 'CREATE TABLE bad (id INTEGER PRIMARY KEY);

  INSERT INTO bad (id, "wört", nowhere) VALUES (1, 2, 3);
SELECT 1;'
    [ "$ENGINE" != mysql ] || sed -i 's/"wört"/`wört`/' migrations/2_bad.up.sql
    run up --url "$URL"
    expect_status 1
    expect_err '2_bad.up.sql:3:'
    expect_err 'statement 2 of 3'
    expect_err '1 migration before it was applied'
    expect_sql 'SELECT count(*) FROM good' 0
    if [ "$ENGINE" = mysql ]; then
        expect_err 'statement 1 is applied and stays'
        expect_sql 'SELECT count(*) FROM bad' 0
        run status --url "$URL"
        expect_out_like 'failed'
        run status --url "$URL" --format json
        expect_json '.migrations[1] | .state == "failed" and .statements == 3 and .done == 1'
        sed -i 's/nowhere/id2/' migrations/2_bad.up.sql
        run up --url "$URL"
        expect_status 1
        printf 'CREATE TABLE bad (other INTEGER PRIMARY KEY);\nSELECT 1;\n' >migrations/2_bad.up.sql
        run up --url "$URL"
        expect_status 1
        expect_err 'already run have changed'
        printf 'CREATE TABLE bad (id INTEGER PRIMARY KEY);\nINSERT INTO bad VALUES (1);\n' >migrations/2_bad.up.sql
    else
        expect_err 'nothing of migration 2 bad was applied'
        refute 'it was rolled back' try_sql 'SELECT 1 FROM bad' 2>/dev/null
        printf 'CREATE TABLE bad (id INTEGER PRIMARY KEY);\nINSERT INTO bad VALUES (1);\n' >migrations/2_bad.up.sql
    fi
    run up --url "$URL" --format json
    expect_status 0
    expect_json '.error == null and .remaining == 0'
    expect_sql 'SELECT count(*) FROM bad' 1
    run up --url "$URL"
    expect_status 0
}
for_each_engine failing_statements

json_failure()
{
    migration 1_bad 'SELECT nonsense FROM nowhere;'
    run up --url "$URL" --format json
    expect_status 1
    expect_json '.error.code == 1 and .error.line == 1 and (.error.file | endswith("1_bad.up.sql")) and .error.statement == 1'
    expect_json '.migrations == [] and .remaining == 1'
}
for_each_engine json_failure

newer_history()
{
    migration 1_fine 'CREATE TABLE fine (id INTEGER PRIMARY KEY);'
    migration 2_more 'CREATE TABLE more (id INTEGER PRIMARY KEY);'
    run up 1 --url "$URL"
    sql "UPDATE dunlin_history SET format = 2, dunlin_version = '9.9.9'"
    for command in up down status; do
        run $command --url "$URL"
        expect_status 1
        expect_err 'written by a newer dunlin (9.9.9)'
    done
    refute 'nothing was run' try_sql 'SELECT 1 FROM more' 2>/dev/null
    expect_sql 'SELECT count(*) FROM dunlin_history' 1
}
for_each_engine newer_history

mkdir -p config/migrations && cd config || exit 1
config()
{
    printf '%s\n' "$1" >dunlin.yaml
    run status
}
config 'migratoins: x'
expect_status 65
expect_err 'dunlin.yaml:1:1'
expect_err 'migrations'
config 'environments: [a]'
expect_status 65
expect_err 'dunlin.yaml:1:'
config 'environments:
  dev: { url: "${NOT_SET_ANYWHERE}" }'
expect_status 65
expect_err 'dunlin.yaml:2:'
expect_err 'NOT_SET_ANYWHERE'
config 'lock_timeout: soon'
expect_status 65
expect_err 'dunlin.yaml:1:'
rm dunlin.yaml

run status
expect_status 64
expect_err 'DATABASE_URL'
run status --url nonsense://x/y
expect_status 65
expect_err 'nonsense'
run status --url 'postgresql://u:s3cret@h:port/d'
expect_status 65
run up --url "sqlite:$WORK/no/such/folder/x.db"
expect_status 69
expect_err 'no/such/folder'
