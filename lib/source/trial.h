/*
 * Many definitions tried one after the other, as of the commits of a history: where a rollback undoes DDL, in
 * one scratch place; elsewhere in a place each.
 */
#ifndef SOURCE_TRIAL_H
#define SOURCE_TRIAL_H

#include "source/catalog.h"

struct source_trial;

/* The settings must be complete, and outlive the trial. Nothing is opened yet. */
struct source_trial *source_trial_new(const struct source_settings *settings);
void source_trial_free(struct source_trial *trial); /* NULL is allowed */

/* The catalog of what the definitions make, in the arena; objects know where they are defined. Fails as
 * load_definitions does. */
bool source_trial_run(struct source_trial *trial, const struct source_definitions *definitions,
                      struct arena *arena, struct catalog **ret_catalog, dun_error *error);

#endif
