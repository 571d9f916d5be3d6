-- The keys of indexes that are more than a column: expressions, and what differs from the default in order, operator class,
-- collation or statistics. Only indexes that may have such keys are looked at: a default operator class is told, too, when the
-- column's type has one of its own, and a collation when the column has another. A cast without a function leads from that type
-- to the class's, if the class is not one for all arrays, enums and the like.
WITH odd AS MATERIALIZED (
    SELECT q.attrelid FROM pg_attribute q
    WHERE q.attnum > 0 AND (q.attcollation NOT IN ('0', '100') OR q.attstattarget >= 0
        OR pg_catalog.starts_with(q.attoptions[1], 'pg_attver=') IS FALSE -- from 13
        ))
SELECT j.indexrelid AS id, k.place AS sub,
    CASE WHEN k.number = '0' THEN '(' || pg_catalog.pg_get_indexdef(j.indexrelid, k.place::integer, true) || ')' END AS expression,
    CASE WHEN k.number = '0' THEN ia.attname END AS name,
    CASE k.option WHEN 1 THEN 'DESC NULLS LAST' WHEN 2 THEN 'NULLS FIRST' WHEN 3 THEN 'DESC' END AS order,
    CASE WHEN NOT p.opcdefault OR exact.oid IS NOT NULL
        OR ia.attoptions IS NOT NULL -- from 13
        THEN CASE WHEN pg_catalog.pg_opclass_is_visible(p.oid) THEN '' ELSE pg_catalog.quote_ident(p.nspname) || '.' END
            || pg_catalog.quote_ident(p.opcname)
            || COALESCE(' (' || pg_catalog.array_to_string(ia.attoptions, ', ') || ')', '') -- from 13
        END AS "operator class",
    CASE WHEN k.collated <> COALESCE(a.attcollation, NULLIF(t.typcollation, '0'), '100') THEN (
        SELECT CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN '' ELSE pg_catalog.quote_ident(ln.nspname) || '.' END
            || pg_catalog.quote_ident(l.collname)
        FROM pg_collation l JOIN pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = k.collated) END AS collation,
    CASE WHEN ia.attstattarget >= 0 THEN ia.attstattarget END AS "statistics target"
FROM (
    SELECT i.indexrelid, i.indrelid, i.indkey, i.indoption, i.indclass, i.indcollation
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE :schemas
        AND (i.indexprs IS NOT NULL
            OR '0' <> ANY (i.indoption::smallint[])
            OR i.indclass::oid[] && ARRAY(
                SELECT p.oid FROM pg_opclass p JOIN pg_type y ON y.oid = p.opcintype
                WHERE NOT p.opcdefault OR y.typtype = 'p' OR EXISTS (
                    SELECT FROM pg_opclass own JOIN pg_cast w ON w.castsource = own.opcintype
                    WHERE own.opcmethod = p.opcmethod AND own.opcdefault AND w.casttarget = p.opcintype AND w.castmethod = 'b'))
            OR i.indrelid IN (SELECT attrelid FROM odd) OR i.indexrelid IN (SELECT attrelid FROM odd))
    OFFSET 0) j
CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(j.indkey::smallint[]), pg_catalog.unnest(j.indoption::smallint[]),
    pg_catalog.unnest(j.indclass::oid[]), pg_catalog.unnest(j.indcollation::oid[])) WITH ORDINALITY k (number, option, class, collated, place)
CROSS JOIN LATERAL (SELECT x.attname, x.atttypid, x.attstattarget
    , x.attoptions -- from 13
    FROM pg_attribute x WHERE x.attrelid = j.indexrelid AND x.attnum = k.place OFFSET 0) ia
LEFT JOIN LATERAL (SELECT x.attcollation, x.atttypid
    FROM pg_attribute x WHERE x.attrelid = j.indrelid AND x.attnum = k.number AND x.attnum > 0 OFFSET 0) a ON true
LEFT JOIN LATERAL (SELECT y.oid, y.typcollation, y.typbasetype
    FROM pg_type y WHERE y.oid = COALESCE(a.atttypid, ia.atttypid) OFFSET 0) t ON true
LEFT JOIN LATERAL (SELECT o.oid, o.opcname, o.opcdefault, o.opcmethod, pn.nspname
    FROM pg_opclass o JOIN pg_namespace pn ON pn.oid = o.opcnamespace WHERE o.oid = k.class OFFSET 0) p ON true
LEFT JOIN pg_opclass exact ON exact.opcmethod = p.opcmethod AND exact.opcdefault AND exact.oid <> p.oid
    AND exact.opcintype = CASE WHEN k.number <> '0' THEN COALESCE(NULLIF(t.typbasetype, '0'), t.oid) END
