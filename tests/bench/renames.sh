#!/bin/sh
# A renamed table and a renamed column in a large schema: `diff`, with its proof, as a ratio against the same with
# a column more. A large schema (lib.sh) with a view for every fifth table and one on it for every tenth; a trigger for
# every tenth. Definitions whose meaning is cached.
# Usage: sh tests/bench/renames.sh [TABLES [ENGINE...]]   (2000; all of them)
# Needs the release build in build/; starts servers of its own.
needs_servers=yes
here=$(dirname "$0")
. "$here/lib.sh"

# Views and a trigger on some of the tables. SQLite takes long for many tables in one database.
programs() { # TABLES ENGINE
    awk -v count="$1" -v engine="$2" 'BEGIN {
        if (engine == "postgresql")
            print "CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := \x27touched\x27; RETURN NEW; END $$;"
        for (i = 5; i <= count; i += 5) {
            printf "CREATE VIEW seen_%d AS SELECT id, code, price * amount AS total FROM item_%d;\n", i, i
            if (i % 10 != 0)
                continue
            printf "CREATE VIEW seen_again_%d AS SELECT id, total FROM seen_%d;\n", i, i
            printf "CREATE TRIGGER touched_%d ", i
            if (engine == "postgresql")
                printf "BEFORE UPDATE ON item_%d FOR EACH ROW EXECUTE FUNCTION touched();\n", i
            else if (engine == "mysql")
                printf "BEFORE UPDATE ON item_%d FOR EACH ROW SET NEW.note = \x27touched\x27;\n", i
            else
                printf "AFTER DELETE ON item_%d BEGIN UPDATE item_%d SET note = \x27touched\x27; END;\n", i, i - 1
        }
    }'
}

# What mentions the table or the column is written with the new name, too.
renamed_table() { sed 's/\bitem_10\b/article_10/g; s/^CREATE TABLE article_10 /-- dunlin: renamed from item_10\n&/'; }
renamed_column() { sed '/CREATE TABLE item_10 \|FROM item_10\b/s/\bcode\b/label/; s/\(CREATE TABLE item_10 .*\)\(label VARCHAR(20) NOT NULL,\)/\1\n\2 -- dunlin: renamed from code\n/; s/seen_10 AS SELECT id, label/& AS code/'; }
one_more() { sed 's/^CREATE TABLE item_10 (/&more INTEGER, /'; }

bench() { # ENGINE TABLES
    eval "$(empty_database "$1")"
    rm -rf "$XDG_CACHE_HOME" more table column
    mkdir more table column
    { large_schema "$2"; programs "$2" "$1"; } > all.sql
    { echo "BEGIN;"; cat all.sql; echo "COMMIT;"; } | client "$1" || return
    one_more < all.sql > more/all.sql
    renamed_table < all.sql > table/all.sql
    renamed_column < all.sql > column/all.sql
    url=$(database_url "$1")
    for to in more table column; do
        "$dunlin" diff "$url" "$to" > "$to.txt" 2> "$to.log" || { cat "$to.log"; return; }
        grep -v '^--\|^$' "$to.txt" | head -n 4
        cat "$to.log"
    done
    for to in table column; do
        printf '%s tables, %s, a %s renamed: ' "$2" "$1" "$to"
        "$measure" "$pairs" "" -- "$dunlin" diff "$url" "$to" -- "$dunlin" diff "$url" more
    done
}

pairs=3
tables=${1:-2000}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- postgresql mysql sqlite
for engine in "$@"; do bench "$engine" "$tables"; done
