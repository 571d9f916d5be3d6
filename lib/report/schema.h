/* The drawings of a schema, each in a file of its own. */
#ifndef REPORT_SCHEMA_H
#define REPORT_SCHEMA_H

#include "schema/catalog.h"

/* Both on the heap. The catalog is sorted. */
char *schema_mermaid(const struct catalog *catalog);
char *schema_dot(const struct catalog *catalog);

#endif
