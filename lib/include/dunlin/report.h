/*
 * What a person or a CI system reads: the results of the other functions as text. Texts are on the heap,
 * UTF-8, end in a line feed unless they are empty, and are freed with dun_text_free. `options` may be NULL
 * for the defaults.
 */

/* clang-format off */
/*
 * JSON documents have these shapes (keys are only ever added; a text or number that is unknown is null; what
 * is marked with ? may be left out). A test reads them, and holds against them what the commands print.
 *
 *   status      {"target": URL, "applied": N, "pending": N, "migrations": [MIGRATION...],
 *                "warnings": [WARNING...],
 *                "in_doubt": null | {"statement": SQL, "file": FILE, "line": N, "column": N}}
 *   run         {"target": URL, "direction": "up"|"down"|"baseline", "planned": N, "remaining": N,
 *                "migrations": [MIGRATION...], "warnings": [WARNING...], "sql": SQL, "error": null | ERROR}
 *   new         {"file": FILE, "down_file": FILE}
 *   verify      {"migrations": [{"version": TEXT, "name": TEXT, "file": FILE, "down_file": FILE,
 *                                "verdict": "good"|"no down file"|"not undone"|"not again",
 *                                "differences": [TEXT...]}...],
 *                "differences": null | [TEXT...], "good": BOOL, "warnings": [WARNING...]}
 *   plan        {"from": SOURCE, "to": SOURCE, "statements": [PLANNED...], "hazards": [WORD...],
 *                "notes": [TEXT...], "reordered": [TABLE...], "not_compared": [TEXT...], "proven": BOOL,
 *                "unproven": TEXT, "sql": SQL}
 *   apply       {"target": URL, "plan": plan, "done": N, "applied": BOOL, "declined": BOOL,
 *                "replanned": N, "elapsed_ms": N, "warnings": [WARNING...], "error": null | ERROR}
 *   inspect     {"dunlin": "snapshot", "format": N, "engine": WORD, "server": TEXT, "objects": [OBJECT...],
 *                "not_compared": [{"what": TEXT, "name": TEXT}...]}
 *   drift       {"target": URL, "source": SOURCE, "equal": BOOL, "differences": [DIFFERENCE...],
 *                "data": [DATA...], "data_problem": TEXT, "pending": [VERSION...], "ignored": N,
 *                "not_compared": [TEXT...], "warnings": [WARNING...], "fix": SQL, "adopt": SQL,
 *                "commit": null | {"commit": ID, "date": UTC, "author": TEXT, "subject": TEXT,
 *                                  "differences": N, "looked_at": N, "at_end": BOOL}}
 *   seed        {"target": URL, "dry_run": BOOL, "files": [SEED...], "warnings": [WARNING...]}
 *   log         [COMMIT...], the newest first
 *   query       [{COLUMN: TEXT...}...]: an object a row, see dun_flock_rows_new in <dunlin/flock.h>
 *   init        {"files": [FILE...], "baseline": VERSION, "left_out": [NAME...]}
 *   error       {"error": ERROR}, when there is nothing else to tell
 *   failed      {"target": URL, "error": ERROR}
 *   skipped     {"target": URL, "skipped": TEXT, "error": null}
 *
 * Of a flock, each is an array with one entry a target, which is `failed` or `skipped` where there is nothing
 * else to tell of it; see dun_flock_json in <dunlin/flock.h>.
 *
 *   MIGRATION   {"version": VERSION, "name": TEXT,
 *                "state": "pending"|"applied"|"failed"|"in doubt"|"running", "baseline": BOOL,
 *                "changed": BOOL, "missing": BOOL, "out_of_order": BOOL, "file": FILE, "down_file": FILE,
 *                "checksum": TEXT, "applied_at": UTC, "applied_by": TEXT, "commit": ID, "elapsed_ms": N,
 *                "statements": N, "done": N}
 *   PLANNED     {"sql": SQL, "title": TEXT, "hazards": [WORD...], "table": TABLE, "rows": N, "note": TEXT,
 *                "transactional": BOOL}
 *   SEED        {"file": FILE, "table": TABLE, "mode": "insert"|"upsert"|"sync"|"if-empty"|"replace",
 *                "state": "loaded"|"unchanged"|"not empty"|"written", "rows": N, "inserted": N,
 *                "updated": N, "deleted": N, "elapsed_ms": N}
 *   DIFFERENCE  {"what": "extra"|"missing"|"different", "kind": WORD, "name": TEXT, "text": TEXT,
 *                "file": FILE, "line": N,
 *                "values": [{"attribute": WORD, "expected": TEXT, "actual": TEXT}...]}
 *   DATA        {"file": FILE, "table": TABLE, "rows": N, "missing": N, "different": N, "extra": N}
 *   COMMIT      {"commit": ID, "date": UTC, "author": TEXT, "email": TEXT, "subject": TEXT,
 *                "changes": [{"action": "added"|"dropped"|"changed"|"renamed", "kind": WORD, "name": TEXT,
 *                             "text": TEXT}...],
 *                "problem": TEXT}
 *   WARNING     {"file": FILE, "message": TEXT}
 *   ERROR       {"code": N, "message": TEXT, "hint": TEXT, "state": TEXT, "file": FILE, "line": N,
 *                "column": N, "excerpt": TEXT, "excerpt_offset": N, "statement": N, "statements": N,
 *                "sqlstate": TEXT, "number": N}, where the code is the exit code
 *   OBJECT      {"kind": WORD, "schema"?: TEXT, "name": TEXT, "key": TEXT, "position"?: N,
 *                "made_up_name"?: BOOL, "rows"?: N, "attributes": {WORD: TEXT | [TEXT...]...},
 *                "needs": [KEY...], "parts": [OBJECT...]}
 */
/* clang-format on */
#ifndef DUNLIN_REPORT_H
#define DUNLIN_REPORT_H

#include <dunlin/apply.h>
#include <dunlin/authoring.h>
#include <dunlin/drift.h>
#include <dunlin/init.h>
#include <dunlin/log.h>
#include <dunlin/migrate.h>
#include <dunlin/plan.h>
#include <dunlin/schema.h>
#include <dunlin/seed.h>

DUN_BEGIN_DECLS

/* Which of them there are depends on the report; the last ones are of schemas only. */
enum dun_format {
    DUN_FORMAT_TEXT,
    DUN_FORMAT_JSON,
    DUN_FORMAT_SQL,
    DUN_FORMAT_MERMAID,
    DUN_FORMAT_DOT,
    DUN_FORMAT_CSV,
    DUN_FORMAT_JUNIT,
    DUN_FORMAT_SARIF,
    DUN_FORMAT_GITHUB,
    DUN_FORMAT_MARKDOWN
};

typedef struct dun_report_options {
    enum dun_format format;
    bool color;   /* with ANSI colours; text only */
    bool verbose; /* tell more; text only */
    unsigned
        columns; /* of the terminal: lines of tables that are longer are cut, "..."; 0: none is; text only */
} dun_report_options;

#define DUN_REPORT_OPTIONS_INIT          \
    {                                    \
        DUN_FORMAT_TEXT, false, false, 0 \
    }

DUN_API char *dun_report_status(const dun_status *status, const dun_report_options *options);

/*
 * `failure` is what ended the run, or NULL. In text it is not repeated: that is dun_report_error's. The text
 * of a dry run is its SQL, to the byte.
 */
DUN_API char *dun_report_run(const dun_run *run, const dun_error *failure, const dun_report_options *options);

/* A plan as a script with comments. Nothing to do is a comment, too. */
DUN_API char *dun_report_plan(const dun_plan *plan, const dun_report_options *options);

/* What has become of a plan, in a line; the JSON has the plan, too. `failure` as for dun_report_run. */
DUN_API char *dun_report_apply(const dun_apply *apply, const dun_error *failure,
                               const dun_report_options *options);

/*
 * An error as people read it, after the manner of a compiler: place, message, the source line with the place
 * marked, the server's words for it, which statement of how many, what to do next, and what state the
 * database is in now.
 */
DUN_API char *dun_report_error(const dun_error *error, const dun_report_options *options);

/* What came of trying migrations. */
DUN_API char *dun_report_verify(const dun_verify *verify, const dun_report_options *options);

/* The names of the files of a new migration; NULL: it was not written. */
DUN_API char *dun_report_new(const char *up_file, const char *down_file, const dun_report_options *options);

/* What became of each seed file. */
DUN_API char *dun_report_seed(const dun_seed_run *run, const dun_report_options *options);

/* "2 of 2 files loaded: 4 inserted, 0 updated, 0 deleted": in one line, without its end. */
DUN_API char *dun_report_seed_summary(const dun_seed_run *run);
/*
 * A schema: SQL that makes it in an empty database (DUN_FORMAT_TEXT is the same), a snapshot as JSON, or its
 * tables as a drawing. Fails with DUN_FAILED when the engine has no SQL for something that is there.
 */
DUN_API bool dun_report_schema(const dun_schema *schema, const dun_report_options *options, char **ret_text,
                               dun_error *error);

/* The files that were written for a new project. */
DUN_API char *dun_report_init(const dun_init *init, const dun_report_options *options);

/* One database that was looked at: what was found, or why nothing could be. */
typedef struct dun_drift_finding {
    const char *target;     /* the URL, without password */
    const dun_drift *drift; /* NULL: `error` or `skipped` says why */
    const dun_error *error;
    const dun_drift_commit *commit; /* that it was found to be; NULL: not looked for */
    const char *skipped;            /* why it was not begun with; NULL: it was */
} dun_drift_finding;

/*
 * Drift as text, JSON (one document; of several findings an array), JUnit (a test suite a database, a test
 * case a kind of objects), SARIF 2.1.0 (a run a database, each result at its definition), GitHub's workflow
 * commands, or Markdown. Text, GitHub and Markdown tell once what is the same for several.
 */
DUN_API char *dun_report_drift(const dun_drift_finding *findings, size_t count,
                               const dun_report_options *options);

/* "2 differences, 1 migration pending": in one line, without its end. */
DUN_API char *dun_report_drift_summary(const dun_drift *drift);

/*
 * One commit of a log, as text in some lines, or as an element of the JSON array, on one line without a line
 * feed: the caller writes the brackets and the commas.
 */
DUN_API char *dun_report_log_entry(const dun_log_entry *entry, const dun_report_options *options);

/* A warning in one line. */
DUN_API char *dun_report_warning(const dun_warning *warning, const dun_report_options *options);

DUN_END_DECLS

#endif
