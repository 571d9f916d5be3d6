/* SQLite's plan language: which changes can be made how, and the statements of all but rebuilds. */
#include "engine/sqlite/language.h"

#include "base/error.h"
#include "base/str.h"
#include "engine/sqlite/as_written.h"
#include "engine/sqlite/connection.h"
#include "engine/sqlite/definition.h"
#include "engine/sqlite/tokens.h"

#include <string.h>

/* Does anything else in the table need the column? */
static bool is_needed_in_table(const struct schema_object *column)
{
    const struct schema_object *table = column->parent;
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_object *part = table->parts[i];
        bool apart = part->kind == SCHEMA_INDEX || part->kind == SCHEMA_TRIGGER; /* dropped before */
        for (size_t j = 0; !apart && j < part->need_count; ++j)
            if (part->needs[j] == column)
                return true;
    }
    return false;
}

static enum plan_means means_of_column(const struct diff_change *change)
{
    switch (change->action) {
    case DIFF_CREATE:
        return language_can_add_column(change->to) ? PLAN_IN_PLACE : PLAN_REBUILD;
    case DIFF_DROP:
        return is_needed_in_table(change->from) ? PLAN_REBUILD : PLAN_IN_PLACE;
    case DIFF_RENAME:
        return PLAN_IN_PLACE;
    default:
        return PLAN_REBUILD;
    }
}

/* Indexes, views, triggers and virtual tables are replaced, tables rebuilt. */
static enum plan_means means(const struct diff_change *change, const struct plan_options *options)
{
    const struct schema_object *object = change->to ? change->to : change->from;
    bool whole = change->action == DIFF_CREATE || change->action == DIFF_DROP;
    (void)options;
    switch (object->kind) {
    case SCHEMA_COLUMN:
        return means_of_column(change);
    case SCHEMA_PRIMARY_KEY:
    case SCHEMA_UNIQUE:
    case SCHEMA_CHECK:
    case SCHEMA_FOREIGN_KEY:
        return PLAN_REBUILD;
    case SCHEMA_TABLE:
        return change->action == DIFF_ALTER ? PLAN_REBUILD : PLAN_IN_PLACE;
    case SCHEMA_VIRTUAL_TABLE:
        return change->action == DIFF_ALTER ? PLAN_REPLACE : PLAN_IN_PLACE;
    default:
        return whole ? PLAN_IN_PLACE : PLAN_REPLACE;
    }
}

static bool created_inside(const struct schema_object *part)
{
    return part->kind == SCHEMA_COLUMN || definition_is_constraint(part);
}

/* A column is renamed by a statement of its own, with which SQLite corrects whatever mentions it. */
static bool joins(const struct diff_change *change)
{
    const struct schema_object *object = change->to ? change->to : change->from;
    return created_inside(object) && !(object->kind == SCHEMA_COLUMN && change->action == DIFF_RENAME);
}

/* SQLite corrects texts when it renames, and looks at none when legacy_alter_table is on. */
static enum plan_obstacle obstacle(const struct diff_change *change, const struct schema_object *dependent)
{
    (void)change;
    (void)dependent;
    return PLAN_NO_OBSTACLE;
}

/* The table that a foreign key refers to need not be there until rows are written. */
static bool is_loose(const struct schema_object *object, const struct schema_object *needed)
{
    (void)needed;
    return object->kind == SCHEMA_FOREIGN_KEY;
}

static bool has_rows_already(const struct plan_rendering *rendering, const struct schema_object *part)
{
    return diff_counterpart(rendering->diff, part->parent) != NULL;
}

static void create_object(struct plan_rendering *rendering, const struct schema_object *object)
{
    struct str sql = STR_INIT;
    as_written_object(&sql, rendering->diff->to, object);
    bool build = object->kind == SCHEMA_INDEX && has_rows_already(rendering, object);
    struct plan_statement *statement =
        plan_add(rendering, build ? PLAN_INDEX_BUILD : 0, "%s", str_text(&sql));
    if (build)
        language_add_index_hazards(rendering, statement, object);
    str_free(&sql);
}

static const char *kind_word(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_VIEW:
        return "VIEW";
    case SCHEMA_INDEX:
        return "INDEX";
    case SCHEMA_TRIGGER:
        return "TRIGGER";
    default:
        return "TABLE";
    }
}

static void drop_object(struct plan_rendering *rendering, const struct schema_object *object)
{
    struct str sql = STR_INIT;
    bool rows = object->kind == SCHEMA_TABLE || object->kind == SCHEMA_VIRTUAL_TABLE;
    if (object->kind == SCHEMA_TABLE)
        language_frame_drop(rendering, object);
    str_printf(&sql, "DROP %s ", kind_word(object->kind));
    definition_name(&sql, object->name);
    plan_add(rendering, rows ? PLAN_DROP_TABLE : 0, "%s", str_text(&sql));
    str_free(&sql);
}

static void rename_table(struct plan_rendering *rendering, const struct plan_step *step)
{
    struct str sql = STR_INIT;
    str_append(&sql, "ALTER TABLE ");
    definition_name(&sql, step->from->name);
    str_append(&sql, " RENAME TO ");
    definition_name(&sql, step->to->name);
    plan_add(rendering, 0, "%s", str_text(&sql));
    str_free(&sql);
}

static void rename_column(struct plan_rendering *rendering, const struct plan_step *step)
{
    struct str sql = STR_INIT;
    str_append(&sql, "ALTER TABLE ");
    definition_name(&sql, step->to->parent->name);
    str_append(&sql, " RENAME COLUMN ");
    definition_name(&sql, step->from->name);
    str_append(&sql, " TO ");
    definition_name(&sql, step->to->name);
    plan_add(rendering, 0, "%s", str_text(&sql));
    str_free(&sql);
}

/* What SQLite has no statement for is created anew under the new name. */
static void rename_object(struct plan_rendering *rendering, const struct plan_step *step)
{
    if (step->to->kind == SCHEMA_COLUMN) {
        rename_column(rendering, step);
    } else if (step->to->kind == SCHEMA_TABLE || step->to->kind == SCHEMA_VIRTUAL_TABLE) {
        rename_table(rendering, step);
    } else {
        drop_object(rendering, step->from);
        create_object(rendering, step->to);
    }
}

/* A constraint that is a step of its own has no statement: tables are created with all they have, in any
 * order. */
static bool render(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    const struct schema_object *object = step->to ? step->to : step->from;
    switch (step->action) {
    case PLAN_CREATE:
        if (!created_inside(object))
            create_object(rendering, object);
        return true;
    case PLAN_DROP:
        if (!created_inside(object))
            drop_object(rendering, step->from);
        return true;
    case PLAN_RENAME:
        rename_object(rendering, step);
        return true;
    case PLAN_ALTER:
    case PLAN_REBUILD_TABLE:
        if (!language_can_alter(rendering, step))
            return language_rebuild(rendering, step, error);
        language_alter(rendering, step);
        return true;
    case PLAN_DETACH:
    case PLAN_ATTACH:
        return true;
    }
    return true;
}

const struct plan_language sqlite_language = {
    .dialect = SQL_SQLITE,
    .never_online = "SQLite changes nothing online: other writers wait until the plan is done",
    .renames_read_all = true,
    .means = means,
    .created_inside = created_inside,
    .joins = joins,
    .obstacle = obstacle,
    .is_loose = is_loose,
    .render = render,
    .finish = language_finish,
};

static bool same_names(const struct schema_value *one, const struct schema_value *other)
{
    if (!one || !other || one->count != other->count)
        return false;
    for (size_t i = 0; i < one->count; ++i)
        if (!same_name(one->texts[i], other->texts[i]))
            return false;
    return true;
}

/*
 * Names that SQLite keeps in the text only, of what needs none, are no difference: nobody can tell it by that
 * name. Nor is the case of the letters in a name.
 */
static bool counts(const struct schema_object *from, const struct schema_object *to,
                   enum schema_attribute attribute)
{
    switch (attribute) {
    case ATTRIBUTE_OPTIONS:
        return from->kind != SCHEMA_COLUMN && from->kind != SCHEMA_TABLE;
    case ATTRIBUTE_COLUMNS:
    case ATTRIBUTE_REFERENCES:
    case ATTRIBUTE_REFERENCED_COLUMNS:
        return !same_names(catalog_value(from, attribute), catalog_value(to, attribute));
    default:
        return true;
    }
}

const struct diff_rules sqlite_diff_rules = {
    .dialect = SQL_SQLITE, .tokens = true, .any_case = true, .counts = counts};
