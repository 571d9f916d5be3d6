/*
 * The script of one migration, one way: its text from the file or from the history, split and divided into
 * units.
 */
#ifndef MIGRATE_SCRIPT_H
#define MIGRATE_SCRIPT_H

#include "migrate/checksum.h"
#include "migrate/session.h"
#include "run/units.h"

struct migration_script {
    const char *file; /* for messages: the path, or "VERSION_name.down.sql (as stored in HISTORY)" */
    const char *text;
    size_t length;
    char checksum[CHECKSUM_LENGTH + 1]; /* a git blob id, of this text */
    const struct sql_script *script;
    const struct run_units *units; /* of the statements from `start` on */
    size_t start;
};

/*
 * Reads what migrates up (`direction` DUN_UP) or down. Going down, the file is preferred; when it is gone the
 * text stored in the history is used. Fails with DUN_BAD_INPUT when there is neither, or the text is no good.
 * In the session's arena, or with the migrations that the session shares with others.
 */
bool migration_script_read(struct session *session, const struct migration *migration,
                           enum dun_direction direction, struct migration_script *ret_script,
                           dun_error *error);

/* The script of a file, in the arena; for shared.c. */
bool migration_script_read_file(struct arena *arena, const struct dun_engine *engine, const char *file,
                                struct migration_script *ret_script, dun_error *error);

/*
 * Is the text the one with which the migration's row was begun? Not known for rows without what tells; then
 * it counts as another one.
 */
bool migration_script_is_what_ran(struct session *session, const struct migration *migration,
                                  const struct migration_script *script, bool *ret_same, dun_error *error);

/* Divides the statements from `start` on, instead of from the first. */
bool migration_script_start(struct session *session, struct migration_script *script, size_t start,
                            dun_error *error);

/*
 * For a migration that is broken or in doubt: checks that the statements which were run are still those of
 * the text (unless DUN_ALLOW_CHANGED), and divides from the one after them.
 */
bool migration_script_continue(struct session *session, const struct migration *migration,
                               struct migration_script *script, dun_error *error);

#endif
