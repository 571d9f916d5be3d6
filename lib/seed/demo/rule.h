/* The lines of words/LOCALE/columns.txt: which values columns of which name get. */
#ifndef SEED_DEMO_RULE_H
#define SEED_DEMO_RULE_H

#include "seed/demo/words.h"
#include "seed/table.h"

#include <stdint.h>

struct demo_rule {
    const char *value;   /* a template */
    bool numbers, dates; /* or a range */
    bool few_high;
    long double low, high; /* of dates the seconds */
    unsigned scale;        /* digits behind the point */
    double null_share;     /* -1: not said */
};

/* The rule number `index` of those that name the column; false: there are no more. */
bool demo_rule_find(struct arena *arena, struct demo_lexicon *lexicon, const struct seed_table *table,
                    const char *column, size_t index, struct demo_rule *ret_rule);

/* Reads the part behind the "=". */
void demo_rule_read(struct arena *arena, const char *text, struct demo_rule *ret_rule);

/* Are the words of the name somewhere in the column's: "email" in "billing_email", "birth_date" in
 * "birthDate"? */
bool demo_name_has(const char *column, const char *name);

/*
 * Whose name or address the column has: "author" for "author_name" and "authorEmail", "" for "first_name" and
 * "email" and, in a table of customers, for "customer_email".
 */
const char *demo_name_person(struct arena *arena, const struct seed_table *table, const char *column);

#endif
