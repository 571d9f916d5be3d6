/* Drift as JSON, written piece by piece: it is little but texts. */
#include "report/json_text.h"
#include "report/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void texts(struct str *out, const char *before, const char *name, const char *const *values)
{
    str_printf(out, "%s\"%s\": [", before, name);
    for (size_t i = 0; values[i]; ++i) {
        str_append(out, i ? ", " : "");
        json_append_text(out, values[i], strlen(values[i]));
    }
    str_append(out, "]");
}

static void write_difference(struct str *out, const dun_difference *difference)
{
    json_append_member(out, "    {", "what", drift_word(difference->what));
    json_append_member(out, ", ", "kind", difference->kind);
    json_append_member(out, ", ", "name", difference->name);
    json_append_member(out, ", ", "text", difference->text);
    json_append_member(out, ", ", "file", difference->file);
    if (difference->line)
        str_printf(out, ", \"line\": %u, \"values\": [", difference->line);
    else
        str_append(out, ", \"line\": null, \"values\": [");
    for (size_t i = 0; i < difference->value_count; ++i) {
        const dun_difference_value *value = &difference->values[i];
        json_append_member(out, i ? ", {" : "{", "attribute", value->attribute);
        json_append_member(out, ", ", "expected", value->expected);
        json_append_member(out, ", ", "actual", value->actual);
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

static void write_data(struct str *out, const dun_drift *drift)
{
    size_t count;
    const dun_data_difference *data = dun_drift_data(drift, &count);
    str_append(out, ",\n  \"data\": [");
    for (size_t i = 0; i < count; ++i) {
        json_append_member(out, i ? ",\n    {" : "\n    {", "file", data[i].file);
        json_append_member(out, ", ", "table", data[i].table);
        str_printf(out,
                   ", \"rows\": %" PRId64 ", \"missing\": %" PRId64 ", \"different\": %" PRId64
                   ", \"extra\": %" PRId64 "}",
                   data[i].rows, data[i].missing, data[i].different, data[i].extra);
    }
    str_append(out, count ? "\n  ]" : "]");
    json_append_member(out, ",\n  ", "data_problem", dun_drift_data_problem(drift));
}

static void write_warnings(struct str *out, const dun_drift *drift)
{
    size_t count;
    const dun_warning *warnings = dun_drift_warnings(drift, &count);
    str_append(out, ",\n  \"warnings\": [");
    for (size_t i = 0; i < count; ++i) {
        json_append_member(out, i ? ", {" : "{", "file", warnings[i].file);
        json_append_member(out, ", ", "message", warnings[i].message);
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
    json_append_member(out, ",\n  \"commit\": {", "commit", commit->commit);
    json_append_member(out, ", ", "date", commit->date);
    json_append_member(out, ", ", "author", commit->author);
    json_append_member(out, ", ", "subject", commit->subject);
    str_printf(out, ", \"differences\": %zu, \"looked_at\": %zu, \"at_end\": %s}", commit->differences,
               commit->looked_at, commit->at_end ? "true" : "false");
}

void drift_json_content(struct str *out, const dun_drift_finding *finding)
{
    const dun_drift *drift = finding->drift;
    const char *ignored_reason;
    json_append_member(out, ",\n  ", "source", dun_drift_source(drift));
    str_printf(out, ",\n  \"equal\": %s", dun_drift_is_equal(drift) ? "true" : "false");
    write_differences(out, drift);
    write_data(out, drift);
    texts(out, ",\n  ", "pending", dun_drift_pending(drift));
    str_printf(out, ",\n  \"ignored\": %zu", dun_drift_ignored(drift));
    texts(out, ",\n  ", "not_compared", dun_drift_not_compared(drift));
    write_warnings(out, drift);
    json_append_member(out, ",\n  ", "fix", dun_drift_fix(drift, &ignored_reason));
    json_append_member(out, ",\n  ", "adopt", dun_drift_adopt(drift, &ignored_reason));
    write_commit(out, finding->commit);
}

static void write_drift(struct str *out, const dun_drift_finding *finding)
{
    json_append_member(out, "{\n  ", "target", dun_drift_target(finding->drift));
    drift_json_content(out, finding);
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
        char *document = json_of_target(findings[i].target, findings[i].skipped, findings[i].error);
        str_append(&out, document);
        free(document);
    }
    str_append(&out, count == 1 ? "" : "]\n");
    return str_take(&out);
}
