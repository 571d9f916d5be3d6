/* dun_migrate_down: reverts what is applied, the latest first. */
#include "base/error.h"
#include "migrate/command.h"
#include "migrate/decide.h"
#include "migrate/doubt.h"
#include "source/version.h"

#include <string.h>

static bool is_zero(struct session *session, const char *version)
{
    return version_length(version) == strlen(version) && *version && !*version_key(session->arena, version);
}

/* The key after which everything goes; "" is before all. NULL and no error: --to was not given. */
static bool find_floor(struct session *session, const char **ret_key, dun_error *error)
{
    const char *to = session->options->to;
    *ret_key = NULL;
    if (!to)
        return true;
    if (is_zero(session, to)) {
        *ret_key = "";
        return true;
    }
    const struct migration *migration = command_find_version(session, error);
    *ret_key = migration ? migration->key : NULL;
    return migration != NULL;
}

static bool choose(struct session *session, struct chosen *chosen, size_t *ret_applied, dun_error *error)
{
    const dun_migrate_options *options = session->options;
    const char *floor;
    if (!find_floor(session, &floor, error))
        return false;
    size_t most = options->all || floor ? session->migrations->count : options->count ? options->count : 1;
    *ret_applied = 0;
    for (size_t i = session->migrations->count; i-- > 0;) {
        const struct migration *migration = &session->migrations->items[i];
        if (migration->said.state == DUN_IN_DOUBT)
            return doubt_refuse(session, migration, error);
        if (migration->said.state != DUN_APPLIED && migration->said.state != DUN_BROKEN)
            continue;
        ++*ret_applied;
        if (chosen->count < most && (!floor || version_compare(migration->key, floor) > 0))
            chosen_add(chosen, migration, DUN_DOWN);
    }
    return true;
}

static bool down(struct session *session, dun_run *run, dun_error *error)
{
    size_t applied;
    struct chosen chosen = chosen_new(session);
    if (!decide_doubts(session, error) || !choose(session, &chosen, &applied, error))
        return false;
    bool ok = execute_migrations(session, run, chosen.items, chosen.count, error);
    run->remaining = applied - run->migrations.count;
    return ok;
}

bool dun_migrate_down(const dun_migrate_options *options, dun_run **ret_run, dun_error *error)
{
    return command_run(options, "down", DUN_DOWN, down, ret_run, error);
}
