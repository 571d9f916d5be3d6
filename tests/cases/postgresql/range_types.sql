=== a range type comes
-- to
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);

=== a range type with another name for its multirange
-- options: since 14
-- from
CREATE TYPE span AS RANGE (subtype = float8);
-- to
CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans);

=== a range of texts in a collation
-- from
CREATE TYPE span AS RANGE (subtype = text);
-- to
CREATE TYPE span AS RANGE (subtype = text, collation = "C", subtype_opclass = text_pattern_ops);

=== a range type in use is another
-- from
CREATE TYPE span AS RANGE (subtype = integer);
CREATE TABLE t (id integer PRIMARY KEY, s span);
-- to
CREATE TYPE span AS RANGE (subtype = bigint);
CREATE TABLE t (id integer PRIMARY KEY, s span);
-- rows
INSERT INTO t VALUES (1, '[1,5)');

=== a column of a multirange
-- options: since 14
-- from
CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans);
-- to
CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans);
CREATE TABLE t (id integer PRIMARY KEY, s spans);
