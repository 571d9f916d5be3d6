#include "seed/demo/rows.h"

#include "base/memory.h"
#include "task/task.h"

#include <stdlib.h>

enum { ROWS_A_LOOK = 4096, EVENT_MS = 100 };

static void tell(struct demo_rows *rows)
{
    int64_t now = task_now();
    if (!rows->observe || now - rows->last_ms < EVENT_MS)
        return;
    rows->last_ms = now;
    dun_seed_event event = {.kind = DUN_SEED_LOADING,
                            .file = rows->table->table->full_name,
                            .rows = rows->row,
                            .bytes = rows->row,
                            .size = rows->table->rows,
                            .number = rows->number,
                            .total = rows->total};
    rows->observe(rows->user, &event);
}

static int next(struct row_source *source, struct row_value *ret_values, dun_error *error)
{
    struct demo_rows *rows = (struct demo_rows *)source;
    const struct seed_work *work = rows->table->work;
    (void)error;
    if (rows->row == rows->table->rows)
        return 0;
    if (rows->row % ROWS_A_LOOK == 0)
        tell(rows);
    for (size_t i = 0; i < work->count; ++i) {
        struct str *text = &rows->texts[i];
        str_clear(text);
        bool there = demo_value(rows->table, work->columns[i].number, rows->row, text);
        ret_values[i] = (struct row_value){there ? str_text(text) : NULL, there ? text->length : 0};
    }
    ++rows->row;
    return 1;
}

void demo_rows_open(struct demo_rows *rows, const struct demo_table *table)
{
    *rows = (struct demo_rows){.source = {next}, .table = table};
    rows->texts = memory_alloc((table->work->count + 1) * sizeof *rows->texts);
}

void demo_rows_close(struct demo_rows *rows)
{
    for (size_t i = 0; rows->texts && i < rows->table->work->count; ++i)
        str_free(&rows->texts[i]);
    free(rows->texts);
    rows->texts = NULL;
}

struct row_target demo_counted_columns(struct arena *arena, const struct demo_table *table)
{
    struct row_column *columns = arena_alloc(arena, (table->column_count + 1) * sizeof *columns);
    struct row_target target = {
        .schema = table->table->schema, .table = table->table->name, .columns = columns};
    for (size_t i = 0; i < table->column_count && table->rows > 0; ++i) {
        const struct demo_column *column = &table->columns[i];
        if (column->source == SOURCE_GENERATED && column->choice.mode == MODE_SEQUENCE)
            columns[target.count++] = (struct row_column){column->column->name, column->column->type};
    }
    return target;
}
