-- What the rows of one schema name elsewhere, as far as it shows in the schema's catalog: names, the columns of relations, and what
-- constants of types are written with. :outside is a list of pairs of numbers: a system table and an object.
WITH RECURSIVE outside (class, id) AS (
    SELECT o.class::oid, o.id::oid FROM (VALUES :outside) o (class, id)),
types (id) AS (
    SELECT o.id FROM outside o WHERE o.class = '1247'
    UNION SELECT x.id FROM types y JOIN pg_type t ON t.oid = y.id CROSS JOIN LATERAL (
        SELECT t.typelem UNION ALL SELECT t.typbasetype UNION ALL SELECT r.rngsubtype FROM pg_range r WHERE r.rngtypid = t.oid
        UNION ALL SELECT r.rngtypid FROM pg_range r WHERE r.rngmultitypid = t.oid -- from 14
        UNION ALL SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.typrelid) x (id)
    WHERE x.id >= 16384)
SELECT o.class::text || ' ' || o.id::text || ' ' || i.type || ' ' || i.identity AS elsewhere
FROM outside o CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.class, o.id, 0) i
UNION ALL SELECT a.attrelid::text || ' ' || a.attnum::text || ' ' || a.attname::text || ' ' || a.atttypid::text || ' ' || a.attisdropped::text
FROM pg_attribute a JOIN outside o ON o.class = '1259' AND a.attrelid = o.id WHERE a.attnum > 0
UNION ALL SELECT t::text FROM pg_type t JOIN types y ON y.id = t.oid
UNION ALL SELECT e::text FROM pg_enum e JOIN types y ON y.id = e.enumtypid
UNION ALL SELECT p::text FROM pg_proc p JOIN outside o ON o.class = '1255' AND p.oid = o.id
