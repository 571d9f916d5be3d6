/* Drift as JSON and as SARIF, written piece by piece: both are little but texts. */
#include "report/json_text.h"
#include "report/report.h"

#include <dunlin/version.h>

#include <stdlib.h>
#include <string.h>

static void text(struct str *out, const char *before, const char *name, const char *value)
{
    str_printf(out, "%s\"%s\": ", before, name);
    json_append_text(out, value, value ? strlen(value) : 0);
}

static void texts(struct str *out, const char *before, const char *name, const char *const *values)
{
    str_printf(out, "%s\"%s\": [", before, name);
    for (size_t i = 0; values[i]; ++i) {
        str_append(out, i ? ", " : "");
        json_append_text(out, values[i], strlen(values[i]));
    }
    str_append(out, "]");
}

/* JSON */

static void write_difference(struct str *out, const dun_difference *difference)
{
    text(out, "    {", "what", drift_word(difference->what));
    text(out, ", ", "kind", difference->kind);
    text(out, ", ", "name", difference->name);
    text(out, ", ", "text", difference->text);
    text(out, ", ", "file", difference->file);
    if (difference->line)
        str_printf(out, ", \"line\": %u, \"values\": [", difference->line);
    else
        str_append(out, ", \"line\": null, \"values\": [");
    for (size_t i = 0; i < difference->value_count; ++i) {
        const dun_difference_value *value = &difference->values[i];
        text(out, i ? ", {" : "{", "attribute", value->attribute);
        text(out, ", ", "expected", value->expected);
        text(out, ", ", "actual", value->actual);
        str_append_char(out, '}');
    }
    str_append(out, "]}");
}

static void write_differences(struct str *out, const dun_drift *drift)
{
    size_t count;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    str_append(out, ",\n  \"differences\": [");
    for (size_t i = 0; i < count; ++i) {
        str_append(out, i ? ",\n" : "\n");
        write_difference(out, &differences[i]);
    }
    str_append(out, count ? "\n  ]" : "]");
}

static void write_warnings(struct str *out, const dun_drift *drift)
{
    size_t count;
    const dun_warning *warnings = dun_drift_warnings(drift, &count);
    str_append(out, ",\n  \"warnings\": [");
    for (size_t i = 0; i < count; ++i) {
        text(out, i ? ", {" : "{", "file", warnings[i].file);
        text(out, ", ", "message", warnings[i].message);
        str_append_char(out, '}');
    }
    str_append_char(out, ']');
}

static void write_commit(struct str *out, const dun_drift_commit *commit)
{
    if (!commit) {
        str_append(out, ",\n  \"commit\": null");
        return;
    }
    text(out, ",\n  \"commit\": {", "commit", commit->commit);
    text(out, ", ", "date", commit->date);
    text(out, ", ", "author", commit->author);
    text(out, ", ", "subject", commit->subject);
    str_printf(out, ", \"differences\": %zu, \"looked_at\": %zu, \"at_end\": %s}", commit->differences,
               commit->looked_at, commit->at_end ? "true" : "false");
}

static void write_drift(struct str *out, const dun_drift_finding *finding)
{
    const dun_drift *drift = finding->drift;
    const char *ignored_reason;
    size_t count;
    dun_drift_differences(drift, &count);
    text(out, "{\n  ", "target", dun_drift_target(drift));
    text(out, ",\n  ", "source", dun_drift_source(drift));
    str_printf(out, ",\n  \"equal\": %s", count ? "false" : "true");
    write_differences(out, drift);
    texts(out, ",\n  ", "pending", dun_drift_pending(drift));
    str_printf(out, ",\n  \"ignored\": %zu", dun_drift_ignored(drift));
    texts(out, ",\n  ", "not_compared", dun_drift_not_compared(drift));
    write_warnings(out, drift);
    text(out, ",\n  ", "fix", dun_drift_fix(drift, &ignored_reason));
    text(out, ",\n  ", "adopt", dun_drift_adopt(drift, &ignored_reason));
    write_commit(out, finding->commit);
    str_append(out, "\n}\n");
}

char *drift_json(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    str_append(&out, count == 1 ? "" : "[\n");
    for (size_t i = 0; i < count; ++i) {
        str_append(&out, i ? ",\n" : "");
        if (findings[i].drift) {
            write_drift(&out, &findings[i]);
            continue;
        }
        char *document = json_of_target(findings[i].target, NULL, findings[i].error);
        str_append(&out, document);
        free(document);
    }
    str_append(&out, count == 1 ? "" : "]\n");
    return str_take(&out);
}

/* SARIF 2.1.0 */

static const char rules[] =
    "[{\"id\": \"extra\", \"shortDescription\": {\"text\": \"An object is in the database only\"}}, "
    "{\"id\": \"missing\", \"shortDescription\": {\"text\": \"An object is missing in the database\"}}, "
    "{\"id\": \"different\", \"shortDescription\": {\"text\": \"An object is different in the database\"}}]";

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

static void write_location(struct str *out, const dun_difference *difference)
{
    str_append(out, ", \"locations\": [{");
    if (difference->file) {
        str_append(out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
        append_uri(out, difference->file);
        str_append_char(out, '}');
        if (difference->line)
            str_printf(out, ", \"region\": {\"startLine\": %u}", difference->line);
        str_append(out, "}, ");
    }
    text(out, "\"logicalLocations\": [{", "fullyQualifiedName", difference->name);
    text(out, ", ", "kind", difference->kind);
    str_append(out, "}]}]");
}

static void write_result(struct str *out, const dun_difference *difference, const char *target)
{
    struct str message = STR_INIT, identity = STR_INIT;
    str_printf(&message, "%s (%s)", difference->text, target);
    for (size_t i = 0; difference->what == DUN_DIFFERENT && i < difference->value_count; ++i)
        str_printf(&message, "\n%s: expected %s, actual %s", difference->values[i].attribute,
                   difference->values[i].expected ? difference->values[i].expected : "none",
                   difference->values[i].actual ? difference->values[i].actual : "none");
    str_printf(&identity, "%s %s %s", drift_word(difference->what), difference->kind, difference->name);
    text(out, "      {", "ruleId", drift_word(difference->what));
    str_printf(out, ", \"ruleIndex\": %d, \"level\": \"error\"", (int)difference->what);
    text(out, ", \"message\": {", "text", str_text(&message));
    str_append_char(out, '}');
    write_location(out, difference);
    text(out, ", \"partialFingerprints\": {", "object/v1", str_text(&identity));
    str_append(out, "}}");
    str_free(&message);
    str_free(&identity);
}

static void write_results(struct str *out, const dun_drift_finding *finding)
{
    size_t count = 0;
    const dun_difference *differences = finding->drift ? dun_drift_differences(finding->drift, &count) : NULL;
    str_append(out, "    \"results\": [");
    for (size_t i = 0; i < count; ++i) {
        str_append(out, i ? ",\n" : "\n");
        write_result(out, &differences[i], finding->target);
    }
    str_append(out, count ? "\n    ]," : "],");
}

static void write_run(struct str *out, const dun_drift_finding *finding)
{
    text(out, "  {\n    \"tool\": {\"driver\": {\"name\": \"dunlin\", ", "version", DUN_VERSION);
    str_printf(out, ", \"rules\": %s}},\n", rules);
    text(out, "    \"automationDetails\": {", "id", finding->target);
    str_append(out, "},\n");
    write_results(out, finding);
    str_printf(out, "\n    \"invocations\": [{\"executionSuccessful\": %s", finding->drift ? "true" : "false");
    if (!finding->drift) {
        str_append(out, ", \"toolExecutionNotifications\": [{\"level\": \"error\", ");
        text(out, "\"message\": {", "text", dun_error_message(finding->error));
        str_append(out, "}}]");
    }
    str_append(out, "}]\n  }");
}

char *drift_sarif(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    str_append(&out, "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
                     "  \"runs\": [\n");
    for (size_t i = 0; i < count; ++i) {
        str_append(&out, i ? ",\n" : "");
        write_run(&out, &findings[i]);
    }
    str_append(&out, "\n  ]\n}\n");
    return str_take(&out);
}
