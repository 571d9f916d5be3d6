SELECT s.oid AS id, 'foreign server' AS kind, s.srvname AS name, pg_catalog.pg_get_userbyid(s.srvowner) AS owner,
    s.srvtype AS type, s.srvversion AS version, w.fdwname AS "data wrapper",
    ARRAY(SELECT o FROM pg_catalog.unnest(s.srvoptions) o ORDER BY o COLLATE "C") AS "options[]"
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
