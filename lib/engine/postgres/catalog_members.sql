-- What belongs to an extension, which is left out, and is known only as a reason to need the extension.
SELECT d.classid AS class, d.objid AS id, d.refobjid AS extension
FROM pg_depend d
WHERE d.deptype = 'e' AND d.refclassid = '3079'
