/* One commit of a log: what it did to the schema. */
#include "report/json_text.h"
#include "report/report.h"
#include "report/text.h"

#include <string.h>

enum { SHORT_ID = 10, DAY = 10 };

static void append_member(struct str *out, const char *before, const char *name, const char *text)
{
    str_printf(out, "%s\"%s\": ", before, name);
    json_append_text(out, text, text ? strlen(text) : 0);
}

static void write_json(struct str *out, const dun_log_entry *entry)
{
    append_member(out, "{", "commit", entry->commit);
    append_member(out, ", ", "date", entry->date);
    append_member(out, ", ", "author", entry->author);
    append_member(out, ", ", "email", entry->email);
    append_member(out, ", ", "subject", entry->subject);
    str_append(out, ", \"changes\": [");
    for (size_t i = 0; i < entry->change_count; ++i) {
        const dun_log_change *change = &entry->changes[i];
        append_member(out, i ? ", {" : "{", "action", change->action);
        append_member(out, ", ", "kind", change->kind);
        append_member(out, ", ", "name", change->name);
        append_member(out, ", ", "text", change->text);
        str_append_char(out, '}');
    }
    append_member(out, "], ", "problem", entry->problem);
    str_append_char(out, '}');
}

static enum report_paint paint_of(const dun_log_change *change)
{
    if (strcmp(change->action, "added") == 0)
        return REPORT_GOOD;
    return strcmp(change->action, "dropped") == 0 ? REPORT_BAD : REPORT_CAUTION;
}

static void write_line(struct str *out, const char *text, enum report_paint paint, bool color)
{
    str_append(out, "  ");
    report_paint(out, color, paint);
    report_append_lines(out, text, 2);
    report_unpaint(out, color, paint);
    str_append_char(out, '\n');
}

static void write_text(struct str *out, const dun_log_entry *entry, const dun_report_options *options)
{
    bool color = options->color;
    int id_length = options->verbose ? (int)strlen(entry->commit) : SHORT_ID;
    report_paint(out, color, REPORT_STRONG);
    str_printf(out, "%.*s", id_length, entry->commit);
    report_unpaint(out, color, REPORT_STRONG);
    str_printf(out, "  %.*s  ", options->verbose ? (int)strlen(entry->date) : DAY, entry->date);
    report_append(out, entry->author);
    str_append(out, "  ");
    report_append(out, entry->subject);
    str_append_char(out, '\n');
    for (size_t i = 0; i < entry->change_count; ++i)
        write_line(out, entry->changes[i].text, paint_of(&entry->changes[i]), color);
    if (entry->problem)
        write_line(out, entry->problem, REPORT_BAD, color);
    else if (entry->change_count == 0)
        write_line(out, "the text of definitions changed, and nothing of what they mean", REPORT_FAINT,
                   color);
}

char *log_entry_text(const dun_log_entry *entry, const dun_report_options *options)
{
    struct str out = STR_INIT;
    if (options->format == DUN_FORMAT_JSON)
        write_json(&out, entry);
    else
        write_text(&out, entry, options);
    return str_take(&out);
}
