/* One case, from loading to the way back. For the runner. */
#ifndef CASES_CASE_RUN_H
#define CASES_CASE_RUN_H

#include "base/str.h"
#include "case_database.h"
#include "case_file.h"

struct case_options {
    bool dumps;   /* compare what the engine's own tools say, too */
    bool prove;   /* the proof of a plan has to say what running it says */
    bool verbose; /* tell the plans of cases that pass */
};

/* What a case has left. */
struct case_result {
    bool failed, skipped;
    struct str story;     /* what went wrong, and with verbose, what was done */
    struct str plan, plan_back; /* as they were made, without comments; for writing them into the file */
    size_t filled;        /* in how many tables there were rows */
};

/* The databases are empty, and are left as they are. */
void case_run(const struct test_case *test, struct case_database *one, struct case_database *other,
              const struct case_options *options, struct case_result *ret_result);

#endif
