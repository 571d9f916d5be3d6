/* The scratch places of this engine; see engine/engine.h. */
#ifndef ENGINE_MYSQL_SCRATCH_H
#define ENGINE_MYSQL_SCRATCH_H

#include "engine/engine.h"

extern const struct engine_scratch mysql_scratch;

/* scratch_sql.c: the contracts are those of engine_scratch.reaches_outside, .is_own and .leads_outside. */
bool mysql_engine_scratch_is_own(const char *sql, size_t length);
const char *mysql_engine_scratch_reaches_outside(const char *sql, size_t length);
bool mysql_engine_scratch_leads_outside(const char *sql, size_t length);

/* scratch_event.c: the contract is that of engine_scratch.rewrite. */
const char *mysql_engine_scratch_rewrite(struct arena *arena, const char *sql, size_t length);

/* Is it CREATE or ALTER EVENT? */
bool mysql_engine_scratch_is_event(const char *sql, size_t length);

/* Is it an ALTER EVENT whose DISABLE ON SLAVE cannot be told from DISABLE after the rewriting? */
bool mysql_engine_scratch_loses_status(const char *sql, size_t length);

/*
 * For an event that is read from a scratch place: the status that its definition gives it, as
 * information_schema would have it in the database. `*body` then begins behind what the rewriting has put
 * before it.
 */
const char *mysql_engine_scratch_event_status(const char *status, const char **body);

#endif
