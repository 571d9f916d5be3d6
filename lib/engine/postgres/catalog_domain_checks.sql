SELECT c.oid AS id, 'check constraint' AS kind, c.contypid AS parent, c.conname AS name,
    t.typname AS "made up from", 'check' AS "made up as",
    pg_catalog.pg_get_expr(c.conbin, 0) AS expression,
    CASE WHEN NOT c.convalidated THEN 'no' END AS valid
FROM pg_constraint c
JOIN pg_type t ON t.oid = c.contypid
JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.contypid <> 0 AND c.contype = 'c' AND :schemas
