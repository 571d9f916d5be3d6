/* What databases should be: made once for all that are compared with it. */
#include "drift/shared.h"
#include "schema/catalog.h"

/* Sources refer to their settings, which have to live as long. */
struct shared_expected {
    struct task_shared *source; /* a struct source_catalog */
    struct source_settings settings;
    struct shared_expected *next;
};

void shared_expected_close(struct dun_shared_catalogs *shared)
{
    for (struct shared_expected *entry = shared->expected; entry; entry = entry->next) {
        source_catalog_close(task_shared_value(entry->source));
        task_shared_free(entry->source);
    }
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
                                   const char *key)
{
    struct shared_expected *entry = ARENA_NEW(shared->arena, struct shared_expected);
    entry->source = task_shared_new();
    shared_settings(shared, request->settings, &entry->settings);
    map_add(shared->expected_by_key, key, entry);
    entry->next = shared->expected;
    shared->expected = entry;
    return entry;
}

static struct shared_expected *find(struct dun_shared_catalogs *shared,
                                    const struct expected_request *request)
{
    task_mutex_lock(shared->mutex);
    const char *key = key_of(shared->arena, request);
    struct shared_expected *entry = map_get(shared->expected_by_key, key);
    if (!entry)
        entry = add(shared, request, key);
    task_mutex_unlock(shared->mutex);
    return entry;
}

struct making {
    const struct shared_expected *entry;
    const struct expected_request *request;
};

static bool make(void *argument, void **ret_source, dun_error *error)
{
    const struct making *making = argument;
    struct source_catalog *source;
    if (!source_catalog_open(&making->entry->settings, &making->request->source, &source, error))
        return false;
    catalog_sort(source->catalog);
    *ret_source = source;
    return true;
}

bool expected_get(struct dun_shared_catalogs *shared, const struct expected_request *request,
                  struct source_catalog **ret_source, dun_error *error)
{
    if (!shared)
        return source_catalog_open(request->settings, &request->source, ret_source, error);
    struct shared_expected *entry = find(shared, request);
    struct making making = {entry, request};
    void *source;
    if (!task_shared_get(entry->source, "finding out what the database should be", make, &making, &source,
                         error))
        return false;
    *ret_source = source;
    return true;
}
