-- Sequences of identity columns are read with their columns.
SELECT c.oid AS id, 'sequence' AS kind, n.nspname AS schema, c.relname AS name,
    pg_catalog.pg_get_userbyid(c.relowner) AS owner,
    CASE c.relpersistence WHEN 'u' THEN 'unlogged' END AS persistence,
    NULLIF(pg_catalog.format_type(s.seqtypid, NULL), 'bigint') AS type,
    NULLIF(s.seqincrement, 1) AS increment,
    NULLIF(s.seqmin, d.minimum) AS minimum,
    NULLIF(s.seqmax, d.maximum) AS maximum,
    NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END) AS start,
    NULLIF(s.seqcache, 1) AS cache,
    CASE WHEN s.seqcycle THEN 'yes' END AS cycle,
    o.refobjid::regclass::text || '.' || (SELECT pg_catalog.quote_ident(a.attname) FROM pg_attribute a
        WHERE a.attrelid = o.refobjid AND a.attnum = o.refobjsubid) AS "owned by"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_sequence s ON s.seqrelid = c.oid
CROSS JOIN LATERAL (SELECT
    CASE WHEN s.seqincrement > 0 THEN '1' WHEN s.seqtypid = '21' THEN '-32768' WHEN s.seqtypid = '23' THEN '-2147483648'
        ELSE '-9223372036854775808' END::bigint AS minimum,
    CASE WHEN s.seqincrement < 0 THEN '-1' WHEN s.seqtypid = '21' THEN '32767' WHEN s.seqtypid = '23' THEN '2147483647'
        ELSE '9223372036854775807' END::bigint AS maximum) d
LEFT JOIN pg_depend o ON o.classid = '1259' AND o.objid = c.oid AND o.objsubid = 0
    AND o.refclassid = '1259' AND o.deptype IN ('a', 'i')
WHERE c.relkind = 'S' AND o.deptype IS DISTINCT FROM 'i' AND :schemas
