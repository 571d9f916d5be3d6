/* dun_shared_catalogs: what drifts of many databases need not each make or read. */
#include "drift/shared.h"

dun_shared_catalogs *dun_shared_catalogs_new(void)
{
    struct arena *arena = arena_new();
    dun_shared_catalogs *shared = ARENA_NEW(arena, dun_shared_catalogs);
    shared->arena = arena;
    shared->mutex = task_mutex_new();
    shared->expected_by_key = map_new(arena);
    return shared;
}

void dun_shared_catalogs_free(dun_shared_catalogs *shared)
{
    if (!shared)
        return;
    shared_expected_close(shared);
    shared_shapes_close(shared);
    task_mutex_free(shared->mutex);
    arena_free(shared->arena);
}

bool shared_is_first(struct dun_shared_catalogs *shared)
{
    task_mutex_lock(shared->mutex);
    bool first = !shared->begun;
    shared->begun = true;
    task_mutex_unlock(shared->mutex);
    return first;
}

void shared_settings(struct dun_shared_catalogs *shared, const struct source_settings *settings,
                     struct source_settings *ret_copy)
{
    *ret_copy = *settings;
    if (settings->near)
        ret_copy->near = db_url_copy(shared->arena, settings->near);
    if (settings->scratch)
        ret_copy->scratch = db_url_copy(shared->arena, settings->scratch);
}
