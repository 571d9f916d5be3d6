/* What the tests of catalogs share. After the support of the engine, whose connection `one` is. */
#ifndef TESTS_CATALOG_SUPPORT_H
#define TESTS_CATALOG_SUPPORT_H

#include "schema/canonical.h"
#include "schema/snapshot.h"

static struct arena *work; /* of one test */

static inline void run(const char *const *statements)
{
    for (size_t i = 0; statements[i]; ++i)
        exec(one, statements[i]);
}

static inline struct schema_object *object_of(const struct catalog *catalog, const char *key)
{
    struct schema_object *object = catalog_find_key(catalog, key);
    if (!object) {
        size_t count;
        struct schema_object *const *all = catalog_objects(catalog, &count);
        for (size_t i = 0; i < count; ++i)
            print_message("%s\n", all[i]->key);
        fail_msg("there is no %s", key);
    }
    return object;
}

/* A text as it is, a list with " | " between its texts; "-" for what is not there. */
static inline const char *attribute(const struct catalog *catalog, const char *key,
                                    enum schema_attribute which)
{
    const struct schema_value *value = catalog_value(object_of(catalog, key), which);
    if (!value)
        return "-";
    const char *text = value->list ? "[" : "";
    for (size_t i = 0; i < value->count; ++i)
        text = arena_printf(work, "%s%s%s", text, i ? " | " : "", value->texts[i]);
    return value->list ? arena_printf(work, "%s]", text) : text;
}

#define assert_attribute(catalog, key, which, expected) \
    assert_string_equal(attribute(catalog, key, which), expected)

static inline bool needs(const struct catalog *catalog, const char *key, const char *other)
{
    const struct schema_object *object = object_of(catalog, key), *wanted = object_of(catalog, other);
    for (size_t i = 0; i < object->need_count; ++i)
        if (object->needs[i] == wanted)
            return true;
    return false;
}

static inline struct catalog *read_with(dun_connection *connection, struct catalog_options options)
{
    struct catalog *catalog = NULL;
    if (!ENGINE.catalog->read(connection, &options, work, &catalog, error))
        fail_msg("%s", dun_error_message(error));
    return catalog;
}

static inline struct catalog *read_all(void)
{
    return read_with(one, (struct catalog_options){.history = "dunlin_history"});
}

static inline const char *canonical(struct catalog *catalog)
{
    struct str text = STR_INIT;
    canonical_text(&text, catalog);
    const char *copy = arena_strdup(work, str_text(&text));
    str_free(&text);
    return copy;
}

static inline const char *fingerprint_of(struct catalog *catalog)
{
    char hex[FINGERPRINT_LENGTH + 1];
    canonical_fingerprint(catalog, hex);
    return arena_strdup(work, hex);
}

static inline const char *fingerprint(void)
{
    return fingerprint_of(read_all());
}

static inline void assert_survives_snapshot(struct catalog *catalog)
{
    struct catalog *again = NULL;
    catalog_sort(catalog);
    char *text = snapshot_write(catalog);
    if (!snapshot_read(work, "snapshot", text, strlen(text), &again, error))
        fail_msg("%s", dun_error_message(error));
    free(text);
    assert_string_equal(fingerprint_of(again), fingerprint_of(catalog));
}

#endif
