/* Databases of which the same is to be told, for the forms of a report on drift that say it once. */
#ifndef REPORT_DRIFT_ALIKE_H
#define REPORT_DRIFT_ALIKE_H

#include "base/arena.h"
#include "base/vector.h"

#include <dunlin/report.h>

struct drift_alike {
    VECTOR(const dun_drift_finding *) findings; /* at least one; all of them have a drift, or none */
    const char *schema; /* in the names and the SQL of the first one, where others have theirs; NULL: there is
                           no such difference */
    bool rows_differ;   /* numbers of rows in the SQL are those of the first one */
};

/* In the order of the first of each. */
const struct drift_alike *drift_group(struct arena *arena, const dun_drift_finding *findings, size_t count,
                                      size_t *ret_count);

#endif
