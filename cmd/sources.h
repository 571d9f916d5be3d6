/* What the commands that take a SOURCE share: the settings for reading schemas, and the spellings that only a
 * project knows. */
#ifndef CMD_SOURCES_H
#define CMD_SOURCES_H

#include "progress.h"
#include "project.h"

#include <dunlin/schema.h>

struct sources {
    struct program *program;
    dun_project *project;
    dun_schema_options options;
    char user[PROJECT_USER_SIZE];
    char *cache;
};

/* From the command line and the project. False and program->error on failure; either way, sources_close
 * follows. */
bool sources_open(struct sources *sources, struct program *program);
void sources_close(struct sources *sources);

/* For commands that need a server to try things on, and no target: where the environment looks its targets
 * up, the first of them lends its own. False and program->error on failure. */
bool sources_borrow_server(struct sources *sources);

/* The source as the library takes it: env:NAME becomes the URL of that environment. NULL and program->error
 * on failure. */
const char *sources_spelling(struct sources *sources, const char *text);

/* Shows on a terminal that something is done, until progress_end: "diff". */
void sources_begin(const struct program *program, const char *what);

/* The folder where it is kept what definitions mean, on the heap; NULL: there is none, or --no-cache. */
char *sources_cache(const struct program *program);

#endif
