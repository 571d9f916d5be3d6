#include "compare/try.h"

#include "base/error.h"
#include "base/vector.h"
#include "diff/diff.h"

#include <string.h>

bool try_open(const struct source_settings *settings, size_t objects, struct engine_place **ret_place, dun_error *error)
{
    struct engine_place *place = NULL;
    if (!source_place_open(settings, objects, &place, error))
        return false;
    if (source_place_is_schema(place)) {
        source_place_close(settings, place);
        error_set(error, DUN_FAILED, "the role may not make a scratch database to try the statements in");
        error_hint(error, "let it make one, or name another server where it may, with scratch: URL in dunlin.yaml");
        return false;
    }
    *ret_place = place;
    return true;
}

struct items {
    struct arena *arena;
    VECTOR(struct db_item) items;
    VECTOR(size_t) statements; /* of the plan, that an item is or is around */
    bool open;                 /* a transaction was begun */
};

static void add(struct items *to, struct db_item item, size_t statement)
{
    *vector_add(to->arena, &to->items) = item;
    *vector_add(to->arena, &to->statements) = statement;
}

static void end_transaction(struct items *to, size_t statement)
{
    if (to->open)
        add(to, (struct db_item){.kind = DB_COMMIT}, statement);
    to->open = false;
}

static void add_statement(struct items *to, const struct dun_engine *engine, const struct plan_statement *statement,
                          size_t number)
{
    size_t length = strlen(statement->sql);
    const char *rewritten =
        engine->scratch->rewrite ? engine->scratch->rewrite(to->arena, statement->sql, length) : NULL;
    bool apart = statement->apart || !engine->ddl_in_transactions;
    if (apart)
        end_transaction(to, number);
    else if (!to->open)
        add(to, (struct db_item){.kind = DB_BEGIN}, number);
    to->open = !apart;
    add(to,
        (struct db_item){.kind = apart ? DB_APART : DB_JOIN,
                         .sql = rewritten ? rewritten : statement->sql,
                         .length = length},
        number);
}

bool try_plan(const struct source_settings *settings, struct engine_place *place, const struct plan *plan,
              size_t *ret_failed, dun_error *error)
{
    size_t count = plan->statements.count, failed = 0;
    struct items items = {.arena = arena_new()};
    for (size_t i = 0; i < count; ++i)
        add_statement(&items, settings->engine, &plan->statements.items[i], i);
    end_transaction(&items, count);
    struct db_batch batch = {.items = items.items.items, .count = items.items.count};
    bool ok = place->connection->driver->batch(place->connection, &batch, NULL, &failed, error);
    *ret_failed = ok || failed >= items.statements.count ? count : items.statements.items[failed];
    if (!ok)
        place->connection->driver->rollback(place->connection, NULL);
    arena_free(items.arena);
    return ok;
}

bool try_create(const struct source_settings *settings, struct engine_place *place, struct arena *arena,
                struct catalog *catalog, dun_error *error)
{
    const struct dun_engine *engine = settings->engine;
    struct catalog *empty = source_empty_catalog(arena, engine, catalog_server(catalog));
    struct diff *diff = diff_catalogs(arena, engine->diff, empty, catalog);
    struct plan *plan = plan_make(engine->language, diff, &(struct plan_options){0}, error);
    size_t failed = 0;
    if (!plan)
        return false;
    if (try_plan(settings, place, plan, &failed, error))
        return true;
    if (failed < plan->statements.count)
        error_context(error, "%s", plan->statements.items[failed].title ? plan->statements.items[failed].title
                                                                       : "a statement");
    error_context(error, "the scratch copy could not be made");
    return false;
}
