/* Collations, enums, domains, composite and range types. */
#include "engine/postgres/language.h"

#include <string.h>

static enum plan_means always_replaced(const struct diff_change *change)
{
    static const enum schema_attribute in_place[] = {ATTRIBUTE_OWNER, ATTRIBUTE_COMMENT,
                                                     SCHEMA_ATTRIBUTE_COUNT};
    return changes_only(change, in_place) ? PLAN_IN_PLACE : PLAN_REPLACE;
}

/* "key=value" as key = value, a word as it is and anything else as a literal. */
static void append_parameter(struct str *to, const char *option, bool literal)
{
    size_t length = strcspn(option, "=");
    str_append_n(to, option, length);
    str_append(to, " = ");
    if (literal)
        text_literal(to, option + length + 1);
    else
        str_append(to, option + length + 1);
}

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Collations */

static bool create_collation(struct plan_rendering *rendering, const struct schema_object *collation,
                             dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *options = catalog_value(collation, ATTRIBUTE_OPTIONS);
    (void)error;
    str_append(&text, "CREATE COLLATION ");
    text_object(&text, collation);
    for (size_t i = 0; options && i < options->count; ++i) {
        const char *option = options->texts[i];
        str_append(&text, i ? ", " : " (");
        append_parameter(&text, option,
                         !has_prefix(option, "provider=") && !has_prefix(option, "deterministic="));
    }
    str_append_char(&text, ')');
    add_text(rendering, 0, &text);
    return true;
}

const struct kind_writer collation_writer = {.create = create_collation, .means = always_replaced};

/* Enums */

static bool create_enum(struct plan_rendering *rendering, const struct schema_object *type, dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *labels = catalog_value(type, ATTRIBUTE_LABELS);
    (void)error;
    str_append(&text, "CREATE TYPE ");
    text_object(&text, type);
    str_append(&text, " AS ENUM (");
    for (size_t i = 0; labels && i < labels->count; ++i) {
        if (i)
            str_append(&text, ", ");
        text_literal(&text, labels->texts[i]);
    }
    str_append_char(&text, ')');
    add_text(rendering, 0, &text);
    return true;
}

static size_t find_label(const struct schema_value *labels, const char *label, size_t start)
{
    for (size_t i = start; labels && i < labels->count; ++i)
        if (strcmp(labels->texts[i], label) == 0)
            return i;
    return labels ? labels->count : 0;
}

/* Values can only be added; those that were there keep their order. */
static enum plan_means enum_means(const struct diff_change *change)
{
    const struct schema_value *old = catalog_value(change->from, ATTRIBUTE_LABELS);
    const struct schema_value *new = catalog_value(change->to, ATTRIBUTE_LABELS);
    size_t place = 0;
    for (size_t i = 0; changes(change, ATTRIBUTE_LABELS) && old && i < old->count; ++i) {
        place = find_label(new, old->texts[i], place);
        if (!new || place++ == new->count)
            return PLAN_REPLACE;
    }
    return changes(change, ATTRIBUTE_LABELS) ? PLAN_EXTEND : PLAN_IN_PLACE;
}

/* Does the text have the label as an element of the literal of an array: '{a,"it''s"}'? */
static bool mentions_in_array(const char *text, const char *literal)
{
    struct str label = STR_INIT;
    str_append_n(&label, literal + 1, strlen(literal) - 2);
    size_t length = label.length;
    bool found = false;
    for (const char *at = text; length && !found && (at = strstr(at, str_text(&label))); ++at)
        found = at > text && strchr("{,\"", at[-1]) && at[length] && strchr("},\"", at[length]);
    str_free(&label);
    return found;
}

/* Does the text have the label as a literal, or in one? */
static bool mentions(const char *text, const char *literal)
{
    return strstr(text, literal) || mentions_in_array(text, literal);
}

static bool object_mentions(const struct schema_object *object, const char *literal)
{
    for (size_t i = 0; i < object->value_count; ++i)
        for (size_t j = 0; object->values[i].attribute != ATTRIBUTE_LABELS && j < object->values[i].count;
             ++j)
            if (mentions(object->values[i].texts[j], literal))
                return true;
    for (size_t i = 0; i < object->part_count; ++i)
        if (object_mentions(object->parts[i], literal))
            return true;
    return false;
}

/* Is the new value used by what this plan makes or changes? A value can be used only once its transaction is
 * committed. */
static bool is_used(const struct plan_rendering *rendering, const char *label)
{
    struct str literal = STR_INIT;
    bool used = false;
    text_literal(&literal, label);
    for (size_t i = 0; i < rendering->diff->changes.count && !used; ++i) {
        const struct schema_object *object = rendering->diff->changes.items[i].to;
        used = object && object_mentions(object, str_text(&literal));
    }
    str_free(&literal);
    return used;
}

static void alter_enum(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_value *old = catalog_value(change->from, ATTRIBUTE_LABELS);
    const struct schema_value *new = catalog_value(change->to, ATTRIBUTE_LABELS);
    size_t kept = 0; /* labels of `old` that are behind us */
    if (!changes(change, ATTRIBUTE_LABELS))
        return;
    for (size_t i = 0; i < new->count; ++i) {
        if (old && kept < old->count && strcmp(old->texts[kept], new->texts[i]) == 0) {
            ++kept;
            continue;
        }
        struct str text = STR_INIT;
        str_printf(&text, "ALTER TYPE %s ADD VALUE ", object_text(rendering, change->to));
        text_literal(&text, new->texts[i]);
        if (old && kept < old->count) {
            str_append(&text, " BEFORE ");
            text_literal(&text, old->texts[kept]);
        }
        bool used = is_used(rendering, new->texts[i]);
        struct plan_statement *statement = add_text(rendering, used ? PLAN_NOT_TRANSACTIONAL : 0, &text);
        statement->apart = used;
        if (used)
            statement->note = "the value is used by what follows, for which it has to be committed";
    }
}

static void drop_enum(struct plan_rendering *rendering, const struct schema_object *type)
{
    const struct schema_object *to = diff_counterpart(rendering->diff, type);
    const struct diff_change *change = to ? diff_find(rendering->diff, type) : NULL;
    write_drop(rendering, type, changes(change, ATTRIBUTE_LABELS) ? PLAN_DROP_VALUE : 0);
}

const struct kind_writer enum_writer = {
    .create = create_enum, .drop = drop_enum, .alter = alter_enum, .means = enum_means};

/* Domains */

static bool create_domain(struct plan_rendering *rendering, const struct schema_object *domain,
                          dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_append(&text, "CREATE DOMAIN ");
    text_object(&text, domain);
    str_printf(&text, " AS %s", catalog_text(domain, ATTRIBUTE_TYPE));
    if (is_set(domain, ATTRIBUTE_COLLATION))
        str_printf(&text, " COLLATE %s", catalog_text(domain, ATTRIBUTE_COLLATION));
    if (is_set(domain, ATTRIBUTE_DEFAULT))
        str_printf(&text, " DEFAULT %s", catalog_text(domain, ATTRIBUTE_DEFAULT));
    if (is_set(domain, ATTRIBUTE_NOT_NULL))
        str_append(&text, " NOT NULL");
    const struct plan_step *step = rendering->step;
    for (size_t i = 0; i < step->inside_count; ++i)
        if (step->inside[i]->parent == domain) {
            str_append_char(&text, ' ');
            text_constraint(&text, step->inside[i]);
        }
    add_text(rendering, 0, &text);
    for (size_t i = 0; i < step->inside_count; ++i)
        if (step->inside[i]->parent == domain)
            write_constraint_extras(rendering, step->inside[i]);
    return true;
}

static void alter_domain(struct plan_rendering *rendering, const struct diff_change *change)
{
    const char *name = object_text(rendering, change->to),
               *expression = catalog_text(change->to, ATTRIBUTE_DEFAULT);
    if (changes(change, ATTRIBUTE_DEFAULT) && expression)
        plan_add(rendering, 0, "ALTER DOMAIN %s SET DEFAULT %s", name, expression);
    else if (changes(change, ATTRIBUTE_DEFAULT))
        plan_add(rendering, 0, "ALTER DOMAIN %s DROP DEFAULT", name);
    if (!changes(change, ATTRIBUTE_NOT_NULL))
        return;
    bool set = is_set(change->to, ATTRIBUTE_NOT_NULL);
    plan_add(rendering, set ? PLAN_NOT_NULL | PLAN_SCAN : 0, "ALTER DOMAIN %s %s NOT NULL", name,
             set ? "SET" : "DROP");
}

static enum plan_means domain_means(const struct diff_change *change)
{
    return changes(change, ATTRIBUTE_TYPE) || changes(change, ATTRIBUTE_COLLATION) ? PLAN_REPLACE
                                                                                   : PLAN_IN_PLACE;
}

const struct kind_writer domain_writer = {
    .create = create_domain, .alter = alter_domain, .means = domain_means};

/* Ranges */

static bool create_range(struct plan_rendering *rendering, const struct schema_object *type, dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *options = catalog_value(type, ATTRIBUTE_OPTIONS);
    (void)error;
    str_append(&text, "CREATE TYPE ");
    text_object(&text, type);
    str_printf(&text, " AS RANGE (subtype = %s", catalog_text(type, ATTRIBUTE_TYPE));
    if (is_set(type, ATTRIBUTE_OPERATOR_CLASSES))
        str_printf(&text, ", subtype_opclass = %s", catalog_text(type, ATTRIBUTE_OPERATOR_CLASSES));
    if (is_set(type, ATTRIBUTE_COLLATION))
        str_printf(&text, ", collation = %s", catalog_text(type, ATTRIBUTE_COLLATION));
    for (size_t i = 0; options && i < options->count; ++i) {
        str_append(&text, ", ");
        append_parameter(&text, options->texts[i], false);
    }
    str_append_char(&text, ')');
    add_text(rendering, 0, &text);
    return true;
}

const struct kind_writer range_writer = {.create = create_range, .means = always_replaced};
