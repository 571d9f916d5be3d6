/*
 * Definitions as text, wherever they come from: the files of a schema with their statements, and what their
 * comments say about renames. Filled by folder.c and git.c; used by whatever loads definitions into a scratch
 * database.
 */
#ifndef SOURCE_DEFINITIONS_H
#define SOURCE_DEFINITIONS_H

#include "base/arena.h"
#include "base/checksum.h"
#include "base/vector.h"
#include "source/annotation.h"
#include "sql/splitter.h"

#include <dunlin/error.h>
#include <dunlin/migrate.h>

#include <stdbool.h>
#include <stddef.h>

struct source_definition_file {
    const char *path; /* in the source, with slashes: "shop/users.sql" */
    const char *name; /* as messages show it: "schema/shop/users.sql", "git:HEAD~1:schema/shop/users.sql" */
    const char *text; /* without byte order mark; offsets count from here */
    size_t length;
    const struct sql_script *script;
    const struct source_annotation *annotations; /* in the order of the text */
    size_t annotation_count;
};

struct source_definitions {
    struct arena *arena;
    enum sql_dialect dialect;
    VECTOR(struct source_definition_file) files; /* bytewise by path */
    VECTOR(dun_warning) warnings;
    /* Of paths and texts, with LF line ends: the same definitions in a folder and at a revision have the
     * same. */
    char checksum[CHECKSUM_LENGTH + 1];
};

struct source_definitions *source_definitions_new(struct arena *arena, enum sql_dialect dialect);

/*
 * Adds a file, in any order. All texts must live as long as the arena. Fails with DUN_BAD_INPUT, file, line
 * and column for what sql_split and source_annotations_read refuse.
 */
bool source_definitions_add(struct source_definitions *definitions, const char *path, const char *name,
                            const char *text, size_t length, dun_error *error);

/* For what is left out. `file` and `message` must live as long as the arena. */
void source_definitions_warn(struct source_definitions *definitions, const char *file, const char *message);

/* After the last file: sorts and sums. */
void source_definitions_finish(struct source_definitions *definitions);

/* Is a file of this name a definition? It ends in ".sql" and is not hidden. The name is without its folder.
 */
bool source_is_definition(const char *name);

#endif
