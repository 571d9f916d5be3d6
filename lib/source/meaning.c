#include "source/meaning.h"

#include "base/checksum.h"
#include "base/error.h"
#include "db/result.h"
#include "engine/open.h"
#include "engine/surroundings.h"
#include "source/cache.h"
#include "source/locate.h"
#include "source/place.h"
#include "source/replay.h"

#include <dunlin/version.h>

#include <string.h>

/* Something to be run in a place. */
struct script {
    const struct load_file *files;
    size_t count;
    bool in_order;                                /* migrations; otherwise definitions */
    const struct source_definitions *definitions; /* NULL: migrations */
    const char *checksum;
};

static size_t count_statements(const struct script *script)
{
    size_t count = 0;
    for (size_t i = 0; i < script->count; ++i)
        count += script->files[i].script->count;
    return count;
}

static bool run_in(struct source_catalog *source, dun_connection *connection, const struct script *script,
                   dun_error *error)
{
    struct load_way_out way_out = {0};
    const struct load_options options = {.allow_data = source->settings->allow_data};
    return script->in_order
               ? source_replay(source->engine, connection, script->files, script->count, &way_out, error)
               : load_definitions(source->engine, connection, script->files, script->count, &options, error);
}

/* Tells where the object that lacks something is defined. */
static void place_lacking(struct source_catalog *source, const struct script *script,
                          struct engine_place *place, enum schema_kind kind, const char *name,
                          dun_error *error)
{
    struct catalog *catalog;
    if (!script->definitions || !name ||
        !source_place_read(source->settings, place, source->arena, &catalog, NULL))
        return;
    locate_objects(catalog, script->definitions);
    const struct schema_object *object = catalog_find(catalog, kind, NULL, NULL, name);
    if (object && object->file)
        error_at(error, object->file, object->line, 0);
    error_code(error, DUN_BAD_INPUT);
}

/* Migrations may leave what they like: a database lets them. */
static bool is_whole(struct source_catalog *source, const struct script *script, struct engine_place *place,
                     dun_error *error)
{
    const struct engine_scratch *scratch = source->engine->scratch;
    enum schema_kind kind = SCHEMA_TABLE;
    const char *name = NULL;
    if (script->in_order || !scratch->is_whole ||
        scratch->is_whole(place->connection, source->arena, &kind, &name, error))
        return true;
    place_lacking(source, script, place, kind, name, error);
    return false;
}

static bool run_in_place(struct source_catalog *source, const struct script *script,
                         struct engine_place *place, dun_error *error)
{
    source->only_schema = source_place_is_schema(place);
    bool ok = run_in(source, place->connection, script, error) && is_whole(source, script, place, error) &&
              source_place_read(source->settings, place, source->arena, &source->catalog, error);
    source->statements += place->connection->statements;
    source->round_trips += place->connection->round_trips;
    return ok;
}

static const struct db_url *server_of(const struct source_settings *settings)
{
    return settings->scratch ? settings->scratch : settings->near;
}

static void add(struct checksum *checksum, const char *text)
{
    checksum_add(checksum, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void add_options(struct checksum *checksum, const struct catalog_options *options)
{
    const char flags[] = {options->owners ? 'o' : '-',       options->grants ? 'g' : '-',
                          options->definers ? 'd' : '-',     options->other_owners ? 'r' : '-',
                          options->usual_grants ? 'u' : '-', 0};
    add(checksum, flags);
    add(checksum, options->history);
    for (const char *const *schema = options->schemas; schema && *schema; ++schema)
        add(checksum, *schema);
}

/* What the cache knows a meaning by: all that may change it. NULL: the server could not be asked. */
static const char *key_of(struct source_catalog *source, const struct script *script,
                          dun_connection *connection, dun_error *error)
{
    const char *surroundings;
    if (!surroundings_ask(source->engine, connection, source->arena, &surroundings, error))
        return NULL;
    char hex[CHECKSUM_LENGTH + 1];
    struct checksum checksum;
    checksum_start(&checksum);
    add(&checksum, dun_version());
    add(&checksum, source->engine->name);
    add(&checksum, surroundings);
    add(&checksum, script->in_order ? "migrations" : "definitions");
    add(&checksum, source->settings->allow_data ? "with data" : "without");
    add(&checksum, script->checksum);
    add_options(&checksum, &source->settings->catalog);
    checksum_finish(&checksum, hex);
    return arena_strdup(source->arena, hex);
}

/* Asks the server what it is. */
static const char *ask_for_key(struct source_catalog *source, const struct script *script, dun_error *error)
{
    const struct source_settings *settings = source->settings;
    dun_connection *connection = NULL;
    if (!server_of(settings)) /* whoever opens the place says what is wrong */
        return "";
    if (!engine_open(source->engine, server_of(settings), &settings->open, settings->wait_ms, &connection,
                     error))
        return NULL;
    const char *key = key_of(source, script, connection, error);
    source->statements += connection->statements;
    source->round_trips += connection->round_trips;
    source->engine->driver->close(connection);
    return key;
}

/* The key; "" when nothing is kept. A place in memory knows as much as a server. */
static bool find_key(struct source_catalog *source, const struct script *script,
                     const struct engine_place *place, const char **ret_key, dun_error *error)
{
    if (!source->settings->cache)
        *ret_key = "";
    else if (place)
        *ret_key = key_of(source, script, place->connection, error);
    else
        *ret_key = ask_for_key(source, script, error);
    return *ret_key != NULL;
}

static bool find_kept(struct source_catalog *source, const char *key)
{
    source->cached = *key && cache_get(source->settings->cache, key, source->arena, &source->catalog);
    return source->cached;
}

/* What only one schema could be tried of means less. */
static void keep(struct source_catalog *source, const char *key)
{
    if (*key && !source->only_schema)
        cache_put(source->settings->cache, key, source->catalog);
}

static bool run_and_keep(struct source_catalog *source, const struct script *script, const char *key,
                         struct engine_place **place, dun_error *error)
{
    if (!*place && !source_place_open(source->settings, count_statements(script), place, error))
        return false;
    if (!run_in_place(source, script, *place, error))
        return false;
    keep(source, key);
    return true;
}

static bool find_meaning(struct source_catalog *source, const struct script *script, bool keep_place,
                         dun_error *error)
{
    struct engine_place *place = NULL;
    const char *key = "";
    bool in_memory = source->engine->scratch->in_memory; /* costs nothing, so it is opened in any case */
    bool ok = (!in_memory || source_place_open(source->settings, 0, &place, error)) &&
              find_key(source, script, place, &key, error);
    if (ok && (keep_place || !find_kept(source, key)))
        ok = run_and_keep(source, script, key, &place, error);
    if (ok && keep_place)
        source->place = place;
    else
        source_place_close(source->settings, place);
    return ok;
}

bool meaning_of_definitions(struct source_catalog *source, const struct source_definitions *definitions,
                            bool keep_place, dun_error *error)
{
    size_t count = definitions->files.count;
    struct load_file *files = arena_alloc(source->arena, (count + 1) * sizeof *files);
    for (size_t i = 0; i < count; ++i) {
        const struct source_definition_file *file = &definitions->files.items[i];
        files[i] = (struct load_file){file->name, file->text, file->length, file->script};
    }
    const struct script script = {files, count, .in_order = false, .definitions = definitions,
                                  .checksum = definitions->checksum};
    return find_meaning(source, &script, keep_place, error);
}

bool meaning_of_migrations(struct source_catalog *source, const struct load_file *files, size_t count,
                           bool keep_place, dun_error *error)
{
    char hex[CHECKSUM_LENGTH + 1];
    struct checksum checksum;
    checksum_start(&checksum);
    for (size_t i = 0; i < count; ++i) {
        checksum_blob(files[i].text, files[i].length, hex);
        checksum_add(&checksum, hex, CHECKSUM_LENGTH);
    }
    checksum_finish(&checksum, hex);
    const struct script script = {files, count, .in_order = true, .checksum = hex};
    return find_meaning(source, &script, keep_place, error);
}
