/*
 * A plan: the statements that turn one catalog into another, in order, with what is dangerous about each.
 * Made from a diff and an engine's language; pure. Proven by compare/, run by apply/, written into files by
 * migrate/.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/str.h"
#include "base/vector.h"
#include "plan/hazard.h"
#include "schema/catalog.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diff;
struct plan_language;

struct plan_options {
    bool online; /* statements that let readers and writers work, where the engine has them */
    /* Owners and grants are not compared: both catalogs have them only for what is created again. */
    bool keeps_owners, keeps_grants;
};

/*
 * A question to ask the live database before the plan begins: how many rows would a statement fail on? More
 * than none: the plan is refused with that number.
 */
struct plan_check {
    enum plan_hazard hazard;
    const char *sql;  /* one row, one column: the number of rows, which may be counted up to a limit only */
    const char *hint; /* what to do about them */
};

enum plan_rows {
    PLAN_ROWS_ESTIMATED, /* by the server */
    PLAN_ROWS_COUNTED,
    PLAN_ROWS_AT_LEAST, /* counted no further */
};

/* What a statement may leave half done when it fails or is cut off. */
struct plan_leftover {
    const char *what;    /* "the invalid index sales.orders_by_day" */
    const char *query;   /* has a row while it is there; NULL: the statement leaves nothing */
    const char *removal; /* a statement; NULL: the same one again goes on from there */
};

struct plan_statement {
    const char *sql;                    /* without terminator */
    const char *title;                  /* what it does, for people: "table sales.orders: add column note" */
    unsigned hazards;                   /* of enum plan_hazard */
    const struct schema_object *object; /* that the step is about; NULL: it frames the plan */
    const struct schema_object *table;  /* whose rows are concerned; NULL: none's */
    int64_t rows;                       /* that it has; -1: unknown */
    enum plan_rows rows_are;
    const char *note; /* a sentence more, such as why it cannot be done online; NULL: none */
    bool apart;       /* refuses a transaction, or has to be committed before what follows */
    bool session;     /* only changes settings of the session; no effect on the schema */
    bool patient;     /* apart, and nobody queues behind it while it waits for a lock */
    bool access;      /* gives back what is not compared: owner and grants. Roles may be missing in scratch */
    struct plan_leftover leftover;
    VECTOR(struct plan_check) checks;
};

struct plan {
    struct arena *arena;
    /* As they are run; consecutive ones that are not apart are one transaction. */
    VECTOR(struct plan_statement) statements;
    VECTOR(const char *) notes; /* sentences about the whole: what looks like a rename */
    unsigned hazards;           /* of all statements */
    bool recreates;             /* something is dropped and created again */
};

/*
 * In the arena of the diff. What stands in the way is dropped and created again, or detached. Cycles are
 * broken at foreign keys, then at whatever else can be a step of its own, then by creating again what would
 * be changed in place; one that is left goes in some order, and a proof shows whether it works. Renames whose
 * names go round are made at once where the engine can, otherwise with a name in between. What is
 * lost for good is lost as late as possible. Fails with DUN_FAILED, object and hint for what the engine
 * cannot do.
 */
struct plan *plan_make(const struct plan_language *language, const struct diff *diff,
                       const struct plan_options *options, dun_error *error);

/* "about 1,234 rows", "1 row", "at least 1,000,001 rows"; nothing where the number is not known. */
void plan_rows_text(struct str *to, const struct plan_statement *statement);

/*
 * The plan as a script: a comment with title, hazards and rows before each statement (none with `plain`),
 * terminators as the plain client of the engine reads them (DELIMITER where a body needs it). sql_split
 * gives the statements back.
 */
void plan_text(struct str *to, const struct plan_language *language, const struct plan *plan, bool plain);

#endif
