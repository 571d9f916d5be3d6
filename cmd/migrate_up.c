/* dunlin migrate up */
#include "migrate_work.h"

int migrate_up(struct program *program)
{
    struct migrate_work work;
    int code;
    if (!migrate_work_open(&work, program, "up", true) ||
        !migrate_work_confirm(&work, "Apply pending migrations to")) {
        code = program_fail(program);
    } else if (work.is_flock) {
        code = migrate_flock(&work, DUN_FLOCK_UP);
    } else {
        dun_run *run = NULL;
        migrate_work_begin(&work);
        bool succeeded = dun_migrate_up(&work.options, &run, program->error);
        code = migrate_work_finish(&work, run, succeeded);
    }
    migrate_work_close(&work);
    return code;
}
