# Databases that cannot be written: read-only, full, not a database; and statements that are very long.
. "$(dirname "$0")/lib.sh"

read_only()
{
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    migration 2_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);'
    run up 1 --url "$URL"
    expect_status 0
    case $ENGINE in
    sqlite) url="$URL?mode=ro" ;;
    postgresql) url="$URL&options=-c%20default_transaction_read_only=on" ;;
    mysql) return ;; # below: read_only is of the whole server
    esac
    run status --url "$url"
    expect_status 0
    expect_out '1 pending'
    run up --url "$url"
    expect_status 1
    expect_err 'read-only'
    expect_sql 'SELECT count(*) FROM dunlin_history' 1
    run up --url "$URL"
    expect_status 0
}
for_each_engine read_only

# An account that may only read: what fails is said, and nothing is half done.
only_reading()
{
    [ "$ENGINE" = mysql ] || return
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);'
    migration 2_b 'CREATE TABLE b (id INTEGER PRIMARY KEY);'
    run up 1 --url "$URL"
    reader=reader_$$
    ask_server "CREATE USER $reader@localhost; GRANT SELECT ON $DATABASE.* TO $reader@localhost"
    url=$(echo "$URL" | sed "s/root@/$reader@/")
    run status --url "$url"
    expect_status 0
    run up --url "$url"
    expect_status 1
    expect_err 'denied'
    refute 'nothing was run' try_sql 'SELECT 1 FROM b' 2>/dev/null
    expect_sql "SELECT count(*) FROM dunlin_history WHERE state <> 'done'" 0
    ask_server "DROP USER $reader@localhost"
    run up --url "$URL"
    expect_status 0
}
for_each_engine only_reading

# The disk fills up in the middle: what was committed stays, the rest is as if it had never begun.
disk_full()
{
    [ "$ENGINE" = sqlite ] || return
    mkdir small
    mount -t tmpfs -o size=256k none small 2>/dev/null || return
    migration 1_small 'CREATE TABLE small (id INTEGER PRIMARY KEY);'
    migration 2_large "CREATE TABLE large (text TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
INSERT INTO large SELECT hex(randomblob(500)) FROM n;"
    run up --url sqlite:small/x.db
    expect_status 1
    expect_err 'full'
    expect_err '2_large.up.sql:2:1'
    run status --url sqlite:small/x.db --format json
    expect_status 0
    applied=$(json .applied)
    check 'the small one is applied, or nothing is' test "$applied" -le 1
    check 'the report says the same' test "$(sqlite3 small/x.db 'SELECT count(*) FROM sqlite_schema WHERE name = '\''small'\''')" = "$applied"
    mount -o remount,size=8m small
    run up --url sqlite:small/x.db
    expect_status 0
    check 'all rows are there, once' test "$(sqlite3 small/x.db 'SELECT count(*) FROM large')" = 2000
    umount small
}
for_each_engine disk_full

no_database()
{
    [ "$ENGINE" = sqlite ] || return
    migration 1_a 'SELECT 1;'
    echo 'this is a text and no database, long enough to be read as the header of a file' >text.db
    run up --url sqlite:text.db
    expect_status 69
    expect_err 'text.db'
    run up --url sqlite:migrations
    expect_status 69
}
for_each_engine no_database

# A file that is not there, in a folder where this user may make none.
read_only_folder()
{
    [ "$ENGINE" = sqlite ] || return
    migration 1_a 'SELECT 1;'
    mkdir closed
    chmod 555 closed
    if [ "$(id -u)" -eq 0 ]; then
        chmod 711 "$WORK" "$WORK/project"
        nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
        $nobody test -x "$DUNLIN" -a -r migrations/1_a.up.sql 2>/dev/null || return 0
        set -- $nobody
    fi
    "$@" "$DUNLIN" up --url sqlite:closed/a.db >"$WORK/stdout" 2>"$WORK/stderr"
    status=$?
    expect_status 69
    expect_err 'may not make one in the folder closed'
    refute_err 'mode=ro'
}
for_each_engine read_only_folder

# One INSERT of 20 MB (MariaDB takes 16 MB a packet by default, so less there).
long_statement()
{
    megabytes=20
    [ "$ENGINE" != mysql ] || megabytes=12
    mkdir migrations
    {
        echo 'CREATE TABLE long_texts (text TEXT);' | sed "$([ "$ENGINE" = mysql ] && echo 's/text TEXT/text LONGTEXT/')"
        printf 'INSERT INTO long_texts VALUES ('\'
        head -c $((megabytes * 1000000)) /dev/zero | tr '\0' x
        echo \'');'
    } >migrations/1_long.up.sql
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT length(text) FROM long_texts' $((megabytes * 1000000))
}
for_each_engine long_statement

# The password of a URL is not in the list of processes while dunlin runs, nor in anything it writes.
processes()
{
    [ "$ENGINE" = postgresql ] || return
    migration 1_slow 'SELECT pg_sleep(60);'
    psql_quietly -d "$URL" -c 'GRANT ALL ON SCHEMA public TO dunlin_test'
    url=$(echo "$TEST_POSTGRESQL_TCP_URL" | sed "s#/[^/]*\$#/$DATABASE#")
    start up --url "$url" --echo -v
    check 'it runs' wait_for_slow_statement
    refute 'the password is among the arguments' grep -a -q s3cret "/proc/$started/cmdline"
    check 'the rest of the URL is' grep -a -q "$DATABASE" "/proc/$started/cmdline"
    send INT
    finish_run
    expect_status 130
}
for_each_engine processes
