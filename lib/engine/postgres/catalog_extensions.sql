-- What initdb made (plpgsql) is in every database.
SELECT e.oid AS id, 'extension' AS kind, e.extname AS name, n.nspname AS "in schema", e.extversion AS version,
    pg_catalog.pg_get_userbyid(e.extowner) AS owner
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.oid >= 16384
