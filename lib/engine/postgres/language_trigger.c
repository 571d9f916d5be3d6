/* Triggers, rules, row security policies and event triggers. */
#include "engine/postgres/language.h"

#include <string.h>

/* ENABLE TRIGGER, DISABLE RULE, ENABLE ALWAYS TRIGGER, ...; NULL: as it is made. */
static const char *enabled_words(const struct schema_object *object)
{
    if (is_value(object, ATTRIBUTE_ENABLED, "no"))
        return "DISABLE";
    if (is_value(object, ATTRIBUTE_ENABLED, "replica"))
        return "ENABLE REPLICA";
    return is_value(object, ATTRIBUTE_ENABLED, "always") ? "ENABLE ALWAYS" : "ENABLE";
}

static void write_enabled(struct plan_rendering *rendering, const struct schema_object *object)
{
    bool later = is_attached_later(rendering, object->parent);
    plan_add_to(rendering, later ? PLAN_AFTER : PLAN_MAIN, 0, "ALTER TABLE %s %s %s %s",
                object_text(rendering, object->parent), enabled_words(object), kind_keyword(object->kind),
                name_text(rendering, object->name));
}

/* The server's text of a trigger or rule, made one that replaces if that is wanted. */
static void write_definition(struct plan_rendering *rendering, const struct schema_object *object,
                             bool replace)
{
    static const char create[] = "CREATE ";
    const char *definition = catalog_text(object, ATTRIBUTE_DEFINITION);
    size_t length = strlen(definition);
    struct str text = STR_INIT;
    if (length && definition[length - 1] == ';')
        --length;
    if (replace && strncmp(definition, create, strlen(create)) == 0) {
        str_append(&text, "CREATE OR REPLACE ");
        definition += strlen(create);
        length -= strlen(create);
    }
    str_append_n(&text, definition, length);
    add_text(rendering, 0, &text);
}

/* A partition has the trigger of its table; only whether it is enabled is its own. */
static bool create_defined(struct plan_rendering *rendering, const struct schema_object *object,
                           dun_error *error)
{
    (void)error;
    if (is_inherited(object))
        write_enabled(rendering, object);
    else
        write_definition(rendering, object, false);
    if (!is_inherited(object) && is_set(object, ATTRIBUTE_ENABLED))
        write_enabled(rendering, object);
    return true;
}

static void drop_defined(struct plan_rendering *rendering, const struct schema_object *object)
{
    const struct schema_object *table = diff_counterpart(rendering->diff, object->parent);
    if (!is_inherited(object))
        write_drop(rendering, object, 0);
    else if (table && is_set(table, ATTRIBUTE_PARTITION_OF))
        plan_add(rendering, 0, "ALTER TABLE %s ENABLE TRIGGER %s", object_text(rendering, table),
                 name_text(rendering, object->name));
}

/* Before version 14 a trigger is dropped to become another. */
static void write_anew(struct plan_rendering *rendering, const struct schema_object *trigger)
{
    write_drop(rendering, trigger, 0);
    write_definition(rendering, trigger, false);
    if (is_set(trigger, ATTRIBUTE_ENABLED))
        write_enabled(rendering, trigger);
    if (is_set(trigger, ATTRIBUTE_COMMENT))
        write_comment(rendering, trigger);
}

static void alter_defined(struct plan_rendering *rendering, const struct diff_change *change)
{
    bool defined = changes(change, ATTRIBUTE_DEFINITION) && !is_inherited(change->to);
    if (defined && change->to->kind == SCHEMA_TRIGGER && server_version(rendering) < 14) {
        write_anew(rendering, change->to);
        return;
    }
    if (defined)
        write_definition(rendering, change->to, true); /* which may still be disabled */
    if (changes(change, ATTRIBUTE_ENABLED))
        write_enabled(rendering, change->to);
}

/* A constraint trigger cannot be replaced. */
static enum plan_means trigger_means(const struct diff_change *change)
{
    static const char constraint[] = "CREATE CONSTRAINT ";
    const char *definition = catalog_text(change->from, ATTRIBUTE_DEFINITION);
    if (!changes(change, ATTRIBUTE_DEFINITION) || is_inherited(change->to))
        return PLAN_IN_PLACE;
    if (strncmp(definition, constraint, strlen(constraint)) == 0)
        return PLAN_REPLACE;
    return PLAN_IN_PLACE;
}

const struct kind_writer trigger_writer = {
    .create = create_defined, .drop = drop_defined, .alter = alter_defined, .means = trigger_means};
const struct kind_writer rule_writer = {
    .create = create_defined, .drop = drop_defined, .alter = alter_defined};

/* Policies */

static void append_roles(struct str *text, const struct schema_object *policy)
{
    const struct schema_value *roles = catalog_value(policy, ATTRIBUTE_ROLES);
    str_append(text, " TO ");
    for (size_t i = 0; roles && i < roles->count; ++i)
        str_printf(text, "%s%s", i ? ", " : "", roles->texts[i]);
    if (!roles)
        str_append(text, "PUBLIC");
}

static void append_conditions(struct str *text, const struct schema_object *policy)
{
    if (is_set(policy, ATTRIBUTE_USING))
        str_printf(text, " USING (%s)", catalog_text(policy, ATTRIBUTE_USING));
    if (is_set(policy, ATTRIBUTE_WITH_CHECK))
        str_printf(text, " WITH CHECK (%s)", catalog_text(policy, ATTRIBUTE_WITH_CHECK));
}

static bool create_policy(struct plan_rendering *rendering, const struct schema_object *policy,
                          dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_append(&text, "CREATE POLICY ");
    text_name(&text, policy->name);
    str_append(&text, " ON ");
    text_object(&text, policy->parent);
    if (is_set(policy, ATTRIBUTE_OPTIONS))
        str_append(&text, " AS RESTRICTIVE");
    if (is_set(policy, ATTRIBUTE_COMMAND))
        str_printf(&text, " FOR %s", catalog_text(policy, ATTRIBUTE_COMMAND));
    if (is_set(policy, ATTRIBUTE_ROLES))
        append_roles(&text, policy);
    append_conditions(&text, policy);
    add_text(rendering, 0, &text);
    return true;
}

static void alter_policy(struct plan_rendering *rendering, const struct diff_change *change)
{
    bool roles = changes(change, ATTRIBUTE_ROLES);
    bool conditions = changes(change, ATTRIBUTE_USING) || changes(change, ATTRIBUTE_WITH_CHECK);
    if (!roles && !conditions)
        return;
    struct str text = STR_INIT;
    str_append(&text, "ALTER POLICY ");
    text_name(&text, change->to->name);
    str_append(&text, " ON ");
    text_object(&text, change->to->parent);
    if (roles)
        append_roles(&text, change->to);
    if (conditions)
        append_conditions(&text, change->to);
    add_text(rendering, 0, &text);
}

/* A condition can be changed or added, not taken away. */
static enum plan_means policy_means(const struct diff_change *change)
{
    bool taken = (is_set(change->from, ATTRIBUTE_USING) && !is_set(change->to, ATTRIBUTE_USING)) ||
                 (is_set(change->from, ATTRIBUTE_WITH_CHECK) && !is_set(change->to, ATTRIBUTE_WITH_CHECK));
    return taken || changes(change, ATTRIBUTE_OPTIONS) || changes(change, ATTRIBUTE_COMMAND) ? PLAN_REPLACE
                                                                                             : PLAN_IN_PLACE;
}

const struct kind_writer policy_writer = {
    .create = create_policy, .alter = alter_policy, .means = policy_means};

/* Event triggers */

static void write_event_enabled(struct plan_rendering *rendering, const struct schema_object *trigger)
{
    plan_add(rendering, 0, "ALTER EVENT TRIGGER %s %s", object_text(rendering, trigger),
             enabled_words(trigger));
}

static bool create_event_trigger(struct plan_rendering *rendering, const struct schema_object *trigger,
                                 dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *tags = catalog_value(trigger, ATTRIBUTE_OPTIONS);
    (void)error;
    str_append(&text, "CREATE EVENT TRIGGER ");
    text_object(&text, trigger);
    str_printf(&text, " ON %s", catalog_text(trigger, ATTRIBUTE_EVENTS));
    for (size_t i = 0; tags && i < tags->count; ++i) {
        str_append(&text, i ? ", " : " WHEN TAG IN (");
        text_literal(&text, tags->texts[i] + strlen("tag="));
    }
    str_printf(&text, "%s EXECUTE FUNCTION %s", tags && tags->count ? ")" : "",
               catalog_text(trigger, ATTRIBUTE_COMMAND));
    add_text(rendering, 0, &text);
    if (is_set(trigger, ATTRIBUTE_ENABLED))
        write_event_enabled(rendering, trigger);
    return true;
}

static void alter_event_trigger(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (changes(change, ATTRIBUTE_ENABLED))
        write_event_enabled(rendering, change->to);
}

static enum plan_means event_trigger_means(const struct diff_change *change)
{
    static const enum schema_attribute in_place[] = {ATTRIBUTE_ENABLED, ATTRIBUTE_OWNER, ATTRIBUTE_COMMENT,
                                                     SCHEMA_ATTRIBUTE_COUNT};
    return changes_only(change, in_place) ? PLAN_IN_PLACE : PLAN_REPLACE;
}

const struct kind_writer event_trigger_writer = {
    .create = create_event_trigger, .alter = alter_event_trigger, .means = event_trigger_means};
