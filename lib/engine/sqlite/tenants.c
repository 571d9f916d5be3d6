/* Files of a folder as tenants: the URL names the folder. */
#include "base/error.h"
#include "engine/scratch.h"
#include "engine/sqlite/connection.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), ending_length = strlen(ending);
    return length >= ending_length && strcmp(name + length - ending_length, ending) == 0;
}

/* Hidden files, and those that SQLite keeps beside a database, are no databases. */
static bool may_be_database(struct arena *arena, const char *folder, const char *name)
{
    struct stat status;
    if (name[0] == '.' || ends_with(name, "-journal") || ends_with(name, "-wal") || ends_with(name, "-shm"))
        return false;
    return stat(arena_printf(arena, "%s/%s", folder, name), &status) == 0 && S_ISREG(status.st_mode);
}

static bool databases(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                      struct engine_names *names, dun_error *error)
{
    (void)options;
    DIR *folder = opendir(url->database);
    if (!folder) {
        error_set(error, DUN_NO_CONNECTION, "cannot read the folder %s: %s", url->database, strerror(errno));
        error_hint(error, "where \"databases\" is a pattern of files, the URL names their folder");
        return false;
    }
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        if (may_be_database(arena, url->database, entry->d_name))
            *vector_add(arena, names) = arena_strdup(arena, entry->d_name);
    closedir(folder);
    return true;
}

static const struct db_url *in_database(struct arena *arena, const struct db_url *url, const char *name)
{
    return scratch_url(arena, url, arena_printf(arena, "%s/%s", url->database, name));
}

const struct engine_tenants sqlite_tenants = {
    .databases = databases,
    .in_database = in_database,
};
