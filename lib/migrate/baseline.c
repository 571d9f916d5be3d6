/* dun_migrate_baseline: records migrations as applied that were applied by other means. */
#include "base/error.h"
#include "migrate/command.h"
#include "source/version.h"

static bool baseline(struct session *session, dun_run *run, dun_error *error)
{
    struct chosen chosen = chosen_new(session);
    if (!session->options->to)
        return error_set(error, DUN_USAGE, "no version was given");
    const struct migration *last = command_find_version(session, error);
    if (!last)
        return false;
    const struct migration *unfinished = migrations_unfinished(session->migrations);
    if (unfinished) {
        error_set(error, DUN_FAILED, "migration %s %s is not finished", unfinished->said.version,
                  unfinished->said.name);
        error_hint(error, "finish it first: `dunlin status` says how it stands");
        return false;
    }
    for (size_t i = 0; i < session->migrations->count; ++i) {
        const struct migration *migration = &session->migrations->items[i];
        if (migration->said.state != DUN_PENDING)
            continue;
        if (version_compare(migration->key, last->key) <= 0)
            chosen_add(&chosen, migration, DUN_BASELINE);
    }
    bool ok = execute_migrations(session, run, chosen.items, chosen.count, error);
    run->remaining = session->migrations->pending - run->migrations.count;
    return ok;
}

bool dun_migrate_baseline(const dun_migrate_options *options, dun_run **ret_run, dun_error *error)
{
    return command_run(options, "baseline", DUN_BASELINE, baseline, ret_run, error);
}
