/* The statements of definitions, and the order in which they are tried first. For load.c. */
#ifndef SOURCE_LOAD_ORDER_H
#define SOURCE_LOAD_ORDER_H

#include "source/load.h"

/* How early a statement may run, where names do not say otherwise. */
enum load_phase {
    LOAD_TABLES, /* and types, sequences, schemas: whatever others are made of */
    LOAD_ALTERS, /* ALTER, and indexes: keys that foreign keys refer to */
    LOAD_LINKS,  /* ALTER with REFERENCES */
    LOAD_CODE,   /* views, functions, triggers, ... */
    LOAD_REST,   /* comments, grants, rows */
};

struct load_entry {
    size_t file, statement; /* indexes */
    const char *sql;        /* as it is run */
    size_t length;
    size_t unit; /* entries of one unit stay together, in their order */
    enum load_phase phase;
    bool fixed;   /* its place among the others of its unit matters */
    bool data;    /* on rows: what it does may depend on triggers and routines */
    bool session; /* changes settings: runs again with whatever of its unit is left to run */
    bool done;
    dun_error *error; /* why it could not be run in the last round; the heap's */
};

/*
 * Writes the entries' indexes into `ret_order` (count of them): what a statement mentions comes before it,
 * otherwise by phase and by the order that they have. Units are numbered from 0 in order of their entries,
 * which follow each other. Linear in the length of all statements.
 */
void load_order(enum sql_dialect dialect, const struct load_entry *entries, size_t count, size_t *ret_order);

#endif
