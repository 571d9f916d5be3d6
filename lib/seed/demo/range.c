#include "seed/demo/range.h"

#include "engine/rows.h"
#include "seed/demo/calendar.h"
#include "seed/demo/rule.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_LEFT = 20 };

static const long double largest_unit = 4e18L;

struct number_range {
    long double low, high; /* in units */
    bool few_high;
    double null_share;
};

/* The range of the rule, or a usual one, within what type and checks allow. False: nothing is left. */
static bool settle_range(const struct demo_limits *limits, long double unit, struct number_range *range,
                         long double least, long double most, long double span)
{
    long double low = least, high = most;
    if (limits->has_low)
        low = fmaxl(low, limits->above_low ? floorl(limits->low / unit) + 1 : ceill(limits->low / unit));
    if (limits->has_high)
        high = fminl(high, limits->below_high ? ceill(limits->high / unit) - 1 : floorl(limits->high / unit));
    if (low > high)
        return false;
    if (range->low > high || range->high < low) { /* what is usual is not allowed */
        range->low = range->low > high ? fmaxl(low, high - span) : low;
        range->high = fminl(high, range->low + span);
    }
    long double usual = fminl(span, range->high - range->low);
    range->low = fmaxl(range->low, low);
    range->high = fminl(range->high, high);
    if (range->high - range->low < usual / FEW_LEFT) /* hardly more than one value is left of what is usual */
        range->high = fminl(high, range->low + usual);
    if (range->high - range->low < usual / FEW_LEFT)
        range->low = fmaxl(low, range->high - usual);
    return true;
}

/* Values that may not be are kept out by leaving the larger side of them. */
static void exclude(const struct demo_limits *limits, long double unit, struct number_range *range)
{
    for (size_t i = 0; i < limits->excluded.count; ++i) {
        long double value = strtold(limits->excluded.items[i], NULL) / unit;
        if (value < range->low || value > range->high || range->low == range->high)
            continue;
        if (range->high - value >= value - range->low)
            range->low = floorl(value) + 1;
        else
            range->high = ceill(value) - 1;
    }
}

/* What must be unique needs room, whatever is usual. */
static void widen(const struct demo_maker *maker, struct number_range *range, long double most)
{
    long double wanted = (long double)maker->rows;
    if (maker->rows > 0 && range->high - range->low + 1 < wanted)
        range->high = fminl(most, range->low + wanted * 2);
}

static void find_rule(const struct demo_maker *maker, bool dates, long double unit,
                      struct number_range *range, unsigned *scale)
{
    struct demo_rule rule;
    for (size_t i = 0;
         demo_rule_find(maker->arena, maker->lexicon, maker->table, maker->column->name, i, &rule); ++i) {
        if (dates ? !rule.dates : !rule.numbers)
            continue;
        range->low = ceill(rule.low / unit);
        range->high = floorl(rule.high / unit);
        range->few_high = rule.few_high;
        if (rule.null_share >= 0)
            range->null_share = rule.null_share;
        if (scale && rule.scale > *scale)
            *scale = rule.scale;
        return;
    }
}

static void wish_range(const struct demo_maker *maker, long double unit, struct number_range *range)
{
    const struct demo_wish *wish = maker->wish;
    const char *const bounds[] = {wish ? wish->low : NULL, wish ? wish->high : NULL};
    long double span = range->high - range->low;
    for (size_t i = 0; i < 2; ++i) {
        int64_t seconds;
        if (!bounds[i])
            continue;
        long double value =
            calendar_read(bounds[i], &seconds) ? (long double)seconds : strtold(bounds[i], NULL);
        if (i == 0) {
            range->low = ceill(value / unit);
            range->high = fmaxl(range->high, range->low + span);
        } else {
            range->high = floorl(value / unit);
            range->low = fminl(range->low, range->high);
        }
    }
}

static struct demo_generator *of_range(const struct demo_maker *maker, enum demo_form form,
                                       const struct number_range *range, unsigned scale)
{
    if (range->low < -largest_unit || range->high > largest_unit || range->low > range->high)
        return NULL;
    struct demo_generator *generator = demo_generator_new(maker, form);
    generator->low = (int64_t)range->low;
    generator->size = (uint64_t)(range->high - range->low) + 1;
    generator->scale = scale;
    generator->few_high = range->few_high;
    generator->null_share = range->null_share;
    return generator;
}

static long double power_of_ten(unsigned digits)
{
    long double power = 1;
    for (unsigned i = 0; i < digits && i < 4000; ++i)
        power *= 10;
    return power;
}

struct demo_generator *demo_make_number(const struct demo_maker *maker)
{
    const struct demo_type *type = maker->type;
    bool whole = type->class == DEMO_INTEGER || type->class == DEMO_YEAR;
    unsigned scale = whole ? 0 : type->class == DEMO_FLOAT ? 2 : type->scale > 9 ? 9 : type->scale;
    struct number_range range = {
        .low = 1, .high = type->class == DEMO_YEAR ? 0 : 1000, .null_share = DEMO_USUAL_NULL_SHARE};
    unsigned digits = type->precision && type->class == DEMO_DECIMAL ? type->precision - type->scale : 12;
    struct number_range named = {.low = 1, .high = 1000};
    unsigned named_scale = scale;
    find_rule(maker, false, 1, &named, &named_scale);
    if (type->class == DEMO_FLOAT || (type->class == DEMO_DECIMAL && !type->precision))
        scale = named_scale > 9 ? 9 : named_scale;
    long double unit = 1 / power_of_ten(scale), least = -largest_unit, most = largest_unit;
    if (type->class == DEMO_DECIMAL) {
        most = fminl(most, power_of_ten(digits + scale) - 1);
        least = -most;
    } else if (type->class == DEMO_INTEGER) {
        least = fmaxl(least, (long double)type->low);
        most = fminl(most, (long double)type->high);
    }
    range.high = floorl(range.high / unit);
    range.low = type->class == DEMO_DECIMAL || type->class == DEMO_FLOAT ? ceill(1 / unit) : 1;
    if (type->class == DEMO_YEAR) {
        range.low = 1990;
        range.high = 2025;
        least = 1901;
        most = 2155;
    }
    find_rule(maker, false, unit, &range, NULL);
    wish_range(maker, unit, &range);
    if (!settle_range(maker->limits, unit, &range, least, most, 1000 / unit))
        return NULL;
    widen(maker, &range, maker->limits->has_high ? fminl(most, floorl(maker->limits->high / unit)) : most);
    exclude(maker->limits, unit, &range);
    return of_range(maker, FORM_NUMBER, &range, scale);
}

static long double power_of_two(unsigned bits)
{
    return (long double)((uint64_t)1 << (bits < 60 ? bits : 60));
}

struct demo_generator *demo_make_bits(const struct demo_maker *maker)
{
    char text[40];
    if (!maker->tables->engine->rows->has_bits) {
        struct number_range range = {.high = power_of_two(maker->type->length) - 1,
                                     .null_share = DEMO_USUAL_NULL_SHARE};
        return of_range(maker, FORM_NUMBER, &range, 0);
    }
    struct demo_generator *generator = demo_generator_new(maker, FORM_PATTERN);
    snprintf(text, sizeof text, "^[01]{%u}$", maker->type->length > 900 ? 900 : maker->type->length);
    demo_pattern_read(DEMO_REGEX, text, strlen(text), &generator->pattern);
    generator->size = demo_pattern_size(&generator->pattern, 0, 0);
    return generator->size ? generator : NULL;
}

static long double seconds_of(int64_t year, unsigned month, unsigned day)
{
    return (long double)calendar_days(year, month, day) * SECONDS_OF_DAY;
}

struct demo_generator *demo_make_moments(const struct demo_maker *maker, enum demo_form form)
{
    long double unit = form == FORM_DATE ? SECONDS_OF_DAY : 1;
    bool days = form == FORM_DATE;
    long double first = seconds_of(2023, 1, 1), last = seconds_of(2025, 11, 30);
    long double least = days ? seconds_of(1900, 1, 1) : seconds_of(1971, 1, 1);
    long double most = days ? seconds_of(2999, 12, 31) : seconds_of(2037, 12, 31);
    struct number_range range = {
        .low = ceill(first / unit), .high = floorl(last / unit), .null_share = DEMO_USUAL_NULL_SHARE};
    find_rule(maker, true, unit, &range, NULL);
    wish_range(maker, unit, &range);
    if (!settle_range(maker->limits, unit, &range, least / unit, most / unit, 365.0L * SECONDS_OF_DAY / unit))
        return NULL;
    widen(maker, &range, maker->limits->has_high ? floorl(maker->limits->high / unit) : most / unit);
    return of_range(maker, form, &range, 0);
}

struct demo_generator *demo_make_times(const struct demo_maker *maker)
{
    struct number_range range = {.low = 6 * 3600, .high = 22 * 3600, .null_share = DEMO_USUAL_NULL_SHARE};
    if (maker->rows > 0) {
        range.low = 0;
        range.high = SECONDS_OF_DAY - 1;
    }
    return of_range(maker, FORM_TIME, &range, 0);
}
