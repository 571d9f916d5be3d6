/* What the readers of ddl.h share. Functions that take a clause leave the tokens behind it, or say that it is
 * none. */
#ifndef ENGINE_SQLITE_DDL_PARTS_H
#define ENGINE_SQLITE_DDL_PARTS_H

#include "engine/sqlite/ddl.h"

/* A column and all that is said of it; keys, checks and foreign keys go to the table. */
bool ddl_take_column(struct tokens *tokens, struct ddl_table *table);

/* "(a, b DESC)"; with `auto_increment`, it may end in AUTOINCREMENT. */
bool ddl_take_key_columns(struct tokens *tokens, ddl_key_columns *columns, bool *auto_increment);

/* "(a, b)". */
bool ddl_take_names(struct tokens *tokens, ddl_texts *names);

/* "REFERENCES t (a) ON DELETE CASCADE MATCH FULL". False: it is broken. */
bool ddl_take_references(struct tokens *tokens, struct ddl_constraint *constraint);

/* "DEFERRABLE INITIALLY DEFERRED". False: there is none. `ret_deferrable` is NULL when it says what is so
 * anyway. */
bool ddl_take_deferrable(struct tokens *tokens, const char **ret_deferrable);

/* "ON CONFLICT IGNORE", or nothing: NULL. False: it is broken. */
bool ddl_take_conflict(struct tokens *tokens, const char **ret_conflict);

/* What SQLite calls by names of any case: the collations of its own in capitals. */
const char *ddl_collation(struct arena *arena, const char *name);

/* Adds "CONSTRAINT "name" rest", for what is no object that could have the name; nothing without a name. */
void ddl_keep_name(struct arena *arena, ddl_texts *options, const char *name, const char *rest);

#endif
