#include "engine/postgres/catalog_ids.h"

#include "base/memory.h"

#include <stdlib.h>

struct entry {
    struct catalog_id id;
    void *value; /* NULL: free */
};

struct catalog_ids {
    struct entry *entries;
    size_t count, capacity; /* a power of two, at most two thirds full */
};

enum { FIRST_CAPACITY = 64 };

struct catalog_ids *catalog_ids_new(void)
{
    struct catalog_ids *ids = memory_alloc(sizeof *ids);
    ids->capacity = FIRST_CAPACITY;
    ids->entries = memory_alloc(ids->capacity * sizeof *ids->entries);
    return ids;
}

void catalog_ids_free(struct catalog_ids *ids)
{
    if (!ids)
        return;
    free(ids->entries);
    free(ids);
}

/* Numbers are given out in sequence and with gaps: all bits of the key have to reach the lower ones of the
 * hash. */
static size_t hash(struct catalog_id id)
{
    uint64_t key = (uint64_t)id.object << 32 | (uint32_t)id.table << 16 | (uint16_t)id.column;
    key = (key ^ key >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(key >> 32);
}

static bool same(struct catalog_id a, struct catalog_id b)
{
    return a.object == b.object && a.table == b.table && a.column == b.column;
}

/* Where it is, or the free place where it would be. */
static struct entry *place(const struct catalog_ids *ids, struct catalog_id id)
{
    size_t index = hash(id) & (ids->capacity - 1);
    while (ids->entries[index].value && !same(ids->entries[index].id, id))
        index = (index + 1) & (ids->capacity - 1);
    return &ids->entries[index];
}

static void grow(struct catalog_ids *ids)
{
    struct entry *old = ids->entries;
    size_t capacity = ids->capacity;
    ids->capacity = memory_multiply(capacity, 2);
    ids->entries = memory_alloc(memory_multiply(ids->capacity, sizeof *old));
    for (size_t i = 0; i < capacity; ++i)
        if (old[i].value)
            *place(ids, old[i].id) = old[i];
    free(old);
}

void catalog_ids_add(struct catalog_ids *ids, struct catalog_id id, void *value)
{
    struct entry *entry = place(ids, id);
    if (entry->value)
        return;
    *entry = (struct entry){id, value};
    if (++ids->count * 3 > ids->capacity * 2)
        grow(ids);
}

void *catalog_ids_get(const struct catalog_ids *ids, struct catalog_id id)
{
    return place(ids, id)->value;
}
