#include "diff/sentence.h"

#include <string.h>

enum { LONGEST_VALUE = 40 };

/* Names may have anything in them; a sentence is one line. */
static void append_line(struct str *to, const char *text)
{
    for (; *text; ++text)
        str_append_char(to, *text == '\n' || *text == '\r' ? ' ' : *text);
}

static void append_full_name(struct str *to, const struct catalog *catalog,
                             const struct schema_object *object)
{
    str_printf(to, "%s ", schema_kind_word(object->kind));
    append_line(to, catalog_full_name(catalog, object));
}

/* "table sales.orders: column note" */
static void append_object(struct str *to, const struct catalog *catalog, const struct schema_object *object)
{
    if (!object->parent) {
        append_full_name(to, catalog, object);
        return;
    }
    append_object(to, catalog, object->parent);
    str_printf(to, ": %s ", schema_kind_word(object->kind));
    append_line(to, object->name);
}

/* NULL: not to be shown. */
static const char *short_text(const struct schema_value *value)
{
    if (!value)
        return "none";
    if (value->list || value->count != 1 || strpbrk(value->texts[0], "\r\n") ||
        strlen(value->texts[0]) > LONGEST_VALUE)
        return NULL;
    return value->texts[0];
}

static void append_attribute(struct str *to, const struct diff_change *change,
                             enum schema_attribute attribute)
{
    const char *before = short_text(catalog_value(change->from, attribute));
    const char *after = short_text(catalog_value(change->to, attribute));
    str_append(to, schema_attribute_word(attribute));
    if (before && after)
        str_printf(to, " %s -> %s", before, after);
}

void diff_sentence(struct str *to, const struct diff *diff, const struct diff_change *change)
{
    if (change->to && change->action != DIFF_RENAME)
        append_object(to, diff->to, change->to);
    else
        append_object(to, diff->from, change->from);
    switch (change->action) {
    case DIFF_CREATE:
        str_append(to, " added");
        break;
    case DIFF_DROP:
        str_append(to, " dropped");
        break;
    case DIFF_RENAME:
        str_append(to, " renamed to ");
        append_line(to, change->to->name);
        break;
    case DIFF_ALTER:
        str_append(to, " changed");
        for (size_t i = 0; i < change->attribute_count; ++i) {
            str_append(to, i ? ", " : ": ");
            append_attribute(to, change, change->attributes[i]);
        }
        break;
    }
}

void diff_reordered_sentence(struct str *to, const struct diff *diff, const struct schema_object *table)
{
    append_full_name(to, diff->to, table);
    str_append(to, ": columns stand in another order");
}

/* The length of the product's name and of so many numbers of its version; 0: the text has fewer. */
static size_t writing_length(const char *server, unsigned numbers)
{
    size_t length = server ? strcspn(server, "0123456789") : 0;
    for (unsigned i = 0; server && i < numbers; ++i) {
        size_t digits = strspn(server + length, "0123456789");
        if (!digits)
            return 0;
        length += digits + (i + 1 < numbers && server[length + digits] == '.');
    }
    return length;
}

const char *diff_servers_warning(struct arena *arena, const struct diff *diff)
{
    const char *from = catalog_server(diff->from), *other = catalog_server(diff->to);
    size_t length = writing_length(from, diff->rules->version_numbers);
    size_t other_length = writing_length(other, diff->rules->version_numbers);
    if (!diff->rules->version_numbers || !diff->changes.count || !length || !other_length)
        return NULL;
    if (length == other_length && strncmp(from, other, length) == 0)
        return NULL;
    return arena_printf(
        arena, "%s and %s may write one definition in two ways: some of what differs may mean the same", from,
        other);
}
