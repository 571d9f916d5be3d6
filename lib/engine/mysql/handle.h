/* Connected handles of the client library: what connect.c makes connections of, and what kills statements. */
#ifndef ENGINE_MYSQL_HANDLE_H
#define ENGINE_MYSQL_HANDLE_H

#include "base/str.h"
#include "db/url.h"
#include "engine/mysql/client.h"
#include "engine/mysql/infile.h"
#include "engine/mysql/options.h"
#include "engine/mysql/wait.h"

#include <stdbool.h>

/* Where to connect, and as who. */
struct handle_target {
    const struct db_url *url;
    const struct mysql_options *options;
    const struct db_host *host; /* one of the URL's; NULL: the default */
    const char *application;    /* NULL: none */
    bool without_database;
    const struct mysql_infile
        *infile; /* for LOAD DATA LOCAL; NULL: the server may not ask for a file at all */
};

/*
 * Connects within the scope. The URL wins over option files (the groups [client], [client-server] and
 * [client-mariadb] of ~/.my.cnf and the system's), which fill in what it leaves open. Fails with
 * DUN_NO_CONNECTION, or with DUN_BAD_INPUT for options that contradict each other.
 */
bool mysql_engine_handle_connect(const struct handle_target *target, struct mysql_wait *wait,
                                 MYSQL **ret_handle, dun_error *error);

/* Closes it; NULL is allowed. */
void mysql_engine_handle_close(MYSQL *handle, struct mysql_wait *wait);

/*
 * Appends the init commands of the URL and of option files, each ended by a line end and separated by
 * semicolons.
 */
void mysql_engine_handle_init_commands(MYSQL *handle, struct str *to);

#endif
