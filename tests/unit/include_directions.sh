#!/bin/sh
# Holds the includes against the order of the floors in lib/README.md: an include may only point downwards, clients'
# headers stay in their one place, and cmd/ knows nothing of the library but <dunlin/*.h>.
#
#   include_directions.sh ROOT          checks the tree below ROOT
#   include_directions.sh --self-test ROOT   checks that planted violations are found
set -eu

check() {
    (cd "$1" && find lib cmd -name '*.[ch]' -exec awk '
        # The table of lib/README.md: floors from the highest to the lowest; those of one row stand side by side.
        function read_floors(   line, row, parts, count, i) {
            while ((getline line < "lib/README.md") > 0) {
                if (line !~ /^\| `/)
                    continue
                row++
                split(line, parts, "|")
                count = split(parts[2], parts, "`")
                for (i = 2; i <= count; i += 2) {
                    sub(/\/$/, "", parts[i])
                    rank[parts[i]] = row
                }
            }
            if (row < 3) {
                print "lib/README.md: no table of floors"
                bad = 1
            }
        }

        # The floor that a path below lib/ is in: the longest that it begins with; "" for none.
        function floor_of(path) {
            while (sub(/\/[^\/]*$/, "", path))
                if (path in rank)
                    return path
            return ""
        }

        function complain(text) {
            print FILENAME ":" FNR ": " text
            bad = 1
        }

        function place_of(header) {
            if (header ~ /^(libpq-fe|libpq\/.*|postgres_ext|pg_config.*)\.h$/) return "lib/engine/postgres/"
            if (header ~ /^(mysql|errmsg|mysqld_error|mysql\/.*|mariadb\/.*|mariadb.*)\.h$/) return "lib/engine/mysql/"
            if (header ~ /^sqlite3.*\.h$/) return "lib/engine/sqlite/"
            if (header ~ /^libfyaml.*\.h$/) return FILENAME == "lib/seed/yaml.c" ? FILENAME : "lib/project/"
            if (header ~ /^zlib\.h$/) return "lib/seed/input.c"
            if (header ~ /^git2(\/.*)?\.h$/) return "lib/source/git"
            if (header ~ /^(pthread|threads)\.h$/) return "lib/task/"
            return ""
        }

        function check_system(header,   place) {
            place = place_of(header)
            if (place != "" && index(FILENAME, place) != 1)
                complain("<" header "> is for " place " only")
            if (FILENAME ~ /^lib\/include\// && header ~ /\// && header !~ /^dunlin\//)
                complain("a public header includes <" header ">")
        }

        # A query that the build embeds is on the floor of its .sql file.
        function check_own(header,   mine, theirs) {
            sub(/^embedded\//, "", header)
            if (place_of(header) != "")
                check_system(header)
            else if (FILENAME ~ /^cmd\//) {
                if (system("test -f cmd/" header) != 0)
                    complain("cmd/ includes \"" header "\", which is not its own")
            } else {
                mine = floor_of(substr(FILENAME, 5))
                theirs = floor_of(header)
                if (mine == "")
                    complain("the file is on no floor of lib/README.md")
                else if (mine == "include/dunlin")
                    complain("a public header includes \"" header "\"")
                else if (theirs == "")
                    complain("\"" header "\" names no floor")
                else if (mine != theirs && rank[theirs] <= rank[mine])
                    complain(mine "/ includes \"" header "\", which is not below it")
            }
        }

        BEGIN { read_floors() }
        /^[ \t]*#[ \t]*include[ \t]*</ { split($0, cut, /[<>]/); check_system(cut[2]) }
        /^[ \t]*#[ \t]*include[ \t]*"/ { split($0, cut, "\""); check_own(cut[2]) }
        END { exit bad }
    ' {} +)
}

# Plants one include in one file of a small tree and expects the check to say which file it is.
planted=0
plant() { # file, include, expected: bad or good
    mkdir -p "$tree/$(dirname "$1")"
    printf '#include <stddef.h>\n#include %s\n' "$2" >"$tree/$1"
    if check "$tree" >"$tree/out" 2>&1; then found=good; else found=bad; fi
    if [ "$found" != "$3" ] || { [ "$3" = bad ] && ! grep -q "^$1:2: " "$tree/out"; }; then
        echo "$1 with #include $2 was taken as $found:"
        cat "$tree/out"
        exit 1
    fi
    rm "$tree/$1"
    planted=$((planted + 1))
}

self_test() {
    tree=$(mktemp -d)
    trap 'rm -rf "$tree"' EXIT
    mkdir -p "$tree/lib/base" "$tree/cmd"
    cp "$1/lib/README.md" "$tree/lib/"
    echo >"$tree/cmd/own.h"
    plant lib/base/x.c '"task/task.h"' bad
    plant lib/base/x.c '"base/arena.h"' good
    plant lib/task/x.c '"base/arena.h"' good
    plant lib/task/x.c '<pthread.h>' good
    plant lib/db/x.c '<pthread.h>' bad
    plant lib/db/x.c '"url.h"' bad
    plant lib/db/x.c '"engine/engine.h"' bad
    plant lib/db/x.c '<dunlin/db.h>' good
    plant lib/engine/x.c '"engine/sqlite/connection.h"' bad
    plant lib/engine/x.c '<sqlite3.h>' bad
    plant lib/engine/sqlite/x.c '<sqlite3.h>' good
    plant lib/engine/sqlite/x.c '"engine/engine.h"' good
    plant lib/engine/sqlite/x.c '"engine/mysql/client.h"' bad
    plant lib/engine/sqlite/x.c '<libpq-fe.h>' bad
    plant lib/engine/postgres/x.c '<libpq-fe.h>' good
    plant lib/engine/postgres/x.c '"mysql.h"' bad
    plant lib/engine/mysql/x.c '<mysql.h>' good
    plant lib/source/x.c '<git2.h>' bad
    plant lib/source/git.c '<git2.h>' good
    plant lib/run/x.c '"migrate/history.h"' bad
    plant lib/run/x.c '<libfyaml.h>' bad
    plant lib/project/x.c '<libfyaml.h>' good
    plant lib/seed/yaml.c '<libfyaml.h>' good
    plant lib/seed/x.c '<libfyaml.h>' bad
    plant lib/seed/input.c '<zlib.h>' good
    plant lib/seed/x.c '<zlib.h>' bad
    plant lib/nowhere/x.c '"base/arena.h"' bad
    plant lib/include/dunlin/x.h '"base/arena.h"' bad
    plant lib/include/dunlin/x.h '<dunlin/api.h>' good
    plant cmd/x.c '"own.h"' good
    plant cmd/x.c '<dunlin/db.h>' good
    plant cmd/x.c '"base/str.h"' bad
    plant cmd/x.c '<pthread.h>' bad
    plant cmd/x.c '<sqlite3.h>' bad
    echo "$planted planted includes judged rightly"
}

if [ "${1:-}" = --self-test ]; then
    self_test "$2"
else
    check "$1"
fi
