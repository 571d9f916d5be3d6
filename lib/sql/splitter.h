/*
 * Splits a file of SQL into its statements, as the plain client of the engine would, without markers in the
 * file. Nothing is copied: statements point into the text. Used by migrations, definitions, seeds and
 * dun_exec_script.
 *
 * Strings are read as the engines' defaults have it: standard_conforming_strings on, and neither ANSI_QUOTES
 * nor NO_BACKSLASH_ESCAPES in sql_mode.
 */
#ifndef SQL_SPLITTER_H
#define SQL_SPLITTER_H

#include "base/arena.h"
#include "sql/dialect.h"
#include "sql/directive.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a statement behaves, as far as its words tell; see sql/classify.h. */
enum sql_effect {
    SQL_JOINS,      /* joins a transaction, and is undone with it */
    SQL_ALONE,      /* refuses a transaction, or ends the one it is in (MySQL's implicit commit), or may do so
                       (CALL) */
    SQL_BEGINS,     /* BEGIN, START TRANSACTION */
    SQL_COMMITS,    /* COMMIT, END */
    SQL_ROLLS_BACK, /* ROLLBACK, ABORT; also PREPARE TRANSACTION and whatever else dunlin cannot follow */
    SQL_SAVEPOINT,  /* SAVEPOINT, RELEASE, ROLLBACK TO */
    SQL_BRACKET,    /* MySQL's LOCK TABLES and UNLOCK TABLES, and the end of what switched autocommit off, as
                       dumps    write them */
};

struct sql_statement {
    /* From its first significant character to its last: neither terminator nor comments at the edges, so
     * statements may be glued together with ";\n". */
    const char *text;
    size_t length;
    uint32_t line, column; /* of its first character, from 1; columns count characters */
    enum sql_effect effect;
    bool session;          /* changes settings of the session: SET, PRAGMA, USE, set_config(...) */
    bool many_results;     /* MySQL: may give any number of results: CALL, EXECUTE, compound statements */
    const char *copy_data; /* COPY ... FROM stdin: the data lines, without the final \. ; otherwise NULL */
    size_t copy_length;
};

struct sql_script {
    struct sql_statement *statements;
    size_t count;
    bool no_transaction;              /* the file starts with a comment `-- dunlin: no-transaction` */
    struct sql_directive *directives; /* all of the text, in order; unknown ones only behind the first
                                         statement's beginning, where migrations may have any comment */
    size_t directive_count;
};

/*
 * `file` names the text in messages (copied nowhere, NULL is allowed). `text` must be UTF-8 (a BOM is
 * skipped), must outlive the script and need not end in NUL. Statements are allocated in the arena. Fails
 * with DUN_BAD_INPUT, file, line, column and excerpt for an unclosed quote, comment, dollar quote or compound
 * statement, a psql or mysql client command, a byte that is not UTF-8, a NUL byte, COPY data without an end,
 * and a directive before the first statement that is unknown.
 */
bool sql_split(struct arena *arena, enum sql_dialect dialect, const char *file, const char *text,
               size_t length, struct sql_script **ret_script, dun_error *error);

/* Sets file, line, column and excerpt of an error for the byte at `offset` of a text. */
void sql_error_at(dun_error *error, const char *file, const char *text, size_t length, size_t offset);

#endif
