/* An error as people read it: place, message, the line with the place marked, and what to do next. */
#include "base/str.h"
#include "report/report.h"
#include "report/text.h"

static void write_head(struct str *out, const dun_error *error, bool color)
{
    report_paint(out, color, REPORT_BAD);
    str_append(out, "error:");
    report_unpaint(out, color, REPORT_BAD);
    str_append_char(out, ' ');
    if (dun_error_file(error)) {
        report_paint(out, color, REPORT_STRONG);
        report_append(out, dun_error_file(error));
        if (dun_error_line(error))
            str_printf(out, ":%u", dun_error_line(error));
        if (dun_error_line(error) && dun_error_column(error))
            str_printf(out, ":%u", dun_error_column(error));
        str_append_char(out, ':');
        report_unpaint(out, color, REPORT_STRONG);
        str_append_char(out, ' ');
    }
    report_append_lines(out, dun_error_message(error), 2);
    str_append_char(out, '\n');
}

/* The line's number stands before it and never under it, so that the mark is below its character. */
static void write_excerpt(struct str *out, const dun_error *error, bool color)
{
    if (!dun_error_excerpt(error))
        return;
    struct str gutter = STR_INIT;
    if (dun_error_line(error))
        str_printf(&gutter, "%4u", dun_error_line(error));
    str_printf(out, "%4s | ", str_text(&gutter));
    report_append(out, dun_error_excerpt(error));
    str_printf(out, "\n%*s | %*s", gutter.length ? (int)gutter.length : 4, "",
               (int)dun_error_excerpt_offset(error), "");
    report_paint(out, color, REPORT_GOOD);
    str_append_char(out, '^');
    report_unpaint(out, color, REPORT_GOOD);
    str_append_char(out, '\n');
    str_free(&gutter);
}

static void write_server(struct str *out, const dun_error *error)
{
    const char *between = "  ";
    if (dun_error_sqlstate(error)[0]) {
        str_printf(out, "%sSQLSTATE ", between);
        report_append(out, dun_error_sqlstate(error));
        between = ", ";
    }
    if (dun_error_number(error)) {
        str_printf(out, "%serror %d", between, dun_error_number(error));
        between = ", ";
    }
    if (dun_error_statement(error)) {
        str_printf(out, "%sstatement %u", between, dun_error_statement(error));
        if (dun_error_statement_count(error))
            str_printf(out, " of %u", dun_error_statement_count(error));
        between = ", ";
    }
    if (between[0] == ',')
        str_append_char(out, '\n');
}

static void write_note(struct str *out, const char *title, const char *text, bool color)
{
    if (!text || !text[0])
        return;
    str_append(out, "  ");
    report_paint(out, color, REPORT_STRONG);
    str_printf(out, "%s:", title);
    report_unpaint(out, color, REPORT_STRONG);
    str_append_char(out, ' ');
    report_append_lines(out, text, (unsigned)report_width(title) + 4);
    str_append_char(out, '\n');
}

char *error_text(const dun_error *error, const dun_report_options *options)
{
    struct str out = STR_INIT;
    if (dun_error_code(error) == DUN_OK)
        return str_take(&out);
    write_head(&out, error, options->color);
    write_excerpt(&out, error, options->color);
    write_server(&out, error);
    write_note(&out, "hint", dun_error_hint(error), options->color);
    write_note(&out, "state", dun_error_state(error), options->color);
    return str_take(&out);
}
