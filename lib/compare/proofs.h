/*
 * Proofs for many databases at once: a plan that leads from one schema to another is proven on one scratch
 * copy, and that is the proof of every database of the server that has the same schema and the same
 * surroundings. Used by apply/.
 */
#ifndef COMPARE_PROOFS_H
#define COMPARE_PROOFS_H

#include "compare/prove.h"

#include <dunlin/apply.h>

/*
 * As compare_prove, or because it was proven before. `place` says where the proof holds: the server, and what
 * surrounds the database (engine/surroundings.h). While one proves, others wait for it.
 */
bool proofs_prove(dun_proofs *proofs, const char *place, struct compare *compare, const struct plan *plan,
                  struct proof *ret_proof, dun_error *error);

#endif
