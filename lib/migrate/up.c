/* dun_migrate_up: applies what is pending, unless the files and the history contradict each other. */
#include "base/error.h"
#include "migrate/command.h"
#include "migrate/decide.h"
#include "migrate/doubt.h"
#include "source/version.h"

static bool refuse_changed(const struct migration *migration, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "migration %s %s was changed after it was applied",
              migration->said.version, migration->said.name);
    error_at(error, migration->said.up_file, 0, 0);
    error_hint(
        error,
        "bring back what was applied (in a git repository: `git cat-file blob %s`), write the change as a "
        "new migration, or go on all the same with --allow changed",
        migration->row->checksum);
    return false;
}

static bool refuse_missing(struct session *session, const struct migration *migration, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "migration %s %s is applied, but its file is missing",
              migration->said.version, migration->said.name);
    error_at(error, session->folder->path, 0, 0);
    error_hint(
        error,
        "bring the file back, revert it with `dunlin down` (its down file is kept in the database), or go on "
        "all the same with --allow missing");
    return false;
}

static bool refuse_out_of_order(const struct migration *migration, const struct migration *later,
                                dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "migration %s %s is pending, but the later %s %s is already applied",
              migration->said.version, migration->said.name, later->said.version, later->said.name);
    error_at(error, migration->said.up_file, 0, 0);
    error_hint(error, "give it a later version, or apply it out of order with --allow out-of-order");
    return false;
}

static bool refuse_half_reverted(const struct migration *migration, dun_error *error)
{
    error_set(error, DUN_FAILED, "migration %s %s is half reverted: %u of %u statements are done",
              migration->said.version, migration->said.name, migration->said.done,
              migration->said.statements);
    error_hint(error, "finish that first with `dunlin down`");
    return false;
}

static const struct migration *last_applied(const struct migrations *migrations)
{
    for (size_t i = migrations->count; i-- > 0;)
        if (migrations->items[i].said.state == DUN_APPLIED)
            return &migrations->items[i];
    return NULL;
}

static bool check_applied(struct session *session, dun_error *error)
{
    unsigned allow = session->options->allow;
    for (size_t i = 0; i < session->migrations->count; ++i) {
        const struct migration *migration = &session->migrations->items[i];
        if (migration->said.state == DUN_IN_DOUBT)
            return doubt_refuse(session, migration, error);
        if (migration->said.state == DUN_BROKEN && migration->said.direction == DUN_DOWN)
            return refuse_half_reverted(migration, error);
        if (migration->said.changed && !(allow & DUN_ALLOW_CHANGED))
            return refuse_changed(migration, error);
        if (migration->said.missing && !(allow & DUN_ALLOW_MISSING))
            return refuse_missing(session, migration, error);
    }
    return true;
}

static bool choose(struct session *session, struct chosen *chosen, size_t *ret_pending, dun_error *error)
{
    const dun_migrate_options *options = session->options;
    const struct migration *last = options->to ? command_find_version(session, error) : NULL;
    if (options->to && !last)
        return false;
    *ret_pending = 0;
    for (size_t i = 0; i < session->migrations->count; ++i) {
        const struct migration *migration = &session->migrations->items[i];
        if (migration->said.state != DUN_PENDING && migration->said.state != DUN_BROKEN)
            continue;
        ++*ret_pending;
        if ((options->count && chosen->count == options->count) ||
            (last && version_compare(migration->key, last->key) > 0))
            continue;
        if (migration->said.out_of_order && !(options->allow & DUN_ALLOW_OUT_OF_ORDER))
            return refuse_out_of_order(migration, last_applied(session->migrations), error);
        chosen_add(chosen, migration, DUN_UP);
    }
    return true;
}

static bool up(struct session *session, dun_run *run, dun_error *error)
{
    size_t pending;
    struct chosen chosen = chosen_new(session);
    if (!decide_doubts(session, error) || !check_applied(session, error) ||
        !choose(session, &chosen, &pending, error))
        return false;
    bool ok = execute_migrations(session, run, chosen.items, chosen.count, error);
    run->remaining = pending - run->migrations.count;
    return ok;
}

bool dun_migrate_up(const dun_migrate_options *options, dun_run **ret_run, dun_error *error)
{
    return command_run(options, "up", DUN_UP, up, ret_run, error);
}
