/* Rows as a part of drift: what a dry run of the seed files in mode sync would change. */
#include "base/error.h"
#include "drift/drift.h"

static void take(dun_drift *drift, const dun_seed_run *run)
{
    struct arena *arena = drift->arena;
    size_t count;
    const dun_seed_file *files = dun_seed_run_files(run, &count);
    for (size_t i = 0; i < count; ++i)
        *vector_add(arena, &drift->data) = (dun_data_difference){
            .file = arena_strdup(arena, files[i].file),
            .table = arena_strdup(arena, files[i].table),
            .rows = files[i].rows,
            .missing = files[i].inserted,
            .different = files[i].updated,
            .extra = files[i].deleted,
        };
    drift->statements += dun_seed_run_statements(run);
    drift->round_trips += dun_seed_run_round_trips(run);
    if (count == 0)
        *vector_add(arena, &drift->warnings) =
            (dun_warning){.message = "no seed file has the mode sync, so no rows were compared"};
    const dun_warning *warnings = dun_seed_run_warnings(run, &count);
    for (size_t i = 0; i < count; ++i)
        *vector_add(arena, &drift->warnings) =
            (dun_warning){arena_strdup(arena, warnings[i].file), arena_strdup(arena, warnings[i].message)};
}

/* Where the schema is another one, it is no wonder that rows do not fit; that they could not be compared is
 * told beside what differs. */
static bool excuse(dun_drift *drift, dun_error *failure, dun_error *error)
{
    enum dun_code code = dun_error_code(failure);
    bool excused = drift->differences.count > 0 && (code == DUN_BAD_INPUT || code == DUN_FAILED);
    if (excused)
        drift->data_problem = arena_strdup(drift->arena, dun_error_message(failure));
    else
        error_move(error, failure);
    return excused;
}

bool drift_compare_data(dun_drift *drift, const dun_drift_options *options, dun_error *error)
{
    dun_seed_options seeds = *options->data;
    dun_seed_run *run = NULL;
    dun_error *failure = dun_error_new();
    seeds.url = options->schema.url;
    seeds.history = options->schema.history;
    seeds.wait_ms = options->schema.wait_ms;
    seeds.echo = options->schema.echo;
    seeds.cancel = NULL; /* the drift's own scope is the one that is cancelled */
    seeds.names = NULL;
    seeds.observe = NULL;
    seeds.only_sync = seeds.again = seeds.dry_run = true;
    bool good = dun_seed_load(&seeds, &run, failure);
    if (good)
        take(drift, run);
    else
        good = excuse(drift, failure, error);
    dun_seed_run_free(run);
    dun_error_free(failure);
    return good;
}
