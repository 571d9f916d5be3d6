/* dun_apply_schema: from reading both sides to the last look at what has come of it. */
#include "apply/applying.h"
#include "base/error.h"
#include "base/str.h"
#include "compare/proofs.h"
#include "compare/schema.h"
#include "compare/told.h"
#include "engine/surroundings.h"
#include "schema/canonical.h"
#include "source/ignore.h"
#include "task/task.h"

#include <string.h>
#include <unistd.h>

enum {
    MOST_PLANS = 5
}; /* a database that changes faster than that is changed by somebody who should be asked */

/* Getting ready */

static void hint_at_losses(dun_error *error)
{
    struct str words = STR_INIT;
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (plan_hazard_class((enum plan_hazard)(1u << i)) == PLAN_LOSES_DATA)
            str_printf(&words, "%s, ", plan_hazard_word((enum plan_hazard)(1u << i)));
    error_hint(error, "those that are refused unless they are allowed are %sand all of them are `all`",
               str_text(&words));
    str_free(&words);
}

static bool read_allowed(struct applying *applying, dun_error *error)
{
    static const char separators[] = " ,";
    const char *at = applying->options->allow ? applying->options->allow : "";
    for (at += strspn(at, separators); *at; at += strspn(at, separators)) {
        size_t length = strcspn(at, separators);
        const char *word = arena_strndup(applying->arena, at, length);
        unsigned hazards;
        if (!plan_hazard_from_word(word, &hazards)) {
            error_set(error, DUN_USAGE, "no hazard is called \"%s\"", word);
            hint_at_losses(error);
            return false;
        }
        applying->allowed |= hazards;
        at += length;
    }
    return true;
}

/* The definitions are a folder, whatever it is called. */
static bool read_sources(struct applying *applying, dun_error *error)
{
    const dun_apply_options *options = applying->options;
    const char *folder = options->schema.schema ? options->schema.schema : "schema";
    const char *const sources[] = {options->schema.url, options->source ? options->source : "empty"};
    struct source_request requests[2];
    if (!options->schema.url)
        return error_set(error, DUN_USAGE, "no URL was given");
    if (!schema_settings(applying->arena, &options->schema, sources, 2, &applying->settings, requests, error))
        return false;
    source_settings_of_tenant(applying->arena, &applying->settings, requests[0].spelling.url);
    applying->from = requests[0];
    applying->to = requests[1];
    if (!options->source)
        applying->to.spelling = (struct source_spelling){.kind = SOURCE_FOLDER, .path = folder};
    return true;
}

static bool open_target(struct applying *applying, dun_error *error)
{
    const dun_schema_options *options = &applying->options->schema;
    const struct run_target_options target = {
        .url = options->url,
        .application = arena_printf(applying->arena, "dunlin apply, %s, pid %ld",
                                    options->applied_by ? options->applied_by : "unknown", (long)getpid()),
        .wait_ms = options->wait_ms,
        .echo = options->echo,
        .absent = applying->options->dry_run ? DB_ABSENT_EMPTY : DB_ABSENT_MADE,
        .observer = {applying->options->observe, applying->options->user},
    };
    return run_target_open(applying->arena, &target, &applying->target, error);
}

/* Planning */

static void tell_warnings(dun_apply *result, const struct compare *compare)
{
    const struct source_settings *settings = compare->settings;
    bool *matched = arena_alloc(compare->arena, (settings->ignore_count + 1) * sizeof *matched);
    for (size_t i = 0; i < settings->ignore_count; ++i)
        matched[i] = compare->from->ignored[i] || compare->to->ignored[i];
    result->warnings.count = 0;
    told_unused_ignores(result->arena, &result->warnings, settings->ignore, settings->ignore_count, matched);
    told_warnings(result->arena, &result->warnings, compare);
}

static void tell_result(struct applying *applying, const struct proof *proof)
{
    dun_apply *result = applying->result;
    if (!result) {
        struct arena *arena = arena_new();
        result = applying->result = ARENA_NEW(arena, dun_apply);
        result->arena = arena;
        result->target = arena_strdup(arena, applying->target->name);
    }
    result->plan = told_plan(result->arena, applying->compare, applying->plan, proof);
    tell_warnings(result, applying->compare);
}

/* The server, and all of the database but its name that a plan could depend on; what one schema needs is in
 * this database. */
static bool place_of(struct applying *applying, const char **ret_place, dun_error *error)
{
    const char *surroundings;
    if (!surroundings_ask(applying->target->engine, applying->target->connection, applying->arena,
                          &surroundings, error))
        return false;
    const struct db_url *url = applying->from.spelling.url;
    *ret_place = arena_printf(applying->arena, "%s %s",
                              applying->settings.tenant ? db_url_redacted(applying->arena, url)
                                                        : db_url_server(applying->arena, url),
                              surroundings);
    return true;
}

static bool prove(struct applying *applying, struct proof *ret_proof, dun_error *error)
{
    const char *place = NULL;
    dun_proofs *proofs = applying->options->proofs;
    return (!proofs || place_of(applying, &place, error)) &&
           proofs_prove(proofs, place, applying->compare, applying->plan, ret_proof, error);
}

/* Both sides anew, the plan, and its proof. */
static bool make_plan(struct applying *applying, struct proof *ret_proof, dun_error *error)
{
    const struct plan_options options = {.online = applying->options->schema.online};
    compare_close(applying->compare);
    applying->compare = NULL;
    applying->from.connection = applying->target->connection;
    if (!compare_open(&applying->settings, &applying->from, &applying->to, &applying->compare, error))
        return false;
    applying->plan = compare_plan(applying->compare, &options, error);
    if (!applying->plan)
        return false;
    ret_proof->proven = compare_is_equal(applying->compare);
    return ret_proof->proven || prove(applying, ret_proof, error);
}

static bool plan_safely(struct applying *applying, dun_error *error)
{
    struct proof proof = {0};
    if (!make_plan(applying, &proof, error) || !apply_count_rows(applying, error))
        return false;
    tell_result(applying, &proof);
    return apply_is_safe(applying, &proof, error);
}

static bool is_wanted(struct applying *applying)
{
    const dun_apply_options *options = applying->options;
    applying->result->declined = options->confirm && !options->confirm(options->user, applying->result->plan,
                                                                       applying->result->replanned > 0);
    return !applying->result->declined;
}

/* Reading the target again */

static bool read_target(struct applying *applying, struct arena *arena, struct catalog **ret_catalog,
                        dun_error *error)
{
    /* Perhaps only one schema could be compared. */
    const struct source_settings *settings = applying->compare->from->settings;
    struct catalog *catalog;
    if (!applying->target->engine->catalog->read(applying->target->connection, &settings->catalog, arena,
                                                 &catalog, error))
        return false;
    *ret_catalog = source_without_ignored(arena, catalog, settings->ignore, settings->ignore_count, NULL);
    return true;
}

/* Is the target what the plan was made for? */
static bool is_unchanged(struct applying *applying, bool *ret_unchanged, dun_error *error)
{
    char before[FINGERPRINT_LENGTH + 1], now[FINGERPRINT_LENGTH + 1];
    struct arena *arena = arena_new();
    struct catalog *catalog = NULL;
    bool good = read_target(applying, arena, &catalog, error);
    if (good) {
        canonical_fingerprint(applying->compare->from->catalog, before);
        canonical_fingerprint(catalog, now);
        *ret_unchanged = strcmp(before, now) == 0;
    }
    arena_free(arena);
    return good;
}

static const char *first_difference(struct arena *arena, const struct diff *diff)
{
    const struct diff_change *change = &diff->changes.items[0];
    return arena_printf(arena, "%s%s", (change->to ? change->to : change->from)->key,
                        diff->changes.count > 1 ? ", ..." : "");
}

static bool has_become_equal(struct applying *applying, dun_error *error)
{
    struct arena *arena = arena_new();
    struct catalog *catalog = NULL;
    bool good = read_target(applying, arena, &catalog, error);
    if (!good) {
        error_state(error, "all statements of the plan are done; what has come of them was not looked at");
    } else {
        const struct diff *diff =
            diff_catalogs(arena, applying->target->engine->diff, catalog, applying->compare->to->catalog);
        good = diff->changes.count == 0;
        if (!good) {
            error_set(error, DUN_FAILED, "the plan was run, but the database still differs: %s",
                      first_difference(arena, diff));
            error_state(error, "all statements of the plan are done");
            error_hint(error,
                       "did somebody else change it meanwhile? `dunlin apply` again plans what is left");
        }
    }
    arena_free(arena);
    return good;
}

/* The way */

/* On SQLite it is this that commits. */
static bool conclude(struct applying *applying, dun_error *error)
{
    if (run_target_unlock(applying->target, error))
        return true;
    if (applying->target->connection->undone) {
        applying->result->done = 0;
        error_state(error, "nothing was changed");
    }
    return false;
}

/* Under the lock. True in `ret_again`: the database is no longer what was planned for, and nothing was run.
 */
static bool run_locked(struct applying *applying, bool *ret_again, dun_error *error)
{
    bool unchanged = false;
    const char *lock = applying->settings.catalog.history;
    if (!run_target_lock(applying->target, lock, applying->options->lock_timeout_ms, NULL, 0, NULL, error) ||
        !is_unchanged(applying, &unchanged, error))
        return false;
    *ret_again = !unchanged;
    if (!unchanged)
        return run_target_unlock(applying->target, error);
    int64_t begin = task_now();
    applying->running = true;
    bool good = apply_run_plan(applying, error);
    applying->result->elapsed_ms = task_now() - begin;
    applying->result->applied = good && conclude(applying, error) && has_become_equal(applying, error);
    return applying->result->applied;
}

static void tell_change(struct applying *applying)
{
    const dun_event event = {.kind = DUN_EVENT_WARNING,
                             .text = "the database has changed since the plan was made; planning again"};
    ++applying->result->replanned;
    run_observe(&applying->target->observer, &event);
}

static bool work(struct applying *applying, dun_error *error)
{
    for (unsigned plans = 0; plans < MOST_PLANS; ++plans) {
        bool again = false;
        if (!plan_safely(applying, error))
            return false;
        if (applying->plan->statements.count == 0) {
            applying->result->applied = true;
            return true;
        }
        if (applying->options->dry_run || !is_wanted(applying))
            return true;
        if (!run_locked(applying, &again, error))
            return false;
        if (!again)
            return true;
        tell_change(applying);
    }
    error_set(error, DUN_LOCKED, "the database has changed %d times while it was being planned for",
              MOST_PLANS);
    error_state(error, "nothing was run");
    error_hint(error, "somebody else is changing its schema; try again when that is done");
    return false;
}

/* Also of the plan that was tried on a scratch copy, which may look as if it had been run. */
static bool work_or_tell(struct applying *applying, dun_error *error)
{
    if (work(applying, error))
        return true;
    if (!applying->running && !dun_error_state(error))
        error_state(error, "nothing was run");
    return false;
}

static bool open_and_work(struct applying *applying, dun_error *error)
{
    return read_allowed(applying, error) && read_sources(applying, error) && open_target(applying, error) &&
           work_or_tell(applying, error);
}

bool dun_apply_schema(const dun_apply_options *options, dun_apply **ret_apply, dun_error *error)
{
    struct applying applying = {.arena = arena_new(), .options = options};
    struct task_scope scope;
    task_scope_enter(&scope, options->schema.cancel, -1);
    bool good = open_and_work(&applying, error);
    compare_close(applying.compare);
    if (applying.result) {
        applying.result->statements = applying.target->connection->statements;
        applying.result->round_trips = applying.target->connection->round_trips;
    }
    run_target_close(applying.target);
    task_scope_leave(&scope);
    arena_free(applying.arena);
    *ret_apply = applying.result;
    return good;
}

void dun_apply_free(dun_apply *apply)
{
    if (apply)
        arena_free(apply->arena);
}

const dun_plan *dun_apply_plan(const dun_apply *apply)
{
    return apply->plan;
}

size_t dun_apply_done(const dun_apply *apply)
{
    return apply->done;
}

bool dun_apply_applied(const dun_apply *apply)
{
    return apply->applied;
}

bool dun_apply_declined(const dun_apply *apply)
{
    return apply->declined;
}

unsigned dun_apply_replanned(const dun_apply *apply)
{
    return apply->replanned;
}

const dun_warning *dun_apply_warnings(const dun_apply *apply, size_t *ret_count)
{
    *ret_count = apply->warnings.count;
    return apply->warnings.items;
}

const char *dun_apply_target(const dun_apply *apply)
{
    return apply->target;
}

int64_t dun_apply_elapsed_ms(const dun_apply *apply)
{
    return apply->elapsed_ms;
}

uint64_t dun_apply_statements(const dun_apply *apply)
{
    return apply->statements;
}

uint64_t dun_apply_round_trips(const dun_apply *apply)
{
    return apply->round_trips;
}
