SELECT e.oid AS id, 'event trigger' AS kind, e.evtname AS name, pg_catalog.pg_get_userbyid(e.evtowner) AS owner,
    ARRAY[e.evtevent::text] AS "events[]",
    CASE WHEN e.evttags IS NOT NULL THEN ARRAY(SELECT 'tag=' || t FROM pg_catalog.unnest(e.evttags) t ORDER BY t COLLATE "C")
        END AS "options[]",
    e.evtfoid::regproc || '()' AS command,
    CASE e.evtenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled
FROM pg_event_trigger e
