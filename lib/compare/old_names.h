/* SQL that is written with the names after the renames, and asked before them. For compare.c. */
#ifndef COMPARE_OLD_NAMES_H
#define COMPARE_OLD_NAMES_H

#include "compare/compare.h"

/*
 * Spells the checks of the statement by the names that are in the database before compare->renames. Only names of tables, and of
 * columns of the table that the statement is about, stand in checks.
 */
void old_names_in_checks(struct compare *compare, struct plan_statement *statement);

#endif
