#include "migrate/command.h"

#include "base/error.h"
#include "source/version.h"

#include <string.h>

/* Nothing can be reverted in a database that is not there; the first migration may make it. */
static enum db_absent absent_for(const dun_migrate_options *options, enum dun_direction direction)
{
    if (direction == DUN_DOWN)
        return DB_ABSENT_REFUSED;
    return options->dry_run ? DB_ABSENT_EMPTY : DB_ABSENT_MADE;
}

/* Who has ended it wants to know how far it came; execute.c says so of what it has begun. */
static void tell_if_interrupted_early(dun_error *error)
{
    if (dun_error_code(error) == DUN_INTERRUPTED && !dun_error_state(error))
        error_state(error, "nothing was run");
}

bool command_run(const dun_migrate_options *options, const char *name, enum dun_direction direction,
                 command_work work, dun_run **ret_run, dun_error *error)
{
    struct session session;
    dun_run *run = run_new(direction);
    if (!session_open(run->arena, options, name, !options->dry_run, absent_for(options, direction), &session,
                      error)) {
        dun_run_free(run);
        tell_if_interrupted_early(error);
        return false;
    }
    bool ok = work(&session, run, error);
    if (!ok)
        tell_if_interrupted_early(error);
    run_conclude(run, &session);
    bool closed = session_close(&session, ok ? error : NULL);
    *ret_run = run;
    return ok && closed;
}

struct chosen chosen_new(struct session *session)
{
    size_t most = session->migrations->count;
    return (struct chosen){arena_alloc(session->arena, (most ? most : 1) * sizeof(struct execution)), 0};
}

void chosen_add(struct chosen *chosen, const struct migration *migration, enum dun_direction direction)
{
    bool unfinished = migration->said.state == DUN_BROKEN || migration->said.state == DUN_IN_DOUBT;
    bool was_down = migration->row && migration->row->direction == DUN_DOWN;
    chosen->items[chosen->count++] = (struct execution){
        .migration = migration,
        .direction = direction,
        .again = unfinished && was_down == (direction == DUN_DOWN),
        .skip_doubtful = unfinished && migration->skip_doubtful,
    };
}

const struct migration *command_find_version(struct session *session, dun_error *error)
{
    const char *version = session->options->to;
    if (version_length(version) == 0 || version[version_length(version)] != '\0') {
        error_set(error, DUN_USAGE, "\"%s\" is not a version", version);
        error_hint(
            error,
            "a version is the digits that a migration's file name begins with, such as 20240131100211");
        return NULL;
    }
    const struct migration *migration = migrations_find(session->arena, session->migrations, version);
    if (migration)
        return migration;
    error_set(error, DUN_USAGE, "no migration has version %s", version);
    if (session->migrations->count > 0)
        error_hint(error, "versions go from %s to %s; `dunlin status` lists them",
                   session->migrations->items[0].said.version,
                   session->migrations->items[session->migrations->count - 1].said.version);
    else
        error_hint(error, "the folder %s has no migrations", session->folder->path);
    return NULL;
}
