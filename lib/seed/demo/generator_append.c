/* The values of a generator (generator.h), written as the database reads them. */
#include "seed/demo/calendar.h"
#include "seed/demo/generator.h"
#include "seed/demo/random.h"

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
    const char *letters =
        generator->upper ? "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "0123456789abcdefghijklmnopqrstuvwxyz";
    for (unsigned i = 0; i < generator->width; ++i) {
        str_append_char(to, letters[number % DEMO_CODE_RADIX]);
        number /= DEMO_CODE_RADIX;
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
