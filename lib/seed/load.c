/* dun_seed_load: the way from a folder of seeds to rows in tables. */
#include "base/error.h"
#include "migrate/history.h"
#include "seed/blame.h"
#include "seed/merge.h"
#include "seed/record.h"
#include "seed/result.h"
#include "seed/script.h"
#include "seed/transfer.h"
#include "task/task.h"

#include <string.h>

struct loading {
    struct arena *arena;
    const dun_seed_options *options;
    dun_seed_run *run;
    struct run_target *target;
    struct seed_folder *folder;
    struct seed_record record;
    struct seed_works *works;
    struct seed_script *scripts;
    size_t script_count;
    struct transfer transfer;
};

static struct db_item statement(const char *sql)
{
    return (struct db_item){.kind = DB_JOIN, .sql = sql, .length = strlen(sql)};
}

static bool run_items(struct loading *loading, const struct db_item *items, size_t count,
                      struct db_outcome *outcomes, dun_error *error)
{
    dun_connection *connection = loading->target->connection;
    struct db_batch batch = {.items = items, .count = count};
    size_t failed;
    return count == 0 || connection->driver->batch(connection, &batch, outcomes, &failed, error);
}

/* The lock is that of the migrations: rows are not loaded while tables change. */
static bool lock_and_read_record(struct loading *loading, dun_error *error)
{
    struct history history = {0};
    struct db_item read;
    struct db_outcome outcome = {NULL, NULL};
    const dun_seed_options *options = loading->options;
    if (!history_init(loading->arena, loading->target->engine, options->history, &history, error) ||
        !seed_record_init(loading->arena, loading->target->engine, options->history, &loading->record, error))
        return false;
    seed_record_read(&loading->record, &read);
    bool good = options->dry_run ? run_items(loading, &read, 1, &outcome, error)
                                 : run_target_lock(loading->target, history.lock_name,
                                                   options->lock_timeout_ms, &read, 1, &outcome, error);
    if (good)
        return seed_record_take(&loading->record, &outcome, error);
    db_outcomes_clear(&outcome, 1);
    return false;
}

static bool read_scripts(struct loading *loading, dun_error *error)
{
    loading->scripts =
        arena_alloc(loading->arena, (loading->folder->files.count + 1) * sizeof *loading->scripts);
    VECTOR_EACH (const struct seed_file, file, &loading->folder->files) {
        if (file->table || loading->options->only_sync)
            continue;
        if (!seed_script_read(loading->arena, loading->target->engine, file,
                              &loading->scripts[loading->script_count], error))
            return false;
        ++loading->script_count;
    }
    return true;
}

/* What is kept of a file: in another mode it is not the same. */
static const char *recorded_checksum(struct loading *loading, const char *checksum, enum dun_seed_mode mode)
{
    return arena_printf(loading->arena, "%s-%s", checksum, dun_seed_mode_name(mode));
}

/* A file of another size is not read for its checksum. */
static bool is_unchanged(struct loading *loading, const struct seed_file *file, enum dun_seed_mode mode,
                         bool *ret_unchanged, dun_error *error)
{
    const struct seed_recorded *recorded = map_get(loading->record.files, file->name);
    char checksum[FILE_HASH_LENGTH + 1];
    *ret_unchanged = false;
    if (loading->options->again || !recorded || recorded->size != file->size)
        return true;
    if (!seed_input_checksum(file->path, checksum, error))
        return false;
    *ret_unchanged = strcmp(recorded->checksum, recorded_checksum(loading, checksum, mode)) == 0;
    return true;
}

static bool find_unchanged(struct loading *loading, dun_error *error)
{
    for (size_t i = 0; i < loading->works->count; ++i) {
        struct seed_work *work = loading->works->items[i];
        work->skipped = work->left_out;
        if (!work->skipped && !is_unchanged(loading, work->file, work->format.mode, &work->skipped, error))
            return false;
        work->told.state = work->skipped ? DUN_SEED_UNCHANGED : DUN_SEED_LOADED;
    }
    for (size_t i = 0; i < loading->script_count; ++i) {
        struct seed_script *script = &loading->scripts[i];
        if (!is_unchanged(loading, script->file, DUN_SEED_INSERT, &script->skipped, error))
            return false;
        script->told.state = script->skipped ? DUN_SEED_UNCHANGED : DUN_SEED_LOADED;
    }
    return true;
}

static bool find_empty_tables(struct loading *loading, dun_error *error)
{
    size_t count = loading->works->count;
    struct db_item *items = arena_alloc(loading->arena, (count + 1) * sizeof *items);
    struct db_outcome *outcomes = arena_alloc(loading->arena, (count + 1) * sizeof *outcomes);
    for (size_t i = 0; i < count; ++i) {
        items[i] = statement(
            arena_printf(loading->arena, "SELECT 1 FROM %s LIMIT 1", loading->works->items[i]->table->sql));
        items[i].kind = DB_READ;
        items[i].keep_result = true;
    }
    bool good = run_items(loading, items, count, outcomes, error);
    for (size_t i = 0; good && i < count; ++i)
        loading->works->items[i]->was_empty = dun_result_rows(outcomes[i].result) == 0;
    db_outcomes_clear(outcomes, count);
    return good;
}

/* Does a file that is loaded refer to labels of this one? */
static bool is_referred_to(const struct loading *loading, const struct seed_work *work)
{
    for (size_t i = 0; i < loading->works->count; ++i) {
        const struct seed_work *other = loading->works->items[i];
        for (size_t j = 0; !other->skipped && j < other->survey.uses.count; ++j) {
            const struct seed_label *label =
                map_get(loading->works->labels, other->survey.uses.items[j].label);
            if (label && label->work == work)
                return true;
        }
    }
    return false;
}

static bool has_earlier_file(const struct loading *loading, size_t index)
{
    for (size_t i = 0; i < index; ++i)
        if (loading->works->items[i]->table == loading->works->items[index]->table)
            return true;
    return false;
}

static bool is_idle(const struct seed_work *work)
{
    return work->skipped || work->count == 0 || work->told.state == DUN_SEED_NOT_EMPTY;
}

/* Rows go straight into a table that has none, and whose own they are from the first moment. */
static void choose_ways(struct loading *loading)
{
    for (size_t i = 0; i < loading->works->count; ++i) {
        struct seed_work *work = loading->works->items[i];
        enum dun_seed_mode mode = work->format.mode;
        work->was_empty = (work->was_empty || mode == DUN_SEED_REPLACE) && !has_earlier_file(loading, i);
        if (!work->skipped && mode == DUN_SEED_IF_EMPTY && !work->was_empty)
            work->told.state = DUN_SEED_NOT_EMPTY;
        bool plain = work->was_empty || (mode == DUN_SEED_INSERT && work->key_count == 0);
        bool whole = !work->has_late && !work->has_partial && !work->has_labels;
        bool for_labels =
            work->has_labels && work->count > 0 && is_idle(work) && is_referred_to(loading, work);
        work->staged = for_labels || (!is_idle(work) && (loading->options->dry_run || !plain || !whole));
        if (work->staged)
            work->stage = arena_printf(loading->arena, "dunlin_seed_%zu", i + 1);
    }
}

/*
 * Before the transaction: on MySQL that would be ended by what is made here, if it were no temporary table.
 */
static bool make_stages(struct loading *loading, dun_error *error)
{
    const struct dun_engine *engine = loading->target->engine;
    struct db_item *items = arena_alloc(loading->arena, (loading->works->count + 3) * sizeof *items);
    size_t count = 0;
    struct str sql = STR_INIT;
    if (engine->rows->prepare)
        items[count++] = statement(engine->rows->prepare);
    if (!engine->ddl_in_transactions && !loading->record.exists && !loading->options->dry_run)
        items[count++] = statement(seed_record_create(&loading->record));
    for (size_t i = 0; i < loading->works->count; ++i) {
        if (!loading->works->items[i]->staged)
            continue;
        merge_append_stage(&sql, loading->works, loading->works->items[i]);
        items[count++] = statement(arena_strdup(loading->arena, str_text(&sql)));
        str_clear(&sql);
    }
    for (size_t i = 0; i < count; ++i)
        items[i].kind = DB_APART;
    str_free(&sql);
    if (run_items(loading, items, count, NULL, error))
        return true;
    if (loading->options->dry_run)
        error_hint(error, "rows are compared in temporary tables: %s", engine->rows->stage_right);
    return false;
}

static bool begin(struct loading *loading, dun_error *error)
{
    const struct dun_engine *engine = loading->target->engine;
    struct db_item items[3] = {{.kind = DB_BEGIN}};
    size_t count = 1;
    if (engine->rows->defer)
        items[count++] = statement(engine->rows->defer);
    if (engine->ddl_in_transactions && !loading->record.exists)
        items[count++] = statement(seed_record_create(&loading->record));
    return run_items(loading, items, count, NULL, error);
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
    if (is_idle(work))
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
        count += !is_idle(loading->works->items[i]);
    return count;
}

static bool load_all(struct loading *loading, dun_error *error)
{
    loading->transfer.progress.total = count_busy(loading);
    for (size_t i = 0; i < loading->works->count; ++i) {
        loading->transfer.progress.number += !is_idle(loading->works->items[i]);
        if (!load_one(loading, loading->works->items[i], error))
            return false;
    }
    return true;
}

static bool load_late(struct loading *loading, dun_error *error)
{
    for (size_t i = 0; i < loading->works->count; ++i) {
        struct seed_work *work = loading->works->items[i];
        if (work->has_late && !is_idle(work) && !transfer_late(&loading->transfer, work, error))
            return false;
    }
    return true;
}

static bool delete_others(struct loading *loading, dun_error *error)
{
    for (size_t i = loading->works->count; i-- > 0;) {
        struct seed_work *work = loading->works->items[i];
        /* Into an empty table the rows went without a stage, and there is nothing else in it. */
        if (work->format.mode == DUN_SEED_SYNC && !is_idle(work) && work->staged &&
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
        for (size_t j = 0; !is_idle(work) && j < work->count; ++j) {
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
        .checksum = recorded_checksum(loading, checksum, mode),
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
        if (is_idle(work))
            continue;
        record_of(loading, work->file, work->checksum, work->format.mode, work->told.rows, sql);
        items[count++] = statement(sql[0]);
        items[count++] = statement(sql[1]);
    }
    for (size_t i = 0; i < loading->script_count; ++i) {
        const struct seed_script *script = &loading->scripts[i];
        if (script->skipped)
            continue;
        record_of(loading, script->file, script->checksum, DUN_SEED_INSERT, -1, sql);
        items[count++] = statement(sql[0]);
        if (script->joins)
            items[count++] = statement(sql[1]);
    }
    return run_items(loading, items, count, NULL, error);
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
        if (!is_idle(work) && !rows->joins_transaction(catalog_text(work->table->object, ATTRIBUTE_ENGINE)))
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

static bool prepare(struct loading *loading, dun_error *error)
{
    const dun_seed_options *options = loading->options;
    struct seed_tables *tables = NULL;
    if (!seed_folder_read(loading->arena, options, &loading->folder, error) ||
        !seed_target_open(loading->arena, options, "seed", DB_ABSENT_MADE, &loading->target, error) ||
        !lock_and_read_record(loading, error) || !read_scripts(loading, error) ||
        !seed_tables_read(loading->target->connection, loading->target->engine,
                          options->history ? options->history : "dunlin_history", loading->arena, &tables,
                          error) ||
        !seed_works_prepare(loading->arena, loading->folder, tables, loading->target->connection,
                            options->only_sync, &loading->works, error) ||
        !seed_works_order(loading->works, error) || !find_unchanged(loading, error) ||
        !find_empty_tables(loading, error))
        return false;
    choose_ways(loading);
    loading->transfer = (struct transfer){
        .arena = loading->arena,
        .engine = loading->target->engine,
        .connection = loading->target->connection,
        .works = loading->works,
        .progress = {.observe = options->observe, .user = options->user},
        .dry_run = options->dry_run,
    };
    return true;
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
    if (!prepare(loading, error))
        return false;
    bool good = !has_work(loading) ||
                (make_stages(loading, error) &&
                 (loading->options->dry_run
                      ? load_all(loading, error) && load_late(loading, error)
                      : load_in_transaction(loading, error) && run_scripts_apart(loading, error)));
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
