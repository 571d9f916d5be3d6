/* Composite types, and what becomes of values when they, or domains, are replaced. A field is its name,
 * quoted where need be, a blank, and its type. */
#include "engine/postgres/language.h"

#include "base/error.h"

#include <string.h>

static bool create_composite(struct plan_rendering *rendering, const struct schema_object *type,
                             dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *fields = catalog_value(type, ATTRIBUTE_FIELDS);
    (void)error;
    str_append(&text, "CREATE TYPE ");
    text_object(&text, type);
    str_append(&text, " AS (");
    for (size_t i = 0; fields && i < fields->count; ++i)
        str_printf(&text, "%s%s", i ? ", " : "", fields->texts[i]);
    str_append_char(&text, ')');
    add_text(rendering, 0, &text);
    return true;
}

static size_t field_name_length(const char *field)
{
    if (*field != '"')
        return strcspn(field, " ");
    size_t length = 1;
    while (field[length] && (field[length] != '"' || field[length + 1] == '"'))
        length += field[length] == '"' ? 2 : 1;
    return length + 1;
}

/* The field of the same name; NULL: none. */
static const char *find_field(const struct schema_value *fields, const char *wanted)
{
    size_t length = field_name_length(wanted);
    for (size_t i = 0; fields && i < fields->count; ++i)
        if (field_name_length(fields->texts[i]) == length && strncmp(fields->texts[i], wanted, length) == 0)
            return fields->texts[i];
    return NULL;
}

/* In place, fields that stay keep their order and new ones come behind them. */
static bool keeps_order(const struct schema_value *old, const struct schema_value *new)
{
    size_t place = 0;
    for (size_t i = 0; old && i < old->count; ++i) {
        if (!find_field(new, old->texts[i]))
            continue;
        if (find_field(new, old->texts[i]) != new->texts[place++])
            return false;
    }
    return true;
}

bool has_type(const struct schema_object *object, const struct schema_object *type, unsigned depth)
{
    for (size_t i = 0; depth && i < object->need_count; ++i)
        if (object->needs[i] == type ||
            (is_type(object->needs[i]->kind) && has_type(object->needs[i], type, depth - 1)))
            return true;
    return false;
}

static unsigned narrowed(struct arena *arena, const char *from, const char *to)
{
    return strcmp(from, to) == 0 ? 0 : type_change_of(arena, from, to).hazards & PLAN_NARROW_TYPE;
}

/* What values lose whose fields change. */
static unsigned fields_losses(struct arena *arena, const struct diff_change *change)
{
    const struct schema_value *old = catalog_value(change->from, ATTRIBUTE_FIELDS);
    const struct schema_value *new = catalog_value(change->to, ATTRIBUTE_FIELDS);
    unsigned losses = 0;
    for (size_t i = 0; old && i < old->count; ++i) {
        const char *field = old->texts[i], *other = find_field(new, field);
        size_t name = field_name_length(field) + 1;
        losses |= other ? narrowed(arena, field + name, other + name) : PLAN_DROP_COLUMN;
    }
    return losses;
}

static unsigned losses_below(const struct plan_rendering *rendering, const struct schema_object *object,
                             unsigned depth)
{
    unsigned losses = 0;
    for (size_t i = 0; depth && i < object->need_count; ++i) {
        const struct schema_object *type = object->needs[i];
        const struct diff_change *change = is_type(type->kind) ? diff_find(rendering->diff, type) : NULL;
        if (is_type(type->kind))
            losses |= losses_below(rendering, type, depth - 1);
        if (type->kind == SCHEMA_DOMAIN && changes(change, ATTRIBUTE_TYPE))
            losses |= narrowed(rendering->arena, catalog_text(change->from, ATTRIBUTE_TYPE),
                               catalog_text(change->to, ATTRIBUTE_TYPE));
        if (type->kind == SCHEMA_COMPOSITE_TYPE && changes(change, ATTRIBUTE_FIELDS))
            losses |= fields_losses(rendering->arena, change);
    }
    return losses;
}

unsigned replaced_type_losses(const struct plan_rendering *rendering, const struct schema_object *column)
{
    return losses_below(rendering, column, NESTED_TYPES);
}

/* Do texts of the old type mean the same when the new one reads them, its fields' types aside? */
static bool has_same_places(const struct schema_value *old, const struct schema_value *new)
{
    size_t count = old ? old->count : 0;
    if (count != (new ? new->count : 0))
        return false;
    for (size_t i = 0; i < count; ++i)
        if (find_field(new, old->texts[i]) != new->texts[i])
            return false;
    return true;
}

static bool moves_fields(const struct diff_change *change)
{
    return changes(change, ATTRIBUTE_FIELDS) &&
           !has_same_places(catalog_value(change->from, ATTRIBUTE_FIELDS),
                            catalog_value(change->to, ATTRIBUTE_FIELDS));
}

/* The type in what the object needs whose fields change places; NULL: there is none. */
static const struct diff_change *moving_type(const struct plan_rendering *rendering,
                                             const struct schema_object *object, unsigned depth)
{
    for (size_t i = 0; depth && i < object->need_count; ++i) {
        const struct schema_object *type = object->needs[i];
        if (!is_type(type->kind))
            continue;
        const struct diff_change *change = diff_find(rendering->diff, type);
        if (type->kind != SCHEMA_COMPOSITE_TYPE || !moves_fields(change))
            change = moving_type(rendering, type, depth - 1);
        if (change)
            return change;
    }
    return NULL;
}

/* And not one of an array, a domain or another type of it? */
static bool is_of_type(const struct schema_object *column, const struct schema_object *type)
{
    return has_type(column, type, 1) && !strstr(catalog_text(column, ATTRIBUTE_TYPE), "[]");
}

bool replaced_type_is_possible(const struct plan_rendering *rendering, const struct schema_object *column,
                               dun_error *error)
{
    const struct diff_change *change = moving_type(rendering, column, NESTED_TYPES);
    if (!change || is_of_type(column, change->from))
        return true;
    error_set(error, DUN_FAILED,
              "the fields of type %s change places, and column %s.%s has values of it in %s",
              object_text(rendering, change->from), object_text(rendering, column->parent),
              name_text(rendering, column->name), catalog_text(column, ATTRIBUTE_TYPE));
    error_hint(error, "keep the order of the fields and add new ones behind them, or add a column of the new "
                      "type, copy the values in a migration of your own, and drop the old column");
    return false;
}

/* Each field at the place that it has in the new type, where others will have no value. */
void text_replaced_value(const struct plan_rendering *rendering, struct str *to,
                         const struct schema_object *column)
{
    const struct diff_change *change = moving_type(rendering, column, NESTED_TYPES);
    const char *name = name_text(rendering, column->name);
    if (!change) {
        str_append(to, name);
        return;
    }
    const struct schema_value *old = catalog_value(change->from, ATTRIBUTE_FIELDS),
                              *new = catalog_value(change->to, ATTRIBUTE_FIELDS);
    str_printf(to, "(CASE WHEN %s IS DISTINCT FROM NULL THEN ROW(", name);
    for (size_t i = 0; new &&i < new->count; ++i) {
        const char *field = find_field(old, new->texts[i]);
        str_append(to, i ? ", " : "");
        if (field)
            str_printf(to, "(%s).%.*s", name, (int)field_name_length(field), field);
        else
            str_append(to, "NULL");
    }
    str_append(to, ") END)");
}

/* The type of a field that is used by a column cannot be changed at all. */
static enum plan_means composite_means(const struct diff_change *change)
{
    const struct schema_value *old = catalog_value(change->from, ATTRIBUTE_FIELDS);
    const struct schema_value *new = catalog_value(change->to, ATTRIBUTE_FIELDS);
    for (size_t i = 0; old && i < old->count; ++i) {
        const char *other = find_field(new, old->texts[i]);
        if (other && strcmp(other, old->texts[i]) != 0)
            return PLAN_REPLACE;
    }
    return keeps_order(old, new) ? PLAN_IN_PLACE : PLAN_REPLACE;
}

/* Does a table have values of the type, be it in another type? */
static bool is_stored(const struct plan_rendering *rendering, const struct schema_object *type)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(rendering->diff->from, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind == SCHEMA_COLUMN && objects[i]->parent->kind == SCHEMA_TABLE &&
            has_type(objects[i], type, NESTED_TYPES))
            return true;
    return false;
}

static void begin_clause(struct str *to, bool *first)
{
    str_append(to, *first ? " " : ", ");
    *first = false;
}

static void alter_composite(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_value *old = catalog_value(change->from, ATTRIBUTE_FIELDS);
    const struct schema_value *new = catalog_value(change->to, ATTRIBUTE_FIELDS);
    struct str text = STR_INIT;
    bool first = true;
    str_printf(&text, "ALTER TYPE %s", object_text(rendering, change->to));
    for (size_t i = 0; old && i < old->count; ++i)
        if (!find_field(new, old->texts[i])) {
            begin_clause(&text, &first);
            str_append(&text, "DROP ATTRIBUTE ");
            str_append_n(&text, old->texts[i], field_name_length(old->texts[i]));
        }
    for (size_t i = 0; new &&i < new->count; ++i)
        if (!find_field(old, new->texts[i])) {
            begin_clause(&text, &first);
            str_printf(&text, "ADD ATTRIBUTE %s", new->texts[i]);
        }
    unsigned lost = fields_losses(rendering->arena, change) & PLAN_DROP_COLUMN;
    if (!first)
        add_text(rendering, lost && is_stored(rendering, change->from) ? lost : 0, &text);
    str_free(&text);
}

const struct kind_writer composite_writer = {
    .create = create_composite, .alter = alter_composite, .means = composite_means};
