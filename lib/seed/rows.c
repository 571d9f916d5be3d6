#include "seed/rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "seed/json_text.h"
#include "task/task.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ROWS_BETWEEN_LOOKS = 1024, MILLISECONDS_BETWEEN_EVENTS = 100 };

static bool is_json(const char *type)
{
    return strncasecmp(type, "json", 4) == 0;
}

/* Only PostgreSQL has such types. */
static bool is_array(const char *type)
{
    size_t length = strlen(type);
    return length > 2 && strcmp(type + length - 2, "[]") == 0;
}

static const char *number_of_label(const struct seed_rows *rows, const struct seed_label *label,
                                   size_t column)
{
    const struct seed_reference *reference = seed_work_reference(rows->work, column);
    const struct seed_table *table = label->work->table;
    if (!label->values)
        return NULL;
    for (size_t i = 0; reference && i < reference->count; ++i)
        if (reference->to == table && reference->columns[i] == rows->work->columns[column].number)
            return label->values[reference->referenced[i]];
    bool simple = table->key_count > 0 && table->keys[0].count == 1;
    return simple ? label->values[table->keys[0].columns[0]] : NULL;
}

static bool cannot_resolve(const struct seed_rows *rows, const struct seed_value *value, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the key of \"%.*s\" is not known", (int)value->length, value->text);
    error_at(error, rows->work->file->path, value->line ? value->line : rows->reader->line, value->column);
    error_hint(error, "a label stands for a primary key of one column, or for what a foreign key refers to");
    return false;
}

static bool resolve(struct seed_rows *rows, size_t column, const struct seed_value *value,
                    struct row_value *ret, dun_error *error)
{
    struct str *name = &rows->spare[column];
    str_clear(name);
    str_append_n(name, value->text + 1, value->length - 1);
    const struct seed_label *label = map_get(rows->works->labels, str_text(name));
    const char *key = label ? number_of_label(rows, label, column) : NULL;
    *ret = (struct row_value){key, key ? strlen(key) : 0};
    if (key || rows->without_labels || (rows->work->columns[column].late && !rows->with_late))
        return true;
    return cannot_resolve(rows, value, error);
}

static bool spell_text(struct seed_rows *rows, size_t column, const struct seed_value *value, bool json,
                       struct row_value *ret, dun_error *error)
{
    struct str *spare = &rows->spare[column];
    if (seed_value_is_label(value))
        return resolve(rows, column, value, ret, error);
    size_t doubled = value->length > 1 && value->text[0] == '@';
    *ret = (struct row_value){value->text + doubled, value->length - doubled};
    if (json) {
        str_clear(spare);
        seed_json_append_string(spare, ret->text, ret->length);
        *ret = (struct row_value){str_text(spare), spare->length};
    }
    return true;
}

/* A value of a file whose values have kinds. */
static bool spell(struct seed_rows *rows, size_t column, const struct seed_value *value,
                  struct row_value *ret, dun_error *error)
{
    const struct engine_rows *engine = rows->works->tables->engine->rows;
    const char *type = rows->work->table->columns[rows->work->columns[column].number].type;
    bool json = is_json(type);
    *ret = (struct row_value){value->text, value->length};
    switch (value->kind) {
    case SEED_ABSENT:
    case SEED_NULL:
        *ret = (struct row_value){NULL, 0};
        return true;
    case SEED_TEXT:
        return spell_text(rows, column, value, json, ret, error);
    case SEED_BOOLEAN:
        if (!json) {
            ret->text = value->text[0] == 't' ? engine->true_text : engine->false_text;
            ret->length = strlen(ret->text);
        }
        return true;
    case SEED_JSON:
        if (is_array(type) && *value->text == '[') {
            str_clear(&rows->spare[column]);
            seed_json_append_array(&rows->spare[column], value->text, value->length);
            *ret = (struct row_value){str_text(&rows->spare[column]), rows->spare[column].length};
        }
        return true;
    case SEED_NUMBER:
        break;
    }
    return true;
}

static bool no_key(const struct seed_rows *rows, size_t column, dun_error *error)
{
    const struct seed_work *work = rows->work;
    error_set(error, DUN_BAD_INPUT, "row %llu has no value for %s, a column of the key",
              (unsigned long long)rows->reader->row, work->table->columns[work->columns[column].number].name);
    error_at(error, work->file->path, rows->reader->line, 0);
    error_hint(
        error,
        "without it the row could not be found again; give it one, or load the file with mode=if-empty");
    return false;
}

static bool check_key(const struct seed_rows *rows, const struct row_value *values, dun_error *error)
{
    const struct seed_work *work = rows->work;
    if (work->format.mode == DUN_SEED_IF_EMPTY || work->format.mode == DUN_SEED_REPLACE)
        return true;
    for (size_t i = 0; i < work->key_count; ++i)
        if (!values[work->key[i]].text && !rows->without_labels)
            return no_key(rows, work->key[i], error);
    return true;
}

/* Files are mostly written in the order of their keys, and then need not be looked through for duplicates. */
static void note_key(struct seed_rows *rows, const struct row_value *key)
{
    enum { CERTAIN_DIGITS = 18 };
    int64_t number = 0;
    bool good = key->text && key->length > 0 && key->length <= CERTAIN_DIGITS;
    for (size_t i = 0; good && i < key->length; ++i) {
        good = key->text[i] >= '0' && key->text[i] <= '9';
        number = number * 10 + (key->text[i] - '0');
    }
    rows->rising = good && number > rows->last_key;
    rows->last_key = number;
}

static void tell(struct seed_rows *rows)
{
    struct seed_progress *progress = rows->progress;
    int64_t now = task_now();
    if (!progress->observe || now - progress->last_ms < MILLISECONDS_BETWEEN_EVENTS)
        return;
    progress->last_ms = now;
    dun_seed_event event = {
        .kind = DUN_SEED_LOADING,
        .file = rows->work->file->path,
        .rows = rows->reader->row,
        .bytes = rows->reader->input.taken,
        .size = rows->work->file->size,
        .number = progress->number,
        .total = progress->total,
    };
    progress->observe(progress->user, &event);
}

/* The header of a CSV file names the columns of the work, in that order. */
static void copy_fields(const struct seed_rows *rows, struct row_value *ret_values)
{
    const struct seed_reader *reader = rows->reader;
    for (size_t i = 0; i < rows->work->count; ++i) {
        const struct seed_value *value = &reader->values[i];
        bool null = value->kind == SEED_NULL || (rows->work->columns[i].late && !rows->with_late);
        ret_values[i] = null ? (struct row_value){NULL, 0} : (struct row_value){value->text, value->length};
    }
}

static bool spell_values(struct seed_rows *rows, struct row_value *ret_values, dun_error *error)
{
    const struct seed_work *work = rows->work;
    const struct seed_value absent = {.kind = SEED_ABSENT};
    size_t extra = work->count;
    for (size_t i = 0; i < work->count; ++i) {
        const struct seed_value *value = i < rows->reader->count ? &rows->reader->values[i] : &absent;
        if (!spell(rows, i, value, &ret_values[i], error))
            return false;
        if (work->columns[i].late && !rows->with_late)
            ret_values[i] = (struct row_value){NULL, 0};
        if (work->columns[i].partial)
            ret_values[extra++] = (struct row_value){value->kind == SEED_ABSENT ? "0" : "1", 1};
    }
    return true;
}

static int next(struct row_source *source, struct row_value *ret_values, dun_error *error)
{
    struct seed_rows *rows = (struct seed_rows *)source;
    int got = seed_reader_next(rows->reader, error);
    if (got <= 0)
        return got;
    if (rows->progress && rows->reader->row % ROWS_BETWEEN_LOOKS == 0)
        tell(rows);
    if (rows->work->surveyed && !spell_values(rows, ret_values, error))
        return -1;
    if (!rows->work->surveyed)
        copy_fields(rows, ret_values);
    if (rows->rising)
        note_key(rows, &ret_values[rows->work->key[0]]);
    return check_key(rows, ret_values, error) ? 1 : -1;
}

size_t seed_rows_columns(const struct seed_work *work)
{
    size_t count = work->count;
    for (size_t i = 0; i < work->count; ++i)
        count += work->columns[i].partial;
    return count;
}

bool seed_rows_open(struct seed_rows *rows, const struct seed_works *works, const struct seed_work *work,
                    dun_error *error)
{
    *rows = (struct seed_rows){
        .source = {next}, .works = works, .work = work, .rising = work->key_count == 1, .last_key = -1};
    rows->spare = memory_alloc(memory_multiply(work->count + 1, sizeof *rows->spare));
    rows->reader = seed_reader_open(work->file->path, work->file->syntax, &work->file->format, error);
    if (!rows->reader)
        return false;
    /* As they were surveyed, so that the columns have the same numbers. */
    for (size_t i = 0; work->surveyed && i < work->count; ++i)
        seed_reader_column(rows->reader, work->survey.names[i], strlen(work->survey.names[i]), i);
    return true;
}

void seed_rows_close(struct seed_rows *rows)
{
    for (size_t i = 0; rows->spare && i <= rows->work->count; ++i)
        str_free(&rows->spare[i]);
    free(rows->spare);
    seed_reader_close(rows->reader);
    rows->spare = NULL;
    rows->reader = NULL;
}

unsigned seed_rows_line(const struct seed_work *work, uint64_t row)
{
    struct seed_reader *reader =
        seed_reader_open(work->file->path, work->file->syntax, &work->file->format, NULL);
    unsigned line = 0;
    while (reader && reader->row < row && seed_reader_next(reader, NULL) > 0)
        if (reader->row == row)
            line = reader->line;
    seed_reader_close(reader);
    return line;
}
