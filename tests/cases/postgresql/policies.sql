=== row security comes with a policy
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a = current_user);
-- hazards: none

=== row security is forced
-- from
CREATE TABLE t (id integer PRIMARY KEY);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

=== who a policy is for
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t TO postgres USING (id > 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t USING (id > 1);

=== what a policy checks
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t USING (id > 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t USING (id > 2) WITH CHECK (id < 9);

=== what a policy is for
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t FOR SELECT USING (id > 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE USING (id > 1);

=== a policy asks another table
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE allowed (id integer PRIMARY KEY);
CREATE POLICY p ON t USING (EXISTS (SELECT FROM allowed a WHERE a.id = t.id));

=== a column goes that a policy has
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE POLICY p ON t USING (a > 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE POLICY p ON t USING (id > 1);
