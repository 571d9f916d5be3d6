/* dunlin migrate up, down and status on an environment with several targets. */
#include "flock.h"
#include "migrate_work.h"

static dun_flock *run(struct migrate_work *work, struct flock_work *flock, enum dun_flock_verb verb)
{
    struct program *program = work->program;
    work->options.migrations = dun_migrations_read(work->options.folder, program->error);
    if (!work->options.migrations)
        return NULL;
    flock->options.differs = "pending";
    flock->silent = program->options->dry_run;
    flock_begin(flock, work->verb);
    return dun_flock_migrate(verb, &work->options, &flock->options, flock->count, flock->urls,
                             program->error);
}

int migrate_flock(struct migrate_work *work, enum dun_flock_verb verb)
{
    struct program *program = work->program;
    struct flock_work flock;
    if (!flock_open(&flock, program, work->project))
        return program_fail(program);
    int code = flock_finish(&flock, run(work, &flock, verb), program->options->exit_code);
    dun_migrations_free(work->options.migrations);
    return code;
}
