/* Drift as JUnit XML: a suite a database, and in it a case a kind of objects, which fails when one of them
 * has drifted. */
#include "report/report.h"
#include "schema/kind.h"
#include "sql/utf8.h"

#include <string.h>

/* XML 1.0 knows no control characters but these three, and neither U+FFFE nor U+FFFF; what it does not know
 * becomes U+FFFD. */
static void append_xml(struct str *out, const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        unsigned char c = (unsigned char)*text;
        size_t taken = utf8_character(text, length);
        bool forbidden =
            taken == 0 || (c < ' ' && !strchr("\t\n\r", c)) ||
            (taken == 3 && (memcmp(text, "\xEF\xBF\xBE", 3) == 0 || memcmp(text, "\xEF\xBF\xBF", 3) == 0));
        if (forbidden)
            str_append(out, "\xEF\xBF\xBD");
        else if (c == '&')
            str_append(out, "&amp;");
        else if (c == '<')
            str_append(out, "&lt;");
        else if (c == '>')
            str_append(out, "&gt;");
        else if (c == '"')
            str_append(out, "&quot;");
        else
            str_append_n(out, text, taken);
        text += taken ? taken : 1;
        length -= taken ? taken : 1;
    }
}

static void attribute(struct str *out, const char *name, const char *value)
{
    str_printf(out, " %s=\"", name);
    append_xml(out, value);
    str_append_char(out, '"');
}

static void write_difference(struct str *out, const dun_difference *difference)
{
    append_xml(out, difference->text);
    if (difference->file) {
        str_append(out, " (");
        append_xml(out, difference->file);
        if (difference->line)
            str_printf(out, ":%u", difference->line);
        str_append_char(out, ')');
    }
    str_append_char(out, '\n');
    struct str values = STR_INIT;
    for (size_t i = 0; difference->what == DUN_DIFFERENT && i < difference->value_count; ++i) {
        drift_append_value(&values, &difference->values[i], "  ");
        str_append_char(&values, '\n');
    }
    append_xml(out, str_text(&values));
    str_free(&values);
}

static size_t count_kind(const dun_drift *drift, const char *kind)
{
    size_t count, found = 0;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    for (size_t i = 0; i < count; ++i)
        found += strcmp(differences[i].kind, kind) == 0;
    return found;
}

static void write_case(struct str *out, const dun_drift *drift, const char *kind)
{
    size_t count, drifted = count_kind(drift, kind);
    const dun_difference *differences = dun_drift_differences(drift, &count);
    str_append(out, "    <testcase classname=\"dunlin.drift\"");
    attribute(out, "name", kind);
    if (!drifted) {
        str_append(out, "/>\n");
        return;
    }
    str_printf(out, ">\n      <failure type=\"drift\" message=\"%zu difference%s\">", drifted,
               drifted == 1 ? "" : "s");
    for (size_t i = 0; i < count; ++i)
        if (strcmp(differences[i].kind, kind) == 0)
            write_difference(out, &differences[i]);
    str_append(out, "</failure>\n    </testcase>\n");
}

static size_t count_drifted_kinds(const dun_drift *drift)
{
    size_t count = 0;
    for (size_t kind = 0; kind < SCHEMA_KIND_COUNT; ++kind)
        count += count_kind(drift, schema_kind_word((enum schema_kind)kind)) > 0;
    return count;
}

/* A case a seed file that rows were held against. */
static void write_data_case(struct str *out, const dun_data_difference *data)
{
    struct str sentence = STR_INIT;
    str_append(out, "    <testcase classname=\"dunlin.drift.data\"");
    attribute(out, "name", data->file);
    drift_data_sentence(&sentence, data);
    if (!drift_data_differs(data)) {
        str_append(out, "/>\n");
    } else {
        str_append(out, ">\n      <failure type=\"drift\"");
        attribute(out, "message", str_text(&sentence));
        str_append(out, "/>\n    </testcase>\n");
    }
    str_free(&sentence);
}

static void write_data_problem(struct str *out, const dun_drift *drift)
{
    if (!dun_drift_data_problem(drift))
        return;
    str_append(out,
               "    <testcase classname=\"dunlin.drift.data\" name=\"rows\">\n      <error type=\"failed\"");
    attribute(out, "message", dun_drift_data_problem(drift));
    str_append(out, "/>\n    </testcase>\n");
}

static size_t count_drifted_data(const dun_drift *drift, size_t *ret_files)
{
    size_t drifted = 0;
    const dun_data_difference *data = dun_drift_data(drift, ret_files);
    for (size_t i = 0; i < *ret_files; ++i)
        drifted += drift_data_differs(&data[i]);
    return drifted;
}

static void write_without_drift(struct str *out, const dun_drift_finding *finding)
{
    str_append(out, "  <testsuite");
    attribute(out, "name", finding->target);
    str_printf(out,
               " tests=\"1\" failures=\"0\" errors=\"%d\"%s>\n"
               "    <testcase classname=\"dunlin.drift\" name=\"connection\">\n      <%s",
               finding->skipped ? 0 : 1, finding->skipped ? " skipped=\"1\"" : "",
               finding->skipped ? "skipped" : "error type=\"failed\"");
    attribute(out, "message", finding->skipped ? finding->skipped : dun_error_message(finding->error));
    str_append(out, "/>\n    </testcase>\n  </testsuite>\n");
}

static void write_suite(struct str *out, const dun_drift_finding *finding)
{
    const dun_drift *drift = finding->drift;
    size_t files, drifted = count_drifted_kinds(drift) + count_drifted_data(drift, &files);
    const dun_data_difference *data = dun_drift_data(drift, &files);
    size_t errors = dun_drift_data_problem(drift) != NULL;
    str_append(out, "  <testsuite");
    attribute(out, "name", finding->target);
    str_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", SCHEMA_KIND_COUNT + files + errors,
               drifted, errors);
    for (size_t kind = 0; kind < SCHEMA_KIND_COUNT; ++kind)
        write_case(out, drift, schema_kind_word((enum schema_kind)kind));
    for (size_t i = 0; i < files; ++i)
        write_data_case(out, &data[i]);
    write_data_problem(out, drift);
    str_append(out, "  </testsuite>\n");
}

char *drift_junit(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    str_append(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dunlin drift\">\n");
    for (size_t i = 0; i < count; ++i) {
        if (findings[i].drift)
            write_suite(&out, &findings[i]);
        else
            write_without_drift(&out, &findings[i]);
    }
    str_append(&out, "</testsuites>\n");
    return str_take(&out);
}
