#include "engine/postgres/language_facts.h"

#include "schema/catalog.h"
#include "sql/name.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

int server_version(const struct plan_rendering *rendering)
{
    static const char product[] = "PostgreSQL ";
    const char *server = catalog_server(rendering->diff->from);
    if (!server || strncmp(server, product, strlen(product)) != 0)
        server = catalog_server(rendering->diff->to);
    if (!server || strncmp(server, product, strlen(product)) != 0)
        return INT_MAX;
    return atoi(server + strlen(product));
}

bool is_set(const struct schema_object *object, enum schema_attribute attribute)
{
    return catalog_value(object, attribute) != NULL;
}

bool is_name_of(struct arena *arena, const char *text, const char *schema, const char *name)
{
    struct sql_name read;
    return text && sql_name_read(arena, SQL_POSTGRESQL, text, strlen(text), &read) &&
           strcmp(read.parts[read.count - 1], name) == 0 &&
           (read.count < 2 || strcmp(read.parts[read.count - 2], schema) == 0);
}

bool is_value(const struct schema_object *object, enum schema_attribute attribute, const char *value)
{
    const char *text = catalog_text(object, attribute);
    return text && strcmp(text, value) == 0;
}

bool changes(const struct diff_change *change, enum schema_attribute attribute)
{
    return change && diff_has(change, attribute);
}

bool changes_only(const struct diff_change *change, const enum schema_attribute *attributes)
{
    for (size_t i = 0; i < change->attribute_count; ++i) {
        const enum schema_attribute *listed = attributes;
        while (*listed != SCHEMA_ATTRIBUTE_COUNT && *listed != change->attributes[i])
            ++listed;
        if (*listed == SCHEMA_ATTRIBUTE_COUNT)
            return false;
    }
    return true;
}

const struct diff_change *own_change(const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_ALTER && step->changes[i]->to == step->to)
            return step->changes[i];
    return NULL;
}

bool is_new(const struct plan_rendering *rendering, const struct schema_object *object)
{
    return diff_counterpart(rendering->diff, catalog_top_of(object)) == NULL;
}

bool is_constraint(enum schema_kind kind)
{
    return kind == SCHEMA_PRIMARY_KEY || kind == SCHEMA_UNIQUE || kind == SCHEMA_CHECK ||
           kind == SCHEMA_EXCLUSION || kind == SCHEMA_FOREIGN_KEY;
}

bool is_type(enum schema_kind kind)
{
    return kind == SCHEMA_ENUM || kind == SCHEMA_DOMAIN || kind == SCHEMA_COMPOSITE_TYPE ||
           kind == SCHEMA_RANGE_TYPE || kind == SCHEMA_COLLATION;
}

bool is_inherited(const struct schema_object *part)
{
    return is_set(part, ATTRIBUTE_INHERITED) || is_set(part, ATTRIBUTE_PARTITION_OF);
}

bool is_attached_later(const struct plan_rendering *rendering, const struct schema_object *table)
{
    if (!is_set(table, ATTRIBUTE_PARTITION_OF) || !is_new(rendering, table))
        return false;
    for (size_t i = 0; i < table->part_count; ++i)
        if (is_set(table->parts[i], ATTRIBUTE_PARTITION_OF) && !table->parts[i]->made_up_name)
            return true;
    return false;
}

bool is_clustered(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (is_set(table->parts[i], ATTRIBUTE_CLUSTERED))
            return true;
    return false;
}

bool is_foreign_column(const struct schema_object *column)
{
    return column->parent->kind == SCHEMA_FOREIGN_TABLE;
}
