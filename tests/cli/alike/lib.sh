# For tests of what is alike: a schema that has something of every kind, and how many were read.

# A function whose body the server keeps as what it has read, from version 14 on.
twice()
{
    if [ "$(sql "SELECT current_setting('server_version_num')::integer >= 140000")" = t ]; then
        body="BEGIN ATOMIC SELECT x * $1; END"
    else
        body="AS 'SELECT x * $1'"
    fi
    echo "CREATE OR REPLACE FUNCTION twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE $body"
}

# Something of every kind whose stored form has numbers of objects in it.
rich_schema()
{
    echo "$(twice 2);"
    cat <<'SQL'
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 20);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE SEQUENCE numbers INCREMENT 5;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'touched'; RETURN NEW; END $$;
CREATE AGGREGATE doubled(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TABLE parent (
    id bigserial PRIMARY KEY,
    number bigint DEFAULT nextval('numbers'),
    kind regclass DEFAULT 'numbers'::regclass,
    feeling mood NOT NULL DEFAULT 'low',
    feelings mood[] NOT NULL DEFAULT '{low,high}',
    label short,
    note text,
    made integer GENERATED ALWAYS AS (twice(1)) STORED,
    CHECK (feeling <> 'high' OR note IS NOT NULL)
);
CREATE TABLE child (id bigint GENERATED ALWAYS AS IDENTITY, parent bigint REFERENCES parent, during span, EXCLUDE USING gist (during WITH &&));
CREATE INDEX child_twice ON child (twice(parent::integer)) WHERE parent > 0;
CREATE TABLE parted (day date NOT NULL, n integer) PARTITION BY RANGE (day);
CREATE TABLE parted_2024 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW pairs AS SELECT p.id, c.during FROM parent p JOIN child c ON c.parent = p.id WHERE p.feeling = 'low';
CREATE MATERIALIZED VIEW counted AS SELECT feeling, count(*) FROM parent GROUP BY feeling;
CREATE TRIGGER touched BEFORE UPDATE ON parent FOR EACH ROW WHEN (NEW.note IS NULL) EXECUTE FUNCTION touch();
CREATE RULE quiet AS ON DELETE TO child DO INSTEAD NOTHING;
ALTER TABLE parent ENABLE ROW LEVEL SECURITY;
CREATE POLICY lows ON parent USING (feeling = 'low');
CREATE STATISTICS together ON feeling, note FROM parent;
COMMENT ON COLUMN parent.note IS 'what there is to say';
SQL
}

# How many of the targets had their catalog read, when what they should be is in the cache.
readings()
{
    grep -c 'pg_get_viewdef' "$WORK/stderr"
}
