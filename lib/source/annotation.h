/*
 * What the comments of a definition say about its objects: `-- dunlin: renamed from OLD_NAME`, on the line
 * before the one that it means, or at the end of that line. Comments may stand between the two lines, but no
 * empty line. A block comment never is an annotation.
 */
#ifndef SOURCE_ANNOTATION_H
#define SOURCE_ANNOTATION_H

#include "base/arena.h"
#include "sql/name.h"
#include "sql/splitter.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Offsets count bytes from the start of the text. */
struct source_annotation {
    struct sql_name old_name;
    uint32_t line, column; /* of its words; from 1, columns count characters */
    size_t offset;         /* of its words, for sql_error_at */
    size_t statement;      /* which statement of the script it annotates */
    /*
     * The line it annotates, as far as it belongs to that statement: when that holds the name of a table, the
     * table is meant, when it holds the beginning of a column, the column. At the end of a line this may
     * begin inside a string or a comment that was opened on a line before.
     */
    uint32_t annotated_line;
    size_t annotated_offset, annotated_length;
};

/*
 * Reads the directives of a script that was split from the text. Fails with DUN_BAD_INPUT and the place for
 * one that is unknown or is none of a definition, one without a name, one that is at no statement, one whose
 * line has parts of several statements, and a second one for one line.
 */
bool source_annotations_read(struct arena *arena, enum sql_dialect dialect, const char *file,
                             const char *text, size_t length, const struct sql_script *script,
                             const struct source_annotation **ret_annotations, size_t *ret_count,
                             dun_error *error);

#endif
