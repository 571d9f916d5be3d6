/*
 * A seed file that a capture writes: beside the one that is there, whose place it takes only if its content
 * is another. The comments at the top of that one, and how they say that it is written, are kept.
 */
#ifndef SEED_CAPTURE_FILE_H
#define SEED_CAPTURE_FILE_H

#include "base/arena.h"
#include "base/str.h"
#include "engine/rows.h"
#include "seed/format.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stdio.h>

struct capture_file {
    const char *path, *other; /* what it is to be, and what it is until then */
    struct seed_format format;
    FILE *out;
    struct str record;
};

/* Makes the folder when it is not there. A file that is new says its mode, DUN_SEED_UPSERT (the default) or
 * DUN_SEED_IF_EMPTY. */
bool capture_file_open(struct arena *arena, const char *folder, const char *name, enum dun_seed_mode mode,
                       struct capture_file *ret_file, dun_error *error);

bool capture_file_write(struct capture_file *file, size_t count, const struct row_value *values,
                        dun_error *error);

/* Puts it in its place; `*ret_changed` tells whether the content is another than before. */
bool capture_file_finish(struct capture_file *file, bool *ret_changed, dun_error *error);

/* Gives it up, unless it was finished. */
void capture_file_close(struct capture_file *file);

#endif
