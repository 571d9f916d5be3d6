/* From a .sql file of this folder to the query that one server is asked; used by catalog.c. */
#ifndef POSTGRES_CATALOG_QUERY_H
#define POSTGRES_CATALOG_QUERY_H

#include "base/arena.h"

/*
 * The file's text for a server (`version` as of libpq: 150020): a line that ends in "-- from 15" is there for
 * servers since 15, one in "-- before 15" for older ones, one in "-- from 15 before 17" for those between.
 * Operators are qualified with the server's schema; what NULLIF, IN, CASE and IS DISTINCT FROM compare must
 * be of one type.
 * `:schemas` is replaced by the condition on n.nspname that keeps the schemas wanted: NULL-terminated, or
 * NULL for all that are not the system's. In the arena.
 */
const char *catalog_query(struct arena *arena, const char *file, int version, const char *const *schemas);

/* The statement that sets the search_path under which names come out as they are told: no schema, or the only
 * one that is read. */
const char *catalog_search_path(struct arena *arena, const char *const *schemas);

/* The text with every occurrence of a word replaced: for texts that catalog_query is not to read. In
 * the arena. */
const char *catalog_replaced(struct arena *arena, const char *text, const char *word, const char *by);

#endif
