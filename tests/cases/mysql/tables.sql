=== a table comes and goes
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- hazards back: drop-table
