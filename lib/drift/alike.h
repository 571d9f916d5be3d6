/* Databases of a server, or schemas of a database, that are alike, as tenants mostly are: the catalog of one
 * is read, and is that of all. Used by live.c. */
#ifndef DRIFT_ALIKE_H
#define DRIFT_ALIKE_H

#include "drift/drift.h"

struct alike_request {
    const struct source_settings *settings;
    const struct source_request *source; /* with an open connection */
    const char *server;                  /* all of its databases have the same; of a schema, the database */
    const char *schema;                  /* the only one that is read; NULL: all of the database */
};

struct alike {
    struct source_catalog *source;
    /* It is that of another: not to be changed or closed, with the name of the other, and without numbers of
     * rows. */
    bool is_shared;
    const char
        *surroundings;  /* in which it is read, see engine_scratch; of the shared one, as long as that */
    const char *schema; /* that was read; NULL: all */
    bool is_renamable;  /* the catalog is that of a schema of another name, too */
};

/* The catalog of the database, read or that of one that is alike. Texts are in the arena. */
bool alike_get(dun_shared_catalogs *shared, const struct alike_request *request, struct arena *arena,
               struct alike *ret_alike, dun_error *error);

#endif
