/*
 * What the files and the history together say of each version. Used by every command on migrations. Pure.
 */
#ifndef MIGRATE_STATE_H
#define MIGRATE_STATE_H

#include "migrate/history.h"
#include "source/migration_folder.h"

struct migration {
    dun_migration said; /* what is told to the caller */
    const char *key;
    const struct migration_file *file; /* NULL: none */
    const struct history_row *row;     /* the last of the version; NULL: none */
    const struct history_row *up_row;  /* the last that applied it: has what a revert needs; NULL: none */
    bool skip_doubtful; /* of DUN_BROKEN: the statement that was in doubt has taken effect (decide.h) */
    const char
        *undecided; /* of DUN_IN_DOUBT: why comparing catalogs did not decide; NULL: nobody has tried */
};

struct migrations {
    struct migration *items; /* by version */
    size_t count;
    size_t applied, pending;
};

/* A running row counts as in doubt here; doubt.h knows better. */
struct migrations *migrations_combine(struct arena *arena, const struct migration_folder *folder,
                                      const struct history *history);

/* The migration of a version as a user writes it; NULL: neither file nor history know it. */
struct migration *migrations_find(struct arena *arena, const struct migrations *migrations,
                                  const char *version);

/* The one that is not finished (broken or in doubt); NULL: none. */
struct migration *migrations_unfinished(const struct migrations *migrations);

#endif
