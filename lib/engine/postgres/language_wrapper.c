/* Foreign data wrappers that belong to no extension. */
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
