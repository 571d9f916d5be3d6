/* How many rows the tables have that a plan endangers, where the engine has no estimate of it. */
#include "apply/applying.h"
#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "sql/quote.h"

#include <string.h>

enum {
    MOST_COUNTED = 1000000
}; /* a table may have any number of rows, and reading them all takes its time */

/* A statement and the question about its table; the first of those that ask the same has the answer. */
struct question {
    struct plan_statement *statement;
    size_t asked; /* the place of the question among those that are sent */
};

typedef VECTOR(struct question) questions;
typedef VECTOR(struct db_item) items;

/* The table under the name that it still has. */
static const struct schema_object *table_now(const struct compare *compare, const struct schema_object *table)
{
    VECTOR_EACH (const struct diff_change, rename, &compare->renames)
        if (rename->to->kind == table->kind && strcmp(rename->to->key, table->key) == 0)
            return rename->from;
    return table;
}

static const char *question_about(const struct applying *applying, struct arena *arena,
                                  const struct schema_object *table)
{
    enum sql_dialect dialect = applying->target->engine->dialect;
    struct str sql = STR_INIT;
    table = table_now(applying->compare, table);
    str_append(&sql, "SELECT count(*) FROM (SELECT 1 AS a FROM ");
    if (table->schema) {
        sql_quote_identifier(&sql, dialect, table->schema);
        str_append_char(&sql, '.');
    }
    sql_quote_identifier(&sql, dialect, table->name);
    str_printf(&sql, " LIMIT %d) AS t", MOST_COUNTED + 1);
    const char *copy = arena_strdup(arena, str_text(&sql));
    str_free(&sql);
    return copy;
}

static void gather(const struct applying *applying, struct arena *arena, questions *all, items *asked)
{
    struct map *places = map_new(arena);
    VECTOR_EACH (struct plan_statement, statement, &applying->plan->statements) {
        if (!statement->hazards || !statement->table || statement->rows >= 0)
            continue;
        const char *sql = question_about(applying, arena, statement->table);
        size_t *place = map_get(places, sql);
        if (!place) {
            place = ARENA_NEW(arena, size_t);
            *place = asked->count;
            map_add(places, sql, place);
            *vector_add(arena, asked) =
                (struct db_item){.kind = DB_READ, .sql = sql, .length = strlen(sql), .keep_result = true};
        }
        *vector_add(arena, all) = (struct question){statement, *place};
    }
}

static void take_answers(const questions *all, const struct db_outcome *outcomes)
{
    VECTOR_EACH (const struct question, question, all) {
        struct plan_statement *statement = question->statement;
        int64_t rows = result_integer(outcomes[question->asked].result, 0, 0, -1);
        statement->rows = rows;
        statement->rows_are = rows > MOST_COUNTED ? PLAN_ROWS_AT_LEAST : PLAN_ROWS_COUNTED;
    }
}

/* Who may not read a table may plan for it all the same: what the server refuses is not known. */
static bool ask(const struct applying *applying, struct arena *arena, const items *asked,
                const questions *all, dun_error *error)
{
    dun_connection *connection = applying->target->connection;
    struct db_outcome *outcomes = arena_alloc(arena, asked->count * sizeof *outcomes);
    const struct db_batch batch = {.items = asked->items, .count = asked->count};
    dun_error *own = dun_error_new();
    size_t failed = 0;
    bool answered = connection->driver->batch(connection, &batch, outcomes, &failed, own);
    bool good = answered || dun_error_code(own) == DUN_FAILED;
    if (answered)
        take_answers(all, outcomes);
    if (!good)
        error_move(error, own);
    dun_error_free(own);
    db_outcomes_clear(outcomes, asked->count);
    return good;
}

bool apply_count_rows(struct applying *applying, dun_error *error)
{
    struct arena *arena = arena_new();
    questions all = {0};
    items asked = {0};
    gather(applying, arena, &all, &asked);
    bool good = asked.count == 0 || ask(applying, arena, &asked, &all, error);
    arena_free(arena);
    return good;
}
