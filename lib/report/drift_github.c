/* Drift as GitHub's workflow commands, which become annotations of the run. */
#include "report/drift_alike.h"
#include "report/report.h"

/* Data and properties are escaped in two ways. */
static void append_escaped(struct str *out, const char *text, bool property)
{
    for (; *text; ++text) {
        bool escaped =
            *text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ','));
        if (escaped)
            str_printf(out, "%%%02X", (unsigned)*text);
        else
            str_append_char(out, *text);
    }
}

static void append_place(struct str *out, const char *file, unsigned line)
{
    str_append(out, "::error ");
    if (file) {
        str_append(out, "file=");
        append_escaped(out, file, true);
        if (line)
            str_printf(out, ",line=%u", line);
        str_append_char(out, ',');
    }
    str_append(out, "title=drift::");
}

/* " (sqlite:shop.db)", " (3 targets)": their names are in the line of them all. */
static void append_targets(struct str *out, const struct drift_alike *alike)
{
    size_t count = alike->findings.count;
    str_append(out, " (");
    if (count == 1)
        append_escaped(out, alike->findings.items[0]->target, false);
    else
        drift_count(out, count, "target", "");
    if (alike->schema) {
        str_append(out, "; shown for the schema ");
        append_escaped(out, alike->schema, false);
    }
    str_append(out, ")\n");
}

/* What is long is shown below the sentence, line by line. */
static void append_long_values(struct str *out, const dun_difference *difference)
{
    struct str values = STR_INIT;
    for (size_t i = 0; i < difference->value_count; ++i)
        if (drift_value_is_long(&difference->values[i])) {
            str_printf(&values, "\n%s: expected (-), actual (+)", difference->values[i].attribute);
            drift_append_lines(&values, &difference->values[i], "", false);
        }
    append_escaped(out, str_text(&values), false);
    str_free(&values);
}

static void append_annotation(struct str *out, const dun_difference *difference,
                              const struct drift_alike *alike)
{
    bool any = false;
    append_place(out, difference->file, difference->line);
    append_escaped(out, difference->text, false);
    for (size_t i = 0; difference->what == DUN_DIFFERENT && i < difference->value_count; ++i) {
        const dun_difference_value *value = &difference->values[i];
        if (drift_value_is_long(value))
            continue;
        str_append(out, any ? ", " : " ");
        append_escaped(out, value->expected ? value->expected : "none", false);
        str_append(out, " -> ");
        append_escaped(out, value->actual ? value->actual : "none", false);
        any = true;
    }
    if (difference->what == DUN_DIFFERENT)
        append_long_values(out, difference);
    append_targets(out, alike);
}

static void append_data(struct str *out, const dun_data_difference *data, const struct drift_alike *alike)
{
    struct str sentence = STR_INIT;
    drift_data_sentence(&sentence, data);
    append_place(out, data->file, 0);
    append_escaped(out, str_text(&sentence), false);
    append_targets(out, alike);
    str_free(&sentence);
}

static void append_drift(struct str *out, const struct drift_alike *alike)
{
    size_t count;
    const dun_drift *drift = alike->findings.items[0]->drift;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    for (size_t i = 0; i < count; ++i)
        append_annotation(out, &differences[i], alike);
    const dun_data_difference *data = dun_drift_data(drift, &count);
    for (size_t i = 0; i < count; ++i)
        if (drift_data_differs(&data[i]))
            append_data(out, &data[i], alike);
}

static void append_level(struct str *out, const dun_drift_finding *finding)
{
    const dun_drift *drift = finding->drift;
    if (finding->skipped)
        str_append(out, "::warning title=drift::");
    else if (drift && dun_drift_is_equal(drift))
        str_append(out, "::notice title=drift::");
    else
        append_place(out, drift ? NULL : dun_error_file(finding->error),
                     drift ? 0 : dun_error_line(finding->error));
}

/* The line of a database, or of several with their names below it; a mistake in a definition is shown where
 * it is. */
static void append_verdict(struct str *out, const struct drift_alike *alike)
{
    const dun_drift_finding *first = alike->findings.items[0];
    size_t count = alike->findings.count;
    append_level(out, first);
    if (count == 1)
        append_escaped(out, first->target, false);
    else
        drift_count(out, count, "target", "");
    str_append(out, ": ");
    if (first->drift)
        drift_summary(out, first->drift);
    else
        append_escaped(out, first->skipped ? first->skipped : dun_error_message(first->error), false);
    for (size_t i = 0; count > 1 && i < count; ++i) {
        str_append(out, "%0A");
        append_escaped(out, alike->findings.items[i]->target, false);
    }
    str_append_char(out, '\n');
}

char *drift_github(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    struct arena *arena = arena_new();
    const struct drift_alike *groups = drift_group(arena, findings, count, &count);
    for (size_t i = 0; i < count; ++i) {
        if (groups[i].findings.items[0]->drift)
            append_drift(&out, &groups[i]);
        append_verdict(&out, &groups[i]);
    }
    arena_free(arena);
    return str_take(&out);
}
