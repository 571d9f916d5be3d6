#!/bin/sh
# postgres.sh start FOLDER [CERTIFICATES]   starts a throwaway PostgreSQL that keeps everything below FOLDER
# postgres.sh stop FOLDER                   stops it, however it was started, or restarted, or hurt
#
# CERTIFICATES is a folder made by certificates.sh; without one there is no TLS. A second start of the same
# FOLDER starts the same cluster again, on the same port. FOLDER/environment says how to reach it (see
# run_with.sh).
#
# TEST_POSTGRESQL_BIN chooses the server: the folder with initdb, pg_ctl and postgres of another version than
# the one that is installed. psql and pg_dump may be there, too; where they are not, the installed ones are
# used (pg_dump refuses servers that are newer than itself).
set -eu

. "$(dirname "$0")/common.sh"

installed_bin()
{
    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n -r) ''; do
        if [ -n "$bin" ] && [ -x "$bin/initdb" ]; then
            echo "$bin"
            return
        fi
    done
    # Not Debian: whatever the PATH says.
    if initdb=$(command -v initdb); then
        dirname "$initdb"
    else
        echo "postgres.sh: there is no PostgreSQL server (Debian: apt-get install postgresql)" >&2
        return 1
    fi
}

# Links to the programs of the chosen server and to the installed ones for what it lacks. A server that is
# started again is the one it was.
postgres_bin()
{
    if [ -z "${TEST_POSTGRESQL_BIN-}" ]; then
        installed_bin
        return
    fi
    if [ ! -x "$TEST_POSTGRESQL_BIN/initdb" ]; then
        echo "postgres.sh: TEST_POSTGRESQL_BIN=$TEST_POSTGRESQL_BIN has no initdb" >&2
        return 1
    fi
    if [ ! -d "$folder/bin" ]; then
        mkdir "$folder/bin"
        for program in "$TEST_POSTGRESQL_BIN"/* "$(installed_bin 2>/dev/null || dirname "$(command -v psql)")"/*; do
            [ -e "$folder/bin/${program##*/}" ] || ln -s "$program" "$folder/bin/"
        done
    fi
    echo "$folder/bin"
}

# Nothing here has to survive a crash of the machine, and nothing lives long enough to be vacuumed. Shared
# memory is kept in the data folder, where it goes away with it.
settings()
{
    cat <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder/socket'
unix_socket_permissions = 0700
max_connections = 200
max_prepared_transactions = 10
shared_buffers = 64MB
dynamic_shared_memory_type = mmap
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
password_encryption = 'scram-sha-256'
SETTINGS
    if [ -n "$certificates" ]; then
        cat <<SETTINGS
ssl = on
ssl_cert_file = '$folder/server.pem'
ssl_key_file = '$folder/server.key'
SETTINGS
    fi
}

make_cluster()
{
    as_user postgres touch "$folder/log"
    as_user postgres "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \
        >"$folder/log" 2>&1 || does_not_start
    settings | as_user postgres tee -a "$folder/data/postgresql.conf" >/dev/null
    as_user postgres tee "$folder/data/pg_hba.conf" >/dev/null <<RULES
local all all trust
host all all 127.0.0.1/32 scram-sha-256
RULES
}

# Who started the server may still listen for its end on any descriptor that it inherits: give it none.
run_pg_ctl()
{
    as_user postgres "$bin/pg_ctl" -D "$folder/data" -w -s -t 60 -l "$folder/log" -o "-p $1" start \
        </dev/null >>"$folder/log" 2>&1 9>&-
}

start_on_a_free_port()
{
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if run_pg_ctl "$port"; then
            echo "$port" >"$folder/port"
            return
        fi
        grep -q 'Address already in use' "$folder/log" || break
    done
    does_not_start
}

does_not_start()
{
    echo "postgres.sh: PostgreSQL does not start; its log ends with:" >&2
    tail -n 20 "$folder/log" >&2
    return 1
}

make_user()
{
    PGOPTIONS='' "$bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$folder/socket" -p "$port" -U postgres -d postgres <<SQL
CREATE ROLE dunlin_test LOGIN CREATEDB PASSWORD 's3cret-p@ss';
CREATE DATABASE dunlin_test OWNER dunlin_test TEMPLATE template0;
SQL
}

write_environment()
{
    socket=$(percent_encode "$folder/socket")
    user=dunlin_test:s3cret-p%40ss
    {
        export_line TEST_POSTGRESQL_BIN "$bin"
        export_line TEST_POSTGRESQL_DATA "$folder/data"
        export_line TEST_POSTGRESQL_PID "$(head -n 1 "$folder/data/postmaster.pid")"
        export_line TEST_POSTGRESQL_URL "postgresql://postgres@/postgres?host=$socket&port=$port"
        export_line TEST_POSTGRESQL_TCP_URL "postgresql://$user@127.0.0.1:$port/dunlin_test"
        if [ -n "$certificates" ]; then
            authority=$(percent_encode "$certificates/ca.pem")
            export_line TEST_POSTGRESQL_TLS_URL \
                "postgresql://$user@localhost:$port/dunlin_test?sslmode=verify-full&sslrootcert=$authority"
        fi
    } >"$folder/environment"
}

start()
{
    private_folder postgres "$folder"
    bin=$(postgres_bin)
    if [ -e "$folder/port" ]; then
        port=$(cat "$folder/port")
        stop # what a killed server left behind would be in the way
        run_pg_ctl "$port" || does_not_start
        return
    fi
    private_folder postgres "$folder/socket"
    for file in server.pem server.key; do
        [ -z "$certificates" ] || as_user postgres tee "$folder/$file" <"$certificates/$file" >/dev/null
    done
    [ -z "$certificates" ] || chmod 600 "$folder/server.key"
    make_cluster
    start_on_a_free_port
    make_user
    write_environment
}

# A cluster that is thrown away needs no checkpoint. A killed server leaves its segment of System V memory
# behind.
stop()
{
    [ -e "$folder/data/postmaster.pid" ] || return 0
    pid=$(sed -n 1p "$folder/data/postmaster.pid")
    segment=$(sed -n '7s/.* //p' "$folder/data/postmaster.pid")
    if alive "$pid"; then
        kill -CONT "$pid" && kill -QUIT "$pid"
        wait_until_gone "$pid" 50 || kill -KILL "$pid" || :
        wait_until_gone "$pid" 50 || :
    fi
    [ ! -e "$folder/data/postmaster.pid" ] || [ -z "$segment" ] || ipcrm -m "$segment" 2>/dev/null || :
    rm -f "$folder/data/postmaster.pid" "$folder/socket"/.s.PGSQL.*
}

if [ $# -lt 2 ]; then
    echo "usage: postgres.sh start FOLDER [CERTIFICATES] | stop FOLDER" >&2
    exit 64
fi
folder=$2
certificates=${3-}
"$1"
