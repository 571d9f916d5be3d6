/*
 * A catalog: all objects of a database as one engine tells them, in memory. An object is a kind, a name,
 * attributes, and the objects it needs; that two catalogs can be compared without knowing the engine rests on
 * values being texts that the engine has put into its canonical form.
 *
 * Built by the readers of the engines and from snapshots; read by diff/, plan/ and report/. No I/O.
 */
#ifndef SCHEMA_CATALOG_H
#define SCHEMA_CATALOG_H

#include "base/arena.h"
#include "base/str.h"
#include "schema/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct schema_value {
    const char *const *texts;
    size_t count; /* 1 for a text */
    enum schema_attribute attribute;
    bool list;
};

/* There are many of these: ten thousand tables have some hundred thousand columns. */
struct schema_object {
    enum schema_kind kind;
    unsigned position;            /* of a column, from 1; 0: it has none */
    const char *schema;           /* NULL: the engine, or the kind, has none */
    const char *name;             /* of a function with its argument types: "total(integer)" */
    struct schema_object *parent; /* the table, view, ... that it is part of; NULL: it stands alone */
    const char *key;              /* kind and full name; no two objects of a catalog have the same */
    struct schema_value *values;  /* by attribute */
    struct schema_object **needs; /* what must be there for it to be; its parent goes without saying */
    struct schema_object **parts; /* whose parent it is, in the order they were added */
    uint32_t value_count, value_capacity, need_count, need_capacity, part_count, part_capacity;
    const char
        *text;    /* the statement that made it, with the comments in it, where the engine keeps that; NULL:
                     unknown.    It says nothing that the attributes do not, and is no part of any comparison */
    int64_t rows; /* of a table, estimated; -1: unknown */
    const char *file; /* where it is defined; NULL: unknown */
    unsigned line;
    bool made_up_name;    /* the server chose the name: it compares by what it is */
    unsigned index;       /* its place in catalog_objects; catalog_sort changes it */
    const char *left_out; /* a part of it that is not in this catalog, though it is there: "column secret";
                             NULL: none */
    const char
        *renamed_from;      /* the name that the definitions say it had, beside the same parent; NULL: none */
    const char *moved_from; /* the schema that it was in then; NULL: the same */
};

struct catalog;

/* `engine` and `server` are names for people and for JSON ("postgresql", "PostgreSQL 15.20"); copied. */
struct catalog *catalog_new(struct arena *arena, const char *engine, const char *server);
struct arena *catalog_arena(const struct catalog *catalog);
const char *catalog_engine(const struct catalog *catalog);
const char *catalog_server(const struct catalog *catalog);

/*
 * Adds an object; texts are copied. NULL when there is one of that kind, parent and name already: the caller
 * knows what that means.
 */
struct schema_object *catalog_add(struct catalog *catalog, enum schema_kind kind, const char *schema,
                                  struct schema_object *parent, const char *name);

struct schema_object *catalog_find(const struct catalog *catalog, enum schema_kind kind, const char *schema,
                                   const struct schema_object *parent, const char *name);
struct schema_object *catalog_find_key(const struct catalog *catalog, const char *key);

/* All objects, in the order in which they were added. */
struct schema_object *const *catalog_objects(const struct catalog *catalog, size_t *ret_count);

/* Sorts by kind, name, and the position of columns, so that catalogs that are equal print equal. */
void catalog_sort(struct catalog *catalog);

/* Sets an attribute, replacing what it was; texts are copied. A NULL text removes it. */
void catalog_set(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                 const char *text);
void catalog_set_flag(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      bool value); /* "yes", or not there */
void catalog_set_list(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      size_t count, const char *const *texts);

/* NULL: not there. */
const struct schema_value *catalog_value(const struct schema_object *object, enum schema_attribute attribute);
const char *catalog_text(const struct schema_object *object,
                         enum schema_attribute attribute); /* the first text */

/* Is it the same text, or in neither? */
bool catalog_same_text(const struct schema_object *left, const struct schema_object *right,
                       enum schema_attribute attribute);

/* `object` needs `other`; an object needs itself and its parent without being told, and anything once. */
void catalog_need(struct catalog *catalog, struct schema_object *object, struct schema_object *other);

/*
 * What is in the database and not modelled: it is named, never silently left out. `what` is the engine's word
 * for it
 * ("text search configuration"); both are copied.
 */
struct schema_unmodelled {
    const char *what, *name;
};
void catalog_add_unmodelled(struct catalog *catalog, const char *what, const char *name);
const struct schema_unmodelled *catalog_unmodelled(const struct catalog *catalog, size_t *ret_count);

/* The table, view, ... that it is part of in the end, or itself where it stands alone. */
const struct schema_object *catalog_top_of(const struct schema_object *object);

/* "sales.customers", "sales.customers.name" for a part; in the arena of the catalog. For people, so not
 * quoted. */
const char *catalog_full_name(const struct catalog *catalog, const struct schema_object *object);

/* The same where the catalog is shared with others, whose arena it is, too. */
void catalog_append_full_name(struct str *to, const struct schema_object *object);

#endif
