/* Compares the lines of a text with each other: both ways round alike, what is the same has one hash, and a
 * text is as itself. */
#include "base/memory.h"
#include "sql/same_tokens.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(enum sql_dialect dialect, const char *left, const char *right)
{
    bool same = sql_same_tokens(dialect, left, right);
    if (same != sql_same_tokens(dialect, right, left) || !sql_same_tokens(dialect, left, left))
        abort();
    if (same && sql_hash_tokens(1, dialect, left) != sql_hash_tokens(1, dialect, right))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *left = memory_strndup((const char *)data, size), *right = strchr(left, '\n');
    if (right)
        *right++ = '\0';
    for (enum sql_dialect dialect = SQL_POSTGRESQL; right && dialect <= SQL_SQLITE; ++dialect)
        compare(dialect, left, right);
    free(left);
    return 0;
}
