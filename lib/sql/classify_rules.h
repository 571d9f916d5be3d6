/*
 * The tables that say what statements do: one file an engine, in which each row is a pattern of words. For
 * this floor and its tests.
 *
 * A pattern is elements with blanks between them:
 *
 *     WORD         this word, number, variable or sign; letters compare without case
 *     A|B          one of them
 *     [A|B]        one of them, or nothing
 *     [()]         a group in parentheses, or nothing
 *     [*.]         a qualifying name with its dot, or nothing
 *     *            any token
 *     ...          any tokens up to what the pattern goes on with; found in one pass, so a pattern may have
 * several $            the end of the statement
 */
#ifndef SQL_CLASSIFY_RULES_H
#define SQL_CLASSIFY_RULES_H

#include "sql/lexer.h"
#include "sql/splitter.h"

enum sql_rule_flag {
    SQL_RULE_SESSION = 1, /* changes settings of the session */
    SQL_RULE_MANY = 2,    /* any number of results */
    SQL_RULE_INNER = 4,   /* what stands behind the pattern is a statement of its own, and counts */
};

struct sql_rule {
    const char *pattern;
    enum sql_effect effect;
    unsigned flags; /* of enum sql_rule_flag */
};

/* Rows are sorted by the first word of their patterns; of rows with one first word, the first that matches
 * counts. */
struct sql_rules {
    const struct sql_rule *rows;
    size_t count;
};

extern const struct sql_rules sql_postgres_statements, sql_mysql_statements, sql_sqlite_statements;

/* The row for a statement, or NULL when none matches. */
const struct sql_rule *sql_rule_for(enum sql_dialect dialect, const char *text, size_t length);

/* Does the pattern match what the lexer comes to? Then the lexer is moved behind it, otherwise it stays. */
bool sql_pattern_matches(const char *pattern, struct sql_lexer *lexer);

/* The next token that is neither blank nor comment nor the frame of an executable comment. */
struct sql_token sql_next_content(struct sql_lexer *lexer);

#endif
