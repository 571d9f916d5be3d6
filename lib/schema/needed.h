/*
 * Part of a catalog that is whole: what is asked for, all that it needs, and what that needs in turn. Tables
 * that are there for others come with the parts that belong to no one else (schema_kind_comes_along). Used
 * where a schema is looked at together with what it needs elsewhere.
 */
#ifndef SCHEMA_NEEDED_H
#define SCHEMA_NEEDED_H

#include "schema/catalog.h"

struct needed;

/* In the arena. */
struct needed *needed_new(struct arena *arena, const struct catalog *catalog);

/* The object that it is part of, or itself; `whole`: with all its parts, whatever they need. */
void needed_add(struct needed *needed, const struct schema_object *object, bool whole);

/* For catalog_copying.keeps, with the struct needed as `user`. */
bool needed_has(const struct schema_object *object, const void *needed);

#endif
