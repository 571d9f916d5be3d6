/* dun_migrate_write: the next migration, from the difference between the migrations and the definitions. */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/vector.h"
#include "compare/prove.h"
#include "compare/schema.h"
#include "compare/told.h"
#include "engine/plan_run.h"
#include "migrate/new.h"
#include "sql/classify.h"
#include "sql/unqualified.h"
#include "task/task.h"

#include <dunlin/authoring.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct dun_written {
    struct arena *arena;
    const char *up_file, *down_file;
    dun_plan *plan;
    VECTOR(dun_warning) warnings;
    uint64_t statements, round_trips;
};

struct writing {
    struct arena *arena;
    const dun_schema_options *options;
    struct source_settings settings;
    struct source_request requests[2];
    const char *schema; /* whose name is written nowhere, since targets are schemas; NULL: none */
    struct compare *there,
        *back; /* from the migrations to the definitions, and from there to the migrations */
    dun_written *result;
};

static void warn(struct writing *writing, const char *file, const char *message)
{
    struct arena *arena = writing->result->arena;
    *vector_add(arena, &writing->result->warnings) =
        (dun_warning){arena_strdup(arena, file), arena_strdup(arena, message)};
}

/* The text of a plan */

/* A statement that has to be committed before the next, though nothing in its words says so. */
static bool is_apart_in_secret(const struct plan_language *language, const struct plan_statement *planned)
{
    struct sql_statement statement = {.text = planned->sql, .length = strlen(planned->sql)};
    sql_classify(language->dialect, &statement);
    return planned->apart && statement.effect == SQL_JOINS;
}

static void add_part(struct str *to, const struct dun_engine *engine, const struct plan *plan, size_t from,
                     size_t end)
{
    struct plan part = *plan;
    part.statements.items += from;
    part.statements.count = end - from;
    if (from)
        part.notes.count = 0;
    plan_text(to, engine->language, &part, false);
}

/* Each transaction is written as one. */
static void add_segments(struct str *to, const struct dun_engine *engine, const struct plan *plan)
{
    str_append(to, "-- dunlin: no-transaction\n\n");
    for (size_t from = 0, end; from < plan->statements.count; from = end) {
        end = engine_plan_segment_end(engine, plan, from);
        bool alone = plan->statements.items[from].apart || end - from == 1;
        str_append(to, from ? "\n" : "");
        str_append(to, alone ? "" : "BEGIN;\n");
        add_part(to, engine, plan, from, end);
        str_append(to, alone ? "" : "COMMIT;\n");
    }
}

static char *text_of(const struct writing *writing, const struct plan *plan)
{
    const struct dun_engine *engine = writing->settings.engine;
    struct str text = STR_INIT;
    bool secret = false;
    VECTOR_EACH (const struct plan_statement, statement, &plan->statements)
        secret = secret || is_apart_in_secret(engine->language, statement);
    if (secret && engine->ddl_in_transactions)
        add_segments(&text, engine, plan);
    else
        add_part(&text, engine, plan, 0, plan->statements.count);
    if (!writing->schema)
        return str_take(&text);
    const char *bare = sql_unqualified(writing->arena, engine->dialect, str_text(&text), writing->schema);
    str_free(&text);
    return memory_strdup(bare);
}

/* Both ways */

/* NULL with a reason in the error: there is no such plan, or it is not proven. */
static struct plan *proven_plan(struct writing *writing, struct compare *compare, dun_error *error)
{
    const struct plan_options options = {.online = writing->options->online};
    struct proof proof = {0};
    struct plan *plan = compare_plan(compare, &options, error);
    if (!plan || !compare_prove(compare, plan, &proof, error))
        return NULL;
    if (compare == writing->there)
        writing->result->plan = told_plan(writing->result->arena, compare, plan, &proof);
    if (proof.proven)
        return plan;
    error_set(error, DUN_FAILED, "the plan could not be proven on a scratch copy: %s", proof.reason);
    return NULL;
}

static bool ends_the_command(const dun_error *error)
{
    return dun_error_code(error) == DUN_INTERRUPTED || dun_error_code(error) == DUN_NO_CONNECTION;
}

/* NULL in `ret_text`: there is none, and a warning says why. */
static bool write_back(struct writing *writing, char **ret_text, dun_error *error)
{
    dun_error *failure = dun_error_new();
    struct plan *plan = NULL;
    if (compare_catalogs(&writing->settings, writing->there->to, writing->there->from, &writing->back,
                         failure)) {
        writing->back->from_request = &writing->requests[1];
        plan = proven_plan(writing, writing->back, failure);
    }
    bool fatal = !plan && ends_the_command(failure);
    if (plan)
        *ret_text = text_of(writing, plan);
    else if (fatal)
        error_move(error, failure);
    else
        warn(writing, NULL,
             arena_printf(writing->arena, "no down file was written, so this cannot be reverted: %s%s%s",
                          dun_error_message(failure), dun_error_hint(failure) ? "; " : "",
                          dun_error_hint(failure) ? dun_error_hint(failure) : ""));
    dun_error_free(failure);
    return !fatal;
}

static bool write_both(struct writing *writing, const char *name, dun_error *error)
{
    char *up = NULL, *down = NULL;
    struct new_files files = {0};
    struct plan *plan = proven_plan(writing, writing->there, error);
    bool good = plan && write_back(writing, &down, error);
    if (good)
        up = text_of(writing, plan);
    good = good &&
           new_files_write(writing->options->migrations, name, &(struct new_texts){up, down}, &files, error);
    writing->result->up_file = arena_strdup(writing->result->arena, files.up);
    writing->result->down_file = arena_strdup(writing->result->arena, files.down);
    free(files.up);
    free(files.down);
    free(up);
    free(down);
    return good;
}

static bool is_there(const char *folder)
{
    return access(folder, F_OK) == 0;
}

/* Without a folder of migrations this is the first. */
static bool open_both(struct writing *writing, dun_error *error)
{
    const dun_schema_options *options = writing->options;
    const char *folder = options->schema ? options->schema : "schema";
    const char *const sources[] = {
        is_there(options->migrations ? options->migrations : "migrations") ? "migrations" : "empty", "empty"};
    if (!schema_settings(writing->arena, options, sources, 2, &writing->settings, writing->requests, error))
        return false;
    writing->requests[1].spelling = (struct source_spelling){.kind = SOURCE_FOLDER, .path = folder};
    return compare_open(&writing->settings, &writing->requests[0], &writing->requests[1], &writing->there,
                        error);
}

static void tell_warnings(struct writing *writing)
{
    const struct source_definitions *definitions = writing->there->to->definitions;
    for (size_t i = 0; definitions && i < definitions->warnings.count; ++i)
        warn(writing, definitions->warnings.items[i].file, definitions->warnings.items[i].message);
}

/* Where the target is one schema of many, others will be, too. */
static bool note_tenant(struct writing *writing, dun_error *error)
{
    struct db_url *url;
    const struct engine_tenants *tenants = writing->settings.engine->tenants;
    if (!writing->options->url || !tenants->schema_of)
        return true;
    if (!db_url_parse(writing->arena, writing->options->url, &url, error))
        return false;
    if (tenants->schema_of(writing->arena, url))
        writing->schema = writing->settings.engine->catalog->first_schema;
    return true;
}

static void tell_cost(struct writing *writing)
{
    const struct source_catalog *const sides[] = {writing->there->from, writing->there->to};
    for (size_t i = 0; i < 2; ++i) {
        writing->result->statements += sides[i]->statements;
        writing->result->round_trips += sides[i]->round_trips;
    }
}

static bool write_migration(struct writing *writing, const char *name, dun_error *error)
{
    if (!new_name_is_good(name, error) || !open_both(writing, error) || !note_tenant(writing, error))
        return false;
    tell_warnings(writing);
    tell_cost(writing);
    return compare_is_equal(writing->there) || write_both(writing, name, error);
}

dun_written *dun_migrate_write(const dun_schema_options *options, const char *name, dun_error *error)
{
    struct arena *arena = arena_new();
    struct writing writing = {
        .arena = arena_new(), .options = options, .result = ARENA_NEW(arena, dun_written)};
    struct task_scope scope;
    writing.result->arena = arena;
    task_scope_enter(&scope, options->cancel, -1);
    bool good = write_migration(&writing, name, error);
    compare_close(writing.back);
    compare_close(writing.there);
    task_scope_leave(&scope);
    arena_free(writing.arena);
    if (good)
        return writing.result;
    arena_free(arena);
    return NULL;
}

void dun_written_free(dun_written *written)
{
    if (written)
        arena_free(written->arena);
}

const char *dun_written_up_file(const dun_written *written)
{
    return written->up_file;
}

const char *dun_written_down_file(const dun_written *written)
{
    return written->down_file;
}

const dun_plan *dun_written_plan(const dun_written *written)
{
    return written->plan;
}

const dun_warning *dun_written_warnings(const dun_written *written, size_t *ret_count)
{
    *ret_count = written->warnings.count;
    return written->warnings.items;
}

uint64_t dun_written_statements(const dun_written *written)
{
    return written->statements;
}

uint64_t dun_written_round_trips(const dun_written *written)
{
    return written->round_trips;
}
