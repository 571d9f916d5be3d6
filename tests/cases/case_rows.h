/* Rows: made up for the tables of a catalog, and measured, to see that they survive a plan. For the runner.
 */
#ifndef CASES_CASE_ROWS_H
#define CASES_CASE_ROWS_H

#include "base/str.h"
#include "diff/diff.h"
#include "engine/engine.h"
#include "plan/plan.h"

/*
 * Puts up to three rows into every table whose columns have types that a value is known for, and that takes
 * them. Returns in how many tables there are rows then.
 */
size_t case_rows_make_up(dun_connection *connection, enum sql_dialect dialect, const struct catalog *catalog);

struct case_measures;

/*
 * Measures the tables that are on both sides of the diff: how many rows, and a sum of the values of all
 * columns that stay what they are. In the arena.
 */
bool case_rows_measure(struct arena *arena, dun_connection *connection, const struct diff *diff,
                       struct case_measures **ret_measures, dun_error *error);

/*
 * Measures again after the plan, by the names of `to`, and appends a line for each table that has lost
 * something which no hazard of the plan had announced. False: something was lost, or could not be read.
 */
bool case_rows_survive(struct str *to, dun_connection *connection, const struct diff *diff,
                       const struct plan *plan, const struct case_measures *measures);

#endif
