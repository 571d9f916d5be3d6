# Where DDL commits by itself (MySQL, MariaDB), a migration is done step by step: what is committed is what the history says,
# whatever the statements do to transactions and settings, and a migration goes on where it stopped.
. "$(dirname "$0")/lib.sh"

only_mysql()
{
    [ "$ENGINE" = mysql ] || return
    history='SELECT version, direction, state, statements, done FROM dunlin_history ORDER BY id'
    "$1"
}

stops_inside_a_block()
{
    migration 1_a 'BEGIN;
INSERT INTO a VALUES (0);
CREATE TABLE b (id INT PRIMARY KEY);
INSERT INTO a VALUES (1);
CREATE TABLE b (id INT PRIMARY KEY);
COMMIT;'
    sql 'CREATE TABLE a (id INT PRIMARY KEY)'
    run up --url "$URL"
    expect_status 1
    expect_err 'its statements 1 to 4 are applied and stay'
    sed -i '5d' migrations/1_a.up.sql
    run up --url "$URL"
    expect_status 0
    expect_sql "$history" '1	up	done	5	5'
    expect_sql 'SELECT count(*) FROM a' 2
}

settings_do_not_outlive_the_rest()
{
    migration 1_a "SET foreign_key_checks = 0;
USE mysql;
CREATE TABLE $DATABASE.a (id INT PRIMARY KEY);
CREATE TABLE $DATABASE.a (id INT PRIMARY KEY);"
    migration 2_b 'CREATE TABLE settings AS SELECT @@foreign_key_checks AS checks, DATABASE() AS name;'
    run up --url "$URL"
    expect_status 1
    sed -i "4s/.*/CREATE TABLE $DATABASE.b AS SELECT @@foreign_key_checks AS checks;/" migrations/1_a.up.sql
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT checks FROM b' 0
    expect_sql 'SELECT checks, name FROM settings' "1	$DATABASE"
}

# What is told to be applied must not hang on a transaction that nobody commits.
procedures_leave_transactions_open()
{
    migration 1_open 'CREATE TABLE a (id INT PRIMARY KEY);
CREATE PROCEDURE opens() BEGIN START TRANSACTION; INSERT INTO a VALUES (1); END;
CREATE PROCEDURE manual() BEGIN SET autocommit = 0; INSERT INTO a VALUES (2); END;
CALL opens();'
    migration 2_manual 'CALL manual();
CREATE TABLE b (id INT PRIMARY KEY);
INSERT INTO a VALUES (3);'
    migration 3_prepared "PREPARE off FROM 'SET autocommit = 0';
EXECUTE off;"
    migration 4_last 'CREATE TABLE autocommit (is_on INT);
INSERT INTO autocommit SELECT @@autocommit;'
    run up --url "$URL"
    expect_status 0
    expect_sql "$history" '1	up	done	4	4
2	up	done	3	3
3	up	done	2	2
4	up	done	2	2'
    expect_sql 'SELECT count(*) FROM a' 3
    expect_sql 'SELECT is_on FROM autocommit' 1
}

a_procedure_fails_half_way()
{
    migration 1_a 'CREATE TABLE a (id INT PRIMARY KEY);
CREATE PROCEDURE half() BEGIN SET autocommit = 0; CREATE TABLE x (id INT); SELECT 1; SELECT 2, 3; INSERT INTO a VALUES (1), (1); END;
CALL half();'
    run up --url "$URL"
    expect_status 1
    expect_err '1_a.up.sql:3:1'
    expect_err 'what statement 3 did before it failed may stay, too'
    expect_sql "$history" '1	up	failed	3	2'
    expect_sql 'SELECT count(*) FROM x' 0
}

xa_is_refused()
{
    migration 1_a "CREATE TABLE a (id INT PRIMARY KEY);
XA START 'x';"
    run up --url "$URL"
    expect_status 65
    expect_err '1_a.up.sql:2:1'
    refute 'nothing is run' try_sql 'SELECT 1 FROM a' 2>/dev/null
}

the_history_cannot_be_written()
{
    migration 1_z 'CREATE TABLE z (id INT PRIMARY KEY);'
    run up --url "$URL"
    expect_status 0
    mariadb_quietly --delimiter=// "$DATABASE" -e "CREATE TRIGGER no BEFORE UPDATE ON dunlin_history FOR EACH ROW
        IF NEW.done = 3 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'; END IF"
    migration 2_a 'CREATE TABLE a (id INT PRIMARY KEY);
CREATE TABLE b (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY);
CREATE TABLE d (id INT PRIMARY KEY);'
    run up --url "$URL"
    expect_status 1
    expect_err 'the history could not be written: not now'
    expect_err 'its statements 1 to 2 are applied and stay; whether statement 3 of 4 has taken effect is not known'
    sql 'DROP TRIGGER no'
    run migrate resume --done --url "$URL"
    expect_status 0
    expect_sql "$history" '1	up	done	1	1
2	up	done	4	4'
}

# As if the process had died in statement $1 + 1 of the last row.
die_after()
{
    first=$(printf '%s;\0' "$2" | sha1sum | cut -d' ' -f1)
    sql "UPDATE dunlin_history SET state = 'running', done = $1, done_checksum = '$first', elapsed_ms = NULL ORDER BY id DESC LIMIT 1"
}

the_file_changes_while_in_doubt()
{
    migration 1_a 'CREATE TABLE a (id INT PRIMARY KEY);
ALTER TABLE a ADD COLUMN b INT;'
    run up --url "$URL"
    die_after 1 'CREATE TABLE a (id INT PRIMARY KEY)'
    cp migrations/1_a.up.sql kept.sql
    migration 1_a 'CREATE TABLE a (id INT PRIMARY KEY);
INSERT INTO a (id) VALUES (1);
ALTER TABLE a ADD COLUMN b INT;'
    run status --url "$URL"
    expect_out 'in doubt'
    refute_out 'INSERT'
    run up --url "$URL"
    expect_status 1
    expect_err '1_a.up.sql: migration 1 a was interrupted in statement 2 of 2'
    expect_err 'the file has changed since'
    refute_err 'INSERT'
    run migrate resume --done --url "$URL"
    expect_status 1
    expect_err 'has changed since statement 2 was interrupted'
    expect_err 'allow changed'
    expect_sql 'SELECT count(*) FROM a' 0
    rm migrations/1_a.up.sql
    run up --url "$URL"
    expect_status 1
    expect_err 'the file of migration 1 a is gone'
    run migrate resume --done --url "$URL"
    expect_status 65
    mv kept.sql migrations/1_a.up.sql
    run migrate resume --done --url "$URL"
    expect_status 0
    expect_sql "$history" '1	up	done	2	2'
}

# The text that a revert was begun with is the one that it ends with, not the one of the time when it was applied.
the_down_file_vanishes()
{
    # Where nothing can be tried in scratch, the catalogs do not decide what was interrupted.
    echo 'scratch: "mysql://nobody@127.0.0.1:1/nowhere"' >dunlin.yaml
    migration 1_a 'CREATE TABLE a (id INT PRIMARY KEY);
CREATE TABLE b (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY);' 'DROP TABLE b;
DROP TABLE a;'
    run up --url "$URL"
    migration 1_a 'CREATE TABLE a (id INT PRIMARY KEY);
CREATE TABLE b (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY);' 'DROP TABLE a;
DROP TABLE b;
DROP TABLE c;'
    run down --url "$URL"
    expect_status 0
    sql 'CREATE TABLE b (id INT PRIMARY KEY)'
    sql 'CREATE TABLE c (id INT PRIMARY KEY)'
    die_after 1 'DROP TABLE a'
    rm migrations/1_a.down.sql
    run up --url "$URL"
    expect_status 1
    expect_err 'DROP TABLE b'
    expect_err 'as stored in dunlin_history):2:1'
    run down --url "$URL"
    expect_status 1
    migration 1_a 'CREATE TABLE a (id INT PRIMARY KEY);' 'DROP TABLE a; SELECT 1;'
    run up --url "$URL"
    expect_err 'down_sql of the history, id 2'
    rm migrations/1_a.down.sql
    run migrate resume --again --url "$URL"
    expect_status 0
    expect_sql "$history" '1	up	done	3	3
1	down	done	3	3'
    refute 'all of it is gone' try_sql 'SELECT 1 FROM c' 2>/dev/null
}

# Variables are of the session: what was in them is not to become NULL or 0 when the migration goes on.
variables_are_lost()
{
    migration 1_a "CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, parent INT);
SET @kept = 'x', @Two = 2;
INSERT INTO a VALUES (7, NULL);
SET @id = LAST_INSERT_ID();
SELECT 8 INTO @other;
INSERT INTO a VALUES (NULL, @id, @other, @kept);"
    run up --url "$URL"
    expect_status 1
    sed -i '6s/.*/INSERT INTO a VALUES (20, @two), (NULL, @ID);/' migrations/1_a.up.sql
    run up --url "$URL"
    expect_status 1
    expect_err '1_a.up.sql:6:41'
    expect_err 'the value of @ID was set by a statement that is done'
    sed -i '6s/^/SET @id = 7; /; 6s/@ID/@other/' migrations/1_a.up.sql
    run up --url "$URL"
    expect_status 1
    expect_err '@other'
    sed -i '6s/@other/@id/' migrations/1_a.up.sql
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT * FROM a ORDER BY id' '7	NULL
20	2
21	7'
}

# What a dry run prints makes the same database when the plain client reads it.
the_dry_run_is_the_run()
{
    only_mariadb=
    case $(sql 'SELECT VERSION()') in
    *MariaDB*)
        only_mariadb="EXECUTE IMMEDIATE 'CREATE TABLE made (id INT)';
BEGIN NOT ATOMIC DECLARE i INT DEFAULT 5; WHILE i < 7 DO INSERT INTO a VALUES (i, ''); SET i = i + 1; END WHILE; END;"
        ;;
    esac
    migration 1_a "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(100));
CREATE PROCEDURE p(x INT) BEGIN -- it's // here
 INSERT INTO a VALUES (x, 'http://x;y'); SELECT 1; /* // */ END;
DELIMITER \$\$
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.t = CONCAT(NEW.t, '//'); END\$\$
DELIMITER ;
CALL p(1);
BEGIN; INSERT INTO a VALUES (2, 'x\\\\y'); INSERT INTO a VALUES (3, \"d'q\"); COMMIT;
/*!50003 CREATE VIEW v AS SELECT * FROM a */;
/*!99999 CREATE VIEW newer AS SELECT * FROM a */;
LOCK TABLES a WRITE;
INSERT INTO a VALUES (4, '');
UNLOCK TABLES;
$only_mariadb
SET sql_mode = 'ANSI_QUOTES';
CREATE TABLE \"q;x\" (id INT);
USE mysql;" "DROP TABLE a; -- 'it\\"
    migration 2_b 'CREATE TABLE b AS SELECT DATABASE() AS name, @@sql_mode AS mode;'
    run up --url "$URL" --dry-run
    expect_status 0
    cp "$WORK/stdout" ../dry-run.sql
    run up --url "$URL"
    expect_status 0
    everything >../run.dump
    ask_server "DROP DATABASE $DATABASE; CREATE DATABASE $DATABASE CHARACTER SET utf8mb4"
    mariadb_quietly --comments "$DATABASE" <../dry-run.sql >/dev/null
    everything >../dry-run.dump
    check 'the same' diff ../run.dump ../dry-run.dump
    expect_sql 'SELECT name FROM b' "$DATABASE"
    expect_sql 'SELECT count(*) FROM a' "$([ "$only_mariadb" ] && echo 6 || echo 4)"
}

everything()
{
    "$DUNLIN" inspect --url "$URL"
    sql 'SELECT * FROM a ORDER BY id'
    sql 'SELECT version, state, statements, done, checksum, down_sql FROM dunlin_history ORDER BY id'
}

for test in stops_inside_a_block settings_do_not_outlive_the_rest procedures_leave_transactions_open a_procedure_fails_half_way \
    xa_is_refused the_history_cannot_be_written the_file_changes_while_in_doubt the_down_file_vanishes \
    the_dry_run_is_the_run variables_are_lost; do
    step()
    {
        only_mysql "$test"
    }
    for_each_engine step
done

# Where a string with a backslash ends is another question under NO_BACKSLASH_ESCAPES, so it is not guessed.
backslashes()
{
    [ "$ENGINE" = mysql ] || return
    migration 1_mode "SET sql_mode = 'NO_BACKSLASH_ESCAPES';
CREATE TABLE mode (text VARCHAR(50));"
    migration 2_text "CREATE TABLE texts (text VARCHAR(50));
INSERT INTO texts VALUES ('a\\\\'), ('; b\\\\');"
    run up --url "$URL"
    expect_status 0
    expect_sql 'SELECT count(*) FROM texts' 2
    migration 3_refused "SET sql_mode = 'NO_BACKSLASH_ESCAPES';
INSERT INTO texts VALUES ('a\\'), ('; b\\');"
    run up --url "$URL"
    expect_status 65
    expect_sql 'SELECT count(*) FROM texts' 2
}
for_each_engine backslashes
