#include "seed/transfer.h"

#include "base/error.h"
#include "db/result.h"
#include "seed/blame.h"
#include "seed/merge.h"

#include <stdlib.h>
#include <string.h>

bool transfer_run(struct transfer *transfer, const char *sql, int64_t *ret_affected, dun_error *error)
{
    dun_result *result = NULL;
    if (!db_query(transfer->connection, sql, &result, error)) {
        error_position(error, -1); /* in a statement that nobody has written */
        return false;
    }
    if (ret_affected)
        *ret_affected = result->affected;
    dun_result_free(result);
    return true;
}

/* Runs what was appended and empties it. */
static bool run_text(struct transfer *transfer, struct str *sql, int64_t *ret_affected, dun_error *error)
{
    bool good = transfer_run(transfer, str_text(sql), ret_affected, error);
    str_free(sql);
    return good;
}

bool transfer_mark(struct transfer *transfer, dun_error *error)
{
    const struct db_item items[] = {db_item_of(DB_JOIN, "RELEASE SAVEPOINT dunlin_file"),
                                    db_item_of(DB_JOIN, "SAVEPOINT dunlin_file")};
    struct db_batch batch = {.items = transfer->marked ? items : items + 1,
                             .count = transfer->marked ? 2 : 1};
    size_t failed;
    transfer->marked = true;
    return transfer->connection->driver->batch(transfer->connection, &batch, NULL, &failed, error);
}

static bool ask_count(struct transfer *transfer, struct str *sql, int64_t *ret_count, dun_error *error)
{
    dun_result *result = NULL;
    bool good = db_query(transfer->connection, str_text(sql), &result, error);
    if (good)
        *ret_count = result_integer(result, 0, 0, 0);
    dun_result_free(result);
    str_free(sql);
    return good;
}

static struct row_column *columns_of(struct transfer *transfer, const struct seed_work *work)
{
    struct row_column *columns =
        arena_alloc(transfer->arena, (seed_rows_columns(work) + 1) * sizeof *columns);
    size_t extra = work->count;
    for (size_t i = 0; i < work->count; ++i) {
        const struct seed_column *column = &work->table->columns[work->columns[i].number];
        columns[i] = (struct row_column){column->name, column->type};
        if (work->columns[i].partial)
            columns[extra++] = (struct row_column){arena_printf(transfer->arena, "dunlin_has_%zu", i), ""};
    }
    return columns;
}

/* The file as it is while it is read is the one whose checksum is kept. */
static bool finish_file(struct seed_rows *rows, struct seed_work *work, dun_error *error)
{
    work->told.rows = (int64_t)rows->reader->row;
    work->rising = rows->rising;
    return seed_input_finish(&rows->reader->input, work->checksum, error);
}

static bool copy(struct transfer *transfer, struct seed_work *work, const struct row_target *target,
                 bool late, struct rows_copied *ret_copied, dun_error *error)
{
    struct seed_rows rows;
    *ret_copied = (struct rows_copied){.source = true};
    bool good = seed_rows_open(&rows, transfer->works, work, error);
    if (good) {
        rows.progress = &transfer->progress;
        rows.with_late = late;
        rows.without_labels = transfer->dry_run || work->skipped;
        good = transfer->engine->rows->copy(transfer->connection, target, &rows.source, ret_copied, error) &&
               finish_file(&rows, work, error);
    }
    seed_rows_close(&rows);
    return good;
}

bool transfer_to_stage(struct transfer *transfer, struct seed_work *work, bool late, dun_error *error)
{
    struct row_target target = {
        .table = work->stage,
        .count = seed_rows_columns(work),
        .columns = columns_of(transfer, work),
        .numbered = true,
    };
    struct rows_copied copied;
    if (copy(transfer, work, &target, late, &copied, error))
        return true;
    if (!copied.source && error) {
        error_replace(error, work->stage, work->table->name);
        blame_row(transfer, work, copied.row, error);
    }
    return false;
}

bool transfer_directly(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct row_target target = {
        .schema = work->table->schema,
        .table = work->table->name,
        .count = work->count,
        .columns = columns_of(transfer, work),
    };
    struct rows_copied copied;
    if (!transfer_mark(transfer, error))
        return false;
    if (copy(transfer, work, &target, true, &copied, error)) {
        work->told.inserted = work->told.rows;
        return true;
    }
    if (!copied.source && copied.row)
        blame_row(transfer, work, copied.row, error);
    else if (!copied.source)
        blame_direct(transfer, work, error);
    return false;
}

static bool check_duplicates(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    if (work->key_count == 0 || work->rising)
        return true;
    struct str sql = STR_INIT;
    dun_result *result = NULL;
    merge_append_duplicates(&sql, transfer->works, work);
    bool good = db_query(transfer->connection, str_text(&sql), &result, error);
    if (good && result->rows > 0) {
        good = error_set(error, DUN_BAD_INPUT, "rows %s and %s have the same key", result_text(result, 0, 0),
                         result_text(result, 0, 1));
        error_at(error, work->file->path, seed_rows_line(work, (uint64_t)result_integer(result, 0, 1, 0)), 0);
    }
    dun_result_free(result);
    str_free(&sql);
    return good;
}

/* Where a statement that fails undoes itself, finding the row needs no savepoint. */
static bool mark_if_needed(struct transfer *transfer, dun_error *error)
{
    return !transfer->engine->rows->failure_spoils || transfer_mark(transfer, error);
}

bool transfer_go_back(struct transfer *transfer)
{
    return !transfer->engine->rows->failure_spoils ||
           transfer_run(transfer, "ROLLBACK TO SAVEPOINT dunlin_file", NULL, NULL);
}

static bool update(struct transfer *transfer, struct seed_work *work, bool late, dun_error *error)
{
    struct str sql = STR_INIT;
    int64_t updated = 0;
    if (!merge_append_update(&sql, transfer->works, work, late, NULL))
        return true;
    if (!run_text(transfer, &sql, &updated, error))
        return false;
    /* Rows that were just inserted get their late columns; that is no update to anybody. */
    work->told.updated += !late ? updated : updated > work->told.inserted ? updated - work->told.inserted : 0;
    return true;
}

static bool takes_all(const struct seed_work *work)
{
    return work->format.mode == DUN_SEED_REPLACE || work->format.mode == DUN_SEED_IF_EMPTY;
}

static bool insert(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct str sql = STR_INIT;
    merge_append_insert(&sql, transfer->works, work, takes_all(work), NULL);
    return run_text(transfer, &sql, &work->told.inserted, error);
}

/* `*ret_updated` tells which of the two statements has failed. */
static bool merge_once(struct transfer *transfer, struct seed_work *work, bool *ret_updated, dun_error *error)
{
    bool updates = work->format.mode == DUN_SEED_UPSERT || work->format.mode == DUN_SEED_SYNC;
    work->told.updated = 0;
    *ret_updated = mark_if_needed(transfer, error) && (!updates || update(transfer, work, false, error));
    /* Each row was found, and no two rows have the same key: nothing is left to insert. */
    bool none_left = work->key_count > 0 && work->told.updated == work->told.rows;
    return *ret_updated && (none_left || insert(transfer, work, error));
}

/*
 * What the file does not have any more may stand in the way of what it has instead, by another unique key. It
 * is deleted at the end as a rule, when nothing refers to it any more; here it is tried at once.
 */
static bool clear_the_way(struct transfer *transfer, struct seed_work *work, const dun_error *error)
{
    int64_t deleted = 0;
    struct str sql = STR_INIT;
    if (work->format.mode != DUN_SEED_SYNC || !transfer->engine->rows->blames_data(error) ||
        !transfer_go_back(transfer))
        return false;
    merge_append_delete(&sql, transfer->works, work);
    if (run_text(transfer, &sql, &deleted, NULL)) {
        work->told.deleted += deleted;
        return deleted > 0;
    }
    transfer_go_back(transfer);
    return false;
}

bool transfer_merge(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    bool updated = false;
    if (!check_duplicates(transfer, work, error))
        return false;
    if (merge_once(transfer, work, &updated, error) ||
        (clear_the_way(transfer, work, error) && merge_once(transfer, work, &updated, error)))
        return true;
    if (updated)
        blame_insert(transfer, work, takes_all(work), error);
    else
        blame_update(transfer, work, false, error);
    return false;
}

bool transfer_count(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct str sql = STR_INIT;
    enum dun_seed_mode mode = work->format.mode;
    dun_seed_file *told = &work->told;
    if (!check_duplicates(transfer, work, error))
        return false;
    if (mode == DUN_SEED_REPLACE || mode == DUN_SEED_SYNC) {
        merge_append_count_deletes(&sql, transfer->works, work);
        if (!ask_count(transfer, &sql, &told->deleted, error))
            return false;
    }
    if (mode == DUN_SEED_REPLACE || mode == DUN_SEED_IF_EMPTY) {
        told->inserted = told->rows;
        return true;
    }
    if (mode != DUN_SEED_INSERT && merge_append_count_updates(&sql, transfer->works, work, false) &&
        !ask_count(transfer, &sql, &told->updated, error))
        return false;
    str_clear(&sql);
    merge_append_count_inserts(&sql, transfer->works, work);
    return ask_count(transfer, &sql, &told->inserted, error);
}

/* Columns that a label may stand for: those of the keys. */
static bool *key_columns(struct transfer *transfer, const struct seed_table *table)
{
    bool *columns = arena_alloc(transfer->arena, table->column_count + 1);
    for (size_t i = 0; i < table->key_count; ++i)
        for (size_t j = 0; j < table->keys[i].count; ++j)
            columns[table->keys[i].columns[j]] = true;
    return columns;
}

static void keep_values(struct transfer *transfer, const struct seed_work *work, struct seed_label *label,
                        const bool *columns, const dun_stream *stream)
{
    size_t place = 1;
    label->values = arena_alloc(transfer->arena, (work->table->column_count + 1) * sizeof *label->values);
    for (size_t i = 0; i < work->table->column_count; ++i)
        if (columns[i])
            label->values[i] = arena_strdup(transfer->arena, dun_stream_value(stream, place++));
}

/* Both rows and labels come by the numbers of the rows. */
static bool match_labels(struct transfer *transfer, const struct seed_work *work, const bool *columns,
                         dun_stream *stream, dun_error *error)
{
    size_t next = 0;
    int got;
    while ((got = transfer->connection->driver->stream_next(stream, error)) > 0) {
        uint64_t row = strtoull(dun_stream_value(stream, 0), NULL, 10);
        while (next < work->survey.labels.count && work->survey.labels.items[next].row < row)
            ++next;
        if (next == work->survey.labels.count || work->survey.labels.items[next].row != row)
            continue;
        const char *name = arena_printf(transfer->arena, "%s.%s", work->table->full_name,
                                        work->survey.labels.items[next].label);
        keep_values(transfer, work, map_get(transfer->works->labels, name), columns, stream);
    }
    return got == 0;
}

bool transfer_learn_labels(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    if (!work->has_labels)
        return true;
    bool *columns = key_columns(transfer, work->table);
    struct str sql = STR_INIT;
    dun_stream *stream = NULL;
    merge_append_keys(&sql, transfer->works, work, columns);
    struct db_statement statement = {.sql = sql.data, .length = sql.length};
    bool good = transfer->connection->driver->stream_open(transfer->connection, &statement, &stream, error) &&
                match_labels(transfer, work, columns, stream, error);
    if (stream)
        transfer->connection->driver->stream_close(stream);
    str_free(&sql);
    return good;
}

static bool update_late(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    if (update(transfer, work, true, error))
        return true;
    blame_update(transfer, work, true, error);
    return false;
}

static bool count_with_late(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct str sql = STR_INIT;
    bool updates = work->format.mode == DUN_SEED_UPSERT || work->format.mode == DUN_SEED_SYNC;
    return !updates || !merge_append_count_updates(&sql, transfer->works, work, true) ||
           ask_count(transfer, &sql, &work->told.updated, error);
}

bool transfer_late(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct str sql = STR_INIT;
    str_append(&sql, "DELETE FROM ");
    str_append(&sql, work->stage); /* a name of our own, which needs no quotes */
    if (!run_text(transfer, &sql, NULL, error) || !transfer_to_stage(transfer, work, true, error))
        return false;
    if (transfer->dry_run)
        return count_with_late(transfer, work, error);
    return mark_if_needed(transfer, error) && update_late(transfer, work, error);
}

bool transfer_delete_others(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct str sql = STR_INIT;
    int64_t deleted = 0;
    merge_append_delete(&sql, transfer->works, work);
    if (run_text(transfer, &sql, &deleted, error)) {
        work->told.deleted += deleted;
        return true;
    }
    error_context(error, "deleting from %s what %s does not have", work->table->full_name, work->file->path);
    return false;
}
