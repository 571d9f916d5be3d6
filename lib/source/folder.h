/* Definitions on disk: a folder, or one file. Used by the commands that compare schemas. */
#ifndef SOURCE_FOLDER_H
#define SOURCE_FOLDER_H

#include "source/definitions.h"

/*
 * `path` is a folder, of which all *.sql files are read, and those in the folders below it, or one file of
 * any name. What is hidden (begins with a dot) is left out. Symbolic links are followed, but nothing is read
 * twice: what can be reached without a link is known by that name, the rest by the first link in the order of
 * their paths. A folder without definitions is an empty schema. Fails with DUN_BAD_INPUT and the path for
 * what is not there or cannot be read, and as source_definitions_add does. A link that leads nowhere and is
 * not named *.sql is only warned about.
 */
bool source_folder_definitions(struct arena *arena, enum sql_dialect dialect, const char *path,
                               struct source_definitions **ret_definitions, dun_error *error);

#endif
