/*
 * What is to be made up: for each table how many rows, and for each column how a row's value follows from the
 * row's number. Nothing is kept of a row, so that a row that others refer to is made again wherever its key
 * is needed.
 */
#ifndef SEED_DEMO_PLAN_H
#define SEED_DEMO_PLAN_H

#include "seed/demo/generator.h"
#include "seed/work.h"

#include <dunlin/demo.h>

/* Of a number of things, which one a row gets. */
enum demo_mode {
    MODE_FREE,     /* any, by a draw */
    MODE_SEQUENCE, /* one after the other, from `start` */
    MODE_PERMUTED, /* each at most once, in no order */
    MODE_PREVIOUS, /* of a reference to the table itself: the row before */
    MODE_SAME,     /* of one that is in a circle: the row itself */
    MODE_KEYED     /* together with the others of a key, no combination twice */
};

struct demo_key;
struct demo_index;
struct demo_reference;

struct demo_choice {
    enum demo_mode mode;
    uint64_t base;   /* of its draws */
    uint64_t person; /* and of those of the persons whose names the row has */
    uint64_t size;
    uint64_t skip; /* of a pool: what comes before those that count */
    int64_t start;
    bool numbered; /* the values are made different by a number behind them */
    bool rounds;   /* only once all of them have been used */
    const struct demo_key *key;
    size_t digit; /* in the key */
};

enum { DEMO_KEY_MOST = 8, DEMO_BLOCK = 16 };

/*
 * A key of several choices. Rows go to the first of them in blocks, whose members get shares that differ as
 * in life; within one member the others count through. Where what there is to choose from differs from member
 * to member, `starts` says which rows are those of a member: 8 bytes for each.
 */
struct demo_key {
    uint64_t base;
    size_t count;
    uint64_t sizes[DEMO_KEY_MOST];
    const struct demo_reference *references[DEMO_KEY_MOST]; /* NULL: the part is a column */
    const uint64_t
        *starts;  /* one more than there are members; NULL: all members have as much to choose from */
    bool grouped; /* the first is a reference: rows are shared out among what it refers to */
    bool counted; /* what follows is one number, and counts from its lowest */
    size_t block; /* members of a block */
    uint64_t block_rows, rest; /* rows of a block; combinations of the choices but the first */
    uint64_t shares[DEMO_BLOCK];
};

enum demo_source { SOURCE_LEFT_OUT, SOURCE_GENERATED, SOURCE_REFERENCE, SOURCE_NULL };

/* What a column is in rows that a unique key is not to be about. */
enum demo_beyond {
    BEYOND_ANY,
    BEYOND_NULL,
    BEYOND_VALUE /* not NULL */,
    BEYOND_TEXT /* that */,
    BEYOND_OTHER /* not that */
};

struct demo_check;

/* A unique key; of the rows that meet the condition, if there is one. */
struct demo_unique {
    struct seed_key key;
    const struct demo_check *where;
};

struct demo_column {
    const struct seed_column *column;
    enum demo_source source;
    struct demo_type type;
    struct demo_limits limits;
    struct demo_generator *generator;
    struct demo_choice choice;
    struct demo_reference *reference;
    size_t place;        /* in the reference */
    bool optional, late; /* NULL may be; is NULL first and is filled in afterwards */
    double null_share;
    uint64_t null_base;
    const char *usual;         /* the literal of the default, which some rows have; NULL: none */
    struct demo_column *other; /* what it is compared with, and how; NULL: nothing */
    enum demo_comparison comparison;
    enum demo_beyond beyond; /* of rows from number `until` on */
    uint64_t until;
    const char *beyond_text;
};

struct demo_table;

struct demo_reference {
    const struct seed_reference *reference;
    struct demo_table *to;
    struct demo_choice choice;
    bool optional;
    bool walked; /* a walk along it comes to an end */
    bool cut; /* its columns have values of their own, which are those that are referred to: it was part of a
                 circle */
    double null_share;
    uint64_t null_base;
    /*
     * Columns that another reference has settled, or that the row refers to its like by: a tenant. What
     * remains is chosen from the rows that agree, which `index` has.
     */
    size_t shared_count;
    const size_t *shared, *shared_to; /* columns of the table, and of `to` */
    struct demo_reference
        *leader; /* the one that has settled all of them; NULL: there are several, or none */
    const struct demo_index *index;
    bool narrowed; /* only `admitted` rows of the pool have their like in what those that follow refer to */
    const uint32_t *admitted;
    uint64_t admitted_count;
};

/* Tables that refer to each other in a circle by keys: each must have a row for each of the others. */
struct demo_circle {
    size_t count;
    struct demo_table **tables;
};

/* Keys of rows that are in the database already, of one column: whole numbers take 8 bytes a row. */
struct demo_pool {
    bool wanted, numbers;
    int64_t highest; /* of whole numbers of keys; 0: there is none */
    int64_t *integers;
    const char **texts;
};

struct demo_table {
    struct seed_table *table;
    struct seed_work *work;
    size_t column_count, reference_count;
    struct demo_column *columns;                         /* as those of the table */
    struct demo_reference *references;                   /* those that are used */
    uint64_t rows, wanted;                               /* to be made; as asked for */
    bool named;                                          /* it was asked for by its name, or is needed */
    uint64_t present;                                    /* rows of the database before */
    uint64_t known;                                      /* of them those in the pools */
    struct demo_pool *pools;                             /* one a column */
    bool second_pass;                                    /* late columns have their values, too */
    VECTOR(const struct schema_object *) not_understood; /* checks */
    VECTOR(struct demo_unique) uniques;
    VECTOR(const char *) odd_keys;    /* unique keys over expressions that were not understood */
    VECTOR(const char *) not_settled; /* unique keys that are not unique by construction */
    const char *short_of;             /* why there are fewer rows than asked for; NULL: there are not */
};

struct demo_plan {
    struct arena *arena;
    uint64_t seed;
    struct demo_lexicon *lexicon;
    struct seed_tables *tables;
    struct seed_works *works; /* those of the tables with rows, in the order of loading */
    struct demo_table *items; /* one a table of the catalog, in its order */
    size_t count;
    bool to_files; /* numbers that the database would give are needed, too */
    const struct dun_demo_setting *settings;
    size_t setting_count;
    VECTOR(struct demo_circle) circles;
};

/* The first step: which tables there are, and how their columns refer to each other. */
bool demo_plan_make(struct demo_plan *plan, dun_error *error);

/*
 * The second, when it is known how many rows there are and shall be: how columns get their values, and in
 * which order tables are loaded.
 */
bool demo_plan_settle(struct demo_plan *plan, dun_error *error);

/* Makes the keys of the table unique by construction; lessens its rows where there are not as many different
 * ones. */
void demo_keys_settle(struct demo_plan *plan, struct demo_table *table);

/* The digit of a key for the row. */
uint64_t demo_key_digit(const struct demo_table *table, const struct demo_key *key, uint64_t row,
                        size_t digit);

/*
 * Appends the value of a row, numbered from 0 among those that are made; false: it is NULL. Rows whose number
 * is not below `rows` have values, too.
 */
bool demo_value(const struct demo_table *table, size_t column, uint64_t row, struct str *to);

/* The same, but of columns that are filled in later, too. */
bool demo_final_value(const struct demo_table *table, size_t column, uint64_t row, struct str *to);

/* The part of a table that a reference chooses from. */
uint64_t demo_pool_size(const struct demo_table *to);

/* The value of a row of that part. */
bool demo_append_picked(const struct demo_table *to, size_t column, uint64_t picked, struct str *ret_text);

/* The row of the pool that a row refers to; DEMO_NOBODY: none. */
#define DEMO_NOBODY UINT64_MAX
uint64_t demo_pick(const struct demo_table *table, const struct demo_reference *reference, uint64_t row);

/* The rows of the pool that agree with what is settled of the row. False: that is NULL, and anything goes. */
struct demo_rows_of;
bool demo_agreeing(const struct demo_table *table, const struct demo_reference *reference, uint64_t row,
                   struct demo_rows_of *ret_rows);

/* How many rows a reference may choose from, all in all. */
uint64_t demo_candidates(const struct demo_reference *reference);

/* Sets up the references of all tables with rows (references.c), and takes one out of each circle of keys. */
bool demo_references_settle(struct demo_plan *plan, dun_error *error);

/*
 * Before the keys of a table are settled: leaves each reference only the rows that those behind it can agree
 * with. Fails when there is none.
 */
bool demo_references_admit(struct demo_plan *plan, struct demo_table *table, dun_error *error);

/* And behind it: finds out which rows of the table itself agree with each other. */
void demo_references_join(struct demo_plan *plan, struct demo_table *table);

/* Reads the checks, and relates columns with each other (relations.c). */
void demo_relations_read(struct demo_plan *plan, struct demo_table *table);

/* The part of the draws of a column that is its own. */
uint64_t demo_base_of(const struct demo_plan *plan, const struct demo_table *table, const char *name);

struct demo_table *demo_plan_of(const struct demo_plan *plan, const struct seed_table *table);

#endif
