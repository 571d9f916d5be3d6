#include "source/trial.h"

#include "base/memory.h"
#include "source/load.h"
#include "source/locate.h"
#include "source/place.h"
#include "task/task.h"

#include <stdlib.h>

enum { CLEANUP_MS = 10000 };

struct source_trial {
    const struct source_settings *settings;
    struct engine_place *place; /* NULL: not opened yet */
};

struct source_trial *source_trial_new(const struct source_settings *settings)
{
    struct source_trial *trial = memory_alloc(sizeof *trial);
    trial->settings = settings;
    return trial;
}

static void close_place(struct source_trial *trial)
{
    source_place_close(trial->settings, trial->place);
    trial->place = NULL;
}

void source_trial_free(struct source_trial *trial)
{
    if (!trial)
        return;
    close_place(trial);
    free(trial);
}

static bool load(struct source_trial *trial, const struct source_definitions *definitions, dun_error *error)
{
    const struct load_options options = {.allow_data = trial->settings->allow_data};
    size_t count = definitions->files.count;
    struct load_file *files = memory_alloc(memory_multiply(count + 1, sizeof *files));
    for (size_t i = 0; i < count; ++i) {
        const struct source_definition_file *file = &definitions->files.items[i];
        files[i] = (struct load_file){file->name, file->text, file->length, file->script};
    }
    bool ok =
        load_definitions(trial->settings->engine, trial->place->connection, files, count, &options, error);
    free(files);
    return ok;
}

/* In a transaction that is rolled back, so that the place is empty again. */
static bool run_and_undo(struct source_trial *trial, const struct source_definitions *definitions,
                         struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    dun_connection *connection = trial->place->connection;
    const struct engine_catalog *reader = trial->settings->engine->catalog;
    if (!connection->driver->begin(connection, error))
        return false;
    bool ok = load(trial, definitions, error) &&
              reader->read(connection, &trial->settings->catalog, arena, ret_catalog, error);
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_MS);
    bool undone = !connection->lost && connection->driver->rollback(connection, NULL);
    task_scope_leave(&cleanup);
    if (!undone)
        close_place(trial);
    return ok;
}

static bool run_once(struct source_trial *trial, const struct source_definitions *definitions,
                     struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    bool ok = load(trial, definitions, error) &&
              source_place_read(trial->settings, trial->place, arena, ret_catalog, error);
    close_place(trial);
    return ok;
}

bool source_trial_run(struct source_trial *trial, const struct source_definitions *definitions,
                      struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    if (!trial->place && !source_place_open(trial->settings, 0, &trial->place, error))
        return false;
    bool reusable = trial->settings->engine->ddl_in_transactions && !source_place_is_schema(trial->place);
    bool ok = reusable ? run_and_undo(trial, definitions, arena, ret_catalog, error)
                       : run_once(trial, definitions, arena, ret_catalog, error);
    if (ok)
        locate_objects(*ret_catalog, definitions);
    return ok;
}
