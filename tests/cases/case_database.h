/*
 * Databases that cases happen in: made once for each worker, emptied between cases. The only part of the
 * runner that knows engines, with case_dump.c. For the runner.
 */
#ifndef CASES_CASE_DATABASE_H
#define CASES_CASE_DATABASE_H

#include "engine/engine.h"

struct case_server {
    const struct dun_engine *engine;
    const struct db_url *url;
    const char *pg_dump; /* the program; NULL: no dumps of PostgreSQL */
};

struct case_database {
    const struct case_server *server;
    struct arena *arena;
    const char *name; /* NULL: in memory */
    dun_connection *connection;
    bool clean; /* nothing is in it */
};

/* `name` is the database's; whatever was in one of that name is gone. */
bool case_database_open(struct arena *arena, const struct case_server *server, const char *name,
                        struct case_database **ret_database, dun_error *error);
void case_database_close(struct case_database *database);

/* Empties it. With `broken`, it is made anew: nobody knows what is in it, or what its session does. */
bool case_database_empty(struct case_database *database, bool broken, dun_error *error);

/* What the engine's own tools say is in it: SQL, one statement after the other, on the heap. NULL on failure.
 */
char *case_database_dump(const struct case_database *database, dun_error *error);

#endif
