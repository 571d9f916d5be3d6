/* dun_drift_find: what the database should be, and what of it is different. */
#include "drift/drift.h"

#include "base/error.h"
#include "base/str.h"
#include "drift/live.h"
#include "drift/shared.h"
#include "migrate/state.h"
#include "plan/plan.h"
#include "source/folder.h"
#include "source/locate.h"
#include "task/task.h"

#include <string.h>
#include <unistd.h>

struct finding {
    struct drift_live live;
    struct source_request expected_request;
    struct source_catalog *expected;
    bool owns_expected;
    bool pending_between; /* some migration is pending that is older than one that is applied */
    dun_drift *drift;
};

/* What it should be */

static bool refuse_unfinished(const struct migration *migration, dun_error *error)
{
    error_set(error, DUN_FAILED,
              "migration %s %s is not finished, so nobody knows what the database should be",
              migration->said.version, migration->said.name);
    error_hint(
        error,
        "finish it first: `dunlin status` says how it stands; or say what to compare with: dunlin drift "
        "SOURCE");
    return false;
}

static bool refuse_missing(const struct migration *migration, const char *folder, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "migration %s %s is applied, but its file is missing",
              migration->said.version, migration->said.name);
    error_at(error, folder, 0, 0);
    error_hint(error, "bring the file back, or say what to compare with: dunlin drift schema");
    return false;
}

/* A file that says something else now is what the database should be, and yet it was not what was run. */
static void warn_of_changed(struct finding *finding, const struct migration *migration)
{
    struct arena *arena = finding->drift->arena;
    if (migration->said.changed)
        *vector_add(arena, &finding->drift->warnings) = (dun_warning){
            .file = arena_strdup(arena, migration->said.up_file),
            .message =
                "the file was changed after the migration was applied; what counts is the file as it is now"};
}

/* Those that are applied are replayed, as their files are now; pending ones among them are left out. */
static bool expect_migrations(struct finding *finding, const struct migrations *migrations,
                              const char *folder, dun_error *error)
{
    struct arena *arena = finding->drift->arena;
    VECTOR(const char *) pending = {0};
    const char *last = NULL;
    const struct migration *unfinished = migrations_unfinished(migrations);
    if (unfinished)
        return refuse_unfinished(unfinished, error);
    for (size_t i = 0; i < migrations->count; ++i) {
        const struct migration *migration = &migrations->items[i];
        if (migration->said.missing)
            return refuse_missing(migration, folder, error);
        warn_of_changed(finding, migration);
        finding->pending_between = finding->pending_between || migration->said.out_of_order;
        if (migration->said.state == DUN_APPLIED)
            last = migration->said.version;
        else
            *vector_add(arena, &pending) = arena_strdup(arena, migration->said.version);
    }
    *vector_add(arena, &pending) = NULL;
    finding->drift->pending = pending.items;
    finding->drift->from_migrations = true;
    finding->expected_request.without = pending.items;
    finding->expected_request.spelling =
        last ? (struct source_spelling){.kind = SOURCE_MIGRATIONS, .path = folder, .version = last}
             : (struct source_spelling){.kind = SOURCE_EMPTY};
    return true;
}

static bool has_history(const struct history *history)
{
    return history->count > 0;
}

static bool choose_expected(struct finding *finding, const struct history *history, dun_error *error)
{
    const dun_schema_options *schema = &finding->live.options->schema;
    const char *folder = schema->migrations ? schema->migrations : "migrations";
    struct migration_folder *files;
    if (finding->live.options->source)
        return true;
    if (!has_history(history)) {
        finding->expected_request.spelling = (struct source_spelling){
            .kind = SOURCE_FOLDER, .path = schema->schema ? schema->schema : "schema"};
        return true;
    }
    return migration_folder_read(finding->live.call.arena, folder, &files, error) &&
           expect_migrations(finding, migrations_combine(finding->live.call.arena, files, history), folder,
                             error);
}

/* Both sides */

/* What migrations make is defined in the folder of definitions, too, for those who keep one; a message points
 * there. */
static void locate_expected(struct finding *finding, struct catalog *catalog)
{
    const dun_schema_options *schema = &finding->live.options->schema;
    const char *folder = schema->schema ? schema->schema : "schema";
    struct source_definitions *definitions;
    if (finding->drift->from_migrations && access(folder, R_OK) == 0 &&
        source_folder_definitions(finding->live.call.arena, finding->live.call.settings.engine->dialect,
                                  folder, &definitions, NULL))
        locate_objects(catalog, definitions);
}

/* The schema that the database is looked at in, and what it is called where the other side was made. */
static struct compare *compare_what_counts(struct finding *finding, dun_error *error)
{
    struct arena *arena = finding->live.call.arena;
    const struct dun_engine *engine = finding->live.target->engine;
    const char *made_in = engine->catalog->first_schema;
    const char *tenant = finding->live.schema;
    bool narrow = tenant || finding->expected->only_schema;
    bool *matched = arena_alloc(arena, (finding->live.options->schema.ignore_count + 1) * sizeof *matched);
    struct drift_filter filter = {.patterns = finding->live.options->schema.ignore,
                                  .count = finding->live.options->schema.ignore_count,
                                  .matched = matched};
    struct source_catalog *from = ARENA_NEW(arena, struct source_catalog),
                          *to = ARENA_NEW(arena, struct source_catalog);
    struct compare *compare = NULL;
    *from = *finding->expected;
    *to = *finding->live.source;
    to->name = finding->live.target->name;
    filter.only = narrow ? made_in : NULL;
    filter.qualifier = tenant ? engine->tenants->written(arena, tenant) : NULL;
    from->catalog = drift_side(arena, &filter, finding->expected->catalog, !finding->owns_expected, tenant);
    locate_expected(finding, from->catalog);
    filter.only = tenant ? tenant : narrow ? made_in : NULL;
    to->catalog = drift_side(arena, &filter, finding->live.source->catalog, finding->live.is_shared, NULL);
    finding->drift->ignored = filter.ignored;
    told_unused_ignores(finding->drift->arena, &finding->drift->warnings, filter.patterns, filter.count,
                        matched);
    return compare_catalogs(&finding->live.call.settings, from, to, &compare, error) ? compare : NULL;
}

/* Not being able to say the SQL is no reason not to say what differs. */
static const char *plan_sql(struct finding *finding, struct compare *compare, const char **ret_problem)
{
    struct arena *arena = finding->drift->arena;
    dun_error *failure = dun_error_new();
    const struct plan_options options = {.online = finding->live.options->schema.online};
    struct plan *plan = compare_plan(compare, &options, failure);
    struct str text = STR_INIT;
    if (plan)
        plan_text(&text, compare->engine->language, plan, false);
    else
        *ret_problem = arena_strdup(arena, dun_error_message(failure));
    const char *sql = plan ? arena_strdup(arena, str_text(&text)) : NULL;
    str_free(&text);
    dun_error_free(failure);
    return sql;
}

static void say_sql(struct finding *finding, struct compare *compare)
{
    dun_drift *drift = finding->drift;
    struct compare *back = NULL;
    drift->fix = drift->adopt = "";
    if (compare_is_equal(compare))
        return;
    compare->from_request = finding->owns_expected ? &finding->expected_request : NULL;
    drift->adopt = plan_sql(finding, compare, &drift->adopt_problem);
    drift->fix = NULL;
    dun_error *failure = dun_error_new();
    if (compare_catalogs(&finding->live.call.settings, compare->to, compare->from, &back, failure)) {
        back->from_request = finding->live.is_shared ? NULL : &finding->live.request;
        drift->fix = plan_sql(finding, back, &drift->fix_problem);
    } else
        drift->fix_problem = arena_strdup(drift->arena, dun_error_message(failure));
    compare_close(back);
    dun_error_free(failure);
}

static void say_not_compared(struct finding *finding)
{
    size_t count;
    const struct schema_unmodelled *left_out = catalog_unmodelled(finding->live.source->catalog, &count);
    const char **names = arena_alloc(finding->drift->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; ++i)
        names[i] = arena_printf(finding->drift->arena, "%s %s", left_out[i].what, left_out[i].name);
    finding->drift->not_compared = names;
}

/* As a source is written; NULL where that cannot say which migrations are left out. */
static const char *fix_source(const struct finding *finding)
{
    const struct source_spelling *spelling = &finding->expected_request.spelling;
    struct arena *arena = finding->drift->arena;
    if (finding->live.options->source)
        return arena_strdup(arena, finding->live.options->source);
    if (spelling->kind == SOURCE_EMPTY)
        return "empty";
    if (spelling->kind == SOURCE_FOLDER) /* with a slash at its end, a folder is nothing else */
        return arena_printf(arena, "%s%s/", strchr(spelling->path, '/') ? "" : "./", spelling->path);
    return finding->pending_between
               ? NULL
               : arena_printf(arena, "migrations:%s@%s", spelling->path, spelling->version);
}

static void say_sides(struct finding *finding)
{
    dun_drift *drift = finding->drift;
    drift->target = arena_strdup(drift->arena, finding->live.target->name);
    drift->schema = arena_strdup(drift->arena, finding->live.schema);
    drift->dialect = finding->live.target->engine->dialect;
    drift->source = arena_strdup(drift->arena, finding->expected->name);
    drift->fix_source = fix_source(finding);
}

static void count_cost(struct finding *finding)
{
    const dun_connection *connection = finding->live.target->connection;
    const struct source_catalog *expected = finding->owns_expected ? finding->expected : NULL;
    finding->drift->statements = connection->statements + (expected ? expected->statements : 0);
    finding->drift->round_trips = connection->round_trips + (expected ? expected->round_trips : 0);
}

/* Both sides are read alike: whether names are qualified depends on the schemas that are read. */
static bool get_expected(struct finding *finding, dun_error *error)
{
    const char *made_in = finding->live.call.settings.engine->catalog->first_schema;
    struct source_settings *settings =
        drift_settings_in(&finding->live, finding->live.schema ? made_in : NULL);
    settings->one_schema = finding->live.schema != NULL;
    struct expected_request request = {
        .settings = settings,
        .source = finding->expected_request,
        .server = arena_printf(finding->live.call.arena, "%s%s", finding->live.server,
                               finding->live.schema ? ", one schema" : ""),
    };
    if (!expected_get(finding->live.options->shared, &request, &finding->expected, error))
        return false;
    finding->owns_expected = !finding->live.options->shared;
    return true;
}

static bool read_expected(struct finding *finding, const struct history *history, dun_error *error)
{
    const char *made_in = finding->live.call.settings.engine->catalog->first_schema;
    return get_expected(finding, error) && (!finding->expected->only_schema || finding->live.schema ||
                                            drift_live_read_again(&finding->live, history, made_in, error));
}

/*
 * What the first of many should be is made while the others are read, and is most likely what these should
 * be, too. It is not held against the catalog yet: until that is read, the history may change.
 */
static bool prepare(struct finding *finding, struct history *history, dun_error *error)
{
    struct drift_live *live = &finding->live;
    if (!drift_live_pause(live, error))
        return false;
    struct finding early = *finding;
    early.drift = ARENA_NEW(live->call.arena, dun_drift);
    early.drift->arena = live->call.arena;
    early.expected_request = live->expected;
    return choose_expected(&early, history, error) && get_expected(&early, error) &&
           drift_live_resume(live, history, error);
}

static bool compare_with(struct finding *finding, const struct history *history, dun_error *error)
{
    if (!read_expected(finding, history, error))
        return false;
    struct compare *compare = compare_what_counts(finding, error);
    if (!compare)
        return false;
    say_sides(finding);
    say_not_compared(finding);
    count_cost(finding);
    told_warnings(finding->drift->arena, &finding->drift->warnings, compare);
    drift_tell(finding->drift, compare);
    say_sql(finding, compare);
    compare_close(compare);
    return true;
}

static bool find(struct finding *finding, const dun_drift_options *options, dun_error *error)
{
    struct history history;
    if (!drift_live_open(&finding->live, options, &history, error))
        return false;
    if (options->shared && shared_is_first(options->shared) && !prepare(finding, &history, error))
        return false;
    if (!drift_live_read(&finding->live, &history, error))
        return false;
    finding->expected_request = finding->live.expected;
    return choose_expected(finding, &history, error) && compare_with(finding, &history, error);
}

dun_drift *dun_drift_find(const dun_drift_options *options, dun_error *error)
{
    static const char *const nothing[] = {NULL};
    struct arena *arena = arena_new();
    struct finding finding = {.drift = ARENA_NEW(arena, dun_drift)};
    struct task_scope scope;
    finding.drift->arena = arena;
    finding.drift->pending = finding.drift->not_compared = nothing;
    task_scope_enter(&scope, options->schema.cancel, -1);
    bool ok = find(&finding, options, error);
    if (finding.owns_expected)
        source_catalog_close(finding.expected);
    drift_live_close(&finding.live);
    ok = ok && (!options->data || drift_compare_data(finding.drift, options, error));
    task_scope_leave(&scope);
    if (ok)
        return finding.drift;
    dun_drift_free(finding.drift);
    return NULL;
}

void dun_drift_free(dun_drift *drift)
{
    if (drift)
        arena_free(drift->arena);
}

const char *dun_drift_target(const dun_drift *drift)
{
    return drift->target;
}

const char *dun_drift_schema(const dun_drift *drift)
{
    return drift->schema;
}

const char *dun_drift_source(const dun_drift *drift)
{
    return drift->source;
}

const char *dun_drift_fix_source(const dun_drift *drift)
{
    return drift->fix_source;
}

const dun_difference *dun_drift_differences(const dun_drift *drift, size_t *ret_count)
{
    *ret_count = drift->differences.count;
    return drift->differences.items;
}

const dun_data_difference *dun_drift_data(const dun_drift *drift, size_t *ret_count)
{
    *ret_count = drift->data.count;
    return drift->data.items;
}

const char *dun_drift_data_problem(const dun_drift *drift)
{
    return drift->data_problem;
}

bool dun_drift_is_equal(const dun_drift *drift)
{
    VECTOR_EACH (const dun_data_difference, data, &drift->data)
        if (data->missing || data->different || data->extra)
            return false;
    return drift->differences.count == 0;
}

bool dun_drift_is_adoptable(const dun_drift *drift)
{
    return drift->from_migrations && drift->differences.count > 0 && !drift->pending[0] && drift->adopt &&
           drift->fix;
}

uint64_t dun_drift_statements(const dun_drift *drift)
{
    return drift->statements;
}

uint64_t dun_drift_round_trips(const dun_drift *drift)
{
    return drift->round_trips;
}

size_t dun_drift_ignored(const dun_drift *drift)
{
    return drift->ignored;
}

const char *const *dun_drift_pending(const dun_drift *drift)
{
    return drift->pending;
}

const char *const *dun_drift_not_compared(const dun_drift *drift)
{
    return drift->not_compared;
}

const dun_warning *dun_drift_warnings(const dun_drift *drift, size_t *ret_count)
{
    *ret_count = drift->warnings.count;
    return drift->warnings.items;
}

const char *dun_drift_fix(const dun_drift *drift, const char **ret_reason)
{
    *ret_reason = drift->fix_problem;
    return drift->fix;
}

const char *dun_drift_adopt(const dun_drift *drift, const char **ret_reason)
{
    *ret_reason = drift->adopt_problem;
    return drift->adopt;
}
