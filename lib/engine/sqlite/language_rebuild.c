/* A table is made anew under another name, filled, and takes the place of the old one. */
#include "base/error.h"
#include "base/str.h"
#include "engine/sqlite/as_written.h"
#include "engine/sqlite/definition.h"
#include "engine/sqlite/language.h"
#include "engine/sqlite/tokens.h"
#include "sql/quote.h"

#include <string.h>

/* One rebuild. The old table already has the name that it is to have. */
struct rebuild {
    struct plan_rendering *rendering;
    const struct schema_object *from, *to;
    const char *name; /* of the new table, until it takes the old one's place */
    struct str sql;
};

static const char *send(struct rebuild *rebuild)
{
    const char *sql = arena_strdup(rebuild->rendering->arena, str_text(&rebuild->sql));
    str_clear(&rebuild->sql);
    return sql;
}

static struct plan_statement *add(struct rebuild *rebuild, unsigned hazards)
{
    return plan_add(rebuild->rendering, hazards, "%s", send(rebuild));
}

static bool name_is_free(const struct diff *diff, const char *name)
{
    static const enum schema_kind kinds[] = {SCHEMA_TABLE, SCHEMA_VIRTUAL_TABLE, SCHEMA_VIEW};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
        if (catalog_find(diff->from, kinds[i], NULL, NULL, name) ||
            catalog_find(diff->to, kinds[i], NULL, NULL, name))
            return false;
    return true;
}

static const char *new_name(const struct plan_rendering *rendering, const char *table)
{
    const char *name = arena_printf(rendering->arena, "dunlin_new_%s", table);
    while (!name_is_free(rendering->diff, name))
        name = arena_printf(rendering->arena, "%s_", name);
    return name;
}

static void create_table(struct rebuild *rebuild)
{
    as_written_table(&rebuild->sql, rebuild->rendering->diff->to, rebuild->to, rebuild->name);
    add(rebuild, 0);
}

static bool has_column(const struct schema_object *table, const char *name)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN && same_name(table->parts[i]->name, name))
            return true;
    return false;
}

/* The name by which both tables have their rowid; NULL: one has none, or none that can be called. */
static const char *rowid_name(const struct rebuild *rebuild)
{
    static const char *const names[] = {"rowid", "_rowid_", "oid", NULL};
    if (catalog_value(rebuild->from, ATTRIBUTE_WITHOUT_ROWID) ||
        catalog_value(rebuild->to, ATTRIBUTE_WITHOUT_ROWID))
        return NULL;
    for (size_t i = 0; names[i]; ++i)
        if (!has_column(rebuild->from, names[i]) && !has_column(rebuild->to, names[i]))
            return names[i];
    return NULL;
}

/* What conflicts do to rows is not asked for now: none may get lost. */
static bool has_conflict_clauses(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (catalog_value(table->parts[i], ATTRIBUTE_ON_CONFLICT))
            return true;
    return false;
}

struct copied {
    struct str to, from;
};

static void copy(struct copied *copied, const char *to, const char *from)
{
    str_printf(&copied->to, "%s%s", copied->to.length ? ", " : "", to);
    str_printf(&copied->from, "%s%s", copied->from.length ? ", " : "", from);
}

static const char *quoted(struct arena *arena, const char *name)
{
    struct str text = STR_INIT;
    definition_name(&text, name);
    const char *copy_of = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy_of;
}

static const char *default_of(const struct schema_object *column)
{
    const char *value = catalog_text(column, ATTRIBUTE_DEFAULT);
    return value ? value : "NULL";
}

/* Columns that are new get their defaults by being left out, unless nothing else would be copied. */
static void copy_columns(struct rebuild *rebuild, struct copied *copied)
{
    struct arena *arena = rebuild->rendering->arena;
    const struct schema_object *spare = NULL;
    for (size_t i = 0; i < rebuild->to->part_count; ++i) {
        const struct schema_object *column = rebuild->to->parts[i];
        if (column->kind != SCHEMA_COLUMN || catalog_value(column, ATTRIBUTE_GENERATED))
            continue;
        const char *name = quoted(arena, column->name);
        if (diff_counterpart(rebuild->rendering->diff, column))
            copy(copied, name, name);
        else
            spare = spare ? spare : column;
    }
    if (spare && copied->to.length == 0)
        copy(copied, quoted(arena, spare->name), default_of(spare));
}

/* Rows keep their rowid: as such, or as the key that it has become. */
static void copy_rowid(struct rebuild *rebuild, struct copied *copied)
{
    const struct diff *diff = rebuild->rendering->diff;
    const struct schema_object *key = definition_rowid_column(diff->to, rebuild->to);
    const char *rowid = rowid_name(rebuild);
    if (!rowid || (key && diff_counterpart(diff, key)))
        return;
    copy(copied, key ? quoted(rebuild->rendering->arena, key->name) : rowid, rowid);
}

static void copy_rows(struct rebuild *rebuild)
{
    struct copied copied = {STR_INIT, STR_INIT};
    copy_rowid(rebuild, &copied);
    copy_columns(rebuild, &copied);
    str_append(&rebuild->sql, has_conflict_clauses(rebuild->to) ? "INSERT OR ABORT INTO " : "INSERT INTO ");
    definition_name(&rebuild->sql, rebuild->name);
    str_printf(&rebuild->sql, " (%s) SELECT %s FROM ", str_text(&copied.to), str_text(&copied.from));
    definition_name(&rebuild->sql, rebuild->to->name);
    struct plan_statement *statement = add(rebuild, PLAN_REWRITE);
    const struct plan_step *step = rebuild->rendering->step;
    for (size_t i = 0; i < step->change_count; ++i)
        language_add_hazards(rebuild->rendering, statement, step->changes[i]);
    language_add_restored_key_hazards(rebuild->rendering, statement, rebuild->to);
    str_free(&copied.to);
    str_free(&copied.from);
}

static void guard_rows(struct rebuild *rebuild)
{
    str_append(&rebuild->sql,
               "INSERT INTO " LANGUAGE_GUARD " (rows_before, rows_after) SELECT (SELECT count(*) FROM ");
    definition_name(&rebuild->sql, rebuild->to->name);
    str_append(&rebuild->sql, "), (SELECT count(*) FROM ");
    definition_name(&rebuild->sql, rebuild->name);
    str_append_char(&rebuild->sql, ')');
    add(rebuild, 0);
}

static bool has_auto_increment(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (catalog_value(table->parts[i], ATTRIBUTE_AUTO_INCREMENT))
            return true;
    return false;
}

/* Numbers that rows once had are not given again. */
static void keep_mark(struct rebuild *rebuild)
{
    if (!has_auto_increment(rebuild->from) || !has_auto_increment(rebuild->to))
        return;
    str_append(&rebuild->sql, "DELETE FROM sqlite_sequence WHERE name = ");
    sql_quote_literal(&rebuild->sql, SQL_SQLITE, rebuild->name, strlen(rebuild->name));
    add(rebuild, 0);
    str_append(&rebuild->sql, "INSERT INTO sqlite_sequence (name, seq) SELECT ");
    sql_quote_literal(&rebuild->sql, SQL_SQLITE, rebuild->name, strlen(rebuild->name));
    str_append(&rebuild->sql, ", seq FROM sqlite_sequence WHERE name = ");
    sql_quote_literal(&rebuild->sql, SQL_SQLITE, rebuild->to->name, strlen(rebuild->to->name));
    add(rebuild, 0);
}

static void switch_legacy(struct rebuild *rebuild, const char *value)
{
    if (!language_has_texts(rebuild->rendering))
        return;
    str_printf(&rebuild->sql, "PRAGMA legacy_alter_table=%s", value);
    add(rebuild, 0)->session = true;
}

static void take_place(struct rebuild *rebuild)
{
    str_append(&rebuild->sql, "DROP TABLE ");
    definition_name(&rebuild->sql, rebuild->to->name);
    add(rebuild, 0);
    switch_legacy(rebuild, "ON");
    str_append(&rebuild->sql, "ALTER TABLE ");
    definition_name(&rebuild->sql, rebuild->name);
    str_append(&rebuild->sql, " RENAME TO ");
    definition_name(&rebuild->sql, rebuild->to->name);
    add(rebuild, 0);
    switch_legacy(rebuild, "OFF");
}

/* Indexes and triggers went with the old table. Those that change themselves are steps of their own. */
static void restore_parts(struct rebuild *rebuild)
{
    const struct diff *diff = rebuild->rendering->diff;
    for (size_t i = 0; i < rebuild->to->part_count; ++i) {
        const struct schema_object *part = rebuild->to->parts[i];
        if ((part->kind != SCHEMA_INDEX && part->kind != SCHEMA_TRIGGER) || diff_find(diff, part) ||
            !diff_counterpart(diff, part))
            continue;
        as_written_object(&rebuild->sql, diff->to, part);
        struct plan_statement *statement = add(rebuild, 0);
        statement->title = arena_printf(rebuild->rendering->arena, "table %s: restore %s %s",
                                        rebuild->to->name, schema_kind_word(part->kind), part->name);
        if (part->kind == SCHEMA_INDEX)
            language_add_index_hazards(rebuild->rendering, statement, part);
    }
}

static bool refuse_whole(const struct schema_object *table, dun_error *error)
{
    error_set(error, DUN_FAILED, "the definition of table %s is one that dunlin cannot take apart",
              table->name);
    error_hint(error, "write this change as a migration by hand");
    return false;
}

/* What is ignored is not known here, and would go with the old table. */
static bool refuse_to_lose(const struct schema_object *table, dun_error *error)
{
    error_set(error, DUN_FAILED, "table %s has to be made anew, and would lose its %s, which is ignored",
              table->name, table->left_out);
    error_hint(error, "ignore it no longer, or write this change as a migration by hand");
    return false;
}

bool language_rebuild(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    if (definition_is_whole(step->from) || definition_is_whole(step->to))
        return refuse_whole(step->to, error);
    if (step->from->left_out)
        return refuse_to_lose(step->from, error);
    struct rebuild rebuild = {.rendering = rendering,
                              .from = step->from,
                              .to = step->to,
                              .name = new_name(rendering, step->to->name),
                              .sql = STR_INIT};
    language_frame_rebuild(rendering, step->from, step->to);
    create_table(&rebuild);
    copy_rows(&rebuild);
    guard_rows(&rebuild);
    keep_mark(&rebuild);
    take_place(&rebuild);
    restore_parts(&rebuild);
    str_free(&rebuild.sql);
    return true;
}
