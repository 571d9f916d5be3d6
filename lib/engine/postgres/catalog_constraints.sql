-- Checks and foreign keys; keys and exclusions are read with the indexes that they are.
SELECT o.oid AS id, CASE o.contype WHEN 'c' THEN 'check constraint' ELSE 'foreign key' END AS kind,
    o.conrelid AS parent, o.conname AS name, o.conkey AS keys,
    CASE WHEN o.contype = 'c' THEN pg_catalog.pg_get_expr(o.conbin, o.conrelid) END AS expression,
    CASE WHEN o.contype = 'f' THEN o.confrelid::regclass END AS references,
    CASE WHEN o.contype = 'f' THEN o.confrelid END AS "referenced id", o.confkey AS "referenced keys",
    CASE o.confmatchtype WHEN 'f' THEN 'full' WHEN 'p' THEN 'partial' END AS match,
    CASE o.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END
    || CASE WHEN o.confdelsetcols IS NULL THEN '' ELSE ' (' || -- from 15
        (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY u.place) -- from 15
        FROM pg_catalog.unnest(o.confdelsetcols) WITH ORDINALITY u (number, place) -- from 15
        JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = u.number) || ')' END -- from 15
    AS "on delete",
    CASE o.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END
    AS "on update",
    CASE WHEN o.condeferred THEN 'initially deferred' WHEN o.condeferrable THEN 'deferrable' END AS deferrable,
    CASE WHEN NOT o.convalidated THEN 'no' END AS valid, -- before 18
    CASE WHEN o.conenforced AND NOT o.convalidated THEN 'no' END AS valid, -- from 18
    CASE WHEN NOT o.conenforced THEN 'yes' END AS "not enforced", -- from 18
    CASE WHEN o.conperiod THEN 'yes' END AS temporal, -- from 18
    CASE WHEN o.contype = 'c' AND o.connoinherit THEN 'yes' END AS "no inherit",
    CASE WHEN NOT o.conislocal THEN 'yes' END AS inherited
FROM pg_constraint o
JOIN pg_class c ON c.oid = o.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_constraint up ON up.oid = o.conparentid AND up.conrelid = o.conrelid
WHERE o.contype IN ('c', 'f') AND up.oid IS NULL AND :schemas
