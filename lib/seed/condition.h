/* A condition that a person has given for rows (--where). For captures. */
#ifndef SEED_CONDITION_H
#define SEED_CONDITION_H

#include "base/arena.h"
#include "sql/dialect.h"

#include <dunlin/error.h>

/*
 * The condition, to be put between parentheses; what is no single expression, and so would reach out of them,
 * is DUN_USAGE and NULL.
 */
const char *seed_condition(struct arena *arena, enum sql_dialect dialect, const char *text, dun_error *error);

#endif
