/* Variables for ${NAME}: those of the process, then those of .env, which dotenv.c adds. */
#ifndef PROJECT_VARIABLES_H
#define PROJECT_VARIABLES_H

#include "base/arena.h"
#include "base/vector.h"

#include <dunlin/project.h>

#include <stddef.h>

struct map;

struct variables {
    struct arena *arena;
    struct map *map;
    const char *dotenv; /* where .env was looked for; NULL: nowhere */
    VECTOR(dun_project_warning) warnings;
};

#define VARIABLES_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
#define VARIABLES_DIGITS "0123456789"

/* Copies "NAME=value" texts, ended by NULL; `process` may be NULL. Of two with one name the first counts. */
struct variables *variables_new(struct arena *arena, char *const *process);

/* Sets what the process has not set. Neither text is copied. */
void variables_set(struct variables *variables, const char *name, const char *value);

/* NULL: not set. */
const char *variables_get(const struct variables *variables, const char *name);

/* Letters, digits and underscores, not beginning with a digit: how many bytes of `text` are a name. */
size_t variables_name_length(const char *text);

/* Line 0: the whole file. Neither text is copied. */
void variables_warn(struct variables *variables, const char *file, unsigned line, const char *message);

#endif
