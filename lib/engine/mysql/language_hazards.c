/* What changes of columns, and new keys and constraints, cost and endanger. The costs are those of InnoDB's
 * manuals (https://mariadb.com/kb/en/innodb-online-ddl-overview/ and the chapter "Online DDL Operations" of
 * MySQL's). */
#include "engine/mysql/language.h"

#include <string.h>
#include <strings.h>

/* Indexes of words are built by one session, while writers wait. */
static bool has_fulltext(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i) {
        const char *method = catalog_text(table->parts[i], ATTRIBUTE_METHOD);
        if (table->parts[i]->kind == SCHEMA_INDEX && method && strcmp(method, "FULLTEXT") == 0)
            return true;
    }
    return false;
}

/* Is there nothing that keeps InnoDB from changing the table by its dictionary alone? */
static bool is_plain_table(const struct schema_object *table)
{
    const char *engine = catalog_text(table, ATTRIBUTE_ENGINE),
               *format = catalog_text(table, ATTRIBUTE_ROW_FORMAT);
    return engine && strcasecmp(engine, "InnoDB") == 0 &&
           !(format && strcasecmp(format, "COMPRESSED") == 0) &&
           !catalog_text(table, ATTRIBUTE_SYSTEM_VERSIONED) && !has_fulltext(table);
}

static bool is_innodb(const struct language_alteration *alteration)
{
    const char *before = catalog_text(alteration->from, ATTRIBUTE_ENGINE),
               *after = catalog_text(alteration->to, ATTRIBUTE_ENGINE);
    return before && after && strcasecmp(before, "InnoDB") == 0 && strcasecmp(after, "InnoDB") == 0;
}

/* InnoDB writes tables with virtual columns anew only by copying them. */
static bool has_virtual_columns(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN && catalog_text(table->parts[i], ATTRIBUTE_GENERATED) &&
            !catalog_text(table->parts[i], ATTRIBUTE_STORED))
            return true;
    return false;
}

static void cost_rewrite(struct language_alteration *alteration, const char *why)
{
    bool in_place = is_innodb(alteration) && !has_virtual_columns(alteration->from) &&
                    !has_virtual_columns(alteration->to);
    bool words = has_fulltext(alteration->from) || has_fulltext(alteration->to);
    mysql_engine_cost(alteration,
                      !in_place ? COST_COPY
                      : words   ? COST_SHARED
                                : COST_INPLACE,
                      PLAN_REWRITE, why);
}

static void cost_nothing(struct language_alteration *alteration, const char *why)
{
    if (is_innodb(alteration))
        mysql_engine_cost(alteration, COST_INSTANT, 0, why);
    else
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "only InnoDB changes tables online");
}

/* A default that is one value for all rows. */
static bool has_constant_default(const struct schema_object *column)
{
    const char *value = catalog_text(column, ATTRIBUTE_DEFAULT);
    return !value || !strchr(value, '(') ||
           strncasecmp(value, "current_timestamp", strlen("current_timestamp")) == 0;
}

/* Rows that are there get a zero or an empty text, as if somebody had said so; nobody has. */
static void judge_missing_value(struct language_alteration *alteration, const struct schema_object *column)
{
    if (!catalog_text(column, ATTRIBUTE_NOT_NULL) || catalog_text(column, ATTRIBUTE_DEFAULT) ||
        catalog_text(column, ATTRIBUTE_GENERATED) || catalog_text(column, ATTRIBUTE_AUTO_INCREMENT))
        return;
    alteration->hazards |= PLAN_NOT_NULL;
    mysql_engine_check(
        alteration, PLAN_NOT_NULL,
        "give the column a default; or add it without NOT NULL, fill it, and make it NOT NULL then",
        "SELECT COUNT(*) FROM %s", mysql_engine_name(alteration->rendering->arena, alteration->from->name));
}

void mysql_engine_judge_added_column(struct language_alteration *alteration,
                                     const struct schema_object *column, bool at_end)
{
    bool generated = catalog_text(column, ATTRIBUTE_GENERATED) != NULL;
    judge_missing_value(alteration, column);
    if (generated && catalog_text(column, ATTRIBUTE_STORED))
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the values of a stored column are computed");
    else if (!has_constant_default(column) || catalog_text(column, ATTRIBUTE_AUTO_INCREMENT))
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "each row gets a value of its own");
    else if (catalog_text(column, ATTRIBUTE_CHECK))
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the new column has a check");
    else if (!is_plain_table(alteration->from) ||
             (!at_end && (!alteration->mariadb || has_virtual_columns(alteration->from))))
        cost_rewrite(alteration, "a column is added");
    else
        cost_nothing(alteration, "a column is added");
}

static bool is_in_key(const struct schema_object *table, const char *name)
{
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_value *columns = catalog_value(table->parts[i], ATTRIBUTE_COLUMNS);
        for (size_t j = 0; columns && j < columns->count; ++j)
            if (strcmp(columns->texts[j], name) == 0)
                return true;
    }
    return false;
}

void mysql_engine_judge_dropped_column(struct language_alteration *alteration,
                                       const struct schema_object *column)
{
    bool generated = catalog_text(column, ATTRIBUTE_GENERATED) != NULL;
    if (!generated)
        alteration->hazards |= PLAN_DROP_COLUMN;
    if (is_plain_table(alteration->from) && !is_in_key(alteration->from, column->name))
        cost_nothing(alteration, "a column is dropped");
    else
        cost_rewrite(alteration, "a column is dropped");
}

static bool has(const struct diff_change *change, enum schema_attribute attribute)
{
    return diff_has(change, attribute);
}

static void judge_type(struct language_alteration *alteration, const struct diff_change *change)
{
    switch (mysql_engine_conversion(change->from, change->to)) {
    case CONVERSION_NONE:
        break;
    case CONVERSION_INSTANT:
        cost_nothing(alteration, "a type changes");
        break;
    case CONVERSION_LONGER:
        if (alteration->mariadb)
            cost_nothing(alteration, "a type changes");
        else
            mysql_engine_cost(alteration, COST_INPLACE, 0, "a type changes");
        break;
    case CONVERSION_TWO_BYTES:
        if (alteration->mariadb)
            cost_nothing(alteration, "a type changes");
        else
            mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "a type changes");
        break;
    case CONVERSION_WIDENS:
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "a type changes");
        break;
    case CONVERSION_NARROWS:
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE | PLAN_NARROW_TYPE | PLAN_CAST,
                          "a type changes");
        break;
    case CONVERSION_DROPS:
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE | PLAN_DROP_VALUE | PLAN_CAST,
                          "values of a type go");
        break;
    }
}

/* Every character of the first is one of the second, too. */
static bool is_within(const char *from, const char *to)
{
    if (!from || !to || strcmp(from, to) == 0 || strcmp(to, "utf8mb4") == 0)
        return true;
    return strcmp(from, "ascii") == 0 || (strncmp(to, "utf8", 4) == 0 && strncmp(from, "utf8", 4) != 0);
}

static void judge_characters(struct language_alteration *alteration, const struct diff_change *change)
{
    const char *before = catalog_text(change->from, ATTRIBUTE_CHARACTER_SET);
    const char *after = catalog_text(change->to, ATTRIBUTE_CHARACTER_SET);
    if (!before || !after)
        return; /* a change of type says it all */
    if (has(change, ATTRIBUTE_CHARACTER_SET)) {
        unsigned loss = is_within(before, after) ? 0 : PLAN_NARROW_TYPE | PLAN_CAST;
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE | loss,
                          "the character set of a column changes");
    } else if (has(change, ATTRIBUTE_COLLATION)) {
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the collation of a column changes");
    }
}

static void judge_not_null(struct language_alteration *alteration, const struct diff_change *change)
{
    if (!has(change, ATTRIBUTE_NOT_NULL))
        return;
    if (!catalog_text(change->to, ATTRIBUTE_NOT_NULL)) {
        cost_rewrite(alteration, "a column is no longer NOT NULL");
        return;
    }
    cost_rewrite(alteration, "a column becomes NOT NULL");
    alteration->hazards |= PLAN_NOT_NULL;
    if (catalog_text(change->from, ATTRIBUTE_GENERATED))
        return;
    const char *table = mysql_engine_name(alteration->rendering->arena, alteration->from->name);
    const char *column = mysql_engine_name(alteration->rendering->arena, change->from->name);
    mysql_engine_check(alteration, PLAN_NOT_NULL,
                       arena_printf(alteration->rendering->arena,
                                    "give these rows a value first: UPDATE %s SET %s = ... WHERE %s IS NULL",
                                    table, column, column),
                       "SELECT COUNT(*) FROM %s WHERE %s IS NULL", table, column);
}

/* Of both sides: what a row was not checked for before. */
static void judge_check_of_column(struct language_alteration *alteration, const struct diff_change *change)
{
    const char *check = catalog_text(change->to, ATTRIBUTE_CHECK);
    if (!has(change, ATTRIBUTE_CHECK))
        return;
    if (!check) {
        cost_nothing(alteration, "a check is dropped");
        return;
    }
    mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE | PLAN_CHECK, "all rows are checked");
    if (!has(change, ATTRIBUTE_TYPE))
        mysql_engine_check(alteration, PLAN_CHECK, "change these rows first, or the check",
                           "SELECT COUNT(*) FROM %s WHERE NOT (%s)",
                           mysql_engine_name(alteration->rendering->arena, alteration->from->name), check);
}

/* Values keep the reference system that they have. */
static void judge_srid(struct language_alteration *alteration, const struct diff_change *change)
{
    const char *srid = mysql_engine_srid(change->to);
    if (!mysql_engine_changes_srid(change) || !srid)
        return;
    const char *column = mysql_engine_name(alteration->rendering->arena, change->from->name);
    alteration->hazards |= PLAN_CHECK;
    mysql_engine_check(alteration, PLAN_CHECK,
                       arena_printf(alteration->rendering->arena,
                                    "first leave the SRID of the column out, and change these values with "
                                    "ST_Transform(%s, %s) or ST_SRID(%s, %s)",
                                    column, srid, column, srid),
                       "SELECT COUNT(*) FROM %s WHERE ST_SRID(%s) <> %s",
                       mysql_engine_name(alteration->rendering->arena, alteration->from->name), column, srid);
}

void mysql_engine_judge_column(struct language_alteration *alteration, const struct diff_change *change)
{
    static const enum schema_attribute harmless[] = {ATTRIBUTE_DEFAULT, ATTRIBUTE_ON_UPDATE_VALUE,
                                                     ATTRIBUTE_COMMENT, ATTRIBUTE_INVISIBLE};
    static const enum schema_attribute rest[] = {ATTRIBUTE_COMPRESSION, ATTRIBUTE_OPTIONS, ATTRIBUTE_STORAGE,
                                                 ATTRIBUTE_AUTO_INCREMENT, ATTRIBUTE_SYSTEM_VERSIONED};
    if (has(change, ATTRIBUTE_TYPE))
        judge_type(alteration, change);
    judge_characters(alteration, change);
    judge_not_null(alteration, change);
    judge_check_of_column(alteration, change);
    judge_srid(alteration, change);
    if (has(change, ATTRIBUTE_GENERATED))
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the values of a generated column change");
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; ++i)
        if (has(change, harmless[i]))
            cost_nothing(alteration, "a column changes");
    for (size_t i = 0; i < sizeof rest / sizeof *rest; ++i)
        if (has(change, rest[i]))
            mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "a column changes");
}

/* The column as it is called now; NULL: it is not there yet, or its values will not be those it has now. */
static const char *name_now(const struct language_alteration *alteration, const struct schema_object *table,
                            const char *name)
{
    const struct diff *diff = alteration->rendering->diff;
    const struct schema_object *column = NULL;
    for (size_t i = 0; i < table->part_count && !column; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN && strcmp(table->parts[i]->name, name) == 0)
            column = table->parts[i];
    const struct schema_object *now = column ? diff_counterpart(diff, column) : NULL;
    if (!now || catalog_text(column, ATTRIBUTE_GENERATED) || catalog_text(now, ATTRIBUTE_GENERATED))
        return NULL;
    return mysql_engine_name(alteration->rendering->arena, now->name);
}

static bool append_key_columns_now(struct language_alteration *alteration, struct str *columns,
                                   struct str *not_null, const struct schema_object *key)
{
    const struct schema_value *names = catalog_value(key, ATTRIBUTE_COLUMNS),
                              *prefixes = catalog_value(key, ATTRIBUTE_PREFIX_LENGTHS);
    for (size_t i = 0; names && i < names->count; ++i) {
        const char *name = name_now(alteration, alteration->to, names->texts[i]);
        const char *prefix = prefixes ? prefixes->texts[i] : "";
        if (!name)
            return false;
        str_printf(not_null, "%s%s IS NOT NULL", i ? " AND " : "", name);
        str_append(columns, i ? ", " : "");
        if (*prefix)
            str_printf(columns, "LEFT(%s, %s)", name, prefix);
        else
            str_append(columns, name);
    }
    return columns->length > 0;
}

static void check_unique(struct language_alteration *alteration, const struct schema_object *key)
{
    struct str columns = STR_INIT, not_null = STR_INIT;
    if (!catalog_value(key, ATTRIBUTE_OPTIONS) &&
        append_key_columns_now(alteration, &columns, &not_null, key))
        mysql_engine_check(alteration, PLAN_UNIQUE, "change or delete the rows that are there twice first",
                           "SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM %s WHERE %s GROUP "
                           "BY %s HAVING COUNT(*) > 1) "
                           "AS repeated",
                           mysql_engine_name(alteration->rendering->arena, alteration->from->name),
                           str_text(&not_null), str_text(&columns));
    str_free(&columns);
    str_free(&not_null);
}

static void judge_primary_key(struct language_alteration *alteration, const struct schema_object *key)
{
    const struct schema_value *names = catalog_value(key, ATTRIBUTE_COLUMNS);
    cost_rewrite(alteration, "the primary key changes");
    alteration->hazards |= PLAN_UNIQUE | PLAN_INDEX_BUILD;
    check_unique(alteration, key);
    for (size_t i = 0; names && i < names->count; ++i) {
        const struct schema_object *column = NULL;
        for (size_t j = 0; j < alteration->from->part_count; ++j)
            if (alteration->from->parts[j]->kind == SCHEMA_COLUMN &&
                strcmp(alteration->from->parts[j]->name, names->texts[i]) == 0)
                column = alteration->from->parts[j];
        if (column && !catalog_text(column, ATTRIBUTE_NOT_NULL))
            alteration->hazards |= PLAN_NOT_NULL; /* said by the change of the column */
    }
}

/* Does the check mention only columns that are there as they will be? */
static bool can_be_asked_now(const struct language_alteration *alteration, const struct schema_object *part)
{
    const struct diff *diff = alteration->rendering->diff;
    for (size_t i = 0; i < part->need_count; ++i) {
        const struct schema_object *now = diff_counterpart(diff, part->needs[i]);
        if (!now || strcmp(now->name, part->needs[i]->name) != 0 || diff_find(diff, part->needs[i]))
            return false;
    }
    return true;
}

static void judge_check(struct language_alteration *alteration, const struct schema_object *check)
{
    if (catalog_text(check, ATTRIBUTE_NOT_ENFORCED)) {
        cost_nothing(alteration, "a check that is not enforced is added");
        return;
    }
    mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE | PLAN_CHECK, "all rows are checked");
    if (can_be_asked_now(alteration, check))
        mysql_engine_check(alteration, PLAN_CHECK, "change these rows first, or the check",
                           "SELECT COUNT(*) FROM %s WHERE NOT (%s)",
                           mysql_engine_name(alteration->rendering->arena, alteration->from->name),
                           catalog_text(check, ATTRIBUTE_EXPRESSION));
}

static const struct schema_object *referenced_table(const struct schema_object *key)
{
    for (size_t i = 0; i < key->need_count; ++i)
        if (key->needs[i]->kind == SCHEMA_TABLE)
            return key->needs[i];
    return key->parent; /* itself */
}

static void check_foreign_key(struct language_alteration *alteration, const struct schema_object *key)
{
    struct arena *arena = alteration->rendering->arena;
    const struct schema_object *table = referenced_table(key),
                               *now = diff_counterpart(alteration->rendering->diff, table);
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    const struct schema_value *referenced = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    struct str join = STR_INIT, where = STR_INIT;
    bool known = columns && referenced && columns->count == referenced->count &&
                 !strchr(catalog_text(key, ATTRIBUTE_REFERENCES), '`');
    const char *missing = NULL;
    for (size_t i = 0; known && i < columns->count; ++i) {
        const char *child = name_now(alteration, alteration->to, columns->texts[i]);
        const char *parent = now ? name_now(alteration, table, referenced->texts[i]) : NULL;
        known = child && (parent || !now);
        if (!known)
            break;
        str_printf(&where, "c.%s IS NOT NULL AND ", child);
        str_printf(&join, "%sp.%s = c.%s", i ? " AND " : "", parent ? parent : "", child);
        missing = parent;
    }
    const char *own = mysql_engine_name(arena, alteration->from->name);
    if (known && now)
        mysql_engine_check(alteration, PLAN_FOREIGN_KEY, "delete these rows first, or add what they refer to",
                           "SELECT COUNT(*) FROM %s AS c LEFT JOIN %s AS p ON %s WHERE %sp.%s IS NULL", own,
                           mysql_engine_name(arena, now->name), str_text(&join), str_text(&where), missing);
    else if (known) /* the table that is referred to is made by this plan, without rows */
        mysql_engine_check(alteration, PLAN_FOREIGN_KEY,
                           "delete these rows first, or have them refer to nothing",
                           "SELECT COUNT(*) FROM %s AS c WHERE %sTRUE", own, str_text(&where));
    str_free(&join);
    str_free(&where);
}

void mysql_engine_judge_dropped_part(struct language_alteration *alteration, const struct schema_object *part)
{
    bool index = part->kind == SCHEMA_INDEX || part->kind == SCHEMA_UNIQUE;
    if ((index || !alteration->mariadb) && is_innodb(alteration))
        mysql_engine_cost(alteration, COST_INPLACE, 0, "an index or a constraint is dropped");
    else
        cost_nothing(alteration, "a constraint is dropped");
}

void mysql_engine_judge_added_part(struct language_alteration *alteration, const struct schema_object *part)
{
    const char *method = catalog_text(part, ATTRIBUTE_METHOD);
    switch (part->kind) {
    case SCHEMA_PRIMARY_KEY:
        judge_primary_key(alteration, part);
        break;
    case SCHEMA_CHECK:
        judge_check(alteration, part);
        break;
    case SCHEMA_FOREIGN_KEY:
        mysql_engine_cost(alteration, COST_COPY, PLAN_SCAN | PLAN_FOREIGN_KEY,
                          "all rows are looked up in the other table");
        check_foreign_key(alteration, part);
        break;
    case SCHEMA_UNIQUE:
        mysql_engine_cost(alteration, is_innodb(alteration) && !method ? COST_INPLACE : COST_COPY,
                          PLAN_INDEX_BUILD | PLAN_UNIQUE, "an index is built");
        check_unique(alteration, part);
        break;
    default:
        mysql_engine_cost(alteration,
                          !is_innodb(alteration) ? COST_COPY
                          : method               ? COST_SHARED
                                                 : COST_INPLACE,
                          PLAN_INDEX_BUILD, "an index is built");
        break;
    }
}
