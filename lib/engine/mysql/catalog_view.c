/* Views and sequences, as SHOW CREATE prints them. */
#include "base/vector.h"
#include "engine/mysql/catalog_reading.h"

#include <string.h>

/* "WITH [CASCADED | LOCAL] CHECK OPTION", and nothing behind it? Then what it says. */
static const char *check_option(struct catalog_text text)
{
    const char *which = "CASCADED";
    if (!catalog_text_accept(&text, "WITH"))
        return NULL;
    if (catalog_text_accept(&text, "LOCAL"))
        which = "LOCAL";
    else
        catalog_text_accept(&text, "CASCADED");
    bool is_it = catalog_text_accept(&text, "CHECK") && catalog_text_accept(&text, "OPTION") &&
                 catalog_text_at_end(&text);
    return is_it ? which : NULL;
}

static void read_query(struct catalog_reading *reading, struct catalog_text *text, struct schema_object *view)
{
    const char *start = text->token.text, *option = NULL;
    while (!catalog_text_at_end(text) && !(option = check_option(*text)))
        catalog_text_take(text);
    catalog_set(reading->catalog, view, ATTRIBUTE_DEFINITION, catalog_text_since(text, start));
    catalog_set(reading->catalog, view, ATTRIBUTE_WITH_CHECK, option);
}

static const char *take_algorithm(struct catalog_text *text)
{
    if (!catalog_text_accept(text, "ALGORITHM"))
        return NULL;
    catalog_text_accept_operator(text, '=');
    const char *algorithm = catalog_text_take_raw(text);
    return strcmp(algorithm, "UNDEFINED") == 0 ? NULL : arena_printf(text->arena, "ALGORITHM=%s", algorithm);
}

static bool take_invoker(struct catalog_text *text)
{
    if (!catalog_text_accept(text, "SQL"))
        return false;
    catalog_text_accept(text, "SECURITY");
    return strcmp(catalog_text_take_raw(text), "INVOKER") == 0;
}

void mysql_engine_catalog_read_view(struct catalog_reading *reading, const struct catalog_shown *shown)
{
    struct catalog_text text;
    catalog_text_open(&text, reading->scratch, reading->database, shown->sql, shown->length);
    catalog_text_accept(&text, "CREATE");
    const char *algorithm = take_algorithm(&text);
    const char *definer = mysql_engine_catalog_take_definer(&text);
    bool invoker = take_invoker(&text);
    struct schema_object *view = catalog_text_accept(&text, "VIEW")
                                     ? catalog_add(reading->catalog, SCHEMA_VIEW, NULL, NULL, shown->name)
                                     : NULL;
    if (!view) {
        catalog_add_unmodelled(reading->catalog, "view", shown->name);
        return;
    }
    catalog_text_take_name(&text);
    if (catalog_text_accept_operator(&text, '.'))
        catalog_text_take_name(&text);
    size_t count;
    const char **columns = catalog_text_take_names(&text, &count);
    if (count)
        catalog_set_list(reading->catalog, view, ATTRIBUTE_COLUMNS, count, columns);
    if (algorithm)
        catalog_set_list(reading->catalog, view, ATTRIBUTE_OPTIONS, 1, &algorithm);
    if (invoker)
        catalog_set(reading->catalog, view, ATTRIBUTE_SECURITY, "INVOKER");
    mysql_engine_catalog_set_definer(reading, view, definer);
    catalog_text_accept(&text, "AS");
    read_query(reading, &text, view);
}

static const char *take_number(struct catalog_text *text)
{
    const char *start = text->token.text;
    catalog_text_accept_operator(text, '-');
    catalog_text_take(text);
    return catalog_text_since(text, start);
}

static bool read_number(struct catalog_reading *reading, struct catalog_text *text,
                        struct schema_object *sequence)
{
    static const struct {
        const char *first, *second;
        enum schema_attribute attribute;
    } numbers[] = {
        {"START", "WITH", ATTRIBUTE_START},    {"INCREMENT", "BY", ATTRIBUTE_INCREMENT},
        {"MINVALUE", NULL, ATTRIBUTE_MINIMUM}, {"MAXVALUE", NULL, ATTRIBUTE_MAXIMUM},
        {"CACHE", NULL, ATTRIBUTE_CACHE},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        if (catalog_text_accept(text, numbers[i].first)) {
            if (numbers[i].second)
                catalog_text_accept(text, numbers[i].second);
            catalog_set(reading->catalog, sequence, numbers[i].attribute, take_number(text));
            return true;
        }
    return false;
}

static bool read_word(struct catalog_reading *reading, struct catalog_text *text,
                      struct schema_object *sequence)
{
    if (catalog_text_accept(text, "NOCACHE")) {
        catalog_set(reading->catalog, sequence, ATTRIBUTE_CACHE, "0");
    } else if (catalog_text_accept(text, "CYCLE")) {
        catalog_set_flag(reading->catalog, sequence, ATTRIBUTE_CYCLE, true);
    } else if (catalog_text_accept(text, "ENGINE")) {
        catalog_text_accept_operator(text, '=');
        catalog_set(reading->catalog, sequence, ATTRIBUTE_ENGINE, catalog_text_take_raw(text));
    } else if (catalog_text_accept(text, "COMMENT")) {
        catalog_text_accept_operator(text, '=');
        catalog_set(reading->catalog, sequence, ATTRIBUTE_COMMENT, catalog_text_take_string(text));
    } else {
        return catalog_text_accept(text, "NOCYCLE");
    }
    return true;
}

/* "AS bigint unsigned", from MariaDB 11.5 on. */
static bool read_type(struct catalog_reading *reading, struct catalog_text *text,
                      struct schema_object *sequence)
{
    if (!catalog_text_accept(text, "AS"))
        return false;
    const char *start = text->token.text;
    catalog_text_take(text);
    catalog_text_accept(text, "UNSIGNED");
    catalog_set(reading->catalog, sequence, ATTRIBUTE_TYPE, catalog_text_since(text, start));
    return true;
}

void mysql_engine_catalog_read_sequence(struct catalog_reading *reading, const struct catalog_shown *shown)
{
    struct catalog_text text;
    struct catalog_texts options = {0};
    catalog_text_open(&text, reading->scratch, reading->database, shown->sql, shown->length);
    catalog_text_accept(&text, "CREATE");
    catalog_text_accept(&text, "SEQUENCE");
    catalog_text_take_name(&text);
    struct schema_object *sequence = catalog_add(reading->catalog, SCHEMA_SEQUENCE, NULL, NULL, shown->name);
    if (!sequence) {
        catalog_add_unmodelled(reading->catalog, "sequence", shown->name);
        return;
    }
    while (!catalog_text_at_end(&text))
        if (!read_number(reading, &text, sequence) && !read_word(reading, &text, sequence) &&
            !read_type(reading, &text, sequence))
            *vector_add(reading->scratch, &options) = catalog_text_take_raw(&text);
    mysql_engine_catalog_set_texts(reading->catalog, sequence, ATTRIBUTE_OPTIONS, &options);
}
