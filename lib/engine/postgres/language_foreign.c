/* Foreign data wrappers that belong to no extension, and foreign servers. */
#include "engine/postgres/language.h"

static void append_function(struct str *text, const struct schema_object *wrapper,
                            enum schema_attribute attribute, const char *word)
{
    if (is_set(wrapper, attribute))
        str_printf(text, " %s %s", word, catalog_text(wrapper, attribute));
    else
        str_printf(text, " NO %s", word);
}

static bool create_wrapper(struct plan_rendering *rendering, const struct schema_object *wrapper,
                           dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_printf(&text, "CREATE FOREIGN DATA WRAPPER %s", object_text(rendering, wrapper));
    if (is_set(wrapper, ATTRIBUTE_HANDLER))
        append_function(&text, wrapper, ATTRIBUTE_HANDLER, "HANDLER");
    if (is_set(wrapper, ATTRIBUTE_VALIDATOR))
        append_function(&text, wrapper, ATTRIBUTE_VALIDATOR, "VALIDATOR");
    if (is_set(wrapper, ATTRIBUTE_OPTIONS)) {
        str_append(&text, " OPTIONS ");
        text_options(&text, catalog_value(wrapper, ATTRIBUTE_OPTIONS), " ");
    }
    add_text(rendering, 0, &text);
    return true;
}

static void alter_wrapper(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str text = STR_INIT;
    str_printf(&text, "ALTER FOREIGN DATA WRAPPER %s", object_text(rendering, change->to));
    size_t length = text.length;
    if (changes(change, ATTRIBUTE_HANDLER))
        append_function(&text, change->to, ATTRIBUTE_HANDLER, "HANDLER");
    if (changes(change, ATTRIBUTE_VALIDATOR))
        append_function(&text, change->to, ATTRIBUTE_VALIDATOR, "VALIDATOR");
    if (changes(change, ATTRIBUTE_OPTIONS)) {
        str_append_char(&text, ' ');
        text_foreign_options_change(&text, change->from, change->to);
    }
    if (text.length > length)
        add_text(rendering, 0, &text);
    str_free(&text);
}

const struct kind_writer data_wrapper_writer = {.create = create_wrapper, .alter = alter_wrapper};

/* Servers */

static bool create_server(struct plan_rendering *rendering, const struct schema_object *server,
                          dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_append(&text, "CREATE SERVER ");
    text_object(&text, server);
    if (is_set(server, ATTRIBUTE_TYPE)) {
        str_append(&text, " TYPE ");
        text_literal(&text, catalog_text(server, ATTRIBUTE_TYPE));
    }
    if (is_set(server, ATTRIBUTE_VERSION)) {
        str_append(&text, " VERSION ");
        text_literal(&text, catalog_text(server, ATTRIBUTE_VERSION));
    }
    str_append(&text, " FOREIGN DATA WRAPPER ");
    text_name(&text, catalog_text(server, ATTRIBUTE_DATA_WRAPPER));
    if (is_set(server, ATTRIBUTE_OPTIONS)) {
        str_append(&text, " OPTIONS ");
        text_options(&text, catalog_value(server, ATTRIBUTE_OPTIONS), " ");
    }
    add_text(rendering, 0, &text);
    return true;
}

static void alter_server(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str text = STR_INIT;
    str_printf(&text, "ALTER SERVER %s", object_text(rendering, change->to));
    bool version = changes(change, ATTRIBUTE_VERSION);
    if (version) {
        const char *value = catalog_text(change->to, ATTRIBUTE_VERSION);
        str_append(&text, " VERSION ");
        if (value)
            text_literal(&text, value);
        else
            str_append(&text, "NULL");
    }
    bool options = changes(change, ATTRIBUTE_OPTIONS);
    if (options) {
        str_append_char(&text, ' ');
        text_foreign_options_change(&text, change->from, change->to);
    }
    if (version || options)
        add_text(rendering, 0, &text);
    str_free(&text);
}

static enum plan_means server_means(const struct diff_change *change)
{
    return changes(change, ATTRIBUTE_TYPE) || changes(change, ATTRIBUTE_DATA_WRAPPER) ? PLAN_REPLACE
                                                                                      : PLAN_IN_PLACE;
}

const struct kind_writer server_writer = {
    .create = create_server, .alter = alter_server, .means = server_means};
