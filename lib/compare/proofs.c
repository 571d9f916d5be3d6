#include "compare/proofs.h"

#include "base/map.h"
#include "base/str.h"
#include "schema/canonical.h"
#include "task/task.h"

#include <stdlib.h>

/* A plan that is not proven is tried by each for itself, which says why in its own words. */
struct shared_proof {
    struct task_limiter *proving; /* of one: whoever has it may prove, and touch the rest */
    bool proven, failed;
    struct shared_proof *next;
};

struct dun_proofs {
    struct arena *arena;
    struct task_mutex *mutex; /* guards what follows, and the arena */
    struct map *by_key;
    struct shared_proof *all;
};

dun_proofs *dun_proofs_new(void)
{
    struct arena *arena = arena_new();
    dun_proofs *proofs = ARENA_NEW(arena, dun_proofs);
    proofs->arena = arena;
    proofs->mutex = task_mutex_new();
    proofs->by_key = map_new(arena);
    return proofs;
}

void dun_proofs_free(dun_proofs *proofs)
{
    if (!proofs)
        return;
    for (struct shared_proof *proof = proofs->all; proof; proof = proof->next)
        task_limiter_free(proof->proving);
    task_mutex_free(proofs->mutex);
    arena_free(proofs->arena);
}

/* On the heap: all that a proof is of. */
static char *key_of(const char *place, const struct compare *compare, const struct plan *plan)
{
    char from[FINGERPRINT_LENGTH + 1], to[FINGERPRINT_LENGTH + 1];
    struct str key = STR_INIT;
    canonical_fingerprint(compare->from->catalog, from);
    canonical_fingerprint(compare->to->catalog, to);
    str_printf(&key, "%s\n%s\n%s\n", place, from, to);
    VECTOR_EACH (const struct plan_statement, statement, &plan->statements)
        str_printf(&key, "%s;\n", statement->sql);
    return str_take(&key);
}

static struct shared_proof *add(dun_proofs *proofs, const char *key)
{
    struct task_limiter *proving = task_limiter_new(1, NULL);
    if (!proving)
        return NULL;
    struct shared_proof *proof = ARENA_NEW(proofs->arena, struct shared_proof);
    proof->proving = proving;
    map_add(proofs->by_key, arena_strdup(proofs->arena, key), proof);
    proof->next = proofs->all;
    proofs->all = proof;
    return proof;
}

/* NULL: it cannot be shared. */
static struct shared_proof *find(dun_proofs *proofs, const char *place, const struct compare *compare,
                                 const struct plan *plan)
{
    char *key = key_of(place, compare, plan);
    task_mutex_lock(proofs->mutex);
    struct shared_proof *proof = map_get(proofs->by_key, key);
    if (!proof)
        proof = add(proofs, key);
    task_mutex_unlock(proofs->mutex);
    free(key);
    return proof;
}

/* True in `ret_proof->proven`, or nobody has proven it and the caller has to see for itself. */
static bool prove_once(struct shared_proof *shared, struct compare *compare, const struct plan *plan,
                       struct proof *ret_proof, dun_error *error)
{
    enum task_outcome outcome = task_limiter_acquire(shared->proving);
    bool good = true;
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, "proving the plan", error);
    if (!shared->proven && !shared->failed) {
        good = compare_prove(compare, plan, ret_proof, error);
        shared->proven = good && ret_proof->proven;
        shared->failed = good && !ret_proof->proven;
    } else {
        *ret_proof = (struct proof){.proven = shared->proven};
    }
    task_limiter_release(shared->proving);
    return good;
}

bool proofs_prove(dun_proofs *proofs, const char *place, struct compare *compare, const struct plan *plan,
                  struct proof *ret_proof, dun_error *error)
{
    struct shared_proof *shared = proofs ? find(proofs, place, compare, plan) : NULL;
    if (!shared)
        return compare_prove(compare, plan, ret_proof, error);
    *ret_proof = (struct proof){0};
    return prove_once(shared, compare, plan, ret_proof, error) &&
           (ret_proof->proven || ret_proof->reason || compare_prove(compare, plan, ret_proof, error));
}
