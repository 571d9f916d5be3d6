#include "migrate/doubt.h"

#include "base/error.h"
#include "base/str.h"
#include "migrate/script.h"
#include "sql/secret.h"
#include "sql/splitter.h"

#include <inttypes.h>

static enum dun_direction way(const struct migration *migration)
{
    return migration->row->direction == DUN_DOWN ? DUN_DOWN : DUN_UP;
}

/* The script from the statement in doubt on. Changed texts are no obstacle to looking. */
static bool read_rest(struct session *session, const struct migration *migration,
                      struct migration_script *ret_script, bool *ret_same, dun_error *error)
{
    if (!migration_script_read(session, migration, way(migration), ret_script, error) ||
        !migration_script_is_what_ran(session, migration, ret_script, ret_same, error))
        return false;
    size_t count = ret_script->script->count, done = migration->row->done;
    return migration_script_start(session, ret_script, done < count ? done : count, error);
}

bool doubt_settle(struct session *session, dun_error *error)
{
    for (size_t i = 0; i < session->migrations->count; ++i) {
        struct migration *migration = &session->migrations->items[i];
        struct migration_script script;
        if (migration->said.state != DUN_IN_DOUBT)
            continue;
        dun_error *unreadable = dun_error_new();
        bool same = false;
        bool read = read_rest(session, migration, &script, &same, unreadable);
        bool lost = session->target->connection->lost;
        if (lost)
            error_move(error, unreadable);
        dun_error_free(unreadable);
        if (lost)
            return false;
        const struct run_unit *next = read && script.units->count ? &script.units->units[0] : NULL;
        if (same && next && (next->atomic || next->repeatable))
            migration->said.state = DUN_BROKEN;
    }
    return true;
}

/* The statement of the unit that is in doubt: settings before it may be set twice. */
static const struct sql_statement *doubtful(const struct migration_script *script)
{
    if (script->units->count == 0)
        return NULL;
    const struct run_unit *unit = &script->units->units[0];
    for (size_t i = unit->first; i < unit->end; ++i) {
        const struct sql_statement *statement = &script->script->statements[i];
        if (run_is_sent(statement) && !statement->session)
            return statement;
    }
    return NULL;
}

bool doubt_script(struct session *session, const struct migration *migration,
                  struct migration_script *ret_script, size_t *ret_statement, dun_error *error)
{
    struct migration_script script;
    bool same;
    if (!read_rest(session, migration, &script, &same, error))
        return false;
    const struct sql_statement *statement = same ? doubtful(&script) : NULL;
    if (!statement)
        return error_set(error, DUN_FAILED, "the interrupted statement is no longer in %s", script.file);
    *ret_statement = (size_t)(statement - script.script->statements);
    *ret_script = script;
    return true;
}

/* For people: not all of a long one, and no passwords. */
static const char *shown(struct arena *arena, const struct sql_statement *statement, size_t most)
{
    struct str text = STR_INIT;
    str_append_n(&text, statement->text, statement->length < most ? statement->length : most);
    sql_hide_secrets(&text);
    const char *copy = arena_strndup(arena, str_text(&text), text.length);
    str_free(&text);
    return copy;
}

bool doubt_statement(struct session *session, const struct migration *migration, const char **ret_text,
                     const char **ret_file, unsigned *ret_line, unsigned *ret_column, dun_error *error)
{
    struct migration_script script;
    size_t number;
    if (!doubt_script(session, migration, &script, &number, error))
        return false;
    const struct sql_statement *statement = &script.script->statements[number];
    *ret_text = shown(session->arena, statement, statement->length);
    *ret_file = script.file;
    *ret_line = statement->line;
    *ret_column = statement->column;
    return true;
}

static void tell_changed(const struct history_row *row, const struct migration_script *script,
                         dun_error *error)
{
    error_at(error, script->file, 0, 0);
    if (row->direction == DUN_DOWN)
        error_hint(error,
                   "the file has changed since: the text that was run is in the column down_sql of the "
                   "history, id %" PRId64,
                   row->id);
    else
        error_hint(error,
                   "the file has changed since: in a git repository `git cat-file blob %s` may show what "
                   "was run",
                   row->checksum ? row->checksum : "?");
}

bool doubt_refuse(struct session *session, const struct migration *migration, dun_error *error)
{
    enum { SHOWN = 1000 };
    const struct history_row *row = migration->row;
    struct migration_script script;
    dun_error *unreadable = dun_error_new();
    bool same = false;
    bool read = read_rest(session, migration, &script, &same, unreadable);
    const struct sql_statement *statement = read && same ? doubtful(&script) : NULL;
    unsigned number = row->done + 1;
    if (statement)
        number = (unsigned)(statement - script.script->statements) + 1;

    error_set(error, DUN_FAILED,
              "migration %s %s was interrupted in statement %u of %u, which may or may not have taken "
              "effect%s%s",
              row->version, row->name, number, row->statements, statement ? ":\n" : "",
              statement ? shown(session->arena, statement, SHOWN) : "");
    if (statement)
        sql_error_at(error, script.file, script.text, script.length, (size_t)(statement->text - script.text));
    error_statement(error, number, row->statements);
    error_state(error,
                "statements before it are applied and recorded; nothing runs until this one is decided");
    if (migration->undecided)
        error_hint(error, "%s", migration->undecided);
    error_hint(error,
               "look at the database: if the statement has taken effect, run `dunlin migrate resume --done`; "
               "if not, `dunlin migrate resume --again`");
    if (read && !same)
        tell_changed(row, &script, error);
    if (!read)
        error_hint(error, "its text cannot be shown: %s", dun_error_message(unreadable));
    dun_error_free(unreadable);
    return false;
}
