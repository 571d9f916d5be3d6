-- sqlite_stat1 is listed to tell whether there are estimates. What has no text is the index of a constraint.
SELECT type, name, tbl_name, sql
FROM main.sqlite_master
WHERE sql IS NOT NULL AND (name NOT LIKE 'sqlite\_%' ESCAPE '\' OR name = 'sqlite_stat1')
