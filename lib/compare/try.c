#include "compare/try.h"

#include "base/error.h"
#include "diff/diff.h"
#include "engine/plan_run.h"

bool try_open(const struct source_settings *settings, size_t objects, struct engine_place **ret_place,
              dun_error *error)
{
    struct engine_place *place = NULL;
    if (!source_place_open(settings, objects, &place, error))
        return false;
    if (source_place_is_schema(place)) {
        source_place_close(settings, place);
        error_set(error, DUN_FAILED, "the role may not make a scratch database to try the statements in");
        error_hint(error,
                   "let it make one, or name another server where it may, with scratch: URL in dunlin.yaml");
        return false;
    }
    *ret_place = place;
    return true;
}

/* Names that are not qualified are those of the tenant's schema, which the copy brings along. */
static bool enter_tenant(const struct source_settings *settings, struct engine_place *place,
                         struct arena *arena, dun_error *error)
{
    return !settings->tenant ||
           db_exec(place->connection, settings->engine->tenants->enter(arena, settings->tenant), error);
}

enum { STATEMENTS_OF_A_COPY = 300 }; /* in a transaction: a server has room for so many locks */

bool try_plan(const struct source_settings *settings, struct engine_place *place, const struct plan *plan,
              size_t *ret_failed, dun_error *error)
{
    const struct engine_plan_run how = {.scratch = true};
    size_t kept = 0;
    return engine_run_plan(settings->engine, place->connection, plan, &how, &kept, ret_failed, error);
}

bool try_create(const struct source_settings *settings, struct engine_place *place, struct arena *arena,
                struct catalog *catalog, dun_error *error)
{
    const struct dun_engine *engine = settings->engine;
    struct catalog *empty = source_empty_catalog(arena, engine, catalog_server(catalog));
    struct diff *diff = diff_catalogs(arena, engine->diff, empty, catalog);
    struct plan *plan = plan_make(engine->language, diff, &(struct plan_options){0}, error);
    const struct engine_plan_run how = {.scratch = true, .most = STATEMENTS_OF_A_COPY};
    size_t kept = 0, failed = 0;
    if (!plan || !enter_tenant(settings, place, arena, error))
        return false;
    if (engine_run_plan(engine, place->connection, plan, &how, &kept, &failed, error))
        return true;
    error_context(error, "the scratch copy could not be made");
    return false;
}
