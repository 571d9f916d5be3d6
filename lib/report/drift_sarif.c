/* Drift as SARIF 2.1.0: a run a database, a result a difference, at the place of its definition. */
#include "base/arena.h"
#include "report/json_text.h"
#include "report/report.h"

#include <dunlin/version.h>

#include <string.h>

static const char rules[] =
    "[{\"id\": \"extra\", \"shortDescription\": {\"text\": \"An object is in the database only\"}}, "
    "{\"id\": \"missing\", \"shortDescription\": {\"text\": \"An object is missing in the database\"}}, "
    "{\"id\": \"different\", \"shortDescription\": {\"text\": \"An object is different in the database\"}}, "
    "{\"id\": \"rows\", \"shortDescription\": {\"text\": \"Rows are not those of their seed file\"}}]";

enum { ROWS_RULE = 3 };

/* A path as a URI reference: relative to whatever the analysis was run in. */
static void append_uri(struct str *out, const char *path)
{
    struct str uri = STR_INIT;
    for (; *path; ++path) {
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:@!$&'()*+,;=", *path))
            str_append_char(&uri, *path);
        else
            str_printf(&uri, "%%%02X", (unsigned)(unsigned char)*path);
    }
    json_append_text(out, str_text(&uri), uri.length);
    str_free(&uri);
}

/* GitHub refuses results without a file; what is in the database only has the place where it would be
 * defined. */
static void write_location(struct str *out, const char *file, unsigned line, const char *name,
                           const char *kind)
{
    str_append(out, ", \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    append_uri(out, file);
    str_printf(out, "}, \"region\": {\"startLine\": %u}}, ", line ? line : 1);
    json_append_member(out, "\"logicalLocations\": [{", "fullyQualifiedName", name);
    json_append_member(out, ", ", "kind", kind);
    str_append(out, "}]}]");
}

/* The folder of a source that may have a version: "migrations@3". */
static const char *folder_of(struct arena *arena, const dun_drift *drift)
{
    const char *source = dun_drift_source(drift);
    return arena_strndup(arena, source, strcspn(source, "@"));
}

static void write_message(struct str *out, const char *rule, int number, const struct str *message)
{
    json_append_member(out, "      {", "ruleId", rule);
    str_printf(out, ", \"ruleIndex\": %d, \"level\": \"error\"", number);
    json_append_member(out, ", \"message\": {", "text", str_text(message));
    str_append_char(out, '}');
}

/* By which a result is known again in another run. */
static void write_identity(struct str *out, const char *rule, const char *kind, const char *name)
{
    struct str identity = STR_INIT;
    str_printf(&identity, "%s %s %s", rule, kind, name);
    json_append_member(out, ", \"partialFingerprints\": {", "object/v1", str_text(&identity));
    str_append(out, "}}");
    str_free(&identity);
}

static void write_result(struct str *out, const dun_difference *difference, const dun_drift_finding *finding)
{
    struct arena *arena = arena_new();
    struct str message = STR_INIT;
    const char *rule = drift_word(difference->what);
    str_printf(&message, "%s (%s)", difference->text, finding->target);
    for (size_t i = 0; difference->what == DUN_DIFFERENT && i < difference->value_count; ++i) {
        str_append_char(&message, '\n');
        drift_append_value(&message, &difference->values[i], "");
    }
    write_message(out, rule, (int)difference->what, &message);
    write_location(out, difference->file ? difference->file : folder_of(arena, finding->drift),
                   difference->line, difference->name, difference->kind);
    write_identity(out, rule, difference->kind, difference->name);
    arena_free(arena);
    str_free(&message);
}

static void write_data_result(struct str *out, const dun_data_difference *data, const char *target)
{
    struct str message = STR_INIT;
    drift_data_sentence(&message, data);
    str_printf(&message, " (%s)", target);
    write_message(out, "rows", ROWS_RULE, &message);
    write_location(out, data->file, 0, data->table, "table");
    write_identity(out, "rows", "table", data->table);
    str_free(&message);
}

static void write_results(struct str *out, const dun_drift_finding *finding)
{
    size_t count = 0, data_count = 0;
    const dun_difference *differences = finding->drift ? dun_drift_differences(finding->drift, &count) : NULL;
    const dun_data_difference *data = finding->drift ? dun_drift_data(finding->drift, &data_count) : NULL;
    bool any = false;
    str_append(out, "    \"results\": [");
    for (size_t i = 0; i < count; ++i, any = true) {
        str_append(out, any ? ",\n" : "\n");
        write_result(out, &differences[i], finding);
    }
    for (size_t i = 0; i < data_count; ++i) {
        if (!drift_data_differs(&data[i]))
            continue;
        str_append(out, any ? ",\n" : "\n");
        write_data_result(out, &data[i], finding->target);
        any = true;
    }
    str_append(out, any ? "\n    ]," : "],");
}

static const char *failure_of(const dun_drift_finding *finding)
{
    if (finding->skipped)
        return finding->skipped;
    return finding->drift ? dun_drift_data_problem(finding->drift) : dun_error_message(finding->error);
}

static void write_run(struct str *out, const dun_drift_finding *finding)
{
    json_append_member(out, "  {\n    \"tool\": {\"driver\": {\"name\": \"dunlin\", ", "version",
                       DUN_VERSION);
    str_printf(out, ", \"rules\": %s}},\n", rules);
    json_append_member(out, "    \"automationDetails\": {", "id", finding->target);
    str_append(out, "},\n");
    write_results(out, finding);
    const char *failure = failure_of(finding);
    str_printf(out, "\n    \"invocations\": [{\"executionSuccessful\": %s", failure ? "false" : "true");
    if (failure) {
        json_append_member(out, ", \"toolExecutionNotifications\": [{", "level",
                           finding->skipped ? "warning" : "error");
        str_append(out, ", ");
        json_append_member(out, "\"message\": {", "text", failure);
        str_append(out, "}}]");
    }
    str_append(out, "}]\n  }");
}

char *drift_sarif(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    str_append(
        &out,
        "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
        "  \"runs\": [\n");
    for (size_t i = 0; i < count; ++i) {
        str_append(&out, i ? ",\n" : "");
        write_run(&out, &findings[i]);
    }
    str_append(&out, "\n  ]\n}\n");
    return str_take(&out);
}
