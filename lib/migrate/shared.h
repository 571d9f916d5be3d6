/*
 * What a dun_migrations is inside: the folder, and the scripts of its files once somebody has asked for them.
 * Used by the sessions that were given one, of any number of threads.
 */
#ifndef MIGRATE_SHARED_H
#define MIGRATE_SHARED_H

#include "migrate/script.h"
#include "source/migration_folder.h"

/* All that is given lives as long as the migrations, and is not changed. */
const struct migration_folder *shared_folder(const dun_migrations *migrations);

/* The script of a file of the folder, for that engine. A file that is no good is read again by whoever asks
 * next. */
bool shared_script(dun_migrations *migrations, const struct dun_engine *engine, const char *file,
                   struct migration_script *ret_script, dun_error *error);

/* See source_git_head. */
const char *shared_git_head(dun_migrations *migrations);

#endif
