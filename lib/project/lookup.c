/* Targets that are not written in the config: rows of a query, and databases or schemas by their names. */
#include "base/error.h"
#include "base/vector.h"
#include "db/url.h"
#include "engine/database.h"
#include "engine/reading.h"
#include "project/project.h"
#include "task/task.h"

#include <dunlin/db.h>

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_TIMEOUT_MS = 10000 };

typedef VECTOR(const char *) found_urls;

static bool nothing_found(const struct dun_project *project, const char *what, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "environment \"%s\" has no targets: %s", project->environment->name,
              what);
    source_error_at(error, &project->config->source, project->environment->place);
    return false;
}

/* The place of the row is told, and never what is in it. */
static bool add_row(struct dun_project *project, const dun_result *rows, size_t row, found_urls *urls,
                    dun_error *error)
{
    const char *text = arena_strdup(project->arena, dun_result_value(rows, row, 0));
    const char **url = vector_add(project->arena, urls);
    if (text && *text && target_of_text(project, text, url, error))
        return true;
    if (!text || !*text)
        error_set(error, DUN_BAD_INPUT, "the first column is %s, and no URL", text ? "empty" : "NULL");
    error_context(error, "row %zu of the query that looks up the targets of environment \"%s\"", row + 1,
                  project->environment->name);
    error_hint(error, "nothing was begun; the first column of each row has to be the URL of a target");
    return false;
}

static bool take_rows(struct dun_project *project, const dun_result *rows, found_urls *urls, dun_error *error)
{
    if (dun_result_columns(rows) == 0 || dun_result_rows(rows) == 0)
        return nothing_found(project, "its query gives no rows", error);
    for (size_t i = 0; i < dun_result_rows(rows); ++i)
        if (!add_row(project, rows, i, urls, error))
            return false;
    return true;
}

/* Whatever the query is: a look at the targets changes nothing. */
static dun_result *query_rows(struct arena *arena, const dun_database *database, dun_connection *connection,
                              const char *query, dun_error *error)
{
    const struct dun_engine *engine = database->engine;
    const char *sql = reading_statement(arena, engine, query, error);
    if (!sql)
        error_code(error, DUN_BAD_INPUT);
    if (!sql || !reading_begin(connection, engine, error))
        return NULL;
    dun_result *rows = dun_query(connection, sql, 0, NULL, error);
    if (!rows && engine->reading->refused(error))
        error_hint(error, "the query that looks up targets may only read");
    return rows;
}

static dun_result *ask(struct arena *arena, const char *url, const char *query,
                       const dun_lookup_options *options, dun_error *error)
{
    dun_database_options database_options = DUN_DATABASE_OPTIONS_INIT;
    database_options.wait_ms = options->wait_ms;
    database_options.echo = options->echo;
    database_options.existing = true;
    database_options.cancel = options->cancel;
    dun_database *database = dun_database_open(url, &database_options, error);
    dun_connection *connection = database ? dun_connect(database, error) : NULL;
    dun_result *rows = connection ? query_rows(arena, database, connection, query, error) : NULL;
    dun_disconnect(connection);
    dun_database_close(database);
    return rows;
}

static bool discover(struct dun_project *project, const dun_lookup_options *options, found_urls *urls,
                     dun_error *error)
{
    const char *url, *query;
    if (!dun_project_discover(project, &url, &query, error))
        return false;
    dun_result *rows = ask(project->arena, url, query, options, error);
    if (!rows) {
        error_context(error, "looking up the targets of environment \"%s\"", project->environment->name);
        return false;
    }
    bool good = take_rows(project, rows, urls, error);
    dun_result_free(rows);
    return good;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* What a pattern looks for: databases or schemas. */
struct kind {
    bool (*list)(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                 struct engine_names *names, dun_error *error);
    const struct db_url *(*inside)(struct arena *arena, const struct db_url *url, const char *name);
    const char *word;
};

static bool kind_of(const struct dun_project *project, const struct dun_engine *engine, struct kind *ret_kind,
                    dun_error *error)
{
    const struct engine_tenants *tenants = engine->tenants;
    *ret_kind = (struct kind){tenants->databases, tenants->in_database, "database"};
    if (project->environment->schemas.text)
        *ret_kind = (struct kind){tenants->schemas, tenants->in_schema, "schema"};
    if (ret_kind->list)
        return true;
    error_set(error, DUN_BAD_INPUT, "a database of %s has no schemas", engine->title);
    error_hint(error, "write \"databases\" instead of \"schemas\" in environment \"%s\"",
               project->environment->name);
    return false;
}

static bool list(const struct db_url *url, const struct kind *kind, const dun_lookup_options *options,
                 struct arena *arena, struct engine_names *names, dun_error *error)
{
    struct db_open_options open = {
        .connect_timeout_ms = CONNECT_TIMEOUT_MS, .application = "dunlin", .echo = options->echo};
    struct task_scope scope;
    task_scope_enter(&scope, options->cancel, -1);
    bool good = kind->list(url, &open, arena, names, error);
    task_scope_leave(&scope);
    return good;
}

static void add_matching(struct dun_project *project, const struct db_url *url, const struct kind *kind,
                         const char *pattern, const struct engine_names *names, found_urls *urls)
{
    if (names->count > 0)
        qsort(names->items, names->count, sizeof *names->items, by_bytes);
    for (size_t i = 0; i < names->count; ++i)
        if (fnmatch(pattern, names->items[i], 0) == 0)
            *vector_add(project->arena, urls) =
                db_url_text(project->arena, kind->inside(project->arena, url, names->items[i]));
}

static bool match(struct dun_project *project, const struct config_text *value,
                  const dun_lookup_options *options, found_urls *urls, dun_error *error)
{
    const char *text, *pattern;
    struct db_url *url;
    struct kind kind;
    struct engine_names names = {0};
    if (!target_of_config(project, &project->environment->urls.items[0], &text, error) ||
        !expand(value, &project->config->source, project->variables, &pattern, NULL, error) ||
        !db_url_parse(project->arena, text, &url, error))
        return false;
    const struct dun_engine *engine = engine_for_url(url, error);
    if (!engine || !kind_of(project, engine, &kind, error))
        return false;
    if (!list(url, &kind, options, project->arena, &names, error)) {
        error_context(error, "looking up the targets of environment \"%s\"", project->environment->name);
        return false;
    }
    add_matching(project, url, &kind, pattern, &names, urls);
    return urls->count > 0 ||
           nothing_found(project,
                         arena_printf(project->arena, "no %s is named like \"%s\"", kind.word, pattern),
                         error);
}

const char *const *dun_project_find_targets(dun_project *project, const dun_lookup_options *options,
                                            size_t *ret_count, dun_error *error)
{
    static const dun_lookup_options defaults = DUN_LOOKUP_OPTIONS_INIT;
    const struct config_environment *environment = project->environment;
    found_urls urls = {0};
    bool good;
    options = options ? options : &defaults;
    if (project->origin != TARGET_OF_ENVIRONMENT)
        return dun_project_targets(project, ret_count, error);
    if (environment->databases.text || environment->schemas.text)
        good = match(project, environment->databases.text ? &environment->databases : &environment->schemas,
                     options, &urls, error);
    else if (environment->discover_url.text)
        good = discover(project, options, &urls, error);
    else
        return dun_project_targets(project, ret_count, error);
    *ret_count = urls.count;
    return good ? urls.items : NULL;
}
