#include "seed/survey.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct surveying {
    struct arena *arena;
    const struct seed_file *file;
    struct seed_survey *survey;
    struct map *labels, *uses;
    uint64_t *present;
    size_t capacity;
    dun_error *error;
};

bool seed_value_is_label(const struct seed_value *value)
{
    return value->kind == SEED_TEXT && value->length > 1 && value->text[0] == '@' && value->text[1] != '@';
}

static bool add_label(struct surveying *surveying, const struct seed_reader *reader)
{
    const char *label = arena_strndup(surveying->arena, reader->label, reader->label_length);
    struct seed_label_place *place = vector_add(surveying->arena, &surveying->survey->labels);
    *place = (struct seed_label_place){label, reader->row, reader->line};
    struct seed_label_place *kept = ARENA_NEW(surveying->arena, struct seed_label_place);
    *kept = *place;
    if (map_add(surveying->labels, label, kept))
        return true;
    const struct seed_label_place *first = map_get(surveying->labels, label);
    error_set(surveying->error, DUN_BAD_INPUT, "the label \"%s\" is given twice", label);
    error_at(surveying->error, surveying->file->path, reader->line, 0);
    error_hint(surveying->error, "the first one is in line %u", first->line);
    return false;
}

static void add_use(struct surveying *surveying, const struct seed_reader *reader, size_t column)
{
    const struct seed_value *value = &reader->values[column];
    char *key = arena_printf(surveying->arena, "%zu %.*s", column, (int)value->length - 1, value->text + 1);
    if (!map_add(surveying->uses, key, key))
        return;
    *vector_add(surveying->arena, &surveying->survey->uses) = (struct seed_label_use){
        .column = column,
        .label = strchr(key, ' ') + 1,
        .line = value->line ? value->line : reader->line,
        .place = value->column,
    };
}

static bool add_row(struct surveying *surveying, const struct seed_reader *reader)
{
    if (reader->count > surveying->capacity) {
        size_t capacity = 2 * reader->count;
        surveying->present = memory_realloc(surveying->present, capacity * sizeof *surveying->present);
        memset(surveying->present + surveying->capacity, 0,
               (capacity - surveying->capacity) * sizeof *surveying->present);
        surveying->capacity = capacity;
    }
    for (size_t i = 0; i < reader->count; ++i) {
        surveying->present[i] += reader->values[i].kind != SEED_ABSENT;
        if (seed_value_is_label(&reader->values[i]))
            add_use(surveying, reader, i);
    }
    return !reader->label || add_label(surveying, reader);
}

static void keep(struct surveying *surveying, const struct seed_reader *reader)
{
    struct seed_survey *survey = surveying->survey;
    const char **names = arena_alloc(surveying->arena, (reader->count + 1) * sizeof *names);
    uint64_t *present = arena_alloc(surveying->arena, (reader->count + 1) * sizeof *present);
    for (size_t i = 0; i < reader->count; ++i) {
        names[i] = arena_strdup(surveying->arena, reader->names[i]);
        present[i] = surveying->present ? surveying->present[i] : 0;
    }
    survey->count = reader->count;
    survey->names = names;
    survey->present = present;
    survey->rows = reader->row;
}

bool seed_survey_file(struct arena *arena, const struct seed_file *file, struct seed_survey *ret_survey,
                      dun_error *error)
{
    struct seed_reader *reader = seed_reader_open(file->path, file->syntax, &file->format, error);
    if (!reader)
        return false;
    *ret_survey = (struct seed_survey){0};
    struct surveying surveying = {.arena = arena,
                                  .file = file,
                                  .survey = ret_survey,
                                  .labels = map_new(arena),
                                  .uses = map_new(arena),
                                  .error = error};
    int got;
    while ((got = seed_reader_next(reader, error)) > 0)
        if (!add_row(&surveying, reader)) {
            got = -1;
            break;
        }
    if (got == 0)
        keep(&surveying, reader);
    free(surveying.present);
    seed_reader_close(reader);
    return got == 0;
}
