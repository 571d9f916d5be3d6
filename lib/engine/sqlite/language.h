/*
 * What the files of SQLite's plan language share. SQLite can change little of a table in place; everything
 * else is done by making the table anew and copying its rows, as
 * https://www.sqlite.org/lang_altertable.html#otheralter has it. That needs more care than it seems, and
 * these files are about that care:
 *
 *  - Foreign keys are off meanwhile, else dropping the old table would take the rows that refer to it along.
 * They can be switched outside transactions only, so that frames the plan (language_frame.c).
 *  - With legacy_alter_table, views and triggers that mention the table neither stop it from being renamed
 * nor are rewritten.
 *  - Before a transaction commits, guards compare the numbers of rows and of rows that refer to nothing.
 */
#ifndef ENGINE_SQLITE_LANGUAGE_H
#define ENGINE_SQLITE_LANGUAGE_H

#include "plan/language.h"

#include <stdbool.h>

/* language_alter.c: is the column one that ALTER TABLE can add, if nothing else is in the way? */
bool language_can_add_column(const struct schema_object *column);
/* Can all changes of the step be made by ALTER TABLE? Then they are rendered so. */
bool language_can_alter(struct plan_rendering *rendering, const struct plan_step *step);
void language_alter(struct plan_rendering *rendering, const struct plan_step *step);

/* language_texts.c: are there views or triggers that ALTER TABLE would fail on? Rather one too many than one
 * too few. */
bool language_has_broken_texts(const struct catalog *catalog);

/* language_rebuild.c */
bool language_rebuild(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error);

/* language_frame.c: what stands around rebuilds. */

/* The table is about to be dropped, as part of a rebuild or for good: are foreign keys switched off for that,
 * if need be. */
void language_frame_drop(struct plan_rendering *rendering, const struct schema_object *from);
/* The table is rebuilt: in the end no more rows may refer to nothing than in the beginning. */
void language_frame_rebuild(struct plan_rendering *rendering, const struct schema_object *from,
                            const struct schema_object *to);
/* Rows may come to refer to nothing, and no question can tell before: the guard may fail. */
void language_frame_expect_orphans(struct plan_rendering *rendering);
/* Are there views or triggers, which a table that is renamed could be in the way of? */
bool language_has_texts(struct plan_rendering *rendering);
/* Is nothing broken in the schema that ALTER TABLE DROP COLUMN would fail on? */
bool language_may_alter(struct plan_rendering *rendering);
/* The table in which guards compare numbers; it is there from the first rebuild on. */
#define LANGUAGE_GUARD "temp.dunlin_guard"
/* For struct plan_language. */
void language_finish(struct plan_rendering *rendering);

/* language_hazards.c: what may go wrong with the rows of a table when the statement is run; with checks. */
void language_add_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                          const struct diff_change *change);
/* Does the column have the same name and values before the plan? Then questions about it can be asked. */
bool language_is_as_before(const struct plan_rendering *rendering, const struct schema_object *column);
/* Does the foreign key that changes refer to what it did before, with another action, say? */
bool language_keeps_references(const struct diff_change *change);
/* Of the keys of a table that is rebuilt. */
void language_add_restored_key_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                                       const struct schema_object *table);
/* Of a unique index that is created, or of one that is restored after a change of its columns. */
void language_add_index_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                                const struct schema_object *index);

#endif
