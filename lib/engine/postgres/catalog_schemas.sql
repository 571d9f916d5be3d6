SELECT n.oid AS id, 'schema' AS kind, n.nspname AS name, pg_catalog.pg_get_userbyid(n.nspowner) AS owner
FROM pg_namespace n
WHERE :schemas
