/* From the number of a row to its values. */
#include "seed/demo/calendar.h"
#include "seed/demo/plan.h"
#include "seed/demo/random.h"
#include "seed/demo/unique.h"

#include <string.h>

enum { USUAL_SPAN_DAYS = 60 };

/* Some of the rows of a column with a default have it. */
static const double usual_share = 0.3;

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

bool demo_append_picked(const struct demo_table *to, size_t column, uint64_t picked, struct str *ret_text)
{
    return picked < to->known ? append_known(to, column, picked, ret_text)
                              : demo_final_value(to, column, picked - to->known, ret_text);
}

/* Of a text with a person's name. */
static bool person_number(const struct demo_table *table, const struct demo_column *column, uint64_t row,
                          bool unique, uint64_t *ret_number)
{
    return column->generator->form == FORM_TEMPLATE && !column->generator->array &&
           demo_template_person(column->generator->template, column->choice.person, table->present + row,
                                unique, ret_number);
}

/* In the generator of the column; of a number that is made different by what follows, any. */
static uint64_t number_of(const struct demo_table *table, const struct demo_column *column, uint64_t row)
{
    const struct demo_choice *choice = &column->choice;
    uint64_t size = column->generator->size, number;
    if ((choice->mode == MODE_FREE || choice->mode == MODE_PERMUTED) &&
        person_number(table, column, row, choice->mode == MODE_PERMUTED && !choice->numbered, &number))
        return number;
    switch (choice->mode) {
    case MODE_PERMUTED:
        if (!choice->numbered)
            return demo_permute(choice->base, (table->present + row) % size, size);
        break;
    case MODE_KEYED:
        return demo_key_digit(table, choice->key, row, choice->digit) % size;
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
static int64_t in_units(const struct demo_generator *from, const struct demo_generator *to, int64_t units,
                        bool up)
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
 * A number makes a text different from all others: before the @ of an address, else at the end. It is that of
 * the row, or says how often all texts have been used before.
 */
static void append_numbered(const struct demo_table *table, const struct demo_column *column, uint64_t row,
                            struct str *to)
{
    struct str text = STR_INIT;
    uint64_t size = column->generator->size, all = table->present + row, number = all + 1;
    if (column->choice.rounds) {
        uint64_t used = all % size;
        if (!person_number(table, column, used - table->present, true, &used))
            used = demo_permute(column->choice.base, used, size);
        demo_generator_append(column->generator, &text, used);
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

static void append_generated(const struct demo_table *table, const struct demo_column *column, uint64_t row,
                             struct str *to)
{
    if (column->choice.numbered)
        append_numbered(table, column, row, to);
    else if (column->usual && demo_comes_up(column->null_base + 1, table->present + row, usual_share))
        str_append(to, column->usual);
    else if (column->choice.mode == MODE_SEQUENCE || column->other)
        demo_generator_append_units(column->generator, to, units_of(table, column, row));
    else
        demo_generator_append(column->generator, to, number_of(table, column, row));
}

bool demo_final_value(const struct demo_table *table, size_t number, uint64_t row, struct str *to)
{
    const struct demo_column *column = &table->columns[number];
    if (column->source == SOURCE_REFERENCE) {
        const struct demo_reference *reference = column->reference;
        uint64_t picked = demo_pick(table, reference, row);
        return picked != DEMO_NOBODY &&
               demo_append_picked(reference->to, reference->reference->referenced[column->place], picked, to);
    }
    if (column->beyond && row >= column->until)
        return demo_append_beyond(column, number_of(table, column, row), to);
    if (column->source != SOURCE_GENERATED ||
        (column->optional && demo_comes_up(column->null_base, table->present + row, column->null_share)))
        return false;
    append_generated(table, column, row, to);
    return true;
}

bool demo_value(const struct demo_table *table, size_t number, uint64_t row, struct str *to)
{
    return (!table->columns[number].late || table->second_pass) && demo_final_value(table, number, row, to);
}
