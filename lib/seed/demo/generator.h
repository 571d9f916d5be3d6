/*
 * What makes the values of one column: each number below `size` stands for a value. Which number a row gets
 * is decided elsewhere (plan.h), so that values can be unique by construction.
 */
#ifndef SEED_DEMO_GENERATOR_H
#define SEED_DEMO_GENERATOR_H

#include "seed/demo/limits.h"
#include "seed/demo/template.h"
#include "seed/demo/type.h"

enum { DEMO_CODE_RADIX = 36 }; /* letters and digits that a code is made of */

enum demo_form {
    FORM_NUMBER, /* with `scale` digits behind the point */
    FORM_DATE,
    FORM_TIME,
    FORM_MOMENT,
    FORM_LIST, /* of texts */
    FORM_TEMPLATE,
    FORM_PATTERN,
    FORM_CODE,   /* letters and digits */
    FORM_CHOICES /* some of the list */
};

struct demo_generator {
    enum demo_form form;
    uint64_t size;
    bool distinct; /* no two numbers give the same value */
    bool few_high; /* small values come more often */
    bool array, upper, zone;
    double null_share;
    int64_t low; /* of numbers, in units of the last digit; of dates in days, of moments in seconds */
    unsigned scale;
    const char *const *texts;
    size_t text_count;
    struct demo_template *template;
    struct demo_pattern pattern;
    size_t least, most; /* of a pattern: characters */
    unsigned width;     /* of a code */
    const char *prefix; /* before a template; NULL: nothing */
};

/* What the config says of a column. */
struct demo_wish {
    const char *like, *words, *values, *low, *high, *null_share, *skip;
    const char *file; /* where that is said */
    unsigned line, column;
};

/* The column a generator is wanted for. */
struct demo_maker {
    struct arena *arena;
    struct demo_lexicon *lexicon;
    const struct seed_tables *tables;
    const struct seed_table *table;
    const struct seed_column *column;
    const struct demo_type *type;
    const struct demo_limits *limits;
    const struct demo_wish *wish; /* NULL: none */
    uint64_t rows;                /* if it must be unique, this many values are wanted; otherwise 0 */
};

/* Where nothing is said of it, an optional value is missing in so many rows. */
#define DEMO_USUAL_NULL_SHARE 0.1

/* One with a single value, for whoever fills it in. */
struct demo_generator *demo_generator_new(const struct demo_maker *maker, enum demo_form form);

/*
 * `*ret_generator` is NULL when there is no way to make values of the type, or none that the limits allow.
 * False only for what the config says wrong.
 */
bool demo_generator_make(const struct demo_maker *maker, struct demo_generator **ret_generator,
                         dun_error *error);

void demo_generator_append(const struct demo_generator *generator, struct str *to, uint64_t number);

/* Appends a value of numbers, dates and times that is not given by its number but in units. */
void demo_generator_append_units(const struct demo_generator *generator, struct str *to, int64_t units);

/* Numbers and dates, which can be compared with others. */
bool demo_generator_is_ordered(const struct demo_generator *generator);

#endif
