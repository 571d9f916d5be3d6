# Sourced by flock.sh and flock_bad_days.sh after lib.sh: environments with several targets.

# environment BODY: dunlin.yaml with the one environment "many".
environment()
{
    printf 'environments:\n  many: { %s }\n' "$1" >dunlin.yaml
}

# as_yaml URL...: a list for `urls:`.
as_yaml()
{
    list=
    for url in "$@"; do
        list="$list${list:+, }\"$url\""
    done
    echo "urls: [ $list ]"
}

# more_databases COUNT: that many on $ENGINE; their URLs are in $URLS, beginning with the one there is.
more_databases()
{
    URLS=$URL
    for _ in $(seq 2 "$1"); do
        fresh_database
        URLS="$URLS $URL"
    done
}

two_migrations()
{
    migration 1_first 'CREATE TABLE first (id INTEGER PRIMARY KEY);' 'DROP TABLE first;'
    migration 2_second 'CREATE TABLE second (id INTEGER PRIMARY KEY);' 'DROP TABLE second;'
}
