-- Those of an extension are left out with all else that belongs to it.
SELECT w.oid AS id, 'foreign data wrapper' AS kind, w.fdwname AS name, pg_catalog.pg_get_userbyid(w.fdwowner) AS owner,
    CASE WHEN w.fdwhandler <> 0 THEN w.fdwhandler::regproc::text END AS handler,
    CASE WHEN w.fdwvalidator <> 0 THEN w.fdwvalidator::regproc::text END AS validator,
    ARRAY(SELECT o FROM pg_catalog.unnest(w.fdwoptions) o ORDER BY o COLLATE "C") AS "options[]"
FROM pg_foreign_data_wrapper w
