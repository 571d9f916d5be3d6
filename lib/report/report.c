/* <dunlin/report.h>: picks the form of each report. */
#include "report/report.h"

#include "report/text.h"

static const dun_report_options defaults = DUN_REPORT_OPTIONS_INIT;

static bool is_json(const dun_report_options *options)
{
    return options && options->format == DUN_FORMAT_JSON;
}

static const dun_report_options *or_defaults(const dun_report_options *options)
{
    return options ? options : &defaults;
}

char *dun_report_status(const dun_status *status, const dun_report_options *options)
{
    return is_json(options) ? json_of_status(status) : status_text(status, or_defaults(options));
}

char *dun_report_run(const dun_run *run, const dun_error *failure, const dun_report_options *options)
{
    return is_json(options) ? json_of_run(run, failure) : run_text(run, failure, or_defaults(options));
}

char *dun_report_plan(const dun_plan *plan, const dun_report_options *options)
{
    return is_json(options) ? json_of_plan(plan) : plan_report_text(plan, or_defaults(options));
}

char *dun_report_apply(const dun_apply *apply, const dun_error *failure, const dun_report_options *options)
{
    return is_json(options) ? json_of_apply(apply, failure) : apply_report_text(apply, failure);
}

char *dun_report_error(const dun_error *error, const dun_report_options *options)
{
    return is_json(options) ? json_of_error(error) : error_text(error, or_defaults(options));
}

char *dun_report_drift(const dun_drift_finding *findings, size_t count, const dun_report_options *options)
{
    switch (or_defaults(options)->format) {
    case DUN_FORMAT_JSON:
        return drift_json(findings, count);
    case DUN_FORMAT_JUNIT:
        return drift_junit(findings, count);
    case DUN_FORMAT_SARIF:
        return drift_sarif(findings, count);
    case DUN_FORMAT_GITHUB:
        return drift_github(findings, count);
    case DUN_FORMAT_MARKDOWN:
        return drift_markdown(findings, count);
    default:
        return drift_text(findings, count, or_defaults(options));
    }
}

static void append_line(struct str *to, const char *text)
{
    if (!text)
        return;
    report_append(to, text);
    str_append_char(to, '\n');
}

char *dun_report_seed_summary(const dun_seed_run *run)
{
    struct str text = STR_INIT;
    seed_summary(&text, run);
    return str_take(&text);
}

char *dun_report_drift_summary(const dun_drift *drift)
{
    struct str text = STR_INIT;
    drift_summary(&text, drift);
    return str_take(&text);
}

char *dun_report_log_entry(const dun_log_entry *entry, const dun_report_options *options)
{
    return log_entry_text(entry, or_defaults(options));
}

char *dun_report_new(const char *up_file, const char *down_file, const dun_report_options *options)
{
    if (is_json(options))
        return json_of_new(up_file, down_file);
    struct str text = STR_INIT;
    append_line(&text, up_file);
    append_line(&text, down_file);
    return str_take(&text);
}

char *dun_report_verify(const dun_verify *verify, const dun_report_options *options)
{
    return is_json(options) ? json_of_verify(verify) : verify_text(verify, or_defaults(options));
}

char *dun_report_init(const dun_init *init, const dun_report_options *options)
{
    if (is_json(options))
        return json_of_init(init);
    size_t count = 0;
    struct str text = STR_INIT;
    const char *const *files = dun_init_files(init, &count);
    for (size_t i = 0; i < count; ++i) {
        report_append(&text, files[i]);
        str_append_char(&text, '\n');
    }
    return str_take(&text);
}

char *dun_report_seed(const dun_seed_run *run, const dun_report_options *options)
{
    return is_json(options) ? json_of_seed(run) : seed_text(run, or_defaults(options));
}

char *dun_report_warning(const dun_warning *warning, const dun_report_options *options)
{
    if (is_json(options))
        return json_of_warning(warning);
    bool color = or_defaults(options)->color;
    struct str text = STR_INIT;
    report_paint(&text, color, REPORT_CAUTION);
    str_append(&text, "warning:");
    report_unpaint(&text, color, REPORT_CAUTION);
    str_append_char(&text, ' ');
    if (warning->file) {
        report_append(&text, warning->file);
        str_append(&text, ": ");
    }
    report_append_lines(&text, warning->message, 2);
    str_append_char(&text, '\n');
    return str_take(&text);
}
