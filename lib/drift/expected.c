/* dun_expected: catalogs of what databases should be, made once for all that are compared with them. */
#include "base/map.h"
#include "drift/drift.h"
#include "schema/catalog.h"
#include "task/task.h"

/* Sources refer to their settings, which have to live as long. */
struct entry {
    struct source_settings settings;
    struct source_catalog *source;
    struct entry *next;
};

struct dun_expected {
    struct arena *arena;
    struct task_mutex *mutex; /* guards what follows, and the arena */
    struct map *entries;
    struct entry *all;
};

dun_expected *dun_expected_new(void)
{
    struct arena *arena = arena_new();
    dun_expected *expected = ARENA_NEW(arena, dun_expected);
    expected->arena = arena;
    expected->mutex = task_mutex_new();
    expected->entries = map_new(arena);
    return expected;
}

void dun_expected_free(dun_expected *expected)
{
    if (!expected)
        return;
    for (struct entry *entry = expected->all; entry; entry = entry->next)
        source_catalog_close(entry->source);
    task_mutex_free(expected->mutex);
    arena_free(expected->arena);
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
                        or_nothing(spelling->version), versions, or_nothing(spelling->revision), request->server);
}

static struct entry *add(dun_expected *expected, const struct expected_request *request, const char *key,
                         dun_error *error)
{
    struct entry *entry = ARENA_NEW(expected->arena, struct entry);
    entry->settings = *request->settings;
    if (entry->settings.near)
        entry->settings.near = db_url_copy(expected->arena, entry->settings.near);
    if (entry->settings.scratch)
        entry->settings.scratch = db_url_copy(expected->arena, entry->settings.scratch);
    if (!source_catalog_open(&entry->settings, &request->source, &entry->source, error))
        return NULL;
    catalog_sort(entry->source->catalog);
    map_add(expected->entries, key, entry);
    entry->next = expected->all;
    expected->all = entry;
    return entry;
}

/* Others wait while one is made: it is most likely theirs, too. */
bool expected_get(dun_expected *expected, const struct expected_request *request, struct source_catalog **ret_source,
                  dun_error *error)
{
    if (!expected)
        return source_catalog_open(request->settings, &request->source, ret_source, error);
    task_mutex_lock(expected->mutex);
    const char *key = key_of(expected->arena, request);
    struct entry *entry = map_get(expected->entries, key);
    if (!entry)
        entry = add(expected, request, key, error);
    task_mutex_unlock(expected->mutex);
    if (!entry)
        return false;
    *ret_source = entry->source;
    return true;
}
