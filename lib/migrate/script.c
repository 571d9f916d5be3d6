#include "migrate/script.h"

#include "base/error.h"
#include "migrate/checksum.h"
#include "migrate/shared.h"
#include "source/file.h"

#include <string.h>

static bool read_file(struct arena *arena, const char *file, struct migration_script *script,
                      dun_error *error)
{
    struct source_text text;
    if (!source_read_file(file, &text, error))
        return false;
    script->file = file;
    script->text = arena_strndup(arena, text.data, text.length);
    script->length = text.length;
    source_text_free(&text);
    return true;
}

static bool divide(struct arena *arena, const struct dun_engine *engine, struct migration_script *script,
                   size_t start, dun_error *error)
{
    struct run_units *units;
    if (!run_divide(arena, engine->ddl_in_transactions, script->script, start, script->file, script->text,
                    script->length, &units, error))
        return false;
    script->units = units;
    script->start = start;
    return true;
}

static bool split(struct arena *arena, const struct dun_engine *engine, struct migration_script *script,
                  dun_error *error)
{
    struct sql_script *statements;
    if (!sql_split(arena, engine->dialect, script->file, script->text, script->length, &statements, error))
        return false;
    script->script = statements;
    checksum_blob(script->text, script->length, script->checksum);
    return divide(arena, engine, script, 0, error);
}

bool migration_script_read_file(struct arena *arena, const struct dun_engine *engine, const char *file,
                                struct migration_script *ret_script, dun_error *error)
{
    struct migration_script script = {0};
    if (!read_file(arena, file, &script, error) || !split(arena, engine, &script, error))
        return false;
    *ret_script = script;
    return true;
}

/* A revert that was begun goes on with the text that it was begun with. */
static const struct history_row *row_of_down_sql(const struct migration *migration)
{
    const struct history_row *row = migration->row;
    bool begun = row && row->direction == DUN_DOWN && row->state != HISTORY_DONE && row->has_down_sql;
    return begun ? row : migration->up_row;
}

static bool read_stored(struct session *session, const struct migration *migration,
                        struct migration_script *script, dun_error *error)
{
    const char *text = NULL;
    const struct history_row *row = row_of_down_sql(migration);
    if (row && row->has_down_sql &&
        !history_down_sql(session->arena, &session->history, session->target->connection, row->id, &text,
                          error))
        return false;
    if (!text) {
        error_set(error, DUN_BAD_INPUT,
                  "migration %s %s cannot be reverted: it has no down file, and none was there "
                  "when it was applied",
                  migration->said.version, migration->said.name);
        error_hint(error, "write %s/%s_%s.down.sql", session->folder->path, migration->said.version,
                   migration->said.name);
        return false;
    }
    script->file = arena_printf(session->arena, "%s_%s.down.sql (as stored in %s)", migration->said.version,
                                migration->said.name, session->history.lock_name);
    script->text = text;
    script->length = strlen(text);
    return true;
}

static bool file_is_gone(const struct session *session, const struct migration *migration, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the file of migration %s %s is gone", migration->said.version,
              migration->said.name);
    error_hint(error, "bring it back into %s", session->folder->path);
    return false;
}

bool migration_script_start(struct session *session, struct migration_script *script, size_t start,
                            dun_error *error)
{
    return divide(session->arena, session->target->engine, script, start, error);
}

bool migration_script_read(struct session *session, const struct migration *migration,
                           enum dun_direction direction, struct migration_script *ret_script,
                           dun_error *error)
{
    struct migration_script script = {0};
    const struct dun_engine *engine = session->target->engine;
    const char *file = direction == DUN_DOWN ? migration->said.down_file : migration->said.up_file;
    if (file && session->options->migrations)
        return shared_script(session->options->migrations, engine, file, ret_script, error);
    if (file)
        return migration_script_read_file(session->arena, engine, file, ret_script, error);
    if (direction != DUN_DOWN)
        return file_is_gone(session, migration, error);
    if (!read_stored(session, migration, &script, error) || !split(session->arena, engine, &script, error))
        return false;
    *ret_script = script;
    return true;
}

bool migration_script_is_what_ran(struct session *session, const struct migration *migration,
                                  const struct migration_script *script, bool *ret_same, dun_error *error)
{
    const struct history_row *row = migration->row;
    const char *text = NULL;
    if (row->direction != DUN_DOWN) {
        *ret_same = row->checksum && strcmp(row->checksum, script->checksum) == 0;
        return true;
    }
    if (row->has_down_sql && !history_down_sql(session->arena, &session->history, session->target->connection,
                                               row->id, &text, error))
        return false;
    *ret_same = text && strcmp(text, script->text) == 0;
    return true;
}

bool migration_script_continue(struct session *session, const struct migration *migration,
                               struct migration_script *script, dun_error *error)
{
    const struct history_row *row = migration->row;
    char now[CHECKSUM_LENGTH + 1];
    checksum_statements(script->script, row->done, now);
    bool same = row->done == 0 || (row->done <= script->script->count && row->done_checksum &&
                                   strcmp(row->done_checksum, now) == 0);
    if (!same && !(session->options->allow & DUN_ALLOW_CHANGED)) {
        error_set(error, DUN_FAILED,
                  "statements that were already run have changed: %u of migration %s %s are done, and "
                  "the file no longer begins with them",
                  row->done, row->version, row->name);
        error_at(error, script->file, 0, 0);
        error_hint(
            error,
            "bring the first %u statements back as they were, or go on after them with --allow changed",
            row->done);
        return false;
    }
    size_t start = row->done < script->script->count ? row->done : script->script->count;
    return migration_script_start(session, script, start, error);
}
