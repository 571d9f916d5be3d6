/* What is inside of <dunlin/drift.h>; for the files of this floor. */
#ifndef DRIFT_DRIFT_H
#define DRIFT_DRIFT_H

#include "compare/compare.h"
#include "compare/schema.h"
#include "compare/told.h"

#include <dunlin/drift.h>

struct dun_drift {
    struct arena *arena;
    const char *target, *schema, *source, *fix_source;
    enum sql_dialect dialect;
    bool from_migrations; /* what it should be was made by migrations */
    VECTOR(dun_difference) differences;
    VECTOR(dun_data_difference) data;
    const char *data_problem;
    told_warning_list warnings;
    size_t ignored;
    uint64_t statements, round_trips;
    const char *const *pending, *const *not_compared;
    const char *fix, *fix_problem;
    const char *adopt, *adopt_problem;
};

/* expected.c: what it should be, from those that are there already or anew. */

struct expected_request {
    const struct source_settings *settings;
    struct source_request source;
    const char *server; /* of the database: each version may write things in another way */
};

/* The shared one is not to be changed or closed; without `shared`, the caller closes what it gets. */
bool expected_get(dun_shared_catalogs *shared, const struct expected_request *request,
                  struct source_catalog **ret_source, dun_error *error);

/* side.c: a copy of a catalog without what does not count. */

struct drift_filter {
    const dun_ignore *patterns;
    size_t count;
    bool *matched;         /* one a pattern */
    size_t ignored;        /* objects that were left out */
    const char *only;      /* this schema only; NULL: all */
    const char *qualifier; /* what it is called instead, as SQL writes it */
};

/*
 * With `called` (NULL: none), the only schema gets that name, wherever it is written. In the arena; the
 * catalog itself, when all of it counts and `is_shared` does not forbid to change it.
 */
struct catalog *drift_side(struct arena *arena, struct drift_filter *filter, struct catalog *catalog,
                           bool is_shared, const char *called);

/* tell.c: differences in words, renames first. From what is expected to what is there. */
void drift_tell(dun_drift *drift, const struct compare *compare);

/* data.c: rows held against seed files, as options->data says. */
bool drift_compare_data(dun_drift *drift, const dun_drift_options *options, dun_error *error);

#endif
