/*
 * Starting a project: its configuration, and from a schema that is there already, the definitions that make
 * it and a first migration, the baseline.
 */
#ifndef DUNLIN_INIT_H
#define DUNLIN_INIT_H

#include <dunlin/schema.h>

DUN_BEGIN_DECLS

typedef struct dun_init_options {
    const char *folder; /* of the project; NULL: the current one. Made when it is not there */
    const char *from;   /* the source of the schema, as for dun_schema_read; NULL: an empty project */
    const dun_schema_options *schema; /* for reading it; NULL: the defaults */
} dun_init_options;

#define DUN_INIT_OPTIONS_INIT \
    {                         \
        NULL, NULL, NULL      \
    }

typedef struct dun_init dun_init;

/*
 * Writes dunlin.yaml, schema/, migrations/ and seeds/. With `from`, schema/ has a file for each table
 * (tables/NAME.sql) and one for each other kind of objects, and migrations/ has VERSION_baseline. A URL with
 * a host is not written: the configuration refers to DATABASE_URL instead. Nothing is overwritten: DUN_FAILED
 * when dunlin.yaml is there, or there are definitions or migrations already. NULL on failure.
 */
DUN_API dun_init *dun_init_project(const dun_init_options *options, dun_error *error);
DUN_API void dun_init_free(dun_init *init); /* NULL is allowed */
DUN_API const char *const *dun_init_files(const dun_init *init,
                                          size_t *ret_count); /* that were written, in that order */
DUN_API const char *dun_init_baseline(const dun_init *init);  /* the version; NULL: there is none */

/* What is there and not part of the definitions, such as "operator family public.f"; ended by NULL. */
DUN_API const char *const *dun_init_left_out(const dun_init *init);

DUN_END_DECLS

#endif
