/*
 * How a failure is told. A function that can fail takes a `dun_error *` (NULL if the caller does not care),
 * and on failure fills it: what kind of failure, a sentence, where it happened, what to do next, and what
 * state the database is in. All texts are UTF-8, belong to the error and live until it is cleared or freed.
 * No text contains a password.
 */
#ifndef DUNLIN_ERROR_H
#define DUNLIN_ERROR_H

#include <dunlin/api.h>

DUN_BEGIN_DECLS

/* What kind of failure; the numbers are the exit codes of the command-line tool. */
enum dun_code {
    DUN_OK = 0,
    DUN_FAILED = 1,         /* the server refused, a file could not be written, ... */
    DUN_DIFFERS = 2,        /* not a failure: there are differences, or something is pending */
    DUN_USAGE = 64,         /* the call makes no sense */
    DUN_BAD_INPUT = 65,     /* a config, a migration, a seed or a definition is wrong */
    DUN_NO_CONNECTION = 69, /* no connection, or it was lost */
    DUN_LOCKED = 75,        /* another run holds the lock; trying again later makes sense */
    DUN_INTERRUPTED = 130   /* cancelled by the caller */
};

typedef struct dun_error dun_error;

DUN_API dun_error *dun_error_new(void);
DUN_API void dun_error_free(dun_error *error); /* NULL is allowed */
DUN_API void dun_error_clear(dun_error *error);

/*
 * For programs that tell failures of their own in the same way: replaces whatever was in the error. The texts
 * are copied; `hint` may be NULL. `error` may be NULL, too. Returns false, so that `return
 * dun_error_set(...)` reads well.
 */
DUN_API bool dun_error_set(dun_error *error, enum dun_code code, const char *message, const char *hint);

/*
 * For the hint of such a failure: the one of `count` words that is nearest to `word` by mistyped letters, or
 * that it begins; NULL when none is near enough to be meant.
 */
DUN_API const char *dun_nearest_word(const char *word, const char *const *words, size_t count);

DUN_API enum dun_code dun_error_code(const dun_error *error);  /* DUN_OK: nothing failed */
DUN_API const char *dun_error_message(const dun_error *error); /* "" when nothing failed */
DUN_API const char *dun_error_hint(const dun_error *error);    /* what to do next, or NULL */
DUN_API const char *dun_error_state(const dun_error *error); /* what state the database is in now, or NULL */

/* Where: the file as the caller named it or NULL; line and column count from 1, in characters; 0 means
 * unknown. */
DUN_API const char *dun_error_file(const dun_error *error);
DUN_API unsigned dun_error_line(const dun_error *error);
DUN_API unsigned dun_error_column(const dun_error *error);

/* The source line at that place (NULL: none), and how many characters of it stand before the place. */
DUN_API const char *dun_error_excerpt(const dun_error *error);
DUN_API unsigned dun_error_excerpt_offset(const dun_error *error);

/* Which statement of how many, from 1; 0 when no statement is to blame. */
DUN_API unsigned dun_error_statement(const dun_error *error);
DUN_API unsigned dun_error_statement_count(const dun_error *error);

/* What the server called it: five characters or "", and the engine's own number or 0. */
DUN_API const char *dun_error_sqlstate(const dun_error *error);
DUN_API int dun_error_number(const dun_error *error);

DUN_END_DECLS

#endif
