#include "source/load_entries.h"

#include "base/error.h"
#include "base/vector.h"
#include "engine/scratch.h"
#include "sql/classify.h"

#include <string.h>

typedef VECTOR(struct load_entry) entries;

enum purpose {
    PASSED_OVER, /* transactions are ours here, and locks have nobody to keep out */
    SETTING,
    DEFINITION,
    DATA,
    REFUSED, /* the error is set */
};

static const char *const definition_words[] = {"CREATE", "ALTER",    "DROP",   "COMMENT", "GRANT",
                                               "REVOKE", "SECURITY", "IMPORT", "RENAME",  NULL};
static const char *const row_words[] = {"INSERT", "REPLACE", "UPDATE", "DELETE",   "MERGE",
                                        "COPY",   "LOAD",    "WITH",   "TRUNCATE", NULL};
static const char *const setting_words[] = {"SET", "RESET", "PRAGMA", NULL};

void load_error_at(dun_error *error, const struct load_file *file, size_t statement, ptrdiff_t offset)
{
    const char *at = file->script->statements[statement].text + (offset > 0 ? offset : 0);
    size_t place = (size_t)(at - file->text);
    sql_error_at(error, file->file, file->text, file->length, place < file->length ? place : file->length);
    error_statement(error, (unsigned)(statement + 1), (unsigned)file->script->count);
}

static struct sql_token first_token(enum sql_dialect dialect, const char *sql, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, sql, length);
    return scratch_next_token(&lexer);
}

ptrdiff_t load_place(const struct sql_statement *statement, const char *run, size_t length, ptrdiff_t offset)
{
    size_t same = 0, at = offset > 0 ? (size_t)offset : 0, shorter = length;
    if (offset < 0 || run == statement->text)
        return offset;
    if (statement->length < length)
        shorter = statement->length;
    while (same < shorter && run[same] == statement->text[same])
        ++same;
    size_t same_end = 0;
    while (same_end < shorter - same &&
           run[length - same_end - 1] == statement->text[statement->length - same_end - 1])
        ++same_end;
    if (at > length)
        at = length;
    if (at >= length - same_end)
        return (ptrdiff_t)(statement->length - (length - at));
    return (ptrdiff_t)(at < same ? at : same);
}

bool load_is_definition(const struct dun_engine *engine, const char *sql, size_t length)
{
    struct sql_token first = first_token(engine->dialect, sql, length);
    return scratch_token_is_one_of(&first, definition_words);
}

struct load_way_out load_way_out_at(const struct load_file *file, size_t statement)
{
    return (struct load_way_out){file->file ? file->file : "?", file->script->statements[statement].line};
}

bool load_refuse_way_out(const struct load_way_out *way, const struct load_file *file, size_t statement,
                         dun_error *error)
{
    error_set(error, DUN_BAD_INPUT,
              "the statement may reach another database through what %s:%u makes, so it cannot be tried in a "
              "scratch place",
              way->file, way->line);
    error_hint(error,
               "a view, trigger or routine that names another database can be made there, but rows are not "
               "changed and nothing is called after that: put such statements into seeds");
    load_error_at(error, file, statement, -1);
    return false;
}

static enum purpose refuse(dun_error *error, const char *message, const char *hint)
{
    error_set(error, DUN_BAD_INPUT, "%s", message);
    error_hint(error, "%s", hint);
    return REFUSED;
}

static enum purpose refuse_outside(dun_error *error, const char *outside)
{
    error_set(error, DUN_BAD_INPUT, "the statement reaches %s, which is not part of a schema", outside);
    error_hint(error,
               "definitions are tried in a scratch place that is dropped afterwards; what lies outside "
               "of it belongs in a migration or in the setup of the server");
    return REFUSED;
}

static enum purpose refuse_rows(dun_error *error, const struct sql_token *first)
{
    error_set(error, DUN_BAD_INPUT, "the statement is no definition: %.*s is about rows", (int)first->length,
              first->text);
    error_hint(error,
               "put it into a file of seeds/, such as seeds/NAME.sql, which `dunlin seed` loads, or into a "
               "migration");
    return REFUSED;
}

static enum purpose refuse_statement(dun_error *error)
{
    return refuse(
        error, "the statement is no definition",
        "definitions say what there is: CREATE, ALTER, COMMENT, GRANT, ...; what is to be done belongs in "
        "a migration");
}

/* CREATE TEMPORARY ..., whatever it makes. */
static bool is_temporary(enum sql_dialect dialect, const struct sql_statement *statement)
{
    static const char *const passed[] = {"CREATE", "OR", "REPLACE", "LOCAL", "GLOBAL", NULL};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, statement->text, statement->length);
    struct sql_token token = scratch_next_token(&lexer);
    if (!sql_token_is(&token, "CREATE"))
        return false;
    while (scratch_token_is_one_of(&token, passed))
        token = scratch_next_token(&lexer);
    return sql_token_is(&token, "TEMPORARY") || sql_token_is(&token, "TEMP");
}

static bool runs_apart(const struct dun_engine *engine, const struct sql_statement *statement)
{
    return engine->ddl_in_transactions && statement->effect == SQL_ALONE;
}

static enum purpose purpose_of(const struct dun_engine *engine, const struct sql_statement *statement,
                               const struct load_options *options, dun_error *error)
{
    if (statement->effect == SQL_BEGINS || statement->effect == SQL_COMMITS ||
        statement->effect == SQL_SAVEPOINT || statement->effect == SQL_BRACKET)
        return PASSED_OVER;
    if (engine->scratch->is_own && engine->scratch->is_own(statement->text, statement->length))
        return PASSED_OVER;
    const char *outside = engine->scratch->reaches_outside(statement->text, statement->length);
    if (outside)
        return refuse_outside(error, outside);
    struct sql_token first = first_token(engine->dialect, statement->text, statement->length);
    if (statement->session || scratch_token_is_one_of(&first, setting_words))
        return runs_apart(engine, statement) ? PASSED_OVER : SETTING; /* of the file, not of the schema */
    bool defines = load_is_definition(engine, statement->text, statement->length);
    if (!defines && !options->allow_data)
        return scratch_token_is_one_of(&first, row_words) ? refuse_rows(error, &first)
                                                          : refuse_statement(error);
    if (is_temporary(engine->dialect, statement))
        return refuse(error, "what is temporary ends with its session, and is no part of a schema",
                      "create it in the session that needs it");
    if (statement->effect == SQL_ROLLS_BACK || runs_apart(engine, statement))
        return refuse(error, "the statement cannot be part of the transaction in which definitions are tried",
                      "put it in a migration");
    return defines ? DEFINITION : DATA;
}

/* Does the order of the file's statements say something that their names do not? */
static bool keeps_order(const struct dun_engine *engine, const struct sql_statement *statement,
                        enum purpose purpose)
{
    static const char *const replacing[] = {"RENAME", "DROP", "SCHEMA", NULL};
    struct sql_lexer lexer;
    if (purpose != DEFINITION)
        return purpose == SETTING;
    sql_lexer_init(&lexer, engine->dialect, statement->text, statement->length);
    struct sql_token token = scratch_next_token(&lexer);
    if (!sql_token_is(&token, "ALTER"))
        return scratch_token_is_one_of(&token, replacing);
    for (token = scratch_next_token(&lexer); token.kind != SQL_TOKEN_END; token = scratch_next_token(&lexer))
        if (scratch_token_is_one_of(&token, replacing))
            return true;
    return false;
}

static bool mentions_references(enum sql_dialect dialect, const char *sql, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, sql, length);
    for (struct sql_token token = scratch_next_token(&lexer); token.kind != SQL_TOKEN_END;
         token = scratch_next_token(&lexer))
        if (sql_token_is(&token, "REFERENCES"))
            return true;
    return false;
}

static enum load_phase phase_of(enum sql_dialect dialect, const struct load_entry *entry)
{
    static const char *const code[] = {
        "VIEW",  "MATERIALIZED VIEW", "FUNCTION",   "PROCEDURE", "TRIGGER",      "RULE",        "POLICY",
        "EVENT", "AGGREGATE",         "STATISTICS", "PACKAGE",   "PACKAGE BODY", "PUBLICATION", NULL};
    struct sql_token first = first_token(dialect, entry->sql, entry->length);
    if (sql_token_is(&first, "ALTER"))
        return mentions_references(dialect, entry->sql, entry->length) ? LOAD_LINKS : LOAD_ALTERS;
    if (!sql_token_is(&first, "CREATE"))
        return LOAD_REST;
    struct sql_created created = sql_created_object(dialect, entry->sql, entry->length);
    if (!created.kind)
        return LOAD_TABLES;
    if (strcmp(created.kind, "INDEX") == 0)
        return LOAD_ALTERS;
    for (const char *const *kind = code; *kind; ++kind)
        if (strcmp(created.kind, *kind) == 0)
            return LOAD_CODE;
    return LOAD_TABLES;
}

/* Adds the entries of one file, each a unit of its own; true in `ret_together` when they must stay together.
 */
static bool add_file(struct arena *arena, const struct dun_engine *engine, const struct load_file *file,
                     const struct load_options *options, entries *to, bool *ret_together,
                     struct load_way_out *way_out, dun_error *error)
{
    *ret_together = false;
    for (size_t i = 0; i < file->script->count; ++i) {
        struct sql_statement statement = file->script->statements[i];
        const struct engine_scratch *scratch = engine->scratch;
        const char *rewritten = scratch->rewrite && !options->as_written
                                    ? scratch->rewrite(arena, statement.text, statement.length)
                                    : NULL;
        if (rewritten) {
            statement.text = rewritten;
            statement.length = strlen(rewritten);
            sql_classify(engine->dialect, &statement);
        }
        enum purpose purpose = purpose_of(engine, &statement, options, error);
        if (purpose == REFUSED) {
            load_error_at(error, file, i, -1);
            return false;
        }
        if (purpose == PASSED_OVER)
            continue;
        struct load_entry *entry = vector_add(arena, to);
        entry->statement = i;
        entry->sql = statement.text;
        entry->length = statement.length;
        entry->session = purpose == SETTING;
        entry->data = purpose == DATA;
        if (scratch->leads_outside && scratch->leads_outside(entry->sql, entry->length))
            *way_out = load_way_out_at(file, i);
        entry->phase = phase_of(engine->dialect, entry);
        entry->fixed = keeps_order(engine, &statement, purpose);
        *ret_together = *ret_together || entry->fixed;
    }
    return true;
}

/* Rows may be put in after whatever was made before or behind them. */
static bool check_ways_out(const struct load_way_out *way_out, const entries *all,
                           const struct load_file *files, dun_error *error)
{
    VECTOR_EACH (struct load_entry, entry, all)
        if (way_out->file && entry->data)
            return load_refuse_way_out(way_out, &files[entry->file], entry->statement, error);
    return true;
}

bool load_entries(struct arena *arena, const struct dun_engine *engine, const struct load_file *files,
                  size_t count, const struct load_options *options, struct load_entry **ret_entries,
                  size_t *ret_count, dun_error *error)
{
    entries all = {0};
    size_t unit = 0;
    struct load_way_out way_out = {0};
    for (size_t i = 0; i < count; ++i) {
        size_t first = all.count;
        bool together;
        if (!add_file(arena, engine, &files[i], options, &all, &together, &way_out, error))
            return false;
        for (size_t k = first; k < all.count; ++k) {
            all.items[k].file = i;
            all.items[k].unit = together ? unit : unit++;
            if (together)
                all.items[k].phase = LOAD_TABLES;
        }
        unit += together && all.count > first;
    }
    if (!check_ways_out(&way_out, &all, files, error))
        return false;
    *ret_entries = all.items;
    *ret_count = all.count;
    return true;
}
