=== a table inherits
-- to
CREATE TABLE p (id integer PRIMARY KEY, a text CHECK (a <> ''));
CREATE TABLE c (b text, UNIQUE (b)) INHERITS (p);

=== a table of several parents
-- to
CREATE TABLE p (a text);
CREATE TABLE q (b text DEFAULT 'x');
CREATE TABLE c () INHERITS (p, q);

=== a column is added to the parent
-- from
CREATE TABLE p (id integer, a text);
CREATE TABLE c (b text) INHERITS (p);
-- to
CREATE TABLE p (id integer, a text, x integer DEFAULT 5);
CREATE TABLE c (b text) INHERITS (p);

=== a column of the parent changes
-- from
CREATE TABLE p (id integer, a varchar(10));
CREATE TABLE c (b text) INHERITS (p);
-- to
CREATE TABLE p (id bigint, a text DEFAULT 'x');
CREATE TABLE c (b text) INHERITS (p);

=== a child has another default
-- from
CREATE TABLE p (id integer, a text DEFAULT 'x');
CREATE TABLE c (b text) INHERITS (p);
-- to
CREATE TABLE p (id integer, a text DEFAULT 'x');
CREATE TABLE c (b text) INHERITS (p);
ALTER TABLE c ALTER a SET DEFAULT 'y';

=== a check of the parent
-- from
CREATE TABLE p (id integer, a integer);
CREATE TABLE c (b text) INHERITS (p);
-- to
CREATE TABLE p (id integer, a integer CONSTRAINT positive CHECK (a > 0));
CREATE TABLE c (b text) INHERITS (p);

=== a table begins to inherit
-- options: no-rows
-- from
CREATE TABLE p (id integer, a text);
CREATE TABLE c (id integer, a text, b text);
-- to
CREATE TABLE p (id integer, a text);
CREATE TABLE c (id integer, a text, b text);
ALTER TABLE c INHERIT p;

=== a column is the child's only
-- from
CREATE TABLE p (id integer);
CREATE TABLE c (b text) INHERITS (p);
-- to
CREATE TABLE p (id integer);
CREATE TABLE c (b text, d date) INHERITS (p);

=== a check that is not validated, of parent and child
-- from
CREATE TABLE p (a integer);
ALTER TABLE p ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
CREATE TABLE k (b text) INHERITS (p);
-- to
CREATE TABLE p (a integer);
CREATE TABLE k (b text) INHERITS (p);
ALTER TABLE p ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- differs: no

=== a column comes from the parent that stays, and another one is left
-- from
CREATE TABLE base (id integer);
CREATE TABLE a (x integer) INHERITS (base);
CREATE TABLE b (y integer) INHERITS (a, base);
-- to
CREATE TABLE base (id integer, extra integer DEFAULT 4);
CREATE TABLE a (x integer) INHERITS (base);
CREATE TABLE b (y integer) INHERITS (a);
