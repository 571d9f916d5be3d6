#!/bin/sh
# run_with.sh COMMAND [ARGUMENT...]: runs the command with a throwaway PostgreSQL and a throwaway MariaDB, and
# ends with its exit status. Both are gone afterwards, with all they held, however this ends. Any number of
# these may run at once. TEST_MYSQLD=PROGRAM takes another server program in MariaDB's place: see mariadb.sh.
#
# The command finds in its environment, percent-encoded where needed:
#   TEST_POSTGRESQL_URL, TEST_MYSQL_URL          the superuser, over the unix socket
#   TEST_POSTGRESQL_TCP_URL, TEST_MYSQL_TCP_URL  user dunlin_test, password s3cret-p@ss, at 127.0.0.1; may make databases
#   TEST_POSTGRESQL_TLS_URL, TEST_MYSQL_TLS_URL  the same user at localhost, certificate and name of the server verified
#   TEST_TLS_CA                                  the certificate of the authority that signed the servers' certificate
#   TEST_POSTGRESQL_DATA, TEST_MYSQL_DATA        the data folders
#   TEST_POSTGRESQL_PID, TEST_MYSQL_PID          the server processes
#   TEST_POSTGRESQL_BIN                          the folder with the real psql, pg_dump and pg_ctl; set before, it
#                                                chooses another PostgreSQL than the installed one (postgres.sh)
#   TEST_MYSQL_SOCKET                            for the plain client
#   TEST_SERVERS                                 a folder: postgres.sh and mariadb.sh stop and start the servers of
#                                                $TEST_SERVERS/postgresql and $TEST_SERVERS/mysql again
#   TMPDIR                                       a folder that is removed, too: for a test that is killed
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

# In memory where there is room for what tests put into databases. The path goes into sockets' names, which
# may not be long, and through scripts that are not ours.
make_folder()
{
    base=${TMPDIR:-/tmp}
    case $base in
    *[!A-Za-z0-9/._-]* | ??????????????????????????????????????????????????*) base=/tmp ;;
    esac
    free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    if [ -w /dev/shm ] && [ "${free:-0}" -ge 1500000 ]; then
        base=/dev/shm
    fi
    mktemp -d "$base/dunlin-tests.XXXXXX"
}

# The keeper waits, in a session of its own, until this process and the scripts that start the servers are
# gone: they hold a pipe open. Then it stops the servers and removes the folders. So that happens after a
# SIGKILL, too.
start_keeper()
{
    mkfifo "$folder/running"
    exec 9<>"$folder/running"
    setsid sh -c '
        trap "" HUP INT TERM
        cat >/dev/null
        sh "$1/postgres.sh" stop "$2/postgresql"
        sh "$1/mariadb.sh" stop "$2/mysql"
        rm -rf "$2" "$3" || { sleep 1; rm -rf "$2" "$3"; }
    ' keeper "$here" "$folder" "$scratch" <"$folder/running" >/dev/null 9>&- &
    keeper=$!
}

start_servers()
{
    mkdir "$folder/certificates"
    sh "$here/certificates.sh" "$folder/certificates"
    sh "$here/postgres.sh" start "$folder/postgresql" "$folder/certificates" &
    postgres=$!
    sh "$here/mariadb.sh" start "$folder/mysql" "$folder/certificates" &
    mariadb=$!
    wait "$postgres" && wait "$mariadb"
}

export_environment()
{
    set -a
    . "$folder/postgresql/environment"
    . "$folder/mysql/environment"
    TEST_TLS_CA=$folder/certificates/ca.pem
    TEST_SERVERS=$folder
    TMPDIR=$scratch
    set +a
}

finish()
{
    trap '' HUP INT TERM
    exec 9>&-
    wait "$keeper" || :
    exit "$1"
}

# The command hears of the signal, and has ten seconds to end.
on_signal()
{
    if alive "$command"; then
        kill -s "$1" "$command" 2>/dev/null || :
        wait_until_gone "$command" 100 || kill -KILL "$command"
    fi
    finish "$2"
}

# A command in the background does not hear Ctrl-C and has no standard input; this gives it both back. It is
# in the background so that a signal to this script is noticed at once.
run_command()
{
    if env --default-signal=INT true 2>/dev/null; then
        set -- env --default-signal=INT --default-signal=QUIT "$@"
    fi
    "$@" <&8 8<&- 9>&- &
    command=$!
    status=0
    wait "$command" || status=$?
    finish "$status"
}

if [ $# -eq 0 ]; then
    echo "usage: run_with.sh COMMAND [ARGUMENT...]" >&2
    exit 64
fi
command=
folder=$(make_folder)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/dunlin-run.XXXXXX")
chmod 711 "$folder" "$scratch"
(exec 8<&0) 2>/dev/null || exec 0</dev/null
exec 8<&0
start_keeper
trap 'on_signal HUP 129' HUP
trap 'on_signal INT 130' INT
trap 'on_signal TERM 143' TERM
start_servers || finish 1
export_environment
run_command "$@"
