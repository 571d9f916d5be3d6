/*
 * What files whose rows name their own columns have to say before they are loaded: which columns there are,
 * which rows do without some, which rows have labels, and which labels are referred to. One pass over the
 * file.
 */
#ifndef SEED_SURVEY_H
#define SEED_SURVEY_H

#include "base/map.h"
#include "base/vector.h"
#include "seed/folder.h"

/* A label that a value refers to, in one column; told once, with the place of the first. */
struct seed_label_use {
    size_t column;
    const char *label; /* "customers.lynn" */
    unsigned line, place;
};

struct seed_label_place {
    const char *label;
    uint64_t row;
    unsigned line;
};

struct seed_survey {
    size_t count;
    const char *const *names;
    uint64_t rows;
    const uint64_t *present;                /* rows that have the column */
    VECTOR(struct seed_label_place) labels; /* by row */
    VECTOR(struct seed_label_use) uses;
};

bool seed_survey_file(struct arena *arena, const struct seed_file *file, struct seed_survey *ret_survey,
                      dun_error *error);

/* Is the value a reference: "@" and a name? "@@" is a text that begins with "@". */
bool seed_value_is_label(const struct seed_value *value);

#endif
