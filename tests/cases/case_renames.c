#include "case_renames.h"

#include "compare/renames.h"
#include "compare/try.h"

static bool rename_all(struct compare *compare, struct engine_place *place, struct catalog **ret_after,
                       dun_error *error)
{
    struct plan *plan = renames_plan(compare, compare->from->catalog, &(struct plan_options){0}, error);
    size_t failed = 0;
    return plan && try_create(compare->settings, place, compare->arena, compare->from->catalog, error) &&
           try_plan(compare->settings, place, plan, &failed, error) &&
           source_place_read(compare->settings, place, compare->arena, ret_after, error);
}

bool case_renames_tried_whole(struct compare *compare, struct diff **ret_diff, dun_error *error)
{
    struct engine_place *place = NULL;
    struct catalog *after;
    if (!compare->renames.count) {
        *ret_diff = NULL;
        return true;
    }
    bool ok = try_open(compare->settings, 0, &place, error) && rename_all(compare, place, &after, error);
    source_place_close(compare->settings, place);
    if (ok)
        *ret_diff = diff_catalogs(compare->arena, compare->engine->diff, after, compare->renamed);
    return ok;
}
