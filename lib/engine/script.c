/* Whole scripts for applications: run, create all, drop all. Migrations go through lib/run, which can do
 * more. */
#include "base/error.h"
#include "base/vector.h"
#include "engine/database.h"
#include "sql/classify.h"
#include "sql/lexer.h"
#include "sql/splitter.h"

#include <string.h>

struct work {
    struct arena *arena;
    VECTOR(struct db_item) items;
};

static struct db_item *add_item(struct work *work, enum db_item_kind kind)
{
    struct db_item *item = vector_add(work->arena, &work->items);
    item->kind = kind;
    return item;
}

static bool all_join(const struct sql_script *script)
{
    for (size_t i = 0; i < script->count; ++i)
        if (script->statements[i].effect != SQL_JOINS && script->statements[i].effect != SQL_SAVEPOINT)
            return false;
    return !script->no_transaction;
}

static void add_statement(struct work *work, enum db_item_kind kind, const struct sql_statement *statement)
{
    struct db_item *item = add_item(work, kind);
    item->sql = statement->text;
    item->length = statement->length;
    item->copy_data = statement->copy_data;
    item->copy_length = statement->copy_length;
    item->many_results = statement->many_results;
}

/* Where in the script the failure is, from the statement's place and the server's position in it. */
static void locate(dun_error *error, const char *script, const struct sql_script *split, size_t index)
{
    ptrdiff_t position = error_get_position(error);
    size_t offset = (size_t)(split->statements[index].text - script) + (position > 0 ? (size_t)position : 0);
    size_t length = strlen(script);
    sql_error_at(error, NULL, script, length, offset < length ? offset : length);
    error_statement(error, (unsigned)(index + 1), (unsigned)split->count);
}

static bool run_split(dun_connection *connection, struct arena *arena, const char *script,
                      const struct sql_script *split, dun_error *error)
{
    struct work work = {.arena = arena};
    bool inside = connection->in_transaction, wrapped = !inside && all_join(split);
    if (wrapped)
        add_item(&work, DB_BEGIN);
    for (size_t i = 0; i < split->count; ++i)
        add_statement(&work, inside || wrapped ? DB_JOIN : DB_APART, &split->statements[i]);
    if (wrapped)
        add_item(&work, DB_COMMIT);
    size_t failed = 0, first = wrapped ? 1 : 0;
    if (connection_run_items(connection, work.items.items, work.items.count, &failed, error))
        return true;
    if (failed >= first && failed - first < split->count)
        locate(error, script, split, failed - first);
    return false;
}

bool dun_exec_script(dun_connection *connection, const char *script, dun_error *error)
{
    struct arena *arena = arena_new();
    struct sql_script *split = NULL;
    bool good =
        sql_split(arena, connection_dialect(connection), NULL, script, strlen(script), &split, error) &&
        (split->count == 0 || run_split(connection, arena, script, split, error));
    arena_free(arena);
    return good;
}

bool dun_create_all(dun_connection *connection, const char *definitions, dun_error *error)
{
    return dun_exec_script(connection, definitions, error);
}

static bool is_one_of(const char *kind, const char *const *kinds)
{
    for (; *kinds; ++kinds)
        if (strcmp(kind, *kinds) == 0)
            return true;
    return false;
}

/* Gone with what it belongs to, and on some engines not to be named without it. */
static bool goes_along(const char *kind)
{
    static const char *const kinds[] = {"INDEX", "TRIGGER", "RULE", "POLICY", "PACKAGE BODY", NULL};
    return is_one_of(kind, kinds);
}

/* Is a name all that DROP needs for this? */
static bool is_dropped_by_name(const struct sql_created *created)
{
    static const char *const others[] = {"AGGREGATE", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", NULL};
    return created->kind && created->name && !is_one_of(created->kind, others);
}

static bool is_create(enum sql_dialect dialect, const struct sql_statement *statement)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, statement->text, statement->length);
    struct sql_token first = sql_lexer_next_significant(&lexer);
    return sql_token_is(&first, "CREATE");
}

/* Adds the DROP for a CREATE, and nothing for other statements. */
static bool add_drop(struct work *work, enum db_item_kind item_kind, enum sql_dialect dialect,
                     const struct sql_statement *statement, dun_error *error)
{
    struct sql_created created = sql_created_object(dialect, statement->text, statement->length);
    if (!is_create(dialect, statement) || (created.kind && goes_along(created.kind)))
        return true;
    if (!is_dropped_by_name(&created))
        return error_set(error, DUN_BAD_INPUT, "what the statement creates cannot be dropped by a name");
    const char *kind = strcmp(created.kind, "VIRTUAL TABLE") == 0 ? "TABLE" : created.kind;
    struct db_item *item = add_item(work, item_kind);
    item->sql =
        arena_printf(work->arena, "DROP %s IF EXISTS %.*s", kind, (int)created.name_length, created.name);
    item->length = strlen(item->sql);
    return true;
}

/* Only an engine that can undo them runs the drops in one transaction. */
static bool can_undo_drops(const dun_connection *connection)
{
    const struct dun_engine *engine = engine_for_scheme(connection->driver->name);
    return engine && engine->ddl_in_transactions;
}

static bool drop_split(dun_connection *connection, struct arena *arena, const char *definitions,
                       const struct sql_script *split, dun_error *error)
{
    struct work work = {.arena = arena};
    bool inside = connection->in_transaction, wrapped = !inside && can_undo_drops(connection);
    if (wrapped)
        add_item(&work, DB_BEGIN);
    for (size_t i = split->count; i > 0; --i) {
        if (!add_drop(&work, inside || wrapped ? DB_JOIN : DB_APART, connection_dialect(connection),
                      &split->statements[i - 1], error)) {
            locate(error, definitions, split, i - 1);
            return false;
        }
    }
    if (wrapped)
        add_item(&work, DB_COMMIT);
    size_t failed = 0;
    if (connection_run_items(connection, work.items.items, work.items.count, &failed, error))
        return true;
    if (failed < work.items.count && work.items.items[failed].sql)
        error_context(error, "%s", work.items.items[failed].sql);
    error_position(error, -1); /* in a statement that is not in the definitions */
    return false;
}

bool dun_drop_all(dun_connection *connection, const char *definitions, dun_error *error)
{
    struct arena *arena = arena_new();
    struct sql_script *split = NULL;
    bool good = sql_split(arena, connection_dialect(connection), NULL, definitions, strlen(definitions),
                          &split, error) &&
                (split->count == 0 || drop_split(connection, arena, definitions, split, error));
    arena_free(arena);
    return good;
}
