# The command line: spellings, wrong usage, where output goes, what is hidden, what ends a run.
. "$(dirname "$0")/lib.sh"

fresh_database sqlite
migration 1_a 'CREATE TABLE a (id INTEGER);' 'DROP TABLE a;'
migration 2_b 'CREATE TABLE b (id INTEGER);' 'DROP TABLE b;'

# wrong MESSAGE HINT ARGUMENT...: exit status 64, and nothing on standard output
wrong()
{
    message=$1 hint=$2
    shift 2
    run "$@"
    expect_status 64
    expect_out_is ''
    expect_err_is "error: $message${hint:+
  hint: $hint}"
}

wrong 'which command?' 'dunlin --help lists them'
wrong 'there is no command "stats"' 'did you mean dunlin status?' stats
wrong 'there is no command "migrate upp"' 'did you mean dunlin migrate up?' migrate upp
wrong 'there is no option --dryrun' 'did you mean --dry-run?' up --dryrun
wrong 'there is no option --dry' 'did you mean --dry-run?' up --dry
wrong 'there is no option -z' 'dunlin up --help lists the options' up -z
wrong '--exit-code is no option of dunlin migrate up' '' up --exit-code
wrong 'N and --to exclude each other' '' up 1 --to 2
wrong '--empty and --online exclude each other' '' new x --empty --online
wrong 'N is how many migrations, from 1 on, and not "20240101"' 'for a version, write dunlin down --to 20240101' down 20240101
wrong 'dunlin migrate resume needs --done or --again' '' migrate resume
wrong '--url wants a value: URL' '' up --url=
wrong 'there is no command "postgres://me:xxxxxxxxx@h/x"' 'dunlin --help lists the commands' postgres://me:s3cret-pw@h/x
wrong "-C $WORK/nowhere: No such file or directory" '' -C "$WORK/nowhere" --url "$URL" up

run up --url "$URL" --bogus --format json
expect_status 64
expect_json '.error.code == 64 and .error.message == "there is no option --bogus"'
expect_err 'there is no option --bogus'

# Options before, after and in between, in every spelling; -C first of all.
cd ..
run -C project --url="$URL" migrate --color never up 1 --lock-timeout=1s --allow=all,changed
expect_status 0
expect_out_like '^applied 1 a '
expect_err_is ''
cd project
run --url "$URL" down -- 1
expect_status 0
expect_sql "SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b')" 0

# -q, -v, --echo
run up 1 -q --url "$URL"
expect_status 0
expect_out_is ''
expect_err_is ''
run up -v --url "$URL"
expect_status 0
expect_out_like '^applied 2 b .* 1 statement$'
expect_err_like '^[0-9]+ statements, [0-9]+ round trips, [0-9]+ ms$'
run status -q --exit-code --url "$URL"
expect_status 0
expect_out_is ''
run down 1 --url "$URL" --echo
expect_status 0
expect_err 'DROP TABLE b'
refute_out 'DROP TABLE b'
run status -q --exit-code --url "$URL"
expect_status 2
expect_out_is ''
run status -q --format json --url "$URL"
expect_json '.applied == 1 and .pending == 1'
run up -q --dry-run --url "$URL"
expect_out 'CREATE TABLE b'
echo 'CREATE TABL c (id);' >migrations/3_c.up.sql
run up -q --url "$URL"
expect_status 1
expect_out_is ''
expect_err 'migrations/3_c.up.sql:1:'
rm migrations/3_c.up.sql

# An answer that cannot be written is a failure; a reader that has gone is no reason for words.
last_command='dunlin status >/dev/full'
"$DUNLIN" status --url "$URL" >/dev/full 2>"$WORK/stderr"
status=$?
expect_status 1
expect_err 'the answer could not be written to standard output: No space left on device'
last_command='dunlin drift empty >/dev/full'
"$DUNLIN" drift empty --url "$URL" >/dev/full 2>"$WORK/stderr"
status=$?
expect_status 2
expect_err 'the answer could not be written to standard output: No space left on device'
last_command='dunlin status >&-'
"$DUNLIN" status --url "$URL" >&- 2>"$WORK/stderr"
status=$?
expect_status 1
expect_err 'the answer could not be written to standard output'
last_command='dunlin status | true'
{
    (sleep 0.2; "$DUNLIN" status --url "$URL" 2>"$WORK/stderr"; echo $? >"$WORK/status")
} | true
status=$(cat "$WORK/status")
expect_status 1
expect_err_is ''
check 'the database is as it was' test "$(sql 'PRAGMA integrity_check')" = ok

# Colours only where they are wanted.
escape=$(printf '\033')
run status --url "$URL"
refute_out "$escape"
run status --url "$URL" --color always
expect_out "$escape[32mapplied"
run status --url "$URL" --color always --format json
refute_out "$escape"
expect_json '.applied >= 1'

# A protected environment wants a yes.
cat >dunlin.yaml <<END
environments:
  prod: { url: "$URL", protected: true }
  flock: { urls: ["sqlite:one.db", "sqlite:two.db"] }
END
for command in 'down' 'up' 'migrate baseline 2' 'migrate resume --done'; do
    run -e prod $command
    expect_status 64
    expect_out_is ''
    expect_err 'the environment "prod" is protected'
    expect_err 'hint: give --yes'
done
run --url "$URL" down
expect_status 64
expect_err 'the environment "prod" is protected'
run -e prod down --dry-run
expect_status 0
run -e prod status
expect_status 0
run -e prod up --yes
expect_status 0
run -e prod down --all -y
expect_status 0

run -e flock migrate baseline 2
expect_status 64
expect_err 'the environment "flock" has 2 targets'
check 'no target was touched' test ! -e one.db
check 'no target was touched' test ! -e two.db

# What ends a run that waits, and what others see of it meanwhile. Nothing listens at port 1.
for signal in INT TERM HUP; do
    start up --url 'postgresql://me:s3cret@127.0.0.1:1/x?sslpassword=s3cret' --wait 30s
    sleep 0.3
    refute 'a password in the list of processes' grep -a -q s3cret "/proc/$started/cmdline"
    check 'the URL in the list of processes' grep -a -q 'me:xxxxxx@127' "/proc/$started/cmdline"
    send "$signal"
    finish_run
    expect_status 130
    expect_out_is ''
done
