/*
 * One schema of a live database, whole: with what its objects need in other schemas, as their definitions
 * have to have it, and with nothing else. Used by catalog.c.
 */
#ifndef SOURCE_OUTSIDE_H
#define SOURCE_OUTSIDE_H

#include "source/catalog.h"

/* Reads that only schema of settings->catalog.schemas; the catalog is in the source's arena. What is needed
 * of the schema that is there anyway cannot be said beside the one that is read, and is warned of. */
bool outside_read(struct source_catalog *source, dun_connection *connection, dun_error *error);

#endif
