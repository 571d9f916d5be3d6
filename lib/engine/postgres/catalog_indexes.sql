-- Indexes, and the keys and exclusions that are kept by one. What is special about their columns is read before, with index_keys.
SELECT COALESCE(o.oid, i.indexrelid) AS id,
    CASE WHEN o.oid IS NULL THEN 1259 ELSE 2606 END AS class,
    CASE WHEN o.oid IS NOT NULL THEN i.indexrelid END AS "also pg_class",
    CASE o.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint' WHEN 'x' THEN 'exclusion constraint'
        ELSE 'index' END AS kind,
    i.indrelid AS parent, x.relname AS name,
    i.indexrelid AS "index", i.indkey AS keys, i.indnkeyatts AS "key count",
    CASE WHEN o.contype = 'x' THEN ARRAY(SELECT CASE WHEN pg_catalog.pg_operator_is_visible(p.oid) THEN p.oprname::text
        ELSE 'OPERATOR(' || pg_catalog.quote_ident(pn.nspname) || '.' || p.oprname::text || ')' END
        FROM pg_catalog.unnest(o.conexclop) WITH ORDINALITY u (operator, place)
        JOIN pg_operator p ON p.oid = u.operator JOIN pg_namespace pn ON pn.oid = p.oprnamespace ORDER BY u.place) END AS "operators[]",
    NULLIF(m.amname, 'btree') AS method,
    CASE WHEN i.indisunique AND o.oid IS NULL THEN 'yes' END AS unique,
    CASE WHEN o.conperiod THEN 'yes' END AS temporal, -- from 18
    CASE WHEN i.indnullsnotdistinct THEN 'yes' END AS "nulls not distinct", -- from 15
    pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS where,
    CASE WHEN NOT i.indisvalid THEN 'no' END AS valid,
    CASE WHEN i.indisclustered THEN 'yes' END AS clustered,
    CASE WHEN o.condeferred THEN 'initially deferred' WHEN o.condeferrable THEN 'deferrable' END AS deferrable,
    CASE WHEN x.reloptions IS NOT NULL THEN ARRAY(SELECT r FROM pg_catalog.unnest(x.reloptions) r ORDER BY r COLLATE "C")
        END AS "options[]",
    s.spcname AS tablespace,
    CASE WHEN h.inhparent IS NOT NULL THEN h.inhparent::regclass END AS "partition of"
FROM pg_index i
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am m ON m.oid = x.relam
LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x')
LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
WHERE c.relkind IN ('r', 'p', 'm', 'f') AND :schemas
