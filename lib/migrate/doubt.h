/*
 * Statements in doubt: a row of the history is `running`, and nobody runs it any more. Statement done + 1 may
 * or may not have taken effect, unless it commits together with its record, or does no harm when run twice.
 */
#ifndef MIGRATE_DOUBT_H
#define MIGRATE_DOUBT_H

#include "migrate/script.h"
#include "migrate/session.h"

/*
 * Looks at every running row: one whose next statement cannot be in doubt is made DUN_BROKEN (the next run
 * goes on with it); the others stay DUN_IN_DOUBT.
 */
bool doubt_settle(struct session *session, dun_error *error);

/* The error that a run ends with when a migration is in doubt: the statement, its place, and how to decide.
 */
bool doubt_refuse(struct session *session, const struct migration *migration, dun_error *error);

/* The statement in doubt; all of it in the arena. False: its text is no longer known, or not what was run. */
bool doubt_statement(struct session *session, const struct migration *migration, const char **ret_text,
                     const char **ret_file, unsigned *ret_line, unsigned *ret_column, dun_error *error);

/* The script of a migration in doubt, and which of its statements it is. Fails where that is no longer what
 * was run. */
bool doubt_script(struct session *session, const struct migration *migration,
                  struct migration_script *ret_script, size_t *ret_statement, dun_error *error);

#endif
