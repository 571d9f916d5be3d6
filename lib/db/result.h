/* Rows gathered in memory: what dun_result is inside, and how drivers fill it. */
#ifndef DB_RESULT_H
#define DB_RESULT_H

#include "base/arena.h"

#include <dunlin/db.h>

#include <stddef.h>
#include <stdint.h>

struct dun_result {
    struct arena *arena; /* its own: freeing the result is dropping it */
    size_t columns, rows, capacity;
    const char **names;
    struct result_value {
        const char *text; /* NULL: SQL's NULL; otherwise with a NUL after `length` bytes */
        size_t length;
    } * values; /* rows * columns */
    int64_t affected;
};

/* An empty result without columns; affected is -1. */
dun_result *result_new(void);

/* Names the columns, copied; once, before the first row. */
void result_set_columns(dun_result *result, size_t count, const char *const *names);

/* Adds a row of NULLs and gives its values, to be set by result_set_value. */
struct result_value *result_add_row(dun_result *result);
void result_set_value(dun_result *result, struct result_value *value, const char *text,
                      size_t length); /* copies */

/* The value as a number, `otherwise` for NULL and for what is no number. */
int64_t result_integer(const dun_result *result, size_t row, size_t column, int64_t otherwise);

/* "" for NULL. */
const char *result_text(const dun_result *result, size_t row, size_t column);

#endif
