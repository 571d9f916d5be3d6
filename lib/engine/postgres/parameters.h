/* From a URL to the connection parameters of libpq; used by connect.c alone. */
#ifndef POSTGRES_PARAMETERS_H
#define POSTGRES_PARAMETERS_H

#include "base/arena.h"
#include "db/driver.h"
#include "engine/postgres/client.h"

#include <stdbool.h>
#include <stdint.h>

struct postgres_parameters {
    const char **keywords, **values; /* NULL-terminated, for PQconnectStartParams */
    int64_t timeout_ms;              /* for the whole attempt */
    bool bounded_link;               /* tcp_user_timeout is ours and to be lifted once connected */
};

/*
 * Whatever the URL leaves out is left to libpq: PGHOST, PGPASSWORD, ~/.pgpass, services. Several hosts become
 * libpq's comma lists. Options of the query string are libpq's parameters, `search_path`, and `ssl=true`;
 * another one fails with DUN_BAD_INPUT and names the one that may be meant. connect_timeout (seconds, per
 * host; in the URL or PGCONNECT_TIMEOUT) takes the place of the option connect_timeout_ms. client_encoding is
 * always UTF8.
 */
bool postgres_parameters(struct arena *arena, const struct libpq *pq, const struct db_url *url,
                         const struct db_open_options *options, struct postgres_parameters *ret,
                         dun_error *error);

#endif
