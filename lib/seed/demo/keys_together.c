/* Keys of several parts: how many rows there may be of each combination of them. */
#include "base/memory.h"
#include "seed/demo/index.h"
#include "seed/demo/keys.h"
#include "seed/demo/random.h"

#include <stdlib.h>

/* Shares of a block as 1/1, 1/2, 1/3, ..., none more than `most`, all of them `rows`. */
static void share_out(struct demo_key *key, uint64_t rows, uint64_t most)
{
    double sum = 0;
    uint64_t given = 0;
    for (size_t i = 0; i < key->block; ++i)
        sum += 1.0 / (double)(i + 1);
    for (size_t i = 0; i < key->block; ++i) {
        uint64_t share = (uint64_t)((double)rows / (double)(i + 1) / sum);
        key->shares[i] = share > most ? most : share;
        given += key->shares[i];
    }
    for (size_t i = 0; given < rows; i = (i + 1) % key->block)
        if (key->shares[i] < most) {
            uint64_t more = (rows - given + key->block - 1) / key->block, room = most - key->shares[i];
            more = more < room ? more : room;
            key->shares[i] += more;
            given += more;
        }
}

static void group(const struct demo_settling *settling, struct demo_key *key)
{
    uint64_t members = key->sizes[0], rows = settling->table->rows;
    key->grouped = true;
    key->block = members < DEMO_BLOCK ? (size_t)members : DEMO_BLOCK;
    uint64_t blocks = members / key->block, each = (rows + blocks * key->block - 1) / (blocks * key->block);
    if (each > key->rest) {
        key->block = 1;
        blocks = members;
        each = (rows + members - 1) / members;
    }
    each = each == 0 ? 1 : each;
    key->block_rows = each * key->block;
    share_out(key, key->block_rows, key->rest);
}

static void put_references_first(struct demo_settling *settling)
{
    for (size_t i = 1; i < settling->count; ++i)
        for (size_t j = i; j > 0 && settling->parts[j].reference && !settling->parts[j - 1].reference; --j) {
            struct demo_key_part part = settling->parts[j];
            settling->parts[j] = settling->parts[j - 1];
            settling->parts[j - 1] = part;
        }
}

/* Something shared can be chosen from only once its leader is. */
static bool is_led(const struct demo_settling *settling, const struct demo_key_part *part)
{
    const struct demo_reference *leader = settling->parts[0].reference;
    return part->reference && part->reference->shared_count > 0 && part->reference->leader == leader;
}

/* Can the parts be digits of one number? */
static bool can_be_counted(const struct demo_settling *settling)
{
    for (size_t i = 0; i < settling->count; ++i) {
        const struct demo_key_part *part = &settling->parts[i];
        if (part->choice->mode != MODE_FREE || part->size == 0)
            return false;
        if (part->reference && (part->reference->to == settling->table ||
                                (part->reference->shared_count > 0 && (i == 0 || !is_led(settling, part)))))
            return false;
    }
    return true;
}

/* How many combinations each member leaves: of what is shared, as many as agree with the member. */
static uint64_t room_of(const struct demo_settling *settling, struct demo_key *key, uint64_t member)
{
    const struct demo_reference *leader = settling->parts[0].reference;
    uint64_t room = 1,
             number = settling->parts[0].choice->skip + demo_permute(key->base + 1, member, key->sizes[0]),
             found;
    uint64_t row = leader->narrowed ? leader->admitted[number] : number;
    for (size_t i = 1; i < settling->count; ++i) {
        const struct demo_reference *reference = settling->parts[i].reference;
        size_t columns[DEMO_KEY_MOST];
        if (!reference || reference->shared_count == 0) {
            room = demo_keys_multiply(room, key->sizes[i]);
            continue;
        }
        for (size_t j = 0; j < reference->shared_count; ++j)
            columns[j] = leader->reference->referenced[settling->table->columns[reference->shared[j]].place];
        if (!demo_index_key(leader->to, reference->shared_count, columns, row, &found))
            return 0;
        room = demo_keys_multiply(room, demo_index_find(reference->index, found).count);
    }
    return room;
}

/* Shares as in a block, cut to what there is room for; what is left over goes to the others. */
static uint64_t share_by_room(struct demo_key *key, uint64_t *counts, const uint64_t *rooms, uint64_t rows)
{
    uint64_t given = 0, members = key->sizes[0];
    for (uint64_t each = rows / members + 1; given < rows; each *= 2) {
        bool full = true;
        for (uint64_t i = 0; i < members && given < rows; ++i) {
            uint64_t share = each / (1 + demo_scale(demo_draw(key->base, i), DEMO_BLOCK)) + 1;
            uint64_t most = rooms[i] < share ? rooms[i] : share,
                     more = most > counts[i] ? most - counts[i] : 0;
            more = more < rows - given ? more : rows - given;
            counts[i] += more;
            given += more;
            full = full && counts[i] == rooms[i];
        }
        if (full)
            break;
    }
    return given;
}

static void settle_by_room(struct demo_settling *settling, struct demo_key *key)
{
    uint64_t members = key->sizes[0], start = 0;
    uint64_t *rooms = memory_alloc(2 * members * sizeof *rooms), *counts = rooms + members;
    uint64_t *starts = arena_alloc(settling->plan->arena, (members + 1) * sizeof *starts);
    for (uint64_t i = 0; i < members; ++i) {
        rooms[i] = room_of(settling, key, i);
        counts[i] = 0;
    }
    demo_keys_lessen(settling, share_by_room(key, counts, rooms, settling->table->rows),
                     "its key has no more combinations");
    for (uint64_t i = 0; i < members; ++i) {
        starts[i] = start;
        start += counts[i];
    }
    starts[members] = start;
    key->starts = starts;
    free(rooms);
}

bool demo_keys_settle_together(struct demo_settling *settling)
{
    struct demo_key *key = ARENA_NEW(settling->plan->arena, struct demo_key);
    put_references_first(settling);
    if (!can_be_counted(settling))
        return false;
    key->base = demo_mix(settling->parts[0].choice->base + 2);
    key->count = settling->count;
    key->rest = 1;
    bool leads = settling->parts[0].reference != NULL, by_room = false;
    for (size_t i = 0; i < settling->count; ++i) {
        const struct demo_key_part *part = &settling->parts[i];
        key->sizes[i] = part->size;
        key->references[i] = part->reference;
        by_room = by_room || (part->reference && part->reference->shared_count > 0);
        if (i > 0 || !leads)
            key->rest = demo_keys_multiply(key->rest, part->size);
    }
    const struct demo_key_part *last = &settling->parts[settling->count - 1];
    key->counted = settling->count == 2 && last->column && last->column->generator->form == FORM_NUMBER;
    if (by_room) {
        settle_by_room(settling, key);
    } else {
        demo_keys_lessen(settling, demo_keys_multiply(leads ? settling->parts[0].size : 1, key->rest),
                         "its key has no more combinations");
        if (leads)
            group(settling, key);
    }
    for (size_t i = 0; i < settling->count; ++i) {
        struct demo_key_part *part = &settling->parts[i];
        part->choice->mode = MODE_KEYED;
        part->choice->key = key;
        part->choice->digit = i;
        if (part->column)
            demo_keys_take_for_itself(part->column);
    }
    demo_keys_forbid_null(settling);
    return true;
}
