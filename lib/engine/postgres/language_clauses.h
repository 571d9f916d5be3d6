/*
 * A statement that is being put together: clauses of one ALTER TABLE, with what is said of all of them.
 * Begins as {0}; for the files language*.c.
 */
#ifndef POSTGRES_LANGUAGE_CLAUSES_H
#define POSTGRES_LANGUAGE_CLAUSES_H

#include "base/str.h"
#include "plan/language.h"

struct table_clauses {
    struct str text; /* without ALTER TABLE name */
    unsigned hazards;
    VECTOR(struct plan_check) checks;
    bool apart;
};

/* Where the next clause is to be written; of a column, ALTER COLUMN "name" is there. */
struct str *add_clause(struct table_clauses *clauses, unsigned hazards);
struct str *column_clause(struct table_clauses *clauses, const struct schema_object *column,
                          unsigned hazards);

void add_clause_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                      enum plan_hazard hazard, const char *sql, const char *hint);

/* Asks for the rows of the column's table that are as the condition, " WHERE ...", says: they would be NULL
 * where that is not allowed. */
void add_nulls_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                     const struct schema_object *column, const char *condition, const char *hint);

/* The statement, if there are any clauses; they are empty afterwards. */
void write_clauses(struct plan_rendering *rendering, const struct schema_object *table,
                   struct table_clauses *clauses);

#endif
