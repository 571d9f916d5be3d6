-- What the objects of a schema need elsewhere, and what that needs: a row for each other schema, and one without a name where it is
-- an extension or a server. What is part of a relation or type is found from there. Members of an extension need only that.
WITH RECURSIVE needed (class, id) AS (
    SELECT d.classid, d.objid FROM pg_depend d JOIN pg_namespace n ON n.oid = d.refobjid
    WHERE d.refclassid = '2615' AND n.nspname = :schema
    UNION SELECT x.class, x.id FROM needed y CROSS JOIN LATERAL (
        SELECT d.refclassid, d.refobjid FROM pg_depend d
        WHERE d.classid = y.class AND d.objid = y.id AND d.refclassid <> '2615' AND d.refobjid >= '16384'
            AND (d.deptype = 'e' OR NOT EXISTS (SELECT FROM pg_depend m
                WHERE m.classid = y.class AND m.objid = y.id AND m.deptype = 'e'))
        UNION ALL SELECT d.classid, d.objid FROM pg_depend d
        WHERE y.class IN ('1247', '1259') AND d.refclassid = y.class AND d.refobjid = y.id AND d.deptype IN ('a', 'i')
            AND (d.classid IN ('1247', '2604', '2606', '2618', '2620', '3256')
                OR d.classid = '1259' AND EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = d.objid))
    ) x (class, id))
SELECT DISTINCT n.nspname
FROM needed y
LEFT JOIN pg_class c ON y.class = '1259' AND c.oid = y.id
LEFT JOIN pg_type t ON y.class = '1247' AND t.oid = y.id
LEFT JOIN pg_proc p ON y.class = '1255' AND p.oid = y.id
LEFT JOIN pg_collation l ON y.class = '3456' AND l.oid = y.id
LEFT JOIN pg_operator o ON y.class = '2617' AND o.oid = y.id
LEFT JOIN pg_opclass q ON y.class = '2616' AND q.oid = y.id
LEFT JOIN pg_extension e ON y.class = '3079' AND e.oid = y.id
LEFT JOIN pg_namespace n ON n.oid = COALESCE(c.relnamespace, t.typnamespace, p.pronamespace, l.collnamespace, o.oprnamespace,
    q.opcnamespace, e.extnamespace)
WHERE (y.class IN ('1417', '3079') OR n.nspname <> :schema)
    AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = y.class AND m.objid = y.id AND m.deptype = 'e')
