/*
 * What each commit did to the schema, told in the words of a difference: the definitions before and after the
 * commit are tried in a scratch place and compared. Only the files that a commit changed are tried, unless
 * they need what others define.
 */
#ifndef DUNLIN_LOG_H
#define DUNLIN_LOG_H

#include <dunlin/schema.h>

DUN_BEGIN_DECLS

typedef struct dun_log_change {
    const char *action; /* "added", "dropped", "changed", "renamed" */
    const char *kind;   /* "table", "column", ... */
    const char *name;   /* "sales.orders", "sales.orders.note" */
    const char *text;   /* "table sales.orders: column note added" */
} dun_log_change;

typedef struct dun_log_entry {
    const char *commit; /* its id */
    const char *date;   /* of the author, UTC: "2024-01-31T10:02:11Z" */
    const char *author, *email, *subject;
    const dun_log_change *changes;
    size_t change_count; /* 0: files changed, and what they mean did not */
    const char *problem; /* why it cannot be told: definitions that no database takes; otherwise NULL */
} dun_log_entry;

typedef struct dun_log dun_log;

/*
 * Begins at `revision` (NULL: HEAD) and goes back. With `object`, only what was done to the object of that
 * name, with or without its schema, and to its parts. Fails with DUN_BAD_INPUT where there is no repository
 * or revision, and DUN_USAGE where no engine is known. NULL on failure.
 */
DUN_API dun_log *dun_log_open(const dun_schema_options *options, const char *revision, const char *object,
                              dun_error *error);
DUN_API void dun_log_close(dun_log *log); /* NULL is allowed */

/*
 * The next commit that changed definitions, the newest first; it lives until the next call. `*ret_entry` is
 * NULL at the end. False on failure; a commit whose definitions are wrong is none, it has a problem.
 */
DUN_API bool dun_log_next(dun_log *log, const dun_log_entry **ret_entry, dun_error *error);

/*
 * At the end: did any commit do something to the object that was asked for, or was none? If not,
 * `*ret_nearest` is the name that may be meant, or NULL.
 */
DUN_API bool dun_log_has_met_object(dun_log *log, const char **ret_nearest);

/* At the end: is the repository a shallow clone, so that there is more than the log could tell? */
DUN_API bool dun_log_is_cut(const dun_log *log);

DUN_END_DECLS

#endif
