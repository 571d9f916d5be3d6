#include "seed/work.h"

#include "base/error.h"
#include "base/nearest.h"

#include <string.h>

const struct seed_reference *seed_work_reference(const struct seed_work *work, size_t column)
{
    const struct seed_table *table = work->table;
    for (size_t i = 0; i < table->reference_count; ++i)
        for (size_t j = 0; j < table->references[i].count; ++j)
            if (table->references[i].columns[j] == work->columns[column].number)
                return &table->references[i];
    return NULL;
}

static bool unknown_column(const struct seed_work *work, const char *name, size_t place, bool none_known,
                           dun_error *error)
{
    if (none_known) {
        error_set(error, DUN_BAD_INPUT, "the first line names no column of the table %s",
                  work->table->full_name);
        error_at(error, work->file->path, 0, 0);
        error_hint(error, "the file needs a header: a first line with the names of the columns");
    } else {
        error_set(error, DUN_BAD_INPUT, "the table %s has no column \"%s\" (column %zu of the file)",
                  work->table->full_name, name, place + 1);
        error_at(error, work->file->path, 0, 0);
    }
    seed_table_hint_columns(work->table, name, error);
    return false;
}

static bool refuse_generated(const struct seed_work *work, const char *name, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the column \"%s\" of %s is computed by the database", name,
              work->table->full_name);
    error_at(error, work->file->path, 0, 0);
    error_hint(error, "leave it out of the file");
    return false;
}

/* No name is that of a column, and there are several: a line of values, as it seems. */
static bool none_is_known(const struct seed_work *work, size_t count, const char *const *names)
{
    for (size_t i = 0; i < count; ++i)
        if (seed_table_column(work->table, names[i]) != SEED_NO_COLUMN)
            return false;
    return !work->surveyed;
}

static bool find_columns(struct arena *arena, struct seed_work *work, size_t count, const char *const *names,
                         dun_error *error)
{
    work->count = count;
    work->columns = arena_alloc(arena, (count + 1) * sizeof *work->columns);
    for (size_t i = 0; i < count; ++i) {
        int number = seed_table_column(work->table, names[i]);
        if (number == SEED_NO_COLUMN)
            return unknown_column(work, names[i], i, none_is_known(work, count, names), error);
        if (work->table->columns[number].generated)
            return refuse_generated(work, names[i], error);
        work->columns[i].number = (size_t)number;
        for (size_t j = 0; j < i; ++j)
            if (work->columns[j].number == (size_t)number) {
                error_set(error, DUN_BAD_INPUT, "the column \"%s\" is named twice", names[i]);
                error_at(error, work->file->path, 0, 0);
                return false;
            }
    }
    return true;
}

/* The columns of the file, whatever the format. */
static bool read_columns(struct arena *arena, struct seed_work *work, dun_error *error)
{
    const struct seed_file *file = work->file;
    work->surveyed = file->syntax != SEED_CSV && file->syntax != SEED_TSV;
    struct seed_reader *reader = seed_reader_open(file->path, file->syntax, &file->format, error);
    if (!reader)
        return false;
    /* Of the config and the file itself, the file has the last word. */
    work->format = reader->format;
    work->format.null = arena_strdup(arena, reader->format.null);
    const char **key = arena_alloc(arena, (reader->format.key_count + 1) * sizeof *key);
    for (size_t i = 0; i < reader->format.key_count; ++i)
        key[i] = arena_strdup(arena, reader->format.key[i]);
    work->format.key = key;
    bool good = work->surveyed || find_columns(arena, work, reader->count, reader->names, error);
    seed_reader_close(reader);
    return good;
}

static bool survey(struct arena *arena, struct seed_work *work, dun_error *error)
{
    if (!work->surveyed)
        return true;
    struct seed_survey *survey = &work->survey;
    if (!seed_survey_file(arena, work->file, survey, error) ||
        !find_columns(arena, work, survey->count, survey->names, error))
        return false;
    for (size_t i = 0; i < work->count; ++i) {
        work->columns[i].partial = survey->present[i] < survey->rows;
        work->has_partial = work->has_partial || work->columns[i].partial;
    }
    for (size_t i = 0; i < survey->uses.count; ++i)
        work->columns[survey->uses.items[i].column].labelled = true;
    work->has_labels = survey->labels.count > 0;
    return true;
}

static int place_in_work(const struct seed_work *work, size_t number)
{
    for (size_t i = 0; i < work->count; ++i)
        if (work->columns[i].number == number)
            return (int)i;
    return SEED_NO_COLUMN;
}

/* Takes the key of the table, if the file has all of its columns. */
static bool take_key(struct arena *arena, struct seed_work *work, const struct seed_key *key)
{
    size_t *columns = arena_alloc(arena, key->count * sizeof *columns);
    for (size_t i = 0; i < key->count; ++i) {
        int place = place_in_work(work, key->columns[i]);
        if (place == SEED_NO_COLUMN)
            return false;
        columns[i] = (size_t)place;
    }
    work->key = columns;
    work->key_count = key->count;
    for (size_t i = 0; i < key->count; ++i)
        work->columns[columns[i]].key = true;
    return true;
}

static bool may_be_null(const struct seed_table *table, const struct seed_key *key)
{
    for (size_t i = 0; i < key->count; ++i)
        if (!table->columns[key->columns[i]].not_null && !key->primary)
            return true;
    return false;
}

static bool is_key_of(const struct seed_table *table, const struct seed_key *key,
                      const struct seed_format *format)
{
    if (format->key_count == 1 && strcmp(key->name, format->key[0]) == 0)
        return true;
    if (key->count != format->key_count)
        return false;
    for (size_t i = 0; i < format->key_count; ++i) {
        bool found = false;
        for (size_t j = 0; j < key->count; ++j)
            found = found || (int)key->columns[j] == seed_table_column(table, format->key[i]);
        if (!found)
            return false;
    }
    return true;
}

static bool wrong_key(const struct seed_work *work, const char *message, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "%s", message);
    error_context(error, "table %s", work->table->full_name);
    error_at(error, work->file->path, 0, 0);
    return false;
}

static bool take_named_key(struct arena *arena, struct seed_work *work, dun_error *error)
{
    for (size_t i = 0; i < work->table->key_count; ++i) {
        if (!is_key_of(work->table, &work->table->keys[i], &work->format))
            continue;
        return take_key(arena, work, &work->table->keys[i]) ||
               wrong_key(work, "the file does not have all columns of the key that it names", error);
    }
    wrong_key(work, "the key that the file names is no primary key or unique key of the table", error);
    for (size_t i = 0; i < work->format.key_count; ++i)
        if (seed_table_column(work->table, work->format.key[i]) == SEED_NO_COLUMN)
            seed_table_hint_columns(work->table, work->format.key[i], error);
    return false;
}

/* The primary key, else a unique key that cannot be NULL, else any that the file has. */
static void take_some_key(struct arena *arena, struct seed_work *work)
{
    const struct seed_table *table = work->table;
    for (int nullable = 0; nullable <= 1 && work->key_count == 0; ++nullable)
        for (size_t i = 0; i < table->key_count && work->key_count == 0; ++i)
            if (may_be_null(table, &table->keys[i]) == nullable)
                take_key(arena, work, &table->keys[i]);
}

static bool needs_key(const struct seed_work *work)
{
    return work->format.mode == DUN_SEED_UPSERT || work->format.mode == DUN_SEED_SYNC || work->has_labels;
}

static bool choose_key(struct arena *arena, struct seed_work *work, dun_error *error)
{
    if (work->format.key_count > 0)
        return take_named_key(arena, work, error);
    take_some_key(arena, work);
    if (work->key_count > 0 || !needs_key(work))
        return true;
    wrong_key(work,
              work->table->key_count ? "the file has no key by which its rows could be found again"
                                     : "the table has no key by which rows could be found again",
              error);
    if (work->table->key_count)
        error_hint(error, "add the columns of a primary or unique key to the file");
    error_hint(
        error,
        "or load it in another mode: `# dunlin: mode=if-empty` (or insert, replace) at the top of the file");
    return false;
}

/* A file that lost its content should not take that of the table along. */
static bool refuse_empty(const struct seed_work *work, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the file has no rows, and mode=sync would delete all of %s",
              work->table->full_name);
    error_at(error, work->file->path, 0, 0);
    error_hint(error, "a CSV file with nothing but a header says so for certain");
    return false;
}

static bool prepare(struct arena *arena, struct seed_work *work, dun_error *error)
{
    if (!read_columns(arena, work, error) || !survey(arena, work, error))
        return false;
    if (work->count == 0 && work->surveyed)
        return work->format.mode != DUN_SEED_SYNC || refuse_empty(work, error);
    return choose_key(arena, work, error);
}

static bool add_labels(struct seed_works *works, const struct seed_work *work, dun_error *error)
{
    struct arena *arena = works->arena;
    for (size_t i = 0; i < work->survey.labels.count; ++i) {
        const struct seed_label_place *place = &work->survey.labels.items[i];
        struct seed_label *label = ARENA_NEW(arena, struct seed_label);
        *label = (struct seed_label){.work = work, .row = place->row, .line = place->line};
        const char *full = arena_printf(arena, "%s.%s", work->table->full_name, place->label);
        if (!map_add(works->labels, full, label)) {
            error_set(error, DUN_BAD_INPUT, "another file has the label \"%s\", too", place->label);
            error_at(error, work->file->path, place->line, 0);
            return false;
        }
        map_add(works->labels, arena_printf(arena, "%s.%s", work->table->name, place->label), label);
    }
    return true;
}

static bool unknown_label(const struct seed_works *works, const struct seed_work *work,
                          const struct seed_label_use *use, dun_error *error)
{
    struct arena *arena = works->arena;
    size_t count = 0;
    for (size_t i = 0; i < works->count; ++i)
        count += works->items[i]->survey.labels.count;
    const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
    count = 0;
    for (size_t i = 0; i < works->count; ++i)
        for (size_t j = 0; j < works->items[i]->survey.labels.count; ++j)
            names[count++] = arena_printf(arena, "%s.%s", works->items[i]->table->name,
                                          works->items[i]->survey.labels.items[j].label);
    error_set(error, DUN_BAD_INPUT, "no row has the label \"@%s\"", use->label);
    error_at(error, work->file->path, use->line, use->place);
    const char *meant = nearest_word(use->label, names);
    if (meant)
        error_hint(error, "did you mean \"@%s\"?", meant);
    else
        error_hint(
            error,
            "a row gets a label by \"$label\": \"NAME\"; a text that begins with @ is written with two");
    return false;
}

static bool check_uses(const struct seed_works *works, const struct seed_work *work, dun_error *error)
{
    for (size_t i = 0; i < work->survey.uses.count; ++i)
        if (!map_get(works->labels, work->survey.uses.items[i].label))
            return unknown_label(works, work, &work->survey.uses.items[i], error);
    return true;
}

static bool add_work(struct seed_works *works, const struct seed_file *file, dun_connection *connection,
                     bool only_sync, dun_error *error)
{
    struct seed_work *work = ARENA_NEW(works->arena, struct seed_work);
    struct seed_table *table = NULL;
    if (!seed_tables_find(works->tables, connection, file->table, &table, error)) {
        error_at(error, file->path, 0, 0);
        return false;
    }
    work->file = file;
    work->table = table;
    if (!prepare(works->arena, work, error))
        return false;
    work->told = (dun_seed_file){
        .file = file->path, .table = table->full_name, .mode = work->format.mode, .elapsed_ms = -1};
    work->left_out = only_sync && work->format.mode != DUN_SEED_SYNC;
    works->items[works->count++] = work;
    return true;
}

bool seed_works_prepare(struct arena *arena, const struct seed_folder *folder, struct seed_tables *tables,
                        dun_connection *connection, bool only_sync, struct seed_works **ret_works,
                        dun_error *error)
{
    struct seed_works *works = ARENA_NEW(arena, struct seed_works);
    *works = (struct seed_works){
        .arena = arena,
        .tables = tables,
        .items = arena_alloc(arena, (folder->files.count + 1) * sizeof(struct seed_work *)),
        .labels = map_new(arena),
    };
    VECTOR_EACH (const struct seed_file, file, &folder->files)
        if (file->table && !add_work(works, file, connection, only_sync, error))
            return false;
    for (size_t i = 0; i < works->count; ++i)
        if (!add_labels(works, works->items[i], error))
            return false;
    for (size_t i = 0; i < works->count; ++i)
        if (!check_uses(works, works->items[i], error))
            return false;
    *ret_works = works;
    return true;
}

bool seed_work_is_idle(const struct seed_work *work)
{
    return work->skipped || work->count == 0 || work->told.state == DUN_SEED_NOT_EMPTY;
}
