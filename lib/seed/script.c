#include "seed/script.h"

#include "base/error.h"
#include "run/jobs.h"
#include "task/task.h"

static bool read_text(struct arena *arena, struct seed_script *script, dun_error *error)
{
    struct seed_input input;
    if (!seed_input_open(&input, script->file->path, error))
        return false;
    bool good = true;
    while (good && !input.ended)
        good = seed_input_more(&input, error);
    script->text = arena_strndup(arena, input.data, input.end);
    script->length = input.end;
    file_hash_finish(&input.hash, script->checksum);
    seed_input_close(&input);
    return good;
}

static bool all_join(const struct sql_script *split)
{
    for (size_t i = 0; i < split->count; ++i)
        if (split->statements[i].effect != SQL_JOINS && split->statements[i].effect != SQL_SAVEPOINT)
            return false;
    return !split->no_transaction;
}

bool seed_script_read(struct arena *arena, const struct dun_engine *engine, const struct seed_file *file,
                      struct seed_script *ret_script, dun_error *error)
{
    *ret_script = (struct seed_script){
        .file = file,
        .told = {
            .file = file->path, .rows = -1, .inserted = -1, .updated = -1, .deleted = -1, .elapsed_ms = -1}};
    if (!read_text(arena, ret_script, error) ||
        !sql_split(arena, engine->dialect, file->path, ret_script->text, ret_script->length,
                   &ret_script->split, error))
        return false;
    ret_script->joins = all_join(ret_script->split);
    return ret_script->joins ||
           run_divide(arena, engine->ddl_in_transactions, ret_script->split, 0, file->path, ret_script->text,
                      ret_script->length, &ret_script->units, error);
}

static void locate(const struct seed_script *script, size_t index, dun_error *error)
{
    const struct sql_statement *statement = &script->split->statements[index];
    ptrdiff_t position = error_get_position(error);
    size_t offset = (size_t)(statement->text - script->text) + (position > 0 ? (size_t)position : 0);
    sql_error_at(error, script->file->path, script->text, script->length,
                 offset < script->length ? offset : script->length);
    error_statement(error, (unsigned)(index + 1), (unsigned)script->split->count);
}

bool seed_script_run(struct arena *arena, dun_connection *connection, struct seed_script *script,
                     dun_error *error)
{
    int64_t started = task_now();
    size_t count = script->split->count, failed = 0;
    struct db_item *items = arena_alloc(arena, (count + 1) * sizeof *items);
    for (size_t i = 0; i < count; ++i) {
        const struct sql_statement *statement = &script->split->statements[i];
        items[i] = (struct db_item){
            .kind = DB_JOIN,
            .sql = statement->text,
            .length = statement->length,
            .copy_data = statement->copy_data,
            .copy_length = statement->copy_length,
            .many_results = statement->many_results,
        };
    }
    struct db_batch batch = {.items = items, .count = count};
    bool good = count == 0 || connection->driver->batch(connection, &batch, NULL, &failed, error);
    if (!good && failed < count)
        locate(script, failed, error);
    script->told.elapsed_ms = task_now() - started;
    return good;
}

static void ignore_done(void *user, size_t job, int64_t elapsed_ms)
{
    (void)user, (void)job, (void)elapsed_ms;
}

bool seed_script_run_apart(struct arena *arena, struct run_target *target, struct seed_script *script,
                           const char *const record[2], dun_error *error)
{
    const struct run_units *units = script->units;
    struct run_failure failure;
    int64_t started = task_now();
    const char **records = arena_alloc(arena, (units->count + 1) * sizeof *records);
    for (size_t i = 0; i < units->count; ++i)
        records[i] = record[i + 1 == units->count];
    struct run_job job = {
        .file = script->file->path,
        .text = script->text,
        .length = script->length,
        .script = script->split,
        .units = units,
        .records = records,
        .alone = units->count == 0 ? record[1] : NULL,
        .title = script->file->path,
    };
    bool good = run_jobs(target, &job, 1, ignore_done, NULL, &failure, error);
    script->told.elapsed_ms = task_now() - started;
    return good;
}
