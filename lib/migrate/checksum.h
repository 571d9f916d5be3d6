/* The checksum of what a migration has run so far. */
#ifndef MIGRATE_CHECKSUM_H
#define MIGRATE_CHECKSUM_H

#include "base/checksum.h"
#include "sql/splitter.h"

#include <stddef.h>

/* Of the first `count` statements of a script: tells whether what was run already is still what stands in the
 * file. */
void checksum_statements(const struct sql_script *script, size_t count, char ret_hex[CHECKSUM_LENGTH + 1]);

#endif
