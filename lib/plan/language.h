/*
 * What an engine knows about changing schemas: how each change is made, and the SQL of it. One table of
 * functions per engine (`struct dun_engine.language`); everything else about plans (what stands in the way
 * of what, the order, cycles) is in plan.c and asks no engine.
 *
 * A plan is made of steps. Each change of the diff becomes one or two steps, unless it joins the step of
 * its table; the steps are put in order along what objects need, and each is rendered as statements.
 */
#ifndef PLAN_LANGUAGE_H
#define PLAN_LANGUAGE_H

#include "diff/diff.h"
#include "plan/plan.h"

#include <dunlin/error.h>

#include <stdint.h>

enum plan_means {
    PLAN_IN_PLACE, /* one PLAN_ALTER (or PLAN_RENAME) step */
    PLAN_EXTEND,   /* the same, and nothing stands in its way: it comes before all else */
    PLAN_REPLACE,  /* the object is dropped and created anew: PLAN_DROP of `from`, PLAN_CREATE of `to`; all
                      that needs it is in the way */
    PLAN_REBUILD,  /* the table that the object is, or is part of, is made anew with its rows: one
                      PLAN_REBUILD_TABLE step, which has all changes of that table that join it */
};

enum plan_action {
    PLAN_CREATE,
    PLAN_DROP,
    PLAN_ALTER,
    PLAN_RENAME,
    PLAN_REBUILD_TABLE,
    PLAN_DETACH, /* of an object that is not dropped: what in it is in the way goes (a default, ...) */
    PLAN_ATTACH, /* and comes back, as `to` has it */
};

enum plan_obstacle {
    PLAN_NO_OBSTACLE,       /* the dependent may stay */
    PLAN_OBSTACLE_RECREATE, /* the dependent is dropped before and created after, with its parts */
    PLAN_OBSTACLE_DETACH,   /* PLAN_DETACH before, PLAN_ATTACH after */
};

/* One thing to do. */
struct plan_step {
    enum plan_action action;
    /* As in the change; both of PLAN_DETACH, PLAN_ATTACH and of what is re-created. */
    struct schema_object *from, *to;
    /*
     * The changes that the step makes, in the order of the diff. PLAN_ALTER and PLAN_REBUILD_TABLE: those
     * of the object itself and of the parts that join it. A table may have several PLAN_ALTER steps, when a
     * cycle had to be broken. PLAN_DROP and PLAN_CREATE of what was in the way, PLAN_DETACH and PLAN_ATTACH
     * have none. PLAN_RENAME has more than its own only in `exchange`.
     */
    const struct diff_change *const *changes;
    size_t change_count;
    bool recreated; /* PLAN_DROP and PLAN_CREATE: the object stood in the way, or is replaced */
    /*
     * PLAN_CREATE of an object with parts: the parts that are rendered with it. Usually all for which
     * created_inside says so; fewer when a cycle had to be broken: the others are steps of their own. In
     * the order of the catalog.
     */
    struct schema_object *const *inside;
    size_t inside_count;
};

/* Where statements of a step go. Those before and after are there once, however often they are added. */
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
    void *state; /* the language's own, from one step to the next; NULL at first. In the arena of the plan */
};

/*
 * Adds a statement with printf's format, without terminator. Gives it, for what is more to say about it:
 * hazards, rows, checks, notes (plan_statement). Its `table` and `rows` are those of the step's table
 * already, its title is made from the step. The pointer is good until the next one is added.
 */
struct plan_statement *plan_add(struct plan_rendering *rendering, unsigned hazards, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct plan_statement *plan_add_to(struct plan_rendering *rendering, enum plan_section section,
                                   unsigned hazards, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds to the statement a query of the number of rows that it would fail on; see plan_check. */
void plan_add_check(struct plan_rendering *rendering, struct plan_statement *statement,
                    enum plan_hazard hazard, const char *sql, const char *hint);

/* Will what the change alters be dropped and created again? NULL: no. */
bool plan_replaces(const struct plan_rendering *rendering, const struct diff_change *change);

/* A name that nothing has, nor begins with, on either side; in the arena. */
const char *plan_free_name(struct plan_rendering *rendering);

struct plan_language {
    enum sql_dialect dialect;
    bool renames_read_all; /* a view or trigger that is broken stands in the way of every rename */

    /*
     * How the change is made. Called for every change, also for DIFF_CREATE and DIFF_DROP: PLAN_IN_PLACE, or
     * PLAN_REBUILD of the table.
     */
    enum plan_means (*means)(const struct diff_change *change, const struct plan_options *options);

    /* Is the part rendered with its parent when that is created (a column in CREATE TABLE)? */
    bool (*created_inside)(const struct schema_object *part);

    /*
     * Is the change of a part a clause of the PLAN_ALTER of its parent (all of one table in one ALTER
     * TABLE)? Not called for what is replaced. When the table is renamed as well, PLAN_RENAME comes first:
     * the ALTER has the names of `to`, and what is dropped or detached in a step of its own has those of
     * `from`.
     */
    bool (*joins)(const struct diff_change *change);

    /*
     * `dependent` needs what the change alters in place or rebuilds, and still does when it changes itself.
     * With PLAN_REBUILD, what needs the table or any part of it is asked for once, with the first such
     * change, whose `from` is NULL when it adds a part. Not called for what is dropped or replaced: there
     * everything that needs it is re-created. What has rows or values of its own (tables, sequences,
     * columns that are not generated) is detached instead, whatever the answer.
     */
    enum plan_obstacle (*obstacle)(const struct diff_change *change, const struct schema_object *dependent);

    /*
     * `dependent` holds data and is detached, for `needed` goes: does what needs the dependent have to be
     * dropped and created around that, as views on a column whose type goes? NULL: never.
     */
    bool (*detaches_dependents)(const struct schema_object *dependent, const struct schema_object *needed);

    /*
     * May the object be there without what it needs, as a foreign key of SQLite without its table? Then
     * their order is given up where it would make a cycle. NULL: never.
     */
    bool (*is_loose)(const struct schema_object *object, const struct schema_object *needed);

    /*
     * Adds the statements of the step. A table that is rebuilt brings along all its parts that do not
     * change; changes of parts that do not join are steps of their own around it. Fails with DUN_FAILED for
     * what the engine cannot do, with the way out in the hint.
     */
    bool (*render)(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error);

    /*
     * Adds one statement that makes all changes of a PLAN_RENAME step at once: each of the objects takes the
     * name of another one. False: there is no such statement for these, and they are rendered one by one,
     * with a name in between for the first. NULL: there is none for any.
     */
    bool (*exchange)(struct plan_rendering *rendering, const struct plan_step *step);

    /* Called once after all steps are rendered: adds what frames the whole plan, if anything. May be NULL. */
    void (*finish)(struct plan_rendering *rendering);

    /* The statement that limits how long the session waits for locks, in the arena; NULL: there is none. */
    const char *(*lock_timeout)(struct arena *arena, int64_t milliseconds);

    /*
     * The order of steps that do not need each other: a lower rank is created earlier and dropped later.
     * From -32,000 to 32,000. NULL: the order of enum schema_kind.
     */
    int (*rank)(enum schema_kind kind);
};

#endif
