/* Any bytes as a list of rows in YAML. */
#include "seed_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_all(data, size, SEED_YAML);
    return 0;
}
