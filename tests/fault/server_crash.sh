# The server crashes at random moments of `up` and `down --all`: after it has come up again the next run completes, and every
# effect is there exactly once. On MariaDB a statement may be in doubt; that run decides it by comparing catalogs. CRASHES=N, SEED=N.
servers=$(cd "$(dirname "$0")/../servers" && pwd)
. "$(dirname "$0")/../cli/lib.sh"

# A server of its own, below a short path, as sockets want it.
crashing_server()
{
    [ "$ENGINE" != sqlite ] || return
    case $ENGINE in
    postgresql) script=$servers/postgres.sh ;;
    mysql) script=$servers/mariadb.sh ;;
    esac
    base=/tmp
    [ ! -w /dev/shm ] || base=/dev/shm
    folder=$(mktemp -d "$base/dunlin-crash.XXXXXX")
    chmod 755 "$folder"
    sh "$script" start "$folder/s" || { check 'the server starts' false; return; }
    # What is committed has to survive the process, which is all that crashes here.
    case $ENGINE in
    postgresql)
        url=$(. "$folder/s/environment" && echo "$TEST_POSTGRESQL_URL")
        crash="sh '$script' stop '$folder/s'; sh '$script' start '$folder/s'"
        psql_quietly -d "$url" -c 'ALTER SYSTEM SET synchronous_commit = on' -c 'SELECT pg_reload_conf()' >/dev/null
        ;;
    mysql)
        url=$(. "$folder/s/environment" && echo "$TEST_MYSQL_URL" | sed 's#/mysql?#/dunlin_test?#')
        socket=$(. "$folder/s/environment" && echo "$TEST_MYSQL_SOCKET")
        durable="mariadb --no-defaults --skip-ssl -u root -S '$socket' -e 'SET GLOBAL innodb_flush_log_at_trx_commit = 2'"
        crash="sh '$script' start '$folder/s' && $durable"
        sh -c "$durable"
        ;;
    esac
    mkdir migrations
    echo 'migrations: migrations' >dunlin.yaml
    check 'the server crashes, and nothing is lost' \
        "$KILL_TEST" "$DUNLIN" "$url" migrations "${CRASHES:-16}" "${SEED:-$(date +%s)}" "$crash"
    sh "$script" stop "$folder/s"
    rm -rf "$folder"
}
for_each_engine crashing_server
