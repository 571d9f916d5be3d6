/* Which drops and creates look like renames. Guesses are told, never acted upon. */
#include "diff/match.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* A dropped or created object, by what a rename would keep. */
struct candidate {
    const char *parent, *type;
    bool created;
    const struct schema_object *object;
};

struct guessing {
    struct diff *diff;
    VECTOR(struct candidate) candidates;
    bool any_dropped, any_created;
};

static const char *type_of_column(struct arena *arena, const struct schema_object *column)
{
    const char *type = catalog_text(column, ATTRIBUTE_TYPE),
               *generated = catalog_text(column, ATTRIBUTE_GENERATED);
    return arena_printf(arena, "%s\n%s", type ? type : "", generated ? generated : "");
}

/* Names and types of the columns; "" when there are none, and tables without columns are not alike. */
static const char *type_of_table(struct arena *arena, const struct schema_object *table)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN) {
            const char *type = catalog_text(table->parts[i], ATTRIBUTE_TYPE);
            str_printf(&text, "%s\n%s\n", table->parts[i]->name, type ? type : "");
        }
    const char *kept = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return kept;
}

static void add_candidate(struct guessing *guessing, const struct diff_change *change)
{
    struct arena *arena = guessing->diff->arena;
    bool created = change->action == DIFF_CREATE;
    const struct schema_object *object = created ? change->to : change->from;
    struct candidate candidate = {.object = object, .created = created};
    if (object->kind == SCHEMA_COLUMN) {
        const struct schema_object *parent = object->parent;
        candidate.parent = created ? parent->key : guessing->diff->index->to_of_from[parent->index]->key;
        candidate.type = type_of_column(arena, object);
    } else {
        candidate.parent = object->schema ? object->schema : "";
        candidate.type = type_of_table(arena, object);
        if (*candidate.type == '\0')
            return;
    }
    *vector_add(arena, &guessing->candidates) = candidate;
}

static void collect(struct guessing *guessing, enum schema_kind kind)
{
    VECTOR_EACH (struct diff_change, change, &guessing->diff->changes) {
        guessing->any_dropped |= change->action == DIFF_DROP && change->from->kind == kind;
        guessing->any_created |= change->action == DIFF_CREATE && change->to->kind == kind;
    }
    if (!guessing->any_dropped || !guessing->any_created)
        return;
    VECTOR_EACH (struct diff_change, change, &guessing->diff->changes) {
        bool either = change->action == DIFF_DROP || change->action == DIFF_CREATE;
        if (either && (change->to ? change->to : change->from)->kind == kind)
            add_candidate(guessing, change);
    }
}

static int compare_alike(const struct candidate *left, const struct candidate *right)
{
    int order = strcmp(left->parent, right->parent);
    return order ? order : strcmp(left->type, right->type);
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = compare_alike(a, b);
    if (order == 0 && a->object->position != b->object->position)
        return a->object->position < b->object->position ? -1 : 1;
    if (order == 0 && a->created != b->created)
        return a->created ? 1 : -1;
    return order ? order : strcmp(a->object->name, b->object->name);
}

static void guess(struct diff *diff, const struct candidate *dropped, const struct candidate *created)
{
    *vector_add(diff->arena, &diff->rename_guesses) =
        (struct diff_rename_guess){dropped->object, created->object};
}

/* Among candidates that are alike: those in one place, or the only two. */
static void guess_among(struct diff *diff, const struct candidate *alike, size_t count)
{
    if (count == 2 && alike[0].created != alike[1].created) {
        guess(diff, &alike[alike[0].created], &alike[alike[1].created]);
        return;
    }
    for (size_t i = 0; i + 1 < count; ++i) {
        bool in_one_place =
            alike[i].object->position > 0 && alike[i].object->position == alike[i + 1].object->position;
        if (in_one_place && !alike[i].created && alike[i + 1].created)
            guess(diff, &alike[i], &alike[i + 1]);
    }
}

static void guess_renames_of(struct diff *diff, enum schema_kind kind)
{
    struct guessing guessing = {.diff = diff};
    collect(&guessing, kind);
    const struct candidate *all = guessing.candidates.items;
    size_t count = guessing.candidates.count;
    if (count == 0)
        return;
    qsort(guessing.candidates.items, count, sizeof *all, compare_candidates);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && compare_alike(&all[first], &all[end]) == 0;)
            ++end;
        guess_among(diff, &all[first], end - first);
    }
}

void diff_guess_renames(struct diff *diff)
{
    guess_renames_of(diff, SCHEMA_TABLE);
    guess_renames_of(diff, SCHEMA_COLUMN);
}
