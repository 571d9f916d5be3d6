SELECT c.oid AS id, 'collation' AS kind, n.nspname AS schema, c.collname AS name,
    pg_catalog.pg_get_userbyid(c.collowner) AS owner,
    pg_catalog.array_remove(ARRAY[
        'provider=' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'd' THEN 'default' ELSE 'libc' END,
        'lc_collate=' || c.collcollate,
        'lc_ctype=' || c.collctype,
        'locale=' || c.colliculocale, -- from 15 before 17
        'locale=' || c.colllocale, -- from 17
        'rules=' || c.collicurules, -- from 16
        CASE WHEN NOT c.collisdeterministic THEN 'deterministic=false' END], NULL) AS "options[]"
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE :schemas
