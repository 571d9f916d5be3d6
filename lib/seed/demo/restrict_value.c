#include "seed/demo/restrict_value.h"

#include "seed/demo/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct demo_check *restrict_child(const struct demo_check *check, size_t index)
{
    return index < check->children.count ? check->children.items[index] : NULL;
}

int restrict_column(const struct demo_restrictions *restrictions, const struct demo_check *check)
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
static const char *const day_functions[] = {"to_days", NULL};
static const char *const second_functions[] = {"unix_timestamp", NULL};
static const char *const default_functions[] = {"coalesce", "ifnull", NULL};
static const char *const counting_functions[] = {"num_nonnulls", NULL};
static const char *const type_functions[] = {"typeof", "json_type", NULL};

bool restrict_is_length(const struct demo_check *check)
{
    return is_call(check, length_functions);
}

bool restrict_is_now(const struct demo_check *check)
{
    return is_call(check, now_functions);
}

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
    const struct demo_check *text = check->kind == CHECK_CALL ? restrict_child(check, 0) : NULL;
    if (!text || text->kind != CHECK_LITERAL || !text->text || !calendar_read(text->text, &seconds))
        return false;
    *ret_number = (long double)seconds;
    return true;
}

static bool number_of(const struct demo_check *check, enum demo_comparison comparison,
                      long double *ret_number)
{
    int64_t seconds;
    if (restrict_is_now(check) && check->children.count <= 1 && !is_date_of(check, ret_number))
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

static bool is_text(const struct demo_restrictions *restrictions, size_t column)
{
    enum demo_class class = restrictions->types[column].class;
    return class == DEMO_TEXT || class == DEMO_CHOICE || class == DEMO_BOOLEAN || class == DEMO_UUID;
}

/* 0 and 1 of a boolean are spelled as the words. */
const char *restrict_text(const struct demo_restrictions *restrictions, size_t column,
                          const struct demo_check *literal)
{
    if (restrictions->types[column].class != DEMO_BOOLEAN || !literal->text)
        return literal->text;
    return strcmp(literal->text, "1") == 0 || strcasecmp(literal->text, "t") == 0   ? "true"
           : strcmp(literal->text, "0") == 0 || strcasecmp(literal->text, "f") == 0 ? "false"
                                                                                    : literal->text;
}

bool restrict_value(struct demo_restrictions *restrictions, size_t column, enum demo_comparison comparison,
                    const struct demo_check *value)
{
    struct demo_limits *limits = &restrictions->limits[column];
    const char *text = value->kind == CHECK_LITERAL ? restrict_text(restrictions, column, value) : NULL;
    long double number;
    if (value->kind == CHECK_LITERAL && !value->text)
        return true; /* a comparison with NULL holds as far as a check is concerned */
    if (text && comparison == CHECK_UNEQUAL) {
        *vector_add(restrictions->arena, &limits->excluded) = text;
        return true;
    }
    if (text && comparison == CHECK_EQUAL && is_text(restrictions, column)) {
        demo_limits_narrow(restrictions->arena, limits, 1, &text);
        return true;
    }
    if (is_text(restrictions, column) && value->quoted && !calendar_read(value->text, &(int64_t){0}))
        return false; /* an order of texts */
    return number_of(value, comparison, &number) && demo_limits_compare(limits, comparison, number);
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
        demo_limits_raise(limits, begins, false);
    if (comparison == CHECK_GREATER)
        demo_limits_raise(limits, ends, false);
    if (comparison == CHECK_EQUAL || comparison == CHECK_LESS_EQUAL)
        demo_limits_lower(limits, ends, true);
    if (comparison == CHECK_LESS)
        demo_limits_lower(limits, begins, true);
    return comparison != CHECK_UNEQUAL;
}

enum { DAYS_TO_1970 = 719528 };

/* to_days(x) < 738000 */
static bool limit_days(struct demo_limits *limits, enum demo_comparison comparison,
                       const struct demo_check *value)
{
    long double days;
    return number_of(value, comparison, &days) &&
           demo_limits_compare(limits, comparison, (days - DAYS_TO_1970) * SECONDS_OF_DAY);
}

/* unix_timestamp(x) < 1700000000: in which time zone is not known, so a day is left out. */
static bool limit_seconds(struct demo_limits *limits, enum demo_comparison comparison,
                          const struct demo_check *value)
{
    long double seconds;
    bool below = comparison == CHECK_LESS || comparison == CHECK_LESS_EQUAL;
    return comparison != CHECK_EQUAL && comparison != CHECK_UNEQUAL &&
           number_of(value, comparison, &seconds) &&
           demo_limits_compare(limits, comparison, seconds + (below ? -SECONDS_OF_DAY : SECONDS_OF_DAY));
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
        int column = restrict_column(restrictions, restrict_child(call, i));
        if (column == SEED_NO_COLUMN)
            return false;
        if ((long double)i < wanted)
            restrictions->limits[column].not_null = true;
        else if (exactly)
            restrictions->limits[column].must_be_null = true;
    }
    return comparison != CHECK_UNEQUAL && comparison != CHECK_LESS;
}

bool restrict_call(struct demo_restrictions *restrictions, const struct demo_check *call,
                   enum demo_comparison comparison, const struct demo_check *value)
{
    if (is_call(call, counting_functions))
        return limit_count(restrictions, call, comparison, value);
    int column = restrict_column(restrictions, restrict_child(call, 0)),
        other = restrict_column(restrictions, value);
    if (is_call(call, type_functions) && column != SEED_NO_COLUMN) {
        restrictions->limits[column].not_null = true;
        return true; /* of what the column's type is anyway */
    }
    if (column == SEED_NO_COLUMN) {
        const struct demo_check *inner = restrict_child(call, 0); /* length(trim(x)) */
        bool trimmed = inner && is_call(inner, trim_functions);
        column = trimmed ? restrict_column(restrictions, restrict_child(inner, 0)) : SEED_NO_COLUMN;
    }
    if (column == SEED_NO_COLUMN)
        return false;
    struct demo_limits *limits = &restrictions->limits[column];
    if (restrict_is_length(call))
        return limit_length(limits, comparison, value);
    if (is_call(call, year_functions))
        return limit_year(limits, comparison, value);
    if (is_call(call, day_functions))
        return limit_days(limits, comparison, value);
    if (is_call(call, second_functions))
        return limit_seconds(limits, comparison, value);
    if (is_call(call, default_functions)) {
        limits->not_null = true;
        return value->kind == CHECK_LITERAL &&
               restrict_value(restrictions, (size_t)column, comparison, value);
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
