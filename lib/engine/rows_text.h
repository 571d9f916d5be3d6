/*
 * What the engines' implementations of engine/rows.h have in common: names of tables and columns, rows as
 * lines, an UPDATE.
 */
#ifndef ENGINE_ROWS_TEXT_H
#define ENGINE_ROWS_TEXT_H

#include "engine/rows.h"
#include "sql/dialect.h"

/* The table, quoted and qualified. */
void rows_append_table(struct str *sql, enum sql_dialect dialect, const struct row_target *target);

/* " (dunlin_row, id, name)" */
void rows_append_columns(struct str *sql, enum sql_dialect dialect, const struct row_target *target);

/*
 * A row as a line for COPY and LOAD DATA: values with tabs between them, \N for NULL. `escapes` says by byte
 * what stands for it after a backslash; 0: the byte stands for itself.
 */
void rows_append_line(struct str *data, const struct row_target *target, const struct row_value *values,
                      uint64_t number, const char escapes[static 256]);

/* engine_rows.append_update as UPDATE ... SET ... FROM. */
void rows_append_update_from(struct str *to, const char *table, const char *stage, size_t count,
                             const char *const *columns, const char *const *expressions,
                             const char *condition);

#endif
