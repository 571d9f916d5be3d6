SELECT d.classoid AS class, d.objoid AS id, d.objsubid AS sub, d.description AS comment
FROM pg_description d
WHERE (d.objoid >= '16384' OR d.classoid = '2615') AND NOT (d.classoid = '2615' AND d.description = 'standard public schema')
