=== a table comes and goes
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- hazards: not-transactional
-- hazards back: not-transactional drop-table

=== a table with everything
-- to
CREATE TABLE t (id int unsigned NOT NULL AUTO_INCREMENT, a varchar(20) NOT NULL DEFAULT 'x' COMMENT 'a column',
    b int AS (c + 1) VIRTUAL, c decimal(10,2), d timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
    PRIMARY KEY (id), UNIQUE KEY u (a, c), KEY k (c DESC), CONSTRAINT positive CHECK (c > 0), CHECK (c < 1000))
    COMMENT = 'a table' ROW_FORMAT = DYNAMIC STATS_PERSISTENT = 1;

=== the comment of a table
-- from
CREATE TABLE t (a integer) COMMENT = 'old';
CREATE TABLE u (a integer);
-- to
CREATE TABLE t (a integer) COMMENT = 'new \\ it''s';
CREATE TABLE u (a integer) COMMENT = 'x';
-- hazards: not-transactional

=== another engine
-- from
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = MyISAM;
-- to
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = InnoDB;
-- plan
ALTER TABLE `t` ENGINE=InnoDB;
-- hazards: not-transactional rewrite

=== a row format comes and goes
-- from
CREATE TABLE t (a integer PRIMARY KEY);
-- to
CREATE TABLE t (a integer PRIMARY KEY) ROW_FORMAT = COMPRESSED;
-- hazards: not-transactional rewrite

=== options come and go
-- from
CREATE TABLE t (a integer PRIMARY KEY) STATS_PERSISTENT = 1 MAX_ROWS = 100;
-- to
CREATE TABLE t (a integer PRIMARY KEY) STATS_AUTO_RECALC = 0 MIN_ROWS = 5 MAX_ROWS = 200;

=== options of MyISAM
-- from
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = MyISAM CHECKSUM = 1 DELAY_KEY_WRITE = 1;
-- to
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = MyISAM AVG_ROW_LENGTH = 50;

=== options of Aria
-- options: mariadb
-- from
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = Aria TRANSACTIONAL = 1;
-- to
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = Aria TRANSACTIONAL = 1 CHECKSUM = 1;

=== pages are compressed
-- options: mariadb
-- from
CREATE TABLE t (a integer PRIMARY KEY);
-- to
CREATE TABLE t (a integer PRIMARY KEY) PAGE_COMPRESSED = 1;

=== the character set of a table and of its columns
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b text) DEFAULT CHARACTER SET latin1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b text) DEFAULT CHARACTER SET utf8mb4;
-- hazards: not-transactional rewrite
-- hazards back: not-transactional rewrite narrow-type cast

=== only the default character set of a table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) CHARACTER SET latin1) DEFAULT CHARACTER SET latin1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) CHARACTER SET latin1) DEFAULT CHARACTER SET utf8mb4;
-- hazards: not-transactional

=== a collation
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b char(3) COLLATE utf8mb4_bin);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) COLLATE utf8mb4_unicode_ci, b char(3)) COLLATE utf8mb4_bin;

=== a character set of one column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) CHARACTER SET ascii, b varchar(10) CHARACTER SET latin1 COLLATE latin1_bin);

=== a merge table
-- from
CREATE TABLE a (id integer) ENGINE = MyISAM;
CREATE TABLE b (id integer) ENGINE = MyISAM;
-- to
CREATE TABLE a (id integer) ENGINE = MyISAM;
CREATE TABLE b (id integer) ENGINE = MyISAM;
CREATE TABLE m (id integer) ENGINE = MERGE UNION = (a, b) INSERT_METHOD = LAST;
-- options: no-rows

=== a table instead of another
-- from
CREATE TABLE a (id integer PRIMARY KEY, x integer);
-- to
CREATE TABLE b (id integer PRIMARY KEY, x integer);
-- hazards: not-transactional drop-table

=== many tables
-- from
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
-- to
CREATE TABLE b (id integer PRIMARY KEY, x integer);
CREATE TABLE c (id integer PRIMARY KEY);
CREATE TABLE d (id integer PRIMARY KEY);
CREATE TABLE e (id integer PRIMARY KEY);

=== nasty names
-- from
CREATE TABLE `sel``ect.x y` (`or``der` integer PRIMARY KEY, `from` integer, `ü'"` varchar(9));
-- to
CREATE TABLE `sel``ect.x y` (`or``der` integer PRIMARY KEY, `from` integer NOT NULL DEFAULT 1, `ü'"` varchar(19) COMMENT 'a',
    `a,b)` integer, KEY `k``e.y` (`from`, `a,b)`), CONSTRAINT `c``)` CHECK (`from` > 0), KEY (`a,b)`));
CREATE TABLE `table` (`primary` integer PRIMARY KEY, `key` varchar(9) DEFAULT '`, (');

=== a table of one database is a view in the next version
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW u AS SELECT id FROM t;
-- hazards: not-transactional drop-table

=== a table of Aria becomes one of InnoDB
-- options: mariadb
-- from
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = Aria;
CREATE TABLE u (a integer PRIMARY KEY) ENGINE = Aria PAGE_CHECKSUM = 0 TRANSACTIONAL = 1;
-- to
CREATE TABLE t (a integer PRIMARY KEY) ENGINE = InnoDB;
CREATE TABLE u (a integer PRIMARY KEY) ENGINE = InnoDB;

=== a compressed table with keys is compressed no more
-- from
CREATE TABLE t (a integer PRIMARY KEY, b varchar(20), c text, UNIQUE KEY (b), FULLTEXT KEY (c)) ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8;
-- to
CREATE TABLE t (a integer PRIMARY KEY, b varchar(20), c text, UNIQUE KEY (b), FULLTEXT KEY (c)) ROW_FORMAT = DYNAMIC;
