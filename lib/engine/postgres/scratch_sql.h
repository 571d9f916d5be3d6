/* What has to be known of statements that run in a scratch place; the contracts are in engine/engine.h. */
#ifndef POSTGRES_SCRATCH_SQL_H
#define POSTGRES_SCRATCH_SQL_H

#include "base/arena.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

const char *postgres_reaches_outside(const char *sql, size_t length);

/* CONCURRENTLY, which needs a transaction of its own and waits for others, becomes blanks. */
const char *postgres_without_concurrently(struct arena *arena, const char *sql, size_t length);

bool postgres_is_missing_object(const dun_error *error);

#endif
