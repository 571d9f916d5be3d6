SELECT p.oid AS id, 'publication' AS kind, p.pubname AS name, pg_catalog.pg_get_userbyid(p.pubowner) AS owner,
    CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate) THEN pg_catalog.array_remove(ARRAY[
        CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) END AS "events[]",
    CASE WHEN p.pubviaroot THEN ARRAY['publish_via_partition_root=true'] END AS "options[]", -- from 13 before 18
    pg_catalog.array_remove(ARRAY[CASE p.pubgencols WHEN 's' THEN 'publish_generated_columns=stored' END, -- from 18
        CASE WHEN p.pubviaroot THEN 'publish_via_partition_root=true' END], NULL) AS "options[]", -- from 18
    CASE WHEN p.puballtables THEN ARRAY['ALL TABLES'] ELSE ARRAY(
        SELECT r.prrelid::regclass::text
            || COALESCE(' (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) -- from 15
                FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '') -- from 15
            || COALESCE(' WHERE (' || pg_catalog.pg_get_expr(r.prqual, r.prrelid) || ')', '') -- from 15
        FROM pg_publication_rel r WHERE r.prpubid = p.oid ORDER BY 1)
        || ARRAY(SELECT 'TABLES IN SCHEMA ' || pg_catalog.quote_ident(n.nspname) -- from 15
            FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid -- from 15
            WHERE s.pnpubid = p.oid ORDER BY 1) -- from 15
    END AS "tables[]"
FROM pg_publication p
