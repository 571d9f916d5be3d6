#include "engine/postgres/language.h"

#include <string.h>

static const struct kind_writer table_writer = {.drop = write_table_drop, .means = table_means};

static const struct kind_writer *const writers[SCHEMA_KIND_COUNT] = {
    [SCHEMA_SCHEMA] = &schema_writer,
    [SCHEMA_EXTENSION] = &extension_writer,
    [SCHEMA_COLLATION] = &collation_writer,
    [SCHEMA_ENUM] = &enum_writer,
    [SCHEMA_DOMAIN] = &domain_writer,
    [SCHEMA_COMPOSITE_TYPE] = &composite_writer,
    [SCHEMA_RANGE_TYPE] = &range_writer,
    [SCHEMA_SEQUENCE] = &sequence_writer,
    [SCHEMA_DATA_WRAPPER] = &data_wrapper_writer,
    [SCHEMA_FOREIGN_SERVER] = &server_writer,
    [SCHEMA_FUNCTION] = &function_writer,
    [SCHEMA_PROCEDURE] = &function_writer,
    [SCHEMA_AGGREGATE] = &aggregate_writer,
    [SCHEMA_TABLE] = &table_writer,
    [SCHEMA_FOREIGN_TABLE] = &table_writer,
    [SCHEMA_COLUMN] = &column_writer,
    [SCHEMA_PRIMARY_KEY] = &constraint_writer,
    [SCHEMA_UNIQUE] = &constraint_writer,
    [SCHEMA_CHECK] = &constraint_writer,
    [SCHEMA_EXCLUSION] = &constraint_writer,
    [SCHEMA_FOREIGN_KEY] = &constraint_writer,
    [SCHEMA_VIEW] = &view_writer,
    [SCHEMA_MATERIALIZED_VIEW] = &materialized_view_writer,
    [SCHEMA_INDEX] = &index_writer,
    [SCHEMA_STATISTICS] = &statistics_writer,
    [SCHEMA_TRIGGER] = &trigger_writer,
    [SCHEMA_RULE] = &rule_writer,
    [SCHEMA_POLICY] = &policy_writer,
    [SCHEMA_EVENT_TRIGGER] = &event_trigger_writer,
    [SCHEMA_PUBLICATION] = &publication_writer,
    [SCHEMA_GRANT] = &grant_writer,
    [SCHEMA_DEFAULT_PRIVILEGE] = &default_privilege_writer,
};

static bool is_table(const struct schema_object *object)
{
    return object->kind == SCHEMA_TABLE || object->kind == SCHEMA_FOREIGN_TABLE;
}

static bool is_view(const struct schema_object *object)
{
    return object->kind == SCHEMA_VIEW || object->kind == SCHEMA_MATERIALIZED_VIEW;
}

static enum plan_means means(const struct diff_change *change, const struct plan_options *options)
{
    (void)options;
    if (change->action != DIFF_ALTER)
        return PLAN_IN_PLACE;
    const struct kind_writer *writer = writers[change->to->kind];
    return writer && writer->means ? writer->means(change) : PLAN_IN_PLACE;
}

static bool created_inside(const struct schema_object *part)
{
    return part->kind == SCHEMA_COLUMN || (is_constraint(part->kind) && !constraint_stands_apart(part));
}

/* Foreign keys are statements of their own: what they refer to may have to change first. */
static bool joins(const struct diff_change *change)
{
    const struct schema_object *part = change->to ? change->to : change->from;
    if (change->action == DIFF_RENAME || !part->parent)
        return false;
    if (is_view(part->parent))
        return part->kind == SCHEMA_COLUMN;
    if (!is_table(part->parent))
        return false;
    if (part->kind == SCHEMA_COLUMN)
        return true;
    return is_constraint(part->kind) && part->kind != SCHEMA_FOREIGN_KEY && change->action != DIFF_ALTER;
}

/* The server makes it again by itself, without its statistics targets, and with its comment on each of the
 * partitions' indexes. */
static bool loses_settings(const struct schema_object *index)
{
    return is_set(index, ATTRIBUTE_STATISTICS_TARGET) ||
           (is_set(index, ATTRIBUTE_COMMENT) && is_set(index->parent, ATTRIBUTE_PARTITION_BY));
}

/* The server refuses to change the type of a column that is used by these, or leaves them others. */
static bool holds_type(const struct diff_change *change, const struct schema_object *dependent)
{
    switch (dependent->kind) {
    case SCHEMA_VIEW:
    case SCHEMA_MATERIALIZED_VIEW:
    case SCHEMA_RULE:
    case SCHEMA_TRIGGER:
    case SCHEMA_POLICY:
    case SCHEMA_FUNCTION:
    case SCHEMA_PROCEDURE:
    case SCHEMA_PUBLICATION:
        return true;
    case SCHEMA_COLUMN:
        return catalog_value(dependent, ATTRIBUTE_GENERATED) != NULL;
    case SCHEMA_INDEX:
        return loses_settings(dependent);
    case SCHEMA_FOREIGN_KEY: /* both sides change one after the other */
        return diff_has(change, ATTRIBUTE_TYPE);
    default:
        return false;
    }
}

/* A partition is detached for a moment, which the server refuses while rows refer to it. */
static bool is_detached_under(const struct diff_change *change, const struct schema_object *dependent)
{
    return change->action == DIFF_ALTER && is_table(change->from) && dependent->kind == SCHEMA_FOREIGN_KEY &&
           diff_has(change, ATTRIBUTE_PARTITION_BOUND) && is_set(change->to, ATTRIBUTE_PARTITION_BOUND);
}

/* A table of a composite type: it is one of its own while that changes. */
static bool is_typed(const struct schema_object *object)
{
    return object->kind == SCHEMA_TABLE && is_set(object, ATTRIBUTE_TYPE);
}

static enum plan_obstacle obstacle(const struct diff_change *change, const struct schema_object *dependent)
{
    const struct schema_object *object = change->from;
    if (is_detached_under(change, dependent))
        return PLAN_OBSTACLE_RECREATE;
    if (object->kind == SCHEMA_COMPOSITE_TYPE && diff_has(change, ATTRIBUTE_FIELDS) && is_typed(dependent))
        return PLAN_OBSTACLE_DETACH;
    if (change->action != DIFF_ALTER || object->kind != SCHEMA_COLUMN || !is_table(object->parent))
        return PLAN_NO_OBSTACLE;
    bool type = diff_has(change, ATTRIBUTE_TYPE) || diff_has(change, ATTRIBUTE_COLLATION);
    return type && holds_type(change, dependent) ? PLAN_OBSTACLE_RECREATE : PLAN_NO_OBSTACLE;
}

/* A column whose type goes is of another one meanwhile. */
static bool detaches_dependents(const struct schema_object *dependent, const struct schema_object *needed)
{
    return dependent->kind == SCHEMA_COLUMN && is_type(needed->kind);
}

static bool create(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    const struct schema_object *object = step->to;
    bool good = is_table(object) ? write_table(rendering, step, error)
                                 : writers[object->kind]->create(rendering, object, error);
    if (good && is_set(object, ATTRIBUTE_COMMENT))
        write_comment(rendering, object);
    if (good)
        write_owner(rendering, object);
    return good;
}

static void drop(struct plan_rendering *rendering, const struct schema_object *object)
{
    const struct kind_writer *writer = writers[object->kind];
    if (write_type_aside(rendering, object))
        return;
    if (writer->drop)
        writer->drop(rendering, object);
    else
        write_drop(rendering, object, 0);
}

/* Columns of views change with their query; only what is said of them is their own. */
static void alter_view_columns(struct plan_rendering *rendering, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct schema_object *column = step->changes[i]->to;
        if (!column || column == step->to)
            continue;
        bool new = step->changes[i]->action == DIFF_CREATE;
        if (changes(step->changes[i], ATTRIBUTE_DEFAULT) || (new &&is_set(column, ATTRIBUTE_DEFAULT)))
            write_view_default(rendering, column);
        if (changes(step->changes[i], ATTRIBUTE_COMMENT) || (new &&is_set(column, ATTRIBUTE_COMMENT)))
            write_comment(rendering, column);
    }
}

static bool alter(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    const struct diff_change *own = own_change(step);
    const struct kind_writer *writer = writers[step->to->kind];
    if (is_table(step->to))
        return write_table_changes(rendering, step, error);
    if (own && writer->alter)
        writer->alter(rendering, own);
    if (own)
        write_comment_and_owner(rendering, own);
    if (is_view(step->to))
        alter_view_columns(rendering, step);
    return true;
}

static bool render(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    switch (step->action) {
    case PLAN_CREATE:
        return create(rendering, step, error);
    case PLAN_DROP:
        drop(rendering, step->from);
        return true;
    case PLAN_ALTER:
    case PLAN_REBUILD_TABLE: /* there are none: every table can be changed in place */
        return alter(rendering, step, error);
    case PLAN_RENAME:
        return write_rename(rendering, step->from, step->to);
    case PLAN_DETACH:
        if (is_typed(step->from))
            plan_add(rendering, 0, "ALTER TABLE %s NOT OF", object_text(rendering, step->from));
        return step->from->kind != SCHEMA_COLUMN || write_detach(rendering, step->from, error);
    case PLAN_ATTACH:
        if (is_typed(step->to))
            plan_add(rendering, 0, "ALTER TABLE %s OF %s", object_text(rendering, step->to),
                     catalog_text(step->to, ATTRIBUTE_TYPE));
        if (step->to->kind == SCHEMA_COLUMN)
            write_attach(rendering, step->to);
        return true;
    }
    return true;
}

static const char *lock_timeout(struct arena *arena, int64_t milliseconds)
{
    return arena_printf(arena, "SET lock_timeout = '%lldms'", (long long)milliseconds);
}

/* Bodies of functions are texts that may name tables and views, which are not told as needs. */
static int rank(enum schema_kind kind)
{
    if (schema_kind_is_routine(kind))
        return 2 * (int)SCHEMA_MATERIALIZED_VIEW + 1;
    return 2 * (int)kind;
}

const struct plan_language postgres_language = {
    .dialect = SQL_POSTGRESQL,
    .means = means,
    .created_inside = created_inside,
    .joins = joins,
    .obstacle = obstacle,
    .detaches_dependents = detaches_dependents,
    .render = render,
    .lock_timeout = lock_timeout,
    .rank = rank,
};

/* What a part has from the table that it inherits from follows from that. */
static bool counts(const struct schema_object *from, const struct schema_object *to,
                   enum schema_attribute attribute)
{
    if (attribute == ATTRIBUTE_INHERITED)
        return false;
    if (attribute == ATTRIBUTE_NOT_NULL_NAME)
        return (has_own_not_null_name(from) || has_own_not_null_name(to)) && !is_inherited(from) &&
               !is_inherited(to);
    if (attribute == ATTRIBUTE_VALID)
        return !is_inherited(from) || !is_inherited(to);
    return attribute != ATTRIBUTE_PARTITION_OF || !to->parent;
}

const struct diff_rules postgres_diff_rules = {
    .dialect = SQL_POSTGRESQL, .version_numbers = 1, .counts = counts};
