/*
 * Texts of SQL compared by what they say: blanks, comments and the case of keywords do not count, and an
 * identifier is the same with and without its quotes. Used where a server keeps definitions as they were
 * written.
 */
#ifndef SQL_SAME_TOKENS_H
#define SQL_SAME_TOKENS_H

#include "sql/dialect.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Words compare without case. A quoted identifier equals the word that names the same: on PostgreSQL in lower
 * case, elsewhere in any; two quoted ones compare without case on SQLite only. Strings, numbers and operators
 * compare exactly.
 */
bool sql_same_tokens(enum sql_dialect dialect, const char *left, const char *right);

/* Equal for texts that are the same. Continues from `seed`, so that several texts make one hash. */
uint64_t sql_hash_tokens(uint64_t seed, enum sql_dialect dialect, const char *text);

#endif
