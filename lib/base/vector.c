#include "base/vector.h"

#include "base/memory.h"

#include <string.h>

void *vector_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
    if (count < *capacity)
        return items;
    size_t larger = *capacity ? memory_multiply(*capacity, 2) : 8;
    void *grown = arena_alloc(arena, memory_multiply(larger, item_size));
    if (count)
        memcpy(grown, items, count * item_size);
    *capacity = larger;
    return grown;
}
