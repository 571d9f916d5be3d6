-- The rows from which the catalog of one schema is read, as they are; catalog_raw_script.h says when which is sent. Everything in a
-- schema depends on it, or is a part of what does: so it is found by indexes, however much else is in the database.
-- let :namespace (SELECT b.oid FROM pg_namespace b WHERE b.nspname = :schema)
-- let :relations ARRAY(SELECT d.objid FROM pg_depend d WHERE d.refclassid = '2615' AND d.refobjid = :namespace AND d.classid = '1259')
-- let :types ARRAY(SELECT d.objid FROM pg_depend d WHERE d.refclassid = '2615' AND d.refobjid = :namespace AND d.classid = '1247')
-- let :routines ARRAY(SELECT d.objid FROM pg_depend d WHERE d.refclassid = '2615' AND d.refobjid = :namespace AND d.classid = '1255')
-- let :statistics ARRAY(SELECT d.objid FROM pg_depend d WHERE d.refclassid = '2615' AND d.refobjid = :namespace AND d.classid = '3381')
-- let :collations ARRAY(SELECT d.objid FROM pg_depend d WHERE d.refclassid = '2615' AND d.refobjid = :namespace AND d.classid = '3456')
-- let :indexes ARRAY(SELECT b.indexrelid FROM pg_index b WHERE b.indrelid = ANY (:relations))
-- let :composites ARRAY(SELECT b.typrelid FROM pg_type b WHERE b.oid = ANY (:types) AND b.typrelid <> '0')
-- let :constraints ARRAY(SELECT b.oid FROM pg_constraint b WHERE b.conrelid = ANY (:relations) UNION ALL SELECT b.oid FROM pg_constraint b WHERE b.contypid = ANY (:types))
-- let :defaults ARRAY(SELECT b.oid FROM pg_attrdef b WHERE b.adrelid = ANY (:relations))
-- let :triggers ARRAY(SELECT b.oid FROM pg_trigger b WHERE b.tgrelid = ANY (:relations) AND NOT b.tgisinternal)
-- let :rules ARRAY(SELECT b.oid FROM pg_rewrite b WHERE b.ev_class = ANY (:relations))
-- let :policies ARRAY(SELECT b.oid FROM pg_policy b WHERE b.polrelid = ANY (:relations))
-- What is not told here: kinds that are told of every schema though they are in none, and are no extension's.
SELECT (pg_catalog.pg_relation_size('pg_user_mapping') > 0 OR EXISTS (SELECT FROM pg_transform) OR EXISTS (SELECT FROM pg_seclabel)
    OR EXISTS (SELECT FROM pg_shseclabel s JOIN pg_database b ON b.oid = s.objoid
        WHERE s.classoid = 'pg_database'::regclass AND b.datname = pg_catalog.current_database())
    OR EXISTS (SELECT FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid WHERE b.datname = pg_catalog.current_database())
    OR EXISTS (SELECT FROM pg_cast o WHERE o.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '2605' AND d.objid = o.oid AND d.deptype IN ('e', 'i')))
    OR EXISTS (SELECT FROM pg_language o WHERE o.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '2612' AND d.objid = o.oid AND d.deptype = 'e'))
    OR EXISTS (SELECT FROM pg_am o WHERE o.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '2601' AND d.objid = o.oid AND d.deptype = 'e'))
    OR EXISTS (SELECT FROM pg_foreign_data_wrapper o WHERE o.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '2328' AND d.objid = o.oid AND d.deptype = 'e')))::int AS beyond;
-- All that is in the schema.
SELECT d.classid, d.objid AS oid FROM pg_depend d WHERE d.refclassid = '2615' AND d.refobjid = :namespace;
SELECT o.oid, o.nspowner, o.nspacl FROM pg_namespace o WHERE o.oid = :namespace;
SELECT o.* FROM pg_class o WHERE o.oid = ANY (:relations);
SELECT o.* FROM pg_index o WHERE o.indrelid = ANY (:relations);
SELECT o.* FROM pg_class o WHERE o.oid = ANY (:indexes);
-- A toast table is its table's, but for its options.
SELECT o.oid, o.reloptions FROM pg_class o
WHERE o.oid = ANY (ARRAY(SELECT b.reltoastrelid FROM pg_class b WHERE b.oid = ANY (:relations))) AND o.reloptions IS NOT NULL;
-- Without what comes from the type, and how old rows are read.
SELECT o.attrelid, o.attname, o.atttypid, o.attstattarget, o.attnum, o.atttypmod, o.attstorage, o.attnotnull, o.atthasdef,
    o.attcompression, -- from 14
    o.attidentity, o.attgenerated, o.attisdropped, o.attislocal, o.attinhcount, o.attcollation, o.attacl, o.attoptions, o.attfdwoptions
FROM pg_attribute o WHERE o.attrelid = ANY (:relations || :indexes) AND o.attnum > 0;
SELECT o.* FROM pg_constraint o WHERE o.conrelid = ANY (:relations);
-- The row types of relations; their arrays are told by their numbers.
SELECT o.oid, o.typarray, o.typowner, o.typacl FROM pg_type o
WHERE o.oid = ANY (ARRAY(SELECT b.reltype FROM pg_class b WHERE b.oid = ANY (:relations)));
SELECT o.oid, o.typname, o.typnamespace, o.typowner, o.typtype, o.typcategory, o.typisdefined, o.typrelid, o.typelem, o.typarray,
    o.typnotnull, o.typbasetype, o.typtypmod, o.typcollation, o.typdefaultbin, o.typdefault, o.typacl
FROM pg_type o WHERE o.oid = ANY (:types);
SELECT o.* FROM pg_range o WHERE o.rngtypid = ANY (:types);
-- What they need. That they are in the schema, and what a type, toast table or constraint's index is of, the rows say themselves.
SELECT o.* FROM pg_depend o WHERE o.classid = '1259' AND o.objid = ANY (:relations || :indexes || :composites)
    AND NOT (o.refclassid = '2615' AND o.refobjid = :namespace OR o.deptype = 'i' AND o.refobjsubid = 0);
SELECT o.* FROM pg_depend o WHERE o.classid = '1247' AND o.objid = ANY (:types)
    AND NOT (o.refclassid = '2615' AND o.refobjid = :namespace OR o.deptype = 'i');
SELECT o.* FROM pg_depend o WHERE o.classid = '1255' AND o.objid = ANY (:routines);
SELECT o.* FROM pg_depend o WHERE o.classid = '2604' AND o.objid = ANY (:defaults);
SELECT o.* FROM pg_depend o WHERE o.classid = '2606' AND o.objid = ANY (:constraints);
SELECT o.* FROM pg_depend o WHERE o.classid = '2618' AND o.objid = ANY (:rules);
SELECT o.* FROM pg_depend o WHERE o.classid = '2620' AND o.objid = ANY (:triggers);
SELECT o.* FROM pg_depend o WHERE o.classid = '3256' AND o.objid = ANY (:policies);
SELECT o.* FROM pg_depend o WHERE o.classid = '3381' AND o.objid = ANY (:statistics);
SELECT o.* FROM pg_depend o WHERE o.classid = '3456' AND o.objid = ANY (:collations);
-- The text of an expression depends on the settings of the session.
-- if pg_catalog.pg_relation_size('pg_db_role_setting') > 0
SELECT o.setrole::text, o.setdatabase = '0', o.setconfig
FROM pg_db_role_setting o
WHERE o.setdatabase IN ('0', (SELECT b.oid FROM pg_database b WHERE b.datname = pg_catalog.current_database()));
-- when classid 1247
SELECT o.* FROM pg_class o WHERE o.oid = ANY (:composites);
-- when classid 1247
SELECT o.* FROM pg_attribute o WHERE o.attrelid = ANY (:composites) AND o.attnum > 0;
-- when classid 1247
SELECT o.* FROM pg_enum o WHERE o.enumtypid = ANY (:types);
-- when classid 1247 -- from 14
SELECT o.oid, o.typname, o.typnamespace, o.typarray, o.typowner, o.typacl FROM pg_type o -- from 14
WHERE o.oid = ANY (ARRAY(SELECT b.rngmultitypid FROM pg_range b WHERE b.rngtypid = ANY (:types))); -- from 14
-- when classid 1247
SELECT o.* FROM pg_constraint o WHERE o.contypid = ANY (:types);
-- when classid 1255
SELECT o.* FROM pg_proc o WHERE o.oid = ANY (:routines);
-- when classid 1255
SELECT o.aggtransfn::oid, o.aggfinalfn::oid, o.aggcombinefn::oid, o.aggserialfn::oid, o.aggdeserialfn::oid, o.aggmtransfn::oid,
    o.aggminvtransfn::oid, o.aggmfinalfn::oid, o.aggfnoid::oid, o.aggkind, o.aggnumdirectargs, o.aggfinalextra, o.aggmfinalextra,
    o.aggfinalmodify, o.aggmfinalmodify, o.aggsortop, o.aggtranstype, o.aggtransspace, o.aggmtranstype, o.aggmtransspace, o.agginitval,
    o.aggminitval
FROM pg_aggregate o WHERE o.aggfnoid::oid = ANY (:routines);
-- when classid 3381
SELECT o.* FROM pg_statistic_ext o WHERE o.oid = ANY (:statistics);
-- when classid 3456
SELECT o.* FROM pg_collation o WHERE o.oid = ANY (:collations);
-- when atthasdef t
SELECT o.* FROM pg_attrdef o WHERE o.adrelid = ANY (:relations);
-- when relkind S
SELECT o.* FROM pg_sequence o WHERE o.seqrelid = ANY (:relations);
-- when relkind p
SELECT o.* FROM pg_partitioned_table o WHERE o.partrelid = ANY (:relations);
-- when relkind f
SELECT o.* FROM pg_foreign_table o WHERE o.ftrelid = ANY (:relations);
-- Triggers of constraints are told with these; what partitions have of a trigger is held against it.
-- when relhastriggers t
SELECT o.* FROM pg_trigger o WHERE o.tgrelid = ANY (:relations)
    AND (NOT o.tgisinternal
    OR o.tgparentid <> '0' -- from 13
    );
-- when relhastriggers t -- from 13
SELECT o::text AS elsewhere FROM pg_trigger o -- from 13
WHERE o.oid = ANY (ARRAY(SELECT b.tgparentid FROM pg_trigger b WHERE b.tgrelid = ANY (:relations))) AND o.tgrelid <> ALL (:relations); -- from 13
-- when relhasrules t
SELECT o.* FROM pg_rewrite o WHERE o.ev_class = ANY (:relations);
-- if pg_catalog.pg_relation_size('pg_inherits') > 0
SELECT o.* FROM pg_inherits o WHERE o.inhrelid = ANY (:relations || :indexes);
-- if pg_catalog.pg_relation_size('pg_policy') > 0
SELECT o.* FROM pg_policy o WHERE o.polrelid = ANY (:relations);
-- if pg_catalog.pg_relation_size('pg_default_acl') > 0
SELECT o.* FROM pg_default_acl o WHERE o.defaclnamespace IN ('0', :namespace);
-- if EXISTS (SELECT FROM pg_description o WHERE o.objoid >= 16384)
SELECT o.* FROM pg_description o
WHERE o.objoid = ANY (ARRAY[:namespace] || :relations || :indexes || :types || :routines || :statistics || :collations || :constraints
    || :triggers || :rules || :policies);
-- What changes how others are told, wherever it is.
-- if EXISTS (SELECT FROM pg_opclass o WHERE o.oid >= 16384)
SELECT o::text AS elsewhere FROM pg_opclass o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_cast o WHERE o.oid >= 16384 AND o.castmethod = 'b')
SELECT o::text AS elsewhere FROM pg_cast o WHERE o.oid >= 16384 AND o.castmethod = 'b';
