/*
 * Where the objects of a catalog are defined: the statements of definitions, matched with objects by what
 * they create. Told by names, so it serves messages and annotations; what a definition means, the server
 * says.
 */
#ifndef SOURCE_LOCATE_H
#define SOURCE_LOCATE_H

#include "schema/catalog.h"
#include "source/definitions.h"

/* Sets file and line of the objects that the statements create, and of their columns and constraints. */
void locate_objects(struct catalog *catalog, const struct source_definitions *definitions);

/* An annotation and the object that it means. */
struct located_annotation {
    const struct source_definition_file *file;
    const struct source_annotation *annotation;
    /* What its statement creates, or the part of that (column, constraint, index) whose definition begins in
     * the annotated line; NULL: none. */
    struct schema_object *object;
};

/* The old name in it, without a schema. */
const char *located_old_name(const struct located_annotation *located);

/* All annotations of the definitions, in their order; in the arena. */
struct located_annotation *locate_annotations(struct arena *arena, const struct catalog *catalog,
                                              const struct source_definitions *definitions,
                                              size_t *ret_count);

#endif
