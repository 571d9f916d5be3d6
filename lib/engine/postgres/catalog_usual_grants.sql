-- What the default privileges of the role that reads would grant with each object, were it made now, and what is granted. Nothing
-- where it has none: then all is as the kind of object says. What the role grants itself is its own right as the owner.
SELECT g.class, g.object AS "parent id", 0 AS "parent sub",
    CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(g.grantee) END AS name,
    ARRAY(SELECT p FROM pg_catalog.unnest(g.now) p WHERE p IS NOT NULL ORDER BY p) AS "privileges[]",
    ARRAY(SELECT p FROM pg_catalog.unnest(g.usual) p WHERE p IS NOT NULL ORDER BY p) AS "usual privileges[]"
FROM (
    SELECT x.class, x.object, x.grantee,
        pg_catalog.array_agg(x.privilege_type || CASE WHEN x.now_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FILTER (WHERE x.now_grantable IS NOT NULL) AS now,
        pg_catalog.array_agg(x.privilege_type || CASE WHEN x.usual_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FILTER (WHERE x.usual_grantable IS NOT NULL) AS usual
    FROM (
        SELECT o.class, o.object, e.grantee, e.privilege_type,
            pg_catalog.bool_or(e.is_grantable) FILTER (WHERE e.actual) AS now_grantable,
            pg_catalog.bool_or(e.is_grantable) FILTER (WHERE NOT e.actual) AS usual_grantable
        FROM (
            SELECT 1259 AS class, c.oid AS object, c.relowner AS owner, c.relacl AS acl, c.relnamespace AS schema,
                CASE c.relkind WHEN 'S' THEN 'S' ELSE 'r' END::"char" AS defaults, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS normal
            FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL SELECT 1255, p.oid, p.proowner, p.proacl, p.pronamespace, 'f', 'f' FROM pg_proc p
            UNION ALL SELECT 1247, t.oid, t.typowner, t.typacl, t.typnamespace, 'T', 'T' FROM pg_type t
                LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE t.typelem = 0 AND (c.relkind IS NULL OR c.relkind = 'c')) o
        JOIN pg_namespace n ON n.oid = o.schema AND :schemas
        CROSS JOIN (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user) me
        LEFT JOIN pg_default_acl d ON d.defaclrole = me.oid AND d.defaclobjtype = o.defaults AND d.defaclnamespace = 0
        LEFT JOIN pg_default_acl s ON s.defaclrole = me.oid AND s.defaclobjtype = o.defaults AND s.defaclnamespace = o.schema
        CROSS JOIN LATERAL (
            SELECT a.grantee, a.privilege_type, a.is_grantable, true AS actual
            FROM pg_catalog.aclexplode(COALESCE(o.acl, pg_catalog.acldefault(o.normal, o.owner))) a
            UNION ALL SELECT u.grantee, u.privilege_type, u.is_grantable, false
            FROM pg_catalog.aclexplode(COALESCE(d.defaclacl, pg_catalog.acldefault(o.normal, me.oid)) || COALESCE(s.defaclacl, '{}')) u
            WHERE u.grantee <> me.oid) e
        WHERE (d.oid IS NOT NULL OR s.oid IS NOT NULL) AND e.grantee <> o.owner
        GROUP BY o.class, o.object, e.grantee, e.privilege_type) x
    GROUP BY x.class, x.object, x.grantee) g
