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

/* The rest belongs to the options of the drifts, which outlive what they share. */
void shared_settings(struct dun_shared_catalogs *shared, const struct source_settings *settings,
                     struct source_settings *ret_copy)
{
    struct arena *arena = shared->arena;
    *ret_copy = *settings;
    ret_copy->near = settings->near ? db_url_copy(arena, settings->near) : NULL;
    ret_copy->scratch = settings->scratch ? db_url_copy(arena, settings->scratch) : NULL;
    ret_copy->open.application = arena_strdup(arena, settings->open.application);
    ret_copy->tenant = arena_strdup(arena, settings->tenant);
    if (settings->catalog.schemas)
        ret_copy->catalog.schemas = arena_copy_texts(arena, settings->catalog.schemas);
}
