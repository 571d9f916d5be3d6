/*
 * Which objects mention a name in their texts: in the body of a routine, which no server looks into before it
 * runs, or in a view or trigger that is kept as it was written. For subset.c, where more is as good.
 */
#ifndef COMPARE_MENTIONS_H
#define COMPARE_MENTIONS_H

#include "base/vector.h"
#include "schema/catalog.h"

struct mentions;

struct mentioning {
    VECTOR(struct schema_object *) objects;
};

/*
 * Reads all words of the texts that may speak of other objects than their own table. In the arena; linear in
 * their length.
 */
struct mentions *mentions_read(struct arena *arena, const struct catalog *catalog);

/*
 * What has the name of the object as a word, be it a name there, an alias, a string or a comment; of a name
 * of several words, the first one. NULL: nothing.
 */
const struct mentioning *mentions_of(const struct mentions *mentions, const struct schema_object *object);

#endif
