/* What databases should be: made once for all that are compared with it. */
#include "drift/shared.h"
#include "schema/catalog.h"

/* Sources refer to their settings, which have to live as long. */
struct shared_expected {
    struct task_limiter *making; /* of one: whoever has it may make the source, or look at it */
    struct source_settings settings;
    struct source_catalog *source; /* NULL: not made yet */
    struct shared_expected *next;
};

void shared_expected_close(struct dun_shared_catalogs *shared)
{
    for (struct shared_expected *entry = shared->expected; entry; entry = entry->next) {
        source_catalog_close(entry->source);
        task_limiter_free(entry->making);
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
                                   const char *key, dun_error *error)
{
    struct task_limiter *making = task_limiter_new(1, error);
    if (!making)
        return NULL;
    struct shared_expected *entry = ARENA_NEW(shared->arena, struct shared_expected);
    entry->making = making;
    shared_settings(shared, request->settings, &entry->settings);
    map_add(shared->expected_by_key, key, entry);
    entry->next = shared->expected;
    shared->expected = entry;
    return entry;
}

static struct shared_expected *find(struct dun_shared_catalogs *shared,
                                    const struct expected_request *request, dun_error *error)
{
    task_mutex_lock(shared->mutex);
    const char *key = key_of(shared->arena, request);
    struct shared_expected *entry = map_get(shared->expected_by_key, key);
    if (!entry)
        entry = add(shared, request, key, error);
    task_mutex_unlock(shared->mutex);
    return entry;
}

static bool make(struct shared_expected *entry, const struct expected_request *request, dun_error *error)
{
    struct source_catalog *source;
    if (!source_catalog_open(&entry->settings, &request->source, &source, error))
        return false;
    catalog_sort(source->catalog);
    entry->source = source;
    return true;
}

/* Others wait while one is made, as it is most likely theirs, too; they make it themselves if that fails. */
bool expected_get(struct dun_shared_catalogs *shared, const struct expected_request *request,
                  struct source_catalog **ret_source, dun_error *error)
{
    if (!shared)
        return source_catalog_open(request->settings, &request->source, ret_source, error);
    struct shared_expected *entry = find(shared, request, error);
    if (!entry)
        return false;
    enum task_outcome outcome = task_limiter_acquire(entry->making);
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, "finding out what the database should be", error);
    bool good = entry->source || make(entry, request, error);
    *ret_source = entry->source;
    task_limiter_release(entry->making);
    return good;
}
