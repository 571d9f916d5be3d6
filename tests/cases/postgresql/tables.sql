=== a table comes and goes
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- hazards back: drop-table
