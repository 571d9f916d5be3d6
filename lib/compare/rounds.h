/*
 * Names that go round: b is renamed from a, and a from b. Before and after, all of these names are there, so
 * names do not tell whether that was done; what has them may. For renames.c.
 */
#ifndef COMPARE_ROUNDS_H
#define COMPARE_ROUNDS_H

#include "compare/compare.h"
#include "source/locate.h"

enum rename_state {
    RENAME_UNSETTLED,
    RENAME_DONE,    /* the other side has the new name, or nothing of the kind */
    RENAME_PENDING, /* the other side has the old name */
    RENAME_UNKNOWN, /* it has none of them */
};

/* Schemas, what stands alone, and parts down to the deepest. */
enum { RENAME_LEVELS = 5 };

/* An annotation, and what the other side has of it. */
struct rename {
    const struct located_annotation *located;
    struct schema_object *object;
    unsigned level;
    enum rename_state state;
    struct schema_object *parent, *old, *same; /* on the other side: by the old name, by the new one */
    struct rename *next_taker;                 /* that is said to have had the same old name */
};

struct rename_list {
    struct rename *items;
    size_t count, capacity;
};

struct rename_round {
    const struct diff_rules *rules;
    const struct rename_list *others; /* the annotations of the other side */
    /* Each takes the name that the one before it has on the other side. */
    VECTOR(struct rename *) renames;
};

/*
 * Were the names exchanged? RENAME_DONE where the other side's definitions say the same of these names, or
 * where all of the objects are what the other side has under their new names, and not all what it has under
 * the old ones; RENAME_PENDING the other way round; RENAME_UNSETTLED: nothing tells. What is compared is what
 * the objects are by themselves (a column's type, default, ...), and the columns of a table with their types.
 * The order of columns is no sign, for definitions are free to change it.
 */
enum rename_state round_state(const struct rename_round *round);

/* Sets the error of a round that is not settled, with what to do about it. */
void round_refuse(struct arena *arena, const struct rename_round *round, dun_error *error);

#endif
