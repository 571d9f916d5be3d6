/* Many statements in one packet, whose answers are read as they come. For catalog.c. */
#ifndef ENGINE_MYSQL_CATALOG_FETCH_H
#define ENGINE_MYSQL_CATALOG_FETCH_H

#include "db/driver.h"

#include <stdbool.h>
#include <stddef.h>

struct catalog_fetch {
    const char *const *statements; /* each one statement of the server */
    size_t count;
    size_t most_bytes; /* that a packet may have; more statements than fit in one go as several, one after the
                          other */
    /* `rows` is NULL for a statement that gives none, and freed afterwards. */
    void (*take)(void *user, size_t index, const dun_result *rows);
    void *user;
};

/* Ends at the first failure, which is that of statement `*ret_failed`. Memory does not grow with the number
 * of answers. */
bool mysql_engine_catalog_fetch(dun_connection *connection, const struct catalog_fetch *fetch,
                                size_t *ret_failed, dun_error *error);

#endif
