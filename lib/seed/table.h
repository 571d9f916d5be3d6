/*
 * Tables as whoever writes rows wants to see them: columns, keys and references by number instead of by name.
 * Made from a catalog, once; used by the loading of seeds and by generated data.
 */
#ifndef SEED_TABLE_H
#define SEED_TABLE_H

#include "base/arena.h"
#include "engine/engine.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct seed_column {
    const char *name, *type;
    const char *default_value; /* SQL; NULL: none */
    bool not_null;
    bool generated; /* always, from other columns: cannot be written */
    bool row_end;   /* tells when a version of the row ended: all rows that are there have the same */
    bool touched;   /* by each update that does not write it (ON UPDATE CURRENT_TIMESTAMP) */
    bool
        counted; /* the database gives it a number when it is not written (identity, AUTO_INCREMENT, rowid) */
};

/* A primary key, a unique constraint or a unique index over columns and all rows. */
struct seed_key {
    const char *name;
    bool primary;
    size_t count;
    const size_t *columns;
};

struct seed_table;

/* A foreign key. */
struct seed_reference {
    const char *name;
    struct seed_table *to;
    size_t count;
    const size_t *columns;
    const size_t *referenced; /* columns of `to` */
    bool deferrable;
};

struct seed_table {
    const struct schema_object *object;
    const char *schema; /* NULL: the engine has none */
    const char *name;
    const char *full_name; /* for people */
    const char *sql;       /* quoted and qualified */
    size_t column_count, key_count, reference_count;
    struct seed_column *columns;
    struct seed_key *keys; /* the primary key first */
    struct seed_reference *references;
    struct seed_table *next_of_name; /* in another schema; NULL: no other */
    bool outside;                    /* not of the tenant: its rows are only referred to */
};

struct seed_tables {
    struct arena *arena;
    const struct dun_engine *engine;
    const struct catalog *catalog;
    struct map *by_name; /* to the first of a name */
    struct seed_table *tables;
    size_t count;
};

/*
 * Reads the catalog of the database. `history` is named in the configuration; it and what is beside it are no
 * tables of the user's.
 */
bool seed_tables_read(dun_connection *connection, const struct dun_engine *engine, const char *history,
                      struct arena *arena, struct seed_tables **ret_tables, dun_error *error);

/* The same of what the connection's URL means: where that is one schema of a database, only its tables, and
 * those outside of it that they refer to. */
bool seed_tables_read_tenant(dun_connection *connection, const struct dun_engine *engine, const char *history,
                             struct arena *arena, struct seed_tables **ret_tables, dun_error *error);

/* The same from a catalog that is there already. */
struct seed_tables *seed_tables_of(struct arena *arena, const struct dun_engine *engine,
                                   const struct catalog *catalog);

/*
 * The table "NAME" or "SCHEMA.NAME". A name without a schema that several have is the one that the connection
 * finds by it. Fails with DUN_BAD_INPUT and the nearest name.
 */
bool seed_tables_find(const struct seed_tables *tables, dun_connection *connection, const char *name,
                      struct seed_table **ret_table, dun_error *error);

enum { SEED_NO_COLUMN = -1 };

/* By name; where none is spelled so, regardless of case. SEED_NO_COLUMN: there is none. */
int seed_table_column(const struct seed_table *table, const char *name);

/* Adds "did you mean ...?" or the names of the columns as hint. */
void seed_table_hint_columns(const struct seed_table *table, const char *name, dun_error *error);

#endif
