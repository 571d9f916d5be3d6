/* A plan as SQL that can be run as it stands: what is to be said about it stands in comments. And what has
 * become of it. */
#include "base/str.h"
#include "report/report.h"
#include "report/text.h"

#include <inttypes.h>

/* A comment ends with its line. */
static void add_comment(struct str *out, bool color, const char *head, const char *text)
{
    report_paint(out, color, REPORT_FAINT);
    str_printf(out, "-- %s", head);
    for (; *text; ++text) {
        str_append_char(out, *text);
        if (*text == '\n')
            str_append(out, "-- ");
    }
    report_unpaint(out, color, REPORT_FAINT);
    str_append_char(out, '\n');
}

static void add_all(struct str *out, bool color, const char *head, const char *const *texts)
{
    for (; *texts; ++texts)
        add_comment(out, color, head, *texts);
}

static void write_reordered(struct str *out, const dun_plan *plan, const dun_report_options *options)
{
    if (options->verbose)
        add_all(out, options->color,
                "columns stand in another order, which is no difference: ", dun_plan_reordered(plan));
}

static void write_not_compared(struct str *out, const dun_plan *plan, const dun_report_options *options)
{
    struct str head = STR_INIT;
    report_not_compared(&head, dun_plan_not_compared(plan), options->verbose);
    if (head.length)
        add_comment(out, options->color, "", str_text(&head));
    str_free(&head);
}

static void write_summary(struct str *out, const dun_plan *plan, const dun_report_options *options)
{
    struct str text = STR_INIT;
    size_t count = 0;
    dun_plan_statements(plan, &count);
    if (count && !dun_plan_unproven(plan))
        str_printf(&text, "%zu statement%s, proven on a scratch copy", count, count == 1 ? "" : "s");
    else if (count)
        str_printf(&text, "%zu statement%s, NOT proven: %s", count, count == 1 ? "" : "s",
                   dun_plan_unproven(plan));
    else
        str_printf(&text, "no difference between %s and %s", dun_plan_from(plan), dun_plan_to(plan));
    add_comment(out, options->color, "", str_text(&text));
    str_free(&text);
}

char *plan_report_text(const dun_plan *plan, const dun_report_options *options)
{
    struct str out = STR_INIT;
    str_append(&out, dun_plan_sql(plan));
    if (out.length)
        str_append_char(&out, '\n');
    write_reordered(&out, plan, options);
    write_not_compared(&out, plan, options);
    write_summary(&out, plan, options);
    return str_take(&out);
}

char *apply_report_text(const dun_apply *apply, const dun_error *failure)
{
    struct str out = STR_INIT;
    size_t count = 0;
    dun_plan_statements(dun_apply_plan(apply), &count);
    if (count && dun_apply_applied(apply)) {
        str_printf(&out, "%zu statement%s done in ", count, count == 1 ? "" : "s");
        report_duration(&out, dun_apply_elapsed_ms(apply));
        str_append(&out, "; the database is what ");
        report_append(&out, dun_plan_to(dun_apply_plan(apply)));
        str_append(&out, " says\n");
    } else if (count == 0 && !failure) {
        str_append(&out, "nothing to do: the database is what ");
        report_append(&out, dun_plan_to(dun_apply_plan(apply)));
        str_append(&out, " says\n");
    } else if (dun_apply_done(apply)) {
        str_printf(&out, "%zu of %zu statements done\n", dun_apply_done(apply), count);
    }
    return str_take(&out);
}
