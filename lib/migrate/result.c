#include "migrate/result.h"

#include <stdlib.h>
#include <string.h>

dun_run *run_new(enum dun_direction direction)
{
    struct arena *arena = arena_new();
    dun_run *run = ARENA_NEW(arena, dun_run);
    run->arena = arena;
    run->direction = direction;
    return run;
}

void run_conclude(dun_run *run, const struct session *session)
{
    run->target = session->target->name;
    VECTOR(dun_warning) warnings = {0};
    for (size_t i = 0; i < session->folder->warnings.count; ++i)
        *vector_add(run->arena, &warnings) = session->folder->warnings.items[i];
    for (size_t i = 0; i < session->decided.count; ++i)
        *vector_add(run->arena, &warnings) = session->decided.items[i];
    run->warnings = warnings.items;
    run->warning_count = warnings.count;
    run->round_trips = session->target->connection->round_trips;
    run->statements = session->target->connection->statements;
}

void dun_run_free(dun_run *run)
{
    if (run)
        arena_free(run->arena);
}

enum dun_direction dun_run_direction(const dun_run *run)
{
    return run->direction;
}

const dun_migration *dun_run_migrations(const dun_run *run, size_t *ret_count)
{
    *ret_count = run->migrations.count;
    return run->migrations.items;
}

size_t dun_run_planned(const dun_run *run)
{
    return run->planned;
}

size_t dun_run_remaining(const dun_run *run)
{
    return run->remaining;
}

const dun_warning *dun_run_warnings(const dun_run *run, size_t *ret_count)
{
    *ret_count = run->warning_count;
    return run->warnings;
}

const char *dun_run_target(const dun_run *run)
{
    return run->target;
}

const char *dun_run_sql(const dun_run *run)
{
    return run->sql;
}

uint64_t dun_run_round_trips(const dun_run *run)
{
    return run->round_trips;
}

uint64_t dun_run_statements(const dun_run *run)
{
    return run->statements;
}

void dun_text_free(char *text)
{
    free(text);
}

unsigned dun_allow_from_name(const char *name)
{
    static const struct {
        const char *name;
        unsigned allow;
    } names[] = {
        {"out-of-order", DUN_ALLOW_OUT_OF_ORDER},
        {"changed", DUN_ALLOW_CHANGED},
        {"missing", DUN_ALLOW_MISSING},
        {"all", DUN_ALLOW_OUT_OF_ORDER | DUN_ALLOW_CHANGED | DUN_ALLOW_MISSING},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
        if (strcmp(names[i].name, name) == 0)
            return names[i].allow;
    return 0;
}
