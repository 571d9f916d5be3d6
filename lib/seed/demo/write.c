#include "seed/demo/write.h"

#include "base/error.h"
#include "seed/capture_file.h"
#include "seed/csv_writer.h"
#include "seed/demo/rows.h"
#include "sql/quote.h"
#include "task/task.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { ROWS_A_STATEMENT = 200, FLUSH_BYTES = 65536 };

struct writing {
    struct demo_plan *plan;
    dun_connection *connection;
    const dun_seed_options *options;
    const dun_demo_options *demo;
    dun_seed_run *run;
    FILE *out;
    const char *path; /* NULL: the stream */
    struct str text;
};

static struct demo_table *table_at(const struct writing *writing, size_t index)
{
    const struct seed_work *work = writing->plan->works->items[index];
    return &writing->plan->items[work->table - writing->plan->tables->tables];
}

static bool flush(struct writing *writing, dun_error *error)
{
    bool good =
        fwrite(str_text(&writing->text), 1, writing->text.length, writing->out) == writing->text.length;
    str_clear(&writing->text);
    return good || error_set(error, DUN_FAILED, "cannot write %s: %s",
                             writing->path ? writing->path : "the rows", strerror(errno));
}

static bool is_plain(const struct demo_table *table, size_t column)
{
    enum demo_class class = table->columns[column].type.class;
    return (class == DEMO_INTEGER || class == DEMO_DECIMAL || class == DEMO_FLOAT || class == DEMO_YEAR) &&
           !table->columns[column].type.array;
}

static void append_value(struct writing *writing, const struct demo_table *table, size_t column,
                         const struct row_value *value)
{
    if (value->text && is_plain(table, column))
        str_append_n(&writing->text, value->text, value->length);
    else if (value->text)
        sql_quote_literal(&writing->text, writing->plan->tables->engine->dialect, value->text, value->length);
    else
        str_append(&writing->text, "NULL");
}

static void append_column(struct writing *writing, const struct demo_table *table, size_t column)
{
    sql_quote_identifier(&writing->text, writing->plan->tables->engine->dialect,
                         table->columns[column].column->name);
}

static void append_insert(struct writing *writing, const struct demo_table *table)
{
    bool counted = false;
    str_printf(&writing->text, "INSERT INTO %s (", table->table->sql);
    for (size_t i = 0; i < table->work->count; ++i) {
        size_t column = table->work->columns[i].number;
        counted = counted || table->columns[column].column->counted;
        if (i > 0)
            str_append(&writing->text, ", ");
        append_column(writing, table, column);
    }
    str_printf(&writing->text, ")%s VALUES\n",
               counted ? writing->plan->tables->engine->rows->insert_words : "");
}

/* Columns that had to wait, row by row. */
static void append_update(struct writing *writing, const struct demo_table *table,
                          const struct row_value *values)
{
    const struct seed_work *work = table->work;
    bool first = true;
    str_printf(&writing->text, "UPDATE %s SET ", table->table->sql);
    for (size_t i = 0; i < work->count; ++i) {
        if (!work->columns[i].late)
            continue;
        str_append(&writing->text, first ? "" : ", ");
        append_column(writing, table, work->columns[i].number);
        str_append(&writing->text, " = ");
        append_value(writing, table, work->columns[i].number, &values[i]);
        first = false;
    }
    for (size_t i = 0; i < work->key_count; ++i) {
        str_append(&writing->text, i ? " AND " : " WHERE ");
        append_column(writing, table, work->columns[work->key[i]].number);
        str_append(&writing->text, " = ");
        append_value(writing, table, work->columns[work->key[i]].number, &values[work->key[i]]);
    }
    str_append(&writing->text, ";\n");
}

static bool append_row(struct writing *writing, const struct demo_table *table, uint64_t row,
                       const struct row_value *values, dun_error *error)
{
    if (table->second_pass) {
        append_update(writing, table, values);
    } else {
        if (row % ROWS_A_STATEMENT == 0)
            append_insert(writing, table);
        for (size_t i = 0; i < table->work->count; ++i) {
            str_append(&writing->text, i ? ", " : "    (");
            append_value(writing, table, table->work->columns[i].number, &values[i]);
        }
        bool last = (row + 1) % ROWS_A_STATEMENT == 0 || row + 1 == table->rows;
        str_append(&writing->text, last ? ");\n" : "),\n");
    }
    return writing->text.length < FLUSH_BYTES || flush(writing, error);
}

static bool check_interruption(dun_error *error)
{
    enum task_outcome outcome = task_check();
    return outcome == TASK_READY || task_outcome_error(outcome, "writing the rows", error);
}

typedef bool (*row_writer)(struct writing *writing, const struct demo_table *table, uint64_t row,
                           const struct row_value *values, dun_error *error);

static bool write_rows(struct writing *writing, const struct demo_table *table, row_writer write,
                       dun_error *error)
{
    struct demo_rows rows;
    struct row_value *values = arena_alloc(writing->plan->arena, (table->work->count + 1) * sizeof *values);
    bool good = true;
    demo_rows_open(&rows, table);
    rows.observe = writing->options->observe;
    rows.user = writing->options->user;
    for (uint64_t row = 0; good && row < table->rows; ++row) {
        good =
            rows.source.next(&rows.source, values, error) == 1 && write(writing, table, row, values, error);
        if (good && row % FLUSH_BYTES == 0)
            good = check_interruption(error);
    }
    demo_rows_close(&rows);
    return good;
}

static void tell(struct writing *writing, const struct demo_table *table, const char *path, int64_t started)
{
    *vector_add(writing->run->arena, &writing->run->files) = (dun_seed_file){
        .file = path ? path : table->table->full_name,
        .table = table->table->full_name,
        .state = DUN_SEED_WRITTEN,
        .rows = (int64_t)table->rows,
        .elapsed_ms = task_now() - started,
    };
}

/* What gives numbers to rows goes on behind those of the script. */
static bool append_advance(struct writing *writing, dun_error *error)
{
    const struct engine_rows *rows = writing->plan->tables->engine->rows;
    const struct seed_works *works = writing->plan->works;
    for (size_t i = 0; rows->append_advance && i < works->count; ++i) {
        const struct demo_table *table = table_at(writing, i);
        struct row_target target = demo_counted_columns(writing->plan->arena, table);
        if (target.count > 0 && !rows->append_advance(writing->connection, &target, &writing->text, error))
            return false;
    }
    return true;
}

static bool write_script(struct writing *writing, dun_error *error)
{
    const struct engine_rows *rows = writing->plan->tables->engine->rows;
    struct seed_works *works = writing->plan->works;
    str_printf(&writing->text, "BEGIN;\n%s%s", rows->defer ? rows->defer : "", rows->defer ? ";\n" : "");
    for (size_t i = 0; i < works->count; ++i) {
        const struct demo_table *table = table_at(writing, i);
        int64_t started = task_now();
        if (!write_rows(writing, table, append_row, error))
            return false;
        tell(writing, table, NULL, started);
    }
    for (size_t i = 0; i < works->count; ++i) {
        struct demo_table *table = table_at(writing, i);
        table->second_pass = true;
        if (table->work->has_late && !write_rows(writing, table, append_row, error))
            return false;
    }
    if (!append_advance(writing, error))
        return false;
    str_append(&writing->text, "COMMIT;\n");
    return flush(writing, error);
}

static bool append_record(struct writing *writing, const struct demo_table *table, uint64_t row,
                          const struct row_value *values, dun_error *error)
{
    const struct seed_format format = seed_format_default(false);
    (void)row;
    csv_append_record(&writing->text, &format, table->work->count, values);
    return writing->text.length < FLUSH_BYTES || flush(writing, error);
}

static bool write_records(struct writing *writing, struct demo_table *table, dun_error *error)
{
    struct row_value *names = arena_alloc(writing->plan->arena, (table->work->count + 1) * sizeof *names);
    for (size_t i = 0; i < table->work->count; ++i) {
        const char *name = table->columns[table->work->columns[i].number].column->name;
        names[i] = (struct row_value){name, strlen(name)};
    }
    table->second_pass = true; /* what reads the files knows how to wait */
    return append_record(writing, table, 0, names, error) &&
           write_rows(writing, table, append_record, error) && flush(writing, error);
}

static const char *file_of(const struct writing *writing, const struct seed_table *table)
{
    const char *name = table->next_of_name || (table->schema &&
                                               table != map_get(writing->plan->tables->by_name, table->name))
                           ? table->full_name
                           : table->name;
    return arena_printf(writing->plan->arena, "%s/%s.csv", writing->demo->folder, name);
}

static bool open_file(struct writing *writing, const char *path, dun_error *error)
{
    writing->path = path;
    if (mkdir(writing->demo->folder, 0777) != 0 && errno != EEXIST)
        return error_set(error, DUN_FAILED, "cannot make the folder %s: %s", writing->demo->folder,
                         strerror(errno));
    writing->out = fopen(path, "w");
    return writing->out || error_set(error, DUN_FAILED, "cannot write %s: %s", path, strerror(errno));
}

static bool close_file(struct writing *writing, bool good, dun_error *error)
{
    if (!writing->path || !writing->out)
        return good;
    if (fclose(writing->out) != 0 && good)
        good = error_set(error, DUN_FAILED, "cannot write %s: %s", writing->path, strerror(errno));
    writing->out = NULL;
    return good;
}

static bool write_tables(struct writing *writing, dun_error *error)
{
    struct seed_works *works = writing->plan->works;
    if (!writing->demo->folder && works->count > 1) {
        error_set(error, DUN_USAGE, "the rows of %zu tables do not go into one CSV", works->count);
        error_hint(error, "name a folder for the files, or one table: --demo %s=1000",
                   works->items[0]->table->name);
        return false;
    }
    for (size_t i = 0; i < works->count; ++i) {
        struct demo_table *table = table_at(writing, i);
        const char *path = writing->demo->folder ? file_of(writing, table->table) : NULL;
        int64_t started = task_now();
        bool good = (!path || open_file(writing, path, error)) && write_records(writing, table, error);
        if (!close_file(writing, good, error))
            return false;
        tell(writing, table, path, started);
    }
    return true;
}

bool demo_write(struct demo_plan *plan, dun_connection *connection, const dun_seed_options *options,
                const dun_demo_options *demo, dun_seed_run *run, dun_error *error)
{
    struct writing writing = {.plan = plan,
                              .connection = connection,
                              .options = options,
                              .demo = demo,
                              .run = run,
                              .out = demo->stream};
    bool good;
    if (demo->output == DUN_DEMO_CSV) {
        good = write_tables(&writing, error);
    } else {
        const char *path = demo->folder ? arena_printf(plan->arena, "%s/demo.sql", demo->folder) : NULL;
        good = (!path || open_file(&writing, path, error)) && write_script(&writing, error);
        good = close_file(&writing, good, error);
    }
    str_free(&writing.text);
    return good;
}
