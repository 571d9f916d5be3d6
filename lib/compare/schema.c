/* dun_schema_read and dun_schema_compare. */
#include "compare/schema.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/vector.h"
#include "compare/compare.h"
#include "compare/told.h"
#include "source/path.h"
#include "sql/unqualified.h"
#include "task/task.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECT_TIMEOUT_MS = 10000 };

static const dun_schema_options defaults = DUN_SCHEMA_OPTIONS_INIT;

static bool read_url(struct arena *arena, const char *text, const struct db_url **ret_url, dun_error *error)
{
    struct db_url *url = NULL;
    if (text && !db_url_parse(arena, text, &url, error))
        return false;
    *ret_url = url;
    return true;
}

static bool read_engine(const char *name, const struct dun_engine **ret_engine, dun_error *error)
{
    const struct dun_engine *engine = name ? engine_for_scheme(name) : NULL;
    if (name && !engine) {
        error_set(error, DUN_USAGE, "there is no engine \"%s\"", name);
        error_hint(error, "the engines are postgresql, mysql (which is MariaDB, too) and sqlite");
        return false;
    }
    *ret_engine = engine;
    return true;
}

static bool read_source(struct arena *arena, const char *text, struct source_request *ret_request,
                        dun_error *error)
{
    *ret_request = (struct source_request){0};
    if (!source_parse(arena, text, &ret_request->spelling, error))
        return false;
    return ret_request->spelling.kind != SOURCE_ENVIRONMENT ||
           error_set(error, DUN_USAGE, "an environment is no source here: give its URL");
}

/* The folder of the definitions as the project's repository knows it. */
static const char *in_project(const char *project, const char *schema)
{
    const char *below =
        project && schema && strcmp(project, ".") != 0 ? source_path_below(project, schema) : NULL;
    return below ? below : schema;
}

bool schema_settings(struct arena *arena, const dun_schema_options *options, const char *const *sources,
                     size_t count, struct source_settings *ret_settings, struct source_request *ret_requests,
                     dun_error *error)
{
    const char *who = options->applied_by ? options->applied_by : "unknown";
    struct source_settings settings = {
        .open = {.connect_timeout_ms = CONNECT_TIMEOUT_MS,
                 .application = arena_printf(arena, "dunlin, %s, pid %ld", who, (long)getpid()),
                 .echo = options->echo},
        .wait_ms = options->wait_ms,
        .catalog = {.history = options->history ? options->history : "dunlin_history",
                    .owners = options->owners,
                    .grants = options->grants,
                    .definers = options->definers},
        .project = options->project,
        .schema = options->schema,
        .schema_in_project = in_project(options->project, options->schema),
        .migrations = options->migrations,
        .allow_data = options->allow_data,
        .ignore = options->ignore,
        .ignore_count = options->ignore_count,
        .cache = options->cache,
    };
    struct source_spelling *spellings = arena_alloc(arena, (count + 1) * sizeof *spellings);
    if (!read_engine(options->engine, &settings.engine, error) ||
        !read_url(arena, options->url, &settings.near, error) ||
        !read_url(arena, options->scratch, &settings.scratch, error))
        return false;
    for (size_t i = 0; i < count; ++i) {
        if (!read_source(arena, sources[i], &ret_requests[i], error))
            return false;
        spellings[i] = ret_requests[i].spelling;
    }
    const struct db_url *target = settings.near;
    if (!source_settings_complete(arena, &settings, spellings, count, error))
        return false;
    if (options->for_target)
        source_settings_of_tenant(arena, &settings, target);
    *ret_settings = settings;
    return true;
}

struct source_revision schema_revision(const struct schema_call *call, const char *revision)
{
    const struct source_settings *settings = &call->settings;
    const char *project = settings->project ? settings->project : ".";
    const char *schema = settings->schema ? settings->schema : "schema";
    const char *below = strcmp(project, ".") == 0 ? NULL : source_path_below(project, schema);
    char *real = realpath(schema, NULL);
    struct source_revision where = {
        .folder = project,
        .revision = revision ? revision : "HEAD",
        .path = arena_strdup(call->arena, real),
        .schema = below ? below : schema,
    };
    free(real);
    return where;
}

static bool begin(struct schema_call *call, const dun_schema_options *options, const char *const *sources,
                  size_t count, struct source_request *ret_requests, dun_error *error)
{
    call->arena = arena_new();
    return schema_settings(call->arena, options ? options : &defaults, sources, count, &call->settings,
                           ret_requests, error);
}

static const char *const *names_of_unmodelled(struct arena *arena, const struct catalog *catalog)
{
    size_t count;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(catalog, &count);
    const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; ++i)
        names[i] = arena_printf(arena, "%s %s", unmodelled[i].what, unmodelled[i].name);
    return names;
}

/* Schemas */

dun_schema *dun_schema_read(const dun_schema_options *options, const char *source, dun_error *error)
{
    struct schema_call call = {0};
    struct source_request request;
    struct source_catalog *read = NULL;
    struct task_scope scope;
    task_scope_enter(&scope, options ? options->cancel : NULL, -1);
    bool ok = begin(&call, options, &source, 1, &request, error);
    dun_schema *schema = ARENA_NEW(call.arena, dun_schema);
    schema->call = call;
    if (ok && !call.settings.tenant) {
        source_settings_as_definitions(call.arena, &schema->call.settings, request.spelling.url);
        schema->schema = schema->call.settings.tenant;
    }
    ok = ok && source_catalog_open(&schema->call.settings, &request, &read, error);
    task_scope_leave(&scope);
    if (!ok) {
        arena_free(call.arena);
        return NULL;
    }
    catalog_sort(read->catalog);
    schema->source = read;
    schema->not_compared = names_of_unmodelled(call.arena, read->catalog);
    return schema;
}

void dun_schema_free(dun_schema *schema)
{
    if (!schema)
        return;
    source_catalog_close(schema->source);
    arena_free(schema->call.arena);
}

const char *dun_schema_source(const dun_schema *schema)
{
    return schema->source->name;
}

const char *dun_schema_engine(const dun_schema *schema)
{
    return schema->source->engine->name;
}

const char *const *dun_schema_not_compared(const dun_schema *schema)
{
    return schema->not_compared;
}

const dun_warning *dun_schema_warnings(const dun_schema *schema, size_t *ret_count)
{
    *ret_count = schema->source->warnings.count;
    return schema->source->warnings.items;
}

size_t dun_schema_objects(const dun_schema *schema)
{
    size_t count;
    catalog_objects(schema->source->catalog, &count);
    return count;
}

uint64_t dun_schema_statements(const dun_schema *schema)
{
    return schema->source->statements;
}

uint64_t dun_schema_round_trips(const dun_schema *schema)
{
    return schema->source->round_trips;
}

const char *schema_written(const dun_schema *schema, struct arena *arena, const char *sql)
{
    return schema->schema ? sql_unqualified(arena, schema->source->engine->dialect, sql, schema->schema)
                          : sql;
}

bool schema_sql(const dun_schema *schema, char **ret_sql, dun_error *error)
{
    const struct dun_engine *engine = schema->source->engine;
    struct catalog *catalog = schema->source->catalog;
    struct arena *arena = arena_new();
    struct str text = STR_INIT;
    struct catalog *empty = source_empty_catalog(arena, engine, catalog_server(catalog));
    struct diff *diff = diff_catalogs(arena, engine->diff, empty, catalog);
    struct plan *plan = plan_make(engine->language, diff, &(struct plan_options){0}, error);
    if (plan)
        plan_text(&text, engine->language, plan, true);
    if (plan)
        *ret_sql = memory_strdup(schema_written(schema, arena, str_text(&text)));
    str_free(&text);
    arena_free(arena);
    return plan != NULL;
}

/* Differences */

struct dun_schema_diff {
    struct schema_call call;
    struct compare *compare;
    dun_plan *plan;
    told_warning_list warnings;
    uint64_t statements, round_trips;
};

static void add_cost(dun_schema_diff *diff, const struct source_catalog *source)
{
    diff->statements += source->statements;
    diff->round_trips += source->round_trips;
}

static bool compare_sides(dun_schema_diff *diff, const dun_schema_options *options,
                          const struct source_request requests[2], dun_error *error)
{
    const struct plan_options plan_options = {.online = options && options->online};
    struct proof proof = {0};
    source_settings_of_tenant(diff->call.arena, &diff->call.settings,
                              requests[0].spelling.url ? requests[0].spelling.url : requests[1].spelling.url);
    if (!compare_open(&diff->call.settings, &requests[0], &requests[1], &diff->compare, error))
        return false;
    struct plan *plan = compare_plan(diff->compare, &plan_options, error);
    if (!plan || !compare_prove(diff->compare, plan, &proof, error))
        return false;
    diff->plan = told_plan(diff->call.arena, diff->compare, plan, &proof);
    told_warnings(diff->call.arena, &diff->warnings, diff->compare);
    add_cost(diff, diff->compare->from);
    add_cost(diff, diff->compare->to);
    return true;
}

dun_schema_diff *dun_schema_compare(const dun_schema_options *options, const char *from, const char *to,
                                    dun_error *error)
{
    struct schema_call call = {0};
    struct source_request requests[2];
    struct task_scope scope;
    task_scope_enter(&scope, options ? options->cancel : NULL, -1);
    bool ok = begin(&call, options, (const char *const[]){from, to}, 2, requests, error);
    dun_schema_diff *diff = ARENA_NEW(call.arena, dun_schema_diff);
    diff->call = call;
    ok = ok && compare_sides(diff, options, requests, error);
    task_scope_leave(&scope);
    if (ok)
        return diff;
    dun_schema_diff_free(diff);
    return NULL;
}

void dun_schema_diff_free(dun_schema_diff *diff)
{
    if (!diff)
        return;
    compare_close(diff->compare);
    arena_free(diff->call.arena);
}

bool dun_schema_diff_is_equal(const dun_schema_diff *diff)
{
    return compare_is_equal(diff->compare);
}

const dun_plan *dun_schema_diff_plan(const dun_schema_diff *diff)
{
    return diff->plan;
}

const dun_warning *dun_schema_diff_warnings(const dun_schema_diff *diff, size_t *ret_count)
{
    *ret_count = diff->warnings.count;
    return diff->warnings.items;
}

uint64_t dun_schema_diff_statements(const dun_schema_diff *diff)
{
    return diff->statements;
}

uint64_t dun_schema_diff_round_trips(const dun_schema_diff *diff)
{
    return diff->round_trips;
}
