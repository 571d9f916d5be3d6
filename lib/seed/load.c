/* dun_seed_load: the way from a folder of seeds to rows in tables, and its transaction. */
#include "base/error.h"
#include "seed/blame.h"
#include "seed/loading.h"
#include "seed/result.h"
#include "task/task.h"

#include <string.h>

static bool begin(struct loading *loading, dun_error *error)
{
    const struct dun_engine *engine = loading->target->engine;
    struct db_item items[3] = {{.kind = DB_BEGIN}};
    size_t count = 1;
    if (engine->rows->defer)
        items[count++] = db_item_of(DB_JOIN, engine->rows->defer);
    if (engine->ddl_in_transactions && !loading->record.exists)
        items[count++] = db_item_of(DB_JOIN, seed_record_create(&loading->record));
    return loading_run(loading, items, count, NULL, error);
}

/* Rows of the last tables go first, since they may refer to those of the first. */
static bool empty_replaced(struct loading *loading, dun_error *error)
{
    for (size_t i = loading->works->count; i-- > 0;) {
        struct seed_work *work = loading->works->items[i];
        if (work->skipped || work->format.mode != DUN_SEED_REPLACE)
            continue;
        const char *sql = arena_printf(loading->arena, "DELETE FROM %s", work->table->sql);
        if (!transfer_run(&loading->transfer, sql, &work->told.deleted, error)) {
            error_context(error, "emptying %s", work->table->full_name);
            error_at(error, work->file->path, 0, 0);
            return false;
        }
    }
    return true;
}

static bool load_one(struct loading *loading, struct seed_work *work, dun_error *error)
{
    struct transfer *transfer = &loading->transfer;
    int64_t started = task_now();
    bool good = true;
    if (seed_work_is_idle(work))
        good = !work->staged || transfer_to_stage(transfer, work, false, error);
    else if (!work->staged)
        good = transfer_directly(transfer, work, error);
    else
        good = transfer_to_stage(transfer, work, false, error) &&
               (loading->options->dry_run ? transfer_count(transfer, work, error)
                                          : transfer_merge(transfer, work, error));
    good = good && (!work->staged || transfer_learn_labels(transfer, work, error));
    work->told.elapsed_ms = task_now() - started;
    return good;
}

static size_t count_busy(const struct loading *loading)
{
    size_t count = 0;
    for (size_t i = 0; i < loading->works->count; ++i)
        count += !seed_work_is_idle(loading->works->items[i]);
    return count;
}

static bool load_all(struct loading *loading, dun_error *error)
{
    loading->transfer.progress.total = count_busy(loading);
    for (size_t i = 0; i < loading->works->count; ++i) {
        loading->transfer.progress.number += !seed_work_is_idle(loading->works->items[i]);
        if (!load_one(loading, loading->works->items[i], error))
            return false;
    }
    return true;
}

static bool load_late(struct loading *loading, dun_error *error)
{
    for (size_t i = 0; i < loading->works->count; ++i) {
        struct seed_work *work = loading->works->items[i];
        if (work->has_late && !seed_work_is_idle(work) && !transfer_late(&loading->transfer, work, error))
            return false;
    }
    return true;
}

static bool delete_others(struct loading *loading, dun_error *error)
{
    for (size_t i = loading->works->count; i-- > 0;) {
        struct seed_work *work = loading->works->items[i];
        /* Into an empty table the rows went without a stage, and there is nothing else in it. */
        if (work->format.mode == DUN_SEED_SYNC && !seed_work_is_idle(work) && work->staged &&
            !transfer_delete_others(&loading->transfer, work, error))
            return false;
    }
    return true;
}

static bool is_counted(const struct seed_column *column)
{
    return column->counted || (column->default_value && strstr(column->default_value, "nextval"));
}

static bool advance_counters(struct loading *loading, dun_error *error)
{
    const struct engine_rows *rows = loading->target->engine->rows;
    for (size_t i = 0; rows->advance && i < loading->works->count; ++i) {
        const struct seed_work *work = loading->works->items[i];
        struct row_column *columns = arena_alloc(loading->arena, (work->count + 1) * sizeof *columns);
        size_t count = 0;
        for (size_t j = 0; !seed_work_is_idle(work) && j < work->count; ++j) {
            const struct seed_column *column = &work->table->columns[work->columns[j].number];
            if (is_counted(column))
                columns[count++] = (struct row_column){column->name, column->type};
        }
        struct row_target target = {
            .schema = work->table->schema, .table = work->table->name, .count = count, .columns = columns};
        if (count > 0 && work->told.inserted > 0 &&
            !rows->advance(loading->target->connection, &target, error))
            return false;
    }
    return true;
}

/* Scripts get the session as it was. */
static bool run_scripts(struct loading *loading, dun_error *error)
{
    const char *restore = loading->target->engine->rows->restore;
    if (restore && loading->script_count > 0 && !transfer_run(&loading->transfer, restore, NULL, error))
        return false;
    for (size_t i = 0; i < loading->script_count; ++i) {
        struct seed_script *script = &loading->scripts[i];
        if (!script->skipped && script->joins &&
            !seed_script_run(loading->arena, loading->target->connection, script, error))
            return false;
    }
    return true;
}

static void record_of(struct loading *loading, const struct seed_file *file, const char *checksum,
                      enum dun_seed_mode mode, int64_t rows, const char *ret_sql[2])
{
    struct seed_entry entry = {
        .file = file->name,
        .checksum = loading_checksum(loading, checksum, mode),
        .applied_by = loading->options->applied_by,
        .size = file->size,
        .rows = rows,
    };
    seed_record_write(&loading->record, &entry, ret_sql);
}

static bool write_records(struct loading *loading, dun_error *error)
{
    size_t most = 2 * (loading->works->count + loading->script_count), count = 0;
    struct db_item *items = arena_alloc(loading->arena, (most + 1) * sizeof *items);
    const char *sql[2];
    for (size_t i = 0; i < loading->works->count; ++i) {
        const struct seed_work *work = loading->works->items[i];
        if (seed_work_is_idle(work))
            continue;
        record_of(loading, work->file, work->checksum, work->format.mode, work->told.rows, sql);
        items[count++] = db_item_of(DB_JOIN, sql[0]);
        items[count++] = db_item_of(DB_JOIN, sql[1]);
    }
    for (size_t i = 0; i < loading->script_count; ++i) {
        const struct seed_script *script = &loading->scripts[i];
        if (script->skipped)
            continue;
        record_of(loading, script->file, script->checksum, DUN_SEED_INSERT, -1, sql);
        items[count++] = db_item_of(DB_JOIN, sql[0]);
        if (script->joins)
            items[count++] = db_item_of(DB_JOIN, sql[1]);
    }
    return loading_run(loading, items, count, NULL, error);
}

static bool commit(struct loading *loading, dun_error *error)
{
    dun_connection *connection = loading->target->connection;
    const struct engine_rows *rows = loading->target->engine->rows;
    if ((!rows->enforce || (transfer_mark(&loading->transfer, error) &&
                            transfer_run(&loading->transfer, rows->enforce, NULL, error))) &&
        connection->driver->commit(connection, error))
        return true;
    if (rows->blames_data(error))
        blame_reference(&loading->transfer, error);
    return false;
}

/* The first work from `from` on whose table takes no part in transactions; NULL: there is none. */
static const struct seed_work *outside_transactions(const struct loading *loading, size_t from)
{
    const struct engine_rows *rows = loading->target->engine->rows;
    for (size_t i = from; rows->joins_transaction && i < loading->works->count; ++i) {
        const struct seed_work *work = loading->works->items[i];
        if (!seed_work_is_idle(work) &&
            !rows->joins_transaction(catalog_text(work->table->object, ATTRIBUTE_ENGINE)))
            return work;
    }
    return NULL;
}

static bool load_in_transaction(struct loading *loading, dun_error *error)
{
    if (begin(loading, error) && empty_replaced(loading, error) && load_all(loading, error) &&
        load_late(loading, error) && delete_others(loading, error) && advance_counters(loading, error) &&
        run_scripts(loading, error) && write_records(loading, error) && commit(loading, error))
        return true;
    loading->target->connection->driver->rollback(loading->target->connection, NULL);
    const struct seed_work *outside = outside_transactions(loading, 0);
    if (outside)
        error_state(error,
                    "what was loaded into %s may have stayed, since its storage engine has no transactions; "
                    "the rest of the database is as it was",
                    outside->table->full_name);
    else
        error_state(error, "nothing was loaded; the database is as it was");
    return false;
}

/* What cannot be part of the transaction: DDL on MySQL, VACUUM, scripts with a COMMIT of their own. */
static bool run_scripts_apart(struct loading *loading, dun_error *error)
{
    const char *sql[2];
    for (size_t i = 0; i < loading->script_count; ++i) {
        struct seed_script *script = &loading->scripts[i];
        if (script->skipped || script->joins)
            continue;
        *vector_add(loading->run->arena, &loading->run->warnings) = (dun_warning){
            script->file->path, "the script was run after the transaction of the other files, since it has "
                                "statements that cannot be part of it"};
        record_of(loading, script->file, script->checksum, DUN_SEED_INSERT, -1, sql);
        if (!seed_script_run_apart(loading->arena, loading->target, script, sql, error)) {
            error_state(error, "the other files were loaded; of this script, what was committed stays");
            return false;
        }
    }
    return true;
}

static void warn_of_tables(struct loading *loading)
{
    dun_seed_run *run = loading->run;
    for (size_t i = 0; i < loading->works->count; ++i) {
        const struct seed_work *work = outside_transactions(loading, i);
        if (work == loading->works->items[i])
            *vector_add(run->arena, &run->warnings) =
                (dun_warning){work->file->path,
                              "the table's storage engine has no transactions, so it was loaded by itself"};
    }
}

/* What another engine refuses is not silently in where nobody looks at references. */
static void warn_of_references(struct loading *loading)
{
    dun_seed_run *run = loading->run;
    const struct engine_rows *rows = loading->target->engine->rows;
    if (!rows->enforces || rows->enforces(loading->target->connection))
        return;
    dun_error *found = dun_error_new();
    if (blame_reference(&loading->transfer, found))
        *vector_add(run->arena, &run->warnings) =
            (dun_warning){arena_strdup(run->arena, dun_error_file(found)),
                          arena_printf(run->arena,
                                       "%s; it was loaded all the same, since foreign keys are not enforced: "
                                       "?foreign_keys=on in the URL does that",
                                       dun_error_message(found))};
    dun_error_free(found);
}

static void tell_files(struct loading *loading)
{
    dun_seed_run *run = loading->run;
    warn_of_tables(loading);
    VECTOR_EACH (const dun_warning, warning, &loading->folder->warnings)
        *vector_add(run->arena, &run->warnings) = *warning;
    for (size_t i = 0; i < loading->works->count; ++i)
        if (!loading->works->items[i]->left_out)
            *vector_add(run->arena, &run->files) = loading->works->items[i]->told;
    for (size_t i = 0; i < loading->script_count; ++i)
        *vector_add(run->arena, &run->files) = loading->scripts[i].told;
}

static bool has_work(const struct loading *loading)
{
    for (size_t i = 0; i < loading->script_count; ++i)
        if (!loading->scripts[i].skipped)
            return true;
    return count_busy(loading) > 0;
}

static bool load(struct loading *loading, dun_error *error)
{
    if (!loading_prepare(loading, error))
        return false;
    bool good = !has_work(loading) ||
                (loading_make_stages(loading, error) &&
                 (loading->options->dry_run
                      ? load_all(loading, error) && load_late(loading, error)
                      : load_in_transaction(loading, error) && run_scripts_apart(loading, error)));
    if (good && has_work(loading) && !loading->options->dry_run)
        warn_of_references(loading);
    if (good)
        tell_files(loading);
    return good;
}

bool dun_seed_load(const dun_seed_options *options, dun_seed_run **ret_run, dun_error *error)
{
    dun_seed_run *run = seed_run_new();
    struct loading loading = {.arena = run->arena, .options = options, .run = run};
    struct task_scope scope;
    task_scope_enter(&scope, options->cancel, -1);
    run->dry_run = options->dry_run;
    bool good = load(&loading, error);
    if (loading.target) {
        seed_run_conclude(run, loading.target);
        good = run_target_unlock(loading.target, good ? error : NULL) && good;
        run_target_close(loading.target);
    }
    task_scope_leave(&scope);
    if (good)
        *ret_run = run;
    else
        dun_seed_run_free(run);
    return good;
}
