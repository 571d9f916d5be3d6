#include "seed/demo/unique.h"

#include "base/str.h"
#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

/* A column, or lower(column): texts that are different are different in small letters, too. */
static int column_of(struct demo_plan *plan, const struct demo_table *table, const char *text)
{
    int column = seed_table_column(table->table, text);
    if (column != SEED_NO_COLUMN)
        return column;
    const struct demo_check *call =
        demo_check_read(plan->arena, plan->tables->engine->dialect, text, strlen(text));
    bool folds = call->kind == CHECK_CALL && call->children.count == 1 &&
                 (strcmp(call->text, "lower") == 0 || strcmp(call->text, "upper") == 0);
    const struct demo_check *inside = folds ? call->children.items[0] : call;
    return inside->kind == CHECK_COLUMN ? seed_table_column(table->table, inside->text) : SEED_NO_COLUMN;
}

/* Of a column of which the key has the beginning only, nothing else is made. */
static void limit_prefixes(struct demo_table *table, const struct schema_object *part,
                           const struct seed_key *key)
{
    const struct schema_value *lengths = catalog_value(part, ATTRIBUTE_PREFIX_LENGTHS);
    for (size_t i = 0; lengths && i < lengths->count && i < key->count; ++i) {
        size_t length = (size_t)strtoul(lengths->texts[i], NULL, 10);
        struct demo_limits *limits = &table->columns[key->columns[i]].limits;
        if (length > 0 && (limits->most == 0 || length < limits->most))
            limits->most = length;
    }
}

static void add_index(struct demo_plan *plan, struct demo_table *table, const struct schema_object *part)
{
    const struct schema_value *names = catalog_value(part, ATTRIBUTE_COLUMNS);
    const char *where = catalog_text(part, ATTRIBUTE_WHERE);
    struct demo_unique unique = {.key = {.name = part->name, .primary = part->kind == SCHEMA_PRIMARY_KEY}};
    size_t *columns = arena_alloc(plan->arena, ((names ? names->count : 0) + 1) * sizeof *columns);
    bool understood = names && names->count > 0;
    for (size_t i = 0; names && i < names->count; ++i) {
        int column = column_of(plan, table, names->texts[i]);
        understood = understood && column != SEED_NO_COLUMN;
        columns[i] = (size_t)column;
    }
    if (!understood) {
        *vector_add(plan->arena, &table->odd_keys) = part->name;
        return;
    }
    unique.key.count = names->count;
    unique.key.columns = columns;
    if (where)
        unique.where = demo_check_read(plan->arena, plan->tables->engine->dialect, where, strlen(where));
    limit_prefixes(table, part, &unique.key);
    *vector_add(plan->arena, &table->uniques) = unique;
}

void demo_uniques_read(struct demo_plan *plan, struct demo_table *table)
{
    const struct schema_object *object = table->table->object;
    for (int primary = 1; primary >= 0; --primary)
        for (size_t i = 0; i < object->part_count; ++i) {
            const struct schema_object *part = object->parts[i];
            bool unique = part->kind == SCHEMA_PRIMARY_KEY || part->kind == SCHEMA_UNIQUE ||
                          (part->kind == SCHEMA_INDEX && catalog_value(part, ATTRIBUTE_UNIQUE));
            if (unique && (part->kind == SCHEMA_PRIMARY_KEY) == primary)
                add_index(plan, table, part);
        }
}

static bool is_free(const struct demo_column *column)
{
    return column->source == SOURCE_GENERATED && column->generator && column->choice.mode == MODE_FREE &&
           !column->beyond;
}

static struct demo_column *named_column(struct demo_table *table, const struct demo_check *check)
{
    int column = check->kind == CHECK_COLUMN ? seed_table_column(table->table, check->text) : SEED_NO_COLUMN;
    return column != SEED_NO_COLUMN && is_free(&table->columns[column]) ? &table->columns[column] : NULL;
}

/* active; NOT deleted; active = 1 */
static bool limit_value(const struct demo_plan *plan, struct demo_table *table,
                        const struct demo_check *check, uint64_t until)
{
    const struct engine_rows *rows = plan->tables->engine->rows;
    bool negated = check->kind == CHECK_NOT;
    const struct demo_check *what = negated ? check->children.items[0] : check;
    struct demo_column *column = named_column(table, what);
    if (column) {
        bool words = column->type.class == DEMO_BOOLEAN;
        column->beyond = BEYOND_TEXT;
        column->beyond_text = negated ? (words ? rows->true_text : "1") : words ? rows->false_text : "0";
    } else if (check->kind == CHECK_COMPARE && check->comparison == CHECK_EQUAL) {
        const struct demo_check *value = check->children.items[1];
        column = named_column(table, check->children.items[0]);
        if (!column || value->kind != CHECK_LITERAL || !value->text || column->generator->size < 2)
            return false;
        column->beyond = BEYOND_OTHER;
        column->beyond_text = value->text;
        if (column->type.class == DEMO_BOOLEAN)
            column->beyond_text = strcmp(value->text, "1") == 0 || strcmp(value->text, "true") == 0
                                      ? rows->true_text
                                      : rows->false_text;
    } else {
        return false;
    }
    column->until = until;
    return true;
}

/* deleted_at IS NULL, or IS NOT NULL */
static bool limit_null(struct demo_table *table, const struct demo_check *check, uint64_t until)
{
    bool negated = check->kind == CHECK_NOT;
    const struct demo_check *is_null = negated ? check->children.items[0] : check;
    struct demo_column *column =
        is_null->kind == CHECK_IS_NULL ? named_column(table, is_null->children.items[0]) : NULL;
    if (!column || (negated && !column->optional))
        return false;
    column->beyond = negated ? BEYOND_NULL : BEYOND_VALUE;
    column->until = until;
    return true;
}

static bool limit_by(const struct demo_plan *plan, struct demo_table *table, const struct demo_check *check,
                     uint64_t until)
{
    if (check->kind == CHECK_AND) {
        for (size_t i = 0; i < check->children.count; ++i)
            if (limit_by(plan, table, check->children.items[i], until))
                return true;
        return false;
    }
    return limit_null(table, check, until) || limit_value(plan, table, check, until);
}

bool demo_unique_limit(const struct demo_plan *plan, struct demo_table *table,
                       const struct demo_unique *unique, uint64_t until)
{
    return unique->where && limit_by(plan, table, unique->where, until);
}

bool demo_append_beyond(const struct demo_column *column, uint64_t number, struct str *to)
{
    size_t before = to->length;
    if (column->beyond == BEYOND_NULL)
        return false;
    if (column->beyond == BEYOND_TEXT) {
        str_append(to, column->beyond_text);
        return true;
    }
    demo_generator_append(column->generator, to, number);
    if (column->beyond == BEYOND_OTHER && strcmp(to->data + before, column->beyond_text) == 0) {
        to->length = before;
        demo_generator_append(column->generator, to, (number + 1) % column->generator->size);
    }
    return true;
}
