/*
 * Many rows into one table, as fast as the engine takes them and in constant memory, and the few pieces of
 * SQL that differ between engines when a staged copy of rows is merged into a table. Used by seeds and by
 * generated data.
 *
 * A stage is a temporary table with the columns of a load, all nullable, and ROW_NUMBER_COLUMN: the row's
 * number, from 1.
 */
#ifndef ENGINE_ROWS_H
#define ENGINE_ROWS_H

#include "base/str.h"
#include "db/driver.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROW_NUMBER_COLUMN "dunlin_row"

/* UTF-8 without NUL; a NULL text is SQL's NULL. */
struct row_value {
    const char *text;
    size_t length;
};

/* Rows that are pulled. The owner's struct has it as its first member. */
struct row_source {
    /*
     * Fills one value for each column of the target; they live until the next call. 1: a row, 0: the end, -1:
     * failure. Called inside the client's own calls, so it may use no connection.
     */
    int (*next)(struct row_source *source, struct row_value *ret_values, dun_error *error);
};

struct row_column {
    const char *name;
    const char *type; /* as the catalog has it */
};

struct row_target {
    const char *schema; /* NULL: none, as for a stage */
    const char *table;
    size_t count;
    const struct row_column *columns;
    bool numbered; /* it is a stage: ROW_NUMBER_COLUMN is filled, too */
};

struct rows_copied {
    uint64_t rows; /* taken from the source */
    uint64_t row;  /* after a failure: the row that the database refused, from 1; 0: not known */
    bool source;   /* the failure is the source's own, and says where it is */
};

/* When a foreign key is looked at. */
enum row_references {
    REFERENCES_BY_ROW,       /* at once, row by row */
    REFERENCES_BY_STATEMENT, /* at the end of a statement; of a transaction, if they are deferrable */
    REFERENCES_BY_COMMIT,    /* at the end of the transaction, all of them */
};

struct engine_rows {
    /*
     * Inserts all rows of the source, as INSERT would; within the open transaction. After a failure some of
     * them may be in the table: the caller rolls back, to a savepoint or altogether.
     */
    bool (*copy)(dun_connection *connection, const struct row_target *target, struct row_source *source,
                 struct rows_copied *ret_copied, dun_error *error);

    /*
     * Moves what counts up keys (sequences) past the keys that are in the table. May be NULL: the engine does
     * so itself.
     */
    bool (*advance)(dun_connection *connection, const struct row_target *target, dun_error *error);

    /* Appends the statements that do so, with ";\n" behind each, for a script that is run later. NULL as
     * `advance`. */
    bool (*append_advance)(dun_connection *connection, const struct row_target *target, struct str *to,
                           dun_error *error);

    /*
     * Appends UPDATE of `table` from `stage`, both quoted: columns (quoted) get the expressions, for the
     * pairs of rows that meet the condition.
     */
    void (*append_update)(struct str *to, const char *table, const char *stage, size_t count,
                          const char *const *columns, const char *const *expressions, const char *condition);

    /*
     * Appends a condition: two values of a column of that type are not the same, to the byte; NULL is a
     * value, too.
     */
    void (*append_differs)(struct str *to, const char *type, const char *left, const char *right);

    /*
     * Appends what reads a column of that type as a text that `copy` takes: bytes are "\x" and hexadecimal
     * digits, for example. NULL: the client has all values as such texts.
     */
    void (*append_read)(struct str *to, const char *type, const char *column);

    const char *prepare;      /* a statement for the session, before anything is loaded; NULL: nothing */
    const char *restore;      /* and the one that undoes it, before anything else is run */
    const char *snapshot;     /* begins a transaction that sees one state of the database, for reading */
    const char *stage_right;  /* what lets a role make temporary tables, as a hint */
    const char *number_type;  /* for CAST: whole numbers of 64 bits */
    const char *insert_words; /* between the columns and the rows of an INSERT that gives keys; "" */
    const char *true_text, *false_text;
    bool has_bits;   /* values of the type bit are "0101", not a number */
    bool has_points; /* those of the type point are "(1,2)", not "POINT(1 2)" */

    enum row_references references;
    const char
        *defer; /* a statement that puts off what can be put off of them to the end; NULL: nothing can */
    const char *enforce; /* and one that has it looked at now; NULL: COMMIT does so */
    bool (*enforces)(const dun_connection *connection); /* does the session look at them? NULL: always */

    /* A statement that fails spoils the transaction, so that a savepoint before it is needed to go on. */
    bool failure_spoils;

    /*
     * Is what is done in a table of that storage engine (NULL: the default) undone with the transaction?
     * NULL: always.
     */
    bool (*joins_transaction)(const char *storage);

    /*
     * Was it the data that the server refused (a constraint, a value that does not fit), and not the
     * statement?
     */
    bool (*blames_data)(const dun_error *error);
};

#endif
