/* dunlin migrate baseline */
#include "migrate_work.h"

int migrate_baseline(struct program *program)
{
    struct migrate_work work;
    int code;
    if (!migrate_work_open(&work, program, "baseline", false) ||
        !migrate_work_confirm(&work, "Record migrations as applied, without running them, in")) {
        code = program_fail(program);
    } else {
        dun_run *run = NULL;
        work.options.to = program->options->operands[0];
        migrate_work_begin(&work);
        bool succeeded = dun_migrate_baseline(&work.options, &run, program->error);
        code = migrate_work_finish(&work, run, succeeded);
    }
    migrate_work_close(&work);
    return code;
}
