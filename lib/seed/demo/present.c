#include "seed/demo/present.h"

#include "base/str.h"
#include "db/driver.h"
#include "db/result.h"
#include "sql/quote.h"

#include <stdlib.h>
#include <string.h>

static bool has_highest(const struct demo_table *table, size_t column)
{
    if (table->columns[column].type.class != DEMO_INTEGER || table->columns[column].type.array)
        return false;
    for (size_t i = 0; i < table->table->key_count; ++i)
        if (table->table->keys[i].count == 1 && table->table->keys[i].columns[0] == column)
            return true;
    return table->columns[column].column->counted;
}

static const char *count_query(struct demo_plan *plan, const struct demo_table *table)
{
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT COUNT(*)");
    for (size_t i = 0; i < table->column_count; ++i)
        if (has_highest(table, i)) {
            str_append(&sql, ", MAX(");
            sql_quote_identifier(&sql, plan->tables->engine->dialect, table->columns[i].column->name);
            str_append_char(&sql, ')');
        }
    str_printf(&sql, " FROM %s", table->table->sql);
    const char *copy = arena_strdup(plan->arena, str_text(&sql));
    str_free(&sql);
    return copy;
}

static void take_counts(struct demo_table *table, const dun_result *result)
{
    size_t place = 1;
    table->present = (uint64_t)result_integer(result, 0, 0, 0);
    for (size_t i = 0; i < table->column_count; ++i)
        if (has_highest(table, i)) {
            int64_t highest = result_integer(result, 0, place++, 0);
            table->pools[i].highest = highest < 0 ? 0 : highest;
        }
}

bool demo_present_count(struct demo_plan *plan, dun_connection *connection, dun_error *error)
{
    struct db_item *items = arena_alloc(plan->arena, (plan->count + 1) * sizeof *items);
    struct db_outcome *outcomes = arena_alloc(plan->arena, (plan->count + 1) * sizeof *outcomes);
    for (size_t i = 0; i < plan->count; ++i) {
        const char *sql = count_query(plan, &plan->items[i]);
        items[i] = (struct db_item){.kind = DB_READ, .sql = sql, .length = strlen(sql), .keep_result = true};
    }
    struct db_batch batch = {.items = items, .count = plan->count};
    size_t failed;
    bool good = plan->count == 0 || connection->driver->batch(connection, &batch, outcomes, &failed, error);
    for (size_t i = 0; good && i < plan->count; ++i)
        take_counts(&plan->items[i], outcomes[i].result);
    db_outcomes_clear(outcomes, plan->count);
    return good;
}

/* Do rows that are wanted refer to the table? */
static bool is_referred_to(const struct demo_plan *plan, const struct demo_table *table)
{
    for (size_t i = 0; i < plan->count; ++i)
        for (size_t j = 0; plan->items[i].wanted && j < plan->items[i].table->reference_count; ++j)
            if (plan->items[i].table->references[j].to == table->table)
                return true;
    return false;
}

static const char *keys_query(struct demo_plan *plan, struct demo_table *table)
{
    struct str sql = STR_INIT, columns = STR_INIT;
    size_t most = table->present < DEMO_POOL_MOST ? (size_t)table->present : DEMO_POOL_MOST;
    for (size_t i = 0; i < table->column_count; ++i) {
        struct demo_pool *pool = &table->pools[i];
        if (!pool->wanted)
            continue;
        pool->numbers = table->columns[i].type.class == DEMO_INTEGER && !table->columns[i].type.array;
        pool->integers = pool->numbers ? arena_alloc(plan->arena, most * sizeof *pool->integers) : NULL;
        pool->texts = pool->numbers ? NULL : arena_alloc(plan->arena, most * sizeof *pool->texts);
        if (columns.length)
            str_append(&columns, ", ");
        sql_quote_identifier(&columns, plan->tables->engine->dialect, table->columns[i].column->name);
    }
    str_printf(&sql, "SELECT %s FROM %s ORDER BY %s LIMIT %zu", str_text(&columns), table->table->sql,
               str_text(&columns), most);
    const char *copy = arena_strdup(plan->arena, str_text(&sql));
    str_free(&sql);
    str_free(&columns);
    return copy;
}

static void take_key(struct demo_plan *plan, struct demo_table *table, const dun_stream *stream)
{
    size_t place = 0;
    for (size_t i = 0; i < table->column_count; ++i) {
        struct demo_pool *pool = &table->pools[i];
        if (!pool->wanted)
            continue;
        const char *text = dun_stream_value(stream, place++);
        if (pool->numbers)
            pool->integers[table->known] = text ? strtoll(text, NULL, 10) : 0;
        else
            pool->texts[table->known] = arena_strdup(plan->arena, text);
    }
    ++table->known;
}

static bool read_keys(struct demo_plan *plan, struct demo_table *table, dun_connection *connection,
                      dun_error *error)
{
    const char *sql = keys_query(plan, table);
    struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    dun_stream *stream = NULL;
    if (!connection->driver->stream_open(connection, &statement, &stream, error))
        return false;
    int got;
    while ((got = connection->driver->stream_next(stream, error)) > 0)
        if (table->known < table->present && table->known < DEMO_POOL_MOST)
            take_key(plan, table, stream);
    connection->driver->stream_close(stream);
    return got == 0;
}

bool demo_present_read(struct demo_plan *plan, dun_connection *connection, dun_error *error)
{
    for (size_t i = 0; i < plan->count; ++i)
        if (plan->items[i].present > 0 && is_referred_to(plan, &plan->items[i]) &&
            !read_keys(plan, &plan->items[i], connection, error))
            return false;
    return true;
}
