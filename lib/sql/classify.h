/*
 * What a statement does to the transaction and the session it runs in, told from its words alone. Used by the
 * splitter for every statement, and by whatever runs SQL that did not come from a file.
 */
#ifndef SQL_CLASSIFY_H
#define SQL_CLASSIFY_H

#include "sql/splitter.h"

/* Fills effect, session and many_results of a statement whose text and length are set. */
void sql_classify(enum sql_dialect dialect, struct sql_statement *statement);

/* What a CREATE statement creates: "TABLE", "VIEW", ... and the name as written, qualification and quotes
 * included. */
struct sql_created {
    const char *kind; /* a keyword of ours, e.g. "MATERIALIZED VIEW"; NULL: not a CREATE that we know */
    const char *name;
    size_t name_length;
    bool temporary;
};

struct sql_created sql_created_object(enum sql_dialect dialect, const char *text, size_t length);

#endif
