/* Any bytes as an array of objects, and as JSON lines. */
#include "seed_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_all(data, size, SEED_JSON_ARRAY);
    read_all(data, size, SEED_JSON_LINES);
    return 0;
}
