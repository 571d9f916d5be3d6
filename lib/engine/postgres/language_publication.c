/* Publications. */
#include "engine/postgres/language.h"

#include <string.h>

static const char schemas_prefix[] = "TABLES IN SCHEMA ";

static bool is_for_all_tables(const struct schema_object *publication)
{
    return is_value(publication, ATTRIBUTE_TABLES, "ALL TABLES");
}

/* Children of tables are in the list themselves. */
static void append_published(struct str *to, const struct schema_object *publication)
{
    const struct schema_value *tables = catalog_value(publication, ATTRIBUTE_TABLES);
    for (size_t i = 0; i < tables->count; ++i) {
        bool schema = strncmp(tables->texts[i], schemas_prefix, strlen(schemas_prefix)) == 0;
        str_printf(to, "%s%s%s",
                   i        ? ", "
                   : schema ? " "
                            : " TABLE ",
                   schema ? "" : "ONLY ", tables->texts[i]);
    }
}

static void append_publish(struct str *to, const struct schema_object *publication)
{
    const struct schema_value *events = catalog_value(publication, ATTRIBUTE_EVENTS);
    str_append(to, "publish = '");
    for (size_t i = 0; events && i < events->count; ++i)
        str_printf(to, "%s%s", i ? ", " : "", events->texts[i]);
    str_append(to, events ? "'" : "insert, update, delete, truncate'");
}

static bool create_publication(struct plan_rendering *rendering, const struct schema_object *publication,
                               dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_append(&text, "CREATE PUBLICATION ");
    text_object(&text, publication);
    if (is_for_all_tables(publication)) {
        str_append(&text, " FOR ALL TABLES");
    } else if (is_set(publication, ATTRIBUTE_TABLES)) {
        str_append(&text, " FOR");
        append_published(&text, publication);
    }
    bool events = is_set(publication, ATTRIBUTE_EVENTS);
    const struct schema_value *options = catalog_value(publication, ATTRIBUTE_OPTIONS);
    if (events || options)
        str_append(&text, " WITH (");
    if (events)
        append_publish(&text, publication);
    for (size_t i = 0; options && i < options->count; ++i)
        str_printf(&text, "%s%s", events || i ? ", " : "", options->texts[i]);
    if (events || options)
        str_append_char(&text, ')');
    add_text(rendering, 0, &text);
    return true;
}

/* An option that is no longer there gets its default back. */
static void alter_publication_options(struct plan_rendering *rendering,
                                      const struct schema_object *publication)
{
    static const struct {
        const char *name, *usual;
        int since;
    } known[] = {{"publish_via_partition_root", "false", 13}, {"publish_generated_columns", "none", 18}};
    const struct schema_value *options = catalog_value(publication, ATTRIBUTE_OPTIONS);
    struct str text = STR_INIT;
    str_printf(&text, "ALTER PUBLICATION %s SET (", object_text(rendering, publication));
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        const char *value = known[i].usual;
        size_t length = strlen(known[i].name);
        for (size_t j = 0; options && j < options->count; ++j)
            if (strncmp(options->texts[j], known[i].name, length) == 0 && options->texts[j][length] == '=')
                value = options->texts[j] + length + 1;
        if (server_version(rendering) >= known[i].since)
            str_printf(&text, "%s%s = %s", i ? ", " : "", known[i].name, value);
    }
    str_append_char(&text, ')');
    add_text(rendering, 0, &text);
}

static void alter_publication(struct plan_rendering *rendering, const struct diff_change *change)
{
    const char *name = object_text(rendering, change->to);
    struct str text = STR_INIT;
    if (changes(change, ATTRIBUTE_TABLES)) {
        str_printf(&text, "ALTER PUBLICATION %s SET", name);
        append_published(&text, change->to);
        add_text(rendering, 0, &text);
    }
    if (changes(change, ATTRIBUTE_EVENTS)) {
        str_printf(&text, "ALTER PUBLICATION %s SET (", name);
        append_publish(&text, change->to);
        str_append_char(&text, ')');
        add_text(rendering, 0, &text);
    }
    if (changes(change, ATTRIBUTE_OPTIONS))
        alter_publication_options(rendering, change->to);
}

static enum plan_means publication_means(const struct diff_change *change)
{
    bool lists = is_set(change->to, ATTRIBUTE_TABLES) && !is_for_all_tables(change->from) &&
                 !is_for_all_tables(change->to);
    return changes(change, ATTRIBUTE_TABLES) && !lists ? PLAN_REPLACE : PLAN_IN_PLACE;
}

const struct kind_writer publication_writer = {
    .create = create_publication, .alter = alter_publication, .means = publication_means};
