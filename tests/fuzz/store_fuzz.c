/* Any bytes as a kept catalog, with a sum that fits: what is read is written, and reads again as the same. */
#include "schema/canonical.h"
#include "schema/store.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_again(struct arena *arena, struct catalog *catalog)
{
    char one[FINGERPRINT_LENGTH + 1], other[FINGERPRINT_LENGTH + 1];
    struct str bytes = STR_INIT;
    store_write(&bytes, catalog);
    struct catalog *again = store_read(arena, bytes.data, bytes.length);
    if (!again)
        abort();
    canonical_fingerprint(catalog, one);
    canonical_fingerprint(again, other);
    if (strcmp(one, other) != 0)
        abort();
    str_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    char *bytes = malloc(size + 1);
    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    store_seal(bytes, size);
    struct catalog *catalog = store_read(arena, bytes, size);
    if (catalog)
        read_again(arena, catalog);
    free(bytes);
    arena_free(arena);
    return 0;
}
