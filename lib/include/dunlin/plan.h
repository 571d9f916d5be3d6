/*
 * A plan: the statements that turn one schema into another, as the functions of <dunlin/apply.h> and others
 * give it. All texts and arrays belong to the plan and live as long as whatever it was taken from.
 */
#ifndef DUNLIN_PLAN_H
#define DUNLIN_PLAN_H

#include <dunlin/api.h>

DUN_BEGIN_DECLS

typedef struct dun_plan dun_plan;

typedef struct dun_plan_statement {
    const char *sql;            /* without terminator */
    const char *title;          /* what it does: "table sales.orders: add column note" */
    const char *const *hazards; /* words that --allow knows, such as "drop-column"; ended by NULL */
    const char *table;          /* whose rows are concerned; NULL: none's */
    int64_t rows;     /* that it has, by the server's estimate or counted up to 1,000,001; -1: unknown */
    const char *note; /* a sentence more; NULL: none */
    bool apart;       /* not part of a transaction */
} dun_plan_statement;

DUN_API const dun_plan_statement *dun_plan_statements(const dun_plan *plan, size_t *ret_count); /* in order */

/* The two sides, as people know them: "schema", a URL without its password. */
DUN_API const char *dun_plan_from(const dun_plan *plan);
DUN_API const char *dun_plan_to(const dun_plan *plan);

/* The plan as a script that the plain client of the engine reads, with comments about hazards. "" when there
 * is nothing to do. */
DUN_API const char *dun_plan_sql(const dun_plan *plan);

/* Those of all statements, and those among them that lose data; ended by NULL. */
DUN_API const char *const *dun_plan_hazards(const dun_plan *plan);
DUN_API const char *const *dun_plan_losses(const dun_plan *plan);

/* The sentence to a hazard: "the column and its values are gone". NULL: no hazard is called that. */
DUN_API const char *dun_hazard_sentence(const char *word);

/* Sentences about the whole, ended by NULL, such as a drop and an add that look like a rename. */
DUN_API const char *const *dun_plan_notes(const dun_plan *plan);

/* Tables whose columns stand in another order, which is no difference; ended by NULL. */
DUN_API const char *const *dun_plan_reordered(const dun_plan *plan);

/* Has it been run on a scratch copy, with the right outcome? Otherwise a sentence says why not; NULL: it is
 * proven. */
DUN_API const char *dun_plan_unproven(const dun_plan *plan);

/* What is on either side and not compared, such as "operator family public.f"; ended by NULL. */
DUN_API const char *const *dun_plan_not_compared(const dun_plan *plan);

DUN_END_DECLS

#endif
