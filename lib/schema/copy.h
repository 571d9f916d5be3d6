/*
 * Copies of catalogs: whole, in part, or with other names in them. Used by whatever needs a part of a schema
 * (proofs), or reads a schema that stands elsewhere under another name (scratch places).
 */
#ifndef SCHEMA_COPY_H
#define SCHEMA_COPY_H

#include "schema/catalog.h"

struct catalog_name {
    const char *schema, *name;
};

struct catalog_copying {
    /* Objects that are copied; asked for an object only when its parent is copied. NULL: all are. */
    bool (*keeps)(const struct schema_object *object, const void *user);
    /* True: the object gets another name or schema, written over those that it has. NULL: none does. */
    bool (*renames)(const struct schema_object *object, struct catalog_name *name, const void *user);
    const void *user;
    /* In every name and value, each occurrence of the text becomes the replacement; NULL: nothing is
     * replaced. */
    const char *text, *replacement;
    /* The schema of that name is called otherwise: objects stand in it, and where names and values are
     * qualified with it, they are with `qualifier`, which is that name as SQL writes it. NULL: none is. */
    const char *schema, *called, *qualifier;
};

/*
 * Parts keep the order that they have in their parent, which knows when one is left out; needs of what is not
 * copied are left out. What is not modelled is copied, unless objects are chosen. In the arena, independent
 * of the original.
 */
struct catalog *catalog_copy(struct arena *arena, const struct catalog *catalog,
                             const struct catalog_copying *copying);

/*
 * The same into a catalog that is there; an object of the key of one that is in it is left out. What is
 * needed and not copied is looked for in it by its key. What is not modelled is left out.
 */
void catalog_add_copies(struct catalog *to, const struct catalog *catalog,
                        const struct catalog_copying *copying);

#endif
