/* Which row of another table, or of its own, a row refers to. */
#include "seed/demo/index.h"
#include "seed/demo/plan.h"
#include "seed/demo/random.h"

static const uint64_t nobody = DEMO_NOBODY;

uint64_t demo_pool_size(const struct demo_table *to)
{
    return to->known + to->rows;
}

uint64_t demo_candidates(const struct demo_reference *reference)
{
    return reference->narrowed ? reference->admitted_count : demo_pool_size(reference->to);
}

static uint64_t candidate(const struct demo_reference *reference, uint64_t number)
{
    return reference->narrowed ? reference->admitted[number % reference->admitted_count] : number;
}

/* In a block of a key: to which member a row belongs, and which of the member's rows it is. */
static uint64_t member_of_block(const struct demo_key *key, uint64_t row, uint64_t *ret_place)
{
    uint64_t block = row / key->block_rows, place = row % key->block_rows;
    size_t turn = (size_t)demo_scale(demo_draw(key->base, block), key->block);
    for (size_t i = 0; i < key->block; ++i) {
        if (place < key->shares[i]) {
            *ret_place = place;
            return block * key->block + (i + turn) % key->block;
        }
        place -= key->shares[i];
    }
    *ret_place = 0;
    return 0;
}

/* The same where each member has rows of its own number. */
static uint64_t member_of_starts(const struct demo_key *key, uint64_t row, uint64_t *ret_place)
{
    uint64_t low = 0, high = key->sizes[0];
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (key->starts[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    *ret_place = row - key->starts[low];
    return low;
}

/* How many values the digit has in the row. */
static uint64_t radix_of(const struct demo_table *table, const struct demo_key *key, uint64_t row,
                         size_t digit)
{
    struct demo_rows_of agreeing;
    const struct demo_reference *reference = key->references[digit];
    if (!reference || reference->shared_count == 0)
        return key->sizes[digit];
    return demo_agreeing(table, reference, row, &agreeing) && agreeing.count ? agreeing.count : 1;
}

static uint64_t digit_of_member(const struct demo_table *table, const struct demo_key *key, uint64_t row,
                                size_t digit)
{
    uint64_t radix[DEMO_KEY_MOST], rest, all = 1;
    uint64_t member = member_of_starts(key, row, &rest);
    if (digit == 0)
        return demo_permute(key->base + 1, member, key->sizes[0]);
    for (size_t i = 1; i < key->count; ++i) {
        radix[i] = radix_of(table, key, row, i);
        all = all > (UINT64_MAX >> 2) / radix[i] ? UINT64_MAX >> 2 : all * radix[i];
    }
    rest = demo_permute(demo_draw(key->base, member), rest % all, all);
    for (size_t i = 1; i < digit; ++i)
        rest /= radix[i];
    return rest % radix[digit];
}

uint64_t demo_key_digit(const struct demo_table *table, const struct demo_key *key, uint64_t row,
                        size_t digit)
{
    uint64_t rest = row, first = 0;
    if (key->starts)
        return digit_of_member(table, key, row, digit);
    if (key->grouped) {
        first = demo_permute(key->base + 1, member_of_block(key, row, &rest) % key->sizes[0], key->sizes[0]);
        if (digit == 0)
            return first;
        if (!key->counted)
            rest = demo_permute(demo_draw(key->base, first), rest % key->rest, key->rest);
    } else {
        rest = demo_permute(key->base, rest % key->rest, key->rest);
    }
    for (size_t i = key->grouped ? 1 : 0; i < digit; ++i)
        rest /= key->sizes[i];
    return rest % key->sizes[digit];
}

bool demo_agreeing(const struct demo_table *table, const struct demo_reference *reference, uint64_t row,
                   struct demo_rows_of *ret_rows)
{
    uint64_t key;
    if (!demo_index_key(table, reference->shared_count, reference->shared, table->known + row, &key))
        return false;
    *ret_rows = reference->index ? demo_index_find(reference->index, key) : (struct demo_rows_of){NULL, 0};
    return true;
}

/* How many of rising rows come before one. */
static size_t count_before(const struct demo_rows_of *rows, uint64_t row)
{
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of earlier rows of its own table. The first has none, and refers to itself where it must. */
static uint64_t pick_own(const struct demo_table *table, const struct demo_reference *reference, uint64_t row)
{
    struct demo_rows_of agreeing = {NULL, 0};
    uint64_t self = table->known + row, earlier = self;
    bool some = reference->shared_count > 0;
    if (some && !demo_agreeing(table, reference, row, &agreeing))
        some = false;
    if (some)
        earlier = count_before(&agreeing, self);
    if (earlier == 0)
        return reference->optional ? nobody : self;
    uint64_t picked =
        reference->choice.mode == MODE_PREVIOUS
            ? earlier - 1
            : demo_scale_skewed(demo_draw(reference->choice.base, table->present + row), earlier);
    return some ? agreeing.rows[picked] : picked;
}

static uint64_t pick_free(const struct demo_table *table, const struct demo_reference *reference,
                          uint64_t row)
{
    const struct demo_choice *choice = &reference->choice;
    struct demo_rows_of agreeing = {NULL, 0};
    bool some = reference->shared_count > 0 && demo_agreeing(table, reference, row, &agreeing);
    uint64_t size = some ? agreeing.count : demo_candidates(reference);
    if (size == 0)
        return nobody;
    uint64_t picked = demo_scale_skewed(demo_draw(choice->base, table->present + row), size);
    uint64_t turn = some ? demo_mix(choice->base + agreeing.rows[0]) : choice->base;
    picked = demo_permute(turn, picked, size);
    return some ? agreeing.rows[picked] : candidate(reference, picked);
}

static uint64_t pick_keyed(const struct demo_table *table, const struct demo_reference *reference,
                           uint64_t row)
{
    const struct demo_choice *choice = &reference->choice;
    struct demo_rows_of agreeing;
    uint64_t digit = demo_key_digit(table, choice->key, row, choice->digit);
    if (reference->shared_count == 0)
        return candidate(reference, choice->skip + digit);
    return demo_agreeing(table, reference, row, &agreeing) && digit < agreeing.count ? agreeing.rows[digit]
                                                                                     : nobody;
}

uint64_t demo_pick(const struct demo_table *table, const struct demo_reference *reference, uint64_t row)
{
    const struct demo_choice *choice = &reference->choice;
    if (choice->mode == MODE_SAME)
        return table->known + row;
    if (reference->optional &&
        demo_comes_up(reference->null_base, table->present + row, reference->null_share))
        return nobody;
    if (reference->to == table)
        return pick_own(table, reference, row);
    if (choice->mode == MODE_KEYED)
        return pick_keyed(table, reference, row);
    if (choice->mode == MODE_PERMUTED && (choice->start || row < choice->size))
        return candidate(reference, choice->skip + demo_permute(choice->base,
                                                                (choice->start ? table->present + row : row) %
                                                                    choice->size,
                                                                choice->size));
    return pick_free(table, reference, row);
}
