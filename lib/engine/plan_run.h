/*
 * Runs a plan on a connection: on a scratch copy to prove it, on a target to apply it, in tests on anything.
 * Statements that follow each other and are not apart are one transaction where the engine can roll DDL back;
 * elsewhere each stands alone.
 */
#ifndef ENGINE_PLAN_RUN_H
#define ENGINE_PLAN_RUN_H

#include "engine/engine.h"

struct engine_plan_run {
    size_t start; /* statements before this one have been run */
    bool scratch; /* the connection is that of a scratch place: statements are run as they have to be there */
    size_t most;  /* statements in a transaction; then it is not known what a failure leaves; 0: any number */
    const char *lock_timeout; /* what limits waiting for locks (plan_language.lock_timeout), set first; NULL:
                                 nothing */
    const char *patient_lock_timeout; /* instead of it for statements that are patient; NULL: the same */
    void (*done)(void *user,
                 size_t statement); /* the statements up to this one are durable; NULL: nobody asks */
    void *user;
};

/*
 * Runs everything, in as few round trips as the engine allows. Where the connection is in a transaction
 * already (a scratch place that exists in one only), no other is begun. On failure what is open is rolled
 * back, `*ret_kept` is how many statements of the plan took effect and stay, `*ret_failed` is the one that
 * failed; the error has its title. A failure that belongs to no statement (the connection was lost) leaves
 * the fate of `*ret_failed` unknown.
 */
bool engine_run_plan(const struct dun_engine *engine, dun_connection *connection, const struct plan *plan,
                     const struct engine_plan_run *how, size_t *ret_kept, size_t *ret_failed,
                     dun_error *error);

/* Where the transaction that the statement is in ends: the statement after its last. */
size_t engine_plan_segment_end(const struct dun_engine *engine, const struct plan *plan, size_t statement);

#endif
