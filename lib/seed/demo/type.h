/* The type of a column, as whoever makes up values for it wants to know it: told from its name in the
 * catalog, whatever the engine. */
#ifndef SEED_DEMO_TYPE_H
#define SEED_DEMO_TYPE_H

#include "base/vector.h"
#include "seed/table.h"

#include <stdint.h>

enum demo_class {
    DEMO_INTEGER, /* between low and high */
    DEMO_DECIMAL, /* of `precision` digits, `scale` of them behind the point */
    DEMO_FLOAT,
    DEMO_BOOLEAN,
    DEMO_TEXT, /* of at most `length` characters; 0: any */
    DEMO_DATE,
    DEMO_TIME,
    DEMO_MOMENT, /* date and time */
    DEMO_YEAR,
    DEMO_INTERVAL,
    DEMO_UUID,
    DEMO_JSON,
    DEMO_ADDRESS, /* of the internet */
    DEMO_NETWORK,
    DEMO_CARD,    /* the address of a network card */
    DEMO_BYTES,   /* of `length` */
    DEMO_BITS,    /* of `length` */
    DEMO_CHOICE,  /* one of the labels */
    DEMO_CHOICES, /* some of the labels, with commas */
    DEMO_POINT,
    DEMO_XML,
    DEMO_RANGE, /* between two whole numbers, or dates: `dates` */
    DEMO_OTHER  /* nothing can be made up */
};

struct demo_type {
    enum demo_class class;
    int64_t low, high;
    unsigned length, precision, scale;
    bool fixed;       /* exactly `length` bits */
    bool array;       /* a list of such, as PostgreSQL writes it */
    bool zone;        /* of a moment: with a time zone */
    bool hexadecimal; /* bytes are written as \x00 */
    bool wide;        /* an address may be of version 6 */
    bool dates;
    bool not_null; /* a domain says so */
    size_t label_count;
    const char *const *labels;
    VECTOR(const struct schema_object *) checks; /* of the domains; the value is called VALUE there */
};

/* Types of the database's own (enums, domains) are looked up in the catalog of `tables`. */
struct demo_type demo_type_read(const struct seed_tables *tables, const char *text);

#endif
