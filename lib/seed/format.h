/*
 * How one seed file is written and loaded: what its header comment (`# dunlin: delimiter=; mode=sync
 * key=code`) and the config say about it.
 */
#ifndef SEED_FORMAT_H
#define SEED_FORMAT_H

#include "base/arena.h"

#include <dunlin/error.h>
#include <dunlin/seed.h>

#include <stdbool.h>
#include <stddef.h>

struct seed_format {
    char delimiter;   /* CSV: between fields */
    char quote;       /* CSV: around fields; 0: none */
    const char *null; /* CSV: a field without quotes that is SQL's NULL; "" by default */
    enum dun_seed_mode mode;
    const char *const
        *key; /* the columns by which rows are found again; NULL: the primary key, or the only key there is */
    size_t key_count;
};

/* CSV with commas, or with tabs; mode upsert. */
struct seed_format seed_format_default(bool tabs);

/* Sets one option by its name. DUN_BAD_INPUT for an unknown name or a value that makes no sense. */
bool seed_format_set(struct arena *arena, struct seed_format *format, const char *name, const char *value,
                     dun_error *error);

/*
 * Reads a line that begins with '#'. `*ret_offset` is where in it a failure is. Other comments are passed
 * over.
 */
bool seed_format_read_comment(struct arena *arena, struct seed_format *format, const char *line,
                              size_t length, size_t *ret_offset, dun_error *error);

#endif
