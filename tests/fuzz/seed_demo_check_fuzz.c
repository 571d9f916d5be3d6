/* Reads any bytes as the expression of a check of each dialect, and as a pattern, which then matches what it
 * makes. */
#include "base/arena.h"
#include "seed/demo/check.h"
#include "seed/demo/pattern.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_pattern(enum demo_pattern_kind kind, const char *text, size_t length)
{
    struct demo_pattern pattern;
    struct str made = STR_INIT;
    if (!demo_pattern_read(kind, text, length, &pattern))
        return;
    uint64_t count = demo_pattern_size(&pattern, 0, 0);
    if (count > 0) {
        demo_pattern_append(&pattern, 0, 0, &made, count - 1);
        if (made.length <= 1000 && !demo_pattern_matches(&pattern, str_text(&made), made.length))
            abort();
    }
    demo_pattern_matches(&pattern, text, length);
    str_free(&made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum sql_dialect dialects[] = {SQL_POSTGRESQL, SQL_MYSQL, SQL_SQLITE};
    static const enum demo_pattern_kind kinds[] = {DEMO_REGEX, DEMO_LIKE, DEMO_GLOB};
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; ++i) {
        struct arena *arena = arena_new();
        if (!demo_check_read(arena, dialects[i], (const char *)data, size))
            abort();
        arena_free(arena);
        try_pattern(kinds[i], (const char *)data, size);
    }
    return 0;
}
