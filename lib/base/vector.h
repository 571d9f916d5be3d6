/*
 * A typed, growing array in an arena:
 *
 *     VECTOR(struct column) columns = {0};
 *     *vector_add(arena, &columns) = column;
 *     VECTOR_EACH(struct column, column, &columns) use(column);
 *
 * Growing copies, so pointers to items are good only while nothing is added.
 */
#ifndef BASE_VECTOR_H
#define BASE_VECTOR_H

#include "base/arena.h"

#include <stddef.h>

#define VECTOR(type)            \
    struct {                    \
        type *items;            \
        size_t count, capacity; \
    }

/* A pointer to a new, zeroed item at the end. */
#define vector_add(arena, vector)                                                                  \
    ((vector)->items = vector_grow((arena), (vector)->items, (vector)->count, &(vector)->capacity, \
                                   sizeof *(vector)->items),                                       \
     &(vector)->items[(vector)->count++])

#define VECTOR_EACH(type, name, vector) \
    for (type *name = (vector)->items; name != NULL && name < (vector)->items + (vector)->count; ++name)

/* Room for one item more; for vector_add. */
void *vector_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

#endif
