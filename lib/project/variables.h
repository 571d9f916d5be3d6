/* Variables for ${NAME}: those of the process, then those of .env. */
#ifndef PROJECT_VARIABLES_H
#define PROJECT_VARIABLES_H

#include "base/arena.h"
#include "base/vector.h"
#include "project/source.h"

#include <dunlin/project.h>

#include <stddef.h>

struct map;

struct variables {
    struct arena *arena;
    struct map *map;
    const char *dotenv; /* where .env was looked for */
    VECTOR(dun_project_warning) warnings;
};

/* Copies "NAME=value" texts, ended by NULL; `process` may be NULL. */
struct variables *variables_new(struct arena *arena, char *const *process);

/*
 * Adds what a .env file says, for the names that the process does not have; of two lines the later counts. A
 * line is
 *
 *     NAME=value   export NAME=value   NAME='as it stands'   NAME="with \n, \", \\ and \$"   # comment
 *
 * Quoted values may go over several lines. A value without quotes ends before " #" and loses the blanks
 * around it. Variables are not replaced in values. What is no such line becomes a warning, which never shows
 * the line.
 */
void variables_add_dotenv(struct variables *variables, const struct source *source);

/* Reads FOLDER/.env if it is there. A file that cannot be read is a warning: it may belong to another
 * program. */
void variables_read_dotenv(struct variables *variables, const char *file);

/* NULL: not set. */
const char *variables_get(const struct variables *variables, const char *name);

/* Letters, digits and underscores, not beginning with a digit: how many bytes of `text` are a name. */
size_t variables_name_length(const char *text);

#endif
