/* See catalog_raw_script.h. What is not there is not asked for: in a new session the server needs longer to
 * plan for a table than to read it. */
#include "engine/postgres/catalog_raw_script.h"

#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"
#include "engine/postgres/batch.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include <string.h>

/* What a row may say in a column. */
struct raw_sign {
    const char *column, *value;
};

/* One with neither a condition nor signs is always wanted. */
struct raw_query {
    const char *condition;         /* SQL, or NULL */
    VECTOR(struct raw_sign) signs; /* any of them calls for it */
    const char *sql;
    bool wanted, sent;
};

struct raw_script {
    struct arena *arena;
    VECTOR(struct raw_query) queries;
    VECTOR(struct db_item) items; /* of the batch under way */
    const struct libpq *pq;
    const struct raw_script_user *user;
};

/* The text behind a word at the beginning of the line; NULL: it begins otherwise. */
static char *behind(char *line, const char *word)
{
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 ? line + length : NULL;
}

/* "column value, column value" */
static void read_signs(struct raw_script *script, char *text, struct raw_query *query)
{
    static const char between[] = ", ";
    char *rest;
    for (const char *word = strtok_r(text, between, &rest); word; word = strtok_r(NULL, between, &rest))
        *vector_add(script->arena, &query->signs) =
            (struct raw_sign){.column = word, .value = strtok_r(NULL, between, &rest)};
}

/* What stands in the line before a statement. */
static void read_comment(struct raw_script *script, char *line, struct raw_query *query)
{
    char *text;
    if ((text = behind(line, "-- if ")))
        query->condition = text;
    else if ((text = behind(line, "-- when ")))
        read_signs(script, text, query);
}

/* Statements end with a semicolon at the end of a line. */
static void split(struct raw_script *script, char *file)
{
    struct raw_query query = {0};
    for (char *line = file, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (!query.sql && behind(line, "--")) {
            read_comment(script, line, &query);
        } else if (end > line) {
            query.sql = query.sql ? query.sql : line;
            bool ends = end[-1] == ';';
            end[ends ? -1 : 0] = ends ? '\0' : ' ';
            if (ends) {
                query.wanted = !query.condition && query.signs.count == 0;
                *vector_add(script->arena, &script->queries) = query;
                query = (struct raw_query){0};
            }
        }
    }
}

static void add_item(struct raw_script *script, enum db_item_kind kind, const char *sql)
{
    *vector_add(script->arena, &script->items) =
        (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
}

/* One row, a column a condition. */
static const char *conditions(struct raw_script *script)
{
    struct str sql = STR_INIT;
    VECTOR_EACH (const struct raw_query, query, &script->queries)
        if (query->condition)
            str_printf(&sql, "%s(%s)::int AS \"if\"", sql.length ? ", " : "SELECT ", query->condition);
    const char *copy = arena_strdup(script->arena, str_text(&sql));
    str_free(&sql);
    return copy;
}

static void take_conditions(struct raw_script *script, const PGresult *rows)
{
    int column = 0;
    VECTOR_EACH (struct raw_query, query, &script->queries)
        if (query->condition)
            query->wanted = strcmp(script->pq->PQgetvalue(rows, 0, column++), "1") == 0;
}

static bool has_sign(const struct catalog_result *rows, const struct raw_sign *sign)
{
    int column = catalog_column(rows, sign->column);
    for (int row = 0; column >= 0 && row < rows->row_count; ++row) {
        const char *value = catalog_column_text(rows, row, column);
        if (value && strcmp(value, sign->value) == 0)
            return true;
    }
    return false;
}

static void note_wanted(struct raw_script *script, const struct catalog_result *rows)
{
    VECTOR_EACH (struct raw_query, query, &script->queries)
        VECTOR_EACH (const struct raw_sign, sign, &query->signs)
            query->wanted = query->wanted || has_sign(rows, sign);
}

static void take_table(struct raw_script *script, const PGresult *rows)
{
    struct catalog_result result = {script->pq, rows, script->pq->PQntuples(rows),
                                    script->pq->PQnfields(rows)};
    note_wanted(script, &result);
    script->user->take(script->user->user, script->pq->PQftable(rows, 0), &result);
}

static void take_rows(void *user, size_t index, const PGresult *rows)
{
    struct raw_script *script = user;
    (void)index;
    if (script->pq->PQnfields(rows) == 0)
        return;
    if (strcmp(script->pq->PQfname(rows, 0), "if") == 0)
        take_conditions(script, rows);
    else
        take_table(script, rows);
}

static bool run(dun_connection *connection, struct raw_script *script, dun_error *error)
{
    struct db_batch batch = {.items = script->items.items, .count = script->items.count};
    size_t failed;
    bool good = postgres_batch_rows(connection, &batch, take_rows, script, &failed, error);
    script->items.count = 0;
    return good;
}

/* All that is wanted and was not sent. */
static void add_wanted(struct raw_script *script)
{
    VECTOR_EACH (struct raw_query, query, &script->queries)
        if (query->wanted && !query->sent) {
            add_item(script, DB_JOIN, query->sql);
            query->sent = true;
        }
}

static bool read_all(dun_connection *connection, struct raw_script *script, dun_error *error)
{
    add_item(script, DB_BEGIN, NULL);
    add_item(script, DB_JOIN, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    add_item(script, DB_JOIN, catalog_search_path(script->arena, NULL));
    add_wanted(script);
    add_item(script, DB_JOIN, conditions(script));
    if (!run(connection, script, error))
        return false;
    const char *asked = script->user->ask ? script->user->ask(script->user->user) : NULL;
    add_wanted(script);
    if (asked)
        add_item(script, DB_JOIN, asked);
    add_item(script, DB_COMMIT, NULL);
    return run(connection, script, error);
}

bool raw_script_run(dun_connection *connection, struct arena *arena, char *text,
                    const struct raw_script_user *user, dun_error *error)
{
    struct raw_script script = {.arena = arena, .pq = session_of(connection)->pq, .user = user};
    split(&script, text);
    if (read_all(connection, &script, error))
        return true;
    error_context(error, "the system tables could not be read");
    postgres_rollback(connection, NULL);
    return false;
}
