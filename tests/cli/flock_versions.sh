# A flock with servers of two versions of PostgreSQL: each target is compared in the words of its own server. The suite has one
# version; another one is chosen with TEST_POSTGRESQL_BIN (see servers/postgres.sh), and the installed one is started beside it.
. "$(dirname "$0")/lib.sh"

case ${TEST_POSTGRESQL_BIN-} in
"${TEST_SERVERS-}/postgresql/bin") ;;
*) skip 'there is one version of PostgreSQL' ;;
esac

folder=$(mktemp -d /tmp/dunlin-versions.XXXXXX)
chmod 755 "$folder"
env -u TEST_POSTGRESQL_BIN sh "$ROOT/tests/servers/postgres.sh" start "$folder/s" || skip 'there is no installed PostgreSQL'
other=$(. "$folder/s/environment" && echo "$TEST_POSTGRESQL_URL")

major_version()
{
    psql_quietly -A -t -d "$1" -c "SELECT current_setting('server_version_num')::integer / 10000"
}

targets()
{
    fresh_database postgresql
    mkdir -p schema migrations
    cat >dunlin.yaml <<END
environments:
  all:
    urls: ["$URL", "$other"]
END
    cat >schema/shop.sql <<'END'
CREATE TABLE people (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL,
    born date, CHECK (name <> '' AND born > '1900-01-01'));
CREATE INDEX ON people (lower(name)) WHERE born IS NOT NULL;
CREATE VIEW named AS SELECT p.id, p.name, count(*) OVER () AS n FROM people p WHERE p.name IN ('a', 'b');
CREATE TABLE logs (id bigint, at timestamptz NOT NULL DEFAULT now(), who integer REFERENCES people,
    PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
END
}

migrations_and_drift()
{
    run migrate new first --url "$URL"
    expect_status 0
    run migrate up -e all
    expect_status 0
    run migrate status -e all --exit-code
    expect_status 0
    run drift -e all
    expect_status 0
    run drift schema -e all
    expect_status 0
    run diff "$URL" "$other"
    expect_status 0
}

changes()
{
    sed 's/born date,/born date, note text NOT NULL,/; s/p.name, count/p.name, p.note, count/' schema/shop.sql >shop.sql
    mv shop.sql schema/shop.sql
    run drift schema -e all
    expect_status 2
    run apply -e all --yes --allow all
    expect_status 0
    run drift schema -e all
    expect_status 0
    refute_err 'in two ways'
}

if [ "$(major_version "$other")" != "$(major_version "$TEST_POSTGRESQL_URL")" ]; then
    targets
    migrations_and_drift
    changes
fi
env -u TEST_POSTGRESQL_BIN sh "$ROOT/tests/servers/postgres.sh" stop "$folder/s"
rm -rf "$folder"
[ "$checks" -gt 0 ] || skip 'both servers are of one version'
