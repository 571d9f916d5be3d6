#include "engine/postgres/language.h"

#include "sql/quote.h"

#include <stdio.h>
#include <string.h>

void text_name(struct str *to, const char *name)
{
    sql_quote_identifier(to, SQL_POSTGRESQL, name);
}

void text_literal(struct str *to, const char *value)
{
    sql_quote_literal(to, SQL_POSTGRESQL, value, strlen(value));
}

/* The tag of the quotes must not stand in the body. */
void text_body(struct str *to, const char *body)
{
    char tag[32] = "$$";
    for (unsigned i = 0; strstr(body, i ? tag : "$"); ++i)
        snprintf(tag, sizeof tag, i ? "$body%u$" : "$body$", i);
    str_printf(to, "%s%s%s", tag, body, tag);
}

void text_names(struct str *to, const struct schema_value *names)
{
    for (size_t i = 0; names && i < names->count; ++i) {
        if (i)
            str_append(to, ", ");
        text_name(to, names->texts[i]);
    }
}

/* Indexes are named in the schema of their table; other parts within it. */
void text_object(struct str *to, const struct schema_object *object)
{
    const char *schema = object->kind == SCHEMA_INDEX ? object->parent->schema : object->schema;
    if (schema) {
        text_name(to, schema);
        str_append_char(to, '.');
    }
    if (schema_kind_is_routine(object->kind)) /* name and types are as the server wrote them */
        str_append(to, object->name);
    else
        text_name(to, object->name);
}

const char *object_text(const struct plan_rendering *rendering, const struct schema_object *object)
{
    struct str text = STR_INIT;
    text_object(&text, object);
    const char *copy = arena_strdup(rendering->arena, str_text(&text));
    str_free(&text);
    return copy;
}

const char *name_text(const struct plan_rendering *rendering, const char *name)
{
    struct str text = STR_INIT;
    text_name(&text, name);
    const char *copy = arena_strdup(rendering->arena, str_text(&text));
    str_free(&text);
    return copy;
}

const char *kind_keyword(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_SCHEMA:
        return "SCHEMA";
    case SCHEMA_EXTENSION:
        return "EXTENSION";
    case SCHEMA_COLLATION:
        return "COLLATION";
    case SCHEMA_ENUM:
    case SCHEMA_COMPOSITE_TYPE:
    case SCHEMA_RANGE_TYPE:
        return "TYPE";
    case SCHEMA_DOMAIN:
        return "DOMAIN";
    case SCHEMA_SEQUENCE:
        return "SEQUENCE";
    case SCHEMA_DATA_WRAPPER:
        return "FOREIGN DATA WRAPPER";
    case SCHEMA_FOREIGN_SERVER:
        return "SERVER";
    case SCHEMA_FUNCTION:
        return "FUNCTION";
    case SCHEMA_PROCEDURE:
        return "PROCEDURE";
    case SCHEMA_AGGREGATE:
        return "ROUTINE"; /* AGGREGATE wants its arguments told apart */
    case SCHEMA_TABLE:
        return "TABLE";
    case SCHEMA_FOREIGN_TABLE:
        return "FOREIGN TABLE";
    case SCHEMA_COLUMN:
        return "COLUMN";
    case SCHEMA_VIEW:
        return "VIEW";
    case SCHEMA_MATERIALIZED_VIEW:
        return "MATERIALIZED VIEW";
    case SCHEMA_INDEX:
        return "INDEX";
    case SCHEMA_STATISTICS:
        return "STATISTICS";
    case SCHEMA_TRIGGER:
        return "TRIGGER";
    case SCHEMA_RULE:
        return "RULE";
    case SCHEMA_POLICY:
        return "POLICY";
    case SCHEMA_EVENT_TRIGGER:
        return "EVENT TRIGGER";
    case SCHEMA_PUBLICATION:
        return "PUBLICATION";
    default:
        return "CONSTRAINT";
    }
}

struct plan_statement *add_text_to(struct plan_rendering *rendering, enum plan_section section,
                                   unsigned hazards, struct str *text)
{
    struct plan_statement *statement = plan_add_to(rendering, section, hazards, "%s", str_text(text));
    str_free(text);
    return statement;
}

struct plan_statement *add_text(struct plan_rendering *rendering, unsigned hazards, struct str *text)
{
    return add_text_to(rendering, PLAN_MAIN, hazards, text);
}
