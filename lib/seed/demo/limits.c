#include "seed/demo/limits.h"

#include <ctype.h>
#include <string.h>

void demo_limits_raise(struct demo_limits *limits, long double low, bool above)
{
    if (limits->has_low && (limits->low > low || (limits->low == low && limits->above_low)))
        return;
    limits->has_low = true;
    limits->low = low;
    limits->above_low = above;
}

void demo_limits_lower(struct demo_limits *limits, long double high, bool below)
{
    if (limits->has_high && (limits->high < high || (limits->high == high && limits->below_high)))
        return;
    limits->has_high = true;
    limits->high = high;
    limits->below_high = below;
}

bool demo_limits_compare(struct demo_limits *limits, enum demo_comparison comparison, long double number)
{
    switch (comparison) {
    case CHECK_EQUAL:
        demo_limits_raise(limits, number, false);
        demo_limits_lower(limits, number, false);
        return true;
    case CHECK_LESS:
    case CHECK_LESS_EQUAL:
        demo_limits_lower(limits, number, comparison == CHECK_LESS);
        return true;
    case CHECK_GREATER:
    case CHECK_GREATER_EQUAL:
        demo_limits_raise(limits, number, comparison == CHECK_GREATER);
        return true;
    case CHECK_UNEQUAL:
        return false;
    }
    return false;
}

void demo_limits_narrow(struct arena *arena, struct demo_limits *limits, size_t count,
                        const char *const *texts)
{
    VECTOR(const char *) allowed = {0};
    for (size_t i = 0; i < count; ++i) {
        bool known = !limits->narrowed;
        for (size_t j = 0; j < limits->allowed.count && !known; ++j)
            known = strcmp(limits->allowed.items[j], texts[i]) == 0;
        if (known)
            *vector_add(arena, &allowed) = texts[i];
    }
    limits->narrowed = true;
    limits->allowed.items = allowed.items;
    limits->allowed.count = allowed.count;
    limits->allowed.capacity = allowed.capacity;
}

size_t demo_characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; ++i)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

bool demo_limits_admit(const struct demo_limits *limits, const char *text, size_t length)
{
    size_t characters = demo_characters(text, length);
    if (characters < limits->least || (limits->most && characters > limits->most))
        return false;
    for (size_t i = 0; i < length; ++i)
        if ((limits->upper && islower((unsigned char)text[i])) ||
            (limits->lower && isupper((unsigned char)text[i])))
            return false;
    for (size_t i = 0; i < limits->excluded.count; ++i)
        if (strlen(limits->excluded.items[i]) == length &&
            memcmp(limits->excluded.items[i], text, length) == 0)
            return false;
    for (size_t i = 0; i < limits->patterns.count; ++i)
        if (!demo_pattern_matches(&limits->patterns.items[i], text, length))
            return false;
    return true;
}
