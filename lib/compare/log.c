/*
 * dun_log: the catalogs before and after each commit. Going back in time, what a file was before a commit is
 * what an older commit made of it, so its catalog is kept until that comes.
 */
#include "base/error.h"
#include "base/map.h"
#include "base/nearest.h"
#include "base/str.h"
#include "compare/schema.h"
#include "diff/diff.h"
#include "diff/sentence.h"
#include "source/git_history.h"
#include "source/trial.h"
#include "task/task.h"

#include <dunlin/log.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What one file means by itself. */
struct kept {
    struct kept *next; /* of all */
    const char *blob;
    struct arena *arena; /* of the catalog; NULL: there is none */
    struct catalog *catalog;
};

struct dun_log {
    struct schema_call call;
    struct task_scope scope;
    dun_cancel *cancel;
    const char *object;
    bool object_met;
    struct map *met;                /* with an object that was not met yet: the names of others, each once */
    VECTOR(const char *) met_names; /* the same, in a row */
    struct git_history *history;
    struct source_trial *trial;
    struct map *kept; /* of struct kept, by path */
    struct kept *all_kept;
    struct arena *arena; /* of the entry that was given last */
};

struct side {
    struct arena *arena; /* of the catalog */
    bool own_arena;      /* otherwise it is one that is kept */
    struct catalog *catalog;
};

static bool try(dun_log *log, const struct source_definitions *definitions, struct side *side,
                dun_error *error)
{
    side->own_arena = true;
    return source_trial_run(log->trial, definitions, side->arena, &side->catalog, error);
}

static bool add_blob(dun_log *log, struct source_definitions *definitions, const char *path, const char *blob,
                     dun_error *error)
{
    const char *text;
    size_t length;
    return git_history_text(log->history, definitions->arena, blob, &text, &length, error) &&
           source_definitions_add(definitions, path, path, text, length, error);
}

/* The files of the commit alone, as they were before it or after it. */
static bool try_changed(dun_log *log, const struct git_commit_changes *commit, bool before, struct side *side,
                        dun_error *error)
{
    struct source_definitions *definitions =
        source_definitions_new(side->arena, log->call.settings.engine->dialect);
    VECTOR_EACH (const struct git_changed_file, file, &commit->files) {
        const char *blob = before ? file->before : file->after;
        if (blob && !add_blob(log, definitions, file->path, blob, error))
            return false;
    }
    source_definitions_finish(definitions);
    return try(log, definitions, side, error);
}

static bool try_all(dun_log *log, const struct git_commit_changes *commit, bool before, struct side *side,
                    dun_error *error)
{
    struct source_definitions *definitions;
    return git_history_definitions(log->history, side->arena, log->call.settings.engine->dialect, commit->id,
                                   before, &definitions, error) &&
           try(log, definitions, side, error);
}

static void side_free(struct side *side)
{
    if (side->own_arena)
        arena_free(side->arena);
    *side = (struct side){0};
}

static struct side side_new(void)
{
    return (struct side){.arena = arena_new(), .own_arena = true};
}

/* Keeping */

static struct kept *find_kept(dun_log *log, const char *path)
{
    struct kept *kept = map_get(log->kept, path);
    if (!kept) {
        kept = ARENA_NEW(log->call.arena, struct kept);
        kept->next = log->all_kept;
        log->all_kept = kept;
        map_add(log->kept, arena_strdup(log->call.arena, path), kept);
    }
    return kept;
}

static bool take_kept(dun_log *log, const struct git_commit_changes *commit, struct side *side)
{
    if (commit->files.count != 1 || !commit->files.items[0].after)
        return false;
    struct kept *kept = find_kept(log, commit->files.items[0].path);
    if (!kept->catalog || strcmp(kept->blob, commit->files.items[0].after) != 0)
        return false;
    *side = (struct side){.arena = kept->arena, .own_arena = true, .catalog = kept->catalog};
    kept->catalog = NULL;
    kept->arena = NULL;
    return true;
}

static void keep(dun_log *log, const struct git_commit_changes *commit, struct side *side)
{
    if (commit->files.count != 1 || !commit->files.items[0].before)
        return;
    struct kept *kept = find_kept(log, commit->files.items[0].path);
    arena_free(kept->arena);
    kept->blob = arena_strdup(log->call.arena, commit->files.items[0].before);
    kept->arena = side->arena;
    kept->catalog = side->catalog;
    side->own_arena = false;
}

/* Both sides of a commit. Where its files need others, all of them are tried; then nothing is kept. */
static bool open_sides(dun_log *log, const struct git_commit_changes *commit, struct side *before,
                       struct side *after, dun_error *error)
{
    bool known = take_kept(log, commit, after);
    if (!known)
        *after = side_new();
    *before = side_new();
    if ((known || try_changed(log, commit, false, after, NULL)) &&
        try_changed(log, commit, true, before, NULL)) {
        keep(log, commit, before);
        return true;
    }
    side_free(before);
    side_free(after);
    enum task_outcome outcome = task_check();
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, "trying the definitions", error);
    *before = side_new();
    *after = side_new();
    return try_all(log, commit, false, after, error) && try_all(log, commit, true, before, error);
}

/* Telling */

static const char *action_word(enum diff_action action)
{
    static const char *const words[] = {[DIFF_CREATE] = "added",
                                        [DIFF_DROP] = "dropped",
                                        [DIFF_ALTER] = "changed",
                                        [DIFF_RENAME] = "renamed"};
    return words[action];
}

static bool is_named(const struct catalog *catalog, const struct schema_object *object, const char *name)
{
    for (; object; object = object->parent)
        if (strcmp(object->name, name) == 0 || strcmp(catalog_full_name(catalog, object), name) == 0)
            return true;
    return false;
}

static bool is_wanted(const dun_log *log, const struct diff *diff, const struct diff_change *change)
{
    return !log->object || is_named(diff->to, change->to, log->object) ||
           is_named(diff->from, change->from, log->object);
}

static void note_name(dun_log *log, const char *name)
{
    if (map_get(log->met, name))
        return;
    name = arena_strdup(log->call.arena, name);
    map_add(log->met, name, log);
    *vector_add(log->call.arena, &log->met_names) = name;
}

/* Until the object is met, others are kept in mind: one of them may be meant. */
static void note_object(dun_log *log, const struct catalog *catalog, const struct schema_object *object)
{
    if (!log->object || log->object_met || !object)
        return;
    note_name(log, object->name);
    note_name(log, catalog_full_name(catalog, object));
}

typedef VECTOR(dun_log_change) log_changes;

static void tell_change(dun_log *log, const struct diff *diff, const struct diff_change *change,
                        log_changes *changes)
{
    struct str text = STR_INIT;
    bool on_new_side = change->to != NULL;
    const struct schema_object *object = on_new_side ? change->to : change->from;
    if (!is_wanted(log, diff, change)) {
        note_object(log, on_new_side ? diff->to : diff->from, object);
        return;
    }
    log->object_met = true;
    diff_sentence(&text, diff, change);
    *vector_add(log->arena, changes) = (dun_log_change){
        .action = action_word(change->action),
        .kind = schema_kind_word(object->kind),
        .name = arena_strdup(log->arena, catalog_full_name(on_new_side ? diff->to : diff->from, object)),
        .text = arena_strdup(log->arena, str_text(&text)),
    };
    str_free(&text);
}

static void tell_reordered(dun_log *log, const struct diff *diff, const struct schema_object *table,
                           log_changes *changes)
{
    struct str text = STR_INIT;
    if (log->object && !is_named(diff->to, table, log->object))
        return;
    diff_reordered_sentence(&text, diff, table);
    *vector_add(log->arena, changes) = (dun_log_change){
        .action = "changed",
        .kind = schema_kind_word(table->kind),
        .name = arena_strdup(log->arena, catalog_full_name(diff->to, table)),
        .text = arena_strdup(log->arena, str_text(&text)),
    };
    str_free(&text);
}

static void tell_changes(dun_log *log, const struct side *before, const struct side *after,
                         dun_log_entry *entry)
{
    log_changes changes = {0};
    struct arena *own = arena_new();
    struct diff *diff = diff_catalogs(own, log->call.settings.engine->diff, before->catalog, after->catalog);
    VECTOR_EACH (const struct diff_change, change, &diff->changes)
        tell_change(log, diff, change, &changes);
    VECTOR_EACH (const struct schema_object *const, table, &diff->reordered)
        tell_reordered(log, diff, *table, &changes);
    arena_free(own);
    entry->changes = changes.items;
    entry->change_count = changes.count;
}

static const char *date_text(struct arena *arena, int64_t seconds)
{
    char text[40];
    time_t time = (time_t)seconds;
    struct tm utc;
    if (!gmtime_r(&time, &utc))
        return "";
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_strdup(arena, text);
}

/* Definitions that no database takes are told of the commit; what else fails ends the log. */
static bool tell_problem(dun_log *log, dun_error *failure, dun_log_entry *entry, dun_error *error)
{
    if (dun_error_code(failure) != DUN_BAD_INPUT) {
        error_move(error, failure);
        return false;
    }
    const char *file = dun_error_file(failure);
    entry->problem =
        arena_printf(log->arena, "%s%s%s", file ? file : "", file ? ": " : "", dun_error_message(failure));
    return true;
}

static bool read_entry(dun_log *log, const struct git_commit_changes *commit, dun_log_entry *entry,
                       dun_error *error)
{
    struct side before = {0}, after = {0};
    dun_error *failure = dun_error_new();
    *entry = (dun_log_entry){
        .commit = commit->id,
        .date = date_text(log->arena, commit->time),
        .author = commit->author,
        .email = commit->email,
        .subject = commit->subject,
    };
    bool ok = open_sides(log, commit, &before, &after, failure);
    if (ok)
        tell_changes(log, &before, &after, entry);
    else
        ok = tell_problem(log, failure, entry, error);
    side_free(&before);
    side_free(&after);
    dun_error_free(failure);
    return ok;
}

/* Of one object, commits that did nothing to it are left out. */
static bool is_of_interest(const dun_log *log, const dun_log_entry *entry)
{
    return !log->object || entry->change_count > 0;
}

static bool next(dun_log *log, const dun_log_entry **ret_entry, dun_error *error)
{
    for (;;) {
        struct git_commit_changes *commit;
        arena_free(log->arena);
        log->arena = arena_new();
        if (!git_history_next(log->history, log->arena, &commit, error))
            return false;
        dun_log_entry *entry = commit ? ARENA_NEW(log->arena, dun_log_entry) : NULL;
        if (commit && !read_entry(log, commit, entry, error))
            return false;
        *ret_entry = entry;
        if (!entry || is_of_interest(log, entry))
            return true;
    }
}

bool dun_log_next(dun_log *log, const dun_log_entry **ret_entry, dun_error *error)
{
    task_scope_enter(&log->scope, log->cancel, -1);
    bool ok = next(log, ret_entry, error);
    task_scope_leave(&log->scope);
    return ok;
}

static bool begin(dun_log *log, const dun_schema_options *options, const char *revision, dun_error *error)
{
    if (!schema_settings(log->call.arena, options, NULL, 0, &log->call.settings, NULL, error))
        return false;
    const struct source_settings *settings = &log->call.settings;
    const struct source_revision where = schema_revision(&log->call, revision);
    log->trial = source_trial_new(settings);
    return git_history_open(log->call.arena, &where, &log->history, error);
}

dun_log *dun_log_open(const dun_schema_options *options, const char *revision, const char *object,
                      dun_error *error)
{
    static const dun_schema_options defaults = DUN_SCHEMA_OPTIONS_INIT;
    struct arena *arena = arena_new();
    dun_log *log = ARENA_NEW(arena, dun_log);
    log->call.arena = arena;
    log->kept = map_new(arena);
    log->met = map_new(arena);
    log->object = arena_strdup(arena, object);
    log->cancel = options ? options->cancel : NULL;
    if (begin(log, options ? options : &defaults, revision, error))
        return log;
    dun_log_close(log);
    return NULL;
}

bool dun_log_has_met_object(dun_log *log, const char **ret_nearest)
{
    *ret_nearest = NULL;
    if (!log->object || log->object_met)
        return true;
    *vector_add(log->call.arena, &log->met_names) = NULL;
    *ret_nearest = nearest_word(log->object, log->met_names.items);
    return false;
}

bool dun_log_is_cut(const dun_log *log)
{
    return git_history_is_cut(log->history);
}

void dun_log_close(dun_log *log)
{
    if (!log)
        return;
    for (struct kept *kept = log->all_kept; kept; kept = kept->next)
        arena_free(kept->arena);
    git_history_close(log->history);
    source_trial_free(log->trial);
    arena_free(log->arena);
    arena_free(log->call.arena);
}
