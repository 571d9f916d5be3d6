#include "compare/rounds.h"

#include "base/error.h"
#include "base/str.h"

#include <string.h>

static const struct rename *rename_of(const struct rename_list *list, const struct schema_object *object)
{
    VECTOR_EACH (const struct rename, rename, list)
        if (rename->object == object)
            return rename;
    return NULL;
}

/* Do the other side's definitions say that of all of the names? */
static bool is_said_there(const struct rename_round *round)
{
    VECTOR_EACH (struct rename *const, rename, &round->renames) {
        const struct rename *there = rename_of(round->others, (*rename)->same);
        if (!there || strcmp(located_old_name(there->located), located_old_name((*rename)->located)) != 0)
            return false;
    }
    return true;
}

static const char *type_of(const struct schema_object *column)
{
    const char *type = catalog_text(column, ATTRIBUTE_TYPE);
    return type ? type : "";
}

static size_t count_columns(const struct schema_object *object)
{
    size_t count = 0;
    for (size_t i = 0; i < object->part_count; ++i)
        count += object->parts[i]->kind == SCHEMA_COLUMN;
    return count;
}

static bool has_column(const struct schema_object *object, const struct schema_object *like)
{
    for (size_t i = 0; i < object->part_count; ++i) {
        const struct schema_object *part = object->parts[i];
        if (part->kind == SCHEMA_COLUMN && strcmp(part->name, like->name) == 0)
            return strcmp(type_of(part), type_of(like)) == 0;
    }
    return false;
}

static bool has_same_columns(const struct schema_object *object, const struct schema_object *other)
{
    if (count_columns(object) != count_columns(other))
        return false;
    for (size_t i = 0; i < object->part_count; ++i)
        if (object->parts[i]->kind == SCHEMA_COLUMN && !has_column(other, object->parts[i]))
            return false;
    return true;
}

/* By its type, or its columns with theirs; with `exact`, by all that it is by itself. */
static bool is_alike(const struct rename_round *round, const struct schema_object *object,
                     const struct schema_object *there, bool exact)
{
    return strcmp(type_of(object), type_of(there)) == 0 && has_same_columns(object, there) &&
           (!exact || diff_same_attributes(round->rules, there, object));
}

static enum rename_state state_by_looks(const struct rename_round *round, bool exact)
{
    bool done = true, pending = true;
    VECTOR_EACH (struct rename *const, rename, &round->renames) {
        done = done && is_alike(round, (*rename)->object, (*rename)->same, exact);
        pending = pending && is_alike(round, (*rename)->object, (*rename)->old, exact);
    }
    return done == pending ? RENAME_UNSETTLED : done ? RENAME_DONE : RENAME_PENDING;
}

enum rename_state round_state(const struct rename_round *round)
{
    enum rename_state state = is_said_there(round) ? RENAME_DONE : state_by_looks(round, false);
    return state == RENAME_UNSETTLED ? state_by_looks(round, true) : state;
}

static const char *names_text(struct arena *arena, const struct rename_round *round)
{
    const char *names = round->renames.items[0]->object->name;
    for (size_t i = 1; i < round->renames.count; ++i)
        names = arena_printf(arena, "%s%s%s", names, i + 1 < round->renames.count ? ", " : " and ",
                             round->renames.items[i]->object->name);
    return names;
}

void round_refuse(struct arena *arena, const struct rename_round *round, dun_error *error)
{
    const struct schema_object *first = round->renames.items[0]->object;
    const char *kind = schema_kind_word(first->kind), *owner = first->parent ? first->parent->name : NULL;
    error_set(error, DUN_BAD_INPUT,
              "%s %s%s%s are said to exchange their names, and nothing tells whether that was done", kind,
              names_text(arena, round), owner ? " of " : "", owner ? owner : "");
    error_hint(error, "if every database has it done, take these annotations out");
    error_hint(error,
               "if not, do it in two steps: let one of them have a name that is not in use and the others "
               "their new ones, apply that everywhere, and rename the one then; or write the statements "
               "into a migration (migrate new NAME --empty) and take the annotations out");
}
