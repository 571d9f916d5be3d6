/* What the forms of a report on drift have in common: the words, and how both forms of a value are shown. */
#include "base/arena.h"
#include "report/line_diff.h"
#include "report/report.h"
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

const char *drift_word(enum dun_difference_kind what)
{
    static const char *const words[] = {
        [DUN_EXTRA] = "extra", [DUN_MISSING] = "missing", [DUN_DIFFERENT] = "different"};
    return words[what];
}

void drift_count(struct str *out, size_t count, const char *noun, const char *rest)
{
    str_printf(out, "%zu %s%s%s", count, noun, count == 1 ? "" : "s", rest);
}

bool drift_data_differs(const dun_data_difference *data)
{
    return data->missing || data->different || data->extra;
}

void drift_data_sentence(struct str *out, const dun_data_difference *data)
{
    const struct {
        int64_t count;
        const char *word;
    } parts[] = {{data->missing, "missing"}, {data->different, "different"}, {data->extra, "extra"}};
    bool first = true;
    str_printf(out, "rows of %s are not those of its seed file:", data->table);
    for (size_t i = 0; i < 3; ++i)
        if (parts[i].count) {
            str_printf(out, "%s %" PRId64 " %s", first ? "" : ",", parts[i].count, parts[i].word);
            first = false;
        }
}

static size_t drifted_rows(const dun_drift *drift)
{
    size_t count, rows = 0;
    const dun_data_difference *data = dun_drift_data(drift, &count);
    for (size_t i = 0; i < count; ++i)
        rows += (size_t)(data[i].missing + data[i].different + data[i].extra);
    return rows;
}

void drift_summary(struct str *out, const dun_drift *drift)
{
    size_t count, pending = 0;
    dun_drift_differences(drift, &count);
    for (const char *const *version = dun_drift_pending(drift); *version; ++version)
        ++pending;
    if (count)
        drift_count(out, count, "difference", "");
    else
        str_append(out, "no differences");
    size_t rows = drifted_rows(drift);
    if (rows) {
        str_append(out, ", ");
        drift_count(out, rows, "row", rows == 1 ? " differs" : " differ");
    }
    if (dun_drift_data_problem(drift))
        str_append(out, ", rows not compared");
    if (pending) {
        str_append(out, ", ");
        drift_count(out, pending, "migration", " pending");
    }
    if (dun_drift_ignored(drift)) {
        str_append(out, ", ");
        drift_count(out, dun_drift_ignored(drift), "object", " ignored");
    }
}

bool drift_value_is_long(const dun_difference_value *value)
{
    return value->expected && value->actual &&
           (strchr(value->expected, '\n') || strchr(value->actual, '\n') ||
            report_width(value->expected) > DRIFT_LONGEST_VALUE ||
            report_width(value->actual) > DRIFT_LONGEST_VALUE);
}

void drift_append_lines(struct str *out, const dun_difference_value *value, const char *indent, bool color)
{
    static const enum report_paint paints[] = {['-'] = REPORT_BAD, ['+'] = REPORT_GOOD, ['@'] = REPORT_FAINT};
    struct arena *arena = arena_new();
    size_t count;
    const struct line_diff_line *lines = line_diff(arena, value->expected, value->actual, &count);
    for (size_t i = 0; i < count; ++i) {
        enum report_paint paint = lines[i].mark == ' ' ? REPORT_PLAIN : paints[(unsigned char)lines[i].mark];
        str_printf(out, "\n%s", indent);
        report_paint(out, color, paint);
        str_printf(out, "%c ", lines[i].mark == '@' ? ' ' : lines[i].mark);
        report_append(out, arena_strndup(arena, lines[i].text, lines[i].length));
        report_unpaint(out, color, paint);
    }
    arena_free(arena);
}

void drift_append_value(struct str *out, const dun_difference_value *value, const char *indent)
{
    str_printf(out, "%s%s: ", indent, value->attribute);
    if (drift_value_is_long(value)) {
        str_append(out, "expected (-), actual (+)");
        drift_append_lines(out, value, indent, false);
        return;
    }
    str_printf(out, "expected %s, actual %s", value->expected ? value->expected : "none",
               value->actual ? value->actual : "none");
}
