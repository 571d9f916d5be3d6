/* Which engine a command speaks of, and where its scratch places may be. */
#include "base/error.h"
#include "schema/snapshot.h"
#include "source/catalog.h"
#include "source/file.h"

#include <string.h>

/* What tells the engine, for messages. */
struct witness {
    const struct dun_engine *engine;
    const char *name;
};

static bool contradict(const struct witness *said, const struct witness *other, dun_error *error)
{
    error_set(error, DUN_USAGE, "%s is %s, and %s is %s: schemas of two engines cannot be compared",
              said->name, said->engine->title, other->name, other->engine->title);
    return false;
}

static bool hear(struct witness *said, const struct dun_engine *engine, const char *name, dun_error *error)
{
    const struct witness other = {engine, name};
    if (said->engine && said->engine != engine)
        return contradict(said, &other, error);
    if (!said->engine)
        *said = other;
    return true;
}

static bool hear_url(struct arena *arena, struct witness *said, const struct db_url *url, dun_error *error)
{
    const struct dun_engine *engine = engine_for_url(url, error);
    return engine && hear(said, engine, db_url_redacted(arena, url), error);
}

/* A snapshot is read for its engine only where nothing else tells it. */
static bool hear_snapshot(struct arena *arena, struct witness *said, const char *path, dun_error *error)
{
    struct source_text text;
    struct catalog *catalog;
    struct arena *own = arena_new();
    bool ok = source_read_file(path, &text, error);
    if (ok) {
        ok = snapshot_read(own, path, text.data, text.length, &catalog, error);
        source_text_free(&text);
    }
    const struct dun_engine *engine =
        ok && catalog_engine(catalog) ? engine_for_scheme(catalog_engine(catalog)) : NULL;
    if (ok && !engine) {
        error_set(error, DUN_BAD_INPUT, "the snapshot is of an engine that this dunlin does not know");
        error_at(error, path, 0, 0);
    }
    arena_free(own);
    return engine && hear(said, engine, arena_strdup(arena, path), error);
}

static bool refuse_unknown(dun_error *error)
{
    error_set(error, DUN_USAGE, "which engine are the definitions for?");
    error_hint(error, "name a database (--url, -e, DATABASE_URL), or the engine: --engine sqlite");
    return false;
}

static const char *schema_of(struct arena *arena, const struct dun_engine *engine, const struct db_url *url)
{
    return engine->tenants->schema_of ? engine->tenants->schema_of(arena, url) : NULL;
}

bool source_settings_complete(struct arena *arena, struct source_settings *settings,
                              const struct source_spelling *sources, size_t count, dun_error *error)
{
    struct witness said = {settings->engine, "the engine that was named"};
    const struct db_url *live = NULL;
    for (size_t i = 0; i < count; ++i)
        if (sources[i].kind == SOURCE_URL) {
            if (!hear_url(arena, &said, sources[i].url, error))
                return false;
            live = live ? live : sources[i].url;
        }
    /* A target that is no side of it only lends its server. */
    const struct dun_engine *of_target = settings->near ? engine_for_url(settings->near, error) : NULL;
    if (settings->near && !of_target)
        return false;
    if (settings->near && !said.engine && !hear_url(arena, &said, settings->near, error))
        return false;
    for (size_t i = 0; i < count; ++i)
        if (!said.engine && sources[i].kind == SOURCE_SNAPSHOT &&
            !hear_snapshot(arena, &said, sources[i].path, error))
            return false;
    if (!said.engine && settings->scratch && !hear_url(arena, &said, settings->scratch, error))
        return false;
    if (!said.engine)
        return refuse_unknown(error);
    settings->engine = said.engine;
    if (settings->near && of_target != said.engine)
        settings->near = NULL;
    if (live)
        settings->near = live;
    if (settings->near &&
        schema_of(arena, said.engine, settings->near)) /* definitions are tried where it is not */
        settings->near = said.engine->tenants->without_schema(arena, settings->near);
    if (settings->scratch && engine_for_scheme(settings->scratch->scheme) != said.engine)
        settings->scratch = NULL;
    return true;
}

void source_settings_of_tenant(struct arena *arena, struct source_settings *settings,
                               const struct db_url *url)
{
    const char *schema = url ? schema_of(arena, settings->engine, url) : NULL;
    if (!schema)
        return;
    const char **schemas = arena_alloc(arena, 2 * sizeof *schemas);
    settings->tenant = schemas[0] = schema;
    settings->catalog.schemas = schemas;
}

void source_settings_as_definitions(struct arena *arena, struct source_settings *settings,
                                    const struct db_url *url)
{
    if (url && schema_of(arena, settings->engine, url)) {
        settings->tenant = settings->engine->catalog->first_schema;
        settings->with_outside = true;
    }
}
