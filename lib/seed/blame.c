#include "seed/blame.h"

#include "base/error.h"
#include "db/result.h"
#include "seed/merge.h"

#include <inttypes.h>
#include <string.h>

/* The statement that failed, for any range of rows. */
struct suspect {
    struct transfer *transfer;
    const struct seed_work *work;
    enum { SUSPECT_INSERT, SUSPECT_INSERT_ALL, SUSPECT_UPDATE, SUSPECT_UPDATE_LATE } kind;
};

void blame_row(struct transfer *transfer, const struct seed_work *work, uint64_t row, dun_error *error)
{
    if (transfer->engine->rows->blames_data(error))
        error_code(error, DUN_BAD_INPUT);
    enum dun_code code = dun_error_code(error);
    if (row == 0 || code == DUN_INTERRUPTED || code == DUN_NO_CONNECTION) {
        error_context(error, "table %s", work->table->full_name);
        error_at(error, work->file->path, 0, 0);
        return;
    }
    error_context(error, "row %" PRIu64 " for table %s", row, work->table->full_name);
    error_at(error, work->file->path, seed_rows_line(work, row), 0);
}

static bool quietly(struct transfer *transfer, const char *sql)
{
    return transfer_run(transfer, sql, NULL, NULL);
}

static bool try_range(const struct suspect *suspect, struct merge_range range, dun_error *error)
{
    struct str sql = STR_INIT;
    struct transfer *transfer = suspect->transfer;
    bool updates = suspect->kind == SUSPECT_UPDATE || suspect->kind == SUSPECT_UPDATE_LATE;
    bool good = true;
    if (updates)
        good = merge_append_update(&sql, transfer->works, suspect->work, suspect->kind == SUSPECT_UPDATE_LATE,
                                   &range);
    else
        merge_append_insert(&sql, transfer->works, suspect->work, suspect->kind == SUSPECT_INSERT_ALL,
                            &range);
    good = good && (!transfer->engine->rows->failure_spoils || quietly(transfer, "SAVEPOINT dunlin_file")) &&
           transfer_run(transfer, str_text(&sql), NULL, error);
    str_free(&sql);
    if (!good)
        transfer_go_back(transfer);
    return good;
}

/*
 * Rows up to `good` are in, and with those up to `bad` it fails: halves the rest until one row is left. All
 * of it costs little more than what failed did. The last failure is that row's.
 */
static void find_row(const struct suspect *suspect, dun_error *error)
{
    uint64_t good = 0, bad = suspect->work->told.rows > 0 ? (uint64_t)suspect->work->told.rows : 0;
    dun_error *last = dun_error_new();
    while (bad > good + 1) {
        uint64_t middle = good + (bad - good) / 2;
        if (try_range(suspect, (struct merge_range){good, middle}, NULL))
            good = middle;
        else
            bad = middle;
    }
    bool found = bad > good && !try_range(suspect, (struct merge_range){good, bad}, last) &&
                 suspect->transfer->engine->rows->blames_data(last);
    if (found)
        error_move(error, last);
    dun_error_free(last);
    blame_row(suspect->transfer, suspect->work, found ? bad : 0, error);
}

static void investigate(const struct suspect *suspect, dun_error *error)
{
    struct transfer *transfer = suspect->transfer;
    if (transfer->engine->rows->blames_data(error) && transfer_go_back(transfer))
        find_row(suspect, error);
    else
        blame_row(transfer, suspect->work, 0, error);
}

void blame_insert(struct transfer *transfer, const struct seed_work *work, bool all, dun_error *error)
{
    struct suspect suspect = {transfer, work, all ? SUSPECT_INSERT_ALL : SUSPECT_INSERT};
    investigate(&suspect, error);
}

void blame_update(struct transfer *transfer, const struct seed_work *work, bool late, dun_error *error)
{
    struct suspect suspect = {transfer, work, late ? SUSPECT_UPDATE_LATE : SUSPECT_UPDATE};
    investigate(&suspect, error);
}

void blame_direct(struct transfer *transfer, struct seed_work *work, dun_error *error)
{
    struct str sql = STR_INIT;
    struct suspect suspect = {transfer, work, SUSPECT_INSERT_ALL};
    if (!transfer->engine->rows->blames_data(error) ||
        !quietly(transfer, "ROLLBACK TO SAVEPOINT dunlin_file")) {
        blame_row(transfer, work, 0, error);
        return;
    }
    dun_error *staging = dun_error_new();
    work->stage = "dunlin_seed_blamed";
    merge_append_stage(&sql, transfer->works, work);
    if (!quietly(transfer, str_text(&sql)))
        blame_row(transfer, work, 0, error);
    else if (transfer_to_stage(transfer, work, true, staging))
        find_row(&suspect, error);
    else
        error_move(error, staging); /* the stage refuses it, too, and perhaps knows the row */
    dun_error_free(staging);
    str_free(&sql);
}

static bool is_value(const struct row_value *value, const char *text)
{
    return value->text && strlen(text) == value->length && memcmp(value->text, text, value->length) == 0;
}

/*
 * The first row of the file that has these values in the columns of the reference; 0: none has them spelled
 * so.
 */
static uint64_t row_with(struct transfer *transfer, const struct seed_work *work,
                         const struct seed_reference *reference, const dun_result *values)
{
    struct seed_rows rows;
    uint64_t found = 0;
    struct row_value *row = arena_alloc(transfer->arena, (seed_rows_columns(work) + 1) * sizeof *row);
    bool open = seed_rows_open(&rows, transfer->works, work, NULL);
    rows.with_late = true;
    while (open && !found && rows.source.next(&rows.source, row, NULL) > 0) {
        size_t same = 0;
        for (size_t i = 0; i < reference->count; ++i)
            for (size_t j = 0; j < work->count; ++j)
                same += work->columns[j].number == reference->columns[i] &&
                        is_value(&row[j], result_text(values, 0, i));
        if (same == reference->count)
            found = rows.reader->row;
    }
    seed_rows_close(&rows);
    return found;
}

/* Of a row of the table that refers to nothing, "COLUMN VALUE, ..." and the values; NULL: there is none. */
static dun_result *find_dangling(struct transfer *transfer, const struct seed_table *table,
                                 const struct seed_reference *reference, struct str *values)
{
    struct str sql = STR_INIT;
    dun_result *result = NULL;
    merge_append_dangling(&sql, transfer->works, table, reference);
    bool found = db_query(transfer->connection, str_text(&sql), &result, NULL) && result->rows > 0;
    str_free(&sql);
    for (size_t i = 0; found && i < reference->count; ++i)
        str_printf(values, "%s%s %s", i ? ", " : "", table->columns[reference->columns[i]].name,
                   result_text(result, 0, i));
    if (found)
        return result;
    dun_result_free(result);
    return NULL;
}

static bool blame_one(struct transfer *transfer, const struct seed_work *work,
                      const struct seed_reference *reference, dun_error *error)
{
    struct str values = STR_INIT;
    dun_result *result = find_dangling(transfer, work->table, reference, &values);
    bool found = result != NULL;
    if (found) {
        error_set(error, DUN_BAD_INPUT, "%s refers to no row of %s", str_text(&values),
                  reference->to->full_name);
        uint64_t row = row_with(transfer, work, reference, result);
        if (row)
            error_context(error, "row %" PRIu64 " for table %s", row, work->table->full_name);
        error_at(error, work->file->path, row ? seed_rows_line(work, row) : 0, 0);
    }
    dun_result_free(result);
    str_free(&values);
    return found;
}

static bool may_have_deleted(const struct seed_work *work)
{
    return !seed_work_is_idle(work) &&
           (work->format.mode == DUN_SEED_SYNC || work->format.mode == DUN_SEED_REPLACE);
}

/* Is a row gone that others, loaded or not, refer to? */
static bool blame_deletion(struct transfer *transfer, const struct seed_work *work,
                           const struct seed_table *from, dun_error *error)
{
    bool found = false;
    for (size_t i = 0; !found && i < from->reference_count; ++i) {
        struct str values = STR_INIT;
        dun_result *result = NULL;
        if (from->references[i].to == work->table)
            result = find_dangling(transfer, from, &from->references[i], &values);
        found = result != NULL;
        if (found) {
            error_set(error, DUN_FAILED, "a row of %s with %s refers to a row that the file does not have",
                      from->full_name, str_text(&values));
            error_context(error, "deleting from %s", work->table->full_name);
            error_at(error, work->file->path, 0, 0);
        }
        dun_result_free(result);
        str_free(&values);
    }
    return found;
}

bool blame_reference(struct transfer *transfer, dun_error *error)
{
    const struct seed_works *works = transfer->works;
    if (transfer->engine->rows->failure_spoils && !transfer_go_back(transfer))
        return false;
    for (size_t i = 0; i < works->count; ++i) {
        const struct seed_work *work = works->items[i];
        for (size_t j = 0; !work->skipped && j < work->table->reference_count; ++j)
            if (blame_one(transfer, work, &work->table->references[j], error))
                return true;
    }
    for (size_t i = 0; i < works->count; ++i)
        for (size_t j = 0; may_have_deleted(works->items[i]) && j < works->tables->count; ++j)
            if (blame_deletion(transfer, works->items[i], &works->tables->tables[j], error))
                return true;
    return false;
}
