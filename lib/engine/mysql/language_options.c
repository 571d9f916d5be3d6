/* The options of a table, changed. */
#include "engine/mysql/language.h"

#include "base/error.h"

#include <string.h>

static bool has_text(const struct schema_value *value, const char *text)
{
    for (size_t i = 0; value && i < value->count; ++i)
        if (strcmp(value->texts[i], text) == 0)
            return true;
    return false;
}

static size_t name_length(const char *option)
{
    return strcspn(option, "=");
}

static bool has_name(const struct schema_value *options, const char *option)
{
    for (size_t i = 0; options && i < options->count; ++i)
        if (name_length(options->texts[i]) == name_length(option) &&
            strncmp(options->texts[i], option, name_length(option)) == 0)
            return true;
    return false;
}

/* What an option is when it is not given. */
static const char *default_of(const char *option)
{
    static const struct {
        const char *name, *value;
    } defaults[] = {
        {"MAX_ROWS", "0"},          {"MIN_ROWS", "0"},        {"AVG_ROW_LENGTH", "0"},
        {"CHECKSUM", "0"},          {"DELAY_KEY_WRITE", "0"}, {"KEY_BLOCK_SIZE", "0"},
        {"INSERT_METHOD", "NO"},    {"UNION", "()"},          {"CONNECTION", "''"},
        {"COMPRESSION", "''"},      {"ENCRYPTION", "'N'"},    {"AUTOEXTEND_SIZE", "0"},
        {"ENGINE_ATTRIBUTE", "''"},
    };
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; ++i)
        if (strlen(defaults[i].name) == name_length(option) &&
            strncmp(defaults[i].name, option, name_length(option)) == 0)
            return defaults[i].value;
    return "DEFAULT";
}

static bool is_place(const char *option)
{
    return strncmp(option, "DATA DIRECTORY", strlen("DATA DIRECTORY")) == 0 ||
           strncmp(option, "INDEX DIRECTORY", strlen("INDEX DIRECTORY")) == 0;
}

/* Options that are kept in the dictionary only. */
static bool is_light(const char *option)
{
    return strncmp(option, "STATS_", strlen("STATS_")) == 0 ||
           strncmp(option, "MAX_ROWS", strlen("MAX_ROWS")) == 0 ||
           strncmp(option, "MIN_ROWS", strlen("MIN_ROWS")) == 0;
}

static bool change_option(struct language_alteration *alteration, const char *option, const char *value,
                          dun_error *error)
{
    if (is_place(option)) {
        error_set(error, DUN_FAILED, "ALTER TABLE cannot move the files of a table (%s)", option);
        error_hint(error, "make a new table there, copy the rows with INSERT ... SELECT, and rename it");
        return false;
    }
    str_printf(mysql_engine_clause(alteration), "%.*s%s%s",
               (int)(value ? name_length(option) : strlen(option)), option, value ? "=" : "",
               value ? value : "");
    if (is_light(option))
        mysql_engine_cost(alteration, COST_INSTANT, 0, "an option changes");
    else
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "an option changes");
    return true;
}

static bool change_options(struct language_alteration *alteration, const struct diff_change *change,
                           dun_error *error)
{
    const struct schema_value *from = catalog_value(change->from, ATTRIBUTE_OPTIONS),
                              *to = catalog_value(change->to, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; to && i < to->count; ++i)
        if (!has_text(from, to->texts[i]) && !change_option(alteration, to->texts[i], NULL, error))
            return false;
    for (size_t i = 0; from && i < from->count; ++i)
        if (!has_name(to, from->texts[i]) &&
            !change_option(alteration, from->texts[i], default_of(from->texts[i]), error))
            return false;
    return true;
}

static void change_characters(struct language_alteration *alteration, const struct schema_object *to)
{
    struct str *clause = mysql_engine_clause(alteration);
    str_printf(clause, "DEFAULT CHARSET=%s", catalog_text(to, ATTRIBUTE_CHARACTER_SET));
    if (catalog_text(to, ATTRIBUTE_COLLATION))
        str_printf(clause, " COLLATE=%s", catalog_text(to, ATTRIBUTE_COLLATION));
    mysql_engine_cost(alteration, alteration->mariadb ? COST_INSTANT : COST_INPLACE, 0,
                      "the character set changes");
}

/* "SYSTEM_TIME (`a`, `b`)" -> "SYSTEM_TIME" */
static const char *period_name(struct arena *arena, const char *period)
{
    const char *end = strstr(period, " (");
    return end ? arena_strndup(arena, period, (size_t)(end - period)) : period;
}

static void change_periods(struct language_alteration *alteration, const struct diff_change *change)
{
    const struct schema_value *from = catalog_value(change->from, ATTRIBUTE_PERIODS),
                              *to = catalog_value(change->to, ATTRIBUTE_PERIODS);
    for (size_t i = 0; from && i < from->count; ++i)
        if (!has_text(to, from->texts[i]))
            str_printf(mysql_engine_clause(alteration), "DROP PERIOD FOR %s",
                       period_name(alteration->rendering->arena, from->texts[i]));
    for (size_t i = 0; to && i < to->count; ++i)
        if (!has_text(from, to->texts[i]))
            str_printf(mysql_engine_clause(alteration), "ADD PERIOD FOR %s", to->texts[i]);
    mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "a period changes");
}

static void change_versioning(struct language_alteration *alteration, const struct schema_object *to)
{
    bool added = catalog_text(to, ATTRIBUTE_SYSTEM_VERSIONED) != NULL;
    str_append(mysql_engine_clause(alteration), added ? "ADD SYSTEM VERSIONING" : "DROP SYSTEM VERSIONING");
    mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE | (added ? 0u : (unsigned)PLAN_DROP_VERSIONING),
                      "versioning changes");
}

static void change_word(struct language_alteration *alteration, const char *word, const char *value)
{
    str_printf(mysql_engine_clause(alteration), "%s=%s", word, value ? value : "DEFAULT");
}

static void change_comment(struct language_alteration *alteration, const char *comment)
{
    struct str *clause = mysql_engine_clause(alteration);
    str_append(clause, "COMMENT=");
    mysql_engine_append_string(clause, comment ? comment : "");
    mysql_engine_cost(alteration, COST_INSTANT, 0, "the comment changes");
}

/* Where no statement of partitions says it, the whole table is partitioned anew. */
static void change_partitions(struct language_alteration *alteration, const struct diff_change *change)
{
    if (mysql_engine_alter_partitions(alteration->rendering, change))
        return;
    struct str sql = STR_INIT;
    mysql_engine_append_partitions(&sql, change->to);
    alteration->last =
        sql.length ? mysql_engine_take(alteration->rendering->arena, &sql) : "REMOVE PARTITIONING";
    /* A row that no partition takes is refused. */
    mysql_engine_cost(alteration, COST_COPY,
                      PLAN_REWRITE |
                          (catalog_text(change->to, ATTRIBUTE_PARTITION_BY) ? (unsigned)PLAN_CHECK : 0u),
                      "partitions change");
}

bool mysql_engine_alter_options(struct language_alteration *alteration, const struct diff_change *change,
                                dun_error *error)
{
    const struct schema_object *to = change->to;
    if (diff_has(change, ATTRIBUTE_ENGINE)) {
        change_word(alteration, "ENGINE", catalog_text(to, ATTRIBUTE_ENGINE));
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the engine changes");
    }
    if (diff_has(change, ATTRIBUTE_CHARACTER_SET) || diff_has(change, ATTRIBUTE_COLLATION))
        change_characters(alteration, to);
    if (diff_has(change, ATTRIBUTE_ROW_FORMAT)) {
        change_word(alteration, "ROW_FORMAT", catalog_text(to, ATTRIBUTE_ROW_FORMAT));
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the row format changes");
    }
    if (diff_has(change, ATTRIBUTE_TABLESPACE)) {
        const char *space = catalog_text(to, ATTRIBUTE_TABLESPACE);
        change_word(alteration, "TABLESPACE",
                    space ? mysql_engine_name(alteration->rendering->arena, space) : "innodb_file_per_table");
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the tablespace changes");
    }
    if (diff_has(change, ATTRIBUTE_OPTIONS) && !change_options(alteration, change, error))
        return false;
    if (diff_has(change, ATTRIBUTE_COMMENT))
        change_comment(alteration, catalog_text(to, ATTRIBUTE_COMMENT));
    if (diff_has(change, ATTRIBUTE_PERIODS))
        change_periods(alteration, change);
    if (diff_has(change, ATTRIBUTE_SYSTEM_VERSIONED))
        change_versioning(alteration, to);
    if (diff_has(change, ATTRIBUTE_PARTITION_BY) || diff_has(change, ATTRIBUTE_PARTITIONS))
        change_partitions(alteration, change);
    return true;
}
