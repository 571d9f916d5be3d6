#include "compare/owned.h"

#include "compare/before.h"
#include "sql/name.h"

#include <string.h>

struct schema_object *owned_by(struct arena *arena, enum sql_dialect dialect, const struct catalog *catalog,
                               const struct schema_object *sequence)
{
    const char *owner = catalog_text(sequence, ATTRIBUTE_OWNED_BY);
    struct sql_name name;
    if (!owner || !sql_name_read(arena, dialect, owner, strlen(owner), &name) || name.count < 2)
        return NULL;
    const struct schema_object *table =
        catalog_find(catalog, SCHEMA_TABLE, sequence->schema, NULL, name.parts[name.count - 2]);
    return table ? catalog_find(catalog, SCHEMA_COLUMN, NULL, table, name.parts[name.count - 1]) : NULL;
}

/* What a column has. */
struct owning {
    struct schema_object *sequence;
    bool several;
};

static struct map *owners_of(struct compare *compare, const struct catalog *catalog)
{
    size_t count;
    struct map *owners = map_new(compare->arena);
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *column =
            objects[i]->kind == SCHEMA_SEQUENCE
                ? owned_by(compare->arena, compare->engine->dialect, catalog, objects[i])
                : NULL;
        struct owning *owning = column ? map_get(owners, column->key) : NULL;
        if (owning) {
            owning->several = true;
        } else if (column) {
            owning = ARENA_NEW(compare->arena, struct owning);
            owning->sequence = objects[i];
            map_add(owners, column->key, owning);
        }
    }
    return owners;
}

static struct schema_object *sequence_of(const struct map *owners, const struct schema_object *column)
{
    const struct owning *owning = column ? map_get(owners, column->key) : NULL;
    return owning && !owning->several ? owning->sequence : NULL;
}

static bool is_spoken_of(const struct compare *compare, const struct schema_object *from,
                         const struct schema_object *to)
{
    VECTOR_EACH (const struct diff_change, change, &compare->renames)
        if (change->from == from || change->to == to)
            return true;
    return false;
}

static void add_rename(struct compare *compare, struct schema_object *from, struct schema_object *to)
{
    if (from && to && strcmp(from->key, to->key) != 0 && !is_spoken_of(compare, from, to))
        *vector_add(compare->arena, &compare->renames) =
            (struct diff_change){.action = DIFF_RENAME, .from = from, .to = to};
}

void owned_add_renames(struct compare *compare)
{
    struct map *owners = compare->renames.count ? owners_of(compare, compare->from->catalog) : NULL;
    size_t count;
    if (!owners || map_count(owners) == 0)
        return;
    before_note(compare, compare->to->catalog);
    struct map *owners_in_to = owners_of(compare, compare->to->catalog);
    struct schema_object *const *objects = catalog_objects(compare->to->catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        struct schema_object *sequence = sequence_of(owners_in_to, objects[i]);
        struct schema_object *before = sequence ? map_get(compare->before, objects[i]->key) : NULL;
        if (before && strcmp(before->key, objects[i]->key) != 0)
            add_rename(compare, sequence_of(owners, before), sequence);
    }
    compare->before = NULL;
}
