-- The rows from which the catalog of a whole database is read, as they are. What initdb made is the same in all databases of a
-- server. A query under an `if` is sent when that is true; one under a `when`, when a row that was read before has that value in
-- that column: what is not there is not asked for, since in a new session the server needs longer to plan for a table than to read it.
SELECT o.* FROM pg_namespace o WHERE o.oid = '2200' OR o.oid >= 16384 AND pg_catalog.left(o.nspname::text, 3) <> 'pg_';
-- A toast table is its table's, but for its options.
SELECT o.* FROM pg_class o WHERE o.oid >= 16384 AND (o.relnamespace <> '99' OR o.reloptions IS NOT NULL);
-- Without what comes from the type, and how old rows are read.
SELECT o.attrelid, o.attname, o.atttypid, o.attstattarget, o.attnum, o.atttypmod, o.attstorage, o.attnotnull, o.atthasdef,
    o.attcompression, -- from 14
    o.attidentity, o.attgenerated, o.attisdropped, o.attislocal, o.attinhcount, o.attcollation, o.attacl, o.attoptions, o.attfdwoptions
FROM pg_attribute o WHERE o.attrelid >= 16384 AND o.attnum > 0;
SELECT o.* FROM pg_constraint o WHERE o.oid >= 16384;
SELECT o.* FROM pg_index o WHERE o.indexrelid >= 16384;
SELECT o.* FROM pg_proc o WHERE o.oid >= 16384;
-- Without the functions of base types, which are named only. A row type is its table's, but for who may use it.
SELECT o.oid, o.typname, o.typnamespace, o.typowner, o.typtype, o.typcategory, o.typisdefined, o.typelem, o.typnotnull, o.typbasetype,
    o.typtypmod, o.typcollation, o.typdefaultbin, o.typdefault, o.typacl
FROM pg_type o WHERE o.oid >= 16384 AND (o.typtype <> 'c' OR o.typacl IS NOT NULL);
SELECT o.* FROM pg_description o WHERE o.objoid >= 16384 OR o.objoid = '2200';
-- Without what the rows themselves say: the schema of a relation or type, and what a type, toast table or constraint's index is of.
SELECT o.* FROM pg_depend o WHERE o.objid >= 16384
    AND NOT (o.classid IN ('1247', '1259') AND (o.refclassid = '2615'
        OR o.deptype = 'i' AND (o.classid = '1247' OR o.refobjsubid = 0)));
-- The text of an expression depends on the settings of the session.
SELECT o.encoding, o.datcollate, o.datctype FROM pg_database o WHERE o.datname = pg_catalog.current_database();
-- if pg_relation_size('pg_db_role_setting') > 0
SELECT o.setrole::text, o.setdatabase = '0', o.setconfig
FROM pg_db_role_setting o
WHERE o.setdatabase IN ('0', (SELECT b.oid FROM pg_database b WHERE b.datname = pg_catalog.current_database()));
-- when atthasdef t
SELECT o.* FROM pg_attrdef o;
-- when relkind S
SELECT o.* FROM pg_sequence o;
-- when relhastriggers t
SELECT o.* FROM pg_trigger o;
-- when typtype e
SELECT o.* FROM pg_enum o;
-- when relhassubclass t
SELECT o.* FROM pg_inherits o;
-- when relkind p
SELECT o.* FROM pg_partitioned_table o;
-- when classid 3256
SELECT o.* FROM pg_policy o;
-- when classid 3381
SELECT o.* FROM pg_statistic_ext o;
-- when classid 3466
SELECT o.* FROM pg_event_trigger o;
-- if pg_relation_size('pg_publication') > 0
SELECT o.* FROM pg_publication o;
-- if pg_relation_size('pg_publication') > 0
SELECT o.* FROM pg_publication_rel o;
-- if pg_relation_size('pg_publication') > 0 -- from 15
SELECT o.* FROM pg_publication_namespace o; -- from 15
-- if pg_relation_size('pg_foreign_data_wrapper') > 0
SELECT o.* FROM pg_foreign_data_wrapper o;
-- when classid 1417
SELECT o.* FROM pg_foreign_server o;
-- when relkind f
SELECT o.* FROM pg_foreign_table o;
-- if pg_relation_size('pg_default_acl') > 0
SELECT o.* FROM pg_default_acl o;
-- if pg_relation_size('pg_seclabel') > 0
SELECT o.* FROM pg_seclabel o WHERE o.objoid >= 16384 OR o.objoid = '2200';
-- if pg_relation_size('pg_shseclabel') > 0
SELECT o.provider, b.datname FROM pg_shseclabel o JOIN pg_database b ON b.oid = o.objoid
WHERE o.classoid = 'pg_database'::regclass AND b.datname = pg_catalog.current_database();
-- when classid 2618
SELECT o.* FROM pg_rewrite o WHERE o.oid >= 16384;
-- when prokind a
SELECT o.aggtransfn::oid, o.aggfinalfn::oid, o.aggcombinefn::oid, o.aggserialfn::oid, o.aggdeserialfn::oid, o.aggmtransfn::oid,
    o.aggminvtransfn::oid, o.aggmfinalfn::oid, o.*
FROM pg_aggregate o WHERE o.aggfnoid >= 16384;
-- when typtype r
SELECT o.* FROM pg_range o WHERE o.rngtypid >= 16384;
-- when classid 3456, refclassid 3456
SELECT o.* FROM pg_collation o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_extension o WHERE o.oid >= 16384)
SELECT o.* FROM pg_extension o WHERE o.oid >= 16384;
-- when classid 2612, refclassid 2612
SELECT o.* FROM pg_language o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_am o WHERE o.oid >= 16384)
SELECT o.* FROM pg_am o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_cast o WHERE o.oid >= 16384)
SELECT o.* FROM pg_cast o WHERE o.oid >= 16384;
-- if pg_relation_size('pg_subscription') > 0
SELECT o.subname FROM pg_subscription o JOIN pg_database b ON b.oid = o.subdbid WHERE b.datname = pg_catalog.current_database();
