/*
 * Everything that differs between engines, as one table of functions per engine. The floors above call
 * through it and never ask which engine they have. Adding an engine is adding a folder and a row in
 * engines.c.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/arena.h"
#include "db/driver.h"
#include "diff/diff.h"
#include "plan/language.h"
#include "schema/catalog.h"
#include "sql/dialect.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

/* The lock that keeps two runs apart on one target. */
struct engine_lock {
    /*
     * Tries once, without waiting, and in the same round trip runs `reads` (DB_READ items; outcomes as for a
     * batch, but after a failure there are none). `*ret_locked` tells whether the lock is ours; when it is
     * not, the outcomes are not to be used, but are the caller's to clear.
     * `name` says what is locked (the history table); it is turned into a key of the engine's, per database.
     */
    bool (*try)(dun_connection *connection, const char *name, const struct db_item *reads, size_t count,
                struct db_outcome *outcomes, bool *ret_locked, dun_error *error);

    /* Who holds it, for people: "dunlin up, lynn@host, pid 123, since 10:02:11"; NULL: nobody, or unknown. */
    const char *(*holder)(dun_connection *connection, const char *name, struct arena *arena);

    /*
     * Called after each batch that succeeded: makes what was done so far durable and keeps the lock. False:
     * nothing since the last one is. Where the lock had to be let go for that and somebody else was faster,
     * what comes next fails (DUN_LOCKED). May be NULL.
     */
    bool (*checkpoint)(dun_connection *connection, dun_error *error);

    /* Makes what was done durable and lets go. Losing the connection does so, too. */
    bool (*release)(dun_connection *connection, const char *name, dun_error *error);

    /* Taking it needs the right to write; what is under way is then seen by nobody before it is done. */
    bool needs_write;

    /* Did the statement fail because others held a lock on what it needs for longer than it would wait,
     * or for as long as it held what they needed? */
    bool (*has_timed_out)(const dun_error *error);
};

/* How the history table is written on this engine. Texts are SQL; see lib/migrate/history.c, their only user.
 */
struct engine_history {
    /* The columns of CREATE TABLE IF NOT EXISTS <name> (...), parentheses and table options included. */
    const char *columns;
    /*
     * A query of one row: the schema or database in which the table is found by its unqualified name, or
     * where it lands when it is made. A %s in it stands for that name, as a literal.
     */
    const char *schema_of_table;
    /* SQL expressions: the time now (UTC), and the milliseconds from the column or expression %s until now.
     */
    const char *now;
    const char *elapsed_since;
    /* SQL expression for the time at which the transaction began; NULL: there is none. May be known to
     * dunlin's sessions only. */
    const char *transaction_start;
    /* What commits, after a statement that runs others (CALL, EXECUTE), the transaction that these may have
     * left open, and has the following statements commit by themselves again; NULL-terminated, or NULL. */
    const char *const *settle;
    /* session_reset may run inside a transaction; otherwise only outside. */
    bool reset_in_transaction;
    /* What brings the settings of the session back to what they were at connect; NULL-terminated. */
    const char *const *session_reset;
    /* Lets the rest of a transaction run as the role that connected, whatever the script's SET ROLE; NULL:
     * nothing of the kind is needed. */
    const char *as_connected;
    /* Is this the error of a table that does not exist? */
    bool (*is_missing_table)(const dun_error *error);
};

/* Reading the catalog of a live database. */
struct catalog_options {
    const char *const *schemas; /* only these, NULL-terminated; NULL: all that are not the system's */
    const char
        *history; /* as it is named in the configuration: dunlin's own tables are left out (own_table.h) */
    bool owners, grants, definers; /* left out unless asked for */
    bool other_owners;             /* without `owners`: those who are not the role that reads */
    bool usual_grants; /* with `grants`: what the role that reads would grant with each object by its default
                          privileges, were it made now */
    bool surroundings; /* beside the schemas, extensions and servers, which are in none; goes without saying
                          for all */
};

/* Bytes in an arena; NULL: the database has something that they would not tell. */
struct catalog_raw {
    const char *bytes;
    size_t length;
};

/* Are two databases with these alike? False where either has no bytes. */
bool catalog_raw_is_same(const struct catalog_raw *a, const struct catalog_raw *b);

struct engine_catalog {
    const char *
        first_schema; /* that every new database has, and where names without one are: "public"; NULL: none */
    bool access_goes; /* owner and grants of an object go when it is dropped, and `read` can tell them */

    /*
     * Reads everything in a number of round trips that does not depend on how many objects there are, and
     * without writing. What belongs to an extension or to the system is left out; what is not modelled is
     * named (catalog_add_unmodelled). The catalog is in the arena, sorted.
     */
    bool (*read)(dun_connection *connection, const struct catalog_options *options, struct arena *arena,
                 struct catalog **ret_catalog, dun_error *error);

    /*
     * What `read` reads from, for a fraction of its cost, and without knowing what it means: where two
     * databases of one server have the same bytes, `read` gives the same of both, but for estimated numbers
     * of rows. They may differ where catalogs do not. Not inside of a transaction; NULL: nothing is cheaper
     * than `read`.
     */
    bool (*read_raw)(dun_connection *connection, struct arena *arena, struct catalog_raw *ret_raw,
                     dun_error *error);

    /*
     * The same for one schema: where two schemas of one database have the same bytes, `read` of only that one
     * gives the same but for the name of the schema, which is not looked for in what people have written.
     * What is in other schemas is told as far as it shows. NULL: nothing is cheaper than `read`.
     */
    bool (*read_raw_schema)(dun_connection *connection, const char *schema, struct arena *arena,
                            struct catalog_raw *ret_raw, dun_error *error);

    /*
     * What the objects of a schema need elsewhere, and what that needs in turn: the names of the other
     * schemas, NULL-terminated and in the arena, and whether there is anything at all, as extensions are in
     * no schema. NULL where databases have no schemas.
     */
    bool (*outside)(dun_connection *connection, const char *schema, struct arena *arena,
                    const char *const **ret_schemas, bool *ret_any, dun_error *error);
};

/* An empty place where definitions can be run. */
struct engine_place {
    struct arena *arena; /* the place itself, too, lives in it */
    const char *name;    /* of the database or schema; NULL: it is in memory */
    dun_connection
        *connection; /* where definitions are run; in a transaction when the place exists in one only */
    dun_connection
        *keeper; /* shows other runs that the place is in use, and drops it; NULL: nothing to keep */
};

struct engine_scratch_options {
    struct db_open_options open;
    size_t objects; /* how many the place is to hold, for places that have a limit; 0: not known */
};

/* Scratch places: made, dropped, and swept up when a crash left them behind. */
struct engine_scratch {
    bool in_memory; /* places need no server: `near` may be NULL */

    /*
     * A query of one row and column, for the database of `near`: what changes the meaning of definitions
     * there, beside the version of the server (encoding, settings, the role). NULL: nothing does.
     */
    const char *surroundings;

    /*
     * Makes an empty place of the same kind (encoding, collation, settings) as the database of `near`, on its
     * server. Where that is not allowed: DUN_FAILED with what to do in the hint.
     */
    bool (*open)(const struct db_url *near, const struct engine_scratch_options *options,
                 struct engine_place **ret_place, dun_error *error);

    /*
     * Drops the place and closes its connections, whatever the scope says; the place is freed in any case.
     * False when it could not be dropped: a later sweep does it.
     */
    bool (*close)(struct engine_place *place, dun_error *error);

    /* Drops the places that no living run owns, as far as the user may; other runs are not disturbed. */
    bool (*sweep)(const struct db_url *near, const struct db_open_options *options, size_t *ret_dropped,
                  dun_error *error);

    /*
     * What a statement would reach outside the place, for "the statement reaches ...": "a role", "another
     * database"; NULL: nothing. Told from the statement's own words, not from what functions do.
     */
    const char *(*reaches_outside)(const char *sql, size_t length);

    /*
     * Does the statement make something (a view, a trigger, a routine) that names what is outside, so that
     * statements on rows and calls may get there? NULL: there is no way out.
     */
    bool (*leads_outside)(const char *sql, size_t length);

    /*
     * The statement as it has to be run there, allocated in the arena where it differs. NULL: as it is. The
     * function may be NULL: always as it is.
     */
    const char *(*rewrite)(struct arena *arena, const char *sql, size_t length);

    /* Does the statement make what the engine makes by itself, as dumps of it have it? NULL: there is nothing
     * of the kind. */
    bool (*is_own)(const char *sql, size_t length);

    /* May the statement have failed because something that it needs is not there yet? */
    bool (*is_missing_object)(const dun_error *error);

    /*
     * Does all that is in the place refer to something that is there? False for the first that does not, with
     * its kind and name (in the arena). NULL: the server refuses such things when they are made.
     */
    bool (*is_whole)(dun_connection *connection, struct arena *arena, enum schema_kind *ret_kind,
                     const char **ret_name, dun_error *error);
};

/*
 * Databases of one server, and schemas of one database, that are targets of their own. Names are in the
 * arena, in no order, without those of the system and of scratch places, and only of what the user may go
 * into.
 */
struct engine_names {
    const char **items;
    size_t count, capacity;
};

struct engine_tenants {
    /* The databases that the URL could name instead of its own. SQLite: the files in the folder that it
     * names. */
    bool (*databases)(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                      struct engine_names *names, dun_error *error);
    const struct db_url *(*in_database)(struct arena *arena, const struct db_url *url, const char *name);

    /* The schemas of its database. NULL, like the next one: databases have no schemas. */
    bool (*schemas)(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                    struct engine_names *names, dun_error *error);
    const struct db_url *(*in_schema)(struct arena *arena, const struct db_url *url, const char *name);

    /* The URL without its schema; NULL, like the next one: URLs have none. */
    const struct db_url *(*without_schema)(struct arena *arena, const struct db_url *url);

    /* The schema that such a URL means, NULL where it means the database. */
    const char *(*schema_of)(struct arena *arena, const struct db_url *url);

    /* The name of a schema as its server writes it before a dot; and the statement after which a session
     * looks there for names. NULL where the others are. */
    const char *(*written)(struct arena *arena, const char *schema);
    const char *(*enter)(struct arena *arena, const char *schema);
};

struct engine_rows;
/* Sessions that are only to look. */
struct engine_reading {
    const char *begin;                       /* a statement after which the session refuses to write */
    bool (*refused)(const dun_error *error); /* is it this that the session has refused? */
};

struct dun_engine {
    const char *name;           /* "postgresql" */
    const char *title;          /* "PostgreSQL" */
    const char *const *schemes; /* of URLs, NULL-terminated, lower case */
    enum sql_dialect dialect;
    bool ddl_in_transactions; /* DDL is undone by a rollback */
    const struct db_driver *driver;
    const struct engine_lock *lock;
    const struct engine_history *history;
    const struct engine_catalog *catalog;
    const struct engine_scratch *scratch;
    const struct engine_rows *rows; /* engine/rows.h */
    const struct engine_tenants *tenants;
    const struct engine_reading *reading;
    const struct diff_rules *diff;        /* how its catalogs compare */
    const struct plan_language *language; /* how its schemas are changed */
};

/* NULL: no engine of that scheme or name. */
const struct dun_engine *engine_for_scheme(const char *scheme);

/* Sets a DUN_BAD_INPUT error that names the schemes there are, when there is none. */
const struct dun_engine *engine_for_url(const struct db_url *url, dun_error *error);

extern const struct dun_engine engine_postgres, engine_mysql, engine_sqlite;

#endif
