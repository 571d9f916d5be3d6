/*
 * A folder of migrations: which files there are, in the order of their versions, and their checksums; texts
 * are kept only while they are run.
 */
#ifndef SOURCE_MIGRATION_FOLDER_H
#define SOURCE_MIGRATION_FOLDER_H

#include "base/arena.h"
#include "base/vector.h"

#include <dunlin/migrate.h>

#include <stdbool.h>
#include <stddef.h>

struct migration_file {
    const char *version, *key; /* as written; see version.h */
    const char *name;
    const char *up, *down; /* paths; NULL: there is none */
    const char *checksum;  /* of the up file */
};

struct migration_folder {
    const char *path;
    struct migration_file *files; /* by version; every one has an up file */
    size_t count;
    VECTOR(dun_warning) warnings;
};

/*
 * Fails with DUN_BAD_INPUT for a folder that is not there, a file that cannot be read, a folder named like a
 * migration, and two migrations with one version. What is not named like a migration is warned about.
 */
bool migration_folder_read(struct arena *arena, const char *path, struct migration_folder **ret_folder,
                           dun_error *error);

#endif
