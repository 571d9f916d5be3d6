/*
 * What an engine knows about changing schemas: how each change is made, and the SQL of it. One table of functions per engine
 * (`struct dun_engine.language`); everything else about plans (what stands in the way of what, the order, cycles) is in
 * plan.c and asks no engine.
 *
 * A plan is made of steps. Each change of the diff becomes one or two steps, unless it joins the step of its table; the steps
 * are put in order along what objects need, and each is rendered as statements.
 */
#ifndef PLAN_LANGUAGE_H
#define PLAN_LANGUAGE_H

#include "diff/diff.h"
#include "plan/plan.h"

#include <dunlin/error.h>

#include <stdint.h>

enum plan_means {
    PLAN_IN_PLACE, /* one PLAN_ALTER (or PLAN_RENAME) step */
    PLAN_REPLACE,  /* the object is dropped and created anew: PLAN_DROP of `from`, PLAN_CREATE of `to`; all that needs it
                      is in the way */
    PLAN_REBUILD,  /* the table that the object is, or is part of, is made anew with its rows: one PLAN_REBUILD step, which
                      has all changes of that table that join it */
};

enum plan_action {
    PLAN_CREATE,
    PLAN_DROP,
    PLAN_ALTER,
    PLAN_RENAME,
    PLAN_REBUILD_TABLE,
    PLAN_DETACH, /* of an object that stays what it is: whatever in it is in the way of other steps goes (a default, ...) */
    PLAN_ATTACH, /* and comes back */
};

enum plan_obstacle {
    PLAN_NO_OBSTACLE,       /* the dependent may stay */
    PLAN_OBSTACLE_RECREATE, /* the dependent is dropped before and created after */
    PLAN_OBSTACLE_DETACH,   /* PLAN_DETACH before, PLAN_ATTACH after */
};

/* One thing to do. */
struct plan_step {
    enum plan_action action;
    struct schema_object *from, *to; /* as in the change; of PLAN_DETACH, PLAN_ATTACH and of what is re-created: both */
    /*
     * PLAN_ALTER and PLAN_REBUILD_TABLE: the changes of the object itself and of the parts that join it, in the order of the
     * diff. PLAN_CREATE, PLAN_DROP of what was in the way, PLAN_DETACH and PLAN_ATTACH have none.
     */
    const struct diff_change *const *changes;
    size_t change_count;
    bool recreated; /* PLAN_DROP and PLAN_CREATE: the object only stood in the way, or is replaced: its data is not lost
                       by intention */
    /*
     * PLAN_CREATE of an object with parts: the parts that are rendered with it. Usually all for which created_inside says
     * so; fewer when a cycle had to be broken: the others are steps of their own. In the order of the catalog.
     */
    struct schema_object *const *inside;
    size_t inside_count;
};

/* Where statements of a step go. Beforehand and afterwards are the same text once, however often it is added. */
enum plan_section {
    PLAN_BEFORE, /* before the first statement of the plan */
    PLAN_MAIN,
    PLAN_AFTER, /* after the last */
};

/* What is being rendered: given to `render`. */
struct plan_rendering {
    struct arena *arena; /* of the plan: texts live in it */
    const struct diff *diff;
    const struct plan_options *options;
    struct plan *plan;
    const struct plan_step *step;
};

/*
 * Adds a statement with printf's format, without terminator. Gives it, for what is more to say about it: hazards, rows, checks,
 * notes (plan_statement). Its `table` and `rows` are those of the step's table already, its title is made from the step. The
 * pointer is good until the next one is added.
 */
struct plan_statement *plan_add(struct plan_rendering *rendering, unsigned hazards, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct plan_statement *plan_add_to(struct plan_rendering *rendering, enum plan_section section, unsigned hazards,
                                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds to the statement a query of one row and column, the number of rows that it would fail on; see plan_check. */
void plan_add_check(struct plan_rendering *rendering, struct plan_statement *statement, enum plan_hazard hazard,
                    const char *sql, const char *hint);

struct plan_language {
    enum sql_dialect dialect;

    /* How the change is made. Called for every change, also for CREATE and DROP: PLAN_IN_PLACE, or PLAN_REBUILD of the table. */
    enum plan_means (*means)(const struct diff_change *change, const struct plan_options *options);

    /* Is the part rendered with its parent when that is created (a column in CREATE TABLE)? */
    bool (*created_inside)(const struct schema_object *part);

    /* Is the change of a part a clause of the PLAN_ALTER of its parent (all of one table in one ALTER TABLE)? */
    bool (*joins)(const struct diff_change *change);

    /*
     * `dependent` needs what the change alters in place or rebuilds, and does not change itself. Not called for what is dropped
     * or replaced: there everything that needs it is re-created, except columns, which are PLAN_DETACHed.
     */
    enum plan_obstacle (*obstacle)(const struct diff_change *change, const struct schema_object *dependent);

    /* Adds the statements of the step. Fails with DUN_FAILED for what the engine cannot do, with the way out in the hint. */
    bool (*render)(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error);

    /* Called once after all steps are rendered: adds what frames the whole plan, if anything. May be NULL. */
    void (*finish)(struct plan_rendering *rendering);

    /* The statement that limits how long statements of the session wait for locks; NULL: the engine has none. In the arena. */
    const char *(*lock_timeout)(struct arena *arena, int64_t milliseconds);

    /* The order of steps that do not need each other: a lower rank is created earlier and dropped later. NULL: the order of
     * enum schema_kind. */
    int (*rank)(enum schema_kind kind);
};

#endif
