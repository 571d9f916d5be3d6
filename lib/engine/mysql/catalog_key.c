/* Keys, constraints and periods, as SHOW CREATE TABLE prints them. */
#include "base/vector.h"
#include "engine/mysql/catalog_table.h"

#include <string.h>
#include <strings.h>

/* One part of a key for each place of the lists. */
struct key_parts {
    struct catalog_texts columns, prefix_lengths, orders, options;
    bool prefixed, ordered;
};

static void read_key_part(struct catalog_text *text, struct key_parts *parts)
{
    const char *start = text->token.text, *prefix = "", *order = "", *name;
    if (catalog_text_at_operator(text, '(')) {
        catalog_text_pass(text);
        name = catalog_text_since(text, start);
    } else {
        name = catalog_text_take_name(text);
    }
    if (catalog_text_at(text, "WITHOUT")) { /* OVERLAPS: it is a period, and the last part */
        catalog_text_take(text);
        catalog_text_take(text);
        *vector_add(text->arena, &parts->options) = catalog_text_since(text, start);
        return;
    }
    if (catalog_text_at_operator(text, '('))
        prefix = catalog_text_take_parenthesized(text);
    if (catalog_text_accept(text, "DESC"))
        order = "DESC";
    else
        catalog_text_accept(text, "ASC");
    *vector_add(text->arena, &parts->columns) = name;
    *vector_add(text->arena, &parts->prefix_lengths) = prefix;
    *vector_add(text->arena, &parts->orders) = order;
    parts->prefixed = parts->prefixed || *prefix;
    parts->ordered = parts->ordered || *order;
}

static void read_key_parts(struct catalog_text *text, struct key_parts *parts)
{
    if (!catalog_text_accept_operator(text, '('))
        return;
    while (!catalog_text_at_end(text) && !catalog_text_accept_operator(text, ')'))
        if (!catalog_text_accept_operator(text, ','))
            read_key_part(text, parts);
}

static void read_key_options(struct catalog_table_text *from, struct schema_object *key,
                             struct key_parts *parts)
{
    struct catalog_text *text = &from->text;
    while (!mysql_engine_catalog_at_part_end(text)) {
        if (catalog_text_accept(text, "USING"))
            catalog_set(from->catalog, key, ATTRIBUTE_METHOD, catalog_text_take_raw(text));
        else if (catalog_text_accept(text, "COMMENT"))
            catalog_set(from->catalog, key, ATTRIBUTE_COMMENT, catalog_text_take_string(text));
        else if (catalog_text_accept(text, "INVISIBLE"))
            catalog_set_flag(from->catalog, key, ATTRIBUTE_INVISIBLE, true);
        else if (catalog_text_accept(text, "IGNORED"))
            catalog_set_flag(from->catalog, key, ATTRIBUTE_IGNORED, true);
        else
            *vector_add(text->arena, &parts->options) = mysql_engine_catalog_take_option(text);
    }
}

/* "WORD_3", or "WORD" alone where that is allowed. */
static bool is_numbered(const char *name, const char *word, const char *between, bool alone)
{
    size_t length = strlen(word);
    if (strncasecmp(name, word, length) != 0)
        return false;
    if (name[length] == '\0')
        return alone;
    if (strncasecmp(name + length, between, strlen(between)) != 0)
        return false;
    const char *digits = name + length + strlen(between);
    return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

static bool is_made_up_key(const char *name, const struct key_parts *parts)
{
    if (!parts->columns.count)
        return false;
    const char *first = *parts->columns.items[0] == '(' ? "functional_index" : parts->columns.items[0];
    return is_numbered(name, first, "_", true);
}

static void read_key(struct catalog_table_text *from, enum schema_kind kind, const char *method)
{
    struct catalog_text *text = &from->text;
    const char *name = catalog_text_at_operator(text, '(') ? "PRIMARY" : catalog_text_take_name(text);
    struct schema_object *key = mysql_engine_catalog_add_part(from, kind, name);
    struct key_parts parts = {0};
    read_key_parts(text, &parts);
    catalog_set(from->catalog, key, ATTRIBUTE_METHOD, method);
    read_key_options(from, key, &parts);
    mysql_engine_catalog_set_texts(from->catalog, key, ATTRIBUTE_COLUMNS, &parts.columns);
    if (parts.prefixed)
        mysql_engine_catalog_set_texts(from->catalog, key, ATTRIBUTE_PREFIX_LENGTHS, &parts.prefix_lengths);
    if (parts.ordered)
        mysql_engine_catalog_set_texts(from->catalog, key, ATTRIBUTE_ORDERS, &parts.orders);
    mysql_engine_catalog_set_texts(from->catalog, key, ATTRIBUTE_OPTIONS, &parts.options);
    key->made_up_name = kind != SCHEMA_PRIMARY_KEY && is_made_up_key(name, &parts);
}

/* RESTRICT, which is the default, and NO ACTION are the same to the servers. */
static const char *take_action(struct catalog_text *text)
{
    const char *start = text->token.text;
    if (catalog_text_at(text, "SET") || catalog_text_at(text, "NO"))
        catalog_text_take(text);
    catalog_text_take(text);
    const char *action = catalog_text_since(text, start);
    return strcasecmp(action, "RESTRICT") == 0 || strcasecmp(action, "NO ACTION") == 0 ? NULL : action;
}

/* The name of a table of this database; one of another database, quoted and qualified. */
static const char *take_referenced(struct catalog_text *text)
{
    const char *start = text->token.text;
    const char *name = catalog_text_take_name(text);
    if (!catalog_text_accept_operator(text, '.'))
        return name;
    const char *table = catalog_text_take_name(text);
    return strcmp(name, text->database) == 0 ? table : catalog_text_since(text, start);
}

static void read_foreign_key(struct catalog_table_text *from, const char *name)
{
    struct catalog_text *text = &from->text;
    size_t count;
    struct schema_object *key = mysql_engine_catalog_add_part(from, SCHEMA_FOREIGN_KEY, name);
    const char **columns = catalog_text_take_names(text, &count);
    catalog_set_list(from->catalog, key, ATTRIBUTE_COLUMNS, count, columns);
    catalog_text_accept(text, "REFERENCES");
    catalog_set(from->catalog, key, ATTRIBUTE_REFERENCES, take_referenced(text));
    columns = catalog_text_take_names(text, &count);
    catalog_set_list(from->catalog, key, ATTRIBUTE_REFERENCED_COLUMNS, count, columns);
    while (!mysql_engine_catalog_at_part_end(text)) {
        if (catalog_text_accept(text, "MATCH"))
            catalog_set(from->catalog, key, ATTRIBUTE_MATCH, catalog_text_take_raw(text));
        else if (!catalog_text_accept(text, "ON"))
            catalog_text_take(text);
        else if (catalog_text_accept(text, "DELETE"))
            catalog_set(from->catalog, key, ATTRIBUTE_ON_DELETE, take_action(text));
        else if (catalog_text_accept(text, "UPDATE"))
            catalog_set(from->catalog, key, ATTRIBUTE_ON_UPDATE, take_action(text));
    }
    key->made_up_name = is_numbered(name, from->table->name, "_ibfk_", false) ||
                        name[strspn(name, "0123456789")] == '\0'; /* MariaDB 12 numbers them */
}

static void read_check(struct catalog_table_text *from, const char *name)
{
    struct catalog_text *text = &from->text;
    struct schema_object *check = mysql_engine_catalog_add_part(from, SCHEMA_CHECK, name);
    catalog_set(from->catalog, check, ATTRIBUTE_EXPRESSION, catalog_text_take_parenthesized(text));
    if (catalog_text_accept(text, "NOT")) {
        catalog_text_accept(text, "ENFORCED");
        catalog_set_flag(from->catalog, check, ATTRIBUTE_NOT_ENFORCED, true);
    }
    check->made_up_name =
        is_numbered(name, "CONSTRAINT", "_", false) || is_numbered(name, from->table->name, "_chk_", false);
}

static bool read_constraint(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text, before = *text;
    const char *name = catalog_text_accept(text, "CONSTRAINT") ? catalog_text_take_name(text) : "";
    if (catalog_text_accept(text, "FOREIGN")) {
        catalog_text_accept(text, "KEY");
        read_foreign_key(from, name);
        return true;
    }
    if (catalog_text_accept(text, "CHECK")) {
        read_check(from, name);
        return true;
    }
    *text = before;
    return false;
}

static void add_period(struct catalog_table_text *from, const char *period)
{
    const struct schema_value *had = catalog_value(from->table, ATTRIBUTE_PERIODS);
    struct catalog_texts periods = {0};
    for (size_t i = 0; had && i < had->count; ++i)
        *vector_add(from->text.arena, &periods) = had->texts[i];
    *vector_add(from->text.arena, &periods) = period;
    mysql_engine_catalog_set_texts(from->catalog, from->table, ATTRIBUTE_PERIODS, &periods);
}

static bool read_period(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    if (!catalog_text_accept(text, "PERIOD"))
        return false;
    catalog_text_accept(text, "FOR");
    const char *start = text->token.text;
    catalog_text_take(text);
    catalog_text_pass(text);
    add_period(from, catalog_text_since(text, start));
    return true;
}

bool mysql_engine_catalog_read_table_part(struct catalog_table_text *from)
{
    static const struct {
        const char *word, *method;
        enum schema_kind kind;
    } keys[] = {
        {"PRIMARY", NULL, SCHEMA_PRIMARY_KEY},  {"UNIQUE", NULL, SCHEMA_UNIQUE},
        {"FULLTEXT", "FULLTEXT", SCHEMA_INDEX}, {"SPATIAL", "SPATIAL", SCHEMA_INDEX},
        {"VECTOR", "VECTOR", SCHEMA_INDEX},
    };
    struct catalog_text *text = &from->text;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; ++i)
        if (catalog_text_accept(text, keys[i].word)) {
            catalog_text_accept(text, "KEY");
            read_key(from, keys[i].kind, keys[i].method);
            return true;
        }
    if (catalog_text_accept(text, "KEY")) {
        read_key(from, SCHEMA_INDEX, NULL);
        return true;
    }
    return read_period(from) || read_constraint(from);
}
