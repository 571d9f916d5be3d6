/*
 * Seeds: files whose rows are loaded into tables, again and again without harm.
 *
 * A folder of seeds holds TABLE.csv, TABLE.tsv, TABLE.json (an array of objects), TABLE.jsonl (an object a
 * line), TABLE.yaml (a list of maps) and NAME.sql (a script, run after the tables, in the order of the
 * names). SCHEMA.TABLE.csv where schemas matter; ".gz" at the end of a name is gzip. What is in a folder
 * below it that is named like the environment is loaded, too.
 *
 * CSV is RFC 4180 with a header: a field without quotes and with nothing in it is NULL, "" is an empty text.
 * A comment before the header, or before a YAML list, sets options of the file, as the config can:
 *
 *     # dunlin: delimiter=; quote=none null=\N mode=sync key=code
 *
 * Bytes (BYTEA, BLOB, VARBINARY, ...) are written as \x and hexadecimal digits on every engine; in such a
 * column another text stands for its own bytes. Shapes of MySQL are written as POINT(1 2), bits as a number.
 *
 * In JSON and YAML a row may have a "$label", and a value "@TABLE.LABEL" stands for the key that the database
 * gave that row. "@@" at the beginning is one "@".
 *
 * Tables are loaded in the order of their foreign keys, all in one transaction, with the record of what was
 * loaded (a table beside the history): a file that has not changed since is skipped.
 */
#ifndef DUNLIN_SEED_H
#define DUNLIN_SEED_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>
#include <dunlin/migrate.h>

DUN_BEGIN_DECLS

/* What becomes of rows that are there already; rows are the same when they have the same key. */
enum dun_seed_mode {
    DUN_SEED_INSERT,   /* they stay as they are */
    DUN_SEED_UPSERT,   /* they become what the file says; the default */
    DUN_SEED_SYNC,     /* the same, and rows that the file does not have are deleted */
    DUN_SEED_IF_EMPTY, /* nothing is loaded unless the table is empty */
    DUN_SEED_REPLACE   /* all of them are deleted first */
};

/* "insert", "upsert", "sync", "if-empty", "replace". */
DUN_API const char *dun_seed_mode_name(enum dun_seed_mode mode);
DUN_API bool dun_seed_mode_from_name(const char *name, enum dun_seed_mode *ret_mode);

/* What the config says of one file: an option of it by name, as a header comment would. */
typedef struct dun_seed_setting {
    const char
        *seed; /* the file as below the folder, with or without its ending: "customers", "dev/orders.csv" */
    const char *name, *value;
    const char *file; /* where that is said; NULL: unknown */
    unsigned line, column;
} dun_seed_setting;

enum dun_seed_event_kind {
    DUN_SEED_WAITING, /* for the lock or the server; `text` says for what */
    DUN_SEED_LOADING, /* of `file`, `rows` were read so far, `bytes` of its `size` */
    DUN_SEED_WARNING  /* `text` */
};

typedef struct dun_seed_event {
    enum dun_seed_event_kind kind;
    const char *text;
    const char *file;
    uint64_t rows, bytes, size;
    size_t number, total; /* of the file among those to be loaded, from 1 */
} dun_seed_event;

typedef struct dun_seed_options {
    const char *url;         /* the target */
    const char *folder;      /* of the seeds; NULL: "seeds" */
    const char *environment; /* its folder is loaded, too; NULL: none */
    const char *history;     /* the history table, beside which the record is kept; NULL: "dunlin_history" */
    const char *const
        *names; /* only these: tables, or files as below the folder; NULL-terminated; NULL: all */
    const dun_seed_setting *settings;
    size_t setting_count;
    bool only_sync;          /* only files whose mode is sync */
    bool again;              /* files that have not changed since they were loaded, too */
    bool dry_run;            /* count what would be done, and change nothing */
    int64_t lock_timeout_ms; /* how long to wait for another run; 0: not at all */
    int64_t wait_ms;         /* how long to wait for a server that refuses connections; 0: not at all */
    const char *applied_by;  /* who, for the record; NULL: "unknown" */
    FILE *echo;              /* every statement sent is written here; NULL: none */
    dun_cancel *cancel;      /* NULL: nothing interrupts */
    void (*observe)(void *user, const dun_seed_event *event); /* NULL: nobody looks */
    void *user;
} dun_seed_options;

#define DUN_SEED_OPTIONS_INIT                                                                              \
    {                                                                                                      \
        NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, false, 10000, 0, NULL, NULL, NULL, NULL, NULL \
    }

enum dun_seed_state {
    DUN_SEED_LOADED,
    DUN_SEED_UNCHANGED, /* it was loaded before as it is */
    DUN_SEED_NOT_EMPTY, /* mode if-empty, and the table has rows */
    DUN_SEED_WRITTEN    /* by a capture */
};

/* What became of a file. Counts are -1 where they are not known (scripts). */
typedef struct dun_seed_file {
    const char *file;  /* its path */
    const char *table; /* NULL: a script */
    enum dun_seed_mode mode;
    enum dun_seed_state state;
    int64_t rows; /* that the file has */
    int64_t inserted, updated, deleted;
    int64_t elapsed_ms;
} dun_seed_file;

typedef struct dun_seed_run dun_seed_run;

/*
 * Loads the seeds. All or nothing: after a failure the database is as it was, unless the error says otherwise
 * (a script with DDL on MySQL). `*ret_run` is there on success only; free it.
 */
DUN_API bool dun_seed_load(const dun_seed_options *options, dun_seed_run **ret_run, dun_error *error);

DUN_API void dun_seed_run_free(dun_seed_run *run); /* NULL is allowed */
DUN_API const dun_seed_file *dun_seed_run_files(const dun_seed_run *run,
                                                size_t *ret_count); /* in the order of loading */
DUN_API const dun_warning *dun_seed_run_warnings(const dun_seed_run *run, size_t *ret_count);
DUN_API const char *dun_seed_run_target(const dun_seed_run *run); /* the URL, without password */
DUN_API bool dun_seed_run_is_dry(const dun_seed_run *run);
DUN_API bool dun_seed_run_is_demo(const dun_seed_run *run); /* of made up rows: its files are tables */
DUN_API uint64_t dun_seed_run_round_trips(const dun_seed_run *run);
DUN_API uint64_t dun_seed_run_statements(const dun_seed_run *run);

/*
 * The other way: writes rows of tables as seed files (FOLDER/TABLE.csv), in the order of their keys. Only
 * files whose content changes are written. Of dun_seed_options, folder, url, history, names (the tables),
 * wait_ms, echo, cancel and observe count.
 */
typedef struct dun_seed_capture {
    const char *where;        /* SQL: only rows of the named tables that meet this; NULL: all */
    const char *const *masks; /* columns whose values are replaced by made up ones, as COLUMN or TABLE.COLUMN;
                                 NULL-terminated */
    bool follow;              /* also the rows of other tables that these refer to */
} dun_seed_capture;

#define DUN_SEED_CAPTURE_INIT \
    {                         \
        NULL, NULL, false     \
    }

DUN_API bool dun_seed_capture_tables(const dun_seed_options *options, const dun_seed_capture *capture,
                                     dun_seed_run **ret_run, dun_error *error);

DUN_END_DECLS

#endif
