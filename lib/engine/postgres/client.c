#include "engine/postgres/client.h"

#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>

static const char *const names[] = {LIBPQ_FUNCTIONS(LIBRARY_NAME) NULL};

/* Set once. Threads that come at the same time each open the library, which is harmless, and the first one's
 * is kept. */
static _Atomic(struct libpq *) opened;

const struct libpq *postgres_client(dun_error *error)
{
    struct libpq *known = atomic_load(&opened);
    if (known)
        return known;
    struct libpq *mine = memory_alloc(sizeof *mine);
    if (!library_open("libpq.so.5", "libpq5", names, (void **)mine, error)) {
        free(mine);
        return NULL;
    }
    if (atomic_compare_exchange_strong(&opened, &known, mine))
        return mine;
    free(mine);
    return known;
}
