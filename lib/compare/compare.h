/*
 * Two sources, side by side: their catalogs, what differs, and the plan that turns the one into the other.
 * Used by the commands that compare schemas (diff, drift, apply, migrate new, migrate verify).
 */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "base/map.h"
#include "diff/diff.h"
#include "plan/plan.h"
#include "source/catalog.h"

#include <dunlin/error.h>

#include <stdbool.h>

struct compare {
    struct arena *arena; /* of the differences and the plan */
    const struct source_settings *settings;
    const struct dun_engine *engine;
    struct source_catalog *from, *to;
    const struct source_request *from_request; /* to read `from` once more; NULL: it cannot be */
    bool owns_sources;                         /* they are closed with it */
    /*
     * The renames that annotations ask for (in the definitions of `to`, or backwards in those of `from`), of
     * objects of `from->catalog`; they are made before all else.
     */
    VECTOR(struct diff_change) renames;
    struct map *in_the_way; /* views that the renames begin with dropping, by key; NULL: none */
    struct catalog
        *renamed; /* `from` after the renames, as the server tells it; from->catalog when there are none */
    struct map
        *before; /* what objects of `renamed` were in `from`, by key (compare/before.h); NULL: the same */
    struct source_catalog *access; /* `from` read once more, see compare/access.h; NULL: it was not */
    struct diff *diff;             /* from `renamed` to to->catalog */
};

/*
 * Opens both sources at the same time, finds the renames and the differences. The settings must be complete;
 * they and what the requests refer to outlive the result. Where there are renames, they are tried in a
 * scratch place, so that the server says what they do to views, keys and expressions; without a scratch place
 * they are refused. DUN_BAD_INPUT at the place of an annotation that names nothing.
 */
bool compare_open(const struct source_settings *settings, const struct source_request *from,
                  const struct source_request *to, struct compare **ret_compare, dun_error *error);

/* The same for catalogs that were read already, as of definitions turned around; the sources stay the
 * caller's, who may set `from_request`. */
bool compare_catalogs(const struct source_settings *settings, struct source_catalog *from,
                      struct source_catalog *to, struct compare **ret_compare, dun_error *error);

/* Closes what compare_open has opened. NULL is allowed. */
void compare_close(struct compare *compare);

/* No renames and no differences. */
bool compare_is_equal(const struct compare *compare);

/*
 * The plan: the renames, then the rest. In the arena of the compare. Reads `from` once more where something
 * is created again whose owner and grants are not compared: see compare/access.h.
 */
struct plan *compare_plan(struct compare *compare, const struct plan_options *options, dun_error *error);

#endif
