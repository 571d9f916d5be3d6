/* What drifts of many databases share (dun_shared_catalogs), and how its files get at it. For this floor. */
#ifndef DRIFT_SHARED_H
#define DRIFT_SHARED_H

#include "base/map.h"
#include "drift/drift.h"
#include "task/task.h"

struct shared_expected; /* expected.c */
struct shared_shape;    /* alike.c */

struct dun_shared_catalogs {
    struct arena *arena;
    struct task_mutex *mutex; /* guards what follows, and the arena */
    struct map *expected_by_key;
    struct shared_expected *expected;
    struct shared_shape *shapes;
    size_t shape_count;
    bool begun; /* somebody makes what is expected */
};

/* Is it the first that asks? */
bool shared_is_first(struct dun_shared_catalogs *shared);

/* A copy of the settings that lives as long as what is shared, for sources that refer to theirs. Under the
 * mutex. */
void shared_settings(struct dun_shared_catalogs *shared, const struct source_settings *settings,
                     struct source_settings *ret_copy);

void shared_expected_close(struct dun_shared_catalogs *shared);
void shared_shapes_close(struct dun_shared_catalogs *shared);

#endif
