/* dun_drift_find_commit: which commit's definitions the database is nearest to. */
#include "base/error.h"
#include "base/memory.h"
#include "diff/diff.h"
#include "drift/live.h"
#include "source/git_history.h"
#include "source/trial.h"
#include "task/task.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DEFAULT_LIMIT = 1000 };

struct search {
    struct drift_live live;
    struct drift_filter filter;
    struct git_history *history;
    struct source_trial *trial;
    dun_drift_commit best;
    const char *folder; /* of the definitions, in the best one */
    bool found;
};

static char *date_text(int64_t seconds)
{
    char text[40] = "";
    time_t time = (time_t)seconds;
    struct tm utc;
    if (gmtime_r(&time, &utc))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return memory_strdup(text);
}

void dun_drift_commit_free(dun_drift_commit *commit)
{
    free(commit->commit);
    free(commit->date);
    free(commit->author);
    free(commit->subject);
}

static void note_best(struct search *search, const struct git_commit_changes *commit, size_t differences)
{
    size_t looked_at = search->best.looked_at;
    dun_drift_commit_free(&search->best);
    search->best = (dun_drift_commit){
        .commit = memory_strdup(commit->id),
        .date = date_text(commit->time),
        .author = memory_strdup(commit->author),
        .subject = memory_strdup(commit->subject),
        .differences = differences,
        .looked_at = looked_at,
    };
    search->folder = arena_strdup(search->live.call.arena, commit->folder);
    search->found = true;
}

/* Definitions that no database takes are not what this one is. */
static bool count_differences(struct search *search, struct arena *arena,
                              const struct git_commit_changes *commit, size_t *ret_count, bool *ret_usable,
                              dun_error *error)
{
    struct source_definitions *definitions;
    struct catalog *catalog;
    const struct dun_engine *engine = search->live.call.settings.engine;
    dun_error *failure = dun_error_new();
    bool ok = git_history_definitions(search->history, arena, engine->dialect, commit->id, false,
                                      &definitions, failure) &&
              source_trial_run(search->trial, definitions, arena, &catalog, failure);
    *ret_usable = ok;
    if (!ok && dun_error_code(failure) == DUN_BAD_INPUT)
        ok = true;
    else if (!ok)
        error_move(error, failure);
    dun_error_free(failure);
    if (!*ret_usable)
        return ok;
    struct catalog *expected = drift_side(arena, &search->filter, catalog, false, search->live.schema);
    struct drift_filter here = search->filter;
    here.only = search->live.schema;
    struct catalog *actual = drift_side(arena, &here, search->live.source->catalog, false, NULL);
    *ret_count = diff_catalogs(arena, engine->diff, expected, actual)->changes.count;
    return true;
}

static bool look_at(struct search *search, struct arena *arena, bool *ret_done, dun_error *error)
{
    struct git_commit_changes *commit;
    size_t differences = 0;
    bool usable = false;
    if (!git_history_next_state(search->history, arena, &commit, error))
        return false;
    search->best.at_end = commit == NULL;
    *ret_done = commit == NULL;
    if (!commit)
        return true;
    search->best.looked_at++;
    if (!count_differences(search, arena, commit, &differences, &usable, error))
        return false;
    if (usable && (!search->found || differences < search->best.differences))
        note_best(search, commit, differences);
    *ret_done = usable && differences == 0;
    return true;
}

static bool walk(struct search *search, size_t limit, dun_error *error)
{
    bool done = false;
    while (!done && search->best.looked_at < limit) {
        struct arena *arena = arena_new();
        bool ok = look_at(search, arena, &done, error);
        arena_free(arena);
        if (!ok)
            return false;
    }
    if (search->found)
        return true;
    error_set(error, DUN_BAD_INPUT, "no commit has definitions that the database could be");
    if (git_history_is_cut(search->history))
        error_hint(error, "this clone is shallow: git fetch --unshallow");
    return false;
}

/* The rest of the history may have what was not found. */
static void warn_if_cut(const struct search *search, dun_drift *drift)
{
    if (search->best.differences > 0 && git_history_is_cut(search->history))
        *vector_add(drift->arena, &drift->warnings) =
            (dun_warning){.message = "this clone is shallow, so only the commits that it has were looked at: "
                                     "git fetch --unshallow"};
}

static bool begin(struct search *search, const dun_drift_options *options, struct source_revision *ret_where,
                  dun_error *error)
{
    struct schema_call *call = &search->live.call;
    struct history history;
    if (!drift_live_open(&search->live, options, &history, error) ||
        !drift_live_read(&search->live, &history, error))
        return false;
    *ret_where = schema_revision(call, NULL);
    search->filter = (struct drift_filter){
        .patterns = options->schema.ignore,
        .count = options->schema.ignore_count,
        .matched = arena_alloc(call->arena, (options->schema.ignore_count + 1) * sizeof(bool)),
        .only = search->live.schema ? call->settings.engine->catalog->first_schema : NULL,
    };
    search->trial = source_trial_new(drift_settings_in(&search->live, search->filter.only));
    return git_history_open(call->arena, ret_where, &search->history, error);
}

/* What differs from the commit that was found, told like any drift. */
static dun_drift *tell(const struct search *search, const struct source_revision *where,
                       const dun_drift_options *options, dun_error *error)
{
    dun_drift_options from_commit = *options;
    struct arena *arena = arena_new();
    const char *folder = *search->folder ? search->folder : where->path ? where->path : where->schema;
    from_commit.source = arena_printf(arena, "git:%s:%s", search->best.commit, folder);
    dun_drift *drift = dun_drift_find(&from_commit, error);
    arena_free(arena);
    return drift;
}

bool dun_drift_find_commit(const dun_drift_options *options, size_t limit, dun_drift_commit *ret_commit,
                           dun_drift **ret_drift, dun_error *error)
{
    struct search search = {.live = {.options = options}};
    struct source_revision where;
    struct task_scope scope;
    task_scope_enter(&scope, options->schema.cancel, -1);
    bool ok = begin(&search, options, &where, error) && walk(&search, limit ? limit : DEFAULT_LIMIT, error);
    dun_drift *drift = ok ? tell(&search, &where, options, error) : NULL;
    if (drift)
        warn_if_cut(&search, drift);
    git_history_close(search.history);
    source_trial_free(search.trial);
    drift_live_close(&search.live);
    task_scope_leave(&scope);
    if (!drift) {
        dun_drift_commit_free(&search.best);
        return false;
    }
    *ret_commit = search.best;
    *ret_drift = drift;
    return true;
}
