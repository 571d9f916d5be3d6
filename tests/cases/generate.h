/*
 * Random cases: a schema from a number, and a second one that is the first after some random changes. The
 * same number always gives the same case. generate.c makes and changes models, generate_text.c writes them as
 * definitions. For the runner.
 */
#ifndef CASES_GENERATE_H
#define CASES_GENERATE_H

#include "base/arena.h"
#include "base/str.h"
#include "case_file.h"
#include "sql/dialect.h"

#include <stdint.h>

enum {
    MOST_COLUMNS = 12,
    MOST_TABLES = 8,
    MOST_EXTRAS = 6,
    MOST_VIEWS = 6,
    MOST_LABELS = 5,
    MOST_MUTATIONS = 6
};

enum generated_group { GROUP_NUMBER, GROUP_TEXT, GROUP_OTHER };

/* A type of one engine. Columns change their types within a group. */
struct generated_type {
    const char *name;
    enum generated_group group;
    const char *value; /* for DEFAULT; NULL: it has none */
    bool indexed;      /* may be in an index as it is */
};

/* All of an engine, ended by a NULL name. */
const struct generated_type *generated_types(enum sql_dialect dialect);

struct generated_column {
    const char *name;
    const char *was; /* its name in the first schema; NULL: it is new */
    unsigned type;
    bool not_null, has_default, unique, check, generated;
    int comment;    /* 0: none */
    int references; /* a table; -1: none */
};

struct generated_index {
    const char *name;
    const char *column;
    bool descending, partial;
};

struct generated_table {
    const char *name;
    const char *was;                               /* likewise */
    struct generated_column columns[MOST_COLUMNS]; /* besides the primary key "id" */
    size_t column_count;
    struct generated_index indexes[MOST_EXTRAS];
    size_t index_count;
    bool trigger, counts, strict; /* `counts`: the server gives out the ids */
    bool gone;
};

struct generated_view {
    const char *name;
    int table;              /* whose columns it shows: all that are not in `without` */
    bool only_some, on_top; /* has a condition; a second view reads the first */
    bool gone;
};

struct generated_schema {
    enum sql_dialect dialect;
    struct generated_table tables[MOST_TABLES];
    size_t table_count;
    struct generated_view views[MOST_VIEWS];
    size_t view_count;
    unsigned labels; /* of the enum, where the engine has such types */
};

/* What to leave out, to find out what a failure needs. */
struct generate_limits {
    unsigned without_tables;    /* bits */
    unsigned without_mutations; /* bits */
};

/* The number of tables and of mutations, for those who want to leave some out, are in `ret_tables` and
 * `ret_mutations`. */
void generate_case(struct arena *arena, enum sql_dialect dialect, uint64_t seed,
                   const struct generate_limits *limits, struct test_case *ret_case, unsigned *ret_tables,
                   unsigned *ret_mutations);

/* Appends the definitions. */
void generate_text(struct str *to, const struct generated_schema *schema);

#endif
