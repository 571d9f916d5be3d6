/* What stands around the rebuilds of a plan: foreign keys are off meanwhile, and guards compare numbers. */
#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"
#include "engine/sqlite/definition.h"
#include "engine/sqlite/language.h"
#include "engine/sqlite/tokens.h"
#include "sql/quote.h"

#include <string.h>

/* Tables by name, without the case of letters. */
struct table_set {
    struct map *known;
    VECTOR(const char *) names;
};

struct keys {
    VECTOR(const struct schema_object *) items;
};

struct frame {
    struct map *keys_from, *keys_to; /* struct keys: the foreign keys that refer to a table */
    struct table_set before, after;  /* tables whose foreign keys are checked before and after all */
    bool has_texts, keys_off, guard, may_find_orphans;
    enum { NOT_ASKED, BROKEN, FINE } texts;
};

static const char *key_of(struct arena *arena, const char *name)
{
    return text_capitals(arena, name, strlen(name));
}

static struct map *keys_by_table(struct arena *arena, const struct catalog *catalog, bool *has_texts)
{
    size_t count;
    struct map *map = map_new(arena);
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        *has_texts = *has_texts || objects[i]->kind == SCHEMA_VIEW || objects[i]->kind == SCHEMA_TRIGGER;
        if (objects[i]->kind != SCHEMA_FOREIGN_KEY)
            continue;
        const char *table = key_of(arena, catalog_text(objects[i], ATTRIBUTE_REFERENCES));
        struct keys *keys = map_get(map, table);
        if (!keys) {
            keys = ARENA_NEW(arena, struct keys);
            map_add(map, table, keys);
        }
        *vector_add(arena, &keys->items) = objects[i];
    }
    return map;
}

/* Made when it is needed first. */
static struct frame *frame_of(struct plan_rendering *rendering)
{
    if (rendering->state)
        return rendering->state;
    struct arena *arena = rendering->arena;
    struct frame *frame = ARENA_NEW(arena, struct frame);
    frame->keys_from = keys_by_table(arena, rendering->diff->from, &frame->has_texts);
    frame->keys_to = keys_by_table(arena, rendering->diff->to, &frame->has_texts);
    frame->before.known = map_new(arena);
    frame->after.known = map_new(arena);
    rendering->state = frame;
    return frame;
}

static const struct keys *keys_to(struct plan_rendering *rendering, const struct map *map, const char *table)
{
    static const struct keys none = {{0}};
    const struct keys *keys = map_get(map, key_of(rendering->arena, table));
    return keys ? keys : &none;
}

static bool has_keys(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_FOREIGN_KEY)
            return true;
    return false;
}

bool language_has_texts(struct plan_rendering *rendering)
{
    return frame_of(rendering)->has_texts;
}

bool language_may_alter(struct plan_rendering *rendering)
{
    struct frame *frame = frame_of(rendering);
    if (frame->texts == NOT_ASKED)
        frame->texts = language_has_broken_texts(rendering->diff->from) ? BROKEN : FINE;
    return frame->texts == FINE;
}

void language_frame_expect_orphans(struct plan_rendering *rendering)
{
    frame_of(rendering)->may_find_orphans = true;
}

/* A key that stays, but compares other values than before. */
static void expect_orphans_of(struct plan_rendering *rendering, const struct schema_object *key)
{
    const struct diff_change *change = diff_find(rendering->diff, key);
    if (change && !language_keeps_references(change))
        return; /* there is a question of its own about it */
    for (size_t i = 0; i < key->need_count; ++i)
        if (key->needs[i]->kind == SCHEMA_COLUMN && !language_is_as_before(rendering, key->needs[i]))
            language_frame_expect_orphans(rendering);
}

void language_frame_drop(struct plan_rendering *rendering, const struct schema_object *from)
{
    struct frame *frame = frame_of(rendering);
    if (keys_to(rendering, frame->keys_from, from->name)->items.count ||
        keys_to(rendering, frame->keys_to, from->name)->items.count) /* a new table may refer to it */
        frame->keys_off = true;
}

/* Are the columns those of the key or unique index, in any order, as a foreign key wants them? */
static bool is_key_of(const struct schema_object *part, const struct schema_value *columns)
{
    bool key = part->kind == SCHEMA_PRIMARY_KEY || part->kind == SCHEMA_UNIQUE ||
               (part->kind == SCHEMA_INDEX && catalog_value(part, ATTRIBUTE_UNIQUE));
    const struct schema_value *own = catalog_value(part, ATTRIBUTE_COLUMNS);
    if (!key || !own || own->count != columns->count || catalog_value(part, ATTRIBUTE_WHERE) ||
        catalog_value(part, ATTRIBUTE_COLLATIONS))
        return false;
    for (size_t i = 0; i < columns->count; ++i) {
        bool found = false;
        for (size_t j = 0; j < own->count; ++j)
            found = found || same_name(columns->texts[i], own->texts[j]);
        if (!found)
            return false;
    }
    return true;
}

/* PRAGMA foreign_key_check fails where a foreign key refers to what is no key; a table that is not there is
 * fine. */
static bool can_be_checked(const struct catalog *catalog, const struct schema_object *key)
{
    const struct schema_object *table =
        catalog_find(catalog, SCHEMA_TABLE, NULL, NULL, catalog_text(key, ATTRIBUTE_REFERENCES));
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    if (!table)
        return true;
    for (size_t i = 0; columns && i < table->part_count; ++i)
        if (is_key_of(table->parts[i], columns))
            return true;
    return false;
}

static void check_table(struct plan_rendering *rendering, struct table_set *tables,
                        const struct catalog *catalog, const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_FOREIGN_KEY && !can_be_checked(catalog, table->parts[i]))
            return;
    if (has_keys(table) && map_add(tables->known, table->key, tables))
        *vector_add(rendering->arena, &tables->names) = table->name;
}

static void check_around(struct plan_rendering *rendering, struct table_set *tables,
                         const struct catalog *catalog, const struct map *keys,
                         const struct schema_object *table)
{
    check_table(rendering, tables, catalog, table);
    VECTOR_EACH (const struct schema_object *, key, &keys_to(rendering, keys, table->name)->items)
        if (diff_counterpart(rendering->diff, (*key)->parent))
            check_table(rendering, tables, catalog, (*key)->parent);
}

void language_frame_rebuild(struct plan_rendering *rendering, const struct schema_object *from,
                            const struct schema_object *to)
{
    struct frame *frame = frame_of(rendering);
    language_frame_drop(rendering, from);
    if (has_keys(from) || has_keys(to))
        frame->keys_off = true;
    check_around(rendering, &frame->before, rendering->diff->from, frame->keys_from, from);
    check_around(rendering, &frame->after, rendering->diff->to, frame->keys_to, to);
    for (size_t i = 0; i < to->part_count; ++i)
        if (to->parts[i]->kind == SCHEMA_FOREIGN_KEY)
            expect_orphans_of(rendering, to->parts[i]);
    VECTOR_EACH (const struct schema_object *, key, &keys_to(rendering, frame->keys_to, to->name)->items)
        expect_orphans_of(rendering, *key);
    frame->guard = true;
}

static void add(struct plan_rendering *rendering, enum plan_section section, unsigned hazards,
                const char *title, const char *sql)
{
    plan_add_to(rendering, section, hazards, "%s", sql)->title = title;
}

/* It is no part of any transaction, and of what it switches nothing is kept. */
static void add_switch(struct plan_rendering *rendering, enum plan_section section, const char *title,
                       const char *sql)
{
    struct plan_statement *statement = plan_add_to(rendering, section, 0, "%s", sql);
    statement->title = title;
    statement->apart = statement->session = true;
}

/* A query of the foreign keys that rows violate, with how many do. */
static void append_orphans(struct str *to, const struct table_set *tables)
{
    str_append(to, "SELECT lower(k.\"table\" || ' ' || (SELECT group_concat(l.\"from\")"
                   " FROM pragma_foreign_key_list(k.\"table\") AS l WHERE l.id = k.fkid) || ' ' || k.parent)"
                   " AS reference, count(*) AS orphans\n"
                   "FROM main.sqlite_master AS t, pragma_foreign_key_check(t.name, 'main') AS k\n"
                   "WHERE t.type = 'table' AND t.name IN (");
    for (size_t i = 0; i < tables->names.count; ++i) {
        str_append(to, i ? ", " : "");
        sql_quote_literal(to, SQL_SQLITE, tables->names.items[i], strlen(tables->names.items[i]));
    }
    str_append(to, ")\nGROUP BY k.\"table\", k.fkid");
}

static void add_orphans_before(struct plan_rendering *rendering, const struct frame *frame)
{
    struct str sql = STR_INIT;
    if (frame->before.names.count == 0)
        return;
    str_append(&sql, "INSERT INTO " LANGUAGE_GUARD " (reference, orphans_before)\n");
    append_orphans(&sql, &frame->before);
    add(rendering, PLAN_BEFORE, 0, "count rows that refer to nothing", str_text(&sql));
    str_free(&sql);
}

static void add_orphans_after(struct plan_rendering *rendering, const struct frame *frame)
{
    struct str sql = STR_INIT;
    if (frame->after.names.count == 0)
        return;
    str_append(&sql, "INSERT INTO " LANGUAGE_GUARD " (orphans_before, orphans_after)\n"
                     "SELECT coalesce((SELECT max(b.orphans_before) FROM " LANGUAGE_GUARD " AS b"
                     " WHERE b.reference = a.reference), 0), a.orphans FROM (\n");
    append_orphans(&sql, &frame->after);
    str_append(&sql, ") AS a");
    add(rendering, PLAN_AFTER, frame->may_find_orphans ? PLAN_FOREIGN_KEY : 0,
        "no more rows refer to nothing than before", str_text(&sql));
    str_free(&sql);
}

void language_finish(struct plan_rendering *rendering)
{
    struct frame *frame = frame_of(rendering);
    if (frame->keys_off)
        add_switch(rendering, PLAN_BEFORE, "switch foreign keys off", "PRAGMA foreign_keys=OFF");
    if (frame->guard)
        add(rendering, PLAN_BEFORE, 0, "make the guard of the rebuilds",
            "CREATE TEMP TABLE dunlin_guard (\n"
            "    rows_before INTEGER,\n"
            "    rows_after INTEGER,\n"
            "    reference TEXT,\n"
            "    orphans_before INTEGER,\n"
            "    orphans_after INTEGER,\n"
            "    CONSTRAINT \"every row is kept\" CHECK (rows_after = rows_before),\n"
            "    CONSTRAINT \"no row has come to refer to nothing\" CHECK (orphans_after <= orphans_before)\n"
            ")");
    add_orphans_before(rendering, frame);
    add_orphans_after(rendering, frame);
    if (frame->guard)
        add(rendering, PLAN_AFTER, 0, "drop the guard of the rebuilds", "DROP TABLE " LANGUAGE_GUARD);
    if (frame->keys_off)
        add_switch(rendering, PLAN_AFTER, "switch foreign keys back",
                   "PRAGMA foreign_keys=DEFAULT"); /* as the URL has it; see history.c */
}
