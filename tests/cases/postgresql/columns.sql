=== a column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, a text);
-- hazards: none
-- hazards back: drop-column
