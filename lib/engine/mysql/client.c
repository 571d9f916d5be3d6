#include "engine/mysql/client.h"

#include "base/error.h"
#include "task/task.h"

#include <stddef.h>

struct libmariadb libmariadb;

/*
 * The library's functions that prepare and end a thread do nothing, so there is only this to call before
 * mysql_init.
 */
static bool open_library(void *unused, dun_error *error)
{
    (void)unused;
    static const char *const names[] = {LIBMARIADB_FUNCTIONS(LIBRARY_NAME) NULL};
    if (!library_open("libmariadb.so.3", "libmariadb3", names, (void **)&libmariadb, error))
        return false;
    if (libmariadb.mysql_server_init(0, NULL, NULL))
        return error_set(error, DUN_FAILED, "the client library libmariadb.so.3 cannot be initialized");
    return true;
}

bool mysql_engine_client_open(dun_error *error)
{
    static struct task_once once;
    return task_once(&once, open_library, NULL, error);
}
