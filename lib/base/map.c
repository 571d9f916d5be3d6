#include "base/map.h"

#include "base/memory.h"

#include <string.h>

/* The table of uthash is kept in the arena as well, so that dropping the arena drops the map. */
#define uthash_malloc(size) arena_alloc(map->arena, (size))
#define uthash_free(memory, size) ((void)(memory))
#define uthash_fatal(message) ((void)memory_multiply((size_t)-1, 2))
#include <uthash.h>

struct entry {
    const char *key;
    void *value;
    UT_hash_handle hh;
};

struct map {
    struct arena *arena;
    struct entry *entries;
};

struct map *map_new(struct arena *arena)
{
    struct map *map = ARENA_NEW(arena, struct map);
    map->arena = arena;
    return map;
}

void *map_get(const struct map *map, const char *key)
{
    struct entry *entry;
    HASH_FIND_STR(map->entries, key, entry);
    return entry ? entry->value : NULL;
}

bool map_add(struct map *map, const char *key, void *value)
{
    struct entry *entry;
    size_t length = strlen(key);
    HASH_FIND(hh, map->entries, key, length, entry);
    if (entry)
        return false;
    entry = ARENA_NEW(map->arena, struct entry);
    entry->key = key;
    entry->value = value;
    HASH_ADD_KEYPTR(hh, map->entries, key, length, entry);
    return true;
}

size_t map_count(const struct map *map)
{
    return HASH_COUNT(map->entries);
}
