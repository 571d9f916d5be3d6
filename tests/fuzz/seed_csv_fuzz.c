/* Any bytes as CSV, with any header comment. */
#include "seed_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_all(data, size, SEED_CSV);
    return 0;
}
