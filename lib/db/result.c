#include "db/result.h"

#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

dun_result *result_new(void)
{
    struct arena *arena = arena_new();
    dun_result *result = ARENA_NEW(arena, dun_result);
    result->arena = arena;
    result->affected = -1;
    return result;
}

void dun_result_free(dun_result *result)
{
    if (!result)
        return;
    free(result->values);
    arena_free(result->arena);
}

void result_set_columns(dun_result *result, size_t count, const char *const *names)
{
    result->columns = count;
    result->names = arena_alloc(result->arena, memory_multiply(count, sizeof *result->names));
    for (size_t i = 0; i < count; ++i)
        result->names[i] = arena_strdup(result->arena, names[i]);
}

struct result_value *result_add_row(dun_result *result)
{
    if (result->rows == result->capacity) {
        result->capacity = result->capacity ? memory_multiply(result->capacity, 2) : 16;
        size_t values = memory_multiply(result->capacity, result->columns);
        result->values = memory_realloc(result->values, memory_multiply(values, sizeof *result->values));
    }
    struct result_value *row = result->values + result->rows * result->columns;
    memset(row, 0, result->columns * sizeof *row);
    result->rows++;
    return row;
}

void result_set_value(dun_result *result, struct result_value *value, const char *text, size_t length)
{
    value->text = text ? arena_strndup(result->arena, text, length) : NULL;
    value->length = text ? length : 0;
}

size_t dun_result_rows(const dun_result *result)
{
    return result->rows;
}

size_t dun_result_columns(const dun_result *result)
{
    return result->columns;
}

const char *dun_result_column(const dun_result *result, size_t column)
{
    return column < result->columns ? result->names[column] : NULL;
}

static const struct result_value *value_at(const dun_result *result, size_t row, size_t column)
{
    static const struct result_value none;
    if (row >= result->rows || column >= result->columns)
        return &none;
    return &result->values[row * result->columns + column];
}

const char *dun_result_value(const dun_result *result, size_t row, size_t column)
{
    return value_at(result, row, column)->text;
}

size_t dun_result_length(const dun_result *result, size_t row, size_t column)
{
    return value_at(result, row, column)->length;
}

int64_t dun_result_affected(const dun_result *result)
{
    return result->affected;
}

int64_t result_integer(const dun_result *result, size_t row, size_t column, int64_t otherwise)
{
    const char *text = dun_result_value(result, row, column);
    if (!text || !*text)
        return otherwise;
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    return *end || errno ? otherwise : (int64_t)number;
}

const char *result_text(const dun_result *result, size_t row, size_t column)
{
    const char *text = dun_result_value(result, row, column);
    return text ? text : "";
}
