/*
 * Where the objects of a catalog are defined: the statements of definitions, matched with objects by what they create. Told
 * by names, so it serves messages and annotations; what a definition means, the server says.
 */
#ifndef SOURCE_LOCATE_H
#define SOURCE_LOCATE_H

#include "schema/catalog.h"
#include "source/definitions.h"

/* Sets file and line of the objects that the statements create, and of their columns and constraints. */
void locate_objects(struct catalog *catalog, const struct source_definitions *definitions);

/*
 * The object that an annotation means: what its statement creates, or the part of that (column, constraint, index) whose
 * definition begins in the annotated line. NULL: none.
 */
struct schema_object *locate_annotated(const struct catalog *catalog, const struct source_definitions *definitions,
                                       const struct source_definition_file *file,
                                       const struct source_annotation *annotation);

#endif
