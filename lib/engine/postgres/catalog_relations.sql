SELECT c.oid AS id,
    CASE c.relkind WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
        WHEN 'c' THEN 'composite type' ELSE 'table' END AS kind,
    n.nspname AS schema, c.relname AS name, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
    c.reltuples::bigint AS rows, -- from 14
    CASE WHEN c.relpages > 0 THEN c.reltuples::bigint END AS rows, -- before 14
    CASE c.relpersistence WHEN 'u' THEN 'unlogged' END AS persistence,
    NULLIF(m.amname, 'heap') AS "access method",
    s.spcname AS tablespace,
    CASE WHEN c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL OR f.ftoptions IS NOT NULL THEN
        ARRAY(SELECT o FROM pg_catalog.unnest(c.reloptions) o ORDER BY o COLLATE "C")
        || ARRAY(SELECT 'toast.' || o FROM pg_catalog.unnest(t.reloptions) o ORDER BY o COLLATE "C")
        || ARRAY(SELECT o FROM pg_catalog.unnest(f.ftoptions) o ORDER BY o COLLATE "C") END AS "options[]",
    CASE WHEN c.relkind IN ('r', 'p') THEN CASE c.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN
        (SELECT 'index ' || pg_catalog.quote_ident(ic.relname) FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
         WHERE i.indrelid = c.oid AND i.indisreplident) END END AS "replica identity",
    CASE WHEN c.relforcerowsecurity AND c.relrowsecurity THEN 'enabled, forced' WHEN c.relrowsecurity THEN 'enabled'
        WHEN c.relforcerowsecurity THEN 'forced' END AS "row security",
    CASE WHEN NOT c.relispartition THEN h.parents END AS "inherits[]",
    CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS "partition by",
    CASE WHEN c.relispartition THEN h.parents[1] END AS "partition of",
    pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS "partition bound",
    CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END AS type,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.regexp_replace(
        pg_catalog.pg_get_viewdef(c.oid), '^( *FROM )\((VALUES \()', '\1( \2', 'gn') END AS definition,
    fs.srvname AS server,
    CASE WHEN c.relkind = 'c' THEN ARRAY(
        SELECT pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attcollation <> y.typcollation THEN ' COLLATE ' || CASE WHEN pg_catalog.pg_collation_is_visible(l.oid)
                THEN '' ELSE pg_catalog.quote_ident(ln.nspname) || '.' END || pg_catalog.quote_ident(l.collname) ELSE '' END
        FROM pg_attribute a
        JOIN pg_type y ON y.oid = a.atttypid
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) END AS "fields[]"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid
LEFT JOIN pg_foreign_server fs ON fs.oid = f.ftserver
LEFT JOIN (SELECT i.inhrelid, pg_catalog.array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno) AS parents
           FROM pg_inherits i GROUP BY i.inhrelid) h ON h.inhrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') AND :schemas
