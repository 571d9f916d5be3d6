/* Indexes, and what keys and exclusions have in common with them. */
#include "engine/postgres/language.h"

#include <string.h>

static const char *item(const struct schema_object *index, enum schema_attribute attribute, size_t place)
{
    const struct schema_value *value = catalog_value(index, attribute);
    return value && place < value->count ? value->texts[place] : "";
}

/* An expression stands in parentheses. A column may be called like that, too. */
static bool is_expression(const struct schema_object *index, const char *key)
{
    if (*key != '(')
        return false;
    for (size_t i = 0; i < index->parent->part_count; ++i)
        if (index->parent->parts[i]->kind == SCHEMA_COLUMN && strcmp(index->parent->parts[i]->name, key) == 0)
            return false;
    return true;
}

void text_index_columns(struct str *to, const struct schema_object *index, bool with_operators)
{
    const struct schema_value *columns = catalog_value(index, ATTRIBUTE_COLUMNS);
    bool temporal = is_set(index, ATTRIBUTE_TEMPORAL);
    for (size_t i = 0; columns && i < columns->count; ++i) {
        const char *key = columns->texts[i], *collation = item(index, ATTRIBUTE_COLLATIONS, i);
        const char *class = item(index, ATTRIBUTE_OPERATOR_CLASSES, i),
                   *order = item(index, ATTRIBUTE_ORDERS, i);
        str_append(to, i ? ", " : "(");
        if (is_expression(index, key))
            str_append(to, key);
        else
            text_name(to, key);
        if (*collation)
            str_printf(to, " COLLATE %s", collation);
        str_printf(to, "%s%s%s%s", *class ? " " : "", class, *order ? " " : "", order);
        if (with_operators)
            str_printf(to, " WITH %s", item(index, ATTRIBUTE_OPERATORS, i));
        if (temporal && i + 1 == columns->count)
            str_append(to, " WITHOUT OVERLAPS");
    }
    str_append_char(to, ')');
}

void text_index_tail(struct str *to, const struct schema_object *index)
{
    if (is_set(index, ATTRIBUTE_INCLUDED)) {
        str_append(to, " INCLUDE (");
        text_names(to, catalog_value(index, ATTRIBUTE_INCLUDED));
        str_append_char(to, ')');
    }
    if (is_set(index, ATTRIBUTE_NULLS_NOT_DISTINCT) && index->kind == SCHEMA_INDEX)
        str_append(to, " NULLS NOT DISTINCT");
    if (is_set(index, ATTRIBUTE_OPTIONS)) {
        str_append(to, " WITH ");
        text_options(to, catalog_value(index, ATTRIBUTE_OPTIONS), " = ");
    }
    if (is_set(index, ATTRIBUTE_TABLESPACE)) {
        str_append(to, index->kind == SCHEMA_INDEX ? " TABLESPACE " : " USING INDEX TABLESPACE ");
        text_name(to, catalog_text(index, ATTRIBUTE_TABLESPACE));
    }
    if (is_set(index, ATTRIBUTE_WHERE))
        str_printf(to, " WHERE %s%s%s", index->kind == SCHEMA_EXCLUSION ? "(" : "",
                   catalog_text(index, ATTRIBUTE_WHERE), index->kind == SCHEMA_EXCLUSION ? ")" : "");
}

/* Are all columns of the key there before the plan, so that they can be asked for? */
static bool is_askable(const struct plan_rendering *rendering, const struct schema_object *index)
{
    for (size_t i = 0; i < index->need_count; ++i) {
        const struct schema_object *needed = index->needs[i],
                                   *before = diff_counterpart(rendering->diff, needed);
        const struct diff_change *change = before ? diff_find(rendering->diff, needed) : NULL;
        if (!before || changes(change, ATTRIBUTE_TYPE))
            return false;
    }
    return true;
}

static bool is_partitioned(const struct schema_object *table)
{
    return is_set(table, ATTRIBUTE_PARTITION_BY);
}

const char *duplicates_check(const struct plan_rendering *rendering, const struct schema_object *index)
{
    const struct schema_value *columns = catalog_value(index, ATTRIBUTE_COLUMNS);
    const char *where = catalog_text(index, ATTRIBUTE_WHERE), *copy;
    struct str text = STR_INIT;
    if (!is_askable(rendering, index))
        return NULL;
    str_append(&text, "SELECT pg_catalog.count(*) FROM (SELECT 1 FROM ");
    str_append(&text, is_partitioned(index->parent) ? "" : "ONLY ");
    text_object(&text, index->parent);
    str_append(&text, where ? " WHERE (" : " WHERE ");
    str_printf(&text, "%s%s", where ? where : "true", where ? ")" : "");
    for (size_t i = 0; !is_set(index, ATTRIBUTE_NULLS_NOT_DISTINCT) && i < columns->count; ++i) {
        str_append(&text, " AND ");
        if (is_expression(index, columns->texts[i]))
            str_append(&text, columns->texts[i]);
        else
            text_name(&text, columns->texts[i]);
        str_append(&text, " IS NOT NULL");
    }
    str_append(&text, " GROUP BY ");
    for (size_t i = 0; i < columns->count; ++i) {
        str_append(&text, i ? ", " : "");
        if (is_expression(index, columns->texts[i]))
            str_append(&text, columns->texts[i]);
        else
            text_name(&text, columns->texts[i]);
    }
    str_append(&text, " HAVING pg_catalog.count(*) > 1) twice");
    copy = arena_strdup(rendering->arena, str_text(&text));
    str_free(&text);
    return copy;
}

void set_concurrent(struct plan_rendering *rendering, struct plan_statement *statement, const char *index,
                    bool builds)
{
    struct str query = STR_INIT;
    str_append(
        &query,
        "SELECT 1 FROM pg_catalog.pg_index WHERE NOT indisvalid AND indexrelid = pg_catalog.to_regclass(");
    text_literal(&query, index);
    str_append_char(&query, ')');
    statement->hazards |= PLAN_NOT_TRANSACTIONAL;
    statement->apart = statement->patient = true;
    statement->leftover = (struct plan_leftover){
        .what = arena_printf(rendering->arena, "the invalid index %s", index),
        .query = arena_strdup(rendering->arena, str_text(&query)),
        .removal = builds ? arena_printf(rendering->arena, "DROP INDEX CONCURRENTLY %s", index) : NULL,
    };
    str_free(&query);
}

/* Can it be built while others write? */
static bool is_online(const struct plan_rendering *rendering, const struct schema_object *index)
{
    return rendering->options->online && !is_new(rendering, index) && !is_partitioned(index->parent);
}

static void write_clustered(struct plan_rendering *rendering, const struct schema_object *index, bool on)
{
    if (on)
        plan_add(rendering, 0, "ALTER TABLE %s CLUSTER ON %s", object_text(rendering, index->parent),
                 name_text(rendering, index->name));
    else if (!is_clustered(index->parent)) /* on another one */
        plan_add(rendering, 0, "ALTER TABLE %s SET WITHOUT CLUSTER", object_text(rendering, index->parent));
}

/* "2: 7, 3: 100": the target of each key that has one; of those that had one before, -1 is the default. */
static void write_targets(struct plan_rendering *rendering, const struct schema_object *index,
                          const char *targets, bool back_to_default)
{
    while (targets && *targets) {
        size_t key = strspn(targets, "0123456789"), value;
        const char *target = targets + key + 2;
        value = strspn(target, "0123456789");
        plan_add(rendering, 0, "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS %.*s",
                 object_text(rendering, index), (int)key, targets, back_to_default ? 2 : (int)value,
                 back_to_default ? "-1" : target);
        targets = target + value;
        targets += strspn(targets, ", ");
    }
}

static void write_index(struct plan_rendering *rendering, const struct schema_object *index)
{
    struct str text = STR_INIT;
    bool unique = is_set(index, ATTRIBUTE_UNIQUE), new = is_new(rendering, index),
         online = is_online(rendering, index);
    str_append(&text, unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    str_append(&text, online ? "CONCURRENTLY " : "");
    text_name(&text, index->name);
    str_append(&text, is_set(index, ATTRIBUTE_VALID) && is_partitioned(index->parent) ? " ON ONLY " : " ON ");
    text_object(&text, index->parent);
    str_append_char(&text, ' ');
    if (is_set(index, ATTRIBUTE_METHOD))
        str_printf(&text, "USING %s ", name_text(rendering, catalog_text(index, ATTRIBUTE_METHOD)));
    text_index_columns(&text, index, false);
    text_index_tail(&text, index);
    unsigned hazards =
        new ? 0u : (online ? 0u : (unsigned)PLAN_INDEX_BUILD) | (unique ? (unsigned)PLAN_UNIQUE : 0u);
    struct plan_statement *statement = add_text(rendering, hazards, &text);
    if (online)
        set_concurrent(rendering, statement, object_text(rendering, index), true);
    if (rendering->options->online && !new && !online)
        statement->note = "an index of a partitioned table cannot be built while others write";
    const char *check = unique && !new ? duplicates_check(rendering, index) : NULL;
    if (check)
        plan_add_check(rendering, statement, PLAN_UNIQUE, check, "change the rows that have the same key");
}

static const char *old_name(const struct plan_rendering *rendering, const struct schema_object *index)
{
    return name_text(rendering, arena_printf(rendering->arena, "dunlin_old_%.48s", index->name));
}

/*
 * Online, an index that is replaced by another one is of use until that is built. Not an invalid one, nor
 * where its columns go meanwhile, and it with them.
 */
static bool is_kept_meanwhile(const struct plan_rendering *rendering, const struct schema_object *from)
{
    const struct schema_object *to = from ? diff_counterpart(rendering->diff, from) : NULL;
    if (!to || !diff_find(rendering->diff, from) || !is_online(rendering, to) ||
        is_set(from, ATTRIBUTE_VALID))
        return false;
    for (size_t i = 0; i < from->need_count; ++i) {
        if (!diff_counterpart(rendering->diff, from->needs[i]) ||
            plan_replaces(rendering, diff_find(rendering->diff, from->needs[i])))
            return false;
    }
    return true;
}

static void write_old_index_drop(struct plan_rendering *rendering, const struct schema_object *index)
{
    const char *name = arena_printf(rendering->arena, "%s%s%s",
                                    index->parent->schema ? name_text(rendering, index->parent->schema) : "",
                                    index->parent->schema ? "." : "", old_name(rendering, index));
    set_concurrent(rendering, plan_add(rendering, 0, "DROP INDEX CONCURRENTLY %s", name), name, false);
}

static bool create_index(struct plan_rendering *rendering, const struct schema_object *index,
                         dun_error *error)
{
    (void)error;
    if (is_inherited(index) && !is_attached_later(rendering, index->parent))
        return true;
    write_index(rendering, index);
    if (rendering->step->recreated && is_kept_meanwhile(rendering, rendering->step->from))
        write_old_index_drop(rendering, rendering->step->from);
    if (is_set(index, ATTRIBUTE_CLUSTERED))
        write_clustered(rendering, index, true);
    write_identity_again(rendering, index);
    write_targets(rendering, index, catalog_text(index, ATTRIBUTE_STATISTICS_TARGET), false);
    return true;
}

static bool is_part_of(const struct plan_rendering *rendering, const struct schema_object *index,
                       const struct schema_object *whole)
{
    return is_name_of(rendering->arena, catalog_text(index, ATTRIBUTE_PARTITION_OF), whole->parent->schema,
                      whole->name);
}

/* With the index of a partitioned table go those of the partitions, also those that are to stay. */
static void write_left_behind(struct plan_rendering *rendering, const struct schema_object *index)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(rendering->diff->from, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *to =
            objects[i]->kind == SCHEMA_INDEX ? diff_counterpart(rendering->diff, objects[i]) : NULL;
        if (to && !is_inherited(to) && is_part_of(rendering, objects[i], index))
            write_index(rendering, to);
    }
}

/* That of a partition goes with its table's, or when it is no longer one. */
static void drop_index(struct plan_rendering *rendering, const struct schema_object *index)
{
    const struct schema_object *table = diff_counterpart(rendering->diff, index->parent);
    if (is_inherited(index)) {
        if (table && !is_set(table, ATTRIBUTE_PARTITION_OF))
            plan_add_to(rendering, PLAN_AFTER, 0, "DROP INDEX IF EXISTS %s", object_text(rendering, index));
        return;
    }
    if (rendering->step->recreated && is_kept_meanwhile(rendering, index)) {
        plan_add(rendering, 0, "ALTER INDEX %s RENAME TO %s", object_text(rendering, index),
                 old_name(rendering, index));
        return;
    }
    bool online = rendering->options->online && table && !is_partitioned(table);
    const char *name = object_text(rendering, index);
    struct plan_statement *statement =
        plan_add(rendering, 0, "DROP INDEX %s%s", online ? "CONCURRENTLY " : "", name);
    if (online)
        set_concurrent(rendering, statement, name, false);
    if (table && is_partitioned(table))
        write_left_behind(rendering, index);
}

static void alter_index(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_object *index = change->to;
    const char *name = object_text(rendering, index);
    if (changes(change, ATTRIBUTE_OPTIONS)) {
        struct str text = STR_INIT;
        str_printf(&text, "ALTER INDEX %s ", name);
        if (text_options_change(&text, change->from, index))
            add_text(rendering, 0, &text);
        str_free(&text);
    }
    if (changes(change, ATTRIBUTE_TABLESPACE))
        plan_add(rendering, PLAN_REWRITE, "ALTER INDEX %s SET TABLESPACE %s", name,
                 is_set(index, ATTRIBUTE_TABLESPACE)
                     ? name_text(rendering, catalog_text(index, ATTRIBUTE_TABLESPACE))
                     : "pg_default");
    if (changes(change, ATTRIBUTE_CLUSTERED))
        write_clustered(rendering, index, is_set(index, ATTRIBUTE_CLUSTERED));
    if (changes(change, ATTRIBUTE_STATISTICS_TARGET)) {
        write_targets(rendering, index, catalog_text(change->from, ATTRIBUTE_STATISTICS_TARGET), true);
        write_targets(rendering, index, catalog_text(index, ATTRIBUTE_STATISTICS_TARGET), false);
    }
}

/* What a partition's index is part of follows from its table's place. */
static enum plan_means index_means(const struct diff_change *change)
{
    static const enum schema_attribute in_place[] = {
        ATTRIBUTE_OPTIONS,      ATTRIBUTE_TABLESPACE, ATTRIBUTE_CLUSTERED,   ATTRIBUTE_STATISTICS_TARGET,
        ATTRIBUTE_PARTITION_OF, ATTRIBUTE_COMMENT,    SCHEMA_ATTRIBUTE_COUNT};
    return changes_only(change, in_place) || is_inherited(change->to) ? PLAN_IN_PLACE : PLAN_REPLACE;
}

const struct kind_writer index_writer = {
    .create = create_index, .drop = drop_index, .alter = alter_index, .means = index_means};
