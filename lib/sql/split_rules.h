/*
 * Between the splitter, which is the same for all engines, and what each engine's plain client does at a
 * token. Only splitter.c and split_*.c include it.
 */
#ifndef SQL_SPLIT_RULES_H
#define SQL_SPLIT_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/vector.h"
#include "sql/lexer.h"
#include "sql/mysql_body.h"
#include "sql/position.h"
#include "sql/splitter.h"

enum split_verdict {
    SPLIT_CONTENT, /* the token belongs to the statement, or begins one */
    SPLIT_ENDS,    /* the statement, if there is one, ended before the token */
    SPLIT_SKIP,    /* neither; the lexer may have been moved on */
    SPLIT_FAILED,
};

struct split_postgres {
    enum { POSTGRES_START, POSTGRES_CREATE, POSTGRES_ROUTINE, POSTGRES_COPY, POSTGRES_OTHER } kind;
    bool in_body;     /* between BEGIN ATOMIC and its END */
    const char *body; /* where BEGIN ATOMIC stands */
    size_t parentheses;
    const char *parenthesis; /* the outermost that is open */
    bool copies;             /* COPY ... FROM stdin: data follow the statement */
};

struct split_sqlite {
    enum { SQLITE_START, SQLITE_EXPLAIN, SQLITE_CREATE, SQLITE_TRIGGER, SQLITE_BODY, SQLITE_OTHER } kind;
    const char *body; /* where the trigger's BEGIN stands */
};

struct split_mysql {
    struct mysql_body body;
    enum { MYSQL_START, MYSQL_USE, MYSQL_USE_NAME, MYSQL_OTHER } kind;
    const char *executable; /* where the outermost open executable comment stands */
    size_t section;         /* the first statement since the last custom delimiter */
    bool doubtful;          /* something in the section is no statement that we know */
};

struct splitting {
    struct arena *arena;
    const struct split_rules *rules;
    const char *file, *text; /* as given to sql_split */
    size_t length;
    dun_error *error;
    struct sql_lexer lexer;
    struct sql_position position;
    VECTOR(struct sql_statement) statements;
    VECTOR(struct sql_directive) directives;
    bool no_transaction;

    const char *content_end;   /* behind the last token that is no comment, terminators included */
    const char *start;         /* of the statement that is read; NULL between statements */
    struct sql_token previous; /* the last token of that statement */
    union {
        struct split_postgres postgres;
        struct split_sqlite sqlite;
        struct split_mysql mysql;
    };
};

struct split_rules {
    /* Looks at a token that is neither blank nor comment. May set the lexer's cursor, also back to the token.
     */
    enum split_verdict (*token)(struct splitting *, const struct sql_token *);
    /* Before a statement is read. */
    void (*begin)(struct splitting *);
    /* After a statement was ended by a token; may read what belongs to it. NULL: nothing to do. */
    bool (*ended)(struct splitting *, struct sql_statement *);
    /* The text is at its end: is anything open? */
    bool (*at_end)(struct splitting *);
};

extern const struct split_rules split_postgres_rules, split_mysql_rules, split_sqlite_rules;

/* Says in the error, which is set already, where it happened. False, for `return`. */
bool split_fail_at(struct splitting *splitting, const char *at);

/* A comment that is not the lexer's: before the first statement it may be a directive. */
bool split_read_comment(struct splitting *splitting, const struct sql_token *comment);

/* The rest of the line from the cursor on is no SQL. */
void split_skip_line(struct splitting *splitting);

/* Takes the statement that is read, up to its last token, into the statements. NULL when none is read. */
struct sql_statement *split_finish(struct splitting *splitting);

#endif
