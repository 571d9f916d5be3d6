/*
 * The rows of the system tables as bytes that two databases of one server have alike if they were made alike:
 * the numbers of objects, which are never the same twice, are replaced by their rank among all that occur.
 * Used by catalog_raw_read.c and catalog_raw_schema.c.
 */
#ifndef POSTGRES_CATALOG_RAW_H
#define POSTGRES_CATALOG_RAW_H

#include "base/arena.h"
#include "engine/postgres/client.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raw_rows;

/* Free it in any case. */
struct raw_rows *raw_rows_new(const struct libpq *pq);
void raw_rows_free(struct raw_rows *raw);

/* Before anything is added: only numbers that are said to be one's own get a rank, and all others are
 * compared as they are. For what is in one schema of a database. */
void raw_rows_rank_only_own(struct raw_rows *raw);
void raw_rows_own(struct raw_rows *raw, uint32_t id);

/* All rows of one query, which may come in any order. */
void raw_rows_add(struct raw_rows *raw, const PGresult *rows);

/* In the arena. Call it once, when all is added. */
const char *raw_rows_bytes(struct raw_rows *raw, struct arena *arena, size_t *ret_length);

#endif
