#include "case_run.h"

#include "base/error.h"
#include "case_dump.h"
#include "case_renames.h"
#include "case_rows.h"
#include "compare/prove.h"
#include "engine/plan_run.h"
#include "source/load.h"
#include "sql/same_tokens.h"

#include <stdlib.h>
#include <string.h>

/* A schema of the case: its definitions, its catalog and its dump when they are loaded afresh. */
struct side {
    const char *name; /* "from", "to" */
    const struct case_part *part;
    struct source_definitions *definitions;
    struct catalog *catalog;
    const char *dump;
};

/* One direction. */
struct direction {
    const char *name; /* "forwards", "backwards" */
    struct side *from, *to;
    const struct case_expectation *expected;
    struct catalog *live; /* the catalog of the database that the plan runs on */
    bool annotated;       /* what `to` says about renames counts; otherwise what `from` says, turned around */
    struct compare *compare;
    struct diff *diff; /* of the whole way, renames included */
    struct plan *plan;
    struct case_measures *measures;
    struct str *text; /* where the plan is kept */
};

struct run {
    struct arena *arena;
    const struct test_case *test;
    const struct dun_engine *engine;
    const struct case_options *options;
    struct case_database *database;
    struct case_result *result;
    struct side from, to;
    struct source_settings settings;
    dun_error *error;
};

static bool fail(struct run *run, const struct direction *direction, const char *what, const char *about)
{
    run->result->failed = true;
    str_printf(&run->result->story, "  %s%s%s%s\n", direction ? direction->name : "", direction ? ": " : "",
               what, about);
    return false;
}

/* Fails with what the error says. */
static bool fail_with_error(struct run *run, const struct direction *direction, const char *what)
{
    struct str text = STR_INIT;
    str_printf(&text, ": %s", dun_error_message(run->error));
    if (dun_error_hint(run->error))
        str_printf(&text, " (%s)", dun_error_hint(run->error));
    if (dun_error_line(run->error))
        str_printf(&text, " at line %u", dun_error_line(run->error));
    fail(run, direction, what, str_text(&text));
    dun_error_clear(run->error);
    str_free(&text);
    return false;
}

static dun_connection *connection_of(const struct run *run)
{
    return run->database->connection;
}

/* Loading and reading */

static const struct catalog_options reading = {.grants = true};

static bool read_catalog(struct run *run, struct case_database *database, struct catalog **ret_catalog)
{
    return run->engine->catalog->read(database->connection, &reading, run->arena, ret_catalog, run->error);
}

/* So many lines stand before it that messages have the lines of the case's file. */
static const char *padded(struct run *run, const struct case_part *part)
{
    char *text = arena_alloc(run->arena, part->line + part->length + 1);
    if (part->text) {
        memset(text, '\n', part->line - 1);
        memcpy(text + part->line - 1, part->text, part->length);
    }
    return text;
}

static bool read_definitions(struct run *run, const struct case_part *part,
                             struct source_definitions **ret_definitions)
{
    const char *text = padded(run, part);
    struct source_definitions *definitions = source_definitions_new(run->arena, run->engine->dialect);
    if (!source_definitions_add(definitions, "case", run->test->file, text, strlen(text), run->error))
        return false;
    source_definitions_finish(definitions);
    *ret_definitions = definitions;
    return true;
}

static bool load_text(struct run *run, struct case_database *database,
                      const struct source_definitions *definitions, bool data)
{
    const struct source_definition_file *file = &definitions->files.items[0];
    const struct load_file script = {file->name, file->text, file->length, file->script};
    const struct load_options options = {.allow_data = data, .as_written = true};
    database->clean = false;
    return load_definitions(run->engine, database->connection, &script, 1, &options, run->error);
}

static bool dump(struct run *run, struct case_database *database, const struct catalog *catalog,
                 const char **ret_lines)
{
    char *text = run->options->dumps ? case_database_dump(database, run->error) : NULL;
    bool good =
        !run->options->dumps || (text && case_dump_normalise(run->arena, run->engine->dialect, text, catalog,
                                                             database->name, ret_lines, run->error));
    free(text);
    return good;
}

static bool load_side(struct run *run, struct case_database *database, struct side *side)
{
    return (read_definitions(run, side->part, &side->definitions) &&
            load_text(run, database, side->definitions, false) &&
            read_catalog(run, database, &side->catalog) && dump(run, database, side->catalog, &side->dump)) ||
           fail_with_error(run, NULL, side->name);
}

/* The rows of the case, or made-up ones. Written ones have to fit. */
static bool put_rows(struct run *run)
{
    struct source_definitions *rows = NULL;
    if (run->test->rows.text)
        return (read_definitions(run, &run->test->rows, &rows) &&
                load_text(run, run->database, rows, true)) ||
               fail_with_error(run, NULL, "rows");
    if (!run->test->no_rows)
        run->result->filled = case_rows_make_up(connection_of(run), run->engine->dialect, run->from.catalog);
    return true;
}

/* Starts anew with the definitions that a direction begins with, and without rows. */
static bool start_without_rows(struct run *run, struct direction *direction)
{
    if (!case_database_empty(run->database, true, run->error) ||
        !load_text(run, run->database, direction->from->definitions, false))
        return fail_with_error(run, direction, "again, without rows");
    return true;
}

/* What is expected of plans */

static void append_difference(struct str *to, const struct diff *diff)
{
    static const char *const actions[] = {
        [DIFF_CREATE] = "create", [DIFF_DROP] = "drop", [DIFF_ALTER] = "alter", [DIFF_RENAME] = "rename"};
    VECTOR_EACH (struct diff_change, change, &diff->changes) {
        str_printf(to, "      %s %s", actions[change->action],
                   (change->from ? change->from : change->to)->key);
        for (size_t i = 0; i < change->attribute_count; ++i) {
            const struct schema_value *is = catalog_value(change->from, change->attributes[i]);
            const struct schema_value *other = catalog_value(change->to, change->attributes[i]);
            str_printf(to, "%s %s: \"%s\" -> \"%s\"", i ? "," : "",
                       schema_attribute_word(change->attributes[i]), is && is->count ? is->texts[0] : "",
                       other && other->count ? other->texts[0] : "");
        }
        str_append_char(to, '\n');
    }
}

static bool is_expected_plan(struct run *run, const struct direction *direction)
{
    struct source_definitions *expected = NULL;
    const struct plan *plan = direction->plan;
    if (!direction->expected->plan.text)
        return true;
    if (!read_definitions(run, &direction->expected->plan, &expected))
        return fail_with_error(run, direction, "expected plan");
    const struct sql_script *script = expected->files.items[0].script;
    for (size_t i = 0; i < script->count && i < plan->statements.count; ++i) {
        const char *wanted =
            arena_strndup(run->arena, script->statements[i].text, script->statements[i].length);
        if (!sql_same_tokens(run->engine->dialect, wanted, plan->statements.items[i].sql))
            return fail(run, direction, "the plan is another from here on: ", plan->statements.items[i].sql);
    }
    if (script->count != plan->statements.count)
        return fail(run, direction,
                    script->count < plan->statements.count ? "the plan has more statements than expected"
                                                           : "the plan has fewer statements than expected",
                    "");
    return true;
}

static const char *hazard_words(struct arena *arena, unsigned hazards)
{
    const char *words = "";
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (hazards & 1u << i)
            words = arena_printf(arena, "%s%s%s", words, *words ? " " : "",
                                 plan_hazard_word((enum plan_hazard)(1u << i)));
    return *words ? words : "none";
}

static bool are_expected_hazards(struct run *run, const struct direction *direction)
{
    const char *expected = direction->expected->hazards,
               *is = hazard_words(run->arena, direction->plan->hazards);
    bool same = true;
    for (unsigned i = 0; expected && i < PLAN_HAZARD_COUNT; ++i)
        same = same && case_has_word(expected, plan_hazard_word((enum plan_hazard)(1u << i))) ==
                           ((direction->plan->hazards & 1u << i) != 0);
    return same || fail(run, direction, "the plan's hazards are: ", is);
}

static struct source_catalog *as_source(struct run *run, const struct side *side, struct catalog *catalog,
                                        bool annotated)
{
    struct source_catalog *source = ARENA_NEW(run->arena, struct source_catalog);
    source->arena = run->arena;
    source->settings = &run->settings;
    source->engine = run->engine;
    source->name = side->name;
    source->catalog = catalog;
    source->definitions = annotated ? side->definitions : NULL;
    return source;
}

/* The diff of the compare begins behind the renames; what becomes of rows is asked of the whole way. */
static void diff_whole_way(struct run *run, struct direction *direction)
{
    VECTOR_EACH (struct diff_change, change, &direction->compare->renames) {
        bool moved = change->from->schema && strcmp(change->from->schema, change->to->schema) != 0;
        change->to->renamed_from = change->from->name;
        change->to->moved_from = moved && !change->from->parent ? change->from->schema : NULL;
    }
    direction->diff = diff_catalogs(run->arena, run->engine->diff, direction->live, direction->to->catalog);
    VECTOR_EACH (struct diff_change, change, &direction->compare->renames)
        change->to->renamed_from = change->to->moved_from = NULL;
}

static bool compare_sides(struct run *run, struct direction *direction)
{
    struct source_catalog *from = as_source(run, direction->from, direction->live, !direction->annotated);
    struct source_catalog *to = as_source(run, direction->to, direction->to->catalog, direction->annotated);
    if (!compare_catalogs(&run->settings, from, to, &direction->compare, run->error))
        return false;
    diff_whole_way(run, direction);
    return true;
}

static bool is_difference_expected(struct run *run, const struct direction *direction)
{
    bool same = compare_is_equal(direction->compare);
    if (!run->test->same && !run->test->random && same)
        return fail(run, direction, "no difference was found between from and to", "");
    if (!run->test->same || same)
        return true;
    fail(run, direction, "the two schemas mean the same, but differ:", "");
    append_difference(&run->result->story, direction->diff);
    return false;
}

/* What renames do to a part of the schema is what they do to all of it. */
static bool are_renames_whole(struct run *run, const struct direction *direction)
{
    struct diff *diff = NULL;
    if (!run->options->prove)
        return true;
    if (!case_renames_tried_whole(direction->compare, &diff, run->error))
        return fail_with_error(run, direction, "renames on all of the schema");
    if (!diff || diff->changes.count == 0)
        return true;
    fail(run, direction, "renames on a part of the schema do not tell what they do to all of it:", "");
    append_difference(&run->result->story, diff);
    return false;
}

/* The proof knows nothing of rows, so every plan there is must be proven. */
static bool is_proven(struct run *run, const struct direction *direction)
{
    struct proof proof = {0};
    if (!run->options->prove)
        return true;
    if (!compare_prove(direction->compare, direction->plan, &proof, run->error))
        return fail_with_error(run, direction, "no proof");
    return proof.proven || fail(run, direction, "the plan is not proven: ", proof.reason);
}

/* True in `ret_stop`: there is no plan, and none was expected. */
static bool make_plan(struct run *run, struct direction *direction, bool *ret_stop)
{
    const struct plan_options options = {.online = run->test->online};
    const char *refused = direction->expected->refused;
    if (compare_sides(run, direction))
        direction->plan = compare_plan(direction->compare, &options, run->error);
    *ret_stop = !direction->plan && refused && strstr(dun_error_message(run->error), refused);
    if (*ret_stop) {
        dun_error_clear(run->error);
        return true;
    }
    if (!direction->plan)
        return fail_with_error(run, direction, "no plan");
    plan_text(direction->text, run->engine->language, direction->plan, true);
    if (refused)
        return fail(run, direction, "there is a plan, but was to be refused: ", refused);
    return is_difference_expected(run, direction) && is_expected_plan(run, direction) &&
           are_expected_hazards(run, direction) && are_renames_whole(run, direction) &&
           is_proven(run, direction);
}

/* Checks: does the plan know beforehand that it would fail? */

static bool ask_check(struct run *run, const struct plan_check *check, int64_t *ret_rows)
{
    dun_result *rows = NULL;
    if (!db_query(connection_of(run), check->sql, &rows, run->error))
        return false;
    *ret_rows = result_integer(rows, 0, 0, -1);
    dun_result_free(rows);
    return *ret_rows >= 0 || error_set(run->error, DUN_FAILED, "%s gives no number", check->sql);
}

static bool ask_checks(struct run *run, struct direction *direction, unsigned *ret_blocked)
{
    *ret_blocked = 0;
    VECTOR_EACH (struct plan_statement, statement, &direction->plan->statements)
        VECTOR_EACH (struct plan_check, check, &statement->checks) {
            int64_t rows = 0;
            if (!ask_check(run, check, &rows))
                return fail_with_error(run, direction, "check");
            *ret_blocked |= rows > 0 ? check->hazard : 0;
        }
    const char *expected = direction->expected->blocked;
    for (unsigned i = 0; expected && i < PLAN_HAZARD_COUNT; ++i)
        if (case_has_word(expected, plan_hazard_word((enum plan_hazard)(1u << i))) !=
            ((*ret_blocked & 1u << i) != 0))
            return fail(run, direction, "rows block the plan by: ", hazard_words(run->arena, *ret_blocked));
    return true;
}

static bool run_statements(struct run *run, struct direction *direction, size_t *ret_failed)
{
    const struct engine_plan_run how = {0};
    size_t kept = 0;
    *ret_failed = 0;
    return engine_run_plan(run->engine, connection_of(run), direction->plan, &how, &kept, ret_failed,
                           run->error);
}

static bool is_one_transaction(const struct run *run, const struct plan *plan)
{
    VECTOR_EACH (struct plan_statement, statement, &plan->statements)
        if (statement->apart)
            return false;
    return run->engine->ddl_in_transactions;
}

/* A plan that its checks speak against has to fail, and to leave everything as it was. */
static bool fails_as_told(struct run *run, struct direction *direction)
{
    size_t failed;
    struct catalog *catalog = NULL;
    if (run_statements(run, direction, &failed))
        return fail(run, direction, "the checks find rows on which the plan would fail, but it does not", "");
    dun_error_clear(run->error);
    if (!read_catalog(run, run->database, &catalog))
        return fail_with_error(run, direction, "catalog after a failure");
    const struct diff *diff = diff_catalogs(run->arena, run->engine->diff, catalog, direction->live);
    if (diff->changes.count == 0)
        return true;
    fail(run, direction, "a plan that failed has left something behind:", "");
    append_difference(&run->result->story, diff);
    return false;
}

/* May the statement fail on rows, for reasons that no check can count? */
static bool may_fail_unchecked(const struct plan *plan, size_t statement)
{
    static const unsigned may_fail = PLAN_NOT_NULL | PLAN_UNIQUE | PLAN_CHECK | PLAN_FOREIGN_KEY | PLAN_CAST;
    const struct plan_statement *at = &plan->statements.items[statement];
    return statement < plan->statements.count && at->checks.count == 0 && (at->hazards & may_fail);
}

static bool run_plan(struct run *run, struct direction *direction)
{
    unsigned blocked = 0;
    size_t failed = 0;
    if (!case_rows_measure(run->arena, connection_of(run), direction->diff, &direction->measures, run->error))
        return fail_with_error(run, direction, "rows");
    if (!ask_checks(run, direction, &blocked))
        return false;
    if (!blocked && run_statements(run, direction, &failed))
        return true;
    if (!blocked && !may_fail_unchecked(direction->plan, failed))
        return fail_with_error(run, direction, "the plan failed");
    dun_error_clear(run->error);
    if (blocked && is_one_transaction(run, direction->plan) && !fails_as_told(run, direction))
        return false;
    direction->measures = NULL;
    return start_without_rows(run, direction) &&
           (run_statements(run, direction, &failed) ||
            fail_with_error(run, direction, "the plan failed without rows"));
}

/* What has come of it */

static bool is_catalog(struct run *run, struct direction *direction, struct catalog *catalog)
{
    struct diff *diff = diff_catalogs(run->arena, run->engine->diff, catalog, direction->to->catalog);
    if (diff->changes.count == 0)
        return true;
    fail(run, direction, "after the plan the catalog still differs:", "");
    append_difference(&run->result->story, diff);
    return false;
}

static bool is_dump(struct run *run, struct direction *direction, struct catalog *catalog)
{
    const char *lines = NULL;
    struct str differences = STR_INIT;
    if (!run->options->dumps)
        return true;
    if (!dump(run, run->database, catalog, &lines))
        return fail_with_error(run, direction, "dump");
    bool differs = case_dump_differences(&differences, lines, direction->to->dump);
    if (differs) {
        fail(run, direction, "after the plan the engine's own dump differs:", "");
        str_append(&run->result->story, str_text(&differences));
    }
    str_free(&differences);
    return !differs;
}

static bool are_rows(struct run *run, struct direction *direction)
{
    struct str losses = STR_INIT;
    bool survive = !direction->measures || case_rows_survive(&losses, connection_of(run), direction->diff,
                                                             direction->plan, direction->measures);
    if (!survive) {
        fail(run, direction, "rows were lost, and no hazard said so:", "");
        str_append(&run->result->story, str_text(&losses));
    }
    str_free(&losses);
    return survive;
}

static void tell_plan(struct run *run, const struct direction *direction)
{
    const char *text = str_text(direction->text);
    str_printf(&run->result->story, "  %s, the plan (hazards: %s):\n", direction->name,
               direction->plan ? hazard_words(run->arena, direction->plan->hazards) : "none");
    for (size_t length; *text; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        str_printf(&run->result->story, "    | %.*s\n", (int)length, text);
    }
}

/* True in `ret_stop`: the direction was refused, as expected. */
static bool go(struct run *run, struct direction *direction, struct catalog **ret_catalog, bool *ret_stop)
{
    bool good = make_plan(run, direction, ret_stop);
    if (good && *ret_stop) {
        compare_close(direction->compare);
        return true;
    }
    good = good && run_plan(run, direction);
    if (good && !read_catalog(run, run->database, ret_catalog))
        good = fail_with_error(run, direction, "catalog");
    if (good) {
        /* All three, for each tells something else about the same mistake. */
        bool catalog = is_catalog(run, direction, *ret_catalog), same = is_dump(run, direction, *ret_catalog);
        good = are_rows(run, direction) && catalog && same;
    }
    if ((!good && direction->plan) || run->options->verbose)
        tell_plan(run, direction);
    compare_close(direction->compare);
    return good;
}

static void go_back(struct run *run, struct catalog *live)
{
    struct direction direction = {.name = "backwards",
                                  .from = &run->to,
                                  .to = &run->from,
                                  .expected = &run->test->backwards,
                                  .live = live,
                                  .text = &run->result->plan_back};
    struct catalog *end = NULL;
    bool stop = false;
    if (!live) { /* there was no way forwards */
        if (!start_without_rows(run, &direction))
            return;
        direction.live = run->to.catalog;
    }
    go(run, &direction, &end, &stop);
}

static void go_both_ways(struct run *run)
{
    struct direction direction = {.name = "forwards",
                                  .from = &run->from,
                                  .to = &run->to,
                                  .expected = &run->test->forwards,
                                  .live = run->from.catalog,
                                  .annotated = true,
                                  .text = &run->result->plan};
    struct catalog *end = NULL;
    bool stop = false;
    if (put_rows(run) && go(run, &direction, &end, &stop) && !run->test->one_way)
        go_back(run, end);
}

static bool is_for_server(const struct test_case *test, const dun_connection *connection)
{
    bool maria = strncmp(connection->server, "MariaDB", 7) == 0;
    return (!test->since || connection->server_version >= test->since) &&
           (!test->before || connection->server_version < test->before) &&
           (!test->server || maria == (strcmp(test->server, "mariadb") == 0));
}

/* Databases whose raw catalogs are the same are taken for alike, so those that differ must not have the same.
 */
static bool are_told_apart(struct run *run, struct case_database *one, struct case_database *other)
{
    const struct engine_catalog *engine = run->engine->catalog;
    struct catalog_raw from, to;
    const struct diff *diff =
        diff_catalogs(run->arena, run->engine->diff, run->from.catalog, run->to.catalog);
    if (!engine->read_raw || diff->changes.count == 0)
        return true;
    if (!engine->read_raw(one->connection, run->arena, &from, run->error) ||
        !engine->read_raw(other->connection, run->arena, &to, run->error))
        return fail_with_error(run, NULL, "raw catalog");
    return !catalog_raw_is_same(&from, &to) ||
           fail(run, NULL, "the raw catalogs of from and to are the same", "");
}

/* The same of the one schema that both have, which is read only if they are. */
static bool are_schemas_told_apart(struct run *run, struct case_database *one, struct case_database *other)
{
    const struct engine_catalog *engine = run->engine->catalog;
    const char *const schemas[] = {engine->first_schema, NULL};
    struct catalog_options options = reading;
    struct catalog *from, *to;
    struct catalog_raw from_raw, to_raw;
    options.schemas = schemas;
    if (!engine->read_raw_schema)
        return true;
    if (!engine->read_raw_schema(one->connection, *schemas, run->arena, &from_raw, run->error) ||
        !engine->read_raw_schema(other->connection, *schemas, run->arena, &to_raw, run->error))
        return fail_with_error(run, NULL, "raw catalog of a schema");
    if (!catalog_raw_is_same(&from_raw, &to_raw))
        return true;
    if (!engine->read(one->connection, &options, run->arena, &from, run->error) ||
        !engine->read(other->connection, &options, run->arena, &to, run->error))
        return fail_with_error(run, NULL, "catalog of a schema");
    return diff_catalogs(run->arena, run->engine->diff, from, to)->changes.count == 0 ||
           fail(run, NULL, "the raw catalogs of a schema are the same in from and to", "");
}

void case_run(const struct test_case *test, struct case_database *one, struct case_database *other,
              const struct case_options *options, struct case_result *ret_result)
{
    struct run run = {.arena = arena_new(),
                      .test = test,
                      .engine = one->server->engine,
                      .options = options,
                      .database = one,
                      .result = ret_result,
                      .from = {.name = "from", .part = &test->from},
                      .to = {.name = "to", .part = &test->to},
                      .settings = {.engine = one->server->engine,
                                   .near = one->server->url,
                                   .open = {.connect_timeout_ms = 10000, .application = "dunlin cases"},
                                   .catalog = reading},
                      .error = dun_error_new()};
    *ret_result = (struct case_result){.skipped = !is_for_server(test, one->connection)};
    if (!ret_result->skipped && load_side(&run, one, &run.from) && load_side(&run, other, &run.to) &&
        are_told_apart(&run, one, other) && are_schemas_told_apart(&run, one, other))
        go_both_ways(&run);
    dun_error_free(run.error);
    arena_free(run.arena);
}
