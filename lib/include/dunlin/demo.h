/*
 * Demo data: rows that look real for the tables of a database, made up from its catalog. A value follows from
 * seed, table, column and the row's number alone, so the same call makes the same rows, and a column more
 * changes none of the others.
 *
 * Types, NOT NULL, keys, foreign keys and simple CHECK constraints are kept by construction. Values come from
 * the names of columns, by lines such as "email, mail = {first_names:slug}@example.com" in
 * SEEDS/words/columns.txt and those that are built in; words from SEEDS/words/NAME.txt and lists that are
 * built in, for several locales.
 */
#ifndef DUNLIN_DEMO_H
#define DUNLIN_DEMO_H

#include <dunlin/seed.h>

#include <stdint.h>

DUN_BEGIN_DECLS

/*
 * What the config says of one column:
 *
 *     demo:
 *       customers.plan: { values: [free, pro] }      one of these
 *       customers.age: { min: 18, max: 99 }          also dates
 *       customers.nick: { like: "{first_names:slug}{1-999}" }
 *       animals.species: { words: species }          of a list of words
 *       orders.note: { "null": 0.5 }                 so many of the rows have none
 *       orders.total: { skip: true }                 left to the database
 */
typedef struct dun_demo_setting {
    const char *place;        /* "TABLE.COLUMN", or "COLUMN" of any table */
    const char *name, *value; /* several values are "a,b": a comma, blank or backslash in one has a backslash
                                 before it */
    const char *file;         /* where that is said; NULL: unknown */
    unsigned line, column;
} dun_demo_setting;

enum dun_demo_output { DUN_DEMO_DATABASE, DUN_DEMO_SQL, DUN_DEMO_CSV };

typedef struct dun_demo_options {
    const char *counts; /* "1000" for every table; "customers=1000,orders=5x customers" for these and what
                           they need */
    uint64_t seed;
    const char *locale; /* of the words; NULL: "en" */
    const dun_demo_setting *settings;
    size_t setting_count;
    enum dun_demo_output output; /* where the rows go */
    const char *folder;          /* of files, TABLE.csv or demo.sql; NULL: they go to `stream` */
    FILE *stream;
} dun_demo_options;

#define DUN_DEMO_OPTIONS_INIT                                  \
    {                                                          \
        NULL, 42, NULL, NULL, 0, DUN_DEMO_DATABASE, NULL, NULL \
    }

/*
 * Of dun_seed_options, url, folder (where words may be), history, dry_run, lock_timeout_ms, wait_ms,
 * applied_by, echo, cancel and observe count. All or nothing, as dun_seed_load: after a failure the database
 * is as it was. The run has a file for each table; what could not be done as asked for is a warning.
 */
DUN_API bool dun_seed_demo(const dun_seed_options *options, const dun_demo_options *demo,
                           dun_seed_run **ret_run, dun_error *error);

DUN_END_DECLS

#endif
