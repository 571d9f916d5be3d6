/* dun_seed_capture_tables: rows of a database as seed files. */
#include "base/error.h"
#include "base/map.h"
#include "engine/rows.h"
#include "seed/capture_file.h"
#include "seed/condition.h"
#include "seed/follow.h"
#include "seed/mask.h"
#include "seed/result.h"
#include "sql/quote.h"
#include "sql/utf8.h"
#include "task/task.h"

#include <string.h>

enum { ROWS_BETWEEN_LOOKS = 1024, MILLISECONDS_BETWEEN_EVENTS = 100 };

struct capturing {
    struct arena *arena;
    const dun_seed_options *options;
    const dun_seed_capture *capture;
    dun_seed_run *run;
    struct run_target *target;
    struct seed_tables *tables;
    struct follow follow;
    const char *where; /* NULL: all rows */
    int64_t told_ms;
};

/* One table while it is written. */
struct writing {
    struct capturing *capturing;
    const struct seed_table *table;
    struct capture_file file;
    size_t count; /* columns that are written */
    const size_t *columns;
    const bool *masked;
    struct row_value *values;
    struct str *masks; /* one a column */
    int64_t rows;
};

static bool is_masked(const struct capturing *capturing, const struct seed_table *table, const char *column)
{
    for (const char *const *mask = capturing->capture->masks; mask && *mask; ++mask) {
        const char *dot = strrchr(*mask, '.');
        size_t length = dot ? (size_t)(dot - *mask) : 0;
        bool same_table =
            !dot || (strlen(table->name) == length && strncmp(*mask, table->name, length) == 0) ||
            (strlen(table->full_name) == length && strncmp(*mask, table->full_name, length) == 0);
        if (same_table && strcmp(dot ? dot + 1 : *mask, column) == 0)
            return true;
    }
    return false;
}

/* A mask that hides nothing is a mistake that nobody would notice in time. */
static bool check_masks(const struct capturing *capturing, dun_error *error)
{
    for (const char *const *mask = capturing->capture->masks; mask && *mask; ++mask) {
        const char *const one[] = {*mask, NULL};
        const dun_seed_capture capture = {.masks = one};
        struct capturing alone = *capturing;
        bool found = false;
        alone.capture = &capture;
        for (size_t i = 0; i < capturing->follow.count; ++i)
            for (size_t j = 0; j < capturing->follow.items[i].table->column_count; ++j)
                found = found || is_masked(&alone, capturing->follow.items[i].table,
                                           capturing->follow.items[i].table->columns[j].name);
        if (found)
            continue;
        error_set(error, DUN_USAGE, "no table that is captured has a column \"%s\" to mask", *mask);
        if (capturing->follow.count == 1)
            seed_table_hint_columns(capturing->follow.items[0].table, *mask, error);
        return false;
    }
    return true;
}

/* Computed columns are left to the database. */
static void choose_columns(struct writing *writing)
{
    struct capturing *capturing = writing->capturing;
    size_t all = writing->table->column_count;
    size_t *columns = arena_alloc(capturing->arena, (all + 1) * sizeof *columns);
    bool *masked = arena_alloc(capturing->arena, (all + 1) * sizeof *masked);
    for (size_t i = 0; i < all; ++i) {
        if (writing->table->columns[i].generated)
            continue;
        masked[writing->count] = is_masked(capturing, writing->table, writing->table->columns[i].name);
        columns[writing->count++] = i;
    }
    writing->columns = columns;
    writing->masked = masked;
    writing->values = arena_alloc(capturing->arena, (all + 1) * sizeof *writing->values);
    writing->masks = arena_alloc(capturing->arena, (all + 1) * sizeof *writing->masks);
}

static void append_order(struct str *sql, const struct writing *writing)
{
    enum sql_dialect dialect = writing->capturing->tables->engine->dialect;
    const struct seed_key *key = follow_key(writing->table);
    size_t count = key ? key->count : writing->count;
    for (size_t i = 0; i < count; ++i) {
        str_append(sql, i ? ", " : " ORDER BY ");
        str_printf(sql, "%s.", writing->table->sql);
        size_t column = key ? key->columns[i] : writing->columns[i];
        sql_quote_identifier(sql, dialect, writing->table->columns[column].name);
    }
}

static void append_column(struct str *sql, const struct writing *writing, const struct seed_column *column)
{
    const struct dun_engine *engine = writing->capturing->tables->engine;
    struct str name = STR_INIT;
    str_printf(&name, "%s.", writing->table->sql);
    sql_quote_identifier(&name, engine->dialect, column->name);
    if (engine->rows->append_read)
        engine->rows->append_read(sql, column->type, str_text(&name));
    else
        str_append(sql, str_text(&name));
    str_free(&name);
}

static void append_query(struct str *sql, const struct writing *writing, const struct follow_table *item)
{
    const struct capturing *capturing = writing->capturing;
    enum sql_dialect dialect = capturing->tables->engine->dialect;
    str_append(sql, "SELECT ");
    for (size_t i = 0; i < writing->count; ++i) {
        str_append(sql, i ? ", " : "");
        append_column(sql, writing, &writing->table->columns[writing->columns[i]]);
    }
    str_printf(sql, " FROM %s", writing->table->sql);
    if (item->keys) {
        const struct seed_key *key = follow_key(writing->table);
        str_printf(sql, " JOIN %s ON ", item->keys);
        for (size_t i = 0; i < key->count; ++i) {
            str_append(sql, i ? " AND " : "");
            str_printf(sql, "%s.", item->keys);
            sql_quote_identifier(sql, dialect, writing->table->columns[key->columns[i]].name);
            str_printf(sql, " = %s.", writing->table->sql);
            sql_quote_identifier(sql, dialect, writing->table->columns[key->columns[i]].name);
        }
    } else if (capturing->where) {
        str_printf(sql, " WHERE (%s)", capturing->where);
    }
    append_order(sql, writing);
}

static bool write_header(struct writing *writing, dun_error *error)
{
    for (size_t i = 0; i < writing->count; ++i) {
        const char *name = writing->table->columns[writing->columns[i]].name;
        writing->values[i] = (struct row_value){name, strlen(name)};
    }
    return capture_file_write(&writing->file, writing->count, writing->values, error);
}

static bool not_text(const struct writing *writing, size_t column, dun_error *error)
{
    error_set(error, DUN_FAILED,
              "row %lld of %s: column %s has bytes that are no text in UTF-8, which a seed file cannot hold",
              (long long)writing->rows + 1, writing->table->full_name,
              writing->table->columns[writing->columns[column]].name);
    error_hint(error, "bytes can be captured from columns whose type is one of bytes (BLOB, BINARY)");
    return false;
}

static bool take_value(struct writing *writing, const dun_stream *stream, size_t i, dun_error *error)
{
    const struct seed_column *column = &writing->table->columns[writing->columns[i]];
    const char *text = dun_stream_value(stream, i);
    size_t length = text ? dun_stream_length(stream, i) : 0;
    writing->values[i] = (struct row_value){text, length};
    if (!text)
        return true;
    if (utf8_check(text, length) != length)
        return not_text(writing, i, error);
    if (!writing->masked[i])
        return true;
    str_clear(&writing->masks[i]);
    if (!seed_mask_append(&writing->masks[i], column->type, text, length))
        return error_set(error, DUN_FAILED, "column %s of %s cannot be masked: its type is %s", column->name,
                         writing->table->full_name, column->type);
    writing->values[i] = (struct row_value){str_text(&writing->masks[i]), writing->masks[i].length};
    return true;
}

static void tell(struct writing *writing)
{
    struct capturing *capturing = writing->capturing;
    int64_t now = task_now();
    if (!capturing->options->observe || now - capturing->told_ms < MILLISECONDS_BETWEEN_EVENTS)
        return;
    capturing->told_ms = now;
    dun_seed_event event = {
        .kind = DUN_SEED_LOADING, .file = writing->file.path, .rows = (uint64_t)writing->rows};
    capturing->options->observe(capturing->options->user, &event);
}

static bool write_rows(struct writing *writing, dun_stream *stream, dun_error *error)
{
    int got;
    while ((got = stream->connection->driver->stream_next(stream, error)) > 0) {
        for (size_t i = 0; i < writing->count; ++i)
            if (!take_value(writing, stream, i, error))
                return false;
        if (!capture_file_write(&writing->file, writing->count, writing->values, error))
            return false;
        if (++writing->rows % ROWS_BETWEEN_LOOKS == 0)
            tell(writing);
    }
    return got == 0;
}

static bool write_content(struct writing *writing, const struct follow_table *item, dun_error *error)
{
    dun_connection *connection = writing->capturing->target->connection;
    struct str sql = STR_INIT;
    dun_stream *stream = NULL;
    append_query(&sql, writing, item);
    struct db_statement statement = {.sql = sql.data, .length = sql.length};
    bool good = write_header(writing, error) &&
                connection->driver->stream_open(connection, &statement, &stream, error) &&
                write_rows(writing, stream, error);
    if (stream)
        connection->driver->stream_close(stream);
    str_free(&sql);
    return good;
}

static const char *file_name(const struct seed_table *table, const struct seed_tables *tables)
{
    const struct seed_table *first = map_get(tables->by_name, table->name);
    return first == table && !table->next_of_name ? table->name : table->full_name;
}

static bool write_table(struct capturing *capturing, const struct follow_table *item, dun_error *error)
{
    struct writing writing = {.capturing = capturing, .table = item->table};
    const char *folder = capturing->options->folder ? capturing->options->folder : "seeds";
    int64_t started = task_now();
    bool changed = false;
    choose_columns(&writing);
    enum dun_seed_mode mode = item->table->key_count ? DUN_SEED_UPSERT : DUN_SEED_IF_EMPTY;
    bool good = capture_file_open(capturing->arena, folder, file_name(item->table, capturing->tables), mode,
                                  &writing.file, error) &&
                write_content(&writing, item, error) && capture_file_finish(&writing.file, &changed, error);
    capture_file_close(&writing.file);
    for (size_t i = 0; i < writing.count; ++i)
        str_free(&writing.masks[i]);
    if (good)
        *vector_add(capturing->run->arena, &capturing->run->files) = (dun_seed_file){
            .file = writing.file.path,
            .table = item->table->full_name,
            .mode = writing.file.format.mode,
            .state = changed ? DUN_SEED_WRITTEN : DUN_SEED_UNCHANGED,
            .rows = writing.rows,
            .elapsed_ms = task_now() - started,
        };
    return good;
}

static bool add_named(struct capturing *capturing, dun_error *error)
{
    struct follow *follow = &capturing->follow;
    for (const char *const *name = capturing->options->names; name && *name; ++name) {
        struct seed_table *table = NULL;
        if (!seed_tables_find(capturing->tables, capturing->target->connection, *name, &table, error)) {
            error_code(error, DUN_USAGE);
            return false;
        }
        bool known = false;
        for (size_t i = 0; i < follow->count; ++i)
            known = known || follow->items[i].table == table;
        if (!known)
            follow->items[follow->count++] = (struct follow_table){.table = table, .named = true};
    }
    return follow->count > 0 || error_set(error, DUN_USAGE, "no table to capture was named");
}

static bool read_condition(struct capturing *capturing, dun_error *error)
{
    const char *where = capturing->capture->where;
    if (where)
        capturing->where = seed_condition(capturing->arena, capturing->target->engine->dialect, where, error);
    return !where || capturing->where;
}

static bool capture_all(struct capturing *capturing, dun_error *error)
{
    const dun_seed_options *options = capturing->options;
    if (!seed_target_open(capturing->arena, options, "seed --capture", DB_ABSENT_REFUSED, &capturing->target,
                          error) ||
        !read_condition(capturing, error) ||
        !db_exec(capturing->target->connection, capturing->target->engine->rows->snapshot, error) ||
        !seed_tables_read(capturing->target->connection, capturing->target->engine,
                          options->history ? options->history : "dunlin_history", capturing->arena,
                          &capturing->tables, error))
        return false;
    capturing->follow = (struct follow){
        .arena = capturing->arena,
        .connection = capturing->target->connection,
        .tables = capturing->tables,
        .items = arena_alloc(capturing->arena, (capturing->tables->count + 1) * sizeof(struct follow_table)),
    };
    if (!add_named(capturing, error) ||
        (capturing->capture->follow && !follow_references(&capturing->follow, capturing->where, error)) ||
        !check_masks(capturing, error))
        return false;
    for (size_t i = 0; i < capturing->follow.count; ++i)
        if (!write_table(capturing, &capturing->follow.items[i], error))
            return false;
    return true;
}

bool dun_seed_capture_tables(const dun_seed_options *options, const dun_seed_capture *capture,
                             dun_seed_run **ret_run, dun_error *error)
{
    dun_seed_run *run = seed_run_new();
    struct capturing capturing = {.arena = run->arena, .options = options, .capture = capture, .run = run};
    struct task_scope scope;
    task_scope_enter(&scope, options->cancel, -1);
    bool good = capture_all(&capturing, error);
    if (capturing.target) {
        seed_run_conclude(run, capturing.target);
        run_target_close(capturing.target);
    }
    task_scope_leave(&scope);
    if (good)
        *ret_run = run;
    else
        dun_seed_run_free(run);
    return good;
}
