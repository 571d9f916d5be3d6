SELECT s.oid AS id, 'statistics' AS kind, n.nspname AS schema, s.stxname AS name,
    pg_catalog.pg_get_userbyid(s.stxowner) AS owner,
    c.relname AS "made up from", 'stat' AS "made up as",
    k.names || CASE WHEN s.stxexprs IS NOT NULL THEN ARRAY['expr'] ELSE '{}' END AS "made up of[]", -- from 14
    k.names AS "made up of[]", -- before 14
    CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END AS "statistics target", -- from 13
    ARRAY[s.stxrelid::regclass::text] AS "tables[]",
    k.names
    || ARRAY(SELECT '(' || e || ')' FROM pg_catalog.unnest(pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)) e) -- from 14
    AS "columns[]",
    ARRAY(SELECT CASE u.kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv' END
        FROM pg_catalog.unnest(s.stxkind) u (kind) WHERE u.kind <> 'e' ORDER BY 1) AS "options[]"
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
JOIN pg_class c ON c.oid = s.stxrelid
CROSS JOIN LATERAL (SELECT ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(s.stxkeys) WITH ORDINALITY u (number, place)
    JOIN pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = u.number ORDER BY u.place) AS names) k
WHERE :schemas
