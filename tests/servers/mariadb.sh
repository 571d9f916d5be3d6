#!/bin/sh
# mariadb.sh start FOLDER [CERTIFICATES]   starts a throwaway MariaDB that keeps everything below FOLDER
# mariadb.sh stop FOLDER                   stops it, however it was started, or restarted, or hurt
#
# CERTIFICATES is a folder made by certificates.sh; without one there is no TLS. A second start of the same
# FOLDER starts the same server again, on the same port. FOLDER/environment says how to reach it (see
# run_with.sh). TEST_MYSQLD names another server program: a mariadbd of another version, with its
# mariadb-install-db beside it, or the mysqld of MySQL.
set -eu

. "$(dirname "$0")/common.sh"

line_end='
'

# Options one a line, the same for making the data folder and for running on it: a redo log of another size
# would be made anew. (It has one name in MariaDB, another in MySQL.) Nothing here has to survive a crash of the
# machine; a lock that nobody gives back ends before the patience of a test.
server_options()
{
    cat <<OPTIONS
--no-defaults
--datadir=$folder/data
--tmpdir=$folder/tmp
--skip-name-resolve
--character-set-server=utf8mb4
--innodb-flush-log-at-trx-commit=0
--loose-innodb-log-file-size=64M
--loose-innodb-redo-log-capacity=64M
--innodb-buffer-pool-size=64M
--innodb-doublewrite=0
OPTIONS
}

listening_options()
{
    cat <<OPTIONS
--socket=$folder/socket
--pid-file=$folder/pid
--port=$1
--bind-address=127.0.0.1
--loose-mysqlx=OFF
--secure-file-priv=
--max-connections=200
--lock-wait-timeout=120
--log-error=$folder/server.log
OPTIONS
    if [ -e "$folder/server.key" ]; then
        echo "--ssl-cert=$folder/server.pem"
        echo "--ssl-key=$folder/server.key"
    fi
}

is_mariadb()
{
    "$mysqld" --version | grep -q MariaDB
}

make_data()
{
    as_user mysql mkdir "$folder/data" "$folder/tmp"
    as_user mysql touch "$folder/server.log"
    (
        IFS=$line_end
        set -- $(server_options)
        unset IFS
        is_mariadb || exec $(user_prefix mysql) "$mysqld" "$@" --initialize-insecure
        install=$(command -v "$(dirname "$mysqld")/mariadb-install-db" || echo mariadb-install-db)
        exec $(user_prefix mysql) "$install" "$@" --auth-root-authentication-method=normal --skip-test-db
    ) >>"$folder/server.log" 2>&1 || does_not_start
}

# --skip-ssl here and in tests: from 11.4 on the client verifies certificates on a socket, too, unless it is told not to.
answers()
{
    mariadb --no-defaults --skip-ssl -u root -S "$folder/socket" -e 'SELECT 1' >/dev/null 2>&1
}

# run_server PORT: starts it and waits until it answers. It is put in a session of its own, where Ctrl-C of a
# terminal does not reach it. Who started it may still listen for its end on any descriptor that it inherits:
# give it none.
run_server()
{
    : >"$folder/server.log"
    (
        IFS=$line_end
        set -- $(server_options && listening_options "$1")
        unset IFS
        exec $(user_prefix mysql) setsid "$mysqld" "$@"
    ) </dev/null >>"$folder/server.log" 2>&1 9>&- &
    server=$!
    for tenth in $(seq 600); do
        ! answers || return 0
        alive "$server" || return 1
        sleep 0.1
    done
    kill -KILL "$server"
    return 1
}

start_on_a_free_port()
{
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if run_server "$port"; then
            echo "$port" >"$folder/port"
            return
        fi
        grep -q 'Address already in use' "$folder/server.log" || break
    done
    does_not_start
}

does_not_start()
{
    echo "mariadb.sh: the server does not start; its log ends with:" >&2
    tail -n 20 "$folder/server.log" >&2
    return 1
}

# An ordinary user of an application: anything with data and definitions, nothing with the server. (An
# anonymous user of localhost, as mariadb-install-db makes one, would come before ours.)
make_user()
{
    anonymous=
    ! is_mariadb || anonymous="DELETE FROM global_priv WHERE User = ''; FLUSH PRIVILEGES;"
    mariadb --no-defaults --skip-ssl -u root -S "$folder/socket" mysql <<SQL
$anonymous
CREATE USER dunlin_test@'%' IDENTIFIED BY 's3cret-p@ss';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE,
    CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER ON *.* TO dunlin_test@'%';
CREATE DATABASE dunlin_test;
SQL
}

write_environment()
{
    user=dunlin_test:s3cret-p%40ss
    {
        export_line TEST_MYSQL_SOCKET "$folder/socket"
        export_line TEST_MYSQL_DATA "$folder/data"
        export_line TEST_MYSQL_PID "$(cat "$folder/pid")"
        export_line TEST_MYSQL_URL "mysql://root@localhost/mysql?socket=$(percent_encode "$folder/socket")"
        export_line TEST_MYSQL_TCP_URL "mysql://$user@127.0.0.1:$port/dunlin_test"
        if [ -n "$certificates" ]; then
            authority=$(percent_encode "$certificates/ca.pem")
            export_line TEST_MYSQL_TLS_URL \
                "mysql://$user@localhost:$port/dunlin_test?ssl-mode=VERIFY_IDENTITY&ssl-ca=$authority"
        fi
    } >"$folder/environment"
}

start()
{
    if ! command -v "$mysqld" >/dev/null; then
        echo "mariadb.sh: there is no MariaDB server (Debian: apt-get install mariadb-server-core)" >&2
        return 1
    fi
    if [ -e "$folder/port" ]; then
        port=$(cat "$folder/port")
        stop
        run_server "$port" || does_not_start
        return
    fi
    private_folder mysql "$folder"
    for file in server.pem server.key; do
        [ -z "$certificates" ] || as_user mysql tee "$folder/$file" <"$certificates/$file" >/dev/null
    done
    [ -z "$certificates" ] || chmod 600 "$folder/server.key"
    make_data
    start_on_a_free_port
    make_user
    write_environment
}

stop()
{
    pid=$(cat "$folder/pid" 2>/dev/null) || return 0
    if alive "$pid"; then
        kill -KILL "$pid" || :
        wait_until_gone "$pid" 50 || :
    fi
    rm -f "$folder/pid" "$folder/socket" "$folder/socket.lock"
}

if [ $# -lt 2 ]; then
    echo "usage: mariadb.sh start FOLDER [CERTIFICATES] | stop FOLDER" >&2
    exit 64
fi
folder=$2
certificates=${3-}
mysqld=${TEST_MYSQLD:-mariadbd}
"$1"
