/*
 * Simple patterns of CHECK constraints (regular expressions, LIKE, GLOB) as a sequence of character sets with
 * repetitions, so that texts can be matched and made up. Groups and alternatives are not among them.
 * Characters are those of ASCII.
 */
#ifndef SEED_DEMO_PATTERN_H
#define SEED_DEMO_PATTERN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum demo_pattern_kind { DEMO_REGEX, DEMO_LIKE, DEMO_GLOB };

enum { DEMO_PATTERN_PARTS = 32, DEMO_PATTERN_MANY = 1000 };

struct demo_pattern_part {
    uint64_t set[2];      /* a bit a character */
    unsigned least, most; /* DEMO_PATTERN_MANY: any number */
};

struct demo_pattern {
    size_t count;
    struct demo_pattern_part parts[DEMO_PATTERN_PARTS];
    bool fold; /* regardless of case */
};

/* False: it has what is not understood. A regular expression without anchors gets "anything" before and
 * behind it. */
bool demo_pattern_read(enum demo_pattern_kind kind, const char *text, size_t length,
                       struct demo_pattern *ret_pattern);

/* Bytes beyond ASCII are in the sets that leave something out, such as "." and [^a]. */
bool demo_pattern_matches(const struct demo_pattern *pattern, const char *text, size_t length);

/* How many texts demo_pattern_append can make, of at most `most` characters; 0: none. Not more than 2^62. */
uint64_t demo_pattern_size(const struct demo_pattern *pattern, size_t least, size_t most);

/* The text of that number, below the size: no two numbers give the same. */
void demo_pattern_append(const struct demo_pattern *pattern, size_t least, size_t most, struct str *to,
                         uint64_t number);

#endif
