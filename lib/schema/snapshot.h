/*
 * A catalog as JSON, and back: what `inspect --format json` writes and what a snapshot is read from. The
 * shape (keys are only ever added):
 *
 *   {"dunlin": "snapshot", "format": 1, "engine": "postgresql", "server": "PostgreSQL 15.20",
 *    "objects": [{"kind": "table", "schema": "sales", "name": "customers", "key": "table sales.customers",
 *                 "attributes": {"comment": "...", "columns": ["a", "b"]}, "needs": [KEY...],
 *                 "parts": [{"kind": "column", "name": "id", "position": 1, ...}]}],
 *    "not_compared": [{"what": "operator", "name": "..."}]}
 */
#ifndef SCHEMA_SNAPSHOT_H
#define SCHEMA_SNAPSHOT_H

#include "schema/catalog.h"

#include <dunlin/error.h>

/* Ends in a line feed; on the heap. The catalog should be sorted. */
char *snapshot_write(const struct catalog *catalog);

/* Fails with DUN_BAD_INPUT and the place: of the text for what is no JSON, else the key of the object. `file`
 * may be NULL. */
bool snapshot_read(struct arena *arena, const char *file, const char *text, size_t length,
                   struct catalog **ret_catalog, dun_error *error);

#endif
