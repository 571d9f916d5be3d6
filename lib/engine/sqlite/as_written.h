/*
 * Statements as somebody wrote them: SQLite keeps the text of each, with its comments and blanks, and whoever
 * looks at the schema of a database wants to see it again. Plans create objects with it.
 */
#ifndef ENGINE_SQLITE_AS_WRITTEN_H
#define ENGINE_SQLITE_AS_WRITTEN_H

#include "base/arena.h"
#include "base/str.h"
#include "schema/catalog.h"

#include <stdbool.h>
#include <stddef.h>

/* Without directives, which say how one schema became another, and without what follows the last token. NULL:
 * the text cannot be read. */
const char *as_written_text(struct arena *arena, const char *text, size_t length);

/* The statement that makes any object that stands alone, an index or a trigger: its text, where that is
 * known. */
void as_written_object(struct str *to, const struct catalog *catalog, const struct schema_object *object);

/* CREATE TABLE under another name than its own. The expressions in it do not mention that. */
void as_written_table(struct str *to, const struct catalog *catalog, const struct schema_object *table,
                      const char *name);

#endif
