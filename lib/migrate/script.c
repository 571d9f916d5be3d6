#include "migrate/script.h"

#include "base/error.h"
#include "migrate/checksum.h"
#include "source/file.h"

#include <string.h>

static bool read_file(struct session *session, const char *file, struct migration_script *script,
                      dun_error *error)
{
    struct source_text text;
    if (!source_read_file(file, &text, error))
        return false;
    script->file = file;
    script->text = arena_strndup(session->arena, text.data, text.length);
    script->length = text.length;
    source_text_free(&text);
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

static bool read_text(struct session *session, const struct migration *migration,
                      enum dun_direction direction, struct migration_script *script, dun_error *error)
{
    if (direction == DUN_DOWN)
        return migration->said.down_file ? read_file(session, migration->said.down_file, script, error)
                                         : read_stored(session, migration, script, error);
    if (migration->said.up_file)
        return read_file(session, migration->said.up_file, script, error);
    error_set(error, DUN_BAD_INPUT, "the file of migration %s %s is gone", migration->said.version,
              migration->said.name);
    error_hint(error, "bring it back into %s", session->folder->path);
    return false;
}

bool migration_script_start(struct session *session, struct migration_script *script, size_t start,
                            dun_error *error)
{
    struct run_units *units;
    const struct dun_engine *engine = session->target->engine;
    if (!run_divide(session->arena, engine->ddl_in_transactions, script->script, start, script->file,
                    script->text, script->length, &units, error))
        return false;
    script->units = units;
    script->start = start;
    return true;
}

bool migration_script_read(struct session *session, const struct migration *migration,
                           enum dun_direction direction, struct migration_script *ret_script,
                           dun_error *error)
{
    struct migration_script script = {0};
    struct sql_script *split;
    if (!read_text(session, migration, direction, &script, error) ||
        !sql_split(session->arena, session->target->engine->dialect, script.file, script.text, script.length,
                   &split, error))
        return false;
    script.script = split;
    checksum_blob(script.text, script.length, script.checksum);
    if (!migration_script_start(session, &script, 0, error))
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
