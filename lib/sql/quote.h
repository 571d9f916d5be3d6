/* Identifiers and literals, quoted: the only functions that do it, per dialect. Used wherever SQL is
 * built. */
#ifndef SQL_QUOTE_H
#define SQL_QUOTE_H

#include "base/arena.h"
#include "base/str.h"
#include "sql/dialect.h"

#include <stdbool.h>
#include <stddef.h>

/* Always quoted, so that no keyword list is needed. */
void sql_quote_identifier(struct str *to, enum sql_dialect dialect, const char *name);

/* The same, as a text in the arena. */
const char *sql_quoted_identifier(struct arena *arena, enum sql_dialect dialect, const char *name);

/*
 * A string literal that means the same whatever standard_conforming_strings or sql_mode says: backslashes go
 * as E'' on PostgreSQL and as a hexadecimal literal of utf8mb4 on MySQL. A NUL byte can be in no PostgreSQL
 * or SQLite text; the value ends there. NULL gives the keyword NULL.
 */
void sql_quote_literal(struct str *to, enum sql_dialect dialect, const char *value, size_t length);

/*
 * A string literal of quotes and characters only, for places whose grammar takes nothing else, such as
 * COMMENT of MySQL. There backslashes are doubled, which is read so unless sql_mode has NO_BACKSLASH_ESCAPES.
 * For texts: a NUL ends the value.
 */
void sql_quote_plain_literal(struct str *to, enum sql_dialect dialect, const char *value);

/*
 * "schema.table" or "table" as a user writes it in a config or a call: each part is quoted for the dialect,
 * parts that are quoted already stay. False: not a name of one to three parts.
 */
bool sql_quote_qualified(struct str *to, enum sql_dialect dialect, const char *name);

#endif
