/* Checksums: what was applied, and what of it is done. SHA-1, as git names blobs; no secret depends on it. */
#ifndef MIGRATE_CHECKSUM_H
#define MIGRATE_CHECKSUM_H

#include "sql/splitter.h"

#include <sha1.h>
#include <stddef.h>

enum { CHECKSUM_LENGTH = 40 };

/* The id git gives the text as a blob, once its line ends are LF: `git cat-file blob ID` shows what was
 * applied. */
void checksum_blob(const char *text, size_t length, char ret_hex[CHECKSUM_LENGTH + 1]);

/* Of the first `count` statements of a script: tells whether what was run already is still what stands in the
 * file. */
void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1]);

/* The same for one count after the other, each at least as large as the one before: all of them together cost
 * one pass over the script. */
struct checksum_progress {
    SHA1_CTX context;
    size_t count; /* statements in it so far */
};
void checksum_progress_start(struct checksum_progress *progress);
void checksum_progress_to(struct checksum_progress *progress, const struct sql_script *script, size_t count,
                          char ret_hex[CHECKSUM_LENGTH + 1]);

#endif
