/* What SHOW CREATE TABLE prints behind the columns: the options of the table, and its partitions. */
#include "engine/mysql/catalog_table.h"

#include "base/vector.h"

#include <string.h>
#include <strings.h>

static const char *take_value(struct catalog_text *text)
{
    catalog_text_accept_operator(text, '=');
    return catalog_text_take_name(text);
}

static bool read_characters(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    catalog_text_accept(text, "DEFAULT");
    if (catalog_text_accept(text, "CHARACTER"))
        catalog_text_accept(text, "SET");
    else if (!catalog_text_accept(text, "CHARSET")) {
        if (!catalog_text_accept(text, "COLLATE"))
            return false;
        catalog_set(from->catalog, from->table, ATTRIBUTE_COLLATION, take_value(text));
        return true;
    }
    catalog_set(from->catalog, from->table, ATTRIBUTE_CHARACTER_SET, take_value(text));
    return true;
}

/* The counter of AUTO_INCREMENT is data, and SEQUENCE only says that it is one. */
static bool is_passed(struct catalog_text *text)
{
    if (!catalog_text_accept(text, "AUTO_INCREMENT"))
        return false;
    take_value(text);
    return true;
}

static bool read_option(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    if (catalog_text_accept(text, "ENGINE"))
        catalog_set(from->catalog, from->table, ATTRIBUTE_ENGINE, take_value(text));
    else if (catalog_text_accept(text, "ROW_FORMAT"))
        catalog_set(from->catalog, from->table, ATTRIBUTE_ROW_FORMAT, take_value(text));
    else if (catalog_text_accept(text, "TABLESPACE"))
        catalog_set(from->catalog, from->table, ATTRIBUTE_TABLESPACE, take_value(text));
    else if (catalog_text_accept(text, "COMMENT")) {
        catalog_text_accept_operator(text, '=');
        catalog_set(from->catalog, from->table, ATTRIBUTE_COMMENT, catalog_text_take_string(text));
    } else {
        return false;
    }
    return true;
}

static bool read_versioning(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    if (!catalog_text_accept(text, "WITH"))
        return false;
    bool versioned = catalog_text_accept(text, "SYSTEM") && catalog_text_accept(text, "VERSIONING");
    catalog_set_flag(from->catalog, from->table, ATTRIBUTE_SYSTEM_VERSIONED, versioned);
    return true;
}

void mysql_engine_catalog_read_table_options(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    struct catalog_texts options = {0};
    while (!catalog_text_at_end(text) && !catalog_text_at(text, "PARTITION"))
        if (!is_passed(text) && !read_characters(from) && !read_option(from) && !read_versioning(from) &&
            !catalog_text_at_end(text))
            *vector_add(text->arena, &options) = mysql_engine_catalog_take_option(text);
    mysql_engine_catalog_set_texts(from->catalog, from->table, ATTRIBUTE_OPTIONS, &options);
}

static const char *join(struct arena *arena, const char *left, const char *right)
{
    return *left && *right ? arena_printf(arena, "%s %s", left, right) : *left ? left : right;
}

/* "PARTITION `p0` VALUES ... ENGINE = InnoDB", without its first word, and without the engine, which is the
 * table's. */
static const char *take_partition(struct catalog_text *text)
{
    catalog_text_accept(text, "PARTITION");
    const char *start = text->token.text, *partition = "";
    while (!mysql_engine_catalog_at_part_end(text)) {
        if (!catalog_text_at(text, "ENGINE")) {
            catalog_text_pass(text);
            continue;
        }
        partition = join(text->arena, partition, catalog_text_since(text, start));
        catalog_text_take(text);
        take_value(text);
        start = text->token.text;
    }
    return join(text->arena, partition, catalog_text_since(text, start));
}

static void read_partition_list(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    struct catalog_texts partitions = {0};
    catalog_text_accept_operator(text, '(');
    while (!catalog_text_at_end(text) && !catalog_text_accept_operator(text, ')'))
        if (!catalog_text_accept_operator(text, ','))
            *vector_add(text->arena, &partitions) = take_partition(text);
    mysql_engine_catalog_set_texts(from->catalog, from->table, ATTRIBUTE_PARTITIONS, &partitions);
}

static bool at_partition_list(struct catalog_text text)
{
    return catalog_text_accept_operator(&text, '(') && catalog_text_at(&text, "PARTITION");
}

/*
 * Of PARTITION BY SYSTEM_TIME, what the server fills in or does by itself: STARTS, which is the full hour or
 * day of when the table was made unless it was written, and the number of partitions under AUTO.
 */
static const char *without_what_is_filled_in(struct arena *arena, const char *by)
{
    static const char starts[] = " STARTS TIMESTAMP'", full_hour[] = ":00:00'";
    const char *at = strstr(by, starts), *quote = at ? strchr(at + sizeof starts - 1, '\'') : NULL;
    if (strncmp(by, "SYSTEM_TIME", strlen("SYSTEM_TIME")) != 0)
        return by;
    if (quote && strncmp(quote + 1 - (sizeof full_hour - 1), full_hour, sizeof full_hour - 1) == 0)
        by = arena_printf(arena, "%.*s%s", (int)(at - by), by, quote + 1);
    const char *automatic = strstr(by, " AUTO"),
               *number = automatic ? strstr(automatic, " PARTITIONS ") : NULL;
    return number ? arena_printf(arena, "%.*s", (int)(number - by), by) : by;
}

void mysql_engine_catalog_read_partitions(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    if (!catalog_text_accept(text, "PARTITION"))
        return;
    catalog_text_accept(text, "BY");
    const char *start = text->token.text;
    while (!catalog_text_at_end(text) && !at_partition_list(*text))
        catalog_text_pass(text);
    catalog_set(from->catalog, from->table, ATTRIBUTE_PARTITION_BY,
                without_what_is_filled_in(text->arena, catalog_text_since(text, start)));
    if (!catalog_text_at_end(text))
        read_partition_list(from);
}
