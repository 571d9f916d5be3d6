/* Two versions, divided by a line feed: their order is total and antisymmetric, and keys are stable. */
#include "base/arena.h"
#include "source/version.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    char *text = arena_strndup(arena, (const char *)data, size);
    char *second = strchr(text, '\n');
    if (second)
        *second++ = '\0';
    else
        second = arena_strdup(arena, "1");

    require(version_length(text) <= strlen(text));
    const char *one = version_key(arena, text), *other = version_key(arena, second);
    int order = version_compare(one, other);
    require((order < 0) == (version_compare(other, one) > 0));
    require((order == 0) == (strcmp(one, other) == 0));
    require(version_compare(one, one) == 0);
    arena_free(arena);
    return 0;
}
