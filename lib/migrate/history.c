#include "migrate/history.h"

#include "base/error.h"
#include "base/str.h"
#include "source/version.h"
#include "sql/quote.h"

#include <dunlin/version.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of the table's layout. A reader refuses rows of a higher one. */
enum { HISTORY_FORMAT = 1 };

static const char *const direction_names[] = {
    [DUN_UP] = "up", [DUN_DOWN] = "down", [DUN_BASELINE] = "baseline"};
static const char *const state_names[] = {
    [HISTORY_RUNNING] = "running", [HISTORY_FAILED] = "failed", [HISTORY_DONE] = "done"};

enum column {
    ID,
    VERSION,
    NAME,
    DIRECTION,
    STATE,
    STATEMENTS,
    DONE,
    DONE_CHECKSUM,
    CHECKSUM,
    STARTED_AT,
    ELAPSED_MS,
    APPLIED_BY,
    COMMIT_ID,
    DUNLIN_VERSION,
    FORMAT,
    HAS_DOWN_SQL
};

#define READ_COLUMNS                                                                               \
    "id, version, name, direction, state, statements, done, done_checksum, checksum, started_at, " \
    "elapsed_ms, "                                                                                 \
    "applied_by, commit_id, dunlin_version, format, down_sql IS NOT NULL AS has_down_sql"

static char *take(struct arena *arena, struct str *text)
{
    char *copy = arena_strndup(arena, str_text(text), text->length);
    str_free(text);
    return copy;
}

static bool has_two_parts_at_most(const char *name)
{
    const char *dot = strchr(name, '.');
    return !dot || !strchr(dot + 1, '.');
}

bool history_init(struct arena *arena, const struct dun_engine *engine, const char *name,
                  struct history *ret_history, dun_error *error)
{
    const char *given = name ? name : "dunlin_history";
    struct str quoted = STR_INIT;
    if (!has_two_parts_at_most(given) || !sql_quote_qualified(&quoted, engine->dialect, given)) {
        str_free(&quoted);
        error_set(error, DUN_BAD_INPUT, "\"%s\" is no name for the history table", given);
        error_hint(error, "`history:` in dunlin.yaml is NAME, or SCHEMA.NAME, without quotes");
        return false;
    }
    *ret_history = (struct history){.engine = engine, .lock_name = arena_strdup(arena, given)};
    ret_history->table = take(arena, &quoted);
    return true;
}

/* The engine's text with the value at its %s. */
static const char *fill_in(struct arena *arena, const char *text, const char *value)
{
    const char *place = strstr(text, "%s");
    if (!place)
        return text;
    return arena_printf(arena, "%.*s%s%s", (int)(place - text), text, value, place + 2);
}

/* Of no interest for a name that is qualified already. */
static const char *schema_query(struct arena *arena, const struct history *history)
{
    struct str name = STR_INIT;
    const char *table = strchr(history->lock_name, '.') ? NULL : history->table;
    sql_quote_literal(&name, history->engine->dialect, table, table ? strlen(table) : 0);
    return fill_in(arena, history->engine->history->schema_of_table, take(arena, &name));
}

void history_reads(struct arena *arena, const struct history *history,
                   struct db_item ret_items[HISTORY_READS])
{
    const char *select = arena_printf(arena, "SELECT " READ_COLUMNS " FROM %s ORDER BY id", history->table);
    const char *schema = schema_query(arena, history);
    ret_items[0] =
        (struct db_item){.kind = DB_READ, .sql = schema, .length = strlen(schema), .keep_result = true};
    ret_items[1] = (struct db_item){
        .kind = DB_READ, .sql = select, .length = strlen(select), .keep_result = true, .may_fail = true};
}

static const char *text_at(struct arena *arena, const dun_result *result, size_t row, enum column column)
{
    return arena_strdup(arena, dun_result_value(result, row, column));
}

/* "2024-01-31 10:02:11.123": PostgreSQL leaves out zeros at the end. */
static const char *time_at(struct arena *arena, const dun_result *result, size_t row, enum column column)
{
    const char *text = result_text(result, row, column), *fraction = strchr(text, '.');
    size_t digits = fraction ? strlen(fraction + 1) : 0;
    if (!*text || digits >= 3)
        return text_at(arena, result, row, column);
    return arena_printf(arena, "%s%s%.*s", text, fraction ? "" : ".", (int)(3 - digits), "000");
}

static bool index_of(const char *const *names, size_t count, const char *name, unsigned *ret_index)
{
    for (size_t i = 0; i < count; ++i)
        if (strcmp(names[i], name) == 0) {
            *ret_index = (unsigned)i;
            return true;
        }
    return false;
}

static bool refuse_newer(const struct history *history, const dun_result *result, size_t row,
                         dun_error *error)
{
    error_set(error, DUN_FAILED, "the history table %s was written by a newer dunlin (%s); this is %s",
              history->table, result_text(result, row, DUNLIN_VERSION), DUN_VERSION);
    error_hint(error, "use that version, or a later one");
    return false;
}

static bool read_row(struct arena *arena, const struct history *history, const dun_result *result, size_t row,
                     struct history_row *ret_row, dun_error *error)
{
    unsigned direction, state;
    if (result_integer(result, row, FORMAT, 0) > HISTORY_FORMAT)
        return refuse_newer(history, result, row, error);
    const char *version = text_at(arena, result, row, VERSION);
    const char *checksum = text_at(arena, result, row, CHECKSUM);
    bool known = index_of(direction_names, 3, result_text(result, row, DIRECTION), &direction) &&
                 index_of(state_names, 3, result_text(result, row, STATE), &state);
    if (!known || !version || !checksum) {
        error_set(error, DUN_FAILED, "the row %s of the history table %s is not one of dunlin's",
                  result_text(result, row, ID), history->table);
        error_hint(error, "name another table with `history:` in dunlin.yaml, or repair the row");
        return false;
    }
    *ret_row = (struct history_row){
        .id = result_integer(result, row, ID, 0),
        .version = version,
        .key = version_key(arena, version),
        .name = arena_strdup(arena, result_text(result, row, NAME)),
        .direction = (enum dun_direction)direction,
        .state = (enum history_state)state,
        .statements = (unsigned)result_integer(result, row, STATEMENTS, 0),
        .done = (unsigned)result_integer(result, row, DONE, 0),
        .done_checksum = text_at(arena, result, row, DONE_CHECKSUM),
        .checksum = checksum,
        .started_at = time_at(arena, result, row, STARTED_AT),
        .elapsed_ms = result_integer(result, row, ELAPSED_MS, -1),
        .applied_by = text_at(arena, result, row, APPLIED_BY),
        .commit_id = text_at(arena, result, row, COMMIT_ID),
        .dunlin_version = text_at(arena, result, row, DUNLIN_VERSION),
        .has_down_sql = strchr("1t", result_text(result, row, HAS_DOWN_SQL)[0]) != NULL &&
                        result_text(result, row, HAS_DOWN_SQL)[0] != '\0',
    };
    return true;
}

static bool read_rows(struct arena *arena, struct history *history, const dun_result *result,
                      dun_error *error)
{
    history->exists = true;
    history->count = dun_result_rows(result);
    history->rows = arena_alloc(arena, history->count * sizeof *history->rows);
    for (size_t i = 0; i < history->count; ++i) {
        if (!read_row(arena, history, result, i, &history->rows[i], error))
            return false;
        history->last_id = history->rows[i].id;
    }
    return true;
}

/* Settings that a migration changes must not move the table: from here on its name is qualified. */
static bool qualify(struct arena *arena, struct history *history, const dun_result *schema, dun_error *error)
{
    const char *name = dun_result_value(schema, 0, 0);
    if (strchr(history->lock_name, '.'))
        return true;
    if (!name) {
        error_set(error, DUN_BAD_INPUT, "there is no schema or database for the history table to be in");
        error_hint(
            error,
            "name the database in the URL, or a schema of search_path that exists and that the role may use");
        return false;
    }
    struct str qualified = STR_INIT;
    sql_quote_identifier(&qualified, history->engine->dialect, name);
    str_printf(&qualified, ".%s", history->table);
    history->table = take(arena, &qualified);
    return true;
}

static bool take_outcomes(struct arena *arena, struct history *history,
                          struct db_outcome outcomes[HISTORY_READS], dun_error *error)
{
    if (!qualify(arena, history, outcomes[0].result, error))
        return false;
    if (outcomes[1].result)
        return read_rows(arena, history, outcomes[1].result, error);
    if (outcomes[1].error && !history->engine->history->is_missing_table(outcomes[1].error)) {
        error_move(error, outcomes[1].error);
        error_context(error, "cannot read the history table %s", history->table);
        return false;
    }
    return true;
}

bool history_take(struct arena *arena, struct history *history, struct db_outcome outcomes[HISTORY_READS],
                  dun_error *error)
{
    bool ok = take_outcomes(arena, history, outcomes, error);
    db_outcomes_clear(outcomes, HISTORY_READS);
    return ok;
}

bool history_down_sql(struct arena *arena, const struct history *history, dun_connection *connection,
                      int64_t id, const char **ret_text, dun_error *error)
{
    dun_result *result;
    const char *sql = arena_printf(arena, "SELECT down_sql FROM %s WHERE id = %" PRId64, history->table, id);
    if (!db_query(connection, sql, &result, error))
        return false;
    *ret_text = arena_strdup(arena, dun_result_value(result, 0, 0));
    dun_result_free(result);
    return true;
}

bool history_done_since(struct arena *arena, const struct history *history, dun_connection *connection,
                        int64_t first, struct history_end **ret_rows, size_t *ret_count, dun_error *error)
{
    dun_result *result;
    const char *sql = arena_printf(
        arena, "SELECT id, elapsed_ms FROM %s WHERE id >= %" PRId64 " AND state = 'done' ORDER BY id",
        history->table, first);
    if (!db_query(connection, sql, &result, error))
        return false;
    size_t count = dun_result_rows(result);
    struct history_end *rows = arena_alloc(arena, count * sizeof *rows);
    for (size_t i = 0; i < count; ++i)
        rows[i] = (struct history_end){result_integer(result, i, 0, 0), result_integer(result, i, 1, -1)};
    dun_result_free(result);
    *ret_rows = rows;
    *ret_count = count;
    return true;
}

const char *history_create(struct arena *arena, const struct history *history)
{
    return arena_printf(arena, "CREATE TABLE IF NOT EXISTS %s %s", history->table,
                        history->engine->history->columns);
}

static void append_literal(struct str *sql, const struct history *history, const char *value)
{
    sql_quote_literal(sql, history->engine->dialect, value, value ? strlen(value) : 0);
    str_append(sql, ", ");
}

static const char *insert(struct arena *arena, const struct history *history,
                          const struct history_entry *entry, enum history_state state, const char *started_at,
                          const char *elapsed)
{
    struct str sql = STR_INIT;
    str_printf(&sql,
               "INSERT INTO %s (id, version, name, direction, state, statements, done, checksum, down_sql, "
               "started_at, "
               "elapsed_ms, applied_by, commit_id, dunlin_version, format) VALUES (%" PRId64 ", ",
               history->table, entry->id);
    append_literal(&sql, history, entry->version);
    append_literal(&sql, history, entry->name);
    str_printf(&sql, "'%s', '%s', %zu, %zu, ", direction_names[entry->direction], state_names[state],
               entry->statements, state == HISTORY_DONE ? entry->statements : 0);
    append_literal(&sql, history, entry->checksum);
    append_literal(&sql, history, entry->down_sql);
    str_printf(&sql, "%s, %s, ", started_at, elapsed);
    append_literal(&sql, history, entry->applied_by);
    append_literal(&sql, history, entry->commit_id);
    str_printf(&sql, "'%s', %d)", DUN_VERSION, HISTORY_FORMAT);
    return take(arena, &sql);
}

/* The engine's expression with the start of what it measures put in. */
static const char *elapsed_since(struct arena *arena, const struct history *history, const char *start)
{
    return fill_in(arena, history->engine->history->elapsed_since, start);
}

const char *history_insert_done(struct arena *arena, const struct history *history,
                                const struct history_entry *entry)
{
    const struct engine_history *texts = history->engine->history;
    if (!texts->transaction_start || history->for_reading)
        return insert(arena, history, entry, HISTORY_DONE, texts->now, "0");
    return insert(arena, history, entry, HISTORY_DONE, texts->transaction_start,
                  elapsed_since(arena, history, texts->transaction_start));
}

const char *history_insert_running(struct arena *arena, const struct history *history,
                                   const struct history_entry *entry)
{
    return insert(arena, history, entry, HISTORY_RUNNING, history->engine->history->now, "NULL");
}

const char *history_update_done(struct arena *arena, const struct history *history, int64_t id,
                                size_t statements, size_t done, const char *done_checksum, bool last)
{
    if (last)
        return arena_printf(
            arena,
            "UPDATE %s SET state = 'done', statements = %zu, done = %zu, done_checksum = NULL, "
            "elapsed_ms = %s WHERE id = %" PRId64,
            history->table, statements, done, elapsed_since(arena, history, "started_at"), id);
    return arena_printf(arena,
                        "UPDATE %s SET state = 'running', statements = %zu, done = %zu, done_checksum = '%s' "
                        "WHERE id = %" PRId64,
                        history->table, statements, done, done_checksum, id);
}

const char *history_update_again(struct arena *arena, const struct history *history,
                                 const struct history_entry *entry, size_t done, const char *done_checksum,
                                 bool last)
{
    struct str sql = STR_INIT;
    str_printf(&sql, "UPDATE %s SET checksum = ", history->table);
    append_literal(&sql, history, entry->checksum);
    str_append(&sql, "down_sql = ");
    append_literal(&sql, history, entry->down_sql);
    str_printf(&sql, "state = '%s', statements = %zu, done = %zu, done_checksum = ",
               state_names[last ? HISTORY_DONE : HISTORY_RUNNING], entry->statements, done);
    append_literal(&sql, history, last ? NULL : done_checksum);
    str_printf(&sql, "elapsed_ms = %s WHERE id = %" PRId64,
               last ? elapsed_since(arena, history, "started_at") : "NULL", entry->id);
    return take(arena, &sql);
}

const char *history_update_state(struct arena *arena, const struct history *history, int64_t id,
                                 enum history_state state)
{
    return arena_printf(arena, "UPDATE %s SET state = '%s' WHERE id = %" PRId64, history->table,
                        state_names[state], id);
}
