/*
 * The proof of a plan: it is run on a scratch copy of `from`, and what comes out must equal `to`. The copy is
 * made from the catalog, and holds what the plan touches, what that needs, and what needs it.
 */
#ifndef COMPARE_PROVE_H
#define COMPARE_PROVE_H

#include "compare/compare.h"

struct proof {
    bool proven;
    /* Otherwise, why not; all in the arena of the compare. */
    const char *reason; /* a sentence */
    size_t statement;   /* of the plan, that failed; its count: none did */
    struct diff *left;  /* what still differs after the plan; NULL: it did not come that far */
};

/*
 * False only for what ends the command: interrupted, connection lost. A plan that fails, or a scratch place
 * that cannot be had, is a proof that did not succeed.
 */
bool compare_prove(struct compare *compare, const struct plan *plan, struct proof *ret_proof,
                   dun_error *error);

#endif
