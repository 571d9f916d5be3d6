/* dunlin migrate down */
#include "migrate_work.h"

int migrate_down(struct program *program)
{
    struct migrate_work work;
    int code;
    if (!migrate_work_open(&work, program, "down", true) ||
        !migrate_work_confirm(&work, "Revert migrations of")) {
        code = program_fail(program);
    } else if (work.is_flock) {
        code = migrate_flock(&work, DUN_FLOCK_DOWN);
    } else {
        dun_run *run = NULL;
        migrate_work_begin(&work);
        bool succeeded = dun_migrate_down(&work.options, &run, program->error);
        code = migrate_work_finish(&work, run, succeeded);
    }
    migrate_work_close(&work);
    return code;
}
