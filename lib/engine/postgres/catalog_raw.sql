-- The rows from which the catalog of a whole database is read, as they are. What initdb made is the same in all databases of a
-- server. A query under an `if` is sent when that is true: one look at many tables costs less than a query of each.
SELECT o.* FROM pg_namespace o WHERE o.nspname !~ '^pg_' AND o.nspname <> 'information_schema';
SELECT o.* FROM pg_class o WHERE o.oid >= 16384;
SELECT o.* FROM pg_attribute o WHERE o.attrelid >= 16384 AND o.attnum > 0;
SELECT o.* FROM pg_constraint o WHERE o.oid >= 16384;
SELECT o.* FROM pg_index o WHERE o.indexrelid >= 16384;
SELECT o.* FROM pg_proc o WHERE o.oid >= 16384;
-- Without the functions of base types, which are named only.
SELECT o.oid, o.typname, o.typnamespace, o.typowner, o.typtype, o.typcategory, o.typisdefined, o.typrelid, o.typelem, o.typarray,
    o.typnotnull, o.typbasetype, o.typtypmod, o.typndims, o.typcollation, o.typdefaultbin, o.typdefault, o.typacl
FROM pg_type o WHERE o.oid >= 16384;
SELECT o.* FROM pg_description o WHERE o.objoid >= 16384 OR o.objoid = '2200';
SELECT o.* FROM pg_depend o WHERE o.objid >= 16384;
-- The text of an expression depends on the settings of the session.
SELECT o.encoding, o.datcollate, o.datctype FROM pg_database o WHERE o.datname = pg_catalog.current_database();
-- if pg_relation_size('pg_db_role_setting') > 0
SELECT o.setrole::text, o.setdatabase = '0', o.setconfig
FROM pg_db_role_setting o
WHERE o.setdatabase IN ('0', (SELECT b.oid FROM pg_database b WHERE b.datname = pg_catalog.current_database()));
-- if pg_relation_size('pg_attrdef') > 0
SELECT o.* FROM pg_attrdef o;
-- if pg_relation_size('pg_sequence') > 0
SELECT o.* FROM pg_sequence o;
-- if pg_relation_size('pg_trigger') > 0
SELECT o.* FROM pg_trigger o;
-- if pg_relation_size('pg_enum') > 0
SELECT o.* FROM pg_enum o;
-- if pg_relation_size('pg_inherits') > 0
SELECT o.* FROM pg_inherits o;
-- if pg_relation_size('pg_partitioned_table') > 0
SELECT o.* FROM pg_partitioned_table o;
-- if pg_relation_size('pg_policy') > 0
SELECT o.* FROM pg_policy o;
-- if pg_relation_size('pg_statistic_ext') > 0
SELECT o.* FROM pg_statistic_ext o;
-- if pg_relation_size('pg_event_trigger') > 0
SELECT o.* FROM pg_event_trigger o;
-- if pg_relation_size('pg_publication') > 0
SELECT o.* FROM pg_publication o;
-- if pg_relation_size('pg_publication') > 0
SELECT o.* FROM pg_publication_rel o;
-- if pg_relation_size('pg_publication') > 0 -- from 15
SELECT o.* FROM pg_publication_namespace o; -- from 15
-- if pg_relation_size('pg_foreign_data_wrapper') > 0
SELECT o.* FROM pg_foreign_data_wrapper o;
-- if pg_relation_size('pg_foreign_server') > 0
SELECT o.* FROM pg_foreign_server o;
-- if pg_relation_size('pg_foreign_table') > 0
SELECT o.* FROM pg_foreign_table o;
-- if pg_relation_size('pg_default_acl') > 0
SELECT o.* FROM pg_default_acl o;
-- if pg_relation_size('pg_seclabel') > 0
SELECT o.* FROM pg_seclabel o WHERE o.objoid >= 16384 OR o.objoid = '2200';
-- if pg_relation_size('pg_shseclabel') > 0
SELECT o.provider, b.datname FROM pg_shseclabel o JOIN pg_database b ON b.oid = o.objoid
WHERE o.classoid = 'pg_database'::regclass AND b.datname = pg_catalog.current_database();
-- if EXISTS (SELECT FROM pg_rewrite o WHERE o.oid >= 16384)
SELECT o.* FROM pg_rewrite o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_aggregate o WHERE o.aggfnoid >= 16384)
SELECT o.aggtransfn::oid, o.aggfinalfn::oid, o.aggcombinefn::oid, o.aggserialfn::oid, o.aggdeserialfn::oid, o.aggmtransfn::oid,
    o.aggminvtransfn::oid, o.aggmfinalfn::oid, o.*
FROM pg_aggregate o WHERE o.aggfnoid >= 16384;
-- if EXISTS (SELECT FROM pg_range o WHERE o.rngtypid >= 16384)
SELECT o.* FROM pg_range o WHERE o.rngtypid >= 16384;
-- if EXISTS (SELECT FROM pg_collation o WHERE o.oid >= 16384)
SELECT o.* FROM pg_collation o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_extension o WHERE o.oid >= 16384)
SELECT o.* FROM pg_extension o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_language o WHERE o.oid >= 16384)
SELECT o.* FROM pg_language o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_am o WHERE o.oid >= 16384)
SELECT o.* FROM pg_am o WHERE o.oid >= 16384;
-- if EXISTS (SELECT FROM pg_cast o WHERE o.oid >= 16384)
SELECT o.* FROM pg_cast o WHERE o.oid >= 16384;
-- if pg_relation_size('pg_subscription') > 0
SELECT o.subname FROM pg_subscription o JOIN pg_database b ON b.oid = o.subdbid WHERE b.datname = pg_catalog.current_database();
