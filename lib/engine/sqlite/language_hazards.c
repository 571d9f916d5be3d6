/* What may go wrong with the rows that are there, and the questions that find it out before. */
#include "base/str.h"
#include "engine/sqlite/definition.h"
#include "engine/sqlite/language.h"
#include "sql/words.h"

#include <string.h>
#include <strings.h>

/* What SQLite makes of a type: https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
enum affinity { AFFINITY_INTEGER, AFFINITY_TEXT, AFFINITY_BLOB, AFFINITY_REAL, AFFINITY_NUMERIC };

static bool has_word(const char *type, const char *capitals)
{
    size_t length = strlen(capitals);
    for (; strlen(type) >= length; ++type)
        if (word_equals(type, length, capitals))
            return true;
    return false;
}

static enum affinity affinity_of(const struct schema_object *column)
{
    const char *type = catalog_text(column, ATTRIBUTE_TYPE);
    if (!type)
        return AFFINITY_BLOB;
    if (has_word(type, "INT"))
        return AFFINITY_INTEGER;
    if (has_word(type, "CHAR") || has_word(type, "CLOB") || has_word(type, "TEXT"))
        return AFFINITY_TEXT;
    if (has_word(type, "BLOB"))
        return AFFINITY_BLOB;
    if (strcmp(type, "ANY") == 0 && catalog_value(column->parent, ATTRIBUTE_STRICT))
        return AFFINITY_BLOB;
    bool real = has_word(type, "REAL") || has_word(type, "FLOA") || has_word(type, "DOUB");
    return real ? AFFINITY_REAL : AFFINITY_NUMERIC;
}

/* '007' becomes 7, a large integer a real number that is near it: neither comes back. */
static bool loses_values(const struct schema_object *from, const struct schema_object *to)
{
    enum affinity before = affinity_of(from), after = affinity_of(to);
    if (before == after || after == AFFINITY_BLOB)
        return false;
    if (before == AFFINITY_INTEGER || before == AFFINITY_NUMERIC)
        return after == AFFINITY_REAL || (before == AFFINITY_NUMERIC && after == AFFINITY_TEXT);
    if (before == AFFINITY_REAL)
        return after == AFFINITY_TEXT;
    return true;
}

/* The table as the database has it before the plan. */
static void append_table(struct str *to, const struct schema_object *table)
{
    definition_name(to, table->name);
}

/* What it is generated from has to be as before as well; names in its text may lead in circles, so not for
 * ever. */
static bool is_as_before(const struct plan_rendering *rendering, const struct schema_object *column,
                         unsigned depth)
{
    enum { DEEPEST = 8 };
    const struct schema_object *from = diff_counterpart(rendering->diff, column);
    if (!from || strcmp(from->name, column->name) != 0 || affinity_of(from) != affinity_of(column) ||
        !catalog_same_text(from, column, ATTRIBUTE_COLLATION) ||
        !catalog_same_text(from, column, ATTRIBUTE_GENERATED))
        return false;
    for (size_t i = 0; i < column->need_count; ++i)
        if (depth == DEEPEST || !is_as_before(rendering, column->needs[i], depth + 1))
            return false;
    return true;
}

bool language_is_as_before(const struct plan_rendering *rendering, const struct schema_object *column)
{
    return is_as_before(rendering, column, 0);
}

static bool needs_are_as_before(const struct plan_rendering *rendering, const struct schema_object *object)
{
    for (size_t i = 0; i < object->need_count; ++i) {
        const struct schema_object *needed = object->needs[i];
        if (needed->kind == SCHEMA_COLUMN && needed->parent == object->parent &&
            !language_is_as_before(rendering, needed))
            return false;
    }
    return true;
}

static void add_check(struct plan_rendering *rendering, struct plan_statement *statement,
                      enum plan_hazard hazard, struct str *sql, const char *hint)
{
    plan_add_check(rendering, statement, hazard, str_text(sql), hint);
    str_free(sql);
}

static const struct schema_object *table_before(const struct plan_rendering *rendering,
                                                const struct schema_object *part)
{
    return diff_counterpart(rendering->diff, part->parent);
}

static void check_not_null(struct plan_rendering *rendering, struct plan_statement *statement,
                           const struct schema_object *column)
{
    struct str sql = STR_INIT;
    const struct schema_object *from = diff_counterpart(rendering->diff, column);
    statement->hazards |= PLAN_NOT_NULL;
    if (catalog_value(column, ATTRIBUTE_GENERATED) && !language_is_as_before(rendering, column))
        return;
    str_append(&sql, "SELECT count(*) FROM ");
    append_table(&sql, table_before(rendering, column));
    if (from) {
        str_append(&sql, " WHERE ");
        definition_name(&sql, from->name);
        str_append(&sql, " IS NULL");
        add_check(rendering, statement, PLAN_NOT_NULL, &sql, "give these rows a value first");
    } else {
        add_check(rendering, statement, PLAN_NOT_NULL, &sql,
                  "give the column a default, or add it without NOT NULL and fill it first");
    }
}

/* A column that is new and must have a value, but has none by default. */
static bool wants_value(const struct schema_object *column)
{
    return catalog_value(column, ATTRIBUTE_NOT_NULL) && !catalog_value(column, ATTRIBUTE_DEFAULT) &&
           !catalog_value(column, ATTRIBUTE_GENERATED);
}

static void add_column_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                               const struct diff_change *change)
{
    const struct schema_object *from = change->from, *to = change->to;
    if (change->action == DIFF_DROP)
        statement->hazards |= catalog_value(from, ATTRIBUTE_GENERATED) ? 0 : PLAN_DROP_COLUMN;
    if (change->action == DIFF_CREATE && wants_value(to) &&
        definition_rowid_column(rendering->diff->to, to->parent) != to)
        check_not_null(rendering, statement, to);
    if (change->action != DIFF_ALTER)
        return;
    if (catalog_value(to, ATTRIBUTE_NOT_NULL) && diff_has(change, ATTRIBUTE_NOT_NULL))
        check_not_null(rendering, statement, to);
    if (catalog_value(to, ATTRIBUTE_GENERATED) && !catalog_value(from, ATTRIBUTE_GENERATED))
        statement->hazards |= PLAN_DROP_COLUMN;
    if (!diff_has(change, ATTRIBUTE_TYPE))
        return;
    if (loses_values(from, to))
        statement->hazards |= PLAN_NARROW_TYPE;
    if (catalog_value(to->parent, ATTRIBUTE_STRICT) ||
        definition_rowid_column(rendering->diff->to, to->parent) == to)
        statement->hazards |= PLAN_CAST;
}

static const char *collation_of(const struct schema_object *key, size_t index, const struct catalog *catalog)
{
    const struct schema_value *collations = catalog_value(key, ATTRIBUTE_COLLATIONS);
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    const struct schema_object *column =
        catalog_find(catalog, SCHEMA_COLUMN, NULL, key->parent, columns->texts[index]);
    const char *own = column ? catalog_text(column, ATTRIBUTE_COLLATION) : NULL;
    if (collations && *collations->texts[index])
        return collations->texts[index];
    return own ? own : "BINARY";
}

static void append_key_column(struct str *to, const struct plan_rendering *rendering,
                              const struct schema_object *key, size_t index)
{
    const char *text = catalog_value(key, ATTRIBUTE_COLUMNS)->texts[index];
    if (*text == '(' && !catalog_find(rendering->diff->to, SCHEMA_COLUMN, NULL, key->parent, text))
        str_append(to, text);
    else
        definition_name(to, text);
}

/* A key of one column that is new: every row gets the default, and only one row may have it. */
static bool gets_one_value(const struct plan_rendering *rendering, const struct schema_object *key)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    if (!columns || columns->count != 1 || catalog_value(key, ATTRIBUTE_WHERE))
        return false;
    const struct schema_object *column =
        catalog_find(rendering->diff->to, SCHEMA_COLUMN, NULL, key->parent, columns->texts[0]);
    const char *value = column ? catalog_text(column, ATTRIBUTE_DEFAULT) : NULL;
    return value && !diff_counterpart(rendering->diff, column) && strcasecmp(value, "NULL") != 0 &&
           !strchr(value, '(');
}

static void check_one_row(struct plan_rendering *rendering, struct plan_statement *statement,
                          const struct schema_object *key)
{
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT CASE WHEN count(*) > 1 THEN count(*) ELSE 0 END FROM ");
    append_table(&sql, table_before(rendering, key));
    add_check(rendering, statement, PLAN_UNIQUE, &sql,
              "all rows would get the default: add the column without it and fill it first");
}

/* The rows of all groups of more than one; NULL is equal to nothing. */
static void check_unique(struct plan_rendering *rendering, struct plan_statement *statement,
                         const struct schema_object *key)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    const char *where = catalog_text(key, ATTRIBUTE_WHERE);
    struct str sql = STR_INIT;
    statement->hazards |= PLAN_UNIQUE;
    if (gets_one_value(rendering, key))
        check_one_row(rendering, statement, key);
    if (!columns || !needs_are_as_before(rendering, key))
        return;
    str_append(&sql, "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM ");
    append_table(&sql, table_before(rendering, key));
    for (size_t i = 0; i < columns->count; ++i) {
        str_append(&sql, i ? " AND " : " WHERE ");
        append_key_column(&sql, rendering, key, i);
        str_append(&sql, " IS NOT NULL");
    }
    if (where)
        str_printf(&sql, " AND (%s)", where);
    str_append(&sql, " GROUP BY ");
    for (size_t i = 0; i < columns->count; ++i) {
        str_append(&sql, i ? ", " : "");
        append_key_column(&sql, rendering, key, i);
        str_append(&sql, " COLLATE ");
        definition_name(&sql, collation_of(key, i, rendering->diff->to));
    }
    str_append(&sql, " HAVING count(*) > 1)");
    add_check(rendering, statement, PLAN_UNIQUE, &sql, "remove or change the rows that are there twice");
}

static void check_expression(struct plan_rendering *rendering, struct plan_statement *statement,
                             const struct schema_object *check)
{
    struct str sql = STR_INIT;
    statement->hazards |= PLAN_CHECK;
    if (!needs_are_as_before(rendering, check))
        return;
    str_append(&sql, "SELECT count(*) FROM ");
    append_table(&sql, table_before(rendering, check));
    str_printf(&sql, " WHERE NOT (%s)", catalog_text(check, ATTRIBUTE_EXPRESSION));
    add_check(rendering, statement, PLAN_CHECK, &sql, "change or delete the rows that violate the check");
}

static void append_joined(struct str *to, const struct schema_object *key, const char *format)
{
    const struct schema_value *own = catalog_value(key, ATTRIBUTE_COLUMNS);
    const struct schema_value *others = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    for (size_t i = 0; i < own->count; ++i) {
        if (strcmp(format, "not null") == 0) {
            str_append(to, i ? " AND c." : " WHERE c.");
            definition_name(to, own->texts[i]);
            str_append(to, " IS NOT NULL");
            continue;
        }
        str_append(to, i ? " AND p." : " WHERE p.");
        definition_name(to, others->texts[i]);
        str_append(to, " = +c."); /* without an affinity of its own: that of the key counts */
        definition_name(to, own->texts[i]);
    }
}

bool language_keeps_references(const struct diff_change *change)
{
    return change->action != DIFF_CREATE && !diff_has(change, ATTRIBUTE_COLUMNS) &&
           !diff_has(change, ATTRIBUTE_REFERENCES) && !diff_has(change, ATTRIBUTE_REFERENCED_COLUMNS);
}

/* Are the referenced columns there, as they will be? */
static bool parent_is_as_before(const struct plan_rendering *rendering, const struct schema_object *key,
                                const struct schema_object *parent)
{
    for (size_t i = 0; i < key->need_count; ++i)
        if (key->needs[i]->kind == SCHEMA_COLUMN && key->needs[i]->parent == parent &&
            !language_is_as_before(rendering, key->needs[i]))
            return false;
    return true;
}

static void check_foreign_key(struct plan_rendering *rendering, struct plan_statement *statement,
                              const struct schema_object *key)
{
    const struct schema_object *parent =
        catalog_find(rendering->diff->to, SCHEMA_TABLE, NULL, NULL, catalog_text(key, ATTRIBUTE_REFERENCES));
    const struct schema_object *before = parent ? diff_counterpart(rendering->diff, parent) : NULL;
    struct str sql = STR_INIT;
    statement->hazards |= PLAN_FOREIGN_KEY;
    if (!needs_are_as_before(rendering, key) || !catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS) ||
        (before && !parent_is_as_before(rendering, key, parent))) {
        language_frame_expect_orphans(rendering);
        return;
    }
    str_append(&sql, "SELECT count(*) FROM ");
    append_table(&sql, table_before(rendering, key));
    str_append(&sql, " AS c");
    append_joined(&sql, key, "not null");
    if (before) {
        str_append(&sql, " AND NOT EXISTS (SELECT 1 FROM ");
        append_table(&sql, before);
        str_append(&sql, " AS p");
        append_joined(&sql, key, "equal");
        str_append_char(&sql, ')');
    }
    add_check(rendering, statement, PLAN_FOREIGN_KEY, &sql,
              "add the rows that are referred to, or change or delete those that refer to nothing");
}

/* Columns of a primary key of a table WITHOUT ROWID are never NULL. */
static void check_without_rowid(struct plan_rendering *rendering, struct plan_statement *statement,
                                const struct schema_object *table)
{
    const struct schema_object *key = definition_primary_key(table);
    const struct schema_value *columns = key ? catalog_value(key, ATTRIBUTE_COLUMNS) : NULL;
    for (size_t i = 0; columns && i < columns->count; ++i) {
        const struct schema_object *column =
            catalog_find(rendering->diff->to, SCHEMA_COLUMN, NULL, table, columns->texts[i]);
        bool new_with_value =
            column && !diff_counterpart(rendering->diff, column) && catalog_value(column, ATTRIBUTE_DEFAULT);
        if (column && !new_with_value && !catalog_value(column, ATTRIBUTE_NOT_NULL))
            check_not_null(rendering, statement, column);
    }
}

/* A key that is the rowid takes integers only. */
static void add_key_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                            const struct schema_object *key)
{
    check_unique(rendering, statement, key);
    if (key->kind != SCHEMA_PRIMARY_KEY)
        return;
    const struct schema_object *rowid = definition_rowid_column(rendering->diff->to, key->parent);
    if (rowid && diff_counterpart(rendering->diff, rowid))
        statement->hazards |= PLAN_CAST;
    if (catalog_value(key->parent, ATTRIBUTE_WITHOUT_ROWID))
        check_without_rowid(rendering, statement, key->parent);
}

/* Keys that stay, but whose columns do not: values that were different may become equal. */
void language_add_restored_key_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                                       const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_object *key = table->parts[i];
        bool unique = key->kind == SCHEMA_PRIMARY_KEY || key->kind == SCHEMA_UNIQUE;
        if (unique && !diff_find(rendering->diff, key) && !needs_are_as_before(rendering, key))
            statement->hazards |= PLAN_UNIQUE;
    }
}

static void add_table_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                              const struct diff_change *change)
{
    if (diff_has(change, ATTRIBUTE_STRICT) && catalog_value(change->to, ATTRIBUTE_STRICT))
        statement->hazards |= PLAN_CAST;
    if (diff_has(change, ATTRIBUTE_WITHOUT_ROWID) && catalog_value(change->to, ATTRIBUTE_WITHOUT_ROWID))
        check_without_rowid(rendering, statement, change->to);
}

void language_add_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                          const struct diff_change *change)
{
    const struct schema_object *object = change->to ? change->to : change->from;
    bool comes = change->action == DIFF_CREATE || change->action == DIFF_ALTER;
    if (object->kind == SCHEMA_COLUMN)
        add_column_hazards(rendering, statement, change);
    else if (object->kind == SCHEMA_TABLE)
        add_table_hazards(rendering, statement, change);
    else if (comes && (object->kind == SCHEMA_PRIMARY_KEY || object->kind == SCHEMA_UNIQUE))
        add_key_hazards(rendering, statement, object);
    else if (comes && object->kind == SCHEMA_CHECK)
        check_expression(rendering, statement, object);
    else if (comes && object->kind == SCHEMA_FOREIGN_KEY && !language_keeps_references(change))
        check_foreign_key(rendering, statement, object);
}

void language_add_index_hazards(struct plan_rendering *rendering, struct plan_statement *statement,
                                const struct schema_object *index)
{
    bool restored = diff_counterpart(rendering->diff, index) && !diff_find(rendering->diff, index);
    if (!catalog_value(index, ATTRIBUTE_UNIQUE) || (restored && needs_are_as_before(rendering, index)))
        return;
    check_unique(rendering, statement, index);
}
