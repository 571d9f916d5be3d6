#!/bin/sh
# The log over 1,000 commits of 100 definition files of SQLite, with a cold cache, against git log -p of the same.
# Usage: sh tests/bench/log.sh [COMMITS]. Needs the release build in build/, and no server.
here=$(dirname "$0")
. "$here/lib.sh"
commits=${1:-1000}

git init -q -b main .
awk -v commits="$commits" -v files=100 'BEGIN {
    for (i = 0; i <= commits; i++) {
        text = i ? "change " i : "all tables"
        printf "commit refs/heads/main\ncommitter Ann <ann@example.org> %d +0000\ndata %d\n%s\n", 1700000000 + i * 60, length(text), text
        for (file = i ? i % files + 1 : 1; file <= (i ? i % files + 1 : files); file++) {
            if (i) columns[file] = columns[file] sprintf(",\n    c%d INTEGER", i)
            body = sprintf("CREATE TABLE t%d (\n    id INTEGER PRIMARY KEY,\n    name VARCHAR(50) NOT NULL%s\n);\n", file, columns[file])
            printf "M 100644 inline schema/t%d.sql\ndata %d\n%s\n", file, length(body), body
        }
    }
}' | git fast-import --quiet
git checkout -q main
"$measure" 11 "" -- "$dunlin" log --engine sqlite --no-cache -- git log -p -- schema
"$dunlin" log --engine sqlite --no-cache | grep -c '^  table .*: column c[0-9]* added$'
