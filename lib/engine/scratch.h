/* What the scratch places of all engines share: names, URLs, and the life of a place. For the engines'
 * scratch.c. */
#ifndef ENGINE_SCRATCH_H
#define ENGINE_SCRATCH_H

#include "engine/engine.h"
#include "sql/lexer.h"

/* Connecting for a place, dropping it: all that has to work when the scope has ended already. */
enum { SCRATCH_CLEANUP_MS = 20000 };

/* "dunlin_scratch_", the time (UTC), the process, and 32 random bits: 20261120211004_4711_9f3a2c1b. */
const char *scratch_name(struct arena *arena);

/* Is it a name that scratch_name gave to somebody? */
bool scratch_is_name(const char *name);

/* How old the place of that name is, in seconds; 0 when its time is in the future. */
double scratch_age(const char *name);

/* A copy of the URL with another database; NULL leaves out the database. */
const struct db_url *scratch_url(struct arena *arena, const struct db_url *near, const char *database);

/* A copy of the URL with one option more, which replaces others of its name. */
const struct db_url *scratch_url_with(struct arena *arena, const struct db_url *url, const char *option,
                                      const char *value);

struct engine_place *scratch_place_new(void);

/* Drops the database of that name. */
typedef bool (*scratch_drop_function)(dun_connection *keeper, struct arena *arena, const char *name,
                                      dun_error *error);

/*
 * Closes the connection and, where there is a keeper, drops the database of the place; whether or not the
 * scope has ended already. `error` may be NULL, for cleaning up after another failure.
 */
bool scratch_drop(struct engine_place *place, scratch_drop_function drop, dun_error *error);

/* Closes what is open and frees the place. */
void scratch_place_free(struct engine_place *place);

/* The next token that is neither blank nor comment nor the frame of an executable comment. */
struct sql_token scratch_next_token(struct sql_lexer *lexer);

/* Is the token one of the keywords of the NULL-terminated list? */
bool scratch_token_is_one_of(const struct sql_token *token, const char *const *keywords);

#endif
