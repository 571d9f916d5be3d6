SELECT p.oid AS id, 'policy' AS kind, p.polrelid AS parent, p.polname AS name,
    CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' END AS command,
    CASE WHEN NOT p.polpermissive THEN ARRAY['restrictive'] END AS "options[]",
    CASE WHEN p.polroles <> '{0}' THEN ARRAY(SELECT pg_catalog.quote_ident(r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)
        ORDER BY r.rolname) END AS "roles[]",
    pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "with check"
FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE :schemas
