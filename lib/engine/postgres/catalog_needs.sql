-- What needs what. A view's rule stands for the view, a default for its column, a row type for its table, an array for its elements.
-- What owns a sequence is told by the sequence.
SELECT
    CASE d.classid WHEN 'pg_attrdef'::regclass THEN 'pg_class' WHEN 'pg_rewrite'::regclass THEN
        CASE WHEN w.rulename = '_RETURN' THEN 'pg_class' ELSE 'pg_rewrite' END
        WHEN 'pg_type'::regclass THEN CASE WHEN s.typrelid <> 0 THEN 'pg_class' ELSE 'pg_type' END
        ELSE k.relname END AS class,
    CASE d.classid WHEN 'pg_attrdef'::regclass THEN f.adrelid WHEN 'pg_rewrite'::regclass THEN
        CASE WHEN w.rulename = '_RETURN' THEN w.ev_class ELSE d.objid END
        WHEN 'pg_type'::regclass THEN CASE WHEN s.typrelid <> 0 THEN s.typrelid ELSE d.objid END
        ELSE d.objid END AS id,
    COALESCE(f.adnum, d.objsubid) AS sub,
    CASE WHEN d.refclassid = 'pg_type'::regclass AND COALESCE(e.typrelid, t.typrelid) <> 0 THEN 'pg_class'
        ELSE rk.relname END AS "needed class",
    CASE WHEN d.refclassid = 'pg_type'::regclass THEN COALESCE(NULLIF(COALESCE(e.typrelid, t.typrelid), 0), e.oid, t.oid)
        ELSE d.refobjid END AS "needed id",
    d.refobjsubid AS "needed sub"
FROM pg_depend d
JOIN pg_class k ON k.oid = d.classid
JOIN pg_class rk ON rk.oid = d.refclassid
LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
LEFT JOIN pg_type s ON d.classid = 'pg_type'::regclass AND s.oid = d.objid
LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typelem <> 0 AND t.typlen = -1
LEFT JOIN pg_class q ON d.classid = 'pg_class'::regclass AND q.oid = d.objid AND q.relkind = 'S' AND d.deptype = 'a'
WHERE (d.deptype IN ('n', 'a') OR (d.deptype = 'i' AND d.classid = 'pg_rewrite'::regclass AND d.refclassid <> 'pg_class'::regclass))
    AND d.objid >= 16384 AND (d.refobjid >= 16384 OR d.refclassid = 'pg_namespace'::regclass) AND q.oid IS NULL
