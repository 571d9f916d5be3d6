-- Kinds of objects that users may make and that are not modelled: they are told by name. A cast that came with a range type is part
-- of it. Of labels the tables are asked, for the view of them takes longer to plan than all of this; those of roles and tablespaces
-- are of no database. What the system has made may be labelled, too: the database, and the schema that is there anyway.
SELECT u.class::regclass::oid AS class, u.id, u.what, u.name
FROM (
    SELECT 'pg_cast' AS class, c.oid AS id, 'cast' AS what,
        pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL) AS name
    FROM pg_cast c
    WHERE NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = '2605' AND d.objid = c.oid AND d.deptype = 'i')
    UNION ALL SELECT 'pg_operator', o.oid, 'operator', o.oid::regoperator::text
    FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE :schemas
    UNION ALL SELECT 'pg_opclass', o.oid, 'operator class', n.nspname || '.' || o.opcname
    FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE :schemas
    UNION ALL SELECT 'pg_opfamily', o.oid, 'operator family', n.nspname || '.' || o.opfname
    FROM pg_opfamily o JOIN pg_namespace n ON n.oid = o.opfnamespace WHERE :schemas
    UNION ALL SELECT 'pg_conversion', o.oid, 'conversion', n.nspname || '.' || o.conname
    FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace WHERE :schemas
    UNION ALL SELECT 'pg_ts_config', o.oid, 'text search configuration', n.nspname || '.' || o.cfgname
    FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE :schemas
    UNION ALL SELECT 'pg_ts_dict', o.oid, 'text search dictionary', n.nspname || '.' || o.dictname
    FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE :schemas
    UNION ALL SELECT 'pg_ts_parser', o.oid, 'text search parser', n.nspname || '.' || o.prsname
    FROM pg_ts_parser o JOIN pg_namespace n ON n.oid = o.prsnamespace WHERE :schemas
    UNION ALL SELECT 'pg_ts_template', o.oid, 'text search template', n.nspname || '.' || o.tmplname
    FROM pg_ts_template o JOIN pg_namespace n ON n.oid = o.tmplnamespace WHERE :schemas
    UNION ALL SELECT 'pg_type', t.oid, 'base type', n.nspname || '.' || t.typname
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AND :schemas
    UNION ALL SELECT 'pg_language', l.oid, 'language', l.lanname FROM pg_language l
    UNION ALL SELECT 'pg_transform', t.oid, 'transform', pg_catalog.format_type(t.trftype, NULL) || ' for ' || l.lanname
    FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
    UNION ALL SELECT 'pg_am', a.oid, 'access method', a.amname FROM pg_am a
    UNION ALL SELECT 'pg_user_mapping', m.umid, 'user mapping', m.usename || ' on ' || m.srvname FROM pg_user_mappings m
    UNION ALL SELECT 'pg_subscription', s.oid, 'subscription', s.subname -- from 14
    UNION ALL SELECT 'pg_subscription', '16384', 'subscription', s.subname -- before 14: not everybody may read their oid
    FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid WHERE b.datname = pg_catalog.current_database()
    UNION ALL SELECT 'pg_seclabel', s.objoid, 'security label',
        s.provider || ' on ' || i.type || ' ' || i.identity
    FROM pg_seclabel s CROSS JOIN LATERAL pg_catalog.pg_identify_object(s.classoid, s.objoid, s.objsubid) i
    LEFT JOIN pg_namespace n ON n.nspname = CASE WHEN i.type = 'schema' THEN i.name ELSE i.schema END
    WHERE (s.objoid >= '16384' OR s.classoid = 'pg_namespace'::regclass AND n.nspname = 'public') AND (n.nspname IS NULL OR :schemas)
    UNION ALL SELECT 'pg_shseclabel', s.objoid, 'security label', s.provider || ' on database ' || b.datname
    FROM pg_shseclabel s JOIN pg_database b ON b.oid = s.objoid
    WHERE s.classoid = 'pg_database'::regclass AND b.datname = pg_catalog.current_database()
    UNION ALL SELECT 'pg_constraint', o.oid, 'comment on a not-null constraint', -- from 18
        COALESCE(o.conrelid::regclass::text, '') || '.' || o.conname -- from 18
    FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace -- from 18
    JOIN pg_description d ON d.classoid = '2606' AND d.objoid = o.oid WHERE o.contype = 'n' AND :schemas -- from 18
    UNION ALL SELECT 'pg_constraint', o.oid, 'name of a not-null constraint of a domain', t.typname || '.' || o.conname -- from 17
    FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace JOIN pg_type t ON t.oid = o.contypid -- from 17
    WHERE o.contype = 'n' AND o.conname !~ '_not_null[0-9]*$' AND :schemas -- from 17
) u
WHERE u.id >= 16384 OR u.what = 'security label'
ORDER BY u.what, u.name
