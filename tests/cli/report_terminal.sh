# What only a terminal sees: the question, the bar, the colours. script(1) is the terminal.
. "$(dirname "$0")/lib.sh"

command -v script >/dev/null || skip 'script(1) is not installed'
fresh_database sqlite
migration 1_a 'CREATE TABLE a (id INTEGER);' 'DROP TABLE a;'
cat >dunlin.yaml <<END
environments:
  prod: { url: "$URL", protected: true }
END
TERM=xterm
export TERM
escape=$(printf '\033')

columns=
first='sleep 0.5'
# on_terminal INPUT ARGUMENT...: INPUT is what is typed after $first; the terminal has $columns, or does not say
on_terminal()
{
    typed=$1
    shift
    last_command="dunlin $* (on a terminal)"
    line=$(printf " '%s'" "$DUNLIN" "$@")
    [ -z "$columns" ] || line="stty cols $columns; exec$line"
    ($first; printf "$typed") | timeout -k 5 60 script -q -e -E never -c "$line" /dev/null >"$WORK/stdout" 2>"$WORK/stderr"
    status=$?
    check_run
}

on_terminal 'n\n' -e prod up
expect_status 1
expect_out 'Apply pending migrations to the protected environment "prod"? [y/N]'
expect_out 'not confirmed; nothing was done'
on_terminal '\n' -e prod up
expect_status 1
on_terminal '\003' -e prod up
expect_status 130
expect_out 'interrupted; nothing was done'
run -e prod status --format json
expect_json '.applied == 0'
on_terminal 'y\n' -e prod up --color never
expect_status 0
expect_out_like 'applied 1 a '
refute_out "$escape"
on_terminal '' -e prod status
expect_out "$escape[32mapplied"
NO_COLOR=1
export NO_COLOR
on_terminal '' -e prod status
refute_out "$escape"
unset NO_COLOR
TERM=dumb
on_terminal '' -e prod status
refute_out "$escape"
TERM=xterm

# Half a second of work shows a bar, and takes it away. How much work that is depends on the machine.
for rows in 2000000 8000000 32000000 128000000; do
    migration 2_slow "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rows)
        INSERT INTO a SELECT max(i) FROM n;" 'DELETE FROM a;'
    on_terminal '' -e prod up -y
    ! holds stdout 'up  [' || break
    run -e prod down -y
done
expect_status 0
expect_out 'up  [....................] 0/1'
check 'the bar is gone before the answer' grep -q -e "$escape\\[K$escape\\[32mapplied$escape\\[0m 2 slow" "$WORK/stdout"

# Without a terminal, or without a capable one, there is none; nor with --echo, whose lines it would disturb.
run -e prod down -y
TERM=dumb
on_terminal '' -e prod up -y
expect_status 0
refute_out 'up  '
TERM=xterm
run -e prod down -y
on_terminal '' -e prod up -y --echo
expect_status 0
refute_out 'up  '
run -e prod down -y
run -e prod up -y
expect_status 0
expect_err_is ''

# Who holds the lock is said once, on a terminal and without one.
run -e prod down -y
(echo 'BEGIN IMMEDIATE;'; sleep 1.5) | sqlite3 "${URL#sqlite:}" &
sleep 0.3
on_terminal '' -e prod up --to 1 -y
expect_status 0
expect_out 'up  waiting'
check 'one line about waiting' test "$(grep -c 'waiting for the lock' "$WORK/stdout")" -eq 1
wait
(echo 'BEGIN IMMEDIATE;'; sleep 1.5) | sqlite3 "${URL#sqlite:}" &
sleep 0.3
run -e prod up --lock-timeout 300ms -y
expect_status 75
expect_err_like '^waiting for the lock'
check 'one line about waiting' test "$(grep -c 'waiting for the lock' "$WORK/stderr")" -eq 1
wait

# apply shows the plan and asks.
mkdir schema
echo 'CREATE TABLE asked (id INTEGER PRIMARY KEY);' >schema/asked.sql
url=sqlite:$WORK/asked.db
on_terminal 'n\n' --url "$url" apply --color never
expect_status 1
expect_out_like 'CREATE TABLE "?asked'
expect_out 'Run it? [y/N]'
expect_out 'not confirmed; nothing was done'
on_terminal '\003' --url "$url" apply
expect_status 130
on_terminal '' --url "$url" apply --dry-run
expect_status 0
refute_out 'Run it?'
on_terminal 'y\n' --url "$url" apply --color never
expect_status 0
expect_out '1 statement done'
on_terminal '' --url "$url" apply --color never
expect_status 0
expect_out 'nothing to do'

# On many, it asks once for all, with the plans before it.
cat >many.yaml <<END
environments:
  many: { urls: [ "sqlite:$WORK/one.db", "sqlite:$WORK/two.db", "sqlite:$WORK/three.db" ], protected: true }
END
for name in one two three; do : >"$WORK/$name.db"; done
on_terminal 'n\n' --config many.yaml apply --color never
expect_status 1
check 'the plan once' test "$(grep -c 'CREATE TABLE' "$WORK/stdout")" -eq 1
expect_out_like '^-- target: sqlite:.*three.db'
expect_out 'Run this on 3 of 3 targets of the protected environment "many"? [y/N]'
expect_out 'not confirmed; nothing was done'
on_terminal '\003' --config many.yaml apply
expect_status 130
expect_out 'interrupted; nothing was done'

# What has changed while somebody thought is not run.
change_two()
{
    for _ in $(seq 100); do
        ! grep -q 'Run this' "$WORK/stdout" || break
        sleep 0.1
    done
    sqlite3 "$WORK/two.db" "$change"
}
first=change_two
change="CREATE TABLE IF NOT EXISTS asked (id INTEGER)"
on_terminal 'y\n' --config many.yaml apply --color never
expect_status 1
expect_out_like '^done +2'
expect_out_like '^failed +1'
expect_out 'the database has changed since its plan was shown; nothing was run'
check 'the plan once' test "$(grep -c 'proven on' "$WORK/stdout")" -eq 1
on_terminal 'y\n' --config many.yaml apply --color never --format json
expect_out 'Run this on 1 of 3 targets'
first='sleep 0.5'
check 'then it is' test "$(sqlite3 "$WORK/two.db" "SELECT pk FROM pragma_table_info('asked')")" = 1
on_terminal '' --config many.yaml apply --color never
expect_status 0
expect_out '-- nothing to do'
refute_out 'Run this'
on_terminal '' --config many.yaml apply --format json
expect_status 0
expect_json 'length == 3 and all(.plan.statements == [])'

# is_within COLUMNS REGEX: no line like that is longer, without colours and what was redrawn
is_within()
{
    test "$(tr '\r' '\n' <"$WORK/stdout" | sed "s/$escape\\[[0-9;]*[mK]//g" | grep -e "$2" | wc -L)" -le "$1"
}

# Lines are cut to the terminal, in characters; the end of a target's name is what tells it from the others.
rm -r schema migrations
migration 1_größenänderung_der_bestellungen_und_aller_anderen_tabellen 'CREATE TABLE a (id INTEGER);'
long=$WORK/project/ein_sehr_langer_name_eines_ordners_für_tests
mkdir "$long"
: >"$long/ä1.db"
: >"$long/ä2.db"
environment "url: \"sqlite:$long\", databases: \"*\""
columns=70
on_terminal '' up
expect_status 0
expect_out_like '\.\.\..*ä1\.db  1 applied, 0 pending'
expect_out_like '\.\.\..*ä2\.db  1 applied, 0 pending'
check 'no line is longer than the terminal' is_within 70 .
one=sqlite:$long/ä1.db
on_terminal '' status --url "$one" --color never
expect_status 0
expect_out_like 'applied  1 +größenänderung[^ ]*\.\.\.  20'
check 'no line is longer than the terminal' is_within 70 .
columns=300
on_terminal '' status --url "$one" --color never
expect_out 'größenänderung_der_bestellungen_und_aller_anderen_tabellen  20'
columns=
on_terminal '' status --url "$one" --color never
expect_out 'größenänderung_der_bestellungen_und_aller_anderen_tabellen  20'
columns=70
run status --url "$one"
expect_out 'größenänderung_der_bestellungen_und_aller_anderen_tabellen  20'

# The bar, too, and by the size that the terminal has when it is drawn.
lock_for()
{
    (echo 'BEGIN IMMEDIATE;'; sleep "$1") | sqlite3 "$long/$2.db" &
}
lock_for 2.5 ä1
lock_for 4 ä2
sleep 0.3
migration 2_b 'CREATE TABLE b (id INTEGER);'
columns='60; (sleep 1; stty -F /dev/tty cols 40) & true'
on_terminal '' up --concurrency 1 --color never
wait
expect_status 0
expect_out_like 'up  \[\.*\] 0/2 .*\.\.\.'
expect_out_like 'up  \[#+\.*\] 1/2 .*\.\.\.'
check 'the bar is cut to what there is' is_within 60 '^up  .* 0/2'
check 'and to what there is now' is_within 40 '^up  .* 1/2'
check 'no line is longer than the terminal' is_within 60 '^done'
