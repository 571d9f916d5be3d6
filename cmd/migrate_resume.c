/* dunlin migrate resume */
#include "migrate_work.h"

int migrate_resume(struct program *program)
{
    struct migrate_work work;
    int code;
    if (!migrate_work_open(&work, program, "resume", false) ||
        !migrate_work_confirm(&work, "Go on with the interrupted migration of")) {
        code = program_fail(program);
    } else {
        dun_run *run = NULL;
        migrate_work_begin(&work);
        bool succeeded = dun_migrate_resume(&work.options, program->options->done, &run, program->error);
        code = migrate_work_finish(&work, run, succeeded);
    }
    migrate_work_close(&work);
    return code;
}
