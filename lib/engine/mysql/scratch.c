/*
 * A scratch place is a database. The sign of life is a lock of its name (GET_LOCK), which the keeper, a
 * session of its own, holds from before the database is made; who can take the lock may drop the database.
 */
#include "engine/mysql/scratch.h"

#include "base/error.h"
#include "engine/mysql/connection.h"
#include "engine/scratch.h"
#include "sql/quote.h"
#include "task/task.h"

#include <string.h>

enum {
    DATABASE_ACCESS_DENIED = 1044,
    PRIVILEGE_MISSING = 1227,
    CANNOT_CREATE_TABLE = 1005,
    DAY_S = 86400, /* the locks of Galera are of one node: what others own is told by its age only */
};

static const char stay_connected[] = "SET SESSION wait_timeout = 604800";
static const char look_around[] = "SELECT @@character_set_database, @@collation_database";
static const char names_of_places[] = "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA "
                                      "WHERE SCHEMA_NAME LIKE 'dunlin\\_scratch\\_%'";
static const char of_meaning[] =
    "SELECT CONCAT_WS('\n', CURRENT_USER(), @@character_set_database, @@collation_database, @@sql_mode,"
    " @@default_storage_engine, @@lower_case_table_names, @@explicit_defaults_for_timestamp,"
    " @@character_set_server, @@collation_server)";
static const char is_cluster[] = "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'";

static void explain_denial(const struct engine_place *place, dun_error *error)
{
    int number = dun_error_number(error);
    if (number != DATABASE_ACCESS_DENIED && number != PRIVILEGE_MISSING)
        return;
    dun_result *user = NULL;
    const char *name = "the user";
    if (place->keeper && db_query(place->keeper,
                                  "SELECT QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), "
                                  "QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1))",
                                  &user, NULL))
        name = arena_printf(place->arena, "%s@%s", result_text(user, 0, 0), result_text(user, 0, 1));
    dun_result_free(user);
    error_hint(error,
               "GRANT ALL ON `dunlin\\_scratch\\_%%`.* TO %s lets it make scratch databases; or name another "
               "server where it may, with scratch: URL in dunlin.yaml",
               name);
}

static const char *quoted(struct arena *arena, const char *name)
{
    return sql_quoted_identifier(arena, SQL_MYSQL, name);
}

/* The name of the place is hexadecimal digits and underscores, so it needs no more quoting. */
static bool take_lock(dun_connection *keeper, struct arena *arena, const char *name, bool *ret_taken,
                      dun_error *error)
{
    dun_result *result = NULL;
    if (!db_query(keeper, arena_printf(arena, "SELECT GET_LOCK('%s', 0)", name), &result, error))
        return false;
    *ret_taken = result_integer(result, 0, 0, 0) == 1;
    dun_result_free(result);
    return true;
}

static bool show_life(struct engine_place *place, const char **ret_made_with, dun_error *error)
{
    const char *lock = arena_printf(place->arena, "SELECT GET_LOCK('%s', 0)", place->name);
    const struct db_item items[] = {
        {.kind = DB_READ, .sql = stay_connected, .length = sizeof stay_connected - 1},
        {.kind = DB_READ, .sql = lock, .length = strlen(lock), .keep_result = true},
        {.kind = DB_READ, .sql = look_around, .length = sizeof look_around - 1, .keep_result = true},
    };
    struct db_outcome outcomes[3] = {0};
    struct db_batch batch = {.items = items, .count = 3};
    size_t failed;
    bool good = mysql_engine_batch_run(place->keeper, &batch, outcomes, &failed, error);
    if (good && result_integer(outcomes[1].result, 0, 0, 0) != 1)
        good = error_set(error, DUN_FAILED, "GET_LOCK for the scratch database %s gave no lock", place->name);
    if (good)
        *ret_made_with = arena_printf(place->arena, "CHARACTER SET %s COLLATE %s",
                                      quoted(place->arena, result_text(outcomes[2].result, 0, 0)),
                                      quoted(place->arena, result_text(outcomes[2].result, 0, 1)));
    dun_result_free(outcomes[1].result);
    dun_result_free(outcomes[2].result);
    return good;
}

static bool drop_database(dun_connection *keeper, struct arena *arena, const char *name, dun_error *error)
{
    return db_exec(keeper, arena_printf(arena, "DROP DATABASE IF EXISTS %s", quoted(arena, name)), error);
}

static bool make(struct engine_place *place, const struct db_url *near,
                 const struct engine_scratch_options *options, dun_error *error)
{
    const char *made_with;
    if (!mysql_engine_connection_open(near, &options->open, &place->keeper, error) ||
        !show_life(place, &made_with, error))
        return false;
    const char *create =
        arena_printf(place->arena, "CREATE DATABASE %s %s", quoted(place->arena, place->name), made_with);
    if (!db_exec(place->keeper, create, error)) {
        explain_denial(place, error);
        if (dun_error_code(error) == DUN_INTERRUPTED)
            scratch_drop(place, drop_database, NULL);
        return false;
    }
    if (mysql_engine_connection_open(scratch_url(place->arena, near, place->name), &options->open,
                                     &place->connection, error)) {
        ((struct mysql_connection *)place->connection)->scratch = place->name;
        return true;
    }
    scratch_drop(place, drop_database, NULL);
    return false;
}

static bool open_place(const struct db_url *near, const struct engine_scratch_options *options,
                       struct engine_place **ret_place, dun_error *error)
{
    struct engine_place *place = scratch_place_new();
    place->name = scratch_name(place->arena);
    dun_error *failure = dun_error_new(); /* its number decides what to say, also to who does not care */
    bool made = make(place, near, options, failure);
    if (made) {
        *ret_place = place;
    } else {
        error_context(failure, "no scratch place for the definitions");
        error_move(error, failure);
        scratch_place_free(place);
    }
    dun_error_free(failure);
    return made;
}

static bool close_place(struct engine_place *place, dun_error *error)
{
    bool dropped = scratch_drop(place, drop_database, error);
    scratch_place_free(place);
    return dropped;
}

/* False: the rest makes no sense either. */
static bool sweep_database(dun_connection *keeper, struct arena *arena, const char *name, size_t *dropped,
                           dun_error *error)
{
    bool taken = false;
    if (!take_lock(keeper, arena, name, &taken, error))
        return false;
    if (!taken)
        return true;
    /* It may be gone: its owner drops it, and then lets go of the lock. */
    if (db_exec(keeper, arena_printf(arena, "DROP DATABASE %s", quoted(arena, name)), NULL))
        ++*dropped;
    return db_exec(keeper, arena_printf(arena, "DO RELEASE_LOCK('%s')", name), error);
}

static bool sweep_names(dun_connection *keeper, const dun_result *names, bool cluster, size_t *dropped,
                        dun_error *error)
{
    struct arena *arena = arena_new();
    bool good = true;
    for (size_t i = 0; good && i < dun_result_rows(names); ++i) {
        const char *name = result_text(names, i, 0);
        if (scratch_is_name(name) && (!cluster || scratch_age(name) > DAY_S))
            good = sweep_database(keeper, arena, name, dropped, error);
    }
    arena_free(arena);
    return good;
}

static bool sweep(const struct db_url *near, const struct db_open_options *options, size_t *ret_dropped,
                  dun_error *error)
{
    dun_connection *keeper = NULL;
    if (!mysql_engine_connection_open(near, options, &keeper, error))
        return false;
    const struct db_item items[] = {
        {.kind = DB_READ, .sql = names_of_places, .length = sizeof names_of_places - 1, .keep_result = true},
        {.kind = DB_READ, .sql = is_cluster, .length = sizeof is_cluster - 1, .keep_result = true},
    };
    struct db_outcome outcomes[2] = {0};
    struct db_batch batch = {.items = items, .count = 2};
    size_t failed, dropped = 0;
    bool good = mysql_engine_batch_run(keeper, &batch, outcomes, &failed, error);
    if (good) {
        bool cluster = strcmp(result_text(outcomes[1].result, 0, 1), "ON") == 0;
        good = sweep_names(keeper, outcomes[0].result, cluster, &dropped, error);
    }
    dun_result_free(outcomes[0].result);
    dun_result_free(outcomes[1].result);
    mysql_engine_connection_close(keeper);
    if (good)
        *ret_dropped = dropped;
    return good;
}

/* Views and foreign keys are resolved when they are made; the bodies of routines when they run. */
static bool is_missing_object(const dun_error *error)
{
    static const int numbers[] = {
        1049, /* unknown database */
        1054, /* unknown column */
        1072, /* key column does not exist */
        1091, /* cannot DROP; check that it exists */
        1146, /* no such table */
        1176, /* key does not exist */
        1215, /* cannot add foreign key constraint */
        1305, /* routine does not exist */
        1347, /* is not of the type: what it is may come later */
        1356, /* a view refers to what is not there */
        1360, /* trigger does not exist */
        1539, /* unknown event */
        1822, /* the table that is referred to lacks the index */
        1824, /* failed to open the referenced table */
        3011, /* MySQL: the trigger that FOLLOWS names does not exist */
        4031, /* MariaDB: likewise */
        4091, /* MariaDB: unknown sequence */
    };
    int number = dun_error_number(error);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        if (number == numbers[i])
            return true;
    return number == CANNOT_CREATE_TABLE && strstr(dun_error_message(error), "errno: 150") != NULL;
}

const struct engine_scratch mysql_scratch = {
    .surroundings = of_meaning,
    .open = open_place,
    .close = close_place,
    .sweep = sweep,
    .reaches_outside = mysql_engine_scratch_reaches_outside,
    .leads_outside = mysql_engine_scratch_leads_outside,
    .rewrite = mysql_engine_scratch_rewrite,
    .is_missing_object = is_missing_object,
};
