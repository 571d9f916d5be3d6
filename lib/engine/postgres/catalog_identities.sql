-- The options of identity columns, which are those of their sequences.
SELECT o.refobjid AS id, o.refobjsubid AS sub,
    NULLIF(s.seqincrement, 1) AS increment,
    NULLIF(s.seqmin, d.minimum) AS minimum,
    NULLIF(s.seqmax, d.maximum) AS maximum,
    NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END) AS start,
    NULLIF(s.seqcache, 1) AS cache,
    CASE WHEN s.seqcycle THEN 'yes' END AS cycle
FROM pg_depend o
JOIN pg_sequence s ON s.seqrelid = o.objid
CROSS JOIN LATERAL (SELECT
    CASE WHEN s.seqincrement > 0 THEN '1' WHEN s.seqtypid = '21' THEN '-32768' WHEN s.seqtypid = '23' THEN '-2147483648'
        ELSE '-9223372036854775808' END::bigint AS minimum,
    CASE WHEN s.seqincrement < 0 THEN '-1' WHEN s.seqtypid = '21' THEN '32767' WHEN s.seqtypid = '23' THEN '2147483647'
        ELSE '9223372036854775807' END::bigint AS maximum) d
WHERE o.classid = '1259' AND o.refclassid = '1259' AND o.deptype = 'i' AND o.refobjsubid > 0
