/* What databases should be: made once for all that are compared with it. */
#include "drift/shared.h"
#include "schema/catalog.h"

/* Sources refer to their settings, which have to live as long. */
struct shared_expected {
    struct source_settings settings;
    struct source_catalog *source;
    struct shared_expected *next;
};

void shared_expected_close(struct dun_shared_catalogs *shared)
{
    for (struct shared_expected *entry = shared->expected; entry; entry = entry->next)
        source_catalog_close(entry->source);
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

static const char *key_of(struct arena *arena, const struct expected_request *request)
{
    const struct source_spelling *spelling = &request->source.spelling;
    const char *versions = "";
    for (const char *const *version = request->source.without; version && *version; ++version)
        versions = arena_printf(arena, "%s,%s", versions, *version);
    return arena_printf(arena, "%d %s@%s-%s of %s on %s", (int)spelling->kind, or_nothing(spelling->path),
                        or_nothing(spelling->version), versions, or_nothing(spelling->revision),
                        request->server);
}

static struct shared_expected *add(struct dun_shared_catalogs *shared, const struct expected_request *request,
                                   const char *key, dun_error *error)
{
    struct shared_expected *entry = ARENA_NEW(shared->arena, struct shared_expected);
    shared_settings(shared, request->settings, &entry->settings);
    if (!source_catalog_open(&entry->settings, &request->source, &entry->source, error))
        return NULL;
    catalog_sort(entry->source->catalog);
    map_add(shared->expected_by_key, key, entry);
    entry->next = shared->expected;
    shared->expected = entry;
    return entry;
}

/* Others wait while one is made: it is most likely theirs, too. */
bool expected_get(struct dun_shared_catalogs *shared, const struct expected_request *request,
                  struct source_catalog **ret_source, dun_error *error)
{
    if (!shared)
        return source_catalog_open(request->settings, &request->source, ret_source, error);
    task_mutex_lock(shared->mutex);
    const char *key = key_of(shared->arena, request);
    struct shared_expected *entry = map_get(shared->expected_by_key, key);
    if (!entry)
        entry = add(shared, request, key, error);
    task_mutex_unlock(shared->mutex);
    if (!entry)
        return false;
    *ret_source = entry->source;
    return true;
}
