-- On routines, tables, views and sequences, and on columns, by what is stored: information_schema shows a user only his own.
SELECT Routine_type, Routine_name, '', User, Host, Proc_priv
FROM mysql.procs_priv
WHERE Db = DATABASE()
UNION ALL
SELECT 'TABLE', Table_name, '', User, Host, Table_priv
FROM mysql.tables_priv
WHERE Db = DATABASE()
UNION ALL
SELECT 'COLUMN', Table_name, Column_name, User, Host, Column_priv
FROM mysql.columns_priv
WHERE Db = DATABASE()
