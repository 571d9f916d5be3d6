/* What the catalog queries tell beside objects: memberships, needs, grants, comments, and what is not
 * modelled. Used by catalog.c. */
#ifndef POSTGRES_CATALOG_LINKS_H
#define POSTGRES_CATALOG_LINKS_H

#include "engine/postgres/catalog_rows.h"

/* Each reads the rows of one query. Members come before all objects, stand-ins behind the objects, and all
 * else behind those. */
void catalog_read_members(struct catalog_reading *reading, const struct catalog_result *rows);
void catalog_read_stand_ins(struct catalog_reading *reading, const struct catalog_result *rows);
void catalog_read_needs(struct catalog_reading *reading, const struct catalog_result *rows);
void catalog_read_grants(struct catalog_reading *reading, const struct catalog_result *rows);
/* Those that also say what default privileges would grant. */
void catalog_read_usual_grants(struct catalog_reading *reading, const struct catalog_result *rows);
void catalog_read_comments(struct catalog_reading *reading, const struct catalog_result *rows);
void catalog_read_unmodelled(struct catalog_reading *reading, const struct catalog_result *rows);

#endif
