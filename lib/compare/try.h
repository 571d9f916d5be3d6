/* Trying things in a scratch place: making a schema there, and running plans. For proofs and renames. */
#ifndef COMPARE_TRY_H
#define COMPARE_TRY_H

#include "plan/plan.h"
#include "source/place.h"

/*
 * Opens a place for plans. What a plan says of schemas is meant literally, so a place that is a schema
 * itself, where the role may make no database, will not do: DUN_FAILED with what to do.
 */
bool try_open(const struct source_settings *settings, size_t objects, struct engine_place **ret_place,
              dun_error *error);

/* Runs the statements of a plan. `*ret_failed` is the one that failed, whose title the error has. */
bool try_plan(const struct source_settings *settings, struct engine_place *place, const struct plan *plan,
              size_t *ret_failed, dun_error *error);

/* Makes all that is in the catalog, in an empty place. */
bool try_create(const struct source_settings *settings, struct engine_place *place, struct arena *arena,
                struct catalog *catalog, dun_error *error);

#endif
