#include "schema/lookup.h"

#include "base/memory.h"

enum { FIRST_CAPACITY = 64 };

/* FNV-1a. */
uint32_t lookup_hash(const char *text)
{
    uint32_t hash = UINT32_C(2166136261);
    for (; *text; ++text)
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    return hash ? hash : 1;
}

void *lookup_get(const struct lookup *lookup, uint32_t hash, const char *text,
                 bool (*is)(const void *item, const char *text))
{
    if (!lookup->capacity)
        return NULL;
    size_t mask = lookup->capacity - 1;
    for (size_t i = hash & mask; lookup->hashes[i]; i = (i + 1) & mask)
        if (lookup->hashes[i] == hash && is(lookup->items[i], text))
            return lookup->items[i];
    return NULL;
}

static void put(struct lookup *lookup, uint32_t hash, void *item)
{
    size_t mask = lookup->capacity - 1, i = hash & mask;
    while (lookup->hashes[i])
        i = (i + 1) & mask;
    lookup->hashes[i] = hash;
    lookup->items[i] = item;
}

static void grow(struct arena *arena, struct lookup *lookup)
{
    struct lookup old = *lookup;
    lookup->capacity = old.capacity ? memory_multiply(old.capacity, 2) : FIRST_CAPACITY;
    lookup->hashes = arena_alloc(arena, memory_multiply(lookup->capacity, sizeof *lookup->hashes));
    lookup->items = arena_alloc(arena, memory_multiply(lookup->capacity, sizeof *lookup->items));
    for (size_t i = 0; i < old.capacity; ++i)
        if (old.hashes[i])
            put(lookup, old.hashes[i], old.items[i]);
}

void lookup_add(struct arena *arena, struct lookup *lookup, uint32_t hash, void *item)
{
    if ((lookup->count + 1) * 4 > lookup->capacity * 3)
        grow(arena, lookup);
    put(lookup, hash, item);
    lookup->count++;
}
