/*
 * The database is read while no migration can be under way: under the lock that keeps runs apart, or, where
 * taking that needs the right to write, again when the history has changed meanwhile. Then it is let go.
 */
#include "drift/live.h"

#include "base/error.h"
#include "db/result.h"
#include "drift/alike.h"
#include "engine/surroundings.h"

#include <string.h>

enum { MOST_READINGS = 5 };

static bool open_target(struct drift_live *live, dun_error *error)
{
    const dun_schema_options *schema = &live->options->schema;
    struct run_target_options options = {
        .url = schema->url,
        .application = live->call.settings.open.application,
        .wait_ms = schema->wait_ms,
        .echo = schema->echo,
        .absent = DB_ABSENT_REFUSED,
    };
    const struct engine_tenants *tenants = live->call.settings.engine->tenants;
    live->schema =
        tenants->schema_of ? tenants->schema_of(live->call.arena, live->request.spelling.url) : NULL;
    return run_target_open(live->call.arena, &options, &live->target, error) &&
           history_init(live->call.arena, live->target->engine, schema->history, &live->history, error);
}

/* Whether it is only after the raw catalog is known that the surroundings are asked for. */
static bool may_be_alike(const struct drift_live *live, const char *schema)
{
    const struct dun_engine *engine = live->call.settings.engine;
    bool is_target = schema == live->schema;
    bool has_raw = schema ? engine->catalog->read_raw_schema != NULL : engine->catalog->read_raw != NULL;
    return live->options->shared && is_target && has_raw && !engine->lock->needs_write &&
           !live->target->connection->in_transaction;
}

enum { MOST_READS = 1 + HISTORY_READS };

/* A read that may fail is the last, and that is one of the history. */
static size_t all_reads(struct drift_live *live, struct history *history, struct db_item reads[MOST_READS])
{
    const char *query = live->target->engine->scratch->surroundings;
    size_t before = query && !may_be_alike(live, live->schema) ? 1 : 0;
    if (before)
        reads[0] =
            (struct db_item){.kind = DB_READ, .sql = query, .length = strlen(query), .keep_result = true};
    history_reads(live->call.arena, history, reads + before);
    return before;
}

/* With the surroundings, where they are not read later. Takes the lock, too, unless that needs the right to
 * write. */
static bool read_history(struct drift_live *live, struct history *ret_history, dun_error *error)
{
    struct db_item reads[MOST_READS];
    struct db_outcome outcomes[MOST_READS] = {{NULL, NULL}};
    dun_connection *connection = live->target->connection;
    size_t failed;
    *ret_history = live->history;
    size_t before = all_reads(live, ret_history, reads);
    struct db_batch batch = {.items = reads, .count = before + HISTORY_READS};
    bool lock = !live->target->engine->lock->needs_write && !live->target->locked;
    bool read = lock ? run_target_lock(live->target, ret_history->lock_name, live->options->lock_timeout_ms,
                                       reads, batch.count, outcomes, error)
                     : connection->driver->batch(connection, &batch, outcomes, &failed, error);
    if (read) {
        if (!may_be_alike(live, live->schema))
            live->server =
                surroundings_text(live->call.arena, connection, before ? outcomes[0].result : NULL);
        read = history_take(live->call.arena, ret_history, outcomes + before, error);
    }
    db_outcomes_clear(outcomes, batch.count);
    return read;
}

static bool is_same(const struct history *before, const struct history *after)
{
    return before->count == after->count && before->last_id == after->last_id &&
           (before->count == 0 || before->rows[before->count - 1].done == after->rows[after->count - 1].done);
}

struct source_settings *drift_settings_in(const struct drift_live *live, const char *schema)
{
    const char **schemas = arena_alloc(live->call.arena, 2 * sizeof *schemas);
    struct source_settings *settings = ARENA_NEW(live->call.arena, struct source_settings);
    *settings = live->call.settings;
    schemas[0] = schema;
    if (schema)
        settings->catalog.schemas = schemas;
    return settings;
}

/* All databases of that server have it, or all schemas of that database. */
static const char *server_key(const struct drift_live *live)
{
    struct arena *arena = live->call.arena;
    const struct db_url *url = live->request.spelling.url;
    const char *name = live->schema
                           ? db_url_redacted(arena, live->target->engine->tenants->without_schema(arena, url))
                           : db_url_server(arena, url);
    return arena_printf(arena, "%s %s", name, live->target->connection->server);
}

static bool read_live(struct drift_live *live, const char *schema, dun_error *error)
{
    const struct source_settings *settings = drift_settings_in(live, schema);
    live->request.connection = live->target->connection;
    live->is_shared = false;
    if (!may_be_alike(live, schema))
        return source_catalog_open(settings, &live->request, &live->source, error);
    const struct alike_request request = {settings, &live->request, server_key(live), schema};
    struct alike alike;
    if (!alike_get(live->options->shared, &request, live->call.arena, &alike, error))
        return false;
    live->source = alike.source;
    live->is_shared = alike.is_shared;
    live->server = alike.surroundings;
    return true;
}

static void close_source(struct drift_live *live)
{
    if (!live->is_shared)
        source_catalog_close(live->source);
    live->source = NULL;
}

static bool changes_all_the_time(const struct drift_live *live, dun_error *error)
{
    error_set(error, DUN_LOCKED, "migrations of %s are under way", live->target->name);
    error_hint(error, "look again when they have ended");
    return false;
}

static bool read_steadily(struct drift_live *live, struct history *history, dun_error *error)
{
    for (int i = 0; i < MOST_READINGS; ++i) {
        struct history after;
        if (!read_live(live, live->schema, error))
            return false;
        if (live->target->locked)
            return true;
        if (!read_history(live, &after, error))
            return false;
        if (is_same(history, &after))
            return true;
        *history = after;
        close_source(live);
    }
    return changes_all_the_time(live, error);
}

static bool begin(struct drift_live *live, dun_error *error)
{
    const dun_drift_options *options = live->options;
    const char *sources[] = {options->schema.url, options->source};
    struct source_request requests[2];
    if (!options->schema.url)
        return error_set(error, DUN_USAGE, "no URL was given");
    if (!schema_settings(live->call.arena, &options->schema, sources, options->source ? 2 : 1,
                         &live->call.settings, requests, error))
        return false;
    live->call.settings.ignore_count = 0; /* they are left out later, so that it is known which matched */
    live->request = requests[0];
    if (options->source)
        live->expected = requests[1];
    return true;
}

bool drift_live_open(struct drift_live *live, const dun_drift_options *options, struct history *ret_history,
                     dun_error *error)
{
    *live = (struct drift_live){.options = options, .call = {.arena = arena_new()}};
    return begin(live, error) && open_target(live, error) && read_history(live, ret_history, error);
}

bool drift_live_pause(struct drift_live *live, dun_error *error)
{
    return run_target_unlock(live->target, error) &&
           (live->server || surroundings_ask(live->target->engine, live->target->connection, live->call.arena,
                                             &live->server, error));
}

bool drift_live_resume(struct drift_live *live, struct history *ret_history, dun_error *error)
{
    return read_history(live, ret_history, error);
}

bool drift_live_read(struct drift_live *live, struct history *history, dun_error *error)
{
    return read_steadily(live, history, error) && run_target_unlock(live->target, error);
}

bool drift_live_read_again(struct drift_live *live, const struct history *history, const char *schema,
                           dun_error *error)
{
    struct history now;
    close_source(live);
    return read_history(live, &now, error) && (is_same(history, &now) || changes_all_the_time(live, error)) &&
           read_live(live, schema, error) && run_target_unlock(live->target, error);
}

void drift_live_close(struct drift_live *live)
{
    close_source(live);
    run_target_close(live->target);
    arena_free(live->call.arena);
}
