# SIGKILL at random moments of `up` and `down --all`, on every engine: the next run completes, and every effect is there exactly
# once. KILLS=N changes how many (200), SEED=N when.
. "$(dirname "$0")/../cli/lib.sh"

killed()
{
    mkdir migrations
    echo 'migrations: migrations' >dunlin.yaml
    check 'killed at random, and nothing is lost' \
        "$KILL_TEST" "$DUNLIN" "$URL" migrations "${KILLS:-200}" "${SEED:-$(date +%s)}"
}
for_each_engine killed
