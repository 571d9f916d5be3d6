/* Writing the plans that were made into the files of the cases. For the runner. */
#ifndef CASES_CASE_WRITE_H
#define CASES_CASE_WRITE_H

#include "case_file.h"
#include "case_run.h"

struct case_writing;

/* In the arena. */
struct case_writing *case_write_begin(struct arena *arena, const struct case_file *file);

/* Cases in the order of the file. Replaces the plan of the case, or adds it at its end; a case without a plan
 * stays as it is. */
void case_write_plan(struct case_writing *writing, const struct test_case *test,
                     const struct case_result *result);

/* Nothing is written when nothing has changed. */
bool case_write_end(struct case_writing *writing, dun_error *error);

#endif
