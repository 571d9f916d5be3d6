/* Schemas, extensions and extended statistics. */
#include "engine/postgres/language.h"

#include <string.h>

/* Schemas */

static bool create_schema(struct plan_rendering *rendering, const struct schema_object *schema,
                          dun_error *error)
{
    (void)error;
    plan_add(rendering, 0, "CREATE SCHEMA %s", object_text(rendering, schema));
    return true;
}

static void drop_schema(struct plan_rendering *rendering, const struct schema_object *schema)
{
    write_drop(rendering, schema, PLAN_DROP_SCHEMA);
}

const struct kind_writer schema_writer = {.create = create_schema, .drop = drop_schema};

/* Extensions */

static bool create_extension(struct plan_rendering *rendering, const struct schema_object *extension,
                             dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_append(&text, "CREATE EXTENSION ");
    text_object(&text, extension);
    str_append(&text, " SCHEMA ");
    text_name(&text, catalog_text(extension, ATTRIBUTE_IN_SCHEMA));
    str_append(&text, " VERSION ");
    text_literal(&text, catalog_text(extension, ATTRIBUTE_VERSION));
    add_text(rendering, 0, &text);
    return true;
}

static void drop_extension(struct plan_rendering *rendering, const struct schema_object *extension)
{
    write_drop(rendering, extension, PLAN_DROP_EXTENSION);
}

static void alter_extension(struct plan_rendering *rendering, const struct diff_change *change)
{
    const char *name = object_text(rendering, change->to);
    if (changes(change, ATTRIBUTE_VERSION)) {
        struct str text = STR_INIT;
        str_printf(&text, "ALTER EXTENSION %s UPDATE TO ", name);
        text_literal(&text, catalog_text(change->to, ATTRIBUTE_VERSION));
        add_text(rendering, 0, &text);
    }
    if (changes(change, ATTRIBUTE_IN_SCHEMA))
        plan_add(rendering, 0, "ALTER EXTENSION %s SET SCHEMA %s", name,
                 name_text(rendering, catalog_text(change->to, ATTRIBUTE_IN_SCHEMA)));
}

const struct kind_writer extension_writer = {
    .create = create_extension, .drop = drop_extension, .alter = alter_extension};

/* Extended statistics */

static bool create_statistics(struct plan_rendering *rendering, const struct schema_object *statistics,
                              dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *kinds = catalog_value(statistics, ATTRIBUTE_OPTIONS);
    const struct schema_value *columns = catalog_value(statistics, ATTRIBUTE_COLUMNS);
    (void)error;
    str_append(&text, "CREATE STATISTICS ");
    text_object(&text, statistics);
    for (size_t i = 0; kinds && columns->count > 1 && i < kinds->count; ++i)
        str_printf(&text, "%s%s%s", i ? ", " : " (", kinds->texts[i], i + 1 == kinds->count ? ")" : "");
    str_append(&text, " ON ");
    for (size_t i = 0; i < columns->count; ++i) {
        if (i)
            str_append(&text, ", ");
        if (*columns->texts[i] == '(')
            str_append(&text, columns->texts[i]);
        else
            text_name(&text, columns->texts[i]);
    }
    str_printf(&text, " FROM %s", catalog_text(statistics, ATTRIBUTE_TABLES));
    add_text(rendering, 0, &text);
    if (is_set(statistics, ATTRIBUTE_STATISTICS_TARGET))
        plan_add(rendering, 0, "ALTER STATISTICS %s SET STATISTICS %s", object_text(rendering, statistics),
                 catalog_text(statistics, ATTRIBUTE_STATISTICS_TARGET));
    return true;
}

static void alter_statistics(struct plan_rendering *rendering, const struct diff_change *change)
{
    const char *target = catalog_text(change->to, ATTRIBUTE_STATISTICS_TARGET);
    if (changes(change, ATTRIBUTE_STATISTICS_TARGET))
        plan_add(rendering, 0, "ALTER STATISTICS %s SET STATISTICS %s", object_text(rendering, change->to),
                 target ? target : "-1");
}

static enum plan_means statistics_means(const struct diff_change *change)
{
    return changes(change, ATTRIBUTE_COLUMNS) || changes(change, ATTRIBUTE_TABLES) ||
                   changes(change, ATTRIBUTE_OPTIONS)
               ? PLAN_REPLACE
               : PLAN_IN_PLACE;
}

const struct kind_writer statistics_writer = {
    .create = create_statistics, .alter = alter_statistics, .means = statistics_means};
