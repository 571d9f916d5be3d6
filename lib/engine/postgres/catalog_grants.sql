-- Who was granted more, or less, than what the kind of object grants by itself. The owner's own rights are not told.
SELECT g.class, g.object AS "parent id", g.sub AS "parent sub", 'grant' AS kind, g.grantee AS name,
    ARRAY(SELECT p FROM pg_catalog.unnest(g.now) p ORDER BY p) AS "privileges[]"
FROM (
    SELECT a.class, a.object, a.sub, CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(x.grantee) END AS grantee,
        pg_catalog.array_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            ORDER BY x.privilege_type, x.is_grantable) FILTER (WHERE x.actual) AS now,
        pg_catalog.array_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            ORDER BY x.privilege_type, x.is_grantable) FILTER (WHERE NOT x.actual) AS usual
    FROM (
        SELECT 1259 AS class, c.oid AS object, 0 AS sub, c.relowner AS owner, c.relacl AS acl,
            pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS normal
        FROM pg_class c WHERE c.relacl IS NOT NULL
        UNION ALL SELECT 1259, t.attrelid, t.attnum, c.relowner, t.attacl, pg_catalog.acldefault('c', c.relowner)
        FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid WHERE t.attacl IS NOT NULL
        UNION ALL SELECT 1255, p.oid, 0, p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
        FROM pg_proc p WHERE p.proacl IS NOT NULL
        UNION ALL SELECT 1247, t.oid, 0, t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
        FROM pg_type t WHERE t.typacl IS NOT NULL
        UNION ALL SELECT 2615, n.oid, 0, n.nspowner, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
        FROM pg_namespace n WHERE n.nspacl IS NOT NULL
        UNION ALL SELECT 2328, w.oid, 0, w.fdwowner, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)
        FROM pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
        UNION ALL SELECT 1417, s.oid, 0, s.srvowner, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
        FROM pg_foreign_server s WHERE s.srvacl IS NOT NULL) a
    CROSS JOIN LATERAL (SELECT e.*, true AS actual FROM pg_catalog.aclexplode(a.acl) e
        UNION ALL SELECT e.*, false FROM pg_catalog.aclexplode(a.normal) e) x
    WHERE x.grantee <> a.owner
    GROUP BY a.class, a.object, a.sub, x.grantee) g
WHERE pg_catalog.array_to_string(g.now, ',') IS DISTINCT FROM pg_catalog.array_to_string(g.usual, ',')
