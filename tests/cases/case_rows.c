#include "case_rows.h"

#include "sql/quote.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 3, PASSES = 3 };

struct maker {
    struct arena *arena;
    dun_connection *connection;
    enum sql_dialect dialect;
    const struct catalog *catalog;
};

static void quote_name(struct str *to, enum sql_dialect dialect, const struct schema_object *object)
{
    if (object->schema) {
        sql_quote_identifier(to, dialect, object->schema);
        str_append_char(to, '.');
    }
    sql_quote_identifier(to, dialect, object->name);
}

/* Made-up values */

/* The first word that the text of a type has decides; # stands for the number of the row. NULL: no value is
 * made up. */
static const struct {
    const char *word, *value;
} simple_types[] = {
    {"[]", "'{}'"},
    {"tsvector", "'a b #'"},
    {"int4range", "'[#,10)'"},
    {"daterange", "'[2024-01-0#,2024-02-01)'"},
    {"range", NULL},
    {"interval", "'# day'"},
    {"timestamp", "'2024-01-0# 10:00:00'"},
    {"datetime", "'2024-01-0# 10:00:00'"},
    {"date", "'2024-01-0#'"},
    {"time", "'10:00:0#'"},
    {"year", "202#"},
    {"bool", "true"},
    {"tinyint(1)", "1"},
    {"bit", NULL},
    {"point", NULL},
    {"int", "#"},
    {"serial", "#"},
    {"numeric", "#"},
    {"decimal", "#"},
    {"real", "#"},
    {"double", "#"},
    {"float", "#"},
    {"money", "#"},
    {"uuid", "'00000000-0000-0000-0000-00000000000#'"},
    {"jsonb", "'{\"a\": #}'"},
    {"json", "'{\"a\": #}'"},
    {"bytea", "'\\x0#'"},
    {"blob", "x'0#'"},
    {"binary", "x'0#'"},
    {"inet", "'10.0.0.#'"},
    {"cidr", "'10.0.#.0/24'"},
    {"character", "'#'"},
    {"char", "'#'"},
    {"text", "'#'"},
    {"citext", "'#'"},
};

static const struct schema_object *type_object(const struct maker *maker, const char *type)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(maker->catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        bool is_type = objects[i]->kind == SCHEMA_ENUM || objects[i]->kind == SCHEMA_DOMAIN;
        if (is_type && (strcmp(objects[i]->name, type) == 0 ||
                        strcmp(catalog_full_name(maker->catalog, objects[i]), type) == 0))
            return objects[i];
    }
    return NULL;
}

static const char *enum_value(const struct maker *maker, const char *first)
{
    struct str text = STR_INIT;
    sql_quote_literal(&text, maker->dialect, first, strlen(first));
    const char *copy = arena_strdup(maker->arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* The first word of MySQL's enum('a','b') or set('a','b'), as it is written. */
static const char *inline_enum_value(struct arena *arena, const char *type)
{
    const char *begin = strchr(type, '\''), *end = begin ? strchr(begin + 1, '\'') : NULL;
    return end ? arena_strndup(arena, begin, (size_t)(end - begin) + 1) : NULL;
}

static const char *lower(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *at = copy; *at; ++at)
        *at = (char)tolower((unsigned char)*at);
    return copy;
}

static const char *for_row(struct arena *arena, const char *value, int row)
{
    char *text = arena_strdup(arena, value);
    for (char *at = text; at && *at; ++at)
        if (*at == '#')
            *at = (char)('0' + row);
    return text;
}

static const char *simple_value(const struct maker *maker, const char *type, int row)
{
    const char *name = lower(maker->arena, type);
    if (strncmp(name, "enum(", 5) == 0 || strncmp(name, "set(", 4) == 0)
        return inline_enum_value(maker->arena, type);
    for (size_t i = 0; i < sizeof simple_types / sizeof *simple_types; ++i)
        if (strstr(name, simple_types[i].word))
            return for_row(maker->arena, simple_types[i].value, row);
    return maker->dialect == SQL_SQLITE ? for_row(maker->arena, "#", row) : NULL;
}

/* NULL: none is known. */
static const char *value_for(const struct maker *maker, const char *type, int row)
{
    const struct schema_object *object = type ? type_object(maker, type) : NULL;
    if (object && object->kind == SCHEMA_ENUM)
        return catalog_text(object, ATTRIBUTE_LABELS)
                   ? enum_value(maker, catalog_text(object, ATTRIBUTE_LABELS))
                   : NULL;
    if (object)
        return value_for(maker, catalog_text(object, ATTRIBUTE_TYPE), row);
    return simple_value(maker, type ? type : "", row);
}

/* The second row has NULL, or the default, wherever it may. */
static const char *column_value(const struct maker *maker, const struct schema_object *column, int row)
{
    bool generated = catalog_value(column, ATTRIBUTE_GENERATED) || catalog_value(column, ATTRIBUTE_IDENTITY);
    bool may_be_null = !catalog_value(column, ATTRIBUTE_NOT_NULL),
         has_default = catalog_value(column, ATTRIBUTE_DEFAULT);
    if (generated || (row == 2 && (may_be_null || has_default)))
        return NULL;
    return value_for(maker, catalog_text(column, ATTRIBUTE_TYPE), row);
}

static bool insert_row(const struct maker *maker, const struct schema_object *table, int row)
{
    struct str names = STR_INIT, values = STR_INIT, sql = STR_INIT;
    for (size_t i = 0; i < table->part_count; ++i) {
        const char *value =
            table->parts[i]->kind == SCHEMA_COLUMN ? column_value(maker, table->parts[i], row) : NULL;
        if (!value)
            continue;
        str_append(&names, names.length ? ", " : "");
        sql_quote_identifier(&names, maker->dialect, table->parts[i]->name);
        str_printf(&values, "%s%s", values.length ? ", " : "", value);
    }
    str_append(&sql, "INSERT INTO ");
    quote_name(&sql, maker->dialect, table);
    if (names.length || maker->dialect == SQL_MYSQL)
        str_printf(&sql, " (%s) VALUES (%s)", str_text(&names), str_text(&values));
    else
        str_append(&sql, " DEFAULT VALUES");
    bool good = db_exec(maker->connection, str_text(&sql), NULL);
    str_free(&names);
    str_free(&values);
    str_free(&sql);
    return good;
}

static bool takes_rows(const struct schema_object *object)
{
    return object->kind == SCHEMA_TABLE && !catalog_value(object, ATTRIBUTE_PARTITION_OF);
}

/* What refers to another table may have to wait for its rows: in several passes. */
size_t case_rows_make_up(dun_connection *connection, enum sql_dialect dialect, const struct catalog *catalog)
{
    struct maker maker = {
        .arena = arena_new(), .connection = connection, .dialect = dialect, .catalog = catalog};
    size_t count, filled = 0;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    bool(*done)[ROWS] = arena_alloc(maker.arena, (count + 1) * sizeof *done);
    for (int pass = 0; pass < PASSES; ++pass)
        for (size_t i = 0; i < count; ++i)
            for (int row = 0; row < ROWS && takes_rows(objects[i]); ++row)
                done[i][row] = done[i][row] || insert_row(&maker, objects[i], row + 1);
    for (size_t i = 0; i < count; ++i)
        filled += done[i][0] || done[i][1] || done[i][2];
    arena_free(maker.arena);
    return filled;
}

/* Measures */

struct measure {
    const struct schema_object *from, *to;
    int64_t rows;
    uint64_t sum;
};

struct case_measures {
    VECTOR(struct measure) tables;
};

/* Does the column hold the same values afterwards? */
static bool stays(const struct diff *diff, const struct schema_object *column)
{
    static const enum schema_attribute values[] = {ATTRIBUTE_TYPE, ATTRIBUTE_GENERATED,
                                                   ATTRIBUTE_CHARACTER_SET};
    const struct schema_object *other = diff_counterpart(diff, column);
    for (size_t i = 0; other && i < sizeof values / sizeof *values; ++i)
        if (!diff_same_value(diff->rules, catalog_value(column, values[i]), catalog_value(other, values[i])))
            return false;
    return other != NULL;
}

/* A query of the columns that stay, by the names of one side. */
static void measure_query(struct str *to, const struct diff *diff, const struct measure *measure,
                          bool afterwards)
{
    str_append(to, "SELECT 1");
    for (size_t i = 0; i < measure->from->part_count; ++i) {
        const struct schema_object *column = measure->from->parts[i];
        if (column->kind != SCHEMA_COLUMN || !stays(diff, column))
            continue;
        str_append(to, ", ");
        sql_quote_identifier(to, diff->rules->dialect,
                             (afterwards ? diff_counterpart(diff, column) : column)->name);
    }
    str_append(to, " FROM ");
    quote_name(to, diff->rules->dialect, afterwards ? measure->to : measure->from);
}

static uint64_t hash_row(const dun_result *rows, size_t row)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < dun_result_columns(rows); ++i) {
        const char *text = dun_result_value(rows, row, i);
        for (size_t k = 0; text && k < dun_result_length(rows, row, i); ++k)
            hash = (hash ^ (unsigned char)text[k]) * UINT64_C(1099511628211);
        hash = (hash ^ (text ? 256 : 257)) * UINT64_C(1099511628211);
    }
    return hash;
}

static bool measure_table(dun_connection *connection, const struct diff *diff, struct measure *measure,
                          bool afterwards, dun_error *error)
{
    struct str sql = STR_INIT;
    dun_result *rows = NULL;
    measure_query(&sql, diff, measure, afterwards);
    bool good = db_query(connection, str_text(&sql), &rows, error);
    measure->rows = good ? (int64_t)dun_result_rows(rows) : 0;
    measure->sum = 0;
    for (size_t i = 0; good && i < dun_result_rows(rows); ++i)
        measure->sum += hash_row(rows, i);
    dun_result_free(rows);
    str_free(&sql);
    return good;
}

bool case_rows_measure(struct arena *arena, dun_connection *connection, const struct diff *diff,
                       struct case_measures **ret_measures, dun_error *error)
{
    struct case_measures *measures = ARENA_NEW(arena, struct case_measures);
    size_t count;
    struct schema_object *const *objects = catalog_objects(diff->from, &count);
    for (size_t i = 0; i < count; ++i) {
        struct measure measure = {.from = objects[i], .to = diff_counterpart(diff, objects[i])};
        if (objects[i]->kind != SCHEMA_TABLE || !measure.to)
            continue;
        if (!measure_table(connection, diff, &measure, false, error))
            return false;
        *vector_add(arena, &measures->tables) = measure;
    }
    *ret_measures = measures;
    return true;
}

/* The hazards that were announced for a table. A rename makes another object of it. */
static unsigned announced(const struct plan *plan, const struct measure *measure)
{
    unsigned hazards = 0;
    VECTOR_EACH (struct plan_statement, statement, &plan->statements) {
        const char *key = statement->table ? statement->table->key : "";
        if (strcmp(key, measure->from->key) == 0 || strcmp(key, measure->to->key) == 0)
            hazards |= statement->hazards;
    }
    return hazards;
}

bool case_rows_survive(struct str *to, dun_connection *connection, const struct diff *diff,
                       const struct plan *plan, const struct case_measures *measures)
{
    static const unsigned rows_go = PLAN_DROP_TABLE | PLAN_DROP_PARTITION | PLAN_DROP_VERSIONING;
    static const unsigned values_go = PLAN_NARROW_TYPE | PLAN_DROP_VALUE;
    dun_error *error = dun_error_new();
    bool good = true;
    VECTOR_EACH (struct measure, before, &measures->tables) {
        struct measure after = *before;
        unsigned hazards = announced(plan, before);
        if (hazards & rows_go)
            continue;
        if (!measure_table(connection, diff, &after, true, error))
            str_printf(to, "    rows of %s: %s\n", before->to->key, dun_error_message(error));
        else if (after.rows != before->rows)
            str_printf(to, "    %s had %lld rows and has %lld\n", before->to->key, (long long)before->rows,
                       (long long)after.rows);
        else if (after.sum != before->sum && !(hazards & values_go))
            str_printf(to, "    %s: values of columns that stay have changed\n", before->to->key);
        else
            continue;
        good = false;
    }
    dun_error_free(error);
    return good;
}
