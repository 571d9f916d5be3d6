#!/bin/sh
# Builds dunlin and shows it at work: the demo project on SQLite, in a temporary folder. On Debian it first
# installs what is missing, as root or with sudo. Leaves nothing behind but build/.
set -u

cd "$(dirname "$0")/.." || exit 1
root=$PWD
. tests/packages.sh

build()
{
    mkdir -p build
    {
        CMAKE_GENERATOR=Ninja cmake --preset release && cmake --build build --target dunlin_command
    } >build/demo.log 2>&1 || {
        tail -n 50 build/demo.log >&2
        echo "The build has failed; build/demo.log has all of it." >&2
        return 1
    }
}

say()
{
    printf '\n%s\n' "$1"
}

# show ARGUMENT...: the command line, and what it prints.
show()
{
    printf '\n$ dunlin %s\n' "$*"
    "$root/build/cmd/dunlin" "$@" </dev/null
}

demo()
{
    say "The demo project is a small shop. Its migrations are files in migrations/sqlite/migrations:"
    ls migrations | sed -n 's/\.up\.sql$//p' | sed 's/^/    /'
    say "Each has an .up.sql, which makes a change, and a .down.sql, which takes it back. Apply all of them:"
    show up || return
    say "What has been applied, and when:"
    show status || return
    say "Take the last one back; status then shows it as pending:"
    show down 1 || return
    show status || return
    say "And apply it again:"
    show up || return
    say "That was all. The database was a file in a temporary folder and is gone now; dunlin itself is build/cmd/dunlin."
    echo "The same shop for PostgreSQL and MySQL or MariaDB: see migrations/README.md."
}

# shellcheck disable=SC2086 # the packages are several words
install_packages $packages_to_build || exit 1
echo "Building dunlin in build/ (this takes a minute the first time) ..."
build || exit 1

# The shop's own configuration counts, and nothing of yours.
unset DATABASE_URL
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' HUP INT TERM
cp -R migrations/sqlite/. "$folder" && cd "$folder" && demo
