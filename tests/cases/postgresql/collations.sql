=== a collation comes
-- to
CREATE COLLATION german (provider = icu, locale = 'de-DE-x-icu', deterministic = false);

=== a collation of libc
-- to
CREATE COLLATION plain (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');

=== a collation in use is another
-- from
CREATE COLLATION german (provider = icu, locale = 'de-DE');
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE german);
CREATE INDEX t_a ON t (a);
-- to
CREATE COLLATION german (provider = icu, locale = 'de-AT');
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE german);
CREATE INDEX t_a ON t (a);

=== a collation of the server's own
-- options: since 17
-- from
CREATE COLLATION c (provider = builtin, locale = 'C');
-- to
CREATE COLLATION c (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE c);

=== rules of a collation
-- options: since 16
-- to
CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < g');
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE c);
