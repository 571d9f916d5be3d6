=== a foreign key comes
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY pid (pid), CONSTRAINT to_p FOREIGN KEY (pid) REFERENCES p (id));
-- plan
ALTER TABLE `c` ADD KEY `pid` (`pid`);
ALTER TABLE `c` ADD CONSTRAINT `to_p` FOREIGN KEY (`pid`) REFERENCES `p` (`id`);
-- hazards: not-transactional index-build scan foreign-key
-- plan back
ALTER TABLE `c` DROP FOREIGN KEY `to_p`;
ALTER TABLE `c` DROP KEY `pid`;

=== a foreign key without a name and index of its own
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, FOREIGN KEY (pid) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL);

=== rows that refer to nothing
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer);
-- rows
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1, 1), (2, 9), (3, NULL);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, FOREIGN KEY (pid) REFERENCES p (id));
-- blocked: foreign-key

=== the table that is referred to is new
-- from
CREATE TABLE c (id integer PRIMARY KEY, pid integer);
-- rows
INSERT INTO c VALUES (1, NULL);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, FOREIGN KEY (pid) REFERENCES p (id));

=== rows would refer to a table that is new
-- from
CREATE TABLE c (id integer PRIMARY KEY, pid integer);
-- rows
INSERT INTO c VALUES (1, 5);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, FOREIGN KEY (pid) REFERENCES p (id));
-- blocked: foreign-key

=== a composite foreign key
-- from
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x integer, y integer);
-- rows
INSERT INTO p VALUES (1, 2);
INSERT INTO c VALUES (1, 1, 2), (2, NULL, 3);
-- to
CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x integer, y integer, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES p (a, b));

=== other actions
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id) ON DELETE SET NULL);
-- plan
ALTER TABLE `c` DROP FOREIGN KEY `f`;
ALTER TABLE `c` ADD CONSTRAINT `f` FOREIGN KEY (`pid`) REFERENCES `p` (`id`) ON DELETE SET NULL;

=== RESTRICT and NO ACTION are what happens anyway
-- options: mariadb
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id) ON DELETE RESTRICT);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- differs: no

=== a foreign key to itself
-- to
CREATE TABLE t (id integer PRIMARY KEY, boss integer, FOREIGN KEY (boss) REFERENCES t (id));

=== tables that refer to each other
-- to
CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer, CONSTRAINT to_a FOREIGN KEY (a_id) REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b_id) REFERENCES b (id);

=== a circle of three, and a table that refers to it
-- to
CREATE TABLE a (id integer PRIMARY KEY, x integer);
CREATE TABLE b (id integer PRIMARY KEY, x integer, FOREIGN KEY (x) REFERENCES a (id));
CREATE TABLE c (id integer PRIMARY KEY, x integer, FOREIGN KEY (x) REFERENCES b (id));
ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES c (id);
CREATE TABLE d (id integer PRIMARY KEY, x integer, FOREIGN KEY (x) REFERENCES a (id));

=== the type of both sides changes
-- options: mariadb
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1), (2);
INSERT INTO c VALUES (1, 1), (2, 2);
-- to
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid bigint, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- plan
ALTER TABLE `c` DROP FOREIGN KEY `f`;
ALTER TABLE `c` MODIFY COLUMN `pid` bigint(20);
ALTER TABLE `p` MODIFY COLUMN `id` bigint(20) NOT NULL;
ALTER TABLE `c` ADD CONSTRAINT `f` FOREIGN KEY (`pid`) REFERENCES `p` (`id`);

=== the column of a foreign key becomes not null
-- options: mariadb
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1), (2);
INSERT INTO c VALUES (1, 1), (2, 2);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer NOT NULL, KEY (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- plan
ALTER TABLE `c` MODIFY COLUMN `pid` int(11) NOT NULL;

=== a table that is referred to goes
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY pid (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- to
CREATE TABLE c (id integer PRIMARY KEY, pid integer, KEY pid (pid));
-- plan
ALTER TABLE `c` DROP FOREIGN KEY `f`;
DROP TABLE `p`;

=== the column goes with its foreign key
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);

=== all go
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
CREATE TABLE d (id integer PRIMARY KEY, pid integer, CONSTRAINT g FOREIGN KEY (pid) REFERENCES c (id));
-- to
CREATE TABLE other (id integer);

=== another index for a foreign key
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, x integer, KEY a (pid), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, x integer, KEY b (pid, x), CONSTRAINT f FOREIGN KEY (pid) REFERENCES p (id));
-- plan
ALTER TABLE `c` DROP KEY `a`, ADD KEY `b` (`pid`, `x`);

=== the unique key that is referred to gets another name
-- from
CREATE TABLE p (id integer PRIMARY KEY, u integer, UNIQUE KEY one (u));
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY (x), CONSTRAINT f FOREIGN KEY (x) REFERENCES p (u));
-- rows
INSERT INTO p VALUES (1, 11);
INSERT INTO c VALUES (1, 11);
-- to
CREATE TABLE p (id integer PRIMARY KEY, u integer, UNIQUE KEY two (u));
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY (x), CONSTRAINT f FOREIGN KEY (x) REFERENCES p (u));

=== a foreign key refers to another table
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE q (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY (x), CONSTRAINT f FOREIGN KEY (x) REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1);
INSERT INTO q VALUES (1);
INSERT INTO c VALUES (1, 1);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE q (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY (x), CONSTRAINT f FOREIGN KEY (x) REFERENCES q (id));

=== a foreign key gets a name
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY x (x), FOREIGN KEY (x) REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY x (x), CONSTRAINT named FOREIGN KEY (x) REFERENCES p (id));

=== the engine of tables with a foreign key
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY x (x), FOREIGN KEY (x) REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY) ENGINE = MyISAM;
CREATE TABLE c (id integer PRIMARY KEY, x integer, KEY x (x)) ENGINE = MyISAM;
-- options: one-way

=== parent and child get columns
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
-- to
CREATE TABLE p (id integer PRIMARY KEY, code varchar(9), UNIQUE KEY (code));
CREATE TABLE c (id integer PRIMARY KEY, code varchar(9), CONSTRAINT by_code FOREIGN KEY (code) REFERENCES p (code));

=== the character set of both sides
-- options: mariadb
-- from
CREATE TABLE p (code varchar(9) CHARACTER SET latin1 PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, code varchar(9) CHARACTER SET latin1, CONSTRAINT f FOREIGN KEY (code) REFERENCES p (code));
-- rows
INSERT INTO p VALUES ('a');
INSERT INTO c VALUES (1, 'a');
-- to
CREATE TABLE p (code varchar(9) CHARACTER SET utf8mb4 PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, code varchar(9) CHARACTER SET utf8mb4, CONSTRAINT f FOREIGN KEY (code) REFERENCES p (code));
