-- The names of columns that foreign keys refer to in schemas that are not read.
SELECT a.attrelid AS id, a.attnum AS sub, a.attname AS name
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN (SELECT DISTINCT o.confrelid FROM pg_constraint o WHERE o.contype = 'f') o ON o.confrelid = a.attrelid
WHERE a.attnum > 0 AND NOT :schemas
