/* The checksum of what a migration has run so far. */
#ifndef MIGRATE_CHECKSUM_H
#define MIGRATE_CHECKSUM_H

#include "base/checksum.h"
#include "sql/splitter.h"

#include <stddef.h>

/* Of the first `count` statements of a script: tells whether what was run already is still what stands in the
 * file. */
void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1]);

/* The same for one count after the other, each at least as large as the one before: all of them together cost
 * one pass over the script. */
struct checksum_progress {
    struct checksum checksum;
    size_t count; /* statements in it so far */
};
void checksum_progress_start(struct checksum_progress *progress);
void checksum_progress_to(struct checksum_progress *progress, const struct sql_script *script, size_t count,
                          char ret_hex[CHECKSUM_LENGTH + 1]);

#endif
