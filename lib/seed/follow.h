/*
 * Which rows of which tables belong to a capture: those that are named, and with --follow those that they
 * refer to, and so on. The keys of the rows are gathered in temporary tables, one a table. Used by capture.c.
 */
#ifndef SEED_FOLLOW_H
#define SEED_FOLLOW_H

#include "seed/table.h"

struct follow_table {
    const struct seed_table *table;
    bool named;
    const char *keys; /* the temporary table, quoted; NULL: none */
};

struct follow {
    struct arena *arena;
    dun_connection *connection;
    const struct seed_tables *tables;
    struct follow_table *items; /* in the order in which they were found */
    size_t count;
};

/* The named tables are there; adds those that are referred to. `where` is SQL, or NULL. */
bool follow_references(struct follow *follow, const char *where, dun_error *error);

/* The key by which rows of a table are told apart; NULL: it has none. */
const struct seed_key *follow_key(const struct seed_table *table);

#endif
