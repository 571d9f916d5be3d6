/*
 * What differs between two catalogs of one engine: the changes that turn `from` into `to`. Pure: no
 * database is asked, and the engine is known by its rules only. Read by plan/, report/ and whatever
 * compares schemas.
 *
 * An object that is on one side only is one change, whatever parts it has: they come and go with it. An
 * object that is on both sides is a change when attributes differ, and its parts are looked at one by one.
 * What counts:
 *
 *  - Objects match by kind, parent and name; one that was renamed (schema_object.renamed_from) matches what
 *    `from` has under its old name. Parts whose name the server
 *    made up match by what they are: same kind, same parent, equal attributes; so one side may have a
 *    made-up name and the other a written one, which is a difference in name only, and none when both are
 *    made up. Those that match nothing so match by name.
 *  - The order of columns, row estimates, places in files and needs are no difference.
 *  - Values are equal when their texts are. With rules->tokens, SQL texts (schema_attribute_is_sql) are
 *    equal when their tokens are: blanks, comments and the case of keywords do not count.
 */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include "base/vector.h"
#include "schema/catalog.h"
#include "sql/dialect.h"

#include <stdbool.h>
#include <stddef.h>

/* How an engine's texts compare; each engine has one. */
struct diff_rules {
    enum sql_dialect dialect;
    bool tokens;   /* the server keeps SQL as it was written */
    bool any_case; /* names that differ in the case of letters only are one name, and their spelling is no
                      difference */
    /* How many numbers of its version tell how a server writes what it keeps: 2 where 10.6 and 10.11 may
     * differ. 0: all keep what was written. */
    unsigned version_numbers;
    /*
     * NULL: every attribute counts. False: a difference in this attribute of this object is none, such as a
     * value that the server fills in. Asked only for values that differ; one of the objects may be without
     * it.
     */
    bool (*counts)(const struct schema_object *from, const struct schema_object *to,
                   enum schema_attribute attribute);
};

enum diff_action {
    DIFF_CREATE, /* only in `to` */
    DIFF_DROP,   /* only in `from` */
    DIFF_ALTER,  /* on both sides, with other attributes */
    DIFF_RENAME, /* on both sides under other names: a part whose name matters to one side only, or a rename
                    that the definitions asked for; attributes that differ are a DIFF_ALTER right behind it */
};

struct diff_change {
    enum diff_action action;
    struct schema_object *from, *to;         /* NULL: not on that side */
    const enum schema_attribute *attributes; /* DIFF_ALTER: which differ, ascending */
    size_t attribute_count;
};

/* Two objects that might be one that was renamed; worth a sentence, never acted upon. */
struct diff_rename_guess {
    const struct schema_object *from, *to;
};

struct diff {
    struct arena *arena;
    struct catalog *from, *to;
    const struct diff_rules *rules;
    /* What stands alone by kind and name, behind it its parts likewise, columns by position. */
    VECTOR(struct diff_change) changes;
    VECTOR(const struct schema_object *) reordered;  /* tables of `to` whose columns stand in another order */
    VECTOR(struct diff_rename_guess) rename_guesses; /* a drop and a create of equal type and place */
    struct diff_index *index;                        /* for diff_find and diff_counterpart */
};

/* In the arena, which the catalogs must outlive. Sorts both catalogs. Linear in the number of objects. */
struct diff *diff_catalogs(struct arena *arena, const struct diff_rules *rules, struct catalog *from,
                           struct catalog *to);

/*
 * The change that has the object as its `from` or `to`; NULL: it does not change by itself. Of an object
 * that is renamed and altered, the DIFF_ALTER. Constant time.
 */
const struct diff_change *diff_find(const struct diff *diff, const struct schema_object *object);

/* The object on the other side, whatever its name is there; NULL: there is none. Constant time. */
struct schema_object *diff_counterpart(const struct diff *diff, const struct schema_object *object);

/* Does the change have the attribute? */
bool diff_has(const struct diff_change *change, enum schema_attribute attribute);

/* Are the attributes of both the same, whatever they are called? */
bool diff_same_attributes(const struct diff_rules *rules, const struct schema_object *from,
                          const struct schema_object *to);

/* Do two values of one attribute mean the same, by their texts? NULL is "not there". */
bool diff_same_value(const struct diff_rules *rules, const struct schema_value *left,
                     const struct schema_value *right);

#endif
