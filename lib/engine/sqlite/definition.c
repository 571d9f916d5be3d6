#include "engine/sqlite/definition.h"

#include "sql/quote.h"
#include "sql/words.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool definition_is_whole(const struct schema_object *object)
{
    const char *text = catalog_text(object, ATTRIBUTE_DEFINITION);
    if (!text)
        return false;
    return object->kind == SCHEMA_TABLE || object->kind == SCHEMA_VIRTUAL_TABLE ||
           object->kind == SCHEMA_INDEX || word_equals(text, strcspn(text, " \t\r\n/-("), "CREATE");
}

void definition_name(struct str *to, const char *name)
{
    sql_quote_identifier(to, SQL_SQLITE, name);
}

void definition_names(struct str *to, size_t count, const char *const *names)
{
    for (size_t i = 0; i < count; ++i) {
        str_append(to, i ? ", " : "");
        definition_name(to, names[i]);
    }
}

static void append_name_list(struct str *to, const struct schema_value *value)
{
    str_append_char(to, '(');
    definition_names(to, value->count, value->texts);
    str_append_char(to, ')');
}

static const char *list_item(const struct schema_object *object, enum schema_attribute attribute,
                             size_t index)
{
    const struct schema_value *value = catalog_value(object, attribute);
    return value && index < value->count ? value->texts[index] : "";
}

/* Those of SQLite are words; others may have any name. */
static void append_collation(struct str *to, const char *name)
{
    if (strcmp(name, "BINARY") == 0 || strcmp(name, "NOCASE") == 0 || strcmp(name, "RTRIM") == 0)
        str_append(to, name);
    else
        definition_name(to, name);
}

/* A word at the end could be taken for the order, and a collation for part of the expression. */
static bool needs_parentheses(const char *expression, const char *collation)
{
    static const char *const orders[] = {"ASC)", "DESC)", "FIRST)", "LAST)"};
    size_t length = strlen(expression);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; ++i)
        if (length >= strlen(orders[i]) &&
            word_equals(expression + length - strlen(orders[i]), strlen(orders[i]), orders[i]))
            return true;
    return *collation != '\0';
}

/* A name, or an expression in parentheses. */
static void append_key_column(struct str *to, const struct catalog *catalog, const struct schema_object *key,
                              size_t index)
{
    const char *text = list_item(key, ATTRIBUTE_COLUMNS, index);
    const char *collation = list_item(key, ATTRIBUTE_COLLATIONS, index);
    if (*text != '(' || catalog_find(catalog, SCHEMA_COLUMN, NULL, key->parent, text))
        definition_name(to, text);
    else if (needs_parentheses(text, collation))
        str_append(to, text);
    else
        str_append_n(to, text + 1, strlen(text) - 2);
    if (*collation) {
        str_append(to, " COLLATE ");
        append_collation(to, collation);
    }
    if (*list_item(key, ATTRIBUTE_ORDERS, index))
        str_append(to, " DESC");
}

static void append_key_columns(struct str *to, const struct catalog *catalog, const struct schema_object *key,
                               bool auto_increment)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    str_append_char(to, '(');
    for (size_t i = 0; columns && i < columns->count; ++i) {
        str_append(to, i ? ", " : "");
        append_key_column(to, catalog, key, i);
    }
    str_append(to, auto_increment ? " AUTOINCREMENT)" : ")");
}

/* Values of attributes are words of SQL in small letters. */
static void append_words(struct str *to, const char *before, const char *words)
{
    if (!words)
        return;
    str_append(to, before);
    for (const char *c = words; *c; ++c)
        str_append_char(to, word_capital(*c));
}

static void append_conflict(struct str *to, const struct schema_object *object)
{
    append_words(to, " ON CONFLICT ", catalog_text(object, ATTRIBUTE_ON_CONFLICT));
}

/* `rest` of the options CONSTRAINT "name" rest; NULL: it is no such option. */
static const char *rest_of_option(const char *option)
{
    const char *end = strrchr(option, '"');
    if (strncmp(option, "CONSTRAINT ", strlen("CONSTRAINT ")) != 0 || !end)
        return NULL;
    return end[1] == ' ' ? end + 2 : end + 1;
}

static bool has_kept_name(const struct schema_object *object)
{
    const struct schema_value *options = catalog_value(object, ATTRIBUTE_OPTIONS);
    return options && rest_of_option(options->texts[0]) != NULL;
}

/* The name that was given to what needs none, with CONSTRAINT before it. */
static bool append_kept_name(struct str *to, const struct schema_object *object, const char *rest)
{
    const struct schema_value *options = catalog_value(object, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i) {
        const char *found = rest_of_option(options->texts[i]);
        if (!found || strcmp(found, rest) != 0)
            continue;
        str_append_char(to, ' ');
        str_append_n(to, options->texts[i],
                     (size_t)(strrchr(options->texts[i], '"') + 1 - options->texts[i]));
        return true;
    }
    return false;
}

static void append_references(struct str *to, const struct schema_object *key)
{
    const char *match = catalog_text(key, ATTRIBUTE_MATCH);
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    const struct schema_value *options = catalog_value(key, ATTRIBUTE_OPTIONS);
    str_append(to, " REFERENCES ");
    definition_name(to, catalog_text(key, ATTRIBUTE_REFERENCES));
    if (columns) {
        str_append_char(to, ' ');
        append_name_list(to, columns);
    }
    append_words(to, " ON DELETE ", catalog_text(key, ATTRIBUTE_ON_DELETE));
    append_words(to, " ON UPDATE ", catalog_text(key, ATTRIBUTE_ON_UPDATE));
    for (size_t i = 0; options && i < options->count; ++i)
        if (!rest_of_option(options->texts[i]))
            str_printf(to, " %s", options->texts[i]);
    if (match) {
        str_append(to, " MATCH ");
        definition_name(to, match);
    }
    const char *deferrable = catalog_text(key, ATTRIBUTE_DEFERRABLE);
    if (deferrable)
        str_append(to,
                   strcmp(deferrable, "deferrable") == 0 ? " DEFERRABLE" : " DEFERRABLE INITIALLY DEFERRED");
}

static void append_constraint_name(struct str *to, const struct schema_object *constraint)
{
    if (constraint->made_up_name) {
        append_kept_name(to, constraint, "");
        return;
    }
    str_append(to, " CONSTRAINT ");
    definition_name(to, constraint->name);
}

static bool is_auto_increment(const struct catalog *catalog, const struct schema_object *key)
{
    const char *name = list_item(key, ATTRIBUTE_COLUMNS, 0);
    const struct schema_object *column = catalog_find(catalog, SCHEMA_COLUMN, NULL, key->parent, name);
    return column && catalog_value(column, ATTRIBUTE_AUTO_INCREMENT);
}

static void append_column_constraint(struct str *to, const struct catalog *catalog,
                                     const struct schema_object *constraint)
{
    append_constraint_name(to, constraint);
    switch (constraint->kind) {
    case SCHEMA_PRIMARY_KEY:
        str_append(to, *list_item(constraint, ATTRIBUTE_ORDERS, 0) ? " PRIMARY KEY DESC" : " PRIMARY KEY");
        append_conflict(to, constraint);
        str_append(to, is_auto_increment(catalog, constraint) ? " AUTOINCREMENT" : "");
        break;
    case SCHEMA_UNIQUE:
        str_append(to, " UNIQUE");
        append_conflict(to, constraint);
        break;
    case SCHEMA_CHECK:
        str_printf(to, " CHECK (%s)", catalog_text(constraint, ATTRIBUTE_EXPRESSION));
        break;
    default:
        append_references(to, constraint);
    }
}

static void append_not_null(struct str *to, const struct schema_object *column)
{
    bool named = append_kept_name(to, column, "NOT NULL");
    if (catalog_value(column, ATTRIBUTE_NOT_NULL)) {
        str_append(to, " NOT NULL");
        append_conflict(to, column);
    } else if (named || append_kept_name(to, column, "NULL")) {
        str_append(to, " NULL");
    }
}

static void append_default_and_collation(struct str *to, const struct schema_object *column)
{
    const char *value = catalog_text(column, ATTRIBUTE_DEFAULT);
    const char *collation = catalog_text(column, ATTRIBUTE_COLLATION);
    if (append_kept_name(to, column, "DEFAULT") || value)
        str_printf(to, " DEFAULT %s", value ? value : "NULL");
    if (append_kept_name(to, column, "COLLATE") || collation) {
        str_append(to, " COLLATE ");
        append_collation(to, collation ? collation : "BINARY");
    }
}

static void append_generated(struct str *to, const struct schema_object *column)
{
    const char *generated = catalog_text(column, ATTRIBUTE_GENERATED);
    if (!generated)
        return;
    append_kept_name(to, column, "AS");
    str_printf(to, " AS (%s)%s", generated, catalog_value(column, ATTRIBUTE_STORED) ? " STORED" : "");
}

void definition_column(struct str *to, const struct catalog *catalog, const struct schema_object *column,
                       struct schema_object *const *constraints, size_t count)
{
    const char *type = catalog_text(column, ATTRIBUTE_TYPE);
    definition_name(to, column->name);
    if (type)
        str_printf(to, " %s", type);
    for (size_t i = 0; i < count; ++i)
        if (constraints[i]->kind == SCHEMA_PRIMARY_KEY)
            append_column_constraint(to, catalog, constraints[i]);
    append_not_null(to, column);
    append_default_and_collation(to, column);
    for (size_t i = 0; i < count; ++i)
        if (constraints[i]->kind != SCHEMA_PRIMARY_KEY)
            append_column_constraint(to, catalog, constraints[i]);
    append_generated(to, column);
    append_kept_name(to, column, "");
}

static void append_table_constraint(struct str *to, const struct catalog *catalog,
                                    const struct schema_object *constraint)
{
    size_t start = to->length;
    append_constraint_name(to, constraint);
    switch (constraint->kind) {
    case SCHEMA_PRIMARY_KEY:
        str_append(to, " PRIMARY KEY ");
        append_key_columns(to, catalog, constraint, is_auto_increment(catalog, constraint));
        append_conflict(to, constraint);
        break;
    case SCHEMA_UNIQUE:
        str_append(to, " UNIQUE ");
        append_key_columns(to, catalog, constraint, false);
        append_conflict(to, constraint);
        break;
    case SCHEMA_CHECK:
        str_printf(to, " CHECK (%s)", catalog_text(constraint, ATTRIBUTE_EXPRESSION));
        append_conflict(to, constraint);
        break;
    default:
        str_append(to, " FOREIGN KEY ");
        append_name_list(to, catalog_value(constraint, ATTRIBUTE_COLUMNS));
        append_references(to, constraint);
    }
    memmove(to->data + start, to->data + start + 1, to->length - start); /* the blank before the first word */
    --to->length;
}

/* The column that the constraint needs, when it is one of its own table and the only one. */
static const struct schema_object *only_column(const struct schema_object *constraint)
{
    const struct schema_object *only = NULL;
    for (size_t i = 0; i < constraint->need_count; ++i) {
        const struct schema_object *needed = constraint->needs[i];
        if (needed->kind != SCHEMA_COLUMN || needed->parent != constraint->parent)
            continue;
        if (only)
            return NULL;
        only = needed;
    }
    return only;
}

static bool is_not_the_rowid(const struct schema_object *key)
{
    return strcmp(list_item(key, ATTRIBUTE_OPTIONS, 0), "not the rowid") == 0;
}

const struct schema_object *definition_home(const struct catalog *catalog,
                                            const struct schema_object *constraint)
{
    const struct schema_value *columns = catalog_value(constraint, ATTRIBUTE_COLUMNS);
    bool apart = !constraint->made_up_name || has_kept_name(constraint) ||
                 catalog_value(constraint, ATTRIBUTE_COLLATIONS) || (columns && columns->count != 1);
    if (constraint->kind == SCHEMA_CHECK)
        return apart || catalog_value(constraint, ATTRIBUTE_ON_CONFLICT) ? NULL : only_column(constraint);
    if (constraint->kind == SCHEMA_UNIQUE)
        apart = apart || catalog_value(constraint, ATTRIBUTE_ORDERS);
    if (constraint->kind == SCHEMA_PRIMARY_KEY && is_not_the_rowid(constraint))
        apart = false;
    return apart || !columns
               ? NULL
               : catalog_find(catalog, SCHEMA_COLUMN, NULL, constraint->parent, columns->texts[0]);
}

bool definition_is_constraint(const struct schema_object *part)
{
    return part->kind == SCHEMA_PRIMARY_KEY || part->kind == SCHEMA_UNIQUE || part->kind == SCHEMA_CHECK ||
           part->kind == SCHEMA_FOREIGN_KEY;
}

/* The constraints by the column that they are written with, in the order of the columns; those of the table
 * last. */
struct written {
    const struct schema_object *home;
    struct schema_object *constraint;
};

static int compare_written(const void *left, const void *right)
{
    const struct written *a = left, *b = right;
    unsigned first = a->home ? a->home->position : UINT_MAX, second = b->home ? b->home->position : UINT_MAX;
    if (first != second)
        return first < second ? -1 : 1;
    if (a->constraint->kind != b->constraint->kind)
        return a->constraint->kind < b->constraint->kind ? -1 : 1;
    return strcmp(a->constraint->name, b->constraint->name);
}

static struct written *written_constraints(struct arena *arena, const struct catalog *catalog,
                                           const struct schema_object *table, size_t *ret_count)
{
    struct written *all = arena_alloc(arena, (table->part_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < table->part_count; ++i)
        if (definition_is_constraint(table->parts[i]))
            all[count++] = (struct written){definition_home(catalog, table->parts[i]), table->parts[i]};
    if (count)
        qsort(all, count, sizeof *all, compare_written);
    *ret_count = count;
    return all;
}

static void append_columns(struct str *to, struct arena *arena, const struct catalog *catalog,
                           const struct schema_object *table)
{
    size_t count, next = 0;
    const char *between = "\n    ";
    struct written *written = written_constraints(arena, catalog, table, &count);
    struct schema_object **constraints = arena_alloc(arena, (count + 1) * sizeof *constraints);
    for (size_t i = 0; i < count; ++i)
        constraints[i] = written[i].constraint;
    for (size_t i = 0; i < table->part_count; ++i) {
        if (table->parts[i]->kind != SCHEMA_COLUMN)
            continue;
        size_t first = next;
        while (next < count && written[next].home == table->parts[i])
            ++next;
        str_append(to, between);
        definition_column(to, catalog, table->parts[i], constraints + first, next - first);
        between = ",\n    ";
    }
    for (; next < count; ++next) {
        str_append(to, between);
        append_table_constraint(to, catalog, constraints[next]);
    }
}

void definition_table(struct str *to, const struct catalog *catalog, const struct schema_object *table,
                      const char *name)
{
    const struct schema_value *options = catalog_value(table, ATTRIBUTE_OPTIONS);
    bool strict = catalog_value(table, ATTRIBUTE_STRICT) != NULL;
    struct arena *arena = arena_new();
    str_append(to, "CREATE TABLE ");
    definition_name(to, name);
    str_append(to, " (");
    append_columns(to, arena, catalog, table);
    for (size_t i = 0; options && i < options->count; ++i)
        str_printf(to, ",\n    %s", options->texts[i]);
    str_append(to, "\n)");
    str_append(to, strict ? " STRICT" : "");
    if (catalog_value(table, ATTRIBUTE_WITHOUT_ROWID))
        str_append(to, strict ? ", WITHOUT ROWID" : " WITHOUT ROWID");
    arena_free(arena);
}

static void append_index(struct str *to, const struct catalog *catalog, const struct schema_object *index)
{
    const char *where = catalog_text(index, ATTRIBUTE_WHERE);
    str_append(to, catalog_value(index, ATTRIBUTE_UNIQUE) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    definition_name(to, index->name);
    str_append(to, " ON ");
    definition_name(to, index->parent->name);
    str_append_char(to, ' ');
    append_key_columns(to, catalog, index, false);
    if (where)
        str_printf(to, " WHERE %s", where);
}

static void append_view(struct str *to, const struct schema_object *view)
{
    const struct schema_value *columns = catalog_value(view, ATTRIBUTE_COLUMNS);
    str_append(to, "CREATE VIEW ");
    definition_name(to, view->name);
    str_append_char(to, ' ');
    if (columns) {
        append_name_list(to, columns);
        str_append_char(to, ' ');
    }
    str_printf(to, "AS %s", catalog_text(view, ATTRIBUTE_DEFINITION));
}

static void append_trigger(struct str *to, const struct schema_object *trigger)
{
    const struct schema_value *columns = catalog_value(trigger, ATTRIBUTE_COLUMNS);
    const char *when = catalog_text(trigger, ATTRIBUTE_WHEN);
    str_append(to, "CREATE TRIGGER ");
    definition_name(to, trigger->name);
    append_words(to, " ", catalog_text(trigger, ATTRIBUTE_TIMING));
    append_words(to, " ", catalog_text(trigger, ATTRIBUTE_EVENTS));
    if (columns) {
        str_append(to, " OF ");
        definition_names(to, columns->count, columns->texts);
    }
    str_append(to, " ON ");
    definition_name(to, trigger->parent->name);
    if (when)
        str_printf(to, " WHEN %s", when);
    str_printf(to, " %s", catalog_text(trigger, ATTRIBUTE_DEFINITION));
}

static bool is_plain_word(const char *text)
{
    for (const char *c = text; *c; ++c)
        if (!(*c >= 'a' && *c <= 'z') && !(c > text && *c >= '0' && *c <= '9') && *c != '_')
            return false;
    return *text != '\0';
}

static void append_virtual_table(struct str *to, const struct schema_object *table)
{
    const struct schema_value *arguments = catalog_value(table, ATTRIBUTE_ARGUMENTS);
    const char *module = catalog_text(table, ATTRIBUTE_USING);
    str_append(to, "CREATE VIRTUAL TABLE ");
    definition_name(to, table->name);
    str_append(to, " USING ");
    if (is_plain_word(module))
        str_append(to, module);
    else
        definition_name(to, module);
    for (size_t i = 0; arguments && i < arguments->count; ++i)
        str_printf(to, "%s%s", i ? ", " : "(", arguments->texts[i]);
    str_append(to, arguments ? ")" : "");
}

void definition_object(struct str *to, const struct catalog *catalog, const struct schema_object *object)
{
    if (definition_is_whole(object)) {
        str_append(to, catalog_text(object, ATTRIBUTE_DEFINITION));
        return;
    }
    switch (object->kind) {
    case SCHEMA_TABLE:
        definition_table(to, catalog, object, object->name);
        break;
    case SCHEMA_VIRTUAL_TABLE:
        append_virtual_table(to, object);
        break;
    case SCHEMA_VIEW:
        append_view(to, object);
        break;
    case SCHEMA_INDEX:
        append_index(to, catalog, object);
        break;
    default:
        append_trigger(to, object);
    }
}

const struct schema_object *definition_primary_key(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_PRIMARY_KEY)
            return table->parts[i];
    return NULL;
}

const struct schema_object *definition_rowid_column(const struct catalog *catalog,
                                                    const struct schema_object *table)
{
    const struct schema_object *key = definition_primary_key(table);
    const struct schema_value *columns = key ? catalog_value(key, ATTRIBUTE_COLUMNS) : NULL;
    if (!columns || columns->count != 1 || is_not_the_rowid(key) ||
        catalog_value(table, ATTRIBUTE_WITHOUT_ROWID))
        return NULL;
    const struct schema_object *column = catalog_find(catalog, SCHEMA_COLUMN, NULL, table, columns->texts[0]);
    const char *type = column ? catalog_text(column, ATTRIBUTE_TYPE) : NULL;
    return type && strcmp(type, "INTEGER") == 0 ? column : NULL;
}
