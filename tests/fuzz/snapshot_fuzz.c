/* Any bytes as a snapshot: what is read is written, and reads again as the same. */
#include "schema/canonical.h"
#include "schema/snapshot.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct catalog *catalog, *again;
    if (snapshot_read(arena, NULL, (const char *)data, size, &catalog, NULL)) {
        char one[FINGERPRINT_LENGTH + 1], other[FINGERPRINT_LENGTH + 1];
        char *text = snapshot_write(catalog);
        if (!snapshot_read(arena, NULL, text, strlen(text), &again, NULL))
            abort();
        canonical_fingerprint(catalog, one);
        canonical_fingerprint(again, other);
        if (strcmp(one, other) != 0)
            abort();
        free(text);
    }
    arena_free(arena);
    return 0;
}
