/* From the number of a row to its values. */
#include "seed/demo/calendar.h"
#include "seed/demo/plan.h"
#include "seed/demo/random.h"

#include <string.h>

enum { MOST_TRIES = 5000, USUAL_SPAN_DAYS = 60 };

static const uint64_t nobody = UINT64_MAX;

/* Some of the rows of a column with a default have it. */
static const double usual_share = 0.3;

static bool comes_up(uint64_t base, uint64_t row, double share)
{
    return share > 0 && (double)(demo_draw(base, row) >> 11) * 0x1p-53 < share;
}

uint64_t demo_pool_size(const struct demo_table *to)
{
    return to->known + to->rows;
}

/* In a block of a key: to which member a row belongs, and which of the member's rows it is. */
static uint64_t member_of(const struct demo_key *key, uint64_t row, uint64_t *ret_place)
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

uint64_t demo_key_digit(const struct demo_key *key, uint64_t row, size_t digit)
{
    uint64_t rest = row, first = 0;
    if (key->grouped) {
        first = demo_permute(key->base + 1, member_of(key, row, &rest) % key->sizes[0], key->sizes[0]);
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

static bool is_same(const struct demo_table *table, size_t column, uint64_t row, const struct demo_table *to, size_t referenced,
                    uint64_t picked);

/* Do the columns that another reference has filled have the values of the row that was picked? */
static bool agrees(const struct demo_table *table, const struct demo_reference *reference, uint64_t row, uint64_t picked)
{
    for (size_t i = 0; i < reference->reference->count; ++i) {
        size_t column = reference->reference->columns[i];
        if (table->columns[column].reference != reference &&
            !is_same(table, column, row, reference->to, reference->reference->referenced[i], picked))
            return false;
    }
    return true;
}

static uint64_t pick_free(const struct demo_table *table, const struct demo_reference *reference, uint64_t row)
{
    bool own = reference->to == table;
    uint64_t size = own ? table->known + row : demo_pool_size(reference->to);
    uint64_t draw = demo_draw(reference->choice.base, table->present + row);
    if (size == 0)
        return own && !reference->optional ? row : nobody;
    uint64_t picked = demo_scale_skewed(draw, size);
    return own ? picked : demo_permute(reference->choice.base, picked, size);
}

/* The number of a row of the pool, those of the database first. */
static uint64_t pick(const struct demo_table *table, const struct demo_reference *reference, uint64_t row)
{
    const struct demo_choice *choice = &reference->choice;
    if (reference->optional && comes_up(reference->null_base, table->present + row, reference->null_share))
        return nobody;
    uint64_t picked = nobody;
    switch (choice->mode) {
    case MODE_PERMUTED:
        return choice->skip + demo_permute(choice->base, (choice->start ? table->present + row : row) % choice->size, choice->size);
    case MODE_KEYED:
        return choice->skip + demo_key_digit(choice->key, row, choice->digit);
    case MODE_PREVIOUS:
        return table->known + row > 0 ? table->known + row - 1 : nobody;
    default:
        picked = pick_free(table, reference, row);
    }
    uint64_t size = reference->to == table ? table->known + row : demo_pool_size(reference->to);
    for (uint64_t tries = 0; reference->shared && picked != nobody && tries < MOST_TRIES; ++tries) {
        if (agrees(table, reference, row, picked))
            return picked;
        picked = size ? (picked + 1) % size : nobody;
    }
    return reference->shared && reference->optional ? nobody : picked;
}

static bool append_known(const struct demo_table *to, size_t column, uint64_t number, struct str *ret_text)
{
    const struct demo_pool *pool = &to->pools[column];
    if (pool->numbers) {
        int64_t value = pool->integers[number];
        if (value < 0)
            str_append_char(ret_text, '-');
        append_digits(ret_text, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 0);
        return true;
    }
    if (!pool->texts || !pool->texts[number])
        return false;
    str_append(ret_text, pool->texts[number]);
    return true;
}

static bool append_picked(const struct demo_table *to, size_t column, uint64_t picked, struct str *ret_text)
{
    return picked < to->known ? append_known(to, column, picked, ret_text)
                              : demo_value(to, column, picked - to->known, ret_text);
}

static bool is_same(const struct demo_table *table, size_t column, uint64_t row, const struct demo_table *to, size_t referenced,
                    uint64_t picked)
{
    struct str ours = STR_INIT, theirs = STR_INIT;
    bool have = demo_value(table, column, row, &ours), has = append_picked(to, referenced, picked, &theirs);
    bool same = have && has && strcmp(str_text(&ours), str_text(&theirs)) == 0;
    str_free(&ours);
    str_free(&theirs);
    return same;
}

/* In the generator of the column; of a number that is made different by what follows, any. */
static uint64_t number_of(const struct demo_table *table, const struct demo_column *column, uint64_t row)
{
    const struct demo_choice *choice = &column->choice;
    uint64_t size = column->generator->size;
    switch (choice->mode) {
    case MODE_PERMUTED:
        if (!choice->numbered)
            return demo_permute(choice->base, (table->present + row) % size, size);
        break;
    case MODE_KEYED:
        return demo_key_digit(choice->key, row, choice->digit) % size;
    case MODE_SEQUENCE:
        return row % size;
    default:
        break;
    }
    uint64_t draw = demo_draw(choice->base, table->present + row);
    if (!column->generator->few_high)
        return demo_scale(draw, size);
    if (size <= 2)
        return demo_scale(draw, 4) == 3 ? size - 1 : 0;
    /* The product of two draws: small ones are more frequent, and large ones not too rare. */
    return demo_scale(demo_mix(draw), 1 + demo_scale(draw, size));
}

/* Units of one column in those of another: days and seconds, digits behind the point. */
static int64_t in_units(const struct demo_generator *from, const struct demo_generator *to, int64_t units, bool up)
{
    if (from->form == FORM_DATE && to->form == FORM_MOMENT)
        return units * SECONDS_OF_DAY;
    if (from->form == FORM_MOMENT && to->form == FORM_DATE)
        return units / SECONDS_OF_DAY + (up && units % SECONDS_OF_DAY != 0);
    for (unsigned i = from->scale; i < to->scale; ++i)
        units *= 10;
    for (unsigned i = to->scale; i < from->scale; ++i)
        units = units / 10 + (up && units % 10 != 0);
    return units;
}

static int64_t units_of(const struct demo_table *table, const struct demo_column *column, uint64_t row);

/* A number between two that is nearer to the first more often. */
static int64_t near(uint64_t draw, int64_t first, int64_t last)
{
    uint64_t room = first < last ? (uint64_t)(last - first) : (uint64_t)(first - last);
    uint64_t step = demo_scale(demo_mix(draw), 1 + demo_scale(draw, room + 1));
    return first < last ? first + (int64_t)step : first - (int64_t)step;
}

static int64_t span_of(const struct demo_generator *generator)
{
    return generator->form == FORM_DATE     ? USUAL_SPAN_DAYS
           : generator->form == FORM_MOMENT ? (int64_t)USUAL_SPAN_DAYS * SECONDS_OF_DAY
                                            : (int64_t)generator->size;
}

/* What the comparison with the other column leaves of the range. */
static int64_t related_units(const struct demo_table *table, const struct demo_column *column, uint64_t row)
{
    const struct demo_generator *generator = column->generator;
    bool up = column->comparison == CHECK_GREATER || column->comparison == CHECK_GREATER_EQUAL;
    int64_t other = in_units(column->other->generator, generator, units_of(table, column->other, row), up);
    int64_t low = generator->low, high = low + (int64_t)generator->size - 1, bound;
    uint64_t draw = demo_draw(column->choice.base, table->present + row);
    switch (column->comparison) {
    case CHECK_EQUAL:
        return other;
    case CHECK_UNEQUAL:
        bound = low + (int64_t)number_of(table, column, row);
        return bound != other ? bound : bound < high ? bound + 1 : bound - 1;
    case CHECK_GREATER:
    case CHECK_GREATER_EQUAL:
        other += column->comparison == CHECK_GREATER;
        bound = other + span_of(generator) < high ? other + span_of(generator) : high;
        return near(draw, other > low ? other : low, bound > other ? bound : other > low ? other : low);
    case CHECK_LESS:
    case CHECK_LESS_EQUAL:
        other -= column->comparison == CHECK_LESS;
        bound = other - span_of(generator) > low ? other - span_of(generator) : low;
        return near(draw, other < high ? other : high, bound < other ? bound : other < high ? other : high);
    }
    return other;
}

static int64_t units_of(const struct demo_table *table, const struct demo_column *column, uint64_t row)
{
    if (column->choice.mode == MODE_SEQUENCE)
        return column->choice.start + (int64_t)row;
    if (column->other)
        return related_units(table, column, row);
    return column->generator->low + (int64_t)number_of(table, column, row);
}

/*
 * A number makes a text different from all others: before the @ of an address, else at the end. It is that of the row, or says how
 * often all texts have been used before.
 */
static void append_numbered(const struct demo_table *table, const struct demo_column *column, uint64_t row, struct str *to)
{
    struct str text = STR_INIT;
    uint64_t size = column->generator->size, all = table->present + row, number = all + 1;
    if (column->choice.rounds) {
        demo_generator_append(column->generator, &text, demo_permute(column->choice.base, all % size, size));
        number = all / size + 1;
    } else {
        demo_generator_append(column->generator, &text, number_of(table, column, row));
    }
    if (column->choice.rounds && number == 1) {
        str_append(to, str_text(&text));
        str_free(&text);
        return;
    }
    const char *whole = str_text(&text), *at = strchr(whole, '@');
    size_t before = at ? (size_t)(at - whole) : text.length;
    str_append_n(to, whole, before);
    str_append_char(to, strchr(whole, ' ') ? ' ' : '-');
    append_digits(to, number, 0);
    str_append(to, whole + before);
    str_free(&text);
}

static void append_generated(const struct demo_table *table, const struct demo_column *column, uint64_t row, struct str *to)
{
    if (column->choice.numbered)
        append_numbered(table, column, row, to);
    else if (column->usual && comes_up(column->null_base + 1, table->present + row, usual_share))
        str_append(to, column->usual);
    else if (column->choice.mode == MODE_SEQUENCE || column->other)
        demo_generator_append_units(column->generator, to, units_of(table, column, row));
    else
        demo_generator_append(column->generator, to, number_of(table, column, row));
}

bool demo_value(const struct demo_table *table, size_t number, uint64_t row, struct str *to)
{
    const struct demo_column *column = &table->columns[number];
    if (column->source == SOURCE_REFERENCE) {
        const struct demo_reference *reference = column->reference;
        if (column->late && !table->second_pass)
            return false;
        uint64_t picked = pick(table, reference, row);
        return picked != nobody &&
               append_picked(reference->to, reference->reference->referenced[column->place], picked, to);
    }
    if (column->source != SOURCE_GENERATED ||
        (column->optional && comes_up(column->null_base, table->present + row, column->null_share)))
        return false;
    append_generated(table, column, row, to);
    return true;
}
