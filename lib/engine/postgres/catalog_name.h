/* The names that the server makes up for constraints and indexes that have none; used by catalog_rows.c. */
#ifndef POSTGRES_CATALOG_NAME_H
#define POSTGRES_CATALOG_NAME_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Could the server have made up this name for a `label` ("pkey", "key", "idx", "fkey", "check", "excl",
 * "stat") of that table and those columns? A number may follow, which keeps names apart.
 */
bool catalog_name_is_made_up(const char *name, const char *table, size_t count, const char *const *columns,
                             const char *label);

#endif
