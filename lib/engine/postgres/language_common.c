/* What objects of all kinds have: a comment, an owner, a name, an end. */
#include "engine/postgres/language.h"

#include <string.h>

static bool is_named_on_its_table(enum schema_kind kind)
{
    return is_constraint(kind) || kind == SCHEMA_TRIGGER || kind == SCHEMA_RULE || kind == SCHEMA_POLICY;
}

/* "CONSTRAINT name ON table", "COLUMN table.name", "VIEW schema.name": what COMMENT ON and DROP take. */
static void append_target(struct str *to, const struct schema_object *object)
{
    str_printf(to, "%s ", kind_keyword(object->kind));
    if (object->kind == SCHEMA_COLUMN) {
        text_object(to, object->parent);
        str_append_char(to, '.');
        text_name(to, object->name);
        return;
    }
    text_object(to, object);
    if (!is_named_on_its_table(object->kind))
        return;
    str_append(to, object->parent->kind == SCHEMA_DOMAIN ? " ON DOMAIN " : " ON ");
    text_object(to, object->parent);
}

void write_comment(struct plan_rendering *rendering, const struct schema_object *object)
{
    struct str text = STR_INIT;
    const char *comment = catalog_text(object, ATTRIBUTE_COMMENT);
    str_append(&text, "COMMENT ON ");
    append_target(&text, object);
    str_append(&text, " IS ");
    if (comment)
        text_literal(&text, comment);
    else
        str_append(&text, "NULL");
    add_text(rendering, 0, &text);
}

void write_owner(struct plan_rendering *rendering, const struct schema_object *object)
{
    struct str text = STR_INIT;
    if (!is_set(object, ATTRIBUTE_OWNER))
        return;
    str_append(&text, "ALTER ");
    append_target(&text, object);
    str_append(&text, " OWNER TO ");
    text_name(&text, catalog_text(object, ATTRIBUTE_OWNER));
    add_text(rendering, 0, &text)->access = rendering->options->keeps_owners;
}

void write_comment_and_owner(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (changes(change, ATTRIBUTE_OWNER))
        write_owner(rendering, change->to);
    if (changes(change, ATTRIBUTE_COMMENT))
        write_comment(rendering, change->to);
}

/* Columns and constraints go by a clause of what they are part of. */
static void append_drop(struct str *text, const struct schema_object *object)
{
    bool column = object->kind == SCHEMA_COLUMN;
    if (!column && !is_constraint(object->kind)) {
        str_append(text, "DROP ");
        append_target(text, object);
        return;
    }
    str_append(text, object->parent->kind == SCHEMA_DOMAIN ? "ALTER DOMAIN " : "ALTER TABLE ");
    text_object(text, object->parent);
    str_append(text, column ? " DROP COLUMN " : " DROP CONSTRAINT ");
    text_name(text, object->name);
}

void write_drop(struct plan_rendering *rendering, const struct schema_object *object, unsigned hazards)
{
    struct str text = STR_INIT;
    append_drop(&text, object);
    add_text(rendering, hazards, &text);
}

/* Of a routine, the catalog has its types behind it. */
static void append_new_name(struct str *text, const struct schema_object *to)
{
    if (schema_kind_is_routine(to->kind))
        str_append_n(text, to->name, strcspn(to->name, "("));
    else
        text_name(text, to->name);
}

bool write_rename(struct plan_rendering *rendering, const struct schema_object *from,
                  const struct schema_object *to)
{
    struct str text = STR_INIT;
    const struct schema_object *owner = to->parent; /* which has its new name by now */
    str_append(&text, "ALTER ");
    if (from->kind == SCHEMA_COLUMN || is_constraint(from->kind)) {
        str_append(&text, owner->kind == SCHEMA_DOMAIN ? "DOMAIN " : "TABLE ");
        text_object(&text, owner);
        str_append(&text, from->kind == SCHEMA_COLUMN ? " RENAME COLUMN " : " RENAME CONSTRAINT ");
        text_name(&text, from->name);
    } else if (is_named_on_its_table(from->kind)) {
        str_printf(&text, "%s ", kind_keyword(from->kind));
        text_name(&text, from->name);
        str_append(&text, " ON ");
        text_object(&text, owner);
        str_append(&text, " RENAME");
    } else {
        append_target(&text, from);
        str_append(&text, " RENAME");
    }
    str_append(&text, " TO ");
    append_new_name(&text, to);
    add_text(rendering, 0, &text);
    return true;
}
