#include "engine/sqlite/catalog_names.h"

#include "base/map.h"
#include "base/str.h"
#include "sql/words.h"

#include <string.h>

struct catalog_names {
    struct arena *arena;
    struct map *objects;
};

struct catalog_names *catalog_names_new(struct arena *arena)
{
    struct catalog_names *names = ARENA_NEW(arena, struct catalog_names);
    names->arena = arena;
    names->objects = map_new(arena);
    return names;
}

static void append_capitals(struct str *key, const char *name)
{
    for (; *name; ++name)
        str_append_char(key, word_capital(*name));
}

/* The length of the table's name comes first, so that no two names share a key. */
static void make_key(struct str *key, const struct schema_object *table, const char *name)
{
    str_printf(key, "%zu ", table ? strlen(table->name) : strlen(name));
    if (table) {
        append_capitals(key, table->name);
        str_append_char(key, '.');
    }
    append_capitals(key, name);
}

static struct schema_object *find(const struct catalog_names *names, const struct schema_object *table,
                                  const char *name)
{
    struct str key = STR_INIT;
    make_key(&key, table, name);
    struct schema_object *object = map_get(names->objects, str_text(&key));
    str_free(&key);
    return object;
}

void catalog_names_add(struct catalog_names *names, struct schema_object *object)
{
    struct str key = STR_INIT;
    make_key(&key, object->parent, object->name);
    map_add(names->objects, arena_strdup(names->arena, str_text(&key)), object);
    str_free(&key);
}

struct schema_object *catalog_names_table(const struct catalog_names *names, const char *name)
{
    return find(names, NULL, name);
}

struct schema_object *catalog_names_column(const struct catalog_names *names,
                                           const struct schema_object *table, const char *name)
{
    return find(names, table, name);
}
