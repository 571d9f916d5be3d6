/* What steps do, in words for people. */
#include "plan/work.h"

#include "base/str.h"

#include <string.h>

enum { MOST_NAMED = 3 }; /* clauses of one ALTER that a title names */

static void append_object(struct str *to, const struct catalog *catalog, const struct schema_object *object)
{
    str_printf(to, "%s %s", schema_kind_word(object->kind), catalog_full_name(catalog, object));
}

/* "table sales.orders: " before what is said about a part of it. */
static void append_owner(struct str *to, const struct catalog *catalog, const struct schema_object *object)
{
    if (!object->parent)
        return;
    append_object(to, catalog, catalog_top_of(object));
    str_append(to, ": ");
}

static void append_verb(struct str *to, const char *verb_of_whole, const char *verb_of_part,
                        const struct catalog *catalog, const struct schema_object *object)
{
    append_owner(to, catalog, object);
    str_printf(to, "%s ", object->parent ? verb_of_part : verb_of_whole);
    if (object->parent)
        str_printf(to, "%s %s", schema_kind_word(object->kind), object->name);
    else
        append_object(to, catalog, object);
}

static void append_attributes(struct str *to, const struct diff_change *change)
{
    for (size_t i = 0; i < change->attribute_count; ++i)
        str_printf(to, "%s%s", i ? ", " : "", schema_attribute_word(change->attributes[i]));
}

/* "add column note", "set not null of column note", ... as one of several in an ALTER of `owner`. */
static void append_clause(struct str *to, const struct diff_change *change, const struct schema_object *owner)
{
    const struct schema_object *object = change->to ? change->to : change->from;
    const char *kind = schema_kind_word(object->kind);
    switch (change->action) {
    case DIFF_CREATE:
        str_printf(to, "add %s %s", kind, object->name);
        break;
    case DIFF_DROP:
        str_printf(to, "drop %s %s", kind, object->name);
        break;
    case DIFF_RENAME:
        str_printf(to, "rename %s %s to %s", kind, change->from->name, object->name);
        break;
    case DIFF_ALTER:
        str_append(to, "change ");
        append_attributes(to, change);
        if (object != owner)
            str_printf(to, " of %s %s", kind, object->name);
        break;
    }
}

static void append_clauses(struct str *to, const struct plan_step *step)
{
    size_t named = step->change_count > MOST_NAMED + 1 ? MOST_NAMED : step->change_count;
    for (size_t i = 0; i < named; ++i) {
        str_append(to, i ? ", " : ": ");
        append_clause(to, step->changes[i], step->to);
    }
    if (named < step->change_count)
        str_printf(to, " and %zu changes more", step->change_count - named);
}

/* "table orders: change type of column total"; of a part that is a step of its own "table orders: index x:
 * change ...". */
static void append_altered(struct str *to, const struct catalog *catalog, const struct plan_step *step,
                           const char *verb)
{
    append_owner(to, catalog, step->to);
    if (step->to->parent)
        str_printf(to, "%s %s", schema_kind_word(step->to->kind), step->to->name);
    else
        append_object(to, catalog, step->to);
    str_append(to, verb);
    append_clauses(to, step);
}

static void append_new_name(struct str *to, const struct schema_object *from, const struct schema_object *now)
{
    bool moved = !now->parent && from->schema && now->schema && strcmp(from->schema, now->schema) != 0;
    str_printf(to, " to %s%s%s", moved ? now->schema : "", moved ? "." : "", now->name);
}

const char *plan_title(struct arena *arena, const struct diff *diff, const struct plan_node *node)
{
    const struct plan_step *step = &node->step;
    const char *why = node->replaced ? " (to be replaced)" : step->recreated ? " (stands in the way)" : "";
    struct str title = STR_INIT;
    switch (step->action) {
    case PLAN_CREATE:
        append_verb(&title, "create", "add", diff->to, step->to);
        str_append(&title, node->replaced ? " (replaced)" : step->recreated ? " (again)" : "");
        break;
    case PLAN_DROP:
        append_verb(&title, "drop", "drop", diff->from, step->from);
        str_append(&title, why);
        break;
    case PLAN_ALTER:
        append_altered(&title, diff->to, step, "");
        break;
    case PLAN_REBUILD_TABLE:
        append_altered(&title, diff->to, step, ": rebuild");
        break;
    case PLAN_RENAME:
        append_verb(&title, "rename", "rename", diff->from, step->from);
        append_new_name(&title, step->from, step->to);
        for (size_t i = 1; i < step->change_count; ++i) {
            str_printf(&title, ", %s", step->changes[i]->from->name);
            append_new_name(&title, step->changes[i]->from, step->changes[i]->to);
        }
        break;
    case PLAN_DETACH:
        append_verb(&title, "detach", "detach", diff->from, step->from);
        str_append(&title, " (stands in the way)");
        break;
    case PLAN_ATTACH:
        append_verb(&title, "attach", "attach", diff->to, step->to);
        str_append(&title, " (again)");
        break;
    }
    const char *text = arena_strdup(arena, str_text(&title));
    str_free(&title);
    return text;
}
