#include "seed/demo/generator.h"

#include "base/error.h"
#include "engine/rows.h"
#include "seed/demo/calendar.h"
#include "seed/demo/random.h"
#include "seed/demo/rule.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CODE_WIDTH = 8, CODE_RADIX = 36, SAMPLES = 40, FEW_LEFT = 20, MOST_CHOICES = 16 };

static const uint64_t largest = UINT64_C(1) << 62;
static const long double largest_unit = 4e18L;

/* Where nothing is said of it, an optional value is missing in so many rows. */
static const double usual_null_share = 0.1;

static struct demo_generator *generator_new(const struct demo_maker *maker, enum demo_form form)
{
    struct demo_generator *generator = ARENA_NEW(maker->arena, struct demo_generator);
    generator->form = form;
    generator->size = 1;
    generator->distinct = true;
    generator->array = maker->type->array;
    generator->upper = maker->limits->upper;
    generator->zone = maker->type->zone;
    generator->null_share = usual_null_share;
    return generator;
}

/* How many characters a text may have; 0: any number. */
static size_t most_characters(const struct demo_maker *maker)
{
    size_t length = maker->type->length, most = maker->limits->most;
    return length == 0 ? most : most == 0 || length < most ? length : most;
}

static bool admit(const void *user, const char *text, size_t length)
{
    const struct demo_maker *maker = user;
    size_t most = most_characters(maker);
    return demo_limits_admit(maker->limits, text, length) && (most == 0 || demo_characters(text, length) <= most);
}

/* A look at some of the values, for what is put together and cannot be checked piece by piece. */
static bool is_admitted(const struct demo_maker *maker, const struct demo_generator *generator)
{
    struct str text = STR_INIT;
    bool good = true;
    for (uint64_t i = 0; good && i < SAMPLES; ++i) {
        struct demo_generator one = *generator;
        one.array = false;
        str_clear(&text);
        demo_generator_append(&one, &text, demo_scale(demo_draw(generator->size, i), generator->size));
        good = admit(maker, str_text(&text), text.length);
    }
    str_free(&text);
    return good;
}

static struct demo_generator *list_of(const struct demo_maker *maker, size_t count, const char *const *texts)
{
    VECTOR(const char *) admitted = {0};
    for (size_t i = 0; i < count; ++i)
        if (maker->type->class != DEMO_TEXT || admit(maker, texts[i], strlen(texts[i])))
            *vector_add(maker->arena, &admitted) = texts[i];
    if (admitted.count == 0)
        return NULL;
    struct demo_generator *generator = generator_new(maker, FORM_LIST);
    generator->texts = admitted.items;
    generator->text_count = admitted.count;
    generator->size = admitted.count;
    return generator;
}

/* `*ret_generator` stays NULL when the texts do not fit. */
static bool from_template(const struct demo_maker *maker, const char *text, struct demo_generator **ret_generator,
                          dun_error *error)
{
    struct demo_template_limits limits = {maker->limits->upper, maker->limits->lower, most_characters(maker)};
    bool fits = false;
    struct demo_template *template = demo_template_read(maker->arena, maker->lexicon, text, &limits, &fits, error);
    if (!template)
        return false;
    if (!fits || !demo_template_filter(template, admit, maker))
        return true;
    struct demo_generator *generator = generator_new(maker, FORM_TEMPLATE);
    generator->template = template;
    generator->size = template->size;
    generator->distinct = template->distinct;
    if (is_admitted(maker, generator))
        *ret_generator = generator;
    return true;
}

static struct demo_generator *from_pattern(const struct demo_maker *maker)
{
    const struct demo_limits *limits = maker->limits;
    for (size_t i = 0; i < limits->patterns.count; ++i) {
        struct demo_generator *generator = generator_new(maker, FORM_PATTERN);
        generator->pattern = limits->patterns.items[i];
        generator->least = limits->least;
        generator->most = most_characters(maker);
        generator->size = demo_pattern_size(&generator->pattern, generator->least, generator->most);
        if (generator->size > 0 && is_admitted(maker, generator))
            return generator;
    }
    return NULL;
}

static struct demo_generator *from_code(const struct demo_maker *maker)
{
    size_t most = most_characters(maker), width = most && most < CODE_WIDTH ? most : CODE_WIDTH;
    struct demo_generator *generator = generator_new(maker, FORM_CODE);
    generator->width = (unsigned)(width < maker->limits->least ? maker->limits->least : width);
    for (unsigned i = 0; i < generator->width && generator->size < largest / CODE_RADIX; ++i)
        generator->size *= CODE_RADIX;
    return is_admitted(maker, generator) ? generator : NULL;
}

/* A text column whose name says that it holds a date. */
static bool is_moment_by_name(const struct demo_maker *maker)
{
    const char *name = maker->column->name;
    size_t length = strlen(name), most = most_characters(maker);
    return (most == 0 || most >= 19) && maker->limits->patterns.count == 0 &&
           ((length > 3 && strcasecmp(name + length - 3, "_at") == 0) || demo_name_has(name, "date") ||
            demo_name_has(name, "timestamp"));
}

static struct demo_generator *moments(const struct demo_maker *maker, enum demo_form form);

/* Lines of the word list for columns, the first that fits. */
static bool from_rules(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    struct demo_rule rule;
    for (size_t i = 0; !*ret_generator && demo_rule_find(maker->arena, maker->lexicon, maker->table, maker->column->name, i,
                                                         &rule);
         ++i) {
        if (rule.numbers || rule.dates)
            continue;
        if (!from_template(maker, rule.value, ret_generator, error))
            return false;
        if (*ret_generator && rule.null_share >= 0)
            (*ret_generator)->null_share = rule.null_share;
    }
    return true;
}

static const char *usual_template(const struct demo_maker *maker)
{
    size_t most = most_characters(maker);
    return most == 0 || most >= 60 ? "{sentence}" : most >= 16 ? "{adjectives} {things}" : "{things}";
}

static bool make_text(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    if (maker->limits->patterns.count == 0 && demo_words_find(maker->lexicon, maker->column->name) &&
        !from_template(maker, arena_printf(maker->arena, "{%s}", maker->column->name), ret_generator, error))
        return false;
    if (!*ret_generator && !from_rules(maker, ret_generator, error))
        return false;
    if (!*ret_generator && is_moment_by_name(maker))
        *ret_generator = moments(maker, FORM_MOMENT);
    if (!*ret_generator)
        *ret_generator = from_pattern(maker);
    if (!*ret_generator && !from_template(maker, usual_template(maker), ret_generator, error))
        return false;
    if (!*ret_generator)
        *ret_generator = from_code(maker);
    return true;
}

/* What a type has that is always written in the same way. */
static bool make_fixed(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    const struct demo_type *type = maker->type;
    const char *text = NULL;
    switch (type->class) {
    case DEMO_UUID:
        text = "{hex:8}-{hex:4}-4{hex:3}-a{hex:3}-{hex:12}";
        break;
    case DEMO_JSON:
        text = "{{\"note\": \"{tags}\", \"count\": {1-99}, \"colour\": \"{colours}\", \"active\": true}}";
        break;
    case DEMO_ADDRESS:
        text = type->wide || maker->rows > 700 ? "2001:db8:{hex:4}:{hex:4}::{hex:4}" : "{documentation_networks}.{1-254}";
        break;
    case DEMO_NETWORK:
        text = maker->rows > 3 ? "2001:db8:{hex:4}:{hex:4}::/64" : "{documentation_networks}.0/24";
        break;
    case DEMO_CARD:
        text = maker->rows > 200 ? "02:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}" : "00:00:5e:00:53:{hex:2}";
        break;
    case DEMO_INTERVAL:
        text = "{1-90} days";
        break;
    case DEMO_POINT:
        text = maker->tables->engine->rows->has_points ? "({0-180},{0-90})" : "POINT({0-180} {0-90})";
        break;
    case DEMO_XML:
        text = "<note>{sentence}</note>";
        break;
    case DEMO_RANGE:
        text = type->dates ? "[2024-{01-12}-{01-28},2025-{01-12}-{01-28})" : "[{1-99},{100-999})";
        break;
    case DEMO_BYTES:
        text = type->length == 0 || type->length >= 16 ? "{hex:16}" : arena_printf(maker->arena, "{hex:%u}", type->length);
        break;
    default:
        break;
    }
    if (!text)
        return true;
    struct demo_type plain = *type;
    struct demo_maker free = *maker;
    plain.length = 0;
    free.type = &plain;
    if (!from_template(&free, text, ret_generator, error))
        return false;
    if (*ret_generator && type->hexadecimal)
        (*ret_generator)->prefix = "\\x";
    return true;
}

static struct demo_generator *make_choices(const struct demo_maker *maker)
{
    struct demo_generator *generator = list_of(maker, maker->type->label_count, maker->type->labels);
    if (!generator)
        return NULL;
    generator->form = FORM_CHOICES;
    if (generator->text_count > MOST_CHOICES)
        generator->text_count = MOST_CHOICES;
    generator->size = (uint64_t)1 << generator->text_count;
    return generator;
}

struct number_range {
    long double low, high; /* in units */
    bool few_high;
    double null_share;
};

/* The range of the rule, or a usual one, within what type and checks allow. False: nothing is left. */
static bool settle_range(const struct demo_limits *limits, long double unit, struct number_range *range, long double least,
                         long double most, long double span)
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

static void find_rule(const struct demo_maker *maker, bool dates, long double unit, struct number_range *range, unsigned *scale)
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
        long double value = calendar_read(bounds[i], &seconds) ? (long double)seconds : strtold(bounds[i], NULL);
        if (i == 0) {
            range->low = ceill(value / unit);
            range->high = fmaxl(range->high, range->low + span);
        } else {
            range->high = floorl(value / unit);
            range->low = fminl(range->low, range->high);
        }
    }
}

static struct demo_generator *of_range(const struct demo_maker *maker, enum demo_form form, const struct number_range *range,
                                       unsigned scale)
{
    if (range->low < -largest_unit || range->high > largest_unit || range->low > range->high)
        return NULL;
    struct demo_generator *generator = generator_new(maker, form);
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

static struct demo_generator *make_number(const struct demo_maker *maker)
{
    const struct demo_type *type = maker->type;
    bool whole = type->class == DEMO_INTEGER || type->class == DEMO_YEAR;
    unsigned scale = whole ? 0 : type->class == DEMO_FLOAT ? 2 : type->scale > 9 ? 9 : type->scale;
    struct number_range range = {.low = 1, .high = type->class == DEMO_YEAR ? 0 : 1000, .null_share = usual_null_share};
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

static struct demo_generator *make_bits(const struct demo_maker *maker)
{
    char text[40];
    if (!maker->tables->engine->rows->has_bits) {
        struct number_range range = {.high = power_of_two(maker->type->length) - 1, .null_share = usual_null_share};
        return of_range(maker, FORM_NUMBER, &range, 0);
    }
    struct demo_generator *generator = generator_new(maker, FORM_PATTERN);
    snprintf(text, sizeof text, "^[01]{%u}$", maker->type->length > 900 ? 900 : maker->type->length);
    demo_pattern_read(DEMO_REGEX, text, strlen(text), &generator->pattern);
    generator->size = demo_pattern_size(&generator->pattern, 0, 0);
    return generator->size ? generator : NULL;
}

static struct demo_generator *moments(const struct demo_maker *maker, enum demo_form form)
{
    long double unit = form == FORM_DATE ? SECONDS_OF_DAY : 1;
    long double first = (long double)calendar_days(2023, 1, 1) * SECONDS_OF_DAY, last = (long double)calendar_days(2025, 11, 30) * SECONDS_OF_DAY;
    long double least = (long double)calendar_days(1971, 1, 1) * SECONDS_OF_DAY, most = (long double)calendar_days(2037, 12, 31) * SECONDS_OF_DAY;
    if (form == FORM_DATE) {
        least = (long double)calendar_days(1900, 1, 1) * SECONDS_OF_DAY;
        most = (long double)calendar_days(2999, 12, 31) * SECONDS_OF_DAY;
    }
    struct number_range range = {.low = ceill(first / unit), .high = floorl(last / unit), .null_share = usual_null_share};
    find_rule(maker, true, unit, &range, NULL);
    wish_range(maker, unit, &range);
    if (!settle_range(maker->limits, unit, &range, least / unit, most / unit, 365.0L * SECONDS_OF_DAY / unit))
        return NULL;
    widen(maker, &range, maker->limits->has_high ? floorl(maker->limits->high / unit) : most / unit);
    return of_range(maker, form, &range, 0);
}

static struct demo_generator *times(const struct demo_maker *maker)
{
    struct number_range range = {.low = 6 * 3600, .high = 22 * 3600, .null_share = usual_null_share};
    if (maker->rows > 0) {
        range.low = 0;
        range.high = SECONDS_OF_DAY - 1;
    }
    return of_range(maker, FORM_TIME, &range, 0);
}

static struct demo_generator *booleans(const struct demo_maker *maker)
{
    const char **texts = arena_alloc(maker->arena, 2 * sizeof *texts);
    texts[0] = maker->tables->engine->rows->true_text;
    texts[1] = maker->tables->engine->rows->false_text;
    struct demo_generator *generator = list_of(maker, 2, texts);
    generator->few_high = true; /* true more often */
    return generator;
}

/* The only values that a check allows. */
static struct demo_generator *make_allowed(const struct demo_maker *maker)
{
    const struct demo_limits *limits = maker->limits;
    VECTOR(const char *) texts = {0};
    for (size_t i = 0; i < limits->allowed.count; ++i) {
        const char *text = limits->allowed.items[i];
        bool out = false;
        for (size_t j = 0; j < limits->excluded.count; ++j)
            out = out || strcmp(limits->excluded.items[j], text) == 0;
        if (maker->type->class == DEMO_BOOLEAN)
            text = strcmp(text, "true") == 0 ? maker->tables->engine->rows->true_text
                                             : maker->tables->engine->rows->false_text;
        if (!out)
            *vector_add(maker->arena, &texts) = text;
    }
    return list_of(maker, texts.count, texts.items);
}

static bool make_by_class(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    struct demo_type json = *maker->type;
    struct demo_maker other = *maker;
    json.class = DEMO_JSON;
    other.type = &json;
    if (maker->type->class == DEMO_TEXT && maker->limits->json)
        return make_fixed(&other, ret_generator, error);
    switch (maker->type->class) {
    case DEMO_INTEGER:
    case DEMO_DECIMAL:
    case DEMO_FLOAT:
    case DEMO_YEAR:
        *ret_generator = make_number(maker);
        return true;
    case DEMO_BOOLEAN:
        *ret_generator = booleans(maker);
        return true;
    case DEMO_TEXT:
        return make_text(maker, ret_generator, error);
    case DEMO_DATE:
        *ret_generator = moments(maker, FORM_DATE);
        return true;
    case DEMO_MOMENT:
        *ret_generator = moments(maker, FORM_MOMENT);
        return true;
    case DEMO_TIME:
        *ret_generator = times(maker);
        return true;
    case DEMO_BITS:
        *ret_generator = make_bits(maker);
        return true;
    case DEMO_CHOICE:
        *ret_generator = list_of(maker, maker->type->label_count, maker->type->labels);
        return true;
    case DEMO_CHOICES:
        *ret_generator = make_choices(maker);
        return true;
    case DEMO_OTHER:
        return true;
    default:
        return make_fixed(maker, ret_generator, error);
    }
}

/* "a, b, c" */
static struct demo_generator *wished_values(const struct demo_maker *maker)
{
    VECTOR(const char *) values = {0};
    for (const char *text = maker->wish->values; *text;) {
        size_t length = strcspn(text, ","), used = length;
        const char *value = text;
        while (used > 0 && *value == ' ') {
            ++value;
            --used;
        }
        while (used > 0 && value[used - 1] == ' ')
            --used;
        *vector_add(maker->arena, &values) = arena_strndup(maker->arena, value, used);
        text += length + (text[length] == ',');
    }
    return list_of(maker, values.count, values.items);
}

static bool make_wished(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    const struct demo_wish *wish = maker->wish;
    if (wish->values)
        *ret_generator = wished_values(maker);
    const char *template = wish->words ? arena_printf(maker->arena, "{%s}", wish->words) : wish->like;
    if (!template)
        return true;
    if (!from_template(maker, template, ret_generator, error)) {
        error_at(error, wish->file, wish->line, wish->column);
        return false;
    }
    if (*ret_generator)
        return true;
    error_set(error, DUN_BAD_INPUT, "values like \"%s\" do not fit the column %s of %s", template, maker->column->name,
              maker->table->full_name);
    error_at(error, wish->file, wish->line, wish->column);
    return false;
}

bool demo_generator_make(const struct demo_maker *maker, struct demo_generator **ret_generator, dun_error *error)
{
    *ret_generator = NULL;
    if (maker->wish && !make_wished(maker, ret_generator, error))
        return false;
    if (!*ret_generator && maker->limits->narrowed)
        *ret_generator = make_allowed(maker);
    else if (!*ret_generator && !make_by_class(maker, ret_generator, error))
        return false;
    if (*ret_generator && maker->wish && maker->wish->null_share)
        (*ret_generator)->null_share = strtod(maker->wish->null_share, NULL);
    return true;
}

bool demo_generator_is_ordered(const struct demo_generator *generator)
{
    return (generator->form == FORM_NUMBER || generator->form == FORM_DATE || generator->form == FORM_MOMENT) &&
           !generator->array;
}

static void append_number(struct str *to, int64_t units, unsigned scale)
{
    uint64_t size = units < 0 ? 0 - (uint64_t)units : (uint64_t)units, power = 1;
    if (units < 0)
        str_append_char(to, '-');
    for (unsigned i = 0; i < scale; ++i)
        power *= 10;
    append_digits(to, size / power, 0);
    if (scale > 0) {
        str_append_char(to, '.');
        append_digits(to, size % power, scale);
    }
}

void demo_generator_append_units(const struct demo_generator *generator, struct str *to, int64_t units)
{
    switch (generator->form) {
    case FORM_DATE:
        calendar_append_date(to, units);
        return;
    case FORM_TIME:
        calendar_append_time(to, units);
        return;
    case FORM_MOMENT:
        calendar_append_moment(to, units);
        if (generator->zone)
            str_append(to, "+00");
        return;
    default:
        append_number(to, units, generator->scale);
    }
}

static void append_code(const struct demo_generator *generator, struct str *to, uint64_t number)
{
    const char *letters = generator->upper ? "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "0123456789abcdefghijklmnopqrstuvwxyz";
    for (unsigned i = 0; i < generator->width; ++i) {
        str_append_char(to, letters[number % CODE_RADIX]);
        number /= CODE_RADIX;
    }
}

static void append_choices(const struct demo_generator *generator, struct str *to, uint64_t number)
{
    bool first = true;
    for (size_t i = 0; i < generator->text_count; ++i)
        if (number >> i & 1) {
            if (!first)
                str_append_char(to, ',');
            str_append(to, generator->texts[i]);
            first = false;
        }
}

static void append_one(const struct demo_generator *generator, struct str *to, uint64_t number)
{
    switch (generator->form) {
    case FORM_LIST:
        str_append(to, generator->texts[number]);
        return;
    case FORM_TEMPLATE:
        if (generator->prefix)
            str_append(to, generator->prefix);
        demo_template_append(generator->template, to, number);
        return;
    case FORM_PATTERN:
        demo_pattern_append(&generator->pattern, generator->least, generator->most, to, number);
        return;
    case FORM_CODE:
        append_code(generator, to, number);
        return;
    case FORM_CHOICES:
        append_choices(generator, to, number);
        return;
    default:
        demo_generator_append_units(generator, to, generator->low + (int64_t)number);
    }
}

/* {"one","two"}: the first element is that of the number, so that lists differ as the numbers do. */
static void append_array(const struct demo_generator *generator, struct str *to, uint64_t number)
{
    enum { MOST_ELEMENTS = 3 };
    struct demo_generator one = *generator;
    struct str element = STR_INIT;
    uint64_t count = 1 + demo_mix(number) % MOST_ELEMENTS;
    one.array = false;
    for (uint64_t i = 0; i < count; ++i) {
        str_clear(&element);
        append_one(&one, &element, i == 0 ? number : demo_scale(demo_draw(number, i), generator->size));
        str_append(to, i ? ",\"" : "{\"");
        for (size_t j = 0; j < element.length; ++j) {
            if (element.data[j] == '"' || element.data[j] == '\\')
                str_append_char(to, '\\');
            str_append_char(to, element.data[j]);
        }
        str_append_char(to, '"');
    }
    str_append_char(to, '}');
    str_free(&element);
}

void demo_generator_append(const struct demo_generator *generator, struct str *to, uint64_t number)
{
    if (generator->array)
        append_array(generator, to, number);
    else
        append_one(generator, to, number);
}
