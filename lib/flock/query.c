/* dun_flock_query_all: one statement on every target, its rows handed on some at a time. */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "engine/database.h"
#include "engine/reading.h"
#include "flock/flock.h"
#include "task/task.h"

#include <stdlib.h>
#include <string.h>

/* Of rows that are handed on at once: bytes at least, and how old the first may be when the next one comes.
 */
enum { ENOUGH_BYTES = 16 * 1024, ENOUGH_MS = 200 };

struct asking {
    const dun_flock_query *query;
    struct task_mutex *mutex; /* guards what follows */
    struct str columns;       /* of the first target that answered */
    bool known;
};

/* What one target has to give. */
struct giving {
    dun_flock_target *target;
    dun_stream *stream;
    dun_result *rows;
    int64_t begun;
    size_t given;
};

static dun_result *empty_rows(const dun_stream *stream)
{
    dun_result *rows = result_new();
    result_set_columns(rows, stream->columns, stream->names);
    return rows;
}

static bool give(struct giving *giving, dun_error *error)
{
    dun_result *rows = giving->rows;
    giving->given += dun_result_rows(rows);
    giving->rows = NULL;
    if (dun_flock_give(giving->target, rows, error))
        return true;
    dun_result_free(rows);
    return false;
}

static bool is_enough(const struct giving *giving)
{
    return arena_size(giving->rows->arena) >= ENOUGH_BYTES || task_now() - giving->begun >= ENOUGH_MS;
}

static bool take_row(struct giving *giving, dun_error *error)
{
    if (!giving->rows) {
        giving->rows = empty_rows(giving->stream);
        giving->begun = task_now();
    }
    struct result_value *values = result_add_row(giving->rows);
    for (size_t i = 0; i < giving->stream->columns; ++i)
        result_set_value(giving->rows, &values[i], giving->stream->values[i].text,
                         giving->stream->values[i].length);
    return !is_enough(giving) || give(giving, error);
}

static bool give_all(struct giving *giving, dun_error *error)
{
    int outcome;
    while ((outcome = dun_stream_next(giving->stream, error)) > 0)
        if (!take_row(giving, error))
            return false;
    return outcome == 0 && (!giving->rows || give(giving, error));
}

/* Tables of two targets may differ, and lines of one table would not show it. */
static bool check_columns(struct asking *asking, const dun_stream *stream, dun_error *error)
{
    struct str columns = STR_INIT;
    for (size_t i = 0; i < stream->columns; ++i)
        str_printf(&columns, "%s%s", i ? ", " : "", stream->names[i]);
    task_mutex_lock(asking->mutex);
    if (!asking->known)
        str_append(&asking->columns, str_text(&columns));
    asking->known = true;
    bool same = strcmp(str_text(&asking->columns), str_text(&columns)) == 0;
    task_mutex_unlock(asking->mutex);
    if (!same) {
        error_set(error, DUN_FAILED, "the query gives other columns here (%s) than on the first target (%s)",
                  str_text(&columns), str_text(&asking->columns));
        error_hint(error, "name the columns that are wanted, or ask for JSON, where each row has its own");
    }
    str_free(&columns);
    return same;
}

static bool run(struct asking *asking, dun_connection *connection, const char *sql, struct giving *giving,
                dun_error *error)
{
    giving->stream = dun_stream_open(connection, sql, 0, NULL, error);
    if (!giving->stream)
        return false;
    bool has_rows = giving->stream->columns > 0;
    bool good = !has_rows || !asking->query->same_columns || check_columns(asking, giving->stream, error);
    if (good && has_rows) {
        giving->rows = empty_rows(giving->stream);
        good = give(giving, error);
    }
    good = good && give_all(giving, error);
    dun_stream_close(giving->stream);
    dun_result_free(giving->rows);
    return good;
}

static bool ask(struct asking *asking, dun_database *database, dun_connection *connection,
                dun_flock_target *target, dun_error *error)
{
    struct giving giving = {.target = target};
    struct arena *arena = arena_new();
    const struct dun_engine *engine = database->engine;
    const char *sql = reading_statement(arena, engine, asking->query->sql, error);
    bool good = sql && (asking->query->write || reading_begin(connection, engine, error)) &&
                run(asking, connection, sql, &giving, error);
    if (!good && !asking->query->write && engine->reading->refused(error))
        error_hint(error, "a query may only read, unless --write is given");
    arena_free(arena);
    struct str note = STR_INIT;
    str_printf(&note, "%zu row%s", giving.given, giving.given == 1 ? "" : "s");
    target->note = str_take(&note);
    return good;
}

static bool query(void *user, dun_flock_target *target, dun_error *error)
{
    struct asking *asking = user;
    dun_database_options options = DUN_DATABASE_OPTIONS_INIT;
    options.connections = 1;
    options.existing = true;
    options.wait_ms = asking->query->wait_ms;
    options.echo = asking->query->echo;
    dun_database *database = dun_database_open(target->url, &options, error);
    dun_connection *connection = database ? dun_connect(database, error) : NULL;
    bool good = connection && ask(asking, database, connection, target, error);
    if (connection) {
        target->statements = connection->statements;
        target->round_trips = connection->round_trips;
    }
    dun_disconnect(connection);
    dun_database_close(database);
    return good;
}

dun_flock *dun_flock_query_all(const dun_flock_query *asked, const dun_flock_options *options, size_t count,
                               const char *const *urls, dun_error *error)
{
    struct asking asking = {.query = asked, .mutex = task_mutex_new(), .columns = STR_INIT};
    dun_flock *flock = dun_flock_run(options, count, urls, query, &asking, error);
    task_mutex_free(asking.mutex);
    str_free(&asking.columns);
    return flock;
}
