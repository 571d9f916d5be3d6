/* The project that the command line chooses: for every command that has to do with one. */
#ifndef CMD_PROJECT_H
#define CMD_PROJECT_H

#include "program.h"

#include <dunlin/project.h>

#include <stdbool.h>

enum { PROJECT_USER_SIZE = 320 };

/* Its warnings are told. NULL and program->error on failure. */
dun_project *project_open(struct program *program);

/* The URL of its one target; belongs to the project. NULL and program->error when there is none, or several.
 */
const char *project_target(struct program *program, dun_project *project);

/*
 * Where the environment is protected, wants --yes, or a yes on the terminal to "DEED the protected
 * environment?". False and program->error when there is none.
 */
bool project_confirm(struct program *program, const dun_project *project, const char *deed);

/* What the project says of seeds: folder, environment, options of single files. */
void project_seed_options(const dun_project *project, dun_seed_options *ret_options);

/* Who runs the program: "lynn@laptop". */
void project_name_user(char name[static PROJECT_USER_SIZE]);

#endif
