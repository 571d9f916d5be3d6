-- Indexes, and the keys and exclusions that are kept by one. Only what is no default is there: a list is NULL when all that it
-- would say is default.
SELECT COALESCE(o.oid, i.indexrelid) AS id,
    CASE WHEN o.oid IS NULL THEN 'pg_class' ELSE 'pg_constraint' END AS class,
    CASE WHEN o.oid IS NOT NULL THEN i.indexrelid END AS "also pg_class",
    CASE o.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint' WHEN 'x' THEN 'exclusion constraint'
        ELSE 'index' END AS kind,
    i.indrelid AS parent, x.relname AS name,
    c.relname AS "made up from",
    CASE o.contype WHEN 'p' THEN 'pkey' WHEN 'u' THEN 'key' WHEN 'x' THEN 'excl' ELSE 'idx' END AS "made up as",
    CASE WHEN o.contype IS DISTINCT FROM 'p' THEN k.plain END AS "made up of[]",
    k.names[:i.indnkeyatts] AS "columns[]",
    CASE WHEN i.indnatts > i.indnkeyatts THEN k.names[i.indnkeyatts + 1:] END AS "included columns[]",
    CASE WHEN k.ordered THEN k.orders END AS "orders[]",
    CASE WHEN k.classed THEN k.classes END AS "operator classes[]",
    CASE WHEN k.collated THEN k.collations END AS "collations[]",
    CASE WHEN o.contype = 'x' THEN ARRAY(SELECT CASE WHEN pg_catalog.pg_operator_is_visible(p.oid) THEN p.oprname::text
        ELSE 'OPERATOR(' || pg_catalog.quote_ident(pn.nspname) || '.' || p.oprname || ')' END
        FROM pg_catalog.unnest(o.conexclop) WITH ORDINALITY u (operator, place)
        JOIN pg_operator p ON p.oid = u.operator JOIN pg_namespace pn ON pn.oid = p.oprnamespace ORDER BY u.place) END AS "operators[]",
    NULLIF(m.amname, 'btree') AS method,
    CASE WHEN i.indisunique AND o.oid IS NULL THEN 'yes' END AS unique,
    CASE WHEN i.indnullsnotdistinct THEN 'yes' END AS "nulls not distinct", -- from 15
    pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS where,
    CASE WHEN NOT i.indisvalid THEN 'no' END AS valid,
    CASE WHEN i.indisclustered THEN 'yes' END AS clustered,
    CASE WHEN o.condeferred THEN 'initially deferred' WHEN o.condeferrable THEN 'deferrable' END AS deferrable,
    CASE WHEN x.reloptions IS NOT NULL THEN ARRAY(SELECT r FROM pg_catalog.unnest(x.reloptions) r ORDER BY r COLLATE "C")
        END AS "options[]",
    s.spcname AS tablespace,
    k.targets AS "statistics target",
    CASE WHEN h.inhparent IS NOT NULL THEN h.inhparent::regclass END AS "partition of"
FROM pg_index i
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am m ON m.oid = x.relam
JOIN (
    SELECT ia.attrelid,
        pg_catalog.array_agg(CASE WHEN a.attnum IS NULL THEN '(' || pg_catalog.pg_get_indexdef(ia.attrelid, ia.attnum, true) || ')'
            ELSE a.attname::text END ORDER BY ia.attnum) AS names,
        pg_catalog.array_agg(COALESCE(a.attname, ia.attname)::text ORDER BY ia.attnum) AS plain,
        pg_catalog.bool_or(j.indoption[ia.attnum - 1] <> 0) AS ordered,
        pg_catalog.array_agg(CASE j.indoption[ia.attnum - 1] WHEN 1 THEN 'DESC NULLS LAST' WHEN 2 THEN 'NULLS FIRST' WHEN 3 THEN 'DESC'
            ELSE '' END ORDER BY ia.attnum) FILTER (WHERE ia.attnum <= j.indnkeyatts) AS orders,
        pg_catalog.bool_or(f.name IS NOT NULL) AS classed,
        pg_catalog.array_agg(COALESCE(f.name, '') ORDER BY ia.attnum) FILTER (WHERE ia.attnum <= j.indnkeyatts) AS classes,
        pg_catalog.bool_or(l.oid IS NOT NULL) AS collated,
        pg_catalog.array_agg(COALESCE(CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN '' ELSE
            pg_catalog.quote_ident(ln.nspname) || '.' END || pg_catalog.quote_ident(l.collname), '') ORDER BY ia.attnum)
            FILTER (WHERE ia.attnum <= j.indnkeyatts) AS collations,
        pg_catalog.string_agg(ia.attnum || ': ' || ia.attstattarget, ', ' ORDER BY ia.attnum)
            FILTER (WHERE ia.attstattarget >= 0) AS targets
    FROM pg_attribute ia
    JOIN pg_index j ON j.indexrelid = ia.attrelid
    LEFT JOIN pg_attribute a ON a.attrelid = j.indrelid AND a.attnum = j.indkey[ia.attnum - 1] AND a.attnum > 0
    LEFT JOIN pg_type it ON it.oid = ia.atttypid
    LEFT JOIN pg_collation l ON l.oid = j.indcollation[ia.attnum - 1]
        AND l.oid <> COALESCE(a.attcollation, NULLIF(it.typcollation, 0), 100)
    LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
    LEFT JOIN pg_opclass p ON p.oid = j.indclass[ia.attnum - 1]
    LEFT JOIN pg_namespace pn ON pn.oid = p.opcnamespace
    LEFT JOIN pg_type ct ON ct.oid = a.atttypid
    LEFT JOIN pg_opclass exact ON exact.opcmethod = p.opcmethod AND exact.opcdefault AND exact.oid <> p.oid
        AND exact.opcintype = COALESCE(NULLIF(ct.typbasetype, 0), ct.oid)
    CROSS JOIN LATERAL (SELECT CASE WHEN NOT p.opcdefault OR exact.oid IS NOT NULL
        OR ia.attoptions IS NOT NULL -- from 13
        THEN CASE WHEN pg_catalog.pg_opclass_is_visible(p.oid) THEN '' ELSE pg_catalog.quote_ident(pn.nspname) || '.' END
            || pg_catalog.quote_ident(p.opcname)
            || COALESCE(' (' || pg_catalog.array_to_string(ia.attoptions, ', ') || ')', '') -- from 13
        END AS name) f
    WHERE ia.attnum > 0 AND ia.attrelid >= 16384
    GROUP BY ia.attrelid) k ON k.attrelid = i.indexrelid
LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x')
LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
WHERE c.relkind IN ('r', 'p', 'm', 'f') AND :schemas
