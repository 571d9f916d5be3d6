/*
 * The statement in doubt, decided by comparing catalogs: what the migrations before it make is replayed in a
 * scratch place, then the statement is run there, and the live database has either what was there before it,
 * or what is there after it, in all objects that the statement touches. Used by the commands that go on with
 * migrations.
 */
#ifndef MIGRATE_DECIDE_H
#define MIGRATE_DECIDE_H

#include "migrate/session.h"

/*
 * Decides about every migration in doubt: it becomes DUN_BROKEN, to be gone on with, and `skip_doubtful` says
 * whether its statement has taken effect. One that cannot be decided stays DUN_IN_DOUBT, and `undecided` says
 * why. Nothing in the database is changed. False only for what ends the command: interrupted, connection
 * lost.
 */
bool decide_doubts(struct session *session, dun_error *error);

#endif
