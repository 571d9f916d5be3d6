# Runs what the README tells people to run: every ```sh block, in order, in one shell. A ```text block after one is all that it prints,
# but for times, commits, versions made from the time, and who ran it. A block without one must succeed.
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"

mkdir "$WORK/blocks"
awk -v folder="$WORK/blocks" '
    /^```sh$/ { n++; file = folder "/" n ".sh"; next }
    /^```text$/ { file = folder "/" n ".text"; next }
    /^```/ { file = ""; next }
    file != "" { print > file }
' "$root/README.md"

# One shell for all blocks, since they change folders and export variables.
count=$(find "$WORK/blocks" -name '*.sh' | wc -l)
PATH=$(dirname "$DUNLIN"):$PATH timeout 120 sh -c '
    n=1
    while [ "$n" -le "$2" ]; do
        . "$1/$n.sh" >"$1/$n.out" 2>&1
        echo $? >"$1/$n.status"
        n=$((n + 1))
    done
' sh "$WORK/blocks" "$count"

without_what_changes()
{
    sed -E -e 's/[0-9]+ ms/N ms/g' -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}/TIME/g' \
        -e 's/\b([0-9a-f]{40}|[0-9a-f]{10})\b/COMMIT/g' -e 's/[0-9]{14}/VERSION/g' -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}/DAY/g' \
        -e 's/[^ ]+@[^ ]+/WHO/g' -e 's/ +/ /g' "$1"
}

check 'blocks in the README' test "$count" -ge 5
n=1
while [ "$n" -le "$count" ]; do
    last_command="block $n of the README: $(cat "$WORK/blocks/$n.sh")"
    cp "$WORK/blocks/$n.out" "$WORK/stdout"
    : >"$WORK/stderr"
    status=$(cat "$WORK/blocks/$n.status")
    if [ -e "$WORK/blocks/$n.text" ]; then
        without_what_changes "$WORK/blocks/$n.out" >"$WORK/blocks/$n.given"
        without_what_changes "$WORK/blocks/$n.text" >"$WORK/blocks/$n.told"
        check 'what the README tells' diff "$WORK/blocks/$n.told" "$WORK/blocks/$n.given"
    else
        expect_status 0
    fi
    n=$((n + 1))
done

while read -r file; do
    check 'what the README links to' test -e "$root/$file"
done <<END
$(grep -o '](\([a-z][^):]*\))' "$root/README.md" | sed 's/](\(.*\))/\1/')
END
