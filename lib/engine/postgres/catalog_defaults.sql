-- A default has no columns in it, and without a table to take them from the server need not load that.
SELECT d.adrelid AS id, d.adnum AS sub, d.oid AS "also pg_attrdef",
    CASE WHEN g.attnum IS NULL THEN pg_catalog.pg_get_expr(d.adbin, '0') END AS default,
    CASE WHEN g.attnum IS NOT NULL THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS generated
FROM pg_attrdef d
JOIN pg_class c ON c.oid = d.adrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (SELECT a.attrelid, a.attnum FROM pg_attribute a WHERE a.attgenerated <> '') g
    ON g.attrelid = d.adrelid AND g.attnum = d.adnum
WHERE :schemas
