-- The collation is looked up for the few columns that have another than their type's; defaults are read by themselves. From 18
-- a constraint keeps a column from being null; its name is told when it is not the usual one. Newer minor versions (15.20, 17.12)
-- note among the options of each column when it was made: nobody has set that, and it is another number in each database.
SELECT a.attrelid AS parent, a.attnum AS sub, a.attname AS name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attnotnull THEN 'yes' END AS "not null", -- before 18
    CASE WHEN a.attnotnull THEN COALESCE(NULLIF(pg_catalog.concat_ws(', ', CASE WHEN NOT o.convalidated THEN 'not valid' END, -- from 18
        CASE WHEN o.connoinherit THEN 'no inherit' END), ''), 'yes') END AS "not null", -- from 18
    CASE WHEN o.conislocal THEN NULLIF(o.conname::text, c.relname::text || '_' || a.attname::text || '_not_null') END AS "not null name", -- from 18
    CASE WHEN a.attgenerated = 's' THEN 'yes' END AS stored,
    CASE a.attidentity WHEN '' THEN NULL WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
    CASE WHEN a.attcollation <> t.typcollation THEN (
        SELECT CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN '' ELSE pg_catalog.quote_ident(ln.nspname) || '.' END
            || pg_catalog.quote_ident(l.collname)
        FROM pg_collation l JOIN pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = a.attcollation) END AS collation,
    CASE WHEN a.attstorage <> t.typstorage AND c.relkind <> 'v' THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
        WHEN 'm' THEN 'main' ELSE 'extended' END END AS storage,
    CASE a.attcompression WHEN '' THEN NULL WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression, -- from 14
    CASE WHEN a.attstattarget >= 0 AND c.relkind <> 'v' THEN a.attstattarget END AS "statistics target",
    CASE WHEN NOT pg_catalog.starts_with(a.attoptions[1], 'pg_attver=') OR a.attoptions[2] IS NOT NULL OR a.attfdwoptions IS NOT NULL THEN
        ARRAY(SELECT o FROM pg_catalog.unnest(pg_catalog.array_cat(a.attoptions, a.attfdwoptions)) o
            WHERE NOT pg_catalog.starts_with(o, 'pg_attver=') ORDER BY o COLLATE "C")
        END AS "options[]",
    CASE WHEN NOT a.attislocal THEN 'yes' END AS inherited
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_constraint o ON o.conrelid = a.attrelid AND o.conkey[1] = a.attnum AND o.contype = 'n' -- from 18
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND :schemas
