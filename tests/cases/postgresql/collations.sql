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
