#include "seed/demo/index.h"

#include "base/str.h"
#include "seed/demo/random.h"

/* A combination of values, and where its rows begin among all. */
struct group {
    uint64_t key;
    uint32_t begin, count;
    bool used;
};

struct demo_index {
    struct group *groups; /* a table of hashes, at most half full */
    uint64_t slots, used;
    uint32_t *rows;
};

enum { FIRST_SLOTS = 64 };

static struct group *slot_of(struct group *groups, uint64_t slots, uint64_t key)
{
    uint64_t slot = key & (slots - 1);
    while (groups[slot].used && groups[slot].key != key)
        slot = (slot + 1) & (slots - 1);
    return &groups[slot];
}

static void grow(struct arena *arena, struct demo_index *index)
{
    uint64_t slots = index->slots ? index->slots * 2 : FIRST_SLOTS;
    struct group *groups = arena_alloc(arena, slots * sizeof *groups);
    for (uint64_t i = 0; i < index->slots; ++i)
        if (index->groups[i].used)
            *slot_of(groups, slots, index->groups[i].key) = index->groups[i];
    index->groups = groups;
    index->slots = slots;
}

static void count_row(struct arena *arena, struct demo_index *index, uint64_t key)
{
    if (2 * index->used >= index->slots)
        grow(arena, index);
    struct group *group = slot_of(index->groups, index->slots, key);
    index->used += !group->used;
    group->used = true;
    group->key = key;
    ++group->count;
}

bool demo_index_key(const struct demo_table *table, size_t count, const size_t *columns, uint64_t row,
                    uint64_t *ret_key)
{
    struct str text = STR_INIT;
    uint64_t key = 0;
    bool there = true;
    for (size_t i = 0; i < count && there; ++i) {
        str_clear(&text);
        there = demo_append_picked(table, columns[i], row, &text);
        key = demo_hash(key + i, str_text(&text));
    }
    str_free(&text);
    if (there)
        *ret_key = key;
    return there;
}

/* Two readings of the rows: the first counts them, the second puts each behind those of its group that came
 * before. */
struct demo_index *demo_index_make(struct arena *arena, const struct demo_table *table, size_t count,
                                   const size_t *columns, const struct demo_rows_of *rows)
{
    struct demo_index *index = ARENA_NEW(arena, struct demo_index);
    uint64_t size = demo_pool_size(table),
             all = rows                ? rows->count
                   : size < UINT32_MAX ? size
                                       : UINT32_MAX,
             key;
    uint32_t begin = 0;
    grow(arena, index);
    for (uint64_t i = 0; i < all; ++i)
        if (demo_index_key(table, count, columns, rows ? rows->rows[i] : i, &key))
            count_row(arena, index, key);
    for (uint64_t i = 0; i < index->slots; ++i) {
        index->groups[i].begin = begin;
        begin += index->groups[i].count;
        index->groups[i].count = 0;
    }
    index->rows = arena_alloc(arena, ((size_t)begin + 1) * sizeof *index->rows);
    for (uint64_t i = 0; i < all; ++i) {
        uint64_t row = rows ? rows->rows[i] : i;
        if (!demo_index_key(table, count, columns, row, &key))
            continue;
        struct group *group = slot_of(index->groups, index->slots, key);
        index->rows[group->begin + group->count++] = (uint32_t)row;
    }
    return index;
}

struct demo_rows_of demo_index_find(const struct demo_index *index, uint64_t key)
{
    const struct group *group = slot_of(index->groups, index->slots, key);
    return (struct demo_rows_of){index->rows + group->begin, group->count};
}
