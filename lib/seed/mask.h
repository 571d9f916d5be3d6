/*
 * Values that take the place of personal data: of the same form and length, and the same for the same value,
 * so that references between masked columns stay. Who can guess a value can tell whether it was there: this
 * hides, it does not anonymise. Used by captures.
 */
#ifndef SEED_MASK_H
#define SEED_MASK_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends what stands for a value of a column of that type. False: values of the type cannot be masked. */
bool seed_mask_append(struct str *to, const char *type, const char *text, size_t length);

#endif
