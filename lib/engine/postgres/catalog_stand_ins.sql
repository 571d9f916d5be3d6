-- Who stands for whom in what needs what: a view's rule for the view, a row type for its table, an array for its elements, a
-- multirange for its range, a published table or schema for its publication, what a foreign key has for a partition that it leads
-- to for the foreign key.
SELECT 2618 AS class, w.oid AS id, 1259 AS "for class", w.ev_class AS "for id"
FROM pg_rewrite w WHERE w.rulename = '_RETURN' AND w.oid >= '16384'
UNION ALL SELECT 1247, t.oid, CASE WHEN t.typrelid <> '0' THEN 1259 ELSE 1247 END,
    CASE WHEN t.typrelid <> '0' THEN t.typrelid ELSE t.typelem END
FROM pg_type t WHERE t.oid >= '16384' AND (t.typrelid <> '0' OR (t.typelem <> '0' AND t.typlen = '-1'))
UNION ALL SELECT 1247, r.rngmultitypid, 1247, r.rngtypid FROM pg_range r WHERE r.rngmultitypid >= '16384' -- from 14
UNION ALL SELECT 6106, r.oid, 6104, r.prpubid FROM pg_publication_rel r
UNION ALL SELECT 6237, s.oid, 6104, s.pnpubid FROM pg_publication_namespace s -- from 15
UNION ALL SELECT 2606, k.oid, 2606, up.oid
FROM pg_constraint k JOIN pg_constraint up ON up.oid = k.conparentid AND up.conrelid = k.conrelid
WHERE k.contype = 'f'
