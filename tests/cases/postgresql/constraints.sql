=== a primary key comes
-- from
CREATE TABLE t (id integer NOT NULL, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- hazards: index-build unique

=== a primary key comes to a column that may be null
-- from
CREATE TABLE t (id integer, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'y');

=== a primary key comes and rows are twice
-- from
CREATE TABLE t (id integer NOT NULL, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x'), (1, 'y');
-- blocked: unique

=== a primary key of other columns
-- from
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a));
-- to
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b));

=== a primary key moves, and its column may be null
-- from
CREATE TABLE t (a integer PRIMARY KEY, b integer NOT NULL);
-- to
CREATE TABLE t (a integer, b integer PRIMARY KEY);

=== a primary key gets a name
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer CONSTRAINT the_key PRIMARY KEY);

=== a primary key that others refer to gets other columns
-- from
CREATE TABLE p (a integer PRIMARY KEY, b integer UNIQUE);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (a));
-- to
CREATE TABLE p (a integer UNIQUE NOT NULL, b integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (a));

=== a primary key gets included columns and options
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer, a text, CONSTRAINT t_pkey PRIMARY KEY (id) INCLUDE (a) WITH (fillfactor = 70));

=== only the options of a key
-- from
CREATE TABLE t (id integer PRIMARY KEY WITH (fillfactor = 70));
-- to
CREATE TABLE t (id integer PRIMARY KEY WITH (fillfactor = 80));
-- hazards: none

=== a primary key becomes deferrable
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);

=== a table is clustered on its key
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_a ON t (a);
ALTER TABLE t CLUSTER ON t_a;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_a ON t (a);
ALTER TABLE t CLUSTER ON t_pkey;

=== a table is clustered no more
-- from
CREATE TABLE t (id integer PRIMARY KEY);
ALTER TABLE t CLUSTER ON t_pkey;
-- to
CREATE TABLE t (id integer PRIMARY KEY);

=== a unique constraint comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
-- hazards: index-build unique

=== a unique constraint comes and rows are twice
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'x');
-- blocked: unique

=== NULLs are not twice
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
-- rows
INSERT INTO t VALUES (1, NULL), (2, NULL);

=== NULLs are twice where they are not distinct
-- options: since 15
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, UNIQUE NULLS NOT DISTINCT (a));
-- rows
INSERT INTO t VALUES (1, NULL), (2, NULL);
-- blocked: unique

=== NULLs become not distinct
-- options: since 15
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, UNIQUE NULLS NOT DISTINCT (a));

=== a unique constraint of several columns
-- from
CREATE TABLE t (a integer, b integer, c integer, UNIQUE (a, b));
-- to
CREATE TABLE t (a integer, b integer, c integer, UNIQUE (b, c));

=== a unique constraint becomes a unique index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_a_key ON t (a);

=== names that the server made up are no difference
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE, b integer CHECK (b > 0));
-- to
CREATE TABLE t (id integer, a text, b integer);
ALTER TABLE t ADD PRIMARY KEY (id), ADD UNIQUE (a), ADD CHECK (b > 0);
-- differs: no

=== a check comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0));
-- hazards: scan check
-- hazards back: none

=== a check comes and rows violate it
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, 0), (2, NULL);
-- blocked: check

=== a check of a column that is new
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 5 CHECK (a > id - 10));

=== a check is another
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a >= 0));

=== a check gets a name
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT positive CHECK (a > 0));
-- hazards: none

=== a check that was not validated is
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0));

=== a check that is not validated comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- hazards: none

=== a check that children do not have
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT c CHECK (a > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT c CHECK (a > 0) NO INHERIT);

=== a check calls a function that is new
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE FUNCTION good(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (good(a)));

=== a check calls a function that gets another argument
-- from
CREATE FUNCTION good(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (good(a)));
-- to
CREATE FUNCTION good(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (good(a, 0)));

=== an exclusion comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, during int4range);
-- to
CREATE TABLE t (id integer PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));
-- rows
INSERT INTO t VALUES (1, '[1,3)'), (2, '[5,7)');
-- hazards: index-build unique

=== an exclusion with a condition becomes deferrable
-- from
CREATE TABLE t (id integer PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&) WHERE (id > 1));
-- to
CREATE TABLE t (id integer PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&) WHERE (id > 1) DEFERRABLE);
-- rows
INSERT INTO t VALUES (1, '[1,3)'), (2, '[5,7)');

=== an exclusion of another operator
-- options: no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b int4range, CONSTRAINT x EXCLUDE USING gist (b WITH &&));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b int4range, CONSTRAINT x EXCLUDE USING gist (b WITH -|-));

=== a foreign key comes
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- hazards: scan foreign-key
-- hazards back: none

=== a foreign key comes and rows refer to nothing
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- rows
INSERT INTO c VALUES (1, 5), (2, NULL);
-- blocked: foreign-key

=== a foreign key to a table that is new, and rows have values
-- from
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- blocked: foreign-key

=== two new tables refer to each other
-- to
CREATE TABLE a (id integer PRIMARY KEY, b integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;

=== three tables refer to each other in a circle
-- to
CREATE TABLE a (id integer PRIMARY KEY, next integer);
CREATE TABLE b (id integer PRIMARY KEY, next integer);
CREATE TABLE c (id integer PRIMARY KEY, next integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (next) REFERENCES b;
ALTER TABLE b ADD FOREIGN KEY (next) REFERENCES c;

=== a table refers to itself
-- from
CREATE TABLE t (id integer PRIMARY KEY, up integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t);

=== what a foreign key does on delete and update
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p ON DELETE CASCADE);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p ON DELETE SET NULL ON UPDATE RESTRICT);

=== a foreign key sets some of its columns to null
-- options: since 15
-- from
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, a integer, "B b" integer, FOREIGN KEY (a, "B b") REFERENCES p);
-- to
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, a integer, "B b" integer, FOREIGN KEY (a, "B b") REFERENCES p ON DELETE SET NULL ("B b"));

=== a foreign key of two columns in another order
-- from
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x integer, y integer, CONSTRAINT k FOREIGN KEY (x, y) REFERENCES p (a, b));
-- to
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x integer, y integer, CONSTRAINT k FOREIGN KEY (y, x) REFERENCES p (a, b));
-- rows
INSERT INTO p VALUES (1, 1);
INSERT INTO c VALUES (1, 1, 1);

=== a foreign key becomes deferrable in place
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p DEFERRABLE INITIALLY DEFERRED);
-- hazards: none

=== a deferred foreign key is checked at once
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p DEFERRABLE INITIALLY DEFERRED);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p DEFERRABLE);

=== a foreign key matches in full
-- from
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (a, b) REFERENCES p);
-- to
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (a, b) REFERENCES p MATCH FULL);

=== a foreign key that was not validated is
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer);
ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (p) REFERENCES p NOT VALID;
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT k REFERENCES p);

=== a foreign key refers to another table
-- options: no-rows
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE q (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT k REFERENCES p);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE q (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT k REFERENCES q);

=== a foreign key refers to a unique constraint that is new
-- options: no-rows
-- from
CREATE TABLE p (id integer PRIMARY KEY, code text);
CREATE TABLE c (id integer PRIMARY KEY, p text);
-- to
CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE);
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES p (code));

=== a table goes that another one refers to
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- to
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- options: no-rows

=== a column goes that a foreign key of another table refers to
-- options: no-rows
-- from
CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE);
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES p (code));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p text);

=== a check is not enforced
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, -1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0) NOT ENFORCED);
-- plan
ALTER TABLE "public"."t" ADD CONSTRAINT "positive" CHECK ((a > 0)) NOT ENFORCED;
-- hazards: none

=== a check becomes enforced
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0) NOT ENFORCED);
-- rows
INSERT INTO t VALUES (1, 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT positive CHECK (a > 0));
-- hazards: scan check

=== a foreign key becomes enforced
-- options: since 18
-- from
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, r integer REFERENCES r NOT ENFORCED);
-- rows
INSERT INTO r VALUES (1);
INSERT INTO t VALUES (1, 1);
-- to
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, r integer REFERENCES r);
-- plan
ALTER TABLE "public"."t" ALTER CONSTRAINT "t_r_fkey" ENFORCED;
-- plan back
ALTER TABLE "public"."t" ALTER CONSTRAINT "t_r_fkey" NOT ENFORCED;
-- hazards: scan foreign-key
-- hazards back: none

=== rows that refer to nothing keep a foreign key from being enforced
-- options: since 18 one-way
-- from
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, r integer REFERENCES r NOT ENFORCED);
-- rows
INSERT INTO t VALUES (1, 1);
-- to
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, r integer REFERENCES r);
-- blocked: foreign-key

=== keys of which only those of one time exclude each other
-- options: since 18
-- from
CREATE TABLE rooms (room int4range NOT NULL, during tsrange NOT NULL, price integer);
-- rows
INSERT INTO rooms VALUES ('[1,2)', '[2020-01-01,2020-02-01)', 1), ('[1,2)', '[2020-02-01,2020-03-01)', 2);
-- to
CREATE TABLE rooms (room int4range, during tsrange, price integer,
    PRIMARY KEY (room, during WITHOUT OVERLAPS), UNIQUE (room, during WITHOUT OVERLAPS));
CREATE TABLE stays (room int4range, nights tsrange, guest text,
    FOREIGN KEY (room, PERIOD nights) REFERENCES rooms (room, PERIOD during));

=== a key forgets about time
-- options: since 18 no-rows
-- from
CREATE TABLE rooms (room int4range NOT NULL, during tsrange NOT NULL, CONSTRAINT k UNIQUE (room, during WITHOUT OVERLAPS));
-- to
CREATE TABLE rooms (room int4range NOT NULL, during tsrange NOT NULL, CONSTRAINT k UNIQUE (room, during));
