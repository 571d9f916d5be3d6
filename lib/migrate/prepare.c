#include "migrate/prepare.h"

#include "base/error.h"
#include "migrate/checksum.h"
#include "run/variables.h"

#include <string.h>

static const char *const direction_words[] = {
    [DUN_UP] = "up", [DUN_DOWN] = "down", [DUN_BASELINE] = "baseline"};

/* A baseline runs no statement; its row has what the file is. */
static bool read_nothing(struct session *session, const struct migration *migration,
                         struct migration_script *script)
{
    *script = (struct migration_script){.file = migration->said.up_file, .text = ""};
    memcpy(script->checksum, migration->file->checksum, sizeof script->checksum);
    script->script = ARENA_NEW(session->arena, struct sql_script);
    script->units = ARENA_NEW(session->arena, struct run_units);
    return true;
}

/* In a file that has changed, nobody knows which statement is the one that is done. */
static bool check_unchanged(struct session *session, const struct migration *migration,
                            const struct migration_script *script, dun_error *error)
{
    bool same;
    if (!migration_script_is_what_ran(session, migration, script, &same, error))
        return false;
    if (same || (session->options->allow & DUN_ALLOW_CHANGED))
        return true;
    error_set(error, DUN_FAILED, "the file of migration %s %s has changed since statement %u was interrupted",
              migration->said.version, migration->said.name, migration->row->done + 1);
    error_at(error, script->file, 0, 0);
    error_hint(error,
               "bring back what was run, or count statement %u of the file as it is now as done with "
               "--allow changed",
               migration->row->done + 1);
    return false;
}

static bool check_variables(struct session *session, const struct migration_script *script, dun_error *error)
{
    return run_variables_check(session->arena, session->target->engine->dialect, script->script,
                               script->start, script->file, script->text, script->length, error);
}

/* The script of a migration that was begun earlier, from where it goes on. */
static bool read_rest(struct session *session, const struct execution *execution,
                      struct migration_script *script, dun_error *error)
{
    if (!migration_script_continue(session, execution->migration, script, error))
        return false;
    if (!execution->skip_doubtful)
        return check_variables(session, script, error);
    if (!check_unchanged(session, execution->migration, script, error))
        return false;
    return (script->units->count == 0 ||
            migration_script_start(session, script, script->units->units[0].end, error)) &&
           check_variables(session, script, error);
}

static bool read_script(struct session *session, const struct execution *execution,
                        struct migration_script *script, dun_error *error)
{
    if (execution->direction == DUN_BASELINE)
        return read_nothing(session, execution->migration, script);
    return migration_script_read(session, execution->migration, execution->direction, script, error) &&
           (!execution->again || read_rest(session, execution, script, error));
}

/* The text with which the migration can be reverted later, whatever becomes of its file. */
static bool read_down_sql(struct session *session, const struct execution *execution,
                          const struct migration_script *script, const char **ret_text, dun_error *error)
{
    struct migration_script down;
    const struct migration *migration = execution->migration;
    *ret_text = execution->direction == DUN_DOWN ? script->text : NULL;
    if (execution->direction == DUN_DOWN || !migration->said.down_file)
        return true;
    if (!migration_script_read(session, migration, DUN_DOWN, &down, error))
        return false;
    *ret_text = down.text;
    return true;
}

static const char *up_checksum(const struct execution *execution, const struct migration_script *script)
{
    if (execution->direction != DUN_DOWN)
        return script->checksum;
    return execution->migration->up_row ? execution->migration->up_row->checksum : script->checksum;
}

static const char **write_records(struct session *session, const struct prepared *prepared)
{
    const struct run_units *units = prepared->script.units;
    size_t statements = prepared->script.script->count;
    const char **records = arena_alloc(session->arena, (units->count + 1) * sizeof *records);
    struct checksum_progress progress;
    checksum_progress_start(&progress);
    for (size_t i = 0; i < units->count; ++i) {
        char checksum[CHECKSUM_LENGTH + 1];
        size_t done = units->units[i].end;
        bool last = i + 1 == units->count;
        if (!last)
            checksum_progress_to(&progress, prepared->script.script, done, checksum);
        records[i] = history_update_done(session->arena, &session->history, prepared->id, statements,
                                         last ? statements : done, last ? "" : checksum, last);
    }
    return records;
}

/* A row that exists is taken up again: it says from where on, so that a crash right after this loses nothing.
 */
static void journal_again(struct session *session, struct prepared *prepared,
                          const struct history_entry *entry)
{
    char checksum[CHECKSUM_LENGTH + 1];
    const struct migration_script *script = &prepared->script;
    bool last = script->units->count == 0;
    checksum_statements(script->script, script->start, checksum);
    const char *update = history_update_again(session->arena, &session->history, entry,
                                              last ? entry->statements : script->start, checksum, last);
    prepared->stepwise = true;
    prepared->job.records = write_records(session, prepared);
    if (last)
        prepared->job.alone = update;
    else
        prepared->job.before = update;
}

static void journal_new(struct session *session, struct prepared *prepared, const struct history_entry *entry)
{
    struct run_job *job = &prepared->job;
    const struct run_units *units = prepared->script.units;
    const struct history *history = &session->history;
    bool whole = units->count == 1 && units->units[0].atomic;
    prepared->stepwise = units->count > 0 && !whole;
    if (units->count == 0) {
        job->alone = history_insert_done(session->arena, history, entry);
        return;
    }
    job->records = write_records(session, prepared);
    if (whole && history->engine->history->transaction_start) {
        const char **records = arena_alloc(session->arena, sizeof *records);
        records[0] = history_insert_done(session->arena, history, entry);
        job->records = records;
        return;
    }
    job->before = history_insert_running(session->arena, history, entry);
    job->before_joins = whole;
}

bool prepare_job(struct session *session, const struct execution *execution, int64_t id,
                 const char *commit_id, struct prepared *ret_prepared, dun_error *error)
{
    const struct migration *migration = execution->migration;
    const char *down_sql = NULL;
    struct prepared *prepared = ret_prepared;
    memset(prepared, 0, sizeof *prepared);
    if (!read_script(session, execution, &prepared->script, error) ||
        !read_down_sql(session, execution, &prepared->script, &down_sql, error))
        return false;

    const struct migration_script *script = &prepared->script;
    prepared->id = execution->again ? migration->row->id : id;
    prepared->done = script->start;
    prepared->job = (struct run_job){
        .file = script->file,
        .text = script->text,
        .length = script->length,
        .script = script->script,
        .units = script->units,
        .start = script->start,
        .title = arena_printf(session->arena, "%s %s %s", direction_words[execution->direction],
                              migration->said.version, migration->said.name),
    };
    struct history_entry entry = {
        .id = prepared->id,
        .version = migration->said.version,
        .name = migration->said.name,
        .direction = execution->direction,
        .statements = script->script->count,
        .checksum = up_checksum(execution, script),
        .down_sql = down_sql,
        .applied_by = session->options->applied_by ? session->options->applied_by : "unknown",
        .commit_id = commit_id,
    };
    if (execution->again)
        journal_again(session, prepared, &entry);
    else
        journal_new(session, prepared, &entry);
    return true;
}
