/* What making a column and changing it have in common; for the files language_column*.c. */
#ifndef POSTGRES_LANGUAGE_COLUMN_H
#define POSTGRES_LANGUAGE_COLUMN_H

#include "engine/postgres/language.h"

/* " GENERATED ALWAYS AS IDENTITY (...)" */
void text_identity(struct str *to, const struct schema_object *column);

/* "SET STORAGE ..." and "SET STATISTICS ...", behind column_clause */
void text_storage(struct str *to, const struct schema_object *column);
void text_statistics_target(struct str *to, const struct schema_object *column);

/* SET DEFAULT, or DROP DEFAULT of a column that has none. */
void add_default_clause(struct table_clauses *clauses, const struct schema_object *column);

/* May the type change? Not where the table is partitioned by the column. */
bool column_type_is_free(const struct plan_rendering *rendering, const struct schema_object *column,
                         dun_error *error);

/* The column of the table that this one's is inherited from; NULL: it is its own. */
const struct schema_object *inherited_column(const struct schema_object *column);

#endif
