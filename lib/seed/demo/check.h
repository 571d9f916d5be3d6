/*
 * The expression of a CHECK constraint as a tree, as far as it is simple: comparisons, IN, BETWEEN, LIKE and
 * its relatives, IS NULL, AND, OR, NOT, over columns, literals and calls, in the spellings of all engines'
 * catalogs. Fuzzed: expressions come from anywhere.
 */
#ifndef SEED_DEMO_CHECK_H
#define SEED_DEMO_CHECK_H

#include "base/arena.h"
#include "base/vector.h"
#include "seed/demo/pattern.h"
#include "sql/dialect.h"

#include <stdbool.h>
#include <stddef.h>

enum demo_check_kind {
    CHECK_UNKNOWN, /* something else: nothing is known of it */
    CHECK_AND,     /* of the children */
    CHECK_OR,
    CHECK_NOT,
    CHECK_COMPARE, /* of two children, by `comparison` */
    CHECK_IN,      /* the first child is one of the others */
    CHECK_BETWEEN, /* the first child, between the second and the third */
    CHECK_MATCH,   /* the first child matches the second, a literal; `pattern`, `fold` */
    CHECK_IS_NULL, /* of the child */
    CHECK_COLUMN,  /* `text` is its name */
    CHECK_LITERAL, /* `text` is its value; `quoted`: it is no number or keyword; NULL has no text */
    CHECK_CALL,    /* `text` is the function's name in small letters, the children are its arguments */
    CHECK_LIST
};

enum demo_comparison {
    CHECK_EQUAL,
    CHECK_UNEQUAL,
    CHECK_LESS,
    CHECK_LESS_EQUAL,
    CHECK_GREATER,
    CHECK_GREATER_EQUAL
};

struct demo_check {
    enum demo_check_kind kind;
    enum demo_comparison comparison;
    enum demo_pattern_kind pattern;
    bool fold, quoted;
    const char *text;
    VECTOR(struct demo_check *) children;
};

/* Never NULL: what cannot be read is CHECK_UNKNOWN. In the arena. */
struct demo_check *demo_check_read(struct arena *arena, enum sql_dialect dialect, const char *text,
                                   size_t length);

/* What holds when the comparison does not: < for >=. */
enum demo_comparison demo_comparison_opposite(enum demo_comparison comparison);

/* The same with sides exchanged: > for <. */
enum demo_comparison demo_comparison_mirrored(enum demo_comparison comparison);

#endif
