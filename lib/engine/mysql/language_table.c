/* CREATE TABLE, and what ALTER TABLE shares with it. */
#include "engine/mysql/language.h"

#include <string.h>

static void append_partition_list(struct str *to, const struct schema_value *partitions)
{
    str_append(to, "\n(");
    for (size_t i = 0; i < partitions->count; ++i)
        str_printf(to, "%sPARTITION %s", i ? ",\n " : "", partitions->texts[i]);
    str_append_char(to, ')');
}

void mysql_engine_append_partitions(struct str *to, const struct schema_object *table)
{
    const char *by = catalog_text(table, ATTRIBUTE_PARTITION_BY);
    const struct schema_value *partitions = catalog_value(table, ATTRIBUTE_PARTITIONS);
    if (!by)
        return;
    str_printf(to, "PARTITION BY %s", by);
    if (partitions)
        append_partition_list(to, partitions);
}

void mysql_engine_append_table_options(struct str *to, const struct schema_object *table)
{
    static const struct {
        enum schema_attribute attribute;
        const char *word;
    } words[] = {
        {ATTRIBUTE_ENGINE, "ENGINE="},         {ATTRIBUTE_CHARACTER_SET, "DEFAULT CHARSET="},
        {ATTRIBUTE_COLLATION, "COLLATE="},     {ATTRIBUTE_ROW_FORMAT, "ROW_FORMAT="},
        {ATTRIBUTE_TABLESPACE, "TABLESPACE="},
    };
    const struct schema_value *options = catalog_value(table, ATTRIBUTE_OPTIONS);
    const char *comment = catalog_text(table, ATTRIBUTE_COMMENT);
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (catalog_text(table, words[i].attribute))
            str_printf(to, " %s%s", words[i].word, catalog_text(table, words[i].attribute));
    for (size_t i = 0; options && i < options->count; ++i)
        str_printf(to, " %s", options->texts[i]);
    if (comment) {
        str_append(to, " COMMENT=");
        mysql_engine_append_string(to, comment);
    }
    if (catalog_text(table, ATTRIBUTE_SYSTEM_VERSIONED))
        str_append(to, " WITH SYSTEM VERSIONING");
}

static void begin_line(struct str *to)
{
    str_append(to, to->length && to->data[to->length - 1] == '(' ? "\n    " : ",\n    ");
}

static void append_periods(struct str *to, const struct schema_object *table)
{
    const struct schema_value *periods = catalog_value(table, ATTRIBUTE_PERIODS);
    for (size_t i = 0; periods && i < periods->count; ++i) {
        begin_line(to);
        str_printf(to, "PERIOD FOR %s", periods->texts[i]);
    }
}

static bool is_constraint(const struct schema_object *part)
{
    return part->kind == SCHEMA_FOREIGN_KEY || part->kind == SCHEMA_CHECK;
}

/* Columns and keys, or constraints, which people look for behind them. */
static void append_inside(struct str *to, const struct plan_step *step, bool constraints)
{
    struct language_column_style style = {.tables = {step->to}};
    for (size_t i = 0; i < step->inside_count; ++i) {
        if (is_constraint(step->inside[i]) != constraints)
            continue;
        begin_line(to);
        if (step->inside[i]->kind == SCHEMA_COLUMN)
            mysql_engine_append_column(to, step->inside[i], &style);
        else
            mysql_engine_append_part(to, step->inside[i]);
    }
}

void mysql_engine_create_table(struct plan_rendering *rendering, const struct plan_step *step)
{
    const struct schema_object *table = step->to;
    struct str sql = STR_INIT;
    str_append(&sql, "CREATE TABLE ");
    mysql_engine_append_name(&sql, table->name);
    str_append(&sql, " (");
    append_inside(&sql, step, false);
    append_inside(&sql, step, true);
    append_periods(&sql, table);
    str_append(&sql, "\n)");
    mysql_engine_append_table_options(&sql, table);
    if (catalog_text(table, ATTRIBUTE_PARTITION_BY))
        str_append_char(&sql, '\n');
    mysql_engine_append_partitions(&sql, table);
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s", mysql_engine_take(rendering->arena, &sql));
}
