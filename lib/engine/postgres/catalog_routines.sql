-- A name is told apart by its argument types, and is quoted where it has to be, so that it ends at the parenthesis.
SELECT p.oid AS id, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
    n.nspname AS schema, pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' AS name,
    pg_catalog.pg_get_userbyid(p.proowner) AS owner,
    pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
    CASE WHEN p.prokind IN ('f', 'w') THEN pg_catalog.pg_get_function_result(p.oid) END AS returns,
    CASE WHEN p.prokind <> 'a' THEN l.lanname END AS language,
    CASE WHEN p.prokind <> 'a' THEN p.prosrc END AS definition, -- before 14
    CASE WHEN p.prokind <> 'a' THEN COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) END AS definition, -- from 14
    CASE WHEN p.prosecdef THEN 'definer' END AS security,
    CASE WHEN p.prokind <> 'a' THEN
        pg_catalog.array_remove(ARRAY[
            'AS ' || pg_catalog.quote_literal(p.probin),
            CASE WHEN p.prosqlbody IS NOT NULL THEN 'BODY' END, -- from 14
            CASE WHEN p.prokind = 'w' THEN 'WINDOW' END,
            CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' END,
            CASE WHEN p.proisstrict THEN 'STRICT' END,
            CASE WHEN p.proleakproof THEN 'LEAKPROOF' END,
            CASE p.proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END,
            CASE WHEN p.procost <> CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END THEN 'COST ' || p.procost END,
            CASE WHEN p.proretset AND p.prorows <> 1000 THEN 'ROWS ' || p.prorows END,
            'SUPPORT ' || NULLIF(p.prosupport::oid, '0')::regproc], NULL)
        || ARRAY(SELECT 'TRANSFORM FOR TYPE ' || pg_catalog.format_type(t, NULL) FROM pg_catalog.unnest(p.protrftypes) t)
        || ARRAY(SELECT 'SET ' || c FROM pg_catalog.unnest(p.proconfig) c ORDER BY c COLLATE "C")
    ELSE
        pg_catalog.array_remove(ARRAY[
            'SFUNC ' || a.aggtransfn::regproc,
            'STYPE ' || pg_catalog.format_type(a.aggtranstype, NULL),
            'SSPACE ' || NULLIF(a.aggtransspace, 0),
            'FINALFUNC ' || NULLIF(a.aggfinalfn::oid, '0')::regproc,
            CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
            'FINALFUNC_MODIFY ' || CASE WHEN a.aggfinalmodify <> CASE WHEN a.aggkind = 'n' THEN 'r'::"char" ELSE 'w' END
                THEN a.aggfinalmodify::text END,
            'COMBINEFUNC ' || NULLIF(a.aggcombinefn::oid, '0')::regproc,
            'SERIALFUNC ' || NULLIF(a.aggserialfn::oid, '0')::regproc,
            'DESERIALFUNC ' || NULLIF(a.aggdeserialfn::oid, '0')::regproc,
            'INITCOND ' || pg_catalog.quote_literal(a.agginitval),
            'MSFUNC ' || NULLIF(a.aggmtransfn::oid, '0')::regproc,
            'MINVFUNC ' || NULLIF(a.aggminvtransfn::oid, '0')::regproc,
            'MSTYPE ' || CASE WHEN a.aggmtranstype <> 0 THEN pg_catalog.format_type(a.aggmtranstype, NULL) END,
            'MSSPACE ' || NULLIF(a.aggmtransspace, 0),
            'MFINALFUNC ' || NULLIF(a.aggmfinalfn::oid, '0')::regproc,
            CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
            'MFINALFUNC_MODIFY ' || CASE WHEN a.aggmfinalfn <> 0 AND a.aggmfinalmodify <> CASE WHEN a.aggkind = 'n'
                THEN 'r'::"char" ELSE 'w' END THEN a.aggmfinalmodify::text END,
            'MINITCOND ' || pg_catalog.quote_literal(a.aggminitval),
            'SORTOP ' || NULLIF(a.aggsortop, '0')::regoperator,
            CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END,
            CASE p.proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END], NULL)
    END AS "options[]"
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_language l ON l.oid = p.prolang
LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
LEFT JOIN pg_depend e ON e.classid = '1255' AND e.objid = p.oid AND e.deptype IN ('e', 'i')
WHERE e.objid IS NULL AND :schemas
