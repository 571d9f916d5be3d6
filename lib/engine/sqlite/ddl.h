/*
 * What a CREATE statement of SQLite says, read from its text: much of it (checks, collations, what becomes of
 * conflicts, names of constraints) the database tells in no other way. The grammar is that of
 * https://www.sqlite.org/lang_createtable.html and its neighbours. A reader places every token, or says that
 * it could not: nothing is left out silently.
 *
 * Texts are in canonical form: types, words and collations that SQLite has itself are in capitals, names have
 * no quotes, expressions stand as they were written, without the parentheses around the whole. All is in the
 * arena.
 */
#ifndef ENGINE_SQLITE_DDL_H
#define ENGINE_SQLITE_DDL_H

#include "base/vector.h"
#include "engine/sqlite/tokens.h"
#include "schema/kind.h"

#include <stdbool.h>

/* What an index or key is made of. */
struct ddl_key_column {
    const char *name;      /* NULL: an expression */
    const char *text;      /* as it was written, without order and collation */
    const char *collation; /* NULL: not said */
    bool descending;
};

typedef VECTOR(struct ddl_key_column) ddl_key_columns;
typedef VECTOR(const char *) ddl_texts;

/* A key, check or foreign key, whether it was written with a column or with the table. */
struct ddl_constraint {
    enum schema_kind kind;
    const char *name;                                       /* NULL: none was given */
    bool of_column;                                         /* written with its only column */
    const char *conflict;                                   /* "rollback", ...; NULL: abort, as ever */
    ddl_key_columns columns;                                /* of keys and foreign keys */
    const char *expression;                                 /* of a check */
    const char *references;                                 /* of a foreign key: the table, */
    ddl_texts referenced;                                   /* and its columns; none: its primary key */
    const char *match, *on_delete, *on_update, *deferrable; /* in small letters; NULL: as ever */
    ddl_texts options;                                      /* what is said beside that, as SQL */
};

struct ddl_column {
    const char *name;
    const char *type;          /* NULL: none */
    const char *collation;     /* NULL: binary */
    const char *default_value; /* as it stands behind DEFAULT */
    const char *generated;     /* the expression; NULL: not generated */
    const char *conflict;      /* of NOT NULL */
    bool stored, not_null, auto_increment;
    ddl_texts options; /* names of what needs none, and the like, as SQL */
};

struct ddl_table {
    const char *name;
    VECTOR(struct ddl_column) columns;
    VECTOR(struct ddl_constraint) constraints;
    bool without_rowid, strict;
    ddl_texts options;
};

struct ddl_index {
    const char *name, *table;
    bool unique;
    ddl_key_columns columns;
    const char *where; /* NULL: all rows */
};

struct ddl_view {
    const char *name;
    ddl_texts columns;
    const char *query;
};

struct ddl_trigger {
    const char *name, *table;
    const char *timing, *event; /* in small letters; not said is "before" */
    ddl_texts columns;          /* of UPDATE OF */
    const char *when;           /* NULL: always */
    const char *body;           /* BEGIN ... END */
};

struct ddl_virtual_table {
    const char *name, *module;
    ddl_texts arguments;
};

/* False: something in the text could not be placed. */
bool ddl_read_table(struct arena *arena, const char *text, size_t length, struct ddl_table *ret_table);
bool ddl_read_index(struct arena *arena, const char *text, size_t length, struct ddl_index *ret_index);
bool ddl_read_view(struct arena *arena, const char *text, size_t length, struct ddl_view *ret_view);
bool ddl_read_trigger(struct arena *arena, const char *text, size_t length, struct ddl_trigger *ret_trigger);
bool ddl_read_virtual_table(struct arena *arena, const char *text, size_t length,
                            struct ddl_virtual_table *ret_table);

#endif
