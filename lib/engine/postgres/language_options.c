/* Options: lists of "key=value", as WITH (...) of tables and indexes and OPTIONS (...) of foreign objects say
 * them. */
#include "engine/postgres/language.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static size_t key_length(const char *option)
{
    return strcspn(option, "=");
}

static const char *option_value(const char *option)
{
    const char *separator = strchr(option, '=');
    return separator ? separator + 1 : "true";
}

/* The option of that key; NULL: there is none. */
static const char *find_option(const struct schema_value *options, const char *wanted)
{
    size_t length = key_length(wanted);
    for (size_t i = 0; options && i < options->count; ++i)
        if (key_length(options->texts[i]) == length && strncmp(options->texts[i], wanted, length) == 0)
            return options->texts[i];
    return NULL;
}

/* A storage parameter may be of a namespace, toast.x; keys of foreign objects are any names. */
static void append_key(struct str *to, const char *option)
{
    size_t length = key_length(option);
    bool plain = strspn(option, "abcdefghijklmnopqrstuvwxyz_0123456789.") >= length;
    if (plain) {
        str_append_n(to, option, length);
        return;
    }
    char *key = memcpy(memory_alloc(length + 1), option, length);
    text_name(to, key);
    free(key);
}

static void append_option(struct str *to, const char *option, const char *separator)
{
    append_key(to, option);
    str_append(to, separator);
    text_literal(to, option_value(option));
}

void text_options(struct str *to, const struct schema_value *options, const char *separator)
{
    for (size_t i = 0; options && i < options->count; ++i) {
        str_append(to, i ? ", " : "(");
        append_option(to, options->texts[i], separator);
    }
    if (options && options->count)
        str_append_char(to, ')');
}

static void begin_item(struct str *to, bool *first, const char *opening)
{
    str_append(to, *first ? opening : ", ");
    *first = false;
}

bool text_options_change(struct str *to, const struct schema_object *from,
                         const struct schema_object *to_object)
{
    const struct schema_value *old = catalog_value(from, ATTRIBUTE_OPTIONS);
    const struct schema_value *new = catalog_value(to_object, ATTRIBUTE_OPTIONS);
    bool no_set = true, no_reset = true;
    for (size_t i = 0; new &&i < new->count; ++i) {
        const char *was = find_option(old, new->texts[i]);
        if (was && strcmp(was, new->texts[i]) == 0)
            continue;
        begin_item(to, &no_set, "SET (");
        append_option(to, new->texts[i], " = ");
    }
    if (!no_set)
        str_append_char(to, ')');
    for (size_t i = 0; old && i < old->count; ++i) {
        if (find_option(new, old->texts[i]))
            continue;
        begin_item(to, &no_reset, no_set ? "RESET (" : ", RESET (");
        append_key(to, old->texts[i]);
    }
    if (!no_reset)
        str_append_char(to, ')');
    return !no_set || !no_reset;
}

bool text_foreign_options_change(struct str *to, const struct schema_object *from,
                                 const struct schema_object *to_object)
{
    const struct schema_value *old = catalog_value(from, ATTRIBUTE_OPTIONS);
    const struct schema_value *new = catalog_value(to_object, ATTRIBUTE_OPTIONS);
    bool first = true;
    for (size_t i = 0; new &&i < new->count; ++i) {
        const char *was = find_option(old, new->texts[i]);
        if (was && strcmp(was, new->texts[i]) == 0)
            continue;
        begin_item(to, &first, "OPTIONS (");
        str_append(to, was ? "SET " : "ADD ");
        append_option(to, new->texts[i], " ");
    }
    for (size_t i = 0; old && i < old->count; ++i) {
        if (find_option(new, old->texts[i]))
            continue;
        begin_item(to, &first, "OPTIONS (");
        str_append(to, "DROP ");
        append_key(to, old->texts[i]);
    }
    if (!first)
        str_append_char(to, ')');
    return !first;
}
