# --help of everything fits a terminal and has an example; manual pages and completions know all that the parser knows.
. "$(dirname "$0")/lib.sh"

documents=$(dirname "$DUNLIN")

# fits LINES: the last output has no more lines, and none of more than 80 characters
fits()
{
    check "at most $1 lines" test "$(wc -l <"$WORK/stdout")" -le "$1"
    check 'at most 80 columns' test "$(awk '{ if (length($0) > most) most = length($0) } END { print most + 0 }' "$WORK/stdout")" -le 80
}

options_of_help()
{
    sed -e '/^examples*:/,$d' -e 1,2d -e 's/dunlin --help//' "$WORK/stdout" | grep -o -e '--[a-z-]*' | sort -u
}

run --help
expect_status 0
expect_err_is ''
fits 30
expect_out 'example'
options_of_help >"$WORK/common"
for command in new up down status baseline resume; do
    expect_out_like "^  migrate $command"
done
cp "$WORK/stdout" "$WORK/overview"
# One a line: "migrate up", "diff".
sed -n '/^  [a-z]/s/^  \([a-z]* \{0,1\}[a-z]*\).*/\1/p' "$WORK/overview" | sed 's/ *$//' >"$WORK/commands"
check 'commands in the overview' test "$(wc -l <"$WORK/commands")" -gt 8
for spelling in -h help 'migrate --help' 'help migrate' '--color always --help'; do
    run $spelling
    expect_status 0
    check "$spelling shows the overview" cmp -s "$WORK/stdout" "$WORK/overview"
done

while read -r command; do
    run $command --help
    expect_status 0
    expect_err_is ''
    fits 26
    expect_out "usage: dunlin $command"
    expect_out_like '^examples:'
    options_of_help | grep -v -x -e --help >"$WORK/own"
    cp "$WORK/stdout" "$WORK/help"
    run help $command
    check "help $command is the same" cmp -s "$WORK/stdout" "$WORK/help"

    # The formats that it names are taken, and no others.
    formats=$(sed -n 's/^ *--format \([a-z|]*\)  .*/\1/p' "$WORK/help")
    mkdir -p formats
    for format in text json sql csv mermaid dot junit sarif github markdown; do
        run -C formats $command --format $format
        case "|${formats:-text|json}|" in
        *"|$format|"*) refute_err "--format of dunlin" ;;
        *)
            expect_status 64
            expect_err "--format of dunlin $command is "
            ;;
        esac
    done
    rm -r formats

    page=$documents/man1/dunlin-$(echo "$command" | tr ' ' -).1
    check "a manual page of $command" test -s "$page"
    while read -r option; do
        check "$option in the manual page of $command" grep -q -e "\\\\fB.*$(echo "$option" | sed 's/-/\\\\-/g')\\\\fR" "$page"
        check "$option of $command in the completion" grep -q -e "^ *\*command:${command#* }\*).* $option[ ']" "$documents/dunlin.bash"
    done <"$WORK/own"
done <"$WORK/commands"
while read -r option; do
    check "$option in the manual page" grep -q -e "\\\\fB.*$(echo "$option" | sed 's/-/\\\\-/g')\\\\fR" "$documents/man1/dunlin.1"
done <"$WORK/common"

for command in new up down status; do
    run "$command" --help
    expect_out "dunlin $command is short for it"
    check "a page for the short form $command" grep -q "^.so man1/dunlin-migrate-$command.1$" "$documents/man1/dunlin-$command.1"
done

if command -v groff >/dev/null; then
    for page in "$documents"/man1/*.1; do
        (cd "$documents" && groff -ww -man -Tutf8 "man1/${page##*/}") >/dev/null 2>"$WORK/stderr"
        check "groff has nothing to say about ${page##*/}" test ! -s "$WORK/stderr"
    done
fi

run --version
expect_status 0
expect_out_like '^dunlin [0-9]+\.[0-9]+\.[0-9]+$'
run -V
expect_out_like '^dunlin [0-9]'

# complete WORD...: what bash offers for the last word
complete_with_bash()
{
    bash -c '
        . "$1"
        shift
        COMP_WORDS=(dunlin "$@")
        COMP_CWORD=$#
        _dunlin
        printf "%s\n" "${COMPREPLY[@]}"
    ' bash "$documents/dunlin.bash" "$@" | tr '\n' ' '
}

if command -v bash >/dev/null; then
    check 'commands' test "$(complete_with_bash sta)" = 'status '
    check 'commands of a group' test "$(complete_with_bash migrate r)" = 'resume '
    check 'options' test "$(complete_with_bash -q up --dr)" = '--dry-run '
    check 'options of the command only' test "$(complete_with_bash status --dr)" = ' '
    check 'options of every command' test "$(complete_with_bash migrate baseline --ver)" = '--verbose --version '
    check 'choices' test "$(complete_with_bash --color a)" = 'auto always '
    check 'choices after =' test "$(complete_with_bash --format = js)" = 'json '
    check 'names to allow' test "$(complete_with_bash up --allow m)" = 'missing '
fi
