-- Enums, domains and ranges; composite types are relations.
SELECT t.oid AS id,
    CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'range type' END AS kind,
    n.nspname AS schema, t.typname AS name, pg_catalog.pg_get_userbyid(t.typowner) AS owner,
    e.labels AS "labels[]",
    CASE t.typtype WHEN 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
        WHEN 'r' THEN pg_catalog.format_type(r.rngsubtype, NULL) END AS type,
    CASE WHEN t.typnotnull THEN 'yes' END AS "not null",
    pg_catalog.pg_get_expr(t.typdefaultbin, 0) AS default,
    CASE WHEN l.oid <> COALESCE(b.typcollation, s.typcollation) THEN
        CASE WHEN pg_catalog.pg_collation_is_visible(l.oid) THEN '' ELSE pg_catalog.quote_ident(ln.nspname) || '.' END
        || pg_catalog.quote_ident(l.collname) END AS collation,
    CASE WHEN NOT o.opcdefault THEN ARRAY[CASE WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN ''
        ELSE pg_catalog.quote_ident(opn.nspname) || '.' END || pg_catalog.quote_ident(o.opcname)] END AS "operator classes[]",
    CASE WHEN t.typtype = 'r' THEN pg_catalog.array_remove(ARRAY[
        'canonical=' || NULLIF(r.rngcanonical::oid, '0')::regproc,
        'multirange_type_name=' || pg_catalog.format_type(r.rngmultitypid, NULL), -- from 14
        'subtype_diff=' || NULLIF(r.rngsubdiff::oid, '0')::regproc], NULL) END AS "options[]"
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN (SELECT e.enumtypid, pg_catalog.array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
           FROM pg_enum e GROUP BY e.enumtypid) e ON e.enumtypid = t.oid
LEFT JOIN pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_type s ON s.oid = r.rngsubtype
LEFT JOIN pg_collation l ON l.oid = COALESCE(r.rngcollation, t.typcollation)
LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
LEFT JOIN pg_opclass o ON o.oid = r.rngsubopc
LEFT JOIN pg_namespace opn ON opn.oid = o.opcnamespace
WHERE t.typtype IN ('e', 'd', 'r') AND :schemas
