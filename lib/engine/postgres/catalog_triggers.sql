-- The copies that partitions have of a trigger belong to it; one that is enabled otherwise is told.
SELECT t.oid AS id, 'trigger' AS kind, t.tgrelid AS parent, t.tgname AS name,
    pg_catalog.pg_get_triggerdef(t.oid, true) AS definition,
    CASE t.tgenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled,
    CASE WHEN t.tgparentid <> 0 THEN 'yes' END AS inherited -- from 13
    NULL AS inherited -- before 13
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger up ON up.oid = t.tgparentid -- from 13
WHERE :schemas
    AND CASE WHEN t.tgparentid <> 0 THEN up.tgenabled <> t.tgenabled AND NOT up.tgisinternal ELSE NOT t.tgisinternal END -- from 13
    AND NOT t.tgisinternal -- before 13
