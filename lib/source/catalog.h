/*
 * From a source to what it means: the catalog. Definitions and migrations are run in a scratch place and read
 * back with the queries that read a live database; what definitions meant is kept in a cache. Used by
 * compare/ and by whatever needs the catalog of one source.
 */
#ifndef SOURCE_CATALOG_H
#define SOURCE_CATALOG_H

#include "engine/engine.h"
#include "source/definitions.h"
#include "source/spelling.h"

#include <dunlin/error.h>
#include <dunlin/schema.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What all sources of one command share. All of it belongs to the caller and outlives the sources. */
struct source_settings {
    const struct dun_engine *engine; /* NULL: told by the sources; see source_settings_engine */
    const struct db_url *near;    /* the database whose server and settings scratch places get; NULL: none */
    const struct db_url *scratch; /* a server for scratch places instead of that of `near`; NULL: none */
    struct db_open_options open;
    int64_t wait_ms; /* for a server that refuses connections */
    struct catalog_options catalog;
    const char
        *tenant;     /* the one schema that is compared: of definitions, what they make in the schema that is
                        there anyway, by this name; catalog.schemas is this one, too. NULL: databases are */
    bool one_schema; /* catalog.schemas is what a target that is one schema of many has of definitions */
    bool with_outside;   /* a live schema is read with what it needs in others; only with `tenant` */
    const char *project; /* folder; NULL: "." */
    const char *schema;  /* folder of the definitions; NULL: "schema" */
    const char *schema_in_project; /* the same from the folder of the project on, for git; NULL: "schema" */
    const char *migrations;        /* folder; NULL: "migrations" */
    bool allow_data;               /* definitions may have rows in them (INSERT), as reference data */
    const dun_ignore *ignore;      /* what is left out of every catalog */
    size_t ignore_count;
    const char *cache; /* folder, which need not exist; NULL: nothing is kept */
};

/* One side. */
struct source_request {
    struct source_spelling spelling; /* SOURCE_ENVIRONMENT is for the caller to make a SOURCE_URL of */
    dun_connection
        *connection; /* SOURCE_URL: the caller's, read instead of opening one; NULL: one is opened */
    const char *const *without; /* versions of migrations that are left out, ended by NULL; NULL: none */
    bool keep_place;            /* the scratch place is wanted afterwards; then the cache is not asked */
};

struct source_catalog {
    struct arena *arena; /* all of this lives in it, and so does what follows it */
    const struct source_settings *settings;
    const struct dun_engine *engine;
    const char
        *name; /* of the source, for people: "schema", "migrations up to 20240131", a URL without password */
    struct catalog *catalog;
    const struct source_definitions *definitions; /* NULL: it has none */
    bool *ignored; /* one a pattern of what the settings ignore: is something in the source like it? */
    VECTOR(dun_warning) warnings;
    struct engine_place
        *place; /* with keep_place, of definitions and migrations: what they made is there; else NULL */
    bool cached;
    bool only_schema; /* nothing but one schema was tried, because the role may make no database */
    uint64_t statements, round_trips;
};

/*
 * The engine that the settings and the sources speak of, with what else follows from them filled in:
 * `engine`, and `near` when one of the sources is a URL and nothing else was said. DUN_USAGE when nothing
 * tells it, or when they contradict each other.
 */
bool source_settings_complete(struct arena *arena, struct source_settings *settings,
                              const struct source_spelling *sources, size_t count, dun_error *error);

/*
 * When the URL means one schema of its database (search_path), that is what is compared with what other
 * sources say of a schema without naming it: sets `tenant` and what follows from it. NULL is allowed.
 */
void source_settings_of_tenant(struct arena *arena, struct source_settings *settings,
                               const struct db_url *url);

/* The same for what is to be said as definitions of such a schema say it: where names without a schema are
 * made, and with what it needs elsewhere. */
void source_settings_as_definitions(struct arena *arena, struct source_settings *settings,
                                    const struct db_url *url);

/*
 * Reads the catalog of a source; objects know where they are defined (file, line) where there are
 * definitions. The result is in an arena of its own, so that several can be read at the same time, and is
 * freed by source_catalog_close. Fails with DUN_BAD_INPUT and the place for what is wrong in files, and as
 * the engine's functions do.
 */
bool source_catalog_open(const struct source_settings *settings, const struct source_request *request,
                         struct source_catalog **ret_source, dun_error *error);

/* Closes the place, if it is kept; NULL is allowed. What goes wrong then is left to the next sweep. */
void source_catalog_close(struct source_catalog *source);

/* A catalog as a new database has it: nothing in it but the schema that the engine makes. In the arena. */
struct catalog *source_empty_catalog(struct arena *arena, const struct dun_engine *engine,
                                     const char *server);

#endif
