=== the reference system of a column comes and goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL, g geometry);
-- to
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL SRID 4326 COMMENT 'x', g geometry SRID 0);
-- options: mysql no-rows
-- hazards: not-transactional rewrite check
-- hazards back: not-transactional rewrite

=== values that have another reference system
-- from
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL);
-- rows
INSERT INTO t VALUES (1, ST_GeomFromText('POINT(1 1)', 0)), (2, ST_GeomFromText('POINT(1 1)', 4326));
-- to
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL SRID 4326);
-- options: mysql one-way
-- blocked: check

=== another reference system below an index
-- from
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL SRID 0, SPATIAL KEY k (p));
-- to
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL SRID 4326, SPATIAL KEY k (p));
-- options: mysql no-rows
-- plan
ALTER TABLE `t` DROP KEY `k`;
ALTER TABLE `t` MODIFY COLUMN `p` point NOT NULL SRID 4326;
ALTER TABLE `t` ADD SPATIAL KEY `k` (`p`);

=== MariaDB has another word for it
-- from
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL, g geometry REF_SYSTEM_ID=4326, SPATIAL KEY k (p));
-- to
CREATE TABLE t (id integer PRIMARY KEY, p point REF_SYSTEM_ID=4326 NOT NULL COMMENT 'x', g geometry DEFAULT NULL, h polygon REF_SYSTEM_ID=3857, SPATIAL KEY k (p));
-- options: mariadb
-- plan
ALTER TABLE `t` MODIFY COLUMN `p` point REF_SYSTEM_ID=4326 NOT NULL COMMENT 'x', MODIFY COLUMN `g` geometry, ADD COLUMN `h` polygon REF_SYSTEM_ID=3857;
