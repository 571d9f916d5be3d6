# A file of SQLite that is not there: whoever only looks says so and makes none; whoever writes makes it.
. "$(dirname "$0")/lib.sh"

has_engine sqlite || skip 'no SQLite'
ENGINE=sqlite
migration 1_a 'CREATE TABLE a (id INTEGER PRIMARY KEY, name VARCHAR(20));' 'DROP TABLE a;'
mkdir schema seeds
echo 'CREATE TABLE a (id INTEGER PRIMARY KEY, name VARCHAR(20));' >schema/a.sql
printf '# dunlin: mode=sync\nid,name\n1,Ann\n' >seeds/a.csv

# refused ARGUMENT...: it looks at absent.db, and says that it is not there
refused()
{
    run "$@"
    expect_status 69
    expect_err 'cannot open absent.db: there is no such file'
    refute 'no file is made' test -e absent.db
}

for look in status drift 'drift --data' 'drift empty' 'drift --find' 'drift --adopt' 'drift --fix --yes' inspect diff \
    'query SELECT' 'query --write CREATE' 'seed --capture a' down 'down --dry-run'; do
    case $look in
    diff) refused diff sqlite:absent.db schema ;;
    inspect) refused inspect sqlite:absent.db ;;
    'query SELECT') refused query --url sqlite:absent.db 'SELECT 1' ;;
    'query --write CREATE') refused query --url sqlite:absent.db --write 'CREATE TABLE b (x)' ;;
    *) refused $look --url sqlite:absent.db ;;
    esac
done
refused diff schema sqlite:absent.db
refused inspect --url sqlite:absent.db
mkdir new
refused init -C new --from sqlite:absent.db
refute 'nothing is begun' test -e new/dunlin.yaml
refused status --url sqlite:absent.db --format json
expect_json '.error.code == 69'

run inspect --url sqlite:no_folder/a.db
expect_status 69
expect_err 'the folder no_folder does not exist'

# An absolute path with a slash too few.
run status --url "sqlite:${DUNLIN#/}"
expect_status 69
expect_err "an absolute one is written sqlite:$DUNLIN"

# In memory nothing is absent.
run status --url sqlite::memory:
expect_status 0

# What would be done can be said, and is not; what is done makes the file.
for write in up apply seed; do
    [ $write = seed ] || rm -f absent.db
    run $write --dry-run --url sqlite:absent.db
    [ $write = seed ] || expect_status 0
    [ $write = seed ] || refute 'a dry run makes none' test -e absent.db
    run $write --url sqlite:absent.db --yes
    expect_status 0
    check 'the file is there' test -s absent.db
done
URL=sqlite:absent.db
expect_sql 'SELECT name FROM a' Ann
rm absent.db
run seed --dry-run --url "$URL"
expect_status 65
expect_err 'there is no table a'
refute 'a dry run makes none' test -e absent.db
run seed --demo 2 --dry-run --url "$URL"
refute 'a dry run makes none' test -e absent.db

# What only tells the engine is not opened.
run migrate new more --url "$URL" --empty
expect_status 0
rm migrations/*_more.*
run migrate verify --url "$URL"
expect_status 0
run diff empty schema --url "$URL"
expect_status 0
refute 'no file is made' test -e absent.db

# In a flock, it is the one that failed.
run up --url sqlite:there.db
environment "$(as_yaml sqlite:there.db "$URL")"
for look in status drift 'query SELECT-1'; do
    run $look
    expect_status 69
    expect_err 'sqlite:absent.db:'
    expect_err 'cannot open absent.db: there is no such file'
    case $look in
    query*) ;;
    *)
        expect_out_like '^failed +sqlite:absent.db'
        expect_out_like '^done +sqlite:there.db'
        ;;
    esac
    refute 'no file is made' test -e absent.db
done
environment 'discover: { url: "sqlite:absent.db", query: "SELECT url FROM tenants" }'
run up
expect_status 69
expect_err 'there is no such file'
refute 'no file is made' test -e absent.db

# A file that was cut off.
head -c 5000 there.db >cut_off.db
run status --url sqlite:cut_off.db
expect_status 69
expect_err 'cannot open cut_off.db: database disk image is malformed'
expect_err 'restore a backup'

# WAL mode wants files beside the database, even to read it. For root every folder is writable.
if [ "$(id -u)" -ne 0 ]; then
    mkdir closed
    cp there.db closed/wal.db
    run query --url sqlite:closed/wal.db --write 'PRAGMA journal_mode=WAL'
    chmod 555 closed
    run status --url sqlite:closed/wal.db
    expect_status 69
    expect_err 'cannot open closed/wal.db: it is in WAL mode, and its folder is read-only'
    chmod 755 closed
fi
