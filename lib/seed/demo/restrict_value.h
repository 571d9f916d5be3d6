/* The leaves of a check: what a comparison of a column, or of a function of it, with a value says. For
 * restrict.c. */
#ifndef SEED_DEMO_RESTRICT_VALUE_H
#define SEED_DEMO_RESTRICT_VALUE_H

#include "seed/demo/restrict.h"

const struct demo_check *restrict_child(const struct demo_check *check, size_t index); /* NULL: it has none */

/* Which column of the table it is; SEED_NO_COLUMN: none. `check` may be NULL. */
int restrict_column(const struct demo_restrictions *restrictions, const struct demo_check *check);

/* The text of a literal as the column has it. */
const char *restrict_text(const struct demo_restrictions *restrictions, size_t column,
                          const struct demo_check *literal);

/* Is it a call that gives the length of a text, or the time that it is? */
bool restrict_is_length(const struct demo_check *check);
bool restrict_is_now(const struct demo_check *check);

/* The column, or the call, is so to the value. False: not understood. */
bool restrict_value(struct demo_restrictions *restrictions, size_t column, enum demo_comparison comparison,
                    const struct demo_check *value);
bool restrict_call(struct demo_restrictions *restrictions, const struct demo_check *call,
                   enum demo_comparison comparison, const struct demo_check *value);

#endif
