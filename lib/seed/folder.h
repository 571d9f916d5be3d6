/* The files of a folder of seeds: which there are, what they are, and what the config says of each. */
#ifndef SEED_FOLDER_H
#define SEED_FOLDER_H

#include "base/arena.h"
#include "base/vector.h"
#include "seed/reader.h"

#include <dunlin/seed.h>

#include <stdbool.h>
#include <stdint.h>

struct seed_file {
    const char *path;  /* as it is opened */
    const char *name;  /* below the folder: "customers.csv", "dev/orders.json" */
    const char *table; /* that the name says, perhaps with a schema; NULL: a script */
    enum seed_syntax syntax;
    struct seed_format format; /* from the config; the file may say more */
    uint64_t size;
};

struct seed_folder {
    const char *path;
    VECTOR(struct seed_file) files; /* by name, those of the environment after the others */
    VECTOR(dun_warning) warnings;
};

/*
 * Fails with DUN_BAD_INPUT for a folder that is not there and for settings that make no sense, and with
 * DUN_USAGE for a name in `options->names` that no file has.
 */
bool seed_folder_read(struct arena *arena, const dun_seed_options *options, struct seed_folder **ret_folder,
                      dun_error *error);

/* Does the name, of a table or file, with or without ending, mean the file? */
bool seed_file_is_named(const struct seed_file *file, const char *name);

#endif
