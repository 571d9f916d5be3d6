#include "seed/demo/limits.h"

#include "seed/demo/calendar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool apply(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds);

static const struct demo_check *child(const struct demo_check *check, size_t index)
{
    return index < check->children.count ? check->children.items[index] : NULL;
}

static int column_of(const struct demo_restrictions *restrictions, const struct demo_check *check)
{
    if (!check || check->kind != CHECK_COLUMN)
        return SEED_NO_COLUMN;
    if (strcasecmp(check->text, "value") == 0 && restrictions->value < restrictions->table->column_count)
        return (int)restrictions->value;
    return seed_table_column(restrictions->table, check->text);
}

static bool is_call(const struct demo_check *check, const char *const *names)
{
    if (!check || check->kind != CHECK_CALL)
        return false;
    for (; *names; ++names)
        if (strcmp(check->text, *names) == 0)
            return true;
    return false;
}

static const char *const length_functions[] = {"length",       "char_length", "character_length",
                                               "octet_length", "lengthb",     NULL};
static const char *const upper_functions[] = {"upper", "ucase", NULL};
static const char *const lower_functions[] = {"lower", "lcase", NULL};
static const char *const trim_functions[] = {"trim", "btrim", "ltrim", "rtrim", NULL};
static const char *const now_functions[] = {
    "now", "date", "datetime", "curdate", "sysdate", "clock_timestamp", NULL};
static const char *const year_functions[] = {"year", NULL};
static const char *const default_functions[] = {"coalesce", "ifnull", NULL};
static const char *const counting_functions[] = {"num_nonnulls", NULL};
static const char *const json_functions[] = {"json_valid", NULL};
static const char *const type_functions[] = {"typeof", "json_type", NULL};

/* Below a bound that is "now" there is only what has happened already; above it, what is far away. */
static bool number_of_now(enum demo_comparison comparison, long double *ret_number)
{
    bool before = comparison == CHECK_LESS || comparison == CHECK_LESS_EQUAL;
    *ret_number = (long double)calendar_days(before ? 2026 : 2036, 1, 1) * SECONDS_OF_DAY;
    return comparison != CHECK_EQUAL && comparison != CHECK_UNEQUAL;
}

/* date('2024-01-01') */
static bool is_date_of(const struct demo_check *check, long double *ret_number)
{
    int64_t seconds;
    const struct demo_check *text = check->kind == CHECK_CALL ? child(check, 0) : NULL;
    if (!text || text->kind != CHECK_LITERAL || !text->text || !calendar_read(text->text, &seconds))
        return false;
    *ret_number = (long double)seconds;
    return true;
}

static bool number_of(const struct demo_check *check, enum demo_comparison comparison,
                      long double *ret_number)
{
    int64_t seconds;
    if (is_call(check, now_functions) && check->children.count <= 1 && !is_date_of(check, ret_number))
        return number_of_now(comparison, ret_number);
    if (is_date_of(check, ret_number))
        return true;
    if (check->kind != CHECK_LITERAL || !check->text)
        return false;
    if (check->quoted && calendar_read(check->text, &seconds)) {
        *ret_number = (long double)seconds;
        return true;
    }
    char *end = NULL;
    *ret_number = strtold(check->text, &end);
    return end != check->text && *end == '\0';
}

static void raise_low(struct demo_limits *limits, long double low, bool above)
{
    if (limits->has_low && (limits->low > low || (limits->low == low && limits->above_low)))
        return;
    limits->has_low = true;
    limits->low = low;
    limits->above_low = above;
}

static void lower_high(struct demo_limits *limits, long double high, bool below)
{
    if (limits->has_high && (limits->high < high || (limits->high == high && limits->below_high)))
        return;
    limits->has_high = true;
    limits->high = high;
    limits->below_high = below;
}

static bool is_text(const struct demo_restrictions *restrictions, size_t column)
{
    enum demo_class class = restrictions->types[column].class;
    return class == DEMO_TEXT || class == DEMO_CHOICE || class == DEMO_BOOLEAN || class == DEMO_UUID;
}

static void narrow(struct demo_restrictions *restrictions, struct demo_limits *limits, size_t count,
                   const char *const *texts)
{
    VECTOR(const char *) allowed = {0};
    for (size_t i = 0; i < count; ++i) {
        bool known = !limits->narrowed;
        for (size_t j = 0; j < limits->allowed.count && !known; ++j)
            known = strcmp(limits->allowed.items[j], texts[i]) == 0;
        if (known)
            *vector_add(restrictions->arena, &allowed) = texts[i];
    }
    limits->narrowed = true;
    limits->allowed.items = allowed.items;
    limits->allowed.count = allowed.count;
    limits->allowed.capacity = allowed.capacity;
}

/* 0 and 1 of a boolean are spelled as the words. */
static const char *text_of(const struct demo_restrictions *restrictions, size_t column,
                           const struct demo_check *literal)
{
    if (restrictions->types[column].class != DEMO_BOOLEAN || !literal->text)
        return literal->text;
    return strcmp(literal->text, "1") == 0 || strcasecmp(literal->text, "t") == 0   ? "true"
           : strcmp(literal->text, "0") == 0 || strcasecmp(literal->text, "f") == 0 ? "false"
                                                                                    : literal->text;
}

static bool limit_number(struct demo_limits *limits, enum demo_comparison comparison, long double number)
{
    switch (comparison) {
    case CHECK_EQUAL:
        raise_low(limits, number, false);
        lower_high(limits, number, false);
        return true;
    case CHECK_LESS:
    case CHECK_LESS_EQUAL:
        lower_high(limits, number, comparison == CHECK_LESS);
        return true;
    case CHECK_GREATER:
    case CHECK_GREATER_EQUAL:
        raise_low(limits, number, comparison == CHECK_GREATER);
        return true;
    case CHECK_UNEQUAL:
        return false;
    }
    return false;
}

static bool limit_value(struct demo_restrictions *restrictions, size_t column,
                        enum demo_comparison comparison, const struct demo_check *value)
{
    struct demo_limits *limits = &restrictions->limits[column];
    const char *text = value->kind == CHECK_LITERAL ? text_of(restrictions, column, value) : NULL;
    long double number;
    if (value->kind == CHECK_LITERAL && !value->text)
        return true; /* a comparison with NULL holds as far as a check is concerned */
    if (text && comparison == CHECK_UNEQUAL) {
        *vector_add(restrictions->arena, &limits->excluded) = text;
        return true;
    }
    if (text && comparison == CHECK_EQUAL && is_text(restrictions, column)) {
        narrow(restrictions, limits, 1, &text);
        return true;
    }
    if (is_text(restrictions, column) && value->quoted && !calendar_read(value->text, &(int64_t){0}))
        return false; /* an order of texts */
    return number_of(value, comparison, &number) && limit_number(limits, comparison, number);
}

static bool limit_length(struct demo_limits *limits, enum demo_comparison comparison,
                         const struct demo_check *value)
{
    long double number;
    if (!number_of(value, comparison, &number) || number < 0 || number > 1e9L)
        return false;
    size_t length = (size_t)number;
    bool below = comparison == CHECK_EQUAL || comparison == CHECK_LESS || comparison == CHECK_LESS_EQUAL;
    bool above =
        comparison == CHECK_EQUAL || comparison == CHECK_GREATER || comparison == CHECK_GREATER_EQUAL;
    size_t most = comparison == CHECK_LESS && length > 0 ? length - 1 : length;
    size_t least = comparison == CHECK_GREATER ? length + 1 : length;
    if (comparison == CHECK_UNEQUAL && length == 0)
        above = (least = 1) != 0;
    if (below && (limits->most == 0 || most < limits->most))
        limits->most = most;
    if (above && least > limits->least)
        limits->least = least;
    return below || above;
}

static bool limit_year(struct demo_limits *limits, enum demo_comparison comparison,
                       const struct demo_check *value)
{
    long double year;
    if (!number_of(value, comparison, &year) || year < 1 || year > 9999)
        return false;
    long double begins = (long double)calendar_days((int64_t)year, 1, 1) * SECONDS_OF_DAY;
    long double ends = (long double)calendar_days((int64_t)year + 1, 1, 1) * SECONDS_OF_DAY;
    if (comparison == CHECK_EQUAL || comparison == CHECK_GREATER_EQUAL)
        raise_low(limits, begins, false);
    if (comparison == CHECK_GREATER)
        raise_low(limits, ends, false);
    if (comparison == CHECK_EQUAL || comparison == CHECK_LESS_EQUAL)
        lower_high(limits, ends, true);
    if (comparison == CHECK_LESS)
        lower_high(limits, begins, true);
    return comparison != CHECK_UNEQUAL;
}

/* num_nonnulls(a, b) = 1 */
static bool limit_count(struct demo_restrictions *restrictions, const struct demo_check *call,
                        enum demo_comparison comparison, const struct demo_check *value)
{
    long double wanted;
    if (!number_of(value, comparison, &wanted) || wanted < 0)
        return false;
    if (comparison == CHECK_GREATER)
        wanted += 1;
    bool exactly = comparison == CHECK_EQUAL || comparison == CHECK_LESS || comparison == CHECK_LESS_EQUAL;
    for (size_t i = 0; i < call->children.count; ++i) {
        int column = column_of(restrictions, child(call, i));
        if (column == SEED_NO_COLUMN)
            return false;
        if ((long double)i < wanted)
            restrictions->limits[column].not_null = true;
        else if (exactly)
            restrictions->limits[column].must_be_null = true;
    }
    return comparison != CHECK_UNEQUAL && comparison != CHECK_LESS;
}

static bool limit_call(struct demo_restrictions *restrictions, const struct demo_check *call,
                       enum demo_comparison comparison, const struct demo_check *value)
{
    if (is_call(call, counting_functions))
        return limit_count(restrictions, call, comparison, value);
    int column = column_of(restrictions, child(call, 0)), other = column_of(restrictions, value);
    if (is_call(call, type_functions) && column != SEED_NO_COLUMN) {
        restrictions->limits[column].not_null = true;
        return true; /* of what the column's type is anyway */
    }
    if (column == SEED_NO_COLUMN) {
        const struct demo_check *inner = child(call, 0); /* length(trim(x)) */
        bool trimmed = inner && is_call(inner, trim_functions);
        column = trimmed ? column_of(restrictions, child(inner, 0)) : SEED_NO_COLUMN;
    }
    if (column == SEED_NO_COLUMN)
        return false;
    struct demo_limits *limits = &restrictions->limits[column];
    if (is_call(call, length_functions))
        return limit_length(limits, comparison, value);
    if (is_call(call, year_functions))
        return limit_year(limits, comparison, value);
    if (is_call(call, default_functions)) {
        limits->not_null = true;
        return value->kind == CHECK_LITERAL && limit_value(restrictions, (size_t)column, comparison, value);
    }
    bool upper = is_call(call, upper_functions), lower = is_call(call, lower_functions);
    if ((upper || lower) && comparison == CHECK_EQUAL && other == column) {
        limits->upper = limits->upper || upper;
        limits->lower = limits->lower || lower;
        return true;
    }
    if (is_call(call, trim_functions) && comparison == CHECK_UNEQUAL && value->kind == CHECK_LITERAL &&
        value->text && !*value->text)
        limits->least = limits->least ? limits->least : 1;
    else if (!is_call(call, trim_functions) || comparison != CHECK_EQUAL || other != column)
        return false;
    return true;
}

/* Exactly one of two is NULL: the second. Both or none: none. */
static bool limit_nulls(struct demo_restrictions *restrictions, const struct demo_check *check, bool equal)
{
    const struct demo_check *left = child(check, 0), *right = child(check, 1);
    bool negated = false;
    if (left->kind == CHECK_NOT) {
        left = child(left, 0);
        negated = !negated;
    }
    if (right->kind == CHECK_NOT) {
        right = child(right, 0);
        negated = !negated;
    }
    if (left->kind != CHECK_IS_NULL || right->kind != CHECK_IS_NULL)
        return false;
    int first = column_of(restrictions, child(left, 0)), second = column_of(restrictions, child(right, 0));
    if (first == SEED_NO_COLUMN || second == SEED_NO_COLUMN)
        return false;
    restrictions->limits[first].not_null = true;
    if (equal != negated)
        restrictions->limits[second].not_null = true;
    else
        restrictions->limits[second].must_be_null = true;
    return true;
}

static bool compare(struct demo_restrictions *restrictions, const struct demo_check *check,
                    enum demo_comparison comparison)
{
    const struct demo_check *left = child(check, 0), *right = child(check, 1);
    if (column_of(restrictions, left) == SEED_NO_COLUMN &&
        (column_of(restrictions, right) != SEED_NO_COLUMN || right->kind == CHECK_CALL) &&
        (left->kind == CHECK_LITERAL || left->kind == CHECK_CALL) && !is_call(left, length_functions)) {
        const struct demo_check *swapped = left;
        left = right;
        right = swapped;
        comparison = demo_comparison_mirrored(comparison);
    }
    int column = column_of(restrictions, left), other = column_of(restrictions, right);
    if (column != SEED_NO_COLUMN && other != SEED_NO_COLUMN) {
        *vector_add(restrictions->arena, &restrictions->relations) =
            (struct demo_relation){(size_t)column, (size_t)other, comparison};
        return column != other;
    }
    if (column != SEED_NO_COLUMN && right->kind == CHECK_CALL && !is_call(right, now_functions))
        return limit_call(restrictions, right, demo_comparison_mirrored(comparison), left);
    if (column != SEED_NO_COLUMN)
        return limit_value(restrictions, (size_t)column, comparison, right);
    if (left->kind == CHECK_CALL)
        return limit_call(restrictions, left, comparison, right);
    return (comparison == CHECK_EQUAL || comparison == CHECK_UNEQUAL) &&
           limit_nulls(restrictions, check, comparison == CHECK_EQUAL);
}

static bool between(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    const enum demo_comparison comparisons[] = {CHECK_GREATER_EQUAL, CHECK_LESS_EQUAL};
    for (size_t i = 0; i < 2; ++i) {
        struct demo_check half = {.kind = CHECK_COMPARE, .comparison = comparisons[i]};
        struct demo_check *children[] = {check->children.items[0], check->children.items[i + 1]};
        half.children.items = children;
        half.children.count = 2;
        if (!holds)
            half.comparison = demo_comparison_opposite(half.comparison);
        if (!compare(restrictions, &half, half.comparison))
            return false;
        if (!holds)
            return true; /* below it is enough */
    }
    return true;
}

static bool is_one_of(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = column_of(restrictions, child(check, 0));
    VECTOR(const char *) texts = {0};
    if (column == SEED_NO_COLUMN)
        return false;
    for (size_t i = 1; i < check->children.count; ++i) {
        const struct demo_check *value = check->children.items[i];
        if (value->kind != CHECK_LITERAL)
            return false;
        if (value->text)
            *vector_add(restrictions->arena, &texts) = text_of(restrictions, (size_t)column, value);
    }
    struct demo_limits *limits = &restrictions->limits[column];
    if (holds)
        narrow(restrictions, limits, texts.count, texts.items);
    for (size_t i = 0; !holds && i < texts.count; ++i)
        *vector_add(restrictions->arena, &limits->excluded) = texts.items[i];
    return true;
}

static bool match(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = column_of(restrictions, child(check, 0));
    const struct demo_check *text = child(check, 1);
    struct demo_pattern pattern;
    if (!holds || column == SEED_NO_COLUMN || text->kind != CHECK_LITERAL || !text->text ||
        !demo_pattern_read(check->pattern, text->text, strlen(text->text), &pattern))
        return false;
    pattern.fold = check->fold;
    *vector_add(restrictions->arena, &restrictions->limits[column].patterns) = pattern;
    return true;
}

static bool is_null(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = column_of(restrictions, child(check, 0));
    if (column == SEED_NO_COLUMN)
        return false;
    if (holds)
        restrictions->limits[column].must_be_null = true;
    else
        restrictions->limits[column].not_null = true;
    return true;
}

/* x = 1 OR x = 2 OR x IN (3): the same as one IN. */
static bool gather(struct demo_restrictions *restrictions, const struct demo_check *check,
                   struct demo_check *in)
{
    for (size_t i = 0; i < check->children.count; ++i) {
        const struct demo_check *part = check->children.items[i], *first = child(part, 0);
        bool equal = part->kind == CHECK_COMPARE && part->comparison == CHECK_EQUAL;
        if (part->kind == CHECK_IS_NULL)
            continue;
        if ((!equal && part->kind != CHECK_IN) || !first || first->kind != CHECK_COLUMN)
            return false;
        if (in->children.count == 0)
            *vector_add(restrictions->arena, &in->children) = part->children.items[0];
        if (strcmp(in->children.items[0]->text, first->text) != 0)
            return false;
        for (size_t j = 1; j < part->children.count; ++j)
            *vector_add(restrictions->arena, &in->children) = part->children.items[j];
    }
    return in->children.count > 1;
}

/* Tried on a copy, so that half of what is not understood leaves nothing behind. */
static bool apply_alone(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    size_t size = restrictions->table->column_count * sizeof *restrictions->limits;
    struct demo_restrictions copy = *restrictions;
    copy.limits = arena_alloc(restrictions->arena, size + 1);
    memcpy(copy.limits, restrictions->limits, size);
    if (!apply(&copy, check, holds))
        return false;
    memcpy(restrictions->limits, copy.limits, size);
    restrictions->relations.items = copy.relations.items;
    restrictions->relations.count = copy.relations.count;
    restrictions->relations.capacity = copy.relations.capacity;
    return true;
}

/* Of alternatives the first that is understood, and that leaves something to be said, is what all rows meet.
 */
static bool apply_any(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    struct demo_check in = {.kind = CHECK_IN};
    if (holds && gather(restrictions, check, &in))
        return is_one_of(restrictions, &in, true);
    for (int nulls = 0; nulls <= 1; ++nulls)
        for (size_t i = 0; i < check->children.count; ++i) {
            const struct demo_check *part = check->children.items[i];
            if ((part->kind == CHECK_IS_NULL && holds) == nulls && apply_alone(restrictions, part, holds))
                return true;
        }
    return false;
}

static bool apply_all(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    bool understood = true;
    for (size_t i = 0; i < check->children.count; ++i)
        understood = apply(restrictions, check->children.items[i], holds) && understood;
    return understood;
}

static bool apply_column(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = column_of(restrictions, check);
    const char *text = holds ? "true" : "false";
    if (column == SEED_NO_COLUMN)
        return false;
    narrow(restrictions, &restrictions->limits[column], 1, &text);
    return true;
}

static bool apply_json(struct demo_restrictions *restrictions, const struct demo_check *check)
{
    int column = column_of(restrictions, child(check, 0));
    if (!is_call(check, json_functions) || column == SEED_NO_COLUMN)
        return false;
    restrictions->limits[column].json = true;
    restrictions->limits[column].not_null = true; /* to SQLite, NULL is no JSON */
    return true;
}

static bool apply(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    switch (check->kind) {
    case CHECK_AND:
        return holds ? apply_all(restrictions, check, true) : apply_any(restrictions, check, false);
    case CHECK_OR:
        return holds ? apply_any(restrictions, check, true) : apply_all(restrictions, check, false);
    case CHECK_NOT:
        return apply(restrictions, check->children.items[0], !holds);
    case CHECK_COMPARE:
        return compare(restrictions, check,
                       holds ? check->comparison : demo_comparison_opposite(check->comparison));
    case CHECK_IN:
        return is_one_of(restrictions, check, holds);
    case CHECK_BETWEEN:
        return between(restrictions, check, holds);
    case CHECK_MATCH:
        return match(restrictions, check, holds);
    case CHECK_IS_NULL:
        return is_null(restrictions, check, holds);
    case CHECK_COLUMN:
        return apply_column(restrictions, check, holds);
    case CHECK_CALL:
        return holds && apply_json(restrictions, check);
    case CHECK_LITERAL:
        return check->text && strcmp(check->text, holds ? "true" : "false") == 0;
    case CHECK_LIST:
    case CHECK_UNKNOWN:
        return false;
    }
    return false;
}

bool demo_restrict(struct demo_restrictions *restrictions, const struct demo_check *check)
{
    return apply(restrictions, check, true);
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
