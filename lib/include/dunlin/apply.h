/*
 * Bringing a database to a schema, in one proven plan.
 *
 * The database and the source are read side by side, the plan is made and run on a scratch copy, and asked
 * for its dangers: what loses data is refused unless it is allowed by name, and so is what would fail on rows
 * that are there. Then the lock is taken, and the database read again: when it has changed since, the plan is
 * made anew. Statements that can be are one transaction. In the end the database is read once more and must
 * be what was wanted.
 */
#ifndef DUNLIN_APPLY_H
#define DUNLIN_APPLY_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>
#include <dunlin/migrate.h>
#include <dunlin/plan.h>
#include <dunlin/schema.h>

DUN_BEGIN_DECLS

/*
 * Proofs that applies to many databases share, which may be at the same time: a plan that leads from one
 * schema to another is proven once for all databases of a server that have the same schema and settings.
 */
typedef struct dun_proofs dun_proofs;

DUN_API dun_proofs *dun_proofs_new(void);
DUN_API void dun_proofs_free(dun_proofs *proofs); /* after the applies that used it; NULL is allowed */

typedef struct dun_apply_options {
    dun_schema_options schema; /* `url` is the target; also where sources are, `online`, who, echo, cancel */
    const char *source;        /* what it is to be; NULL: the definitions in `schema.schema` */
    const char *allow; /* hazards that lose data, words between commas, or "all"; NULL: none is allowed */
    int64_t
        lock_timeout_ms; /* how long to wait for another run, and for each lock on a table; 0: not at all */
    bool dry_run;        /* the plan with all that is asked about it, and nothing more */
    /*
     * Asked before a plan that is not empty is run, without any lock being held; again, with the new plan,
     * when the database has changed meanwhile. False: it is not run, which is no failure. NULL: nobody is
     * asked.
     */
    bool (*confirm)(void *user, const dun_plan *plan, bool again);
    void (*observe)(void *user, const dun_event *event); /* called as things happen; NULL: nobody looks */
    void *user;
    dun_proofs *proofs; /* NULL: not shared */
} dun_apply_options;

#define DUN_APPLY_OPTIONS_INIT                                                    \
    {                                                                             \
        DUN_SCHEMA_OPTIONS_INIT, NULL, NULL, 10000, false, NULL, NULL, NULL, NULL \
    }

typedef struct dun_apply dun_apply;

/*
 * Gives a dun_apply whenever it came as far as a plan, also on failure; otherwise NULL. The return value says
 * whether all went well. Free it.
 */
DUN_API bool dun_apply_schema(const dun_apply_options *options, dun_apply **ret_apply, dun_error *error);

DUN_API void dun_apply_free(dun_apply *apply); /* NULL is allowed */
DUN_API const dun_plan *dun_apply_plan(const dun_apply *apply);
DUN_API size_t dun_apply_done(const dun_apply *apply);   /* statements of the plan that were run and stay */
DUN_API bool dun_apply_applied(const dun_apply *apply);  /* the database is now what it was to be */
DUN_API bool dun_apply_declined(const dun_apply *apply); /* `confirm` said no */
DUN_API unsigned
dun_apply_replanned(const dun_apply *apply); /* how often the database had changed after planning */
/* About files that were left out, and the like. */
DUN_API const dun_warning *dun_apply_warnings(const dun_apply *apply, size_t *ret_count);
DUN_API const char *dun_apply_target(const dun_apply *apply); /* the URL, without password */
DUN_API int64_t dun_apply_elapsed_ms(const dun_apply *apply); /* of the statements */
/* Sent to the target. */
DUN_API uint64_t dun_apply_statements(const dun_apply *apply);
DUN_API uint64_t dun_apply_round_trips(const dun_apply *apply);

DUN_END_DECLS

#endif
