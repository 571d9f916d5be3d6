#include "engine/postgres/client.h"

#include "task/task.h"

static struct libpq libpq;

static bool open_library(void *unused, dun_error *error)
{
    (void)unused;
    static const char *const names[] = {LIBPQ_FUNCTIONS(LIBRARY_NAME) NULL};
    return library_open("libpq.so.5", "libpq5", names, (void **)&libpq, error);
}

const struct libpq *postgres_client(dun_error *error)
{
    static struct task_once once;
    return task_once(&once, open_library, NULL, error) ? &libpq : NULL;
}
