#!/bin/sh
# Builds dunlin in every way and runs every test; see usage below. Leaves nothing behind but the build
# folders.
set -u

usage()
{
    cat <<'TEXT'
usage: sh tests/run.sh [--quick] [-R REGEX]

Installs the Debian packages that are missing (as root or with sudo), builds dunlin, and runs the tests with a
PostgreSQL and a MariaDB that are started for them and thrown away afterwards:

  release    all tests                                         build/
  sanitize   all tests, with Address- and UBSanitizer          build-sanitize/
  thread     the tests of tasks, with ThreadSanitizer          build-thread/
  fuzz       every fuzzer for a short time                     build-fuzz/

  --quick    only the first of these
  -R REGEX   only the tests whose name matches (see ctest)
  --help     this
TEXT
}

quick=
regex=
while [ $# -gt 0 ]; do
    case $1 in
    --quick) quick=yes ;;
    -R)
        [ $# -ge 2 ] || {
            usage >&2
            exit 64
        }
        regex=$2
        shift
        ;;
    --help | -h)
        usage
        exit 0
        ;;
    *)
        usage >&2
        exit 64
        ;;
    esac
    shift
done

cd "$(dirname "$0")/.." || exit 1
root=$PWD
cores=$(nproc 2>/dev/null || echo 2)
report=
failed_stages=0
passed_tests=0
failed_tests=0

# Make is not among the packages. (A folder that is there already keeps the generator it was made with.)
export CMAKE_GENERATOR=Ninja

# Every sanitizer ends a program with 99: a status that dunlin itself never has, so that no test that expects
# a failure takes it for one. (strict_string_checks would find fault with strndup on a text without an end, and
# read all of a text for every word of it.)
export ASAN_OPTIONS="exitcode=99:detect_leaks=1:detect_stack_use_after_return=1"
export LSAN_OPTIONS="exitcode=99:print_suppressions=0"
export UBSAN_OPTIONS="exitcode=99:print_stacktrace=1:halt_on_error=1"
export TSAN_OPTIONS="exitcode=99:second_deadlock_stack=1"
if [ -e "$root/tests/lsan.supp" ]; then
    LSAN_OPTIONS="$LSAN_OPTIONS:suppressions=$root/tests/lsan.supp"
fi

# Newer kernels spread addresses wider than the sanitizers of older compilers can follow. (Not every container
# may change that.)
same_addresses=
if setarch "$(uname -m)" -R true 2>/dev/null; then
    same_addresses="setarch $(uname -m) -R"
fi

# stage NAME COMMAND...: runs it and remembers how it went and how long it took.
stage()
{
    name=$1
    shift
    echo "== $name"
    began=$(date +%s)
    if "$@"; then
        outcome=ok
    else
        outcome=FAILED
        failed_stages=$((failed_stages + 1))
    fi
    report="$report$(printf '%-16s %5d s  %s' "$name" $(($(date +%s) - began)) "$outcome")
"
    [ "$outcome" = ok ]
}

# logged FILE COMMAND...: shows its output only when it fails.
logged()
{
    log=$1
    shift
    "$@" >"$log" 2>&1 || {
        tail -n 200 "$log"
        return 1
    }
}

# build PRESET FOLDER [TARGET]: what is built is sometimes also run by the build, under the sanitizers.
build()
{
    mkdir -p "$2"
    logged "$2/build.log" configure "$1" &&
        logged "$2/build.log" $same_addresses cmake --build "$2" -j "$cores" ${3:+--target "$3"}
}

configure()
{
    set -- --preset "$1" -DDUNLIN_TESTS=ON
    ! command -v ccache >/dev/null || set -- "$@" -DCMAKE_C_COMPILER_LAUNCHER=ccache
    cmake "$@"
}

# run_tests FOLDER [CTEST_OPTION...]
run_tests()
{
    folder=$1
    shift
    rm -f "$folder/test.log"
    set -- --test-dir "$folder" --output-on-failure --output-log "$folder/test.log" -j "$cores" "$@"
    if [ -n "$regex" ]; then
        set -- "$@" -R "$regex"
    else
        set -- "$@" --no-tests=error
    fi
    if sh tests/servers/run_with.sh $same_addresses ctest "$@"; then
        count_tests "$folder/test.log"
    else
        count_tests "$folder/test.log"
        return 1
    fi
}

count_tests()
{
    counts=$(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$1" 2>/dev/null)
    [ -n "$counts" ] || return 0
    failed_tests=$((failed_tests + ${counts% *}))
    passed_tests=$((passed_tests + ${counts#* } - ${counts% *}))
}

# build_and_test NAME PRESET FOLDER TARGET [CTEST_OPTION...]
build_and_test()
{
    stage_name=$1
    preset=$2
    folder=$3
    target=$4
    shift 4
    stage "build $stage_name" build "$preset" "$folder" "$target" && stage "test $stage_name" run_tests "$folder" "$@"
}

# Reports are held against the schemas that others publish where these can be had, and always against our own.
fetch_schemas()
{
    mkdir -p build
    if /usr/bin/python3 tests/cli/schemas/fetch.py "$root/build/public_schemas"; then
        export DUNLIN_PUBLIC_SCHEMAS="$root/build/public_schemas"
    else
        echo 'Reports are held against our own schemas only.'
    fi
}

. tests/packages.sh

# shellcheck disable=SC2086 # the packages are several words
stage packages install_packages $packages_to_test || exit 1
stage schemas fetch_schemas
build_and_test release release build ''
if [ -z "$quick" ]; then
    build_and_test sanitize sanitize build-sanitize ''
    build_and_test thread thread build-thread '' -L '^tasks$'
    build_and_test fuzz fuzz build-fuzz fuzzers -L '^fuzz$'
fi

# A stage that could not even be built counts as one that failed.
[ "$failed_tests" -ge "$failed_stages" ] || failed_tests=$failed_stages
printf '\n%s%s passed, %s failed\n' "$report" "$passed_tests" "$failed_tests"
[ "$failed_stages" -eq 0 ]
