/*
 * Drift: is a database what the repository says?
 *
 * What it should be is, unless a source is given: where the history says that migrations are applied, what
 * these produce when they are replayed in a scratch place (pending ones are told as pending, and are no
 * drift); otherwise the definitions in the folder `schema`. Nothing is changed in the database, and a role
 * that may only read will do. A run that is under way is waited for.
 */
#ifndef DUNLIN_DRIFT_H
#define DUNLIN_DRIFT_H

#include <dunlin/schema.h>
#include <dunlin/seed.h>

DUN_BEGIN_DECLS

enum dun_difference_kind {
    DUN_EXTRA,    /* only in the database */
    DUN_MISSING,  /* not in the database */
    DUN_DIFFERENT /* on both sides, and not the same */
};

/* One attribute in both forms; NULL: there is none. */
typedef struct dun_difference_value {
    const char *attribute; /* "type", "default", ... */
    const char *expected, *actual;
} dun_difference_value;

typedef struct dun_difference {
    enum dun_difference_kind what;
    const char *kind; /* of the object: "table", "column", ... */
    const char *name; /* "sales.orders", "sales.orders.note" */
    const char *text; /* "column sales.orders.note is missing" */
    const char *file; /* of its definition, or of that of the table that it is part of; NULL: unknown */
    unsigned line;    /* 0: unknown */
    const dun_difference_value *values; /* of one that differs: what does; of the others: what it is */
    size_t value_count;
} dun_difference;

/* The rows of a table, held against the seed file in mode sync that says what they are. */
typedef struct dun_data_difference {
    const char *file, *table;
    int64_t rows;                      /* that the file has */
    int64_t missing, different, extra; /* 0, all of them: the table is what the file says */
} dun_data_difference;

/*
 * What drifts of many databases share, which may be at the same time: what databases should be is made once,
 * and of databases of one server that are alike, the catalog of one is read.
 */
typedef struct dun_shared_catalogs dun_shared_catalogs;

DUN_API dun_shared_catalogs *dun_shared_catalogs_new(void);
/* After the drifts that were made with it; NULL is allowed. */
DUN_API void dun_shared_catalogs_free(dun_shared_catalogs *shared);

typedef struct dun_drift_options {
    dun_schema_options schema;   /* its `url` is the database that is looked at */
    const char *source;          /* what it should be; NULL: see above */
    int64_t lock_timeout_ms;     /* how long to wait for a run that is under way; 0: not at all */
    dun_shared_catalogs *shared; /* NULL: nothing is */
    /* The seeds, whose files in mode sync are held against their tables, too; NULL: rows do not count. Of it,
     * folder, environment and settings matter. Rows are compared in temporary tables, which a role that may
     * only read may not be allowed to make. */
    const dun_seed_options *data;
} dun_drift_options;

#define DUN_DRIFT_OPTIONS_INIT                           \
    {                                                    \
        DUN_SCHEMA_OPTIONS_INIT, NULL, 10000, NULL, NULL \
    }

typedef struct dun_drift dun_drift;

/* NULL on failure: as dun_schema_compare, and DUN_LOCKED when a run is under way for too long. All texts
 * belong to the drift. */
DUN_API dun_drift *dun_drift_find(const dun_drift_options *options, dun_error *error);
DUN_API void dun_drift_free(dun_drift *drift); /* NULL is allowed */

DUN_API const char *dun_drift_target(const dun_drift *drift); /* the URL, without password */
/* The one schema of its database that is looked at, by which the names of its objects begin; NULL: all. */
DUN_API const char *dun_drift_schema(const dun_drift *drift);
DUN_API const char *
dun_drift_source(const dun_drift *drift); /* what it was compared with, as a source is written */
/* The source as dun_apply_schema takes it; NULL: pending migrations are among those that are applied, and
 * cannot be left out. */
DUN_API const char *dun_drift_fix_source(const dun_drift *drift);
DUN_API const dun_difference *dun_drift_differences(const dun_drift *drift, size_t *ret_count);
/* Of every file that was looked at. */
DUN_API const dun_data_difference *dun_drift_data(const dun_drift *drift, size_t *ret_count);
/* Why rows could not be compared, as they may not where the schema differs; NULL: they were, or do not count.
 */
DUN_API const char *dun_drift_data_problem(const dun_drift *drift);
DUN_API bool dun_drift_is_equal(const dun_drift *drift);  /* the schema, and the rows if they count */
DUN_API size_t dun_drift_ignored(const dun_drift *drift); /* objects on either side */
DUN_API const char *const *dun_drift_pending(const dun_drift *drift);      /* versions, ended by NULL */
DUN_API const char *const *dun_drift_not_compared(const dun_drift *drift); /* ended by NULL */
DUN_API const dun_warning *dun_drift_warnings(const dun_drift *drift, size_t *ret_count);

/* Sent to the database that is looked at, and for what it should be, unless that is shared. */
DUN_API uint64_t dun_drift_statements(const dun_drift *drift);
DUN_API uint64_t dun_drift_round_trips(const dun_drift *drift);

/* The SQL that makes the database what it should be, and the SQL that makes what is expected what the
 * database is. "" where nothing differs; NULL when the engine cannot say it, and then the reason. */
DUN_API const char *dun_drift_fix(const dun_drift *drift, const char **ret_reason);
DUN_API const char *dun_drift_adopt(const dun_drift *drift, const char **ret_reason);

/* Can dun_drift_write_adoption write it? */
DUN_API bool dun_drift_is_adoptable(const dun_drift *drift);

/*
 * Writes the migration that makes the migrations say what the database is, into `options->schema.migrations`:
 * up and down file, with the time as version. Record it in the database with a baseline. DUN_USAGE when
 * nothing differs, when the database was not compared with its migrations, or when some are pending;
 * DUN_FAILED when the SQL cannot be said. Free the names with dun_text_free.
 */
DUN_API bool dun_drift_write_adoption(const dun_drift *drift, const dun_drift_options *options,
                                      const char *name, char **ret_up_file, char **ret_down_file,
                                      dun_error *error);

/* Which commit is the database? */
typedef struct dun_drift_commit {
    char *commit, *date, *author, *subject; /* on the heap */
    size_t differences;                     /* 0: the database is what this commit says */
    size_t looked_at; /* commits; those with the definitions of a newer one do not count */
    bool at_end;      /* the whole history was looked at */
} dun_drift_commit;

/*
 * Goes back in the git history of the definitions, and finds the newest commit that the database equals, or
 * the one with the fewest differences of the first `limit` (0: 1,000). `*ret_drift` is what differs from that
 * one. Free both.
 */
DUN_API bool dun_drift_find_commit(const dun_drift_options *options, size_t limit,
                                   dun_drift_commit *ret_commit, dun_drift **ret_drift, dun_error *error);
DUN_API void dun_drift_commit_free(dun_drift_commit *commit);

DUN_END_DECLS

#endif
