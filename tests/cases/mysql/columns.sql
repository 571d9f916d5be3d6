=== a column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, a varchar(20));
-- hazards: none
-- hazards back: drop-column
