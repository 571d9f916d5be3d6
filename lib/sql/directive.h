/*
 * Directives: line comments that are meant for dunlin, `-- dunlin: WORDS` (on MySQL also with #). Found by
 * the splitter; what they mean for a definition is told by source/annotation.h.
 */
#ifndef SQL_DIRECTIVE_H
#define SQL_DIRECTIVE_H

#include "sql/lexer.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

enum sql_directive_kind {
    SQL_DIRECTIVE_UNKNOWN,
    SQL_DIRECTIVE_NO_TRANSACTION, /* `no-transaction`, before the first statement of a migration */
    SQL_DIRECTIVE_RENAMED_FROM,   /* `renamed from OLD_NAME`, in a definition */
};

/* All pointers are into the text that the comment stands in. */
struct sql_directive {
    enum sql_directive_kind kind;
    const char *text; /* what follows "dunlin:", without blanks at its edges */
    size_t length;
    const char *argument; /* OLD_NAME as written; NULL where there is none */
    size_t argument_length;
    const char *comment, *comment_end;
    const char *content_end; /* behind the last token before it that is no comment; NULL: it is the first */
};

/* Is the comment a directive? Leaves content_end NULL. A block comment never is one. */
bool sql_directive_read(const struct sql_token *comment, struct sql_directive *ret_directive);

/* Fills the error for one that is unknown, with those that are known, but not where it is. False, for
 * `return`. */
bool sql_directive_refuse(const struct sql_directive *directive, dun_error *error);

#endif
