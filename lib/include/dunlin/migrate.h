/*
 * Migrations: versioned SQL files that are applied (up) and reverted (down), and the history table that says
 * which are.
 *
 * A migration is a file VERSION_name.up.sql and, if it can be reverted, VERSION_name.down.sql. VERSION is
 * digits, with dashes between groups of them allowed. Versions order as numbers, so 2 comes before 10; a
 * version that begins with a date (YYYYMMDD, YYYYMMDDhhmm or YYYYMMDDhhmmss, dashes left out) orders as that
 * instant, so 20140924 comes before 2017-09-23-123456, which comes before 20180101. Leading zeros and dashes
 * do not distinguish versions.
 *
 * All functions open a connection of their own and close it. None is left half done without the error saying
 * so (dun_error_state).
 */
#ifndef DUNLIN_MIGRATE_H
#define DUNLIN_MIGRATE_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>

DUN_BEGIN_DECLS

/* What is refused unless it is allowed by name. */
enum dun_allow {
    DUN_ALLOW_OUT_OF_ORDER = 1, /* apply a pending migration that is older than one that is applied */
    DUN_ALLOW_CHANGED = 2, /* go on though the file of an applied migration is no longer what was applied */
    DUN_ALLOW_MISSING = 4  /* go on though the file of an applied migration is gone */
};

/* The names of those, as a user writes them: "out-of-order", "changed", "missing", or "all". 0: no such name.
 */
DUN_API unsigned dun_allow_from_name(const char *name);

enum dun_direction { DUN_UP, DUN_DOWN, DUN_BASELINE };

enum dun_migration_state {
    DUN_PENDING, /* there is a file, and it is not applied */
    DUN_APPLIED,
    DUN_BROKEN,   /* statements of it were run and then one failed: the next run goes on with that one */
    DUN_IN_DOUBT, /* interrupted in a statement of which nobody knows whether it has run: dun_migrate_resume
                     decides */
    DUN_RUNNING   /* another run is at it just now; only a status says so */
};

/* One version: what its files say, and what the history says. Texts belong to the status or run; NULL:
 * unknown. */
typedef struct dun_migration {
    const char *version; /* as written in the file's name, or in the history when there is no file */
    const char *name;
    enum dun_migration_state state;
    bool baseline;     /* applied by a baseline, without being run */
    bool changed;      /* applied, and the file is no longer what was applied */
    bool missing;      /* applied, and there is no file */
    bool out_of_order; /* pending, and older than an applied one */
    const char *up_file;
    const char *down_file;
    const char *checksum;   /* of the up file as applied, or, when pending, as it is: a git blob id */
    const char *applied_at; /* UTC, "2024-01-31 10:02:11.123" */
    const char *applied_by;
    const char *commit_id;
    int64_t elapsed_ms;           /* -1: unknown */
    enum dun_direction direction; /* of the last row of the history, or, in a run, of what was done */
    unsigned statements;          /* of that run; */
    unsigned done;                /* and how many of them are committed */
} dun_migration;

/* Something worth a sentence that is no failure: a file whose name is not that of a migration, ... */
typedef struct dun_warning {
    const char *file; /* NULL: none */
    const char *message;
} dun_warning;

enum dun_event_kind {
    DUN_EVENT_WAITING,   /* for the lock or the server; `text` says for what, and who holds the lock */
    DUN_EVENT_PLANNED,   /* `total` migrations will be run */
    DUN_EVENT_DONE,      /* `migration` is done, number `number` of `total` */
    DUN_EVENT_STATEMENT, /* of a plan: the statements up to `number` of `total` are done; `text` says what the
                            last one did */
    DUN_EVENT_WARNING    /* `text` */
};

typedef struct dun_event {
    enum dun_event_kind kind;
    const char *text;
    const dun_migration *migration;
    size_t number, total;
} dun_event;

/*
 * The files of a folder of migrations, for many runs on many databases, which may be at the same time: each
 * file is read, split and checked once. What is read later is kept, so the memory of all of it is in use
 * until the end.
 */
typedef struct dun_migrations dun_migrations;

DUN_API dun_migrations *dun_migrations_read(const char *folder, dun_error *error); /* NULL: "migrations" */
DUN_API const dun_warning *dun_migrations_warnings(const dun_migrations *migrations, size_t *ret_count);

/* After the runs and statuses that were made with it. NULL is allowed. */
DUN_API void dun_migrations_free(dun_migrations *migrations);

typedef struct dun_migrate_options {
    const char *url;         /* the target */
    const char *folder;      /* of the migrations; NULL: "migrations" */
    const char *history;     /* the history table, may be qualified; NULL: "dunlin_history" */
    int64_t lock_timeout_ms; /* how long to wait for another run; 0: not at all */
    int64_t wait_ms;         /* how long to wait for a server that refuses connections; 0: not at all */
    unsigned allow;          /* of enum dun_allow */
    bool dry_run; /* run nothing; dun_run_sql has what would be sent. Reads the history, takes no lock */
    size_t count; /* up: at most so many, 0 is all; down: so many, 0 is 1 */
    const char
        *to;  /* up: up to and with this version; down: what is later than this version. NULL: not given */
    bool all; /* down: everything */
    const char *applied_by; /* who: goes into the history and is shown to those who wait; NULL: "unknown" */
    FILE *echo;             /* every statement sent is written here; NULL: none */
    dun_cancel *cancel;     /* NULL: nothing interrupts */
    void (*observe)(void *user, const dun_event *event); /* called as things happen; NULL: nobody looks */
    void *user;
    dun_migrations *migrations; /* instead of `folder`; NULL: the folder is read */
    const char
        *scratch; /* the URL of a server where scratch databases may be made; NULL: that of the target */
} dun_migrate_options;

#define DUN_MIGRATE_OPTIONS_INIT                                                                       \
    {                                                                                                  \
        NULL, NULL, NULL, 10000, 0, 0, false, 0, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
    }

/* What is applied, pending, missing, changed, out of order. Only reads, and takes no lock. */
typedef struct dun_status dun_status;

DUN_API dun_status *dun_migrate_status(const dun_migrate_options *options, dun_error *error);
DUN_API void dun_status_free(dun_status *status); /* NULL is allowed */
DUN_API const dun_migration *dun_status_migrations(const dun_status *status,
                                                   size_t *ret_count); /* by version */
DUN_API const dun_warning *dun_status_warnings(const dun_status *status, size_t *ret_count);
DUN_API const char *dun_status_target(const dun_status *status); /* the URL, without password */
/* Is every migration applied, and its file what was applied? */
DUN_API bool dun_status_in_order(const dun_status *status);
/* The interrupted statement when a migration is in doubt: its text and place; NULL when none is. */
DUN_API const char *dun_status_doubt(const dun_status *status, const char **ret_file, unsigned *ret_line,
                                     unsigned *ret_column);

/* What was done: by up, down, baseline or resume. */
typedef struct dun_run dun_run;

/*
 * Each of these gives a run whenever it came as far as reading the history, also on failure (then it has the
 * migrations that were done before it); otherwise NULL. The return value says whether all went well. Free the
 * run.
 */
DUN_API bool dun_migrate_up(const dun_migrate_options *options, dun_run **ret_run, dun_error *error);
DUN_API bool dun_migrate_down(const dun_migrate_options *options, dun_run **ret_run, dun_error *error);

/* Records the migrations up to and with `options->to` as applied, without running them. */
DUN_API bool dun_migrate_baseline(const dun_migrate_options *options, dun_run **ret_run, dun_error *error);

/*
 * Decides about the statement in doubt, and runs the rest of its migration: `statement_done` says that the
 * statement has taken effect and is not to be run again. Fails with DUN_USAGE when nothing is in doubt.
 */
DUN_API bool dun_migrate_resume(const dun_migrate_options *options, bool statement_done, dun_run **ret_run,
                                dun_error *error);

DUN_API void dun_run_free(dun_run *run); /* NULL is allowed */
DUN_API enum dun_direction dun_run_direction(const dun_run *run);
DUN_API const dun_migration *dun_run_migrations(const dun_run *run,
                                                size_t *ret_count); /* those done, in that order */
DUN_API size_t dun_run_planned(const dun_run *run);                 /* how many were to be done */
DUN_API size_t dun_run_remaining(const dun_run *run); /* still pending afterwards (down: still applied) */
DUN_API const dun_warning *dun_run_warnings(const dun_run *run, size_t *ret_count);
DUN_API const char *dun_run_target(const dun_run *run); /* the URL, without password */
DUN_API const char *dun_run_sql(const dun_run *run);    /* of a dry run; otherwise NULL */
DUN_API uint64_t dun_run_round_trips(const dun_run *run);
DUN_API uint64_t dun_run_statements(const dun_run *run);

/*
 * Writes the next, empty migration into `folder` (made when it is not there): NAME.up.sql and NAME.down.sql
 * with the UTC time as version, or the smallest later one when the folder already has that. The names of the
 * files are returned on the heap; free them with dun_text_free.
 */
DUN_API bool dun_migrate_new(const char *folder, const char *name, char **ret_up_file, char **ret_down_file,
                             dun_error *error);

DUN_API void dun_text_free(char *text); /* NULL is allowed */

DUN_END_DECLS

#endif
