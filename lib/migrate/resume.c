/* dun_migrate_resume: takes the answer about the statement in doubt, and finishes its migration. */
#include "base/error.h"
#include "migrate/command.h"

static const struct migration *in_doubt(const struct migrations *migrations)
{
    for (size_t i = 0; i < migrations->count; ++i)
        if (migrations->items[i].said.state == DUN_IN_DOUBT)
            return &migrations->items[i];
    return NULL;
}

static bool resume(struct session *session, dun_run *run, bool statement_done, dun_error *error)
{
    const struct migration *migration = in_doubt(session->migrations);
    if (!migration) {
        error_set(error, DUN_USAGE, "no statement is in doubt");
        error_hint(error, "`dunlin status` says how the migrations stand; `dunlin up` goes on with them");
        return false;
    }
    run->direction = migration->row->direction == DUN_DOWN ? DUN_DOWN : DUN_UP;
    struct execution execution = {
        .migration = migration, .direction = run->direction, .again = true, .skip_doubtful = statement_done};
    bool ok = execute_migrations(session, run, &execution, 1, error);
    run->remaining = session->migrations->pending + (ok ? 0 : 1);
    return ok;
}

static bool resume_done(struct session *session, dun_run *run, dun_error *error)
{
    return resume(session, run, true, error);
}

static bool resume_again(struct session *session, dun_run *run, dun_error *error)
{
    return resume(session, run, false, error);
}

bool dun_migrate_resume(const dun_migrate_options *options, bool statement_done, dun_run **ret_run,
                        dun_error *error)
{
    return command_run(options, "resume", DUN_UP, statement_done ? resume_done : resume_again, ret_run,
                       error);
}
