#include "source/replay.h"

#include "base/error.h"
#include "base/vector.h"
#include "source/load_entries.h"
#include "sql/classify.h"

#include <string.h>

/* Where an item comes from: a statement, or nothing of the scripts. */
struct origin {
    const struct load_file *file; /* NULL: none */
    size_t statement;
};

struct replay {
    struct arena *arena;
    const struct dun_engine *engine;
    VECTOR(struct db_item) items;
    VECTOR(struct origin) origins;
    bool nested;                  /* in a transaction of the place: no own ones */
    bool open;                    /* a transaction was begun */
    struct load_way_out *way_out; /* the caller's */
};

static void add_item(struct replay *replay, struct db_item item, struct origin origin)
{
    *vector_add(replay->arena, &replay->items) = item;
    *vector_add(replay->arena, &replay->origins) = origin;
}

static void end_transaction(struct replay *replay)
{
    if (replay->open)
        add_item(replay, (struct db_item){.kind = DB_COMMIT}, (struct origin){0});
    replay->open = false;
}

static void begin_transaction(struct replay *replay)
{
    if (!replay->open)
        add_item(replay, (struct db_item){.kind = DB_BEGIN}, (struct origin){0});
    replay->open = true;
}

/* How the next item is run, with the transaction that it needs. */
static enum db_item_kind kind_of(struct replay *replay, const struct sql_statement *statement,
                                 bool no_transaction)
{
    if (replay->nested)
        return DB_JOIN;
    if (no_transaction || !replay->engine->ddl_in_transactions || statement->effect == SQL_ALONE) {
        end_transaction(replay);
        return DB_APART;
    }
    begin_transaction(replay);
    return DB_JOIN;
}

static void add_statement(struct replay *replay, const struct load_file *file, size_t index,
                          const struct sql_statement *statement)
{
    struct db_item item = {
        .kind = kind_of(replay, statement, file->script->no_transaction),
        .sql = statement->text,
        .length = statement->length,
        .many_results = statement->many_results,
        .copy_data = statement->copy_data,
        .copy_length = statement->copy_length,
    };
    add_item(replay, item, (struct origin){file, index});
}

static bool refuse(const struct load_file *file, size_t statement, const char *message, const char *hint,
                   dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "%s", message);
    error_hint(error, "%s", hint);
    load_error_at(error, file, statement, -1);
    return false;
}

/* False: it reaches outside of the place, or may do so through what was made before. */
static bool check_reach(struct replay *replay, const struct load_file *file, size_t index, dun_error *error)
{
    const struct engine_scratch *scratch = replay->engine->scratch;
    const struct sql_statement *statement = &file->script->statements[index];
    const char *outside = scratch->reaches_outside(statement->text, statement->length);
    if (outside)
        return refuse(file, index,
                      arena_printf(replay->arena,
                                   "the statement reaches %s, so the migration cannot be tried in a "
                                   "scratch place",
                                   outside),
                      "put it in a migration of its own, of a folder that is not compared, or in the setup "
                      "of the server",
                      error);
    bool defines = load_is_definition(replay->engine, statement->text, statement->length);
    if (replay->way_out->file && !defines && !statement->session &&
        (statement->effect == SQL_JOINS || statement->effect == SQL_ALONE))
        return load_refuse_way_out(replay->way_out, file, index, error);
    if (scratch->leads_outside && scratch->leads_outside(statement->text, statement->length))
        *replay->way_out = load_way_out_at(file, index);
    return true;
}

static bool add_checked(struct replay *replay, const struct load_file *file, size_t index, dun_error *error)
{
    const struct engine_scratch *scratch = replay->engine->scratch;
    struct sql_statement statement = file->script->statements[index];
    if (!check_reach(replay, file, index, error))
        return false;
    const char *rewritten =
        scratch->rewrite ? scratch->rewrite(replay->arena, statement.text, statement.length) : NULL;
    if (rewritten) {
        statement.text = rewritten;
        statement.length = strlen(rewritten);
        sql_classify(replay->engine->dialect, &statement);
    }
    switch (statement.effect) {
    case SQL_BEGINS:
    case SQL_COMMITS:
    case SQL_SAVEPOINT:
    case SQL_BRACKET:
        return true; /* transactions are ours here, and locks have nobody to keep out */
    case SQL_ROLLS_BACK:
        return refuse(file, index, "the migration rolls back, which dunlin cannot follow",
                      "leave out the transaction: a migration is one by itself", error);
    case SQL_JOINS:
    case SQL_ALONE:
        add_statement(replay, file, index, &statement);
        return true;
    }
    return true;
}

static void add_resets(struct replay *replay)
{
    for (const char *const *sql = replay->engine->history->session_reset; sql && *sql; ++sql)
        add_item(replay,
                 (struct db_item){
                     .kind = replay->nested ? DB_JOIN : DB_APART, .sql = *sql, .length = strlen(*sql)},
                 (struct origin){0});
}

static bool add_file(struct replay *replay, const struct load_file *file, dun_error *error)
{
    bool settings = false;
    for (size_t i = 0; i < file->script->count; ++i) {
        settings = settings || file->script->statements[i].session;
        if (!add_checked(replay, file, i, error))
            return false;
    }
    end_transaction(replay);
    if (settings)
        add_resets(replay);
    return true;
}

/* What the server says about a statement is told with its place; what ends the command (interrupted, no
 * connection) is not. */
static void place_failure(const struct replay *replay, size_t failed, dun_error *error)
{
    enum dun_code code = dun_error_code(error);
    if (failed >= replay->origins.count || (code != DUN_FAILED && code != DUN_BAD_INPUT))
        return;
    while (!replay->origins.items[failed].file && failed > 0) /* a COMMIT fails for what was before it */
        --failed;
    const struct origin *origin = &replay->origins.items[failed];
    if (!origin->file)
        return;
    ptrdiff_t offset = error_get_position(error);
    offset = load_place(&origin->file->script->statements[origin->statement], replay->items.items[failed].sql,
                        replay->items.items[failed].length, offset);
    error_code(error, DUN_BAD_INPUT);
    load_error_at(error, origin->file, origin->statement, offset);
}

bool source_replay(const struct dun_engine *engine, dun_connection *connection, const struct load_file *files,
                   size_t count, struct load_way_out *way_out, dun_error *error)
{
    struct replay replay = {
        .arena = arena_new(), .engine = engine, .nested = connection->in_transaction, .way_out = way_out};
    bool ok = true;
    for (size_t i = 0; ok && i < count; ++i)
        ok = add_file(&replay, &files[i], error);
    if (ok) {
        size_t failed = replay.items.count;
        struct db_batch batch = {.items = replay.items.items, .count = replay.items.count};
        ok = connection->driver->batch(connection, &batch, NULL, &failed, error);
        if (!ok) {
            place_failure(&replay, failed, error);
            connection->driver->rollback(connection, NULL);
        }
    }
    arena_free(replay.arena);
    return ok;
}
