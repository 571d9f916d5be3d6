/* What comes before the transaction of a load: what is there, what has changed, and how each file will go. */
#include "base/error.h"
#include "base/str.h"
#include "migrate/history.h"
#include "seed/loading.h"
#include "seed/merge.h"
#include "seed/result.h"

#include <string.h>

bool loading_run(struct loading *loading, const struct db_item *items, size_t count,
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
    bool good = options->dry_run ? loading_run(loading, &read, 1, &outcome, error)
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

const char *loading_checksum(struct loading *loading, const char *checksum, enum dun_seed_mode mode)
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
    *ret_unchanged = strcmp(recorded->checksum, loading_checksum(loading, checksum, mode)) == 0;
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
        const char *table = loading->works->items[i]->table->sql;
        items[i] = db_item_of(DB_READ, arena_printf(loading->arena, "SELECT 1 FROM %s LIMIT 1", table));
        items[i].keep_result = true;
    }
    bool good = loading_run(loading, items, count, outcomes, error);
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
            work->has_labels && work->count > 0 && seed_work_is_idle(work) && is_referred_to(loading, work);
        work->staged =
            for_labels || (!seed_work_is_idle(work) && (loading->options->dry_run || !plain || !whole));
        if (work->staged)
            work->stage = arena_printf(loading->arena, "dunlin_seed_%zu", i + 1);
    }
}

bool loading_prepare(struct loading *loading, dun_error *error)
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

/* On MySQL the transaction would be ended by what is made here, if it were no temporary table. */
bool loading_make_stages(struct loading *loading, dun_error *error)
{
    const struct dun_engine *engine = loading->target->engine;
    struct db_item *items = arena_alloc(loading->arena, (loading->works->count + 3) * sizeof *items);
    size_t count = 0;
    struct str sql = STR_INIT;
    if (engine->rows->prepare)
        items[count++] = db_item_of(DB_APART, engine->rows->prepare);
    if (!engine->ddl_in_transactions && !loading->record.exists && !loading->options->dry_run)
        items[count++] = db_item_of(DB_APART, seed_record_create(&loading->record));
    for (size_t i = 0; i < loading->works->count; ++i) {
        if (!loading->works->items[i]->staged)
            continue;
        merge_append_stage(&sql, loading->works, loading->works->items[i]);
        items[count++] = db_item_of(DB_APART, arena_strdup(loading->arena, str_text(&sql)));
        str_clear(&sql);
    }
    str_free(&sql);
    if (loading_run(loading, items, count, NULL, error))
        return true;
    if (loading->options->dry_run)
        error_hint(error, "rows are compared in temporary tables: %s", engine->rows->stage_right);
    return false;
}
