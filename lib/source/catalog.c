/* Each kind of source, and how its catalog is had. */
#include "source/catalog.h"

#include "base/error.h"
#include "base/nearest.h"
#include "engine/open.h"
#include "schema/copy.h"
#include "schema/snapshot.h"
#include "source/file.h"
#include "source/folder.h"
#include "source/git.h"
#include "source/ignore.h"
#include "source/locate.h"
#include "source/meaning.h"
#include "source/migration_folder.h"
#include "source/one_schema.h"
#include "source/outside.h"
#include "source/place.h"
#include "source/version.h"
#include "sql/splitter.h"

#include <string.h>

static struct source_catalog *source_new(const struct source_settings *settings)
{
    struct arena *arena = arena_new();
    struct source_catalog *source = ARENA_NEW(arena, struct source_catalog);
    source->arena = arena;
    source->settings = settings;
    source->engine = settings->engine;
    return source;
}

struct catalog *source_empty_catalog(struct arena *arena, const struct dun_engine *engine, const char *server)
{
    struct catalog *catalog = catalog_new(arena, engine->name, server ? server : engine->title);
    if (engine->catalog->first_schema)
        catalog_add(catalog, SCHEMA_SCHEMA, NULL, NULL, engine->catalog->first_schema);
    return catalog;
}

static bool read_live(struct source_catalog *source, const struct source_request *request, dun_error *error)
{
    const struct source_settings *settings = source->settings;
    dun_connection *connection = request->connection;
    struct db_open_options open = settings->open;
    open.absent = DB_ABSENT_REFUSED;
    source->name = db_url_redacted(source->arena, request->spelling.url);
    if (!connection &&
        !engine_open(source->engine, request->spelling.url, &open, settings->wait_ms, &connection, error))
        return false;
    uint64_t statements = connection->statements, round_trips = connection->round_trips;
    bool ok = settings->with_outside ? outside_read(source, connection, error)
                                     : source->engine->catalog->read(connection, &settings->catalog,
                                                                     source->arena, &source->catalog, error);
    source->statements += connection->statements - statements;
    source->round_trips += connection->round_trips - round_trips;
    if (!request->connection)
        source->engine->driver->close(connection);
    return ok;
}

static bool read_definitions(struct source_catalog *source, const struct source_request *request,
                             dun_error *error)
{
    const struct source_settings *settings = source->settings;
    const struct source_spelling *spelling = &request->spelling;
    struct source_definitions *definitions = NULL;
    bool read;
    if (spelling->kind == SOURCE_GIT) {
        const struct source_revision revision = {
            .folder = settings->project ? settings->project : ".",
            .revision = spelling->revision,
            .path = spelling->path,
            .schema = settings->schema_in_project ? settings->schema_in_project : "schema",
        };
        source->name = arena_printf(source->arena, "git:%s", spelling->revision);
        read = source_git_definitions(source->arena, source->engine->dialect, &revision, &definitions, error);
    } else {
        source->name = arena_strdup(source->arena, spelling->path);
        read = source_folder_definitions(source->arena, source->engine->dialect, spelling->path, &definitions,
                                         error);
    }
    source->definitions = definitions;
    for (size_t i = 0; read && i < definitions->warnings.count; ++i)
        *vector_add(source->arena, &source->warnings) = definitions->warnings.items[i];
    if (!read || (settings->one_schema && !one_schema_check(source, definitions, error)))
        return false;
    if (!meaning_of_definitions(source, definitions, request->keep_place, error)) {
        if (settings->one_schema)
            one_schema_hint(source, error);
        return false;
    }
    locate_objects(source->catalog, definitions);
    return true;
}

/* How many of the folder's migrations come up to and with the version. */
static bool count_up_to(struct arena *arena, const struct migration_folder *folder, const char *version,
                        size_t *ret_count, dun_error *error)
{
    if (!version) {
        *ret_count = folder->count;
        return true;
    }
    const char *key = version_key(arena, version);
    const char **versions = arena_alloc(arena, (folder->count + 1) * sizeof *versions);
    for (size_t i = 0; i < folder->count; ++i) {
        versions[i] = folder->files[i].version;
        if (strcmp(folder->files[i].key, key) == 0) {
            *ret_count = i + 1;
            return true;
        }
    }
    error_set(error, DUN_BAD_INPUT, "no migration has the version %s", version);
    error_at(error, folder->path, 0, 0);
    const char *nearest = nearest_word(version, versions);
    if (nearest)
        error_hint(error, "did you mean %s?", nearest);
    else if (folder->count)
        error_hint(error, "the versions there are go from %s to %s", versions[0],
                   versions[folder->count - 1]);
    return false;
}

static bool read_script(struct source_catalog *source, const char *path, struct load_file *ret_file,
                        dun_error *error)
{
    struct source_text text;
    struct sql_script *script;
    if (!source_read_file(path, &text, error))
        return false;
    const char *copy = arena_strndup(source->arena, text.data, text.length);
    size_t length = text.length;
    source_text_free(&text);
    if (!sql_split(source->arena, source->engine->dialect, path, copy, length, &script, error))
        return false;
    *ret_file = (struct load_file){path, copy, length, script};
    return true;
}

static bool is_left_out(const struct source_request *request, const char *version)
{
    for (const char *const *without = request->without; without && *without; ++without)
        if (strcmp(*without, version) == 0)
            return true;
    return false;
}

static bool read_migrations(struct source_catalog *source, const struct source_request *request,
                            dun_error *error)
{
    const struct source_settings *settings = source->settings;
    const struct source_spelling *spelling = &request->spelling;
    const char *path = spelling->path         ? spelling->path
                       : settings->migrations ? settings->migrations
                                              : "migrations";
    struct migration_folder *folder;
    size_t count = 0;
    source->name = arena_printf(source->arena, "migrations%s%s", spelling->version ? "@" : "",
                                spelling->version ? spelling->version : "");
    if (!migration_folder_read(source->arena, path, &folder, error) ||
        !count_up_to(source->arena, folder, spelling->version, &count, error))
        return false;
    VECTOR_EACH (const dun_warning, warning, &folder->warnings)
        *vector_add(source->arena, &source->warnings) = *warning;
    struct load_file *files = arena_alloc(source->arena, (count + 1) * sizeof *files);
    size_t taken = 0;
    for (size_t i = 0; i < count; ++i)
        if (!is_left_out(request, folder->files[i].version) &&
            !read_script(source, folder->files[i].up, &files[taken++], error))
            return false;
    return meaning_of_migrations(source, files, taken, request->keep_place, error);
}

static bool read_snapshot(struct source_catalog *source, const struct source_request *request,
                          dun_error *error)
{
    struct source_text text;
    source->name = arena_strdup(source->arena, request->spelling.path);
    if (!source_read_file(request->spelling.path, &text, error))
        return false;
    bool ok = snapshot_read(source->arena, source->name, text.data, text.length, &source->catalog, error);
    source_text_free(&text);
    if (!ok)
        return false;
    const char *engine = catalog_engine(source->catalog);
    if (engine && strcmp(engine, source->engine->name) == 0)
        return true;
    error_set(error, DUN_USAGE, "the snapshot is of %s, and compared with %s", engine ? engine : "no engine",
              source->engine->title);
    error_at(error, source->name, 0, 0);
    return false;
}

static bool read_source(struct source_catalog *source, const struct source_request *request, dun_error *error)
{
    switch (request->spelling.kind) {
    case SOURCE_URL:
        return read_live(source, request, error);
    case SOURCE_FOLDER:
    case SOURCE_FILE:
    case SOURCE_GIT:
        return read_definitions(source, request, error);
    case SOURCE_MIGRATIONS:
        return read_migrations(source, request, error);
    case SOURCE_SNAPSHOT:
        return read_snapshot(source, request, error);
    case SOURCE_EMPTY:
        source->name = "empty";
        source->catalog = source_empty_catalog(source->arena, source->engine, NULL);
        return true;
    case SOURCE_ENVIRONMENT:
        break;
    }
    return error_set(error, DUN_USAGE, "the environment %s was not looked up",
                     request->spelling.environment ? request->spelling.environment : "");
}

/* The schema that a source is read in: another tenant's is its own, and all but databases make theirs where
 * an empty database has one. */
static const char *schema_of(const struct source_catalog *source, const struct source_request *request)
{
    const struct source_spelling *spelling = &request->spelling;
    const char *own = spelling->kind == SOURCE_URL
                          ? source->engine->tenants->schema_of(source->arena, spelling->url)
                          : NULL;
    return own ? own : source->engine->catalog->first_schema;
}

/* Reads that schema only, and gives it the name of the tenant. */
static bool read_tenant(struct source_catalog *source, const struct source_request *request, dun_error *error)
{
    const struct source_settings *given = source->settings;
    struct source_settings *settings = ARENA_NEW(source->arena, struct source_settings);
    const char **schemas = arena_alloc(source->arena, 2 * sizeof *schemas);
    schemas[0] = schema_of(source, request);
    *settings = *given;
    settings->tenant = NULL;
    settings->one_schema = true;
    settings->catalog.schemas = schemas;
    source->settings = settings;
    bool good = read_source(source, request, error);
    source->settings = given;
    if (!good || strcmp(schemas[0], given->tenant) == 0)
        return good;
    const struct catalog_copying copying = {
        .schema = schemas[0],
        .called = given->tenant,
        .qualifier = source->engine->tenants->written(source->arena, given->tenant),
    };
    source->catalog = catalog_copy(source->arena, source->catalog, &copying);
    catalog_sort(source->catalog);
    source->only_schema = false; /* it is all that is asked for */
    return true;
}

bool source_catalog_open(const struct source_settings *settings, const struct source_request *request,
                         struct source_catalog **ret_source, dun_error *error)
{
    struct source_catalog *source = source_new(settings);
    bool read = settings->tenant ? read_tenant(source, request, error) : read_source(source, request, error);
    if (!read) {
        source_catalog_close(source);
        return false;
    }
    source->ignored = arena_alloc(source->arena, (settings->ignore_count + 1) * sizeof *source->ignored);
    source->catalog = source_without_ignored(source->arena, source->catalog, settings->ignore,
                                             settings->ignore_count, source->ignored);
    *ret_source = source;
    return true;
}

void source_catalog_close(struct source_catalog *source)
{
    if (!source)
        return;
    source_place_close(source->settings, source->place);
    arena_free(source->arena);
}
