# Sourced by migrations/demo.sh and tests/run.sh: the Debian packages that they need, and install_packages,
# which installs those that are missing. The client libraries libpq5, libmariadb3 and libgit2 are opened at
# run time; the -dev packages bring them along.

packages_to_build="cmake ninja-build gcc g++ pkg-config libpq-dev libmariadb-dev libsqlite3-dev libgit2-dev libfyaml-dev
    libjansson-dev uthash-dev libmd-dev zlib1g-dev libcmocka-dev"

# mariadb-server-core has MariaDB's server without a service, mariadb-client has mariadb-dump. libclang-rt-dev stands
# for the one of clang's version: fuzzers.
packages_to_test="$packages_to_build postgresql mariadb-server-core mariadb-client sqlite3 openssl git jq man-db groff-base
    clang libclang-rt-dev libxml2-utils python3-jsonschema python3-yaml"

is_installed()
{
    case $1 in
    postgresql) ls /usr/lib/postgresql/*/bin/initdb ;;
    libclang-rt-dev) ls "$(clang -print-resource-dir)"/lib/*/libclang_rt.fuzzer* ;;
    *) dpkg-query -W -f='${Status}' "$1" | grep -q 'install ok installed' ;;
    esac >/dev/null 2>&1
}

# install_packages PACKAGE...: false when something is missing and could not be installed.
install_packages()
{
    missing=
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "This is not Debian, so nothing is installed. If what follows fails, look for these packages under the names" \
            "they have here:$missing" >&2
        return 0
    fi
    if [ "$(id -u)" -eq 0 ]; then
        become_root=
    elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        become_root=sudo
    else
        echo "These packages are missing:$missing" >&2
        echo "Install them (as root: apt-get install$missing) and run this again, or run it as root or with sudo." >&2
        return 1
    fi
    echo "Installing what is missing, with apt-get:$missing"
    log=$(mktemp) || return
    # shellcheck disable=SC2086 # the packages are several words
    if ! $become_root sh -c "$apt_commands" install_packages $missing >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        echo "apt-get could not install:$missing" >&2
        return 1
    fi
    rm -f "$log"
}

# What runs as root. The tests start servers of their own, so the package of PostgreSQL is told to make no
# cluster, which it would also start; that is told in a folder read for this purpose, and only for as long as
# it takes.
apt_commands='
    set -eu
    export DEBIAN_FRONTEND=noninteractive
    settings=/etc/postgresql-common/createcluster.d
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p "$settings"
        echo "create_main_cluster = false" >"$settings/no-cluster.conf"
        trap "rm -f $settings/no-cluster.conf" EXIT
    fi
    apt-get update -qq
    clang=$(apt-cache depends clang | sed -n "s/.*Depends: clang-\([0-9]*\)\$/\1/p" | head -n 1)
    for package do
        shift
        [ "$package" != libclang-rt-dev ] || package=libclang-rt-$clang-dev
        set -- "$@" "$package"
    done
    apt-get install -qq --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@"
'
