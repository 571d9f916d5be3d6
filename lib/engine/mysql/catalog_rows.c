/* Triggers and events, as information_schema has them. */
#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"
#include "db/result.h"
#include "engine/mysql/catalog_reading.h"
#include "engine/mysql/scratch.h"
#include "engine/scratch.h"
#include "sql/quote.h"

#include <string.h>

/* The order of the columns of catalog_triggers.sql. */
enum trigger_column {
    TRIGGER_NAME,
    TRIGGER_TABLE,
    TRIGGER_TIMING,
    TRIGGER_EVENT,
    TRIGGER_SQL_MODE,
    TRIGGER_DEFINER,
};

static void keep_body(struct catalog_reading *reading, const char *what, const char *name,
                      const struct catalog_text *text)
{
    const char *body = text->end;
    body += strspn(body, " \t\r\n");
    map_add(reading->bodies, arena_printf(reading->scratch, "%s %s", what, name),
            arena_strndup(reading->scratch, body, (size_t)(text->lexer.end - body)));
}

static const char *body_of(const struct catalog_reading *reading, const char *what, const char *name)
{
    return map_get(reading->bodies, arena_printf(reading->scratch, "%s %s", what, name));
}

/* Takes all up to the keyword, and that. */
static bool pass_to(struct catalog_text *text, const char *keyword)
{
    while (!catalog_text_at_end(text)) {
        if (catalog_text_accept(text, keyword))
            return true;
        catalog_text_take(text);
    }
    return false;
}

/* "... FOR EACH ROW [FOLLOWS other] body" */
void mysql_engine_catalog_keep_trigger(struct catalog_reading *reading, const struct catalog_shown *shown)
{
    struct catalog_text text;
    catalog_text_open(&text, reading->scratch, reading->database, shown->sql, shown->length);
    if (!pass_to(&text, "EACH") || !catalog_text_accept(&text, "ROW"))
        return;
    if (catalog_text_accept(&text, "FOLLOWS") || catalog_text_accept(&text, "PRECEDES"))
        catalog_text_take_name(&text);
    keep_body(reading, "TRIGGER", shown->name, &text);
}

/* "... DO body" */
void mysql_engine_catalog_keep_event(struct catalog_reading *reading, const struct catalog_shown *shown)
{
    struct catalog_text text;
    catalog_text_open(&text, reading->scratch, reading->database, shown->sql, shown->length);
    if (pass_to(&text, "DO"))
        keep_body(reading, "EVENT", shown->name, &text);
}

/* NULL for NULL. */
static const char *value(const dun_result *rows, size_t row, size_t column)
{
    return rows->values[row * rows->columns + column].text;
}

static void set_mode(struct catalog_reading *reading, struct schema_object *object, const char *sql_mode)
{
    const char *mode = mysql_engine_catalog_mode_option(reading->scratch, sql_mode);
    if (mode)
        catalog_set_list(reading->catalog, object, ATTRIBUTE_OPTIONS, 1, &mode);
}

/* "INSERT", or several with commas between them. */
static void set_events(struct catalog_reading *reading, struct schema_object *trigger, const char *events)
{
    struct catalog_texts texts = {0};
    while (*events) {
        size_t length = strcspn(events, ",");
        *vector_add(reading->scratch, &texts) = arena_strndup(reading->scratch, events, length);
        events += length;
        events += strspn(events, ", ");
    }
    mysql_engine_catalog_set_texts(reading->catalog, trigger, ATTRIBUTE_EVENTS, &texts);
}

/* Rows come in the order in which triggers of one table, timing and event run. */
static struct schema_object *trigger_before(struct catalog_reading *reading, const dun_result *rows,
                                            size_t row, struct schema_object *table)
{
    static const enum trigger_column same[] = {TRIGGER_TABLE, TRIGGER_TIMING, TRIGGER_EVENT};
    if (row == 0)
        return NULL;
    for (size_t i = 0; i < sizeof same / sizeof *same; ++i)
        if (strcmp(result_text(rows, row, same[i]), result_text(rows, row - 1, same[i])) != 0)
            return NULL;
    return catalog_find(reading->catalog, SCHEMA_TRIGGER, NULL, table,
                        result_text(rows, row - 1, TRIGGER_NAME));
}

static void read_trigger(struct catalog_reading *reading, const dun_result *rows, size_t row)
{
    struct catalog *catalog = reading->catalog;
    const char *name = result_text(rows, row, TRIGGER_NAME), *statement = body_of(reading, "TRIGGER", name);
    struct schema_object *table =
        catalog_find(catalog, SCHEMA_TABLE, NULL, NULL, result_text(rows, row, TRIGGER_TABLE));
    if (!table)
        return; /* of a table that is left out */
    struct schema_object *trigger =
        statement ? catalog_add(catalog, SCHEMA_TRIGGER, NULL, table, name) : NULL;
    if (!trigger) {
        catalog_add_unmodelled(catalog, "trigger", name);
        return;
    }
    struct schema_object *before = trigger_before(reading, rows, row, table);
    catalog_set(catalog, trigger, ATTRIBUTE_TIMING, result_text(rows, row, TRIGGER_TIMING));
    set_events(reading, trigger, result_text(rows, row, TRIGGER_EVENT));
    catalog_set(catalog, trigger, ATTRIBUTE_DEFINITION,
                mysql_engine_catalog_body(reading->scratch, statement, strlen(statement)));
    if (before) {
        catalog_set(catalog, trigger, ATTRIBUTE_FOLLOWS, before->name);
        catalog_need(catalog, trigger, before);
    }
    set_mode(reading, trigger, value(rows, row, TRIGGER_SQL_MODE));
    mysql_engine_catalog_set_definer(
        reading, trigger, mysql_engine_catalog_account(reading->scratch, value(rows, row, TRIGGER_DEFINER)));
}

void mysql_engine_catalog_read_triggers(struct catalog_reading *reading, const dun_result *rows)
{
    for (size_t row = 0; row < rows->rows; ++row)
        read_trigger(reading, rows, row);
}

/* The order of the columns of catalog_events.sql. */
enum event_column {
    EVENT_NAME,
    EVENT_AT,
    EVENT_EVERY,
    EVENT_UNIT,
    EVENT_STARTS,
    EVENT_ENDS,
    EVENT_STATUS,
    EVENT_COMPLETION,
    EVENT_COMMENT,
    EVENT_SQL_MODE,
    EVENT_TIME_ZONE,
    EVENT_DEFINER,
};

static void append_time(struct str *to, const char *word, const char *time)
{
    if (!time)
        return;
    str_append(to, word);
    sql_quote_literal(to, SQL_MYSQL, time, strlen(time));
}

static const char *schedule_of(struct arena *arena, const dun_result *rows, size_t row)
{
    struct str schedule = STR_INIT;
    if (value(rows, row, EVENT_AT))
        append_time(&schedule, "AT ", value(rows, row, EVENT_AT));
    else
        str_printf(&schedule, "EVERY %s %s", result_text(rows, row, EVENT_EVERY),
                   result_text(rows, row, EVENT_UNIT));
    append_time(&schedule, " STARTS ", value(rows, row, EVENT_STARTS));
    append_time(&schedule, " ENDS ", value(rows, row, EVENT_ENDS));
    const char *copy = arena_strdup(arena, str_text(&schedule));
    str_free(&schedule);
    return copy;
}

static const char *enabled_of(const char *status)
{
    if (strcmp(status, "ENABLED") == 0)
        return NULL;
    return strcmp(status, "DISABLED") == 0 ? "no" : "on the primary only";
}

static void set_event_options(struct catalog_reading *reading, struct schema_object *event,
                              const dun_result *rows, size_t row)
{
    struct catalog_texts options = {0};
    const char *mode = mysql_engine_catalog_mode_option(reading->scratch, value(rows, row, EVENT_SQL_MODE));
    if (strcmp(result_text(rows, row, EVENT_COMPLETION), "PRESERVE") == 0)
        *vector_add(reading->scratch, &options) = "ON COMPLETION PRESERVE";
    if (mode)
        *vector_add(reading->scratch, &options) = mode;
    if (strcmp(result_text(rows, row, EVENT_TIME_ZONE), "SYSTEM") != 0)
        *vector_add(reading->scratch, &options) =
            arena_printf(reading->scratch, "time_zone=%s", result_text(rows, row, EVENT_TIME_ZONE));
    mysql_engine_catalog_set_texts(reading->catalog, event, ATTRIBUTE_OPTIONS, &options);
}

static void read_event(struct catalog_reading *reading, const dun_result *rows, size_t row)
{
    struct catalog *catalog = reading->catalog;
    const char *name = result_text(rows, row, EVENT_NAME), *definition = body_of(reading, "EVENT", name);
    const char *comment = result_text(rows, row, EVENT_COMMENT);
    struct schema_object *event = definition ? catalog_add(catalog, SCHEMA_EVENT, NULL, NULL, name) : NULL;
    if (!event) {
        catalog_add_unmodelled(catalog, "event", name);
        return;
    }
    const char *status = result_text(rows, row, EVENT_STATUS);
    if (scratch_is_name(reading->database))
        status = mysql_engine_scratch_event_status(status, &definition);
    catalog_set(catalog, event, ATTRIBUTE_SCHEDULE, schedule_of(reading->scratch, rows, row));
    catalog_set(catalog, event, ATTRIBUTE_ENABLED, enabled_of(status));
    catalog_set(catalog, event, ATTRIBUTE_COMMENT, *comment ? comment : NULL);
    catalog_set(catalog, event, ATTRIBUTE_DEFINITION,
                mysql_engine_catalog_body(reading->scratch, definition, strlen(definition)));
    set_event_options(reading, event, rows, row);
    mysql_engine_catalog_set_definer(
        reading, event, mysql_engine_catalog_account(reading->scratch, value(rows, row, EVENT_DEFINER)));
}

void mysql_engine_catalog_read_events(struct catalog_reading *reading, const dun_result *rows)
{
    for (size_t row = 0; row < rows->rows; ++row)
        read_event(reading, rows, row);
}
