/* The JSON of all reports; the shapes are in <dunlin/report.h>. The only user of jansson. */
#include "base/memory.h"
#include "base/str.h"
#include "report/report.h"
#include "report/text.h"

#include <jansson.h>
#include <string.h>

/* jansson has no object only when there is no memory left, which base/memory decides about. */
static json_t *there(json_t *value)
{
    if (!value)
        memory_alloc((size_t)-1);
    return value;
}

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, there(value)) != 0)
        there(NULL);
}

static void add(json_t *array, json_t *value)
{
    if (json_array_append_new(array, there(value)) != 0)
        there(NULL);
}

/* The length of the UTF-8 character at `text`, 0 when there is none: jansson takes nothing that is not UTF-8.
 */
static size_t character_length(const unsigned char *text)
{
    size_t length = text[0] < 0x80 ? 1 : text[0] < 0xC2 ? 0 : text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4;
    if (text[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < length; ++i)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xF0 && text[1] < 0x90);
    bool surrogate = text[0] == 0xED && text[1] >= 0xA0;
    bool beyond = text[0] == 0xF4 && text[1] >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

/* Servers and file names promise no UTF-8: what is none becomes U+FFFD. NULL becomes null. */
static json_t *text_value(const char *text)
{
    if (!text)
        return json_null();
    json_t *value = json_string(text);
    if (value)
        return value;
    struct str valid = STR_INIT;
    while (*text) {
        size_t length = character_length((const unsigned char *)text);
        str_append_n(&valid, length ? text : "\xEF\xBF\xBD", length ? length : 3);
        text += length ? length : 1;
    }
    value = json_string(str_text(&valid));
    str_free(&valid);
    return value;
}

static json_t *number_or_null(unsigned number)
{
    return number ? json_integer(number) : json_null();
}

static json_t *error_value(const dun_error *error)
{
    json_t *object = there(json_object());
    bool excerpt = dun_error_excerpt(error) != NULL;
    const char *sqlstate = dun_error_sqlstate(error);
    set(object, "code", json_integer(dun_error_code(error)));
    set(object, "message", text_value(dun_error_message(error)));
    set(object, "hint", text_value(dun_error_hint(error)));
    set(object, "state", text_value(dun_error_state(error)));
    set(object, "file", text_value(dun_error_file(error)));
    set(object, "line", number_or_null(dun_error_line(error)));
    set(object, "column", number_or_null(dun_error_column(error)));
    set(object, "excerpt", text_value(dun_error_excerpt(error)));
    set(object, "excerpt_offset", excerpt ? json_integer(dun_error_excerpt_offset(error)) : json_null());
    set(object, "statement", number_or_null(dun_error_statement(error)));
    set(object, "statements", number_or_null(dun_error_statement_count(error)));
    set(object, "sqlstate", sqlstate[0] ? text_value(sqlstate) : json_null());
    set(object, "number", dun_error_number(error) ? json_integer(dun_error_number(error)) : json_null());
    return object;
}

static json_t *migration_value(const dun_migration *migration)
{
    json_t *object = there(json_object());
    set(object, "version", text_value(migration->version));
    set(object, "name", text_value(migration->name));
    set(object, "state", text_value(report_state_word(migration->state)));
    set(object, "baseline", json_boolean(migration->baseline));
    set(object, "changed", json_boolean(migration->changed));
    set(object, "missing", json_boolean(migration->missing));
    set(object, "out_of_order", json_boolean(migration->out_of_order));
    set(object, "file", text_value(migration->up_file));
    set(object, "down_file", text_value(migration->down_file));
    set(object, "checksum", text_value(migration->checksum));
    set(object, "applied_at", text_value(migration->applied_at));
    set(object, "applied_by", text_value(migration->applied_by));
    set(object, "commit", text_value(migration->commit_id));
    set(object, "elapsed_ms", migration->elapsed_ms < 0 ? json_null() : json_integer(migration->elapsed_ms));
    set(object, "statements", json_integer(migration->statements));
    set(object, "done", json_integer(migration->done));
    return object;
}

static json_t *warning_value(const dun_warning *warning)
{
    json_t *object = there(json_object());
    set(object, "file", text_value(warning->file));
    set(object, "message", text_value(warning->message));
    return object;
}

static json_t *migrations_value(const dun_migration *migrations, size_t count)
{
    json_t *array = there(json_array());
    for (size_t i = 0; i < count; ++i)
        add(array, migration_value(&migrations[i]));
    return array;
}

static json_t *warnings_value(const dun_warning *warnings, size_t count)
{
    json_t *array = there(json_array());
    for (size_t i = 0; i < count; ++i)
        add(array, warning_value(&warnings[i]));
    return array;
}

static json_t *doubt_value(const dun_status *status)
{
    const char *file = NULL;
    unsigned line = 0, column = 0;
    const char *statement = dun_status_doubt(status, &file, &line, &column);
    if (!statement)
        return json_null();
    json_t *object = there(json_object());
    set(object, "statement", text_value(statement));
    set(object, "file", text_value(file));
    set(object, "line", number_or_null(line));
    set(object, "column", number_or_null(column));
    return object;
}

static int append_part(const char *part, size_t length, void *text)
{
    str_append_n(text, part, length);
    return 0;
}

static char *document(json_t *value)
{
    struct str text = STR_INIT;
    if (json_dump_callback(value, append_part, &text, JSON_INDENT(2)) != 0)
        there(NULL);
    json_decref(value);
    str_append_char(&text, '\n');
    return str_take(&text);
}

char *json_of_error(const dun_error *error)
{
    json_t *object = there(json_object());
    set(object, "error", error_value(error));
    return document(object);
}

static size_t count_state(const dun_migration *migrations, size_t count, enum dun_migration_state state)
{
    size_t found = 0;
    for (size_t i = 0; i < count; ++i)
        found += migrations[i].state == state;
    return found;
}

char *json_of_status(const dun_status *status)
{
    size_t count = 0, warning_count = 0;
    const dun_migration *migrations = dun_status_migrations(status, &count);
    const dun_warning *warnings = dun_status_warnings(status, &warning_count);
    json_t *object = there(json_object());
    set(object, "target", text_value(dun_status_target(status)));
    set(object, "applied", json_integer((json_int_t)count_state(migrations, count, DUN_APPLIED)));
    set(object, "pending", json_integer((json_int_t)count_state(migrations, count, DUN_PENDING)));
    set(object, "migrations", migrations_value(migrations, count));
    set(object, "warnings", warnings_value(warnings, warning_count));
    set(object, "in_doubt", doubt_value(status));
    return document(object);
}

static const char *direction_word(enum dun_direction direction)
{
    switch (direction) {
    case DUN_UP:
        return "up";
    case DUN_DOWN:
        return "down";
    case DUN_BASELINE:
        return "baseline";
    }
    return "unknown";
}

char *json_of_run(const dun_run *run, const dun_error *failure)
{
    size_t count = 0, warning_count = 0;
    const dun_migration *migrations = dun_run_migrations(run, &count);
    const dun_warning *warnings = dun_run_warnings(run, &warning_count);
    json_t *object = there(json_object());
    set(object, "target", text_value(dun_run_target(run)));
    set(object, "direction", text_value(direction_word(dun_run_direction(run))));
    set(object, "planned", json_integer((json_int_t)dun_run_planned(run)));
    set(object, "remaining", json_integer((json_int_t)dun_run_remaining(run)));
    set(object, "migrations", migrations_value(migrations, count));
    set(object, "warnings", warnings_value(warnings, warning_count));
    set(object, "sql", text_value(dun_run_sql(run)));
    set(object, "error", failure ? error_value(failure) : json_null());
    return document(object);
}

static json_t *texts_value(const char *const *texts)
{
    json_t *array = there(json_array());
    for (; *texts; ++texts)
        add(array, text_value(*texts));
    return array;
}

static json_t *plan_statement_value(const dun_plan_statement *statement)
{
    json_t *object = there(json_object());
    set(object, "sql", text_value(statement->sql));
    set(object, "title", text_value(statement->title));
    set(object, "hazards", texts_value(statement->hazards));
    set(object, "table", text_value(statement->table));
    set(object, "rows", statement->rows < 0 ? json_null() : json_integer(statement->rows));
    set(object, "note", text_value(statement->note));
    set(object, "transactional", json_boolean(!statement->apart));
    return object;
}

static json_t *plan_value(const dun_plan *plan)
{
    size_t count = 0;
    const dun_plan_statement *statements = dun_plan_statements(plan, &count);
    json_t *object = there(json_object()), *array = there(json_array());
    for (size_t i = 0; i < count; ++i)
        add(array, plan_statement_value(&statements[i]));
    set(object, "from", text_value(dun_plan_from(plan)));
    set(object, "to", text_value(dun_plan_to(plan)));
    set(object, "statements", array);
    set(object, "hazards", texts_value(dun_plan_hazards(plan)));
    set(object, "notes", texts_value(dun_plan_notes(plan)));
    set(object, "reordered", texts_value(dun_plan_reordered(plan)));
    set(object, "not_compared", texts_value(dun_plan_not_compared(plan)));
    set(object, "proven", json_boolean(!dun_plan_unproven(plan)));
    set(object, "unproven", text_value(dun_plan_unproven(plan)));
    set(object, "sql", text_value(dun_plan_sql(plan)));
    return object;
}

char *json_of_plan(const dun_plan *plan)
{
    return document(plan_value(plan));
}

char *json_of_apply(const dun_apply *apply, const dun_error *failure)
{
    size_t count = 0;
    const dun_warning *warnings = dun_apply_warnings(apply, &count);
    json_t *object = there(json_object());
    set(object, "target", text_value(dun_apply_target(apply)));
    set(object, "plan", plan_value(dun_apply_plan(apply)));
    set(object, "done", json_integer((json_int_t)dun_apply_done(apply)));
    set(object, "applied", json_boolean(dun_apply_applied(apply)));
    set(object, "declined", json_boolean(dun_apply_declined(apply)));
    set(object, "replanned", json_integer(dun_apply_replanned(apply)));
    set(object, "elapsed_ms", json_integer(dun_apply_elapsed_ms(apply)));
    set(object, "warnings", warnings_value(warnings, count));
    set(object, "error", failure ? error_value(failure) : json_null());
    return document(object);
}

static json_t *count_value(int64_t count)
{
    return count < 0 ? json_null() : json_integer(count);
}

static json_t *seed_file_value(const dun_seed_file *file)
{
    static const char *const states[] = {
        [DUN_SEED_LOADED] = "loaded",
        [DUN_SEED_UNCHANGED] = "unchanged",
        [DUN_SEED_NOT_EMPTY] = "not empty",
        [DUN_SEED_WRITTEN] = "written",
    };
    json_t *object = there(json_object());
    set(object, "file", text_value(file->file));
    set(object, "table", text_value(file->table));
    set(object, "mode", file->table ? text_value(dun_seed_mode_name(file->mode)) : json_null());
    set(object, "state", text_value(states[file->state]));
    set(object, "rows", count_value(file->rows));
    set(object, "inserted", count_value(file->inserted));
    set(object, "updated", count_value(file->updated));
    set(object, "deleted", count_value(file->deleted));
    set(object, "elapsed_ms", count_value(file->elapsed_ms));
    return object;
}

char *json_of_seed(const dun_seed_run *run)
{
    size_t count = 0;
    json_t *object = there(json_object()), *array = there(json_array()), *warnings = there(json_array());
    const dun_seed_file *files = dun_seed_run_files(run, &count);
    for (size_t i = 0; i < count; ++i)
        add(array, seed_file_value(&files[i]));
    const dun_warning *told = dun_seed_run_warnings(run, &count);
    for (size_t i = 0; i < count; ++i)
        add(warnings, warning_value(&told[i]));
    set(object, "target", text_value(dun_seed_run_target(run)));
    set(object, "dry_run", json_boolean(dun_seed_run_is_dry(run)));
    set(object, "files", array);
    set(object, "warnings", warnings);
    return document(object);
}

static json_t *verified_value(const dun_verified *verified)
{
    json_t *object = there(json_object());
    set(object, "version", text_value(verified->version));
    set(object, "name", text_value(verified->name));
    set(object, "file", text_value(verified->up_file));
    set(object, "down_file", text_value(verified->down_file));
    set(object, "verdict", text_value(report_verdict_word(verified->verdict)));
    set(object, "differences", texts_value(verified->differences));
    return object;
}

char *json_of_verify(const dun_verify *verify)
{
    size_t count = 0, warning_count = 0;
    const dun_verified *migrations = dun_verify_migrations(verify, &count);
    const dun_warning *warnings = dun_verify_warnings(verify, &warning_count);
    const char *const *differences = dun_verify_differences(verify);
    json_t *object = there(json_object()), *array = there(json_array());
    for (size_t i = 0; i < count; ++i)
        add(array, verified_value(&migrations[i]));
    set(object, "migrations", array);
    set(object, "differences", differences ? texts_value(differences) : json_null());
    set(object, "good", json_boolean(dun_verify_is_good(verify)));
    set(object, "warnings", warnings_value(warnings, warning_count));
    return document(object);
}

char *json_of_new(const char *up_file, const char *down_file)
{
    json_t *object = there(json_object());
    set(object, "file", text_value(up_file));
    set(object, "down_file", text_value(down_file));
    return document(object);
}

char *json_of_init(const dun_init *init)
{
    json_t *object = there(json_object()), *files = there(json_array());
    size_t count = 0;
    const char *const *names = dun_init_files(init, &count);
    for (size_t i = 0; i < count; ++i)
        add(files, text_value(names[i]));
    set(object, "files", files);
    set(object, "baseline", text_value(dun_init_baseline(init)));
    set(object, "left_out", texts_value(dun_init_left_out(init)));
    return document(object);
}

char *json_of_warning(const dun_warning *warning)
{
    return document(warning_value(warning));
}

char *json_of_target(const char *name, const char *skipped, const dun_error *error)
{
    json_t *object = there(json_object());
    set(object, "target", text_value(name));
    if (skipped)
        set(object, "skipped", text_value(skipped));
    set(object, "error", error ? error_value(error) : json_null());
    return document(object);
}
