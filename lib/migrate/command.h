/* The frame of the commands that change something: opens the session, does the work, closes, and tells. */
#ifndef MIGRATE_COMMAND_H
#define MIGRATE_COMMAND_H

#include "migrate/execute.h"

typedef bool (*command_work)(struct session *session, dun_run *run, dun_error *error);

/* `name` is shown to those who wait for the lock, which is taken unless it is a dry run. */
bool command_run(const dun_migrate_options *options, const char *name, enum dun_direction direction,
                 command_work work, dun_run **ret_run, dun_error *error);

/* Migrations to be run, gathered one by one. */
struct chosen {
    struct execution *items;
    size_t count;
};

/* Room for every migration of the session. */
struct chosen chosen_new(struct session *session);
void chosen_add(struct chosen *chosen, const struct migration *migration, enum dun_direction direction);

/* The migration that options->to names; DUN_USAGE with the versions there are when nothing has it. */
const struct migration *command_find_version(struct session *session, dun_error *error);

#endif
