SELECT r.oid AS id, 'rule' AS kind, r.ev_class AS parent, r.rulename AS name,
    pg_catalog.pg_get_ruledef(r.oid, true) AS definition,
    CASE r.ev_enabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND :schemas
