/* Checksums: what was applied, and what of it is done. SHA-1, as git names blobs; no secret depends on it. */
#ifndef MIGRATE_CHECKSUM_H
#define MIGRATE_CHECKSUM_H

#include "sql/splitter.h"

#include <stddef.h>

enum { CHECKSUM_LENGTH = 40 };

/* The id git gives the text as a blob, once its line ends are LF: `git cat-file blob ID` shows what was
 * applied. */
void checksum_blob(const char *text, size_t length, char ret_hex[CHECKSUM_LENGTH + 1]);

/* Of the first `count` statements of a script: tells whether what was run already is still what stands in the
 * file. */
void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1]);

#endif
