/* dun_seed_demo: from the catalog of a database to rows in its tables. */
#include <dunlin/demo.h>

#include "base/error.h"
#include "engine/rows.h"
#include "migrate/history.h"
#include "seed/demo/counts.h"
#include "seed/demo/present.h"
#include "seed/demo/rows.h"
#include "seed/demo/settings.h"
#include "seed/demo/write.h"
#include "seed/merge.h"
#include "seed/result.h"
#include "seed/transfer.h"
#include "task/task.h"

#include <string.h>

enum { MOST_NAMED = 10 };

struct making {
    struct arena *arena;
    const dun_seed_options *options;
    const dun_demo_options *demo;
    dun_seed_run *run;
    struct run_target *target;
    struct demo_plan plan;
    struct transfer transfer; /* for the statements around the rows */
    size_t number;
};

static struct demo_table *table_at(const struct making *making, size_t index)
{
    return &making->plan.items[making->plan.works->items[index]->table - making->plan.tables->tables];
}

static bool writes_database(const struct making *making)
{
    return making->demo->output == DUN_DEMO_DATABASE && !making->options->dry_run;
}

static bool lock(struct making *making, dun_error *error)
{
    struct history history = {0};
    return !writes_database(making) ||
           (history_init(making->arena, making->target->engine, making->options->history, &history, error) &&
            run_target_lock(making->target, history.lock_name, making->options->lock_timeout_ms, NULL, 0,
                            NULL, error));
}

static void warn(struct making *making, const char *text)
{
    *vector_add(making->run->arena, &making->run->warnings) = (dun_warning){NULL, text};
}

static void warn_of_short_tables(struct making *making)
{
    for (size_t i = 0; i < making->plan.works->count; ++i) {
        const struct demo_table *table = table_at(making, i);
        if (table->rows < table->wanted)
            warn(making,
                 arena_printf(making->arena, "%s gets %llu rows instead of %llu: %s", table->table->full_name,
                              (unsigned long long)table->rows, (unsigned long long)table->wanted,
                              table->short_of ? table->short_of : "there are no more different ones"));
    }
}

static bool prepare(struct making *making, dun_error *error)
{
    const dun_seed_options *options = making->options;
    struct demo_plan *plan = &making->plan;
    *plan = (struct demo_plan){.arena = making->arena,
                               .seed = making->demo->seed,
                               .to_files = making->demo->output == DUN_DEMO_CSV,
                               .settings = making->demo->settings,
                               .setting_count = making->demo->setting_count};
    if (!demo_settings_check(making->demo, error) ||
        !demo_lexicon_open(making->arena, options->folder ? options->folder : "seeds", making->demo->locale,
                           &plan->lexicon, error) ||
        !seed_target_open(making->arena, options, "seed --demo", DB_ABSENT_MADE, &making->target, error) ||
        !lock(making, error) ||
        !seed_tables_read_tenant(making->target->connection, making->target->engine,
                                 options->history ? options->history : "dunlin_history", making->arena,
                                 &plan->tables, error) ||
        !demo_settings_find(plan, error) || !demo_plan_make(plan, error) ||
        !demo_present_count(plan, making->target->connection, error) ||
        !demo_counts_read(plan, making->demo->counts, making->target->connection, error) ||
        !demo_present_read(plan, making->target->connection, error) || !demo_plan_settle(plan, error))
        return false;
    warn_of_short_tables(making);
    making->transfer = (struct transfer){.arena = making->arena,
                                         .engine = making->target->engine,
                                         .connection = making->target->connection,
                                         .works = plan->works};
    return true;
}

static struct row_column *columns_of(const struct making *making, const struct seed_work *work)
{
    struct row_column *columns = arena_alloc(making->arena, (work->count + 1) * sizeof *columns);
    for (size_t i = 0; i < work->count; ++i) {
        const struct seed_column *column = &work->table->columns[work->columns[i].number];
        columns[i] = (struct row_column){column->name, column->type};
    }
    return columns;
}

/* What the database refused is most likely against a check that was not understood: names those. */
static void blame(const struct making *making, const struct demo_table *table, uint64_t row, dun_error *error)
{
    size_t named = 0;
    if (row)
        error_context(error, "row %llu of the demo data for %s", (unsigned long long)row,
                      table->table->full_name);
    else
        error_context(error, "demo data for %s", table->table->full_name);
    VECTOR_EACH (const struct schema_object *const, object, &table->not_understood) {
        const char *text = catalog_text(*object, ATTRIBUTE_EXPRESSION);
        if (named++ < MOST_NAMED)
            error_hint(error, "the %s %s was not understood: %s", schema_kind_word((*object)->kind),
                       (*object)->name,
                       text                                     ? text
                       : catalog_text(*object, ATTRIBUTE_CHECK) ? catalog_text(*object, ATTRIBUTE_CHECK)
                                                                : "");
    }
    VECTOR_EACH (const char *const, name, &table->odd_keys)
        if (named++ < MOST_NAMED)
            error_hint(error, "the unique index %s over an expression was not understood", *name);
    VECTOR_EACH (const char *const, name, &table->not_settled)
        if (named++ < MOST_NAMED)
            error_hint(error,
                       "the unique key %s shares columns with foreign keys in a way that was left to chance",
                       *name);
    error_hint(error,
               "say in the config what a column looks like: demo: { %s.COLUMN: { values: [...] } }, or min, "
               "max, like",
               table->table->name);
    (void)making;
}

static bool copy(struct making *making, struct demo_table *table, const struct row_target *target,
                 dun_error *error)
{
    struct demo_rows rows;
    struct rows_copied copied = {0};
    demo_rows_open(&rows, table);
    rows.observe = making->options->observe;
    rows.user = making->options->user;
    rows.number = making->number;
    rows.total = making->plan.works->count;
    bool good =
        making->target->engine->rows->copy(making->target->connection, target, &rows.source, &copied, error);
    demo_rows_close(&rows);
    if (!good && making->target->engine->rows->blames_data(error))
        blame(making, table, copied.row, error);
    return good;
}

static bool load_table(struct making *making, struct demo_table *table, dun_error *error)
{
    struct row_target target = {
        .schema = table->table->schema,
        .table = table->table->name,
        .count = table->work->count,
        .columns = columns_of(making, table->work),
    };
    int64_t started = task_now();
    ++making->number;
    if (table->rows > 0 && !copy(making, table, &target, error))
        return false;
    table->work->told.elapsed_ms = task_now() - started;
    return true;
}

static bool fill_late(struct making *making, struct demo_table *table, dun_error *error)
{
    struct row_target target = {
        .table = table->work->stage,
        .count = table->work->count,
        .columns = columns_of(making, table->work),
        .numbered = true,
    };
    struct str sql = STR_INIT;
    if (!table->work->has_late || table->rows == 0)
        return true;
    table->second_pass = true;
    bool good = copy(making, table, &target, error);
    if (good && merge_append_update(&sql, making->plan.works, table->work, true, NULL)) {
        good = transfer_run(&making->transfer, str_text(&sql), NULL, error);
        if (!good)
            blame(making, table, 0, error);
    }
    str_free(&sql);
    return good;
}

static bool advance(struct making *making, struct demo_table *table, dun_error *error)
{
    const struct engine_rows *rows = making->target->engine->rows;
    struct row_target target = demo_counted_columns(making->arena, table);
    return !rows->advance || target.count == 0 || rows->advance(making->target->connection, &target, error);
}

static bool make_stages(struct making *making, dun_error *error)
{
    const struct engine_rows *rows = making->target->engine->rows;
    struct str sql = STR_INIT;
    bool good = !rows->prepare || transfer_run(&making->transfer, rows->prepare, NULL, error);
    for (size_t i = 0; good && i < making->plan.works->count; ++i) {
        struct seed_work *work = making->plan.works->items[i];
        if (!work->has_late)
            continue;
        work->stage = arena_printf(making->arena, "dunlin_seed_%zu", i + 1);
        str_clear(&sql);
        merge_append_stage(&sql, making->plan.works, work);
        good = transfer_run(&making->transfer, str_text(&sql), NULL, error);
    }
    str_free(&sql);
    return good;
}

static bool begin(struct making *making, dun_error *error)
{
    const struct engine_rows *rows = making->target->engine->rows;
    struct db_item items[2] = {{.kind = DB_BEGIN}};
    struct db_batch batch = {.items = items, .count = rows->defer ? 2 : 1};
    size_t failed;
    if (rows->defer)
        items[1] = db_item_of(DB_JOIN, rows->defer);
    return making->target->connection->driver->batch(making->target->connection, &batch, NULL, &failed,
                                                     error);
}

static bool for_each_table(struct making *making,
                           bool (*work)(struct making *, struct demo_table *, dun_error *), dun_error *error)
{
    for (size_t i = 0; i < making->plan.works->count; ++i)
        if (!work(making, table_at(making, i), error))
            return false;
    return true;
}

static bool load(struct making *making, dun_error *error)
{
    const struct engine_rows *rows = making->target->engine->rows;
    dun_connection *connection = making->target->connection;
    if (!make_stages(making, error))
        return false;
    if (begin(making, error) && for_each_table(making, load_table, error) &&
        for_each_table(making, fill_late, error) && for_each_table(making, advance, error) &&
        (!rows->enforce || transfer_run(&making->transfer, rows->enforce, NULL, error)) &&
        connection->driver->commit(connection, error))
        return true;
    connection->driver->rollback(connection, NULL);
    error_state(error, "nothing was loaded; the database is as it was");
    return false;
}

static void tell(struct making *making)
{
    for (size_t i = 0; i < making->plan.works->count; ++i) {
        const struct demo_table *table = table_at(making, i);
        *vector_add(making->run->arena, &making->run->files) = (dun_seed_file){
            .file = table->table->full_name,
            .table = table->table->full_name,
            .mode = DUN_SEED_INSERT,
            .state = DUN_SEED_LOADED,
            .rows = (int64_t)table->rows,
            .inserted = (int64_t)table->rows,
            .elapsed_ms = table->work->told.elapsed_ms,
        };
    }
}

static bool make(struct making *making, dun_error *error)
{
    if (!prepare(making, error))
        return false;
    if (making->demo->output != DUN_DEMO_DATABASE && !making->options->dry_run)
        return demo_write(&making->plan, making->target->connection, making->options, making->demo,
                          making->run, error);
    if (writes_database(making) && !load(making, error))
        return false;
    tell(making);
    return true;
}

bool dun_seed_demo(const dun_seed_options *options, const dun_demo_options *demo, dun_seed_run **ret_run,
                   dun_error *error)
{
    dun_seed_run *run = seed_run_new();
    struct making making = {.arena = run->arena, .options = options, .demo = demo, .run = run};
    struct task_scope scope;
    task_scope_enter(&scope, options->cancel, -1);
    run->dry_run = options->dry_run;
    run->demo = true;
    bool good = make(&making, error);
    if (making.target) {
        seed_run_conclude(run, making.target);
        good = run_target_unlock(making.target, good ? error : NULL) && good;
        run_target_close(making.target);
    }
    task_scope_leave(&scope);
    if (good)
        *ret_run = run;
    else
        dun_seed_run_free(run);
    return good;
}
