/* The files of a new migration: their names, and writing both or none. Used by whatever writes migrations. */
#ifndef MIGRATE_NEW_H
#define MIGRATE_NEW_H

#include "base/arena.h"

#include <dunlin/error.h>

#include <stdbool.h>

/* The time now, in UTC, as a version. */
const char *new_version(struct arena *arena);

struct new_texts {
    const char *up, *down; /* NULL for `down`: there is no such file */
};

struct new_files {
    char *up, *down; /* paths, on the heap */
};

/*
 * Writes into `folder` (made when it is not there; NULL: "migrations"), with the UTC time as version, or the
 * smallest later one when the folder has that. DUN_USAGE for a name that cannot be part of a file's.
 */
bool new_files_write(const char *folder, const char *name, const struct new_texts *texts,
                     struct new_files *ret_files, dun_error *error);

/* Could it be? For telling before much work is done. */
bool new_name_is_good(const char *name, dun_error *error);

#endif
