/* The two forms of each report, behind <dunlin/report.h>; report.c chooses. The JSON of all is in json.c. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/str.h"

#include <dunlin/report.h>

/* All return heap texts. */
char *error_text(const dun_error *error, const dun_report_options *options);
char *status_text(const dun_status *status, const dun_report_options *options);
char *status_table(const dun_status *status); /* only its migrations, with all that is known of them */
char *verify_text(const dun_verify *verify, const dun_report_options *options);
char *plan_report_text(const dun_plan *plan, const dun_report_options *options);
char *apply_report_text(const dun_apply *apply, const dun_error *failure);
char *run_text(const dun_run *run, const dun_error *failure, const dun_report_options *options);

/* "3 applied, 0 pending": in one line, and without its end; also what stands in the line of a target of a
 * flock. */
void run_summary(struct str *out, const dun_run *run);
void status_summary(struct str *out, const dun_status *status);

char *seed_text(const dun_seed_run *run, const dun_report_options *options);

/* "2 of 2 files loaded: 4 inserted, 0 updated, 0 deleted". */
void seed_summary(struct str *out, const dun_seed_run *run);
/* Drift in each form; see dun_report_drift. */
char *drift_text(const dun_drift_finding *findings, size_t count, const dun_report_options *options);
char *drift_json(const dun_drift_finding *findings, size_t count);
char *drift_sarif(const dun_drift_finding *findings, size_t count);
char *drift_junit(const dun_drift_finding *findings, size_t count);
char *drift_markdown(const dun_drift_finding *findings, size_t count);
char *drift_github(const dun_drift_finding *findings, size_t count);

/* The members of the document but the target, which comes first. */
void drift_json_content(struct str *out, const dun_drift_finding *finding);

/* "extra", "missing", "different": the same words in all forms. */
const char *drift_word(enum dun_difference_kind what);

/* "2 differences", "no differences, 1 migration pending". */
void drift_summary(struct str *out, const dun_drift *drift);

void drift_count(struct str *out, size_t count, const char *noun, const char *rest); /* "1 row", "2 rows" */

/* "rows of countries are not those of its seed file: 1 missing, 2 extra". */
void drift_data_sentence(struct str *out, const dun_data_difference *data);
bool drift_data_differs(const dun_data_difference *data);

/* Both forms of what differs: those that are too long to stand side by side are shown line by line, "-"
 * before what is expected and "+" before what is there. Lines begin with a line feed, and the last has none
 * at its end. */
enum { DRIFT_LONGEST_VALUE = 60 };
bool drift_value_is_long(const dun_difference_value *value);
void drift_append_lines(struct str *out, const dun_difference_value *value, const char *indent, bool color);
void drift_append_value(struct str *out, const dun_difference_value *value, const char *indent);

/* "good", "not undone", ...: the same words in both forms. */
const char *report_verdict_word(enum dun_verdict verdict);
char *log_entry_text(const dun_log_entry *entry, const dun_report_options *options);

char *json_of_error(const dun_error *error);
char *json_of_status(const dun_status *status);
char *json_of_run(const dun_run *run, const dun_error *failure);
char *json_of_verify(const dun_verify *verify);
char *json_of_plan(const dun_plan *plan);
char *json_of_apply(const dun_apply *apply, const dun_error *failure);
char *json_of_new(const char *up_file, const char *down_file);
char *json_of_init(const dun_init *init);
char *json_of_warning(const dun_warning *warning);
char *json_of_seed(const dun_seed_run *run);

/* A target of a flock that has no document of its own: why it failed, or (no error) was not begun. */
char *json_of_target(const char *name, const char *skipped, const dun_error *error);

#endif
