#include "seed/demo/counts.h"

#include "base/error.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_OF_NEEDED = 100 };

static const uint64_t most_rows = UINT64_C(1000000000000);

struct count_reader {
    struct demo_plan *plan;
    dun_connection *connection;
    uint64_t usual; /* of tables that are not named */
    dun_error *error;
};

static bool wrong(struct count_reader *reader, const char *item)
{
    error_set(reader->error, DUN_USAGE, "\"%s\" says of no table how many rows it is to have", item);
    error_hint(reader->error, "write --demo 1000, or --demo \"customers=1000,orders=5x customers\"");
    return false;
}

static struct demo_table *find(struct count_reader *reader, const char *name)
{
    struct seed_table *table = NULL;
    if (!seed_tables_find(reader->plan->tables, reader->connection, name, &table, reader->error)) {
        error_code(reader->error, DUN_USAGE);
        return NULL;
    }
    return &reader->plan->items[table - reader->plan->tables->tables];
}

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        ++text;
    for (size_t length = strlen(text); length > 0 && isspace((unsigned char)text[length - 1]); --length)
        text[length - 1] = '\0';
    return text;
}

/* "1000", or "5x customers". */
static bool read_count(struct count_reader *reader, const char *item, char *text, uint64_t *ret_count)
{
    char *end = NULL;
    double number = strtod(text, &end);
    if (end == text || !isdigit((unsigned char)*text) || number < 0 || number > (double)most_rows)
        return wrong(reader, item);
    if (*end == '\0') {
        *ret_count = (uint64_t)number;
        return true;
    }
    if (*end != 'x' && *end != '*')
        return wrong(reader, item);
    struct demo_table *other = find(reader, trim(end + 1));
    if (!other)
        return false;
    if (!other->named) {
        error_set(reader->error, DUN_USAGE, "\"%s\" comes before it is said how many rows %s has", item,
                  other->table->full_name);
        return false;
    }
    double rows = number * (double)other->wanted;
    if (rows > (double)most_rows)
        return wrong(reader, item);
    *ret_count = (uint64_t)(rows + 0.5);
    return true;
}

static bool refuse_outside(struct count_reader *reader, const struct demo_table *table)
{
    error_set(reader->error, DUN_USAGE, "%s is not in the schema that is the target",
              table->table->full_name);
    error_hint(reader->error, "rows of it are made by the URL of its own schema, or of the whole database");
    return false;
}

static bool read_item(struct count_reader *reader, char *text)
{
    const char *item = arena_strdup(reader->plan->arena, trim(text));
    char *equal = strchr(text, '=');
    if (!equal)
        return read_count(reader, item, trim(text), &reader->usual);
    *equal = '\0';
    struct demo_table *table = find(reader, trim(text));
    if (table && table->table->outside)
        return refuse_outside(reader, table);
    if (table && table->named)
        return error_set(reader->error, DUN_USAGE, "\"%s\" is the second number of rows for %s", item,
                         table->table->full_name);
    if (!table || !read_count(reader, item, trim(equal + 1), &table->wanted))
        return false;
    table->named = true;
    return true;
}

/* Rows go into the table of which a partition is part. */
static bool is_partition(const struct demo_table *table)
{
    return catalog_value(table->table->object, ATTRIBUTE_PARTITION_OF) != NULL;
}

/* Empty tables that rows must refer to get some rows, too. */
static void add_needed(struct demo_plan *plan)
{
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < plan->count; ++i) {
            const struct demo_table *table = &plan->items[i];
            for (size_t j = 0; j < table->table->reference_count && table->wanted; ++j) {
                const struct seed_reference *reference = &table->table->references[j];
                struct demo_table *to = &plan->items[reference->to - plan->tables->tables];
                bool must = true;
                for (size_t k = 0; k < reference->count; ++k)
                    must = must && table->table->columns[reference->columns[k]].not_null;
                if (!must || to->wanted || to->present || to == table || to->table->outside)
                    continue;
                to->wanted = table->wanted < ROWS_OF_NEEDED ? table->wanted : ROWS_OF_NEEDED;
                more = true;
            }
        }
    }
}

bool demo_counts_read(struct demo_plan *plan, const char *text, dun_connection *connection, dun_error *error)
{
    struct count_reader reader = {.plan = plan, .connection = connection, .error = error};
    char *copy = arena_strdup(plan->arena, text ? text : ""), *state = NULL;
    for (char *item = strtok_r(copy, ",", &state); item; item = strtok_r(NULL, ",", &state))
        if (!read_item(&reader, item))
            return false;
    bool any = reader.usual > 0;
    for (size_t i = 0; i < plan->count; ++i) {
        struct demo_table *table = &plan->items[i];
        if (!table->named && !is_partition(table) && !table->table->outside)
            table->wanted = reader.usual;
        any = any || table->wanted > 0;
    }
    if (!any)
        return wrong(&reader, text ? text : "");
    add_needed(plan);
    return true;
}
