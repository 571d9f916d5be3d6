/* Tables in which modules keep the data of virtual tables: they come and go with those, and are no part of a
 * schema. */
#include "engine/sqlite/catalog_reading.h"
#include "engine/sqlite/tokens.h"
#include "sql/words.h"

#include <string.h>

/* As the modules' xShadowName has it. */
static const struct {
    const char *module;
    const char *endings[6];
} modules[] = {
    {"fts3", {"content", "docsize", "segdir", "segments", "stat"}},
    {"fts4", {"content", "docsize", "segdir", "segments", "stat"}},
    {"fts5", {"config", "content", "data", "docsize", "idx"}},
    {"rtree", {"node", "parent", "rowid"}},
    {"rtree_i32", {"node", "parent", "rowid"}},
    {"geopoly", {"node", "parent", "rowid"}},
};

/* A full text index of another table's text, content=another, has no table for it: one of that name is the
 * user's. */
static bool has_content_elsewhere(const struct schema_object *owner)
{
    const struct schema_value *arguments = catalog_value(owner, ATTRIBUTE_ARGUMENTS);
    for (size_t i = 0; arguments && i < arguments->count; ++i) {
        const char *text = arguments->texts[i];
        size_t length = strcspn(text, "= \t\r\n");
        if (word_equals(text, length, "CONTENT") && text[length + strspn(text + length, " \t\r\n")] == '=')
            return true;
    }
    return false;
}

static bool is_ending(const char *module, const char *ending)
{
    for (size_t i = 0; i < sizeof modules / sizeof *modules; ++i) {
        if (!same_name(modules[i].module, module))
            continue;
        for (size_t j = 0; modules[i].endings[j]; ++j)
            if (strcmp(modules[i].endings[j], ending) == 0)
                return true;
    }
    return false;
}

bool catalog_is_shadow(const struct catalog_reading *reading, struct arena *work, const char *table)
{
    const char *bar = strrchr(table, '_');
    if (!bar)
        return false;
    const struct schema_object *owner =
        catalog_names_table(reading->names, arena_strndup(work, table, (size_t)(bar - table)));
    const char *module =
        owner && owner->kind == SCHEMA_VIRTUAL_TABLE ? catalog_text(owner, ATTRIBUTE_USING) : NULL;
    if (!module || !is_ending(module, bar + 1))
        return false;
    return strcmp(bar + 1, "content") != 0 || !has_content_elsewhere(owner);
}
