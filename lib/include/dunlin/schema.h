/*
 * Schemas: reading one from wherever it is, and the plan that turns one into another.
 *
 * A source is written as people write it on the command line:
 *
 *     sqlite:shop.db, postgresql://...      a live database
 *     schema, schema/orders.sql             definitions: a folder or a file of SQL
 *     migrations, migrations@VERSION        what the migrations produce; migrations:DIR@VERSION for another
 * folder git:REV, git:REV:PATH                 definitions as they were at a revision FILE.json a snapshot:
 * what dun_report_schema writes as JSON empty                                 nothing
 *
 * Definitions and migrations are run in a scratch place on a server of the same engine; what they came to is
 * kept in the cache.
 */
#ifndef DUNLIN_SCHEMA_H
#define DUNLIN_SCHEMA_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>
#include <dunlin/migrate.h>
#include <dunlin/plan.h>

DUN_BEGIN_DECLS

/* Objects that are looked at on neither side: those of a kind (NULL: any), whose name, with or without its
 * schema or table, is like the pattern (*, ?, [a-z]). What is ignored is ignored with its parts. */
typedef struct dun_ignore {
    const char *kind;
    const char *pattern;
    const char *file; /* where that is written, for the warning that it matches nothing; NULL: nowhere */
    unsigned line;
} dun_ignore;

typedef struct dun_schema_options {
    const char *engine; /* "postgresql", "mysql", "sqlite", where no URL says it; NULL: not said */
    const char
        *url; /* a database whose server and settings definitions are tried with; NULL: that of a source */
    const char *scratch;    /* the URL of a server where scratch databases may be made; NULL: that of `url` */
    const char *project;    /* the folder of the project, for git; NULL: "." */
    const char *schema;     /* the folder of the definitions; NULL: "schema" */
    const char *migrations; /* the folder of the migrations; NULL: "migrations" */
    const char *cache;      /* the folder where it is kept what definitions mean; NULL: nowhere */
    const char *history;    /* the history table, which is no part of a schema; NULL: "dunlin_history" */
    int64_t wait_ms;        /* how long to wait for a server that refuses connections; 0: not at all */
    bool allow_data;        /* definitions may have rows in them (INSERT), which are not compared */
    bool owners, grants, definers; /* compare these, too */
    bool online; /* plans of statements that let readers and writers work, where the engine has them */
    const char *applied_by;   /* who, for other sessions of the server to see; NULL: "unknown" */
    FILE *echo;               /* every statement sent is written here; NULL: none */
    dun_cancel *cancel;       /* NULL: nothing interrupts */
    const dun_ignore *ignore; /* what is left out of every schema that is read */
    size_t ignore_count;
    bool for_target; /* as it is compared with `url`: when that means one schema of a database, by its name */
} dun_schema_options;

#define DUN_SCHEMA_OPTIONS_INIT                                                                           \
    {                                                                                                     \
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, false, false, false, false, false, NULL, NULL, \
            NULL, NULL, 0, false                                                                          \
    }

/* A schema as it was read. All texts belong to it. */
typedef struct dun_schema dun_schema;

/*
 * Of a URL that means one schema of a database (search_path), only that is read, with what it needs
 * elsewhere, and told as definitions of such a schema are written: its SQL does not name it, and its objects
 * stand where names without a schema are made. NULL on failure: DUN_BAD_INPUT with the place for what is
 * wrong in files, DUN_NO_CONNECTION, DUN_FAILED, DUN_USAGE.
 */
DUN_API dun_schema *dun_schema_read(const dun_schema_options *options, const char *source, dun_error *error);
DUN_API void dun_schema_free(dun_schema *schema); /* NULL is allowed */
DUN_API const char *
dun_schema_source(const dun_schema *schema); /* for people: a URL without its password, "schema", ... */
DUN_API const char *dun_schema_engine(const dun_schema *schema);

/* What is there and is not compared, such as "operator family public.f"; ended by NULL. */
DUN_API const char *const *dun_schema_not_compared(const dun_schema *schema);

/* About files that were left out, and the like. */
DUN_API const dun_warning *dun_schema_warnings(const dun_schema *schema, size_t *ret_count);

/* How many objects there are, parts such as columns included. */
DUN_API size_t dun_schema_objects(const dun_schema *schema);

/* What reading it has cost; nothing for a snapshot. */
DUN_API uint64_t dun_schema_statements(const dun_schema *schema);
DUN_API uint64_t dun_schema_round_trips(const dun_schema *schema);

/* Two schemas, and the plan that turns the one into the other. */
typedef struct dun_schema_diff dun_schema_diff;

/*
 * Both sides are read at the same time; the plan is tried on a scratch copy of what it touches, see
 * dun_plan_unproven. NULL on failure, as for dun_schema_read.
 */
DUN_API dun_schema_diff *dun_schema_compare(const dun_schema_options *options, const char *from,
                                            const char *to, dun_error *error);
DUN_API void dun_schema_diff_free(dun_schema_diff *diff); /* NULL is allowed */
DUN_API bool dun_schema_diff_is_equal(const dun_schema_diff *diff);
DUN_API const dun_plan *dun_schema_diff_plan(const dun_schema_diff *diff);
DUN_API const dun_warning *dun_schema_diff_warnings(const dun_schema_diff *diff, size_t *ret_count);
DUN_API uint64_t dun_schema_diff_statements(const dun_schema_diff *diff);
DUN_API uint64_t dun_schema_diff_round_trips(const dun_schema_diff *diff);

DUN_END_DECLS

#endif
