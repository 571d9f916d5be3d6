# A schema in each form: SQL that the plain client runs and that is equal, a snapshot, drawings; and what is not compared is named.
. "$(dirname "$0")/lib.sh"

# load FILE: with the plain client, into the database of $URL
load()
{
    sql "$(cat "$1")"
}

forms()
{
    cp -r "$ROOT/migrations/$ENGINE/schema" .
    source_url=$URL
    run inspect schema --url "$URL"
    expect_status 0
    expect_err_is ''
    cp "$WORK/stdout" made.sql
    check 'the plain client runs it' load made.sql
    run inspect --url "$URL"
    expect_status 0
    check 'the database prints the same' cmp -s made.sql "$WORK/stdout"
    run diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
    run diff made.sql schema --url "$URL" --exit-code
    expect_status 0

    run inspect --url "$URL" --format json
    expect_status 0
    expect_json '.dunlin == "snapshot" and .format == 1 and (.not_compared | type) == "array"'
    expect_json '[.objects[] | select(.kind == "table" and .name == "orders") | .parts[] | select(.kind == "column")] | length > 2'
    cp "$WORK/stdout" shop.json
    run diff shop.json "$URL" --url "$URL" --exit-code
    expect_status 0

    run inspect --url "$URL" --format mermaid
    expect_status 0
    expect_out_like '^erDiagram$'
    expect_out_like '^    "customers" \{$'
    expect_out_like '^        [^ ]+ id PK'
    expect_out_like '^    "orders" }o--\|\| "customers" : "customer_id"$'

    run inspect --url "$URL" --format dot
    expect_status 0
    expect_out '"orders" -> "customers" [label="customer_id"]'
    if command -v dot >/dev/null; then
        check 'dot reads it' dot -Tsvg -o /dev/null "$WORK/stdout"
    fi

    run inspect --url "$URL" --format text
    expect_status 64
    expect_err 'json, sql, mermaid or dot'
}

# Names that mean something in SQL, in Mermaid, in HTML.
strange_names()
{
    mkdir schema
    quote='"'
    [ "$ENGINE" = mysql ] && quote='`'
    cat >schema/a.sql <<END
CREATE TABLE ${quote}a <b> & c${quote} (${quote}id} {${quote} INTEGER PRIMARY KEY, ${quote}sel'ect${quote} INTEGER);
CREATE TABLE ${quote}group${quote} (${quote}order${quote} INTEGER PRIMARY KEY, ${quote}from${quote} INTEGER,
    CONSTRAINT ${quote}a.b${quote} FOREIGN KEY (${quote}from${quote}) REFERENCES ${quote}a <b> & c${quote} (${quote}id} {${quote}));
CREATE VIEW ${quote}Ünïcode${quote} AS SELECT ${quote}order${quote} FROM ${quote}group${quote};
END
    for format in sql json mermaid dot; do
        run inspect schema --url "$URL" --format $format
        expect_status 0
        cp "$WORK/stdout" "made.$format"
    done
    check 'HTML is escaped' grep -q 'a &lt;b&gt; &amp; c' made.dot
    check 'Mermaid gets words' grep -q ' id___' made.mermaid
    check 'the plain client runs it' load made.sql
    run diff "$URL" schema --url "$URL" --exit-code
    expect_status 0
    run diff made.json schema --url "$URL" --exit-code
    expect_status 0
}

nothing_there()
{
    run inspect --url "$URL"
    expect_status 0
    expect_out_is ''
    run inspect --url "$URL" --format json
    expect_status 0
    expect_json '[.objects[] | select(.kind != "schema")] == []'
    run inspect --url "$URL" --format mermaid
    expect_out_is erDiagram
    migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY);' 'DROP TABLE a;'
    run up --url "$URL"
    run inspect --url "$URL"
    expect_status 0
    expect_out a
    refute_out dunlin_history
}

not_compared()
{
    [ "$ENGINE" = postgresql ] || return 0
    sql 'CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple); CREATE CONVERSION odd FOR '"'LATIN1' TO 'UTF8'"' FROM iso8859_1_to_utf8'
    run inspect --url "$URL"
    expect_status 0
    expect_err '2 objects not shown'
    expect_err 'text search configuration public.plain'
    expect_err 'conversion public.odd'
    run inspect --url "$URL" -q
    expect_err_is ''
    run inspect --url "$URL" --format json
    expect_json '.not_compared | map(.what) | sort == ["conversion", "text search configuration"]'
    run diff "$URL" empty
    expect_status 0
    expect_out '2 objects not compared'
}

# Labels are set through a provider, a module of the server that few have: these are written as it would leave them. (Version 12
# lets nobody write them who has not started it for that.)
labels()
{
    [ "$ENGINE" = postgresql ] && [ "$(sql "SHOW server_version_num")" -ge 130000 ] || return 0
    sql "CREATE TABLE a (id INTEGER PRIMARY KEY, note TEXT); CREATE SCHEMA t1; CREATE TABLE t1.b (id INTEGER PRIMARY KEY);
        SET allow_system_table_mods = on;
        INSERT INTO pg_seclabel VALUES ('a'::regclass, 'pg_class'::regclass, 0, 'toy', 'inner'), ('a'::regclass, 'pg_class'::regclass, 2, 'toy', 'inner'),
            ('t1.b'::regclass, 'pg_class'::regclass, 0, 'toy', 'inner'), ('public'::regnamespace, 'pg_namespace'::regclass, 0, 'toy', 'outer'),
            ('t1'::regnamespace, 'pg_namespace'::regclass, 0, 'toy', 'outer');
        INSERT INTO pg_shseclabel SELECT oid, 'pg_database'::regclass, 'toy', 'own' FROM pg_database WHERE datname = current_database()"
    run inspect --url "$URL"
    expect_status 0
    expect_err '6 objects not shown'
    for object in 'table public.a' 'table column public.a.note' 'table t1.b' 'schema public' 'schema t1' "database $DATABASE"; do
        expect_err_like "^  security label toy on $object\$"
    done
    run inspect --url "$URL" --format json
    expect_json '.not_compared | map(select(.what == "security label")) | length == 6'
    run drift empty --url "$URL"
    expect_status 2
    expect_out_like '^6 objects not compared: security label toy on database .*, \.\.\.$'
    run drift empty --url "$URL" -v
    expect_out_like '^6 objects not compared: .*security label toy on table t1\.b$'
    run drift empty --url "$URL" --format markdown
    expect_out_like '^6 objects not compared: .* on table t1\.b\.$'
    run drift empty --url "$URL" --format json
    expect_json '.not_compared | length == 6'
    # A tenant hears of its own, and of those of the whole database.
    case $URL in
    *\?*) one=$URL\&search_path=t1 ;;
    *) one=$URL?search_path=t1 ;;
    esac
    run drift empty --url "$one" --format json
    expect_json '.not_compared | map(sub("security label toy on "; "")) | sort == ["database '"$DATABASE"'", "schema t1", "table t1.b"]'
    # Rows written by hand are nobody's to drop.
    sql "SET allow_system_table_mods = on; DELETE FROM pg_seclabel; DELETE FROM pg_shseclabel WHERE provider = 'toy'"
}

# Reading needs no right to write, and works beside a run that holds the lock.
read_only()
{
    [ "$ENGINE" = postgresql ] || return 0
    reader=reader_${DATABASE#t_}
    sql "CREATE TABLE a (id integer PRIMARY KEY); CREATE ROLE $reader LOGIN; ALTER ROLE $reader SET default_transaction_read_only = on"
    run inspect --url "$(echo "$URL" | sed "s#//[^@]*@#//$reader@#")"
    expect_status 0
    expect_out 'CREATE TABLE'
    sql "DROP OWNED BY $reader"
    sql "DROP ROLE $reader"
}

for_each_engine forms
for_each_engine strange_names
for_each_engine nothing_there
for_each_engine not_compared
for_each_engine labels
for_each_engine read_only
