#include "compare/proofs.h"

#include "base/map.h"
#include "base/str.h"
#include "schema/canonical.h"
#include "task/task.h"

#include <stdlib.h>

struct shared_proof {
    struct task_shared *verdict; /* `proven`, once it is known */
    bool proven;
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
        task_shared_free(proof->verdict);
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
    struct shared_proof *proof = ARENA_NEW(proofs->arena, struct shared_proof);
    proof->verdict = task_shared_new();
    map_add(proofs->by_key, arena_strdup(proofs->arena, key), proof);
    proof->next = proofs->all;
    proofs->all = proof;
    return proof;
}

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

struct proving {
    struct shared_proof *shared;
    struct compare *compare;
    const struct plan *plan;
    struct proof own; /* empty: another came first */
};

static bool prove(void *argument, void **ret_verdict, dun_error *error)
{
    struct proving *proving = argument;
    if (!compare_prove(proving->compare, proving->plan, &proving->own, error))
        return false;
    proving->shared->proven = proving->own.proven;
    *ret_verdict = &proving->shared->proven;
    return true;
}

/* A plan that is not proven is tried by each for itself, which says why in its own words. */
bool proofs_prove(dun_proofs *proofs, const char *place, struct compare *compare, const struct plan *plan,
                  struct proof *ret_proof, dun_error *error)
{
    if (!proofs)
        return compare_prove(compare, plan, ret_proof, error);
    struct proving proving = {find(proofs, place, compare, plan), compare, plan, .own = {0}};
    void *verdict;
    if (!task_shared_get(proving.shared->verdict, "proving the plan", prove, &proving, &verdict, error))
        return false;
    const bool *proven = verdict;
    if (!*proven && !proving.own.reason)
        return compare_prove(compare, plan, ret_proof, error);
    *ret_proof = proving.own;
    ret_proof->proven = *proven;
    return true;
}
