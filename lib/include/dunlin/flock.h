/*
 * A flock: the same work on many databases at once.
 *
 * Each target is a URL. A limited number of them is worked on at a time; what becomes of one does not touch
 * the others, unless the options say so. Nothing is remembered between runs: what a target needs, its own
 * history says, so a second run does only what is left.
 *
 * The exit code of a whole flock is that of its worst target, in this order from bad to good: 130
 * (interrupted), 64, 65, 1, 69 (no connection), 75 (locked), 2 (differs), 0. Targets that were not begun
 * count as what kept them from it.
 */
#ifndef DUNLIN_FLOCK_H
#define DUNLIN_FLOCK_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>
#include <dunlin/migrate.h>
#include <dunlin/report.h>

DUN_BEGIN_DECLS

enum dun_flock_outcome {
    DUN_FLOCK_SKIPPED, /* not begun: nothing was done */
    DUN_FLOCK_RUNNING,
    DUN_FLOCK_DONE,
    DUN_FLOCK_DIFFERS, /* done, and something is pending, drifted, ... */
    DUN_FLOCK_FAILED,
    DUN_FLOCK_INTERRUPTED /* cancelled while it was worked on; the error's state and the note say how far it
                             came */
};

typedef struct dun_flock_target {
    size_t index;     /* among the URLs */
    const char *url;  /* with its password: not to be shown */
    const char *name; /* the URL without it */
    enum dun_flock_outcome outcome;
    int64_t elapsed_ms;
    const dun_error *error;                   /* of one that failed or was interrupted; otherwise NULL */
    const struct dun_flock_target *failed_as; /* another, which has failed before with the same error, but for
                                                 names and numbers of rows; NULL: none */

    /* What the work leaves; texts are on the heap, and freed with the flock. */
    bool differs;                     /* it succeeded, and there is something to tell with exit code 2 */
    char *note;                       /* for people: "3 applied, 0 pending"; NULL: nothing */
    char *document;                   /* the JSON of this target, or a text that is its own; NULL: none */
    uint64_t statements, round_trips; /* that were sent */
} dun_flock_target;

/* Everything that was made of a flock. */
typedef struct dun_flock dun_flock;

enum dun_flock_event_kind {
    DUN_FLOCK_EVENT_BEGUN,
    DUN_FLOCK_EVENT_TOLD,  /* `text` is worth a sentence: who holds a lock, ... */
    DUN_FLOCK_EVENT_GIVEN, /* `data` was given by the work, which keeps nothing of it: to be freed */
    DUN_FLOCK_EVENT_ENDED, /* its outcome, error, note and document are known */
};

typedef struct dun_flock_event {
    enum dun_flock_event_kind kind;
    const dun_flock *flock;
    const dun_flock_target *target;
    const char *text;
    void *data;
    size_t ended, total; /* targets */
} dun_flock_event;

typedef struct dun_flock_options {
    unsigned concurrency; /* at most so many targets at a time, each with one connection; 0 means 16, at most
                             4096 */
    size_t canary;        /* so many targets first; if one of them fails no other is begun. 0: none */
    bool fail_fast;       /* after a failure no other target is begun; those under way are finished */
    int64_t timeout_ms;   /* a target that takes longer is cancelled, and has failed; 0: none */
    bool documents;       /* targets are to leave a document */
    const char *differs;  /* what DUN_FLOCK_DIFFERS is called: "pending", "drifted"; NULL: "differs" */
    dun_cancel *cancel;   /* NULL: nothing interrupts */
    /* Called on the thread that runs the flock, one event after the other. NULL: nobody looks. */
    void (*observe)(void *user, const dun_flock_event *event);
    void *user;
    bool verbose; /* without `documents`: of a status, leave the table of the migrations */
} dun_flock_options;

#define DUN_FLOCK_OPTIONS_INIT                               \
    {                                                        \
        0, 0, false, 0, false, NULL, NULL, NULL, NULL, false \
    }

/*
 * What is done with each target, on a thread of its own; calls that wait need no token, since the thread's
 * waits hear the flock's. Sets what the work leaves of the target, also on failure. False: `error` says why.
 */
typedef bool (*dun_flock_work)(void *user, dun_flock_target *target, dun_error *error);

/* For the work: has the observer hear of it. The text is copied. What is given waits until the observer has
 * come to it. */
DUN_API void dun_flock_tell(dun_flock_target *target, const char *text);
DUN_API bool dun_flock_give(dun_flock_target *target, void *data,
                            dun_error *error); /* false: `data` is still yours */

/* For the work: what the target is warned of, which is told in the end (dun_flock_warnings). Copied. */
DUN_API void dun_flock_warn(dun_flock_target *target, const dun_warning *warnings, size_t count);

/*
 * Runs the work on all URLs; targets are the same when their URLs without passwords are, and the second is
 * left out. NULL: nothing was begun, because a URL is wrong or no thread could be started. Everything else is
 * told by the flock, which is to be freed. `options` may be NULL.
 */
DUN_API dun_flock *dun_flock_run(const dun_flock_options *options, size_t count, const char *const *urls,
                                 dun_flock_work work, void *user, dun_error *error);
DUN_API void dun_flock_free(dun_flock *flock); /* NULL is allowed */

DUN_API size_t dun_flock_count(const dun_flock *flock);
DUN_API const dun_flock_target *dun_flock_target_at(const dun_flock *flock, size_t index);
DUN_API enum dun_code dun_flock_code(const dun_flock *flock); /* of the worst target */

enum dun_flock_verb { DUN_FLOCK_UP, DUN_FLOCK_DOWN, DUN_FLOCK_STATUS };

/*
 * dun_migrate_up, down or status on all of them. Of `migrate`, the url, the cancel token and the observer are
 * not used; the migrations are read once, also when it has none. The document of a target is that of its run
 * or status; without `documents`, the SQL of a dry run and with `verbose` the table of a status. A target of
 * which a status says that not all is applied and in order differs.
 */
DUN_API dun_flock *dun_flock_migrate(enum dun_flock_verb verb, const dun_migrate_options *migrate,
                                     const dun_flock_options *options, size_t count, const char *const *urls,
                                     dun_error *error);

typedef struct dun_flock_query {
    const char *sql; /* one statement */
    bool write;      /* it may change data; otherwise the session refuses to, as far as the engine can */
    bool
        same_columns; /* a target whose rows have other columns than those of the first one to answer fails */
    int64_t wait_ms;  /* how long to wait for a server that refuses connections; 0: not at all */
    FILE *echo;       /* every statement sent is written here; NULL: none */
} dun_flock_query;

#define DUN_FLOCK_QUERY_INIT        \
    {                               \
        NULL, false, false, 0, NULL \
    }

/*
 * Runs one statement on all of them. Rows come as they are read, in memory that does not grow with their
 * number: the observer is given (DUN_FLOCK_EVENT_GIVEN) some of them at a time as a dun_result, to be freed;
 * one without rows first, which has the columns.
 */
DUN_API dun_flock *dun_flock_query_all(const dun_flock_query *query, const dun_flock_options *options,
                                       size_t count, const char *const *urls, dun_error *error);

/*
 * Writes the rows of a query piece by piece, as text, CSV (RFC 4180, NULL is nothing and an empty text is "")
 * or one JSON array with one object a row; with `targets`, the first column is `target`. In JSON a value is a
 * text or null, and a target that failed is an object {"target": NAME, "error": ERROR}, one that was not
 * begun
 * {"target": NAME, "skipped": REASON, "error": null}. Texts are freed with
 * dun_text_free.
 */
typedef struct dun_flock_rows dun_flock_rows;

DUN_API dun_flock_rows *dun_flock_rows_new(const dun_report_options *options, bool targets);
DUN_API void dun_flock_rows_free(dun_flock_rows *rows); /* NULL is allowed */
DUN_API char *dun_flock_rows_text(dun_flock_rows *rows,
                                  const dun_flock_event *event); /* "" for most events */
DUN_API char *dun_flock_rows_end(dun_flock_rows *rows);

/* The line of one target, and the table at the end: how many are done, differ, failed, ... Text; free with
 * dun_text_free. */
DUN_API char *dun_flock_line(const dun_flock *flock, const dun_flock_target *target,
                             const dun_report_options *options);
DUN_API char *dun_flock_summary(const dun_flock *flock, const dun_report_options *options);

/*
 * What is the same for several targets is told once, with their names. Texts; "" when there is nothing.
 *
 *   warnings        each, and of which targets, unless it is of all that could tell
 *   same_failures   which targets have failed as another did, whose error was told
 *   skipped         which ones were not begun, and why
 *   documents       the documents as they are, each below the names of its targets
 */
DUN_API char *dun_flock_warnings(const dun_flock *flock, const dun_report_options *options);
DUN_API char *dun_flock_same_failures(const dun_flock *flock);
DUN_API char *dun_flock_skipped(const dun_flock *flock);
DUN_API char *dun_flock_documents(const dun_flock *flock);

/*
 * A JSON array with one entry a target, in the order of the URLs: its document, or {"target": NAME, "error":
 * ERROR} for one that left none, with "skipped": REASON and no error for one that was not begun.
 */
DUN_API char *dun_flock_json(const dun_flock *flock);

DUN_END_DECLS

#endif
