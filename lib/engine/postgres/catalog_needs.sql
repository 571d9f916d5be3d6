-- What needs what. Internal dependencies are parts of one object, but for what a view's query needs. Of the partitions to which a
-- foreign key leads, the server notes the columns and keys only.
SELECT d.classid AS class, d.objid AS id, d.objsubid AS sub,
    d.refclassid AS "needed class", d.refobjid AS "needed id", d.refobjsubid AS "needed sub"
FROM pg_depend d
WHERE (d.deptype IN ('n', 'a') OR (d.deptype = 'i' AND d.classid = '2618' AND d.refclassid <> '1259'))
    AND d.objid >= '16384' AND (d.refobjid >= '16384' OR d.refclassid = '2615')
UNION ALL SELECT '2606', k.oid, 0, '1259', k.confrelid, 0
FROM pg_constraint k JOIN pg_constraint up ON up.oid = k.conparentid AND up.conrelid = k.conrelid
WHERE k.contype = 'f'
