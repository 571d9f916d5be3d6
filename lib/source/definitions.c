#include "source/definitions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct source_definitions *source_definitions_new(struct arena *arena, enum sql_dialect dialect)
{
    struct source_definitions *definitions = ARENA_NEW(arena, struct source_definitions);
    definitions->arena = arena;
    definitions->dialect = dialect;
    return definitions;
}

bool source_definitions_add(struct source_definitions *definitions, const char *path, const char *name,
                            const char *text, size_t length, dun_error *error)
{
    static const char byte_order_mark[] = {'\xEF', '\xBB', '\xBF'};
    if (length >= sizeof byte_order_mark && memcmp(text, byte_order_mark, sizeof byte_order_mark) == 0) {
        text += sizeof byte_order_mark;
        length -= sizeof byte_order_mark;
    }
    struct source_definition_file file = {.path = path, .name = name, .text = text, .length = length};
    struct sql_script *script;
    if (!sql_split(definitions->arena, definitions->dialect, name, text, length, &script, error) ||
        !source_annotations_read(definitions->arena, definitions->dialect, name, text, length, script,
                                 &file.annotations, &file.annotation_count, error))
        return false;
    file.script = script;
    *vector_add(definitions->arena, &definitions->files) = file;
    return true;
}

void source_definitions_warn(struct source_definitions *definitions, const char *file, const char *message)
{
    dun_warning *warning = vector_add(definitions->arena, &definitions->warnings);
    warning->file = file;
    warning->message = message;
}

static int by_path(const void *left, const void *right)
{
    const struct source_definition_file *a = left, *b = right;
    return strcmp(a->path, b->path);
}

static int by_file(const void *left, const void *right)
{
    const dun_warning *a = left, *b = right;
    return strcmp(a->file, b->file);
}

/* The length of a path keeps it apart from the sum that follows. */
static void add_file(struct checksum *checksum, const struct source_definition_file *file)
{
    char blob[CHECKSUM_LENGTH + 1], length[32];
    checksum_blob(file->text, file->length, blob);
    int digits = snprintf(length, sizeof length, "%zu:", strlen(file->path));
    checksum_add(checksum, length, (size_t)digits);
    checksum_add(checksum, file->path, strlen(file->path));
    checksum_add(checksum, blob, CHECKSUM_LENGTH);
}

void source_definitions_finish(struct source_definitions *definitions)
{
    if (definitions->files.count)
        qsort(definitions->files.items, definitions->files.count, sizeof *definitions->files.items, by_path);
    if (definitions->warnings.count)
        qsort(definitions->warnings.items, definitions->warnings.count, sizeof *definitions->warnings.items,
              by_file);
    struct checksum checksum;
    checksum_start(&checksum);
    VECTOR_EACH (struct source_definition_file, file, &definitions->files)
        add_file(&checksum, file);
    checksum_finish(&checksum, definitions->checksum);
}

bool source_is_definition(const char *name)
{
    static const char ending[] = ".sql";
    size_t length = strlen(name), ending_length = sizeof ending - 1;
    return *name != '.' && length > ending_length && strcmp(name + length - ending_length, ending) == 0;
}
