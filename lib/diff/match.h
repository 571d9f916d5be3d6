/* How diff/ finds out which objects are the same on both sides, and in what they differ. For this floor. */
#ifndef DIFF_MATCH_H
#define DIFF_MATCH_H

#include "diff/diff.h"

#include <stdint.h>

/* By schema_object.index of the side. */
struct diff_index {
    struct schema_object **to_of_from, **from_of_to; /* NULL: not on the other side */
    uint32_t *change_of_from, *change_of_to;         /* place in the changes, from 1; 0: none */
};

/* Fills the index's pairs. Both catalogs are sorted. */
void diff_match(struct diff *diff);

/* Have names of the kind no case? */
bool diff_has_any_case(const struct diff_rules *rules, enum schema_kind kind);

/*
 * Where names have no case: pairs what is left of two lists of objects beside each other, where
 * names differ in the case of letters only.
 */
void diff_match_any_case(struct diff *diff, struct schema_object *const *from, size_t from_count,
                         struct schema_object *const *to, size_t to_count);
bool diff_same_but_for_case(const char *one, const char *other);

/* The attributes that differ, ascending; room for SCHEMA_ATTRIBUTE_COUNT. Gives their number. */
size_t diff_attributes(const struct diff_rules *rules, const struct schema_object *from,
                       const struct schema_object *to, enum schema_attribute *ret_attributes);

/* Fills the rename guesses. The changes are there. */
void diff_guess_renames(struct diff *diff);

#endif
