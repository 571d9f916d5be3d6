#include "generate.h"

#include <stdio.h>
#include <string.h>

struct generator {
    struct arena *arena;
    struct generated_schema *schema;
    uint64_t state;
};

/* splitmix64 */
static uint64_t next(struct generator *generator)
{
    uint64_t z = generator->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static unsigned below(struct generator *generator, size_t limit)
{
    return limit ? (unsigned)(next(generator) % limit) : 0;
}

static bool one_in(struct generator *generator, unsigned times)
{
    return below(generator, times) == 0;
}

/* Names that want quotes are among them. */
static const char *name_of(struct generator *generator, const char *kind, unsigned number)
{
    static const char *const odd[] = {"Mixed Case", "select",
                                      ("gr\xC3\xBC\xC3\x9F"
                                       "e"),
                                      "a-b"};
    if (one_in(generator, 8))
        return arena_printf(generator->arena, "%s%s%u", odd[below(generator, 4)], kind, number);
    return arena_printf(generator->arena, "%s%u", kind, number);
}

static unsigned any_type(struct generator *generator)
{
    unsigned count = 0;
    while (generated_types(generator->schema->dialect)[count].name)
        ++count;
    return below(generator, count);
}

/* The first type is that of ids. */
static void make_reference(struct generator *generator, struct generated_column *column)
{
    int table = (int)below(generator, generator->schema->table_count);
    if (generator->schema->tables[table].gone)
        return;
    column->references = table;
    column->type = 0;
    column->generated = false;
}

static struct generated_column make_column(struct generator *generator, unsigned number)
{
    struct generated_column column = {
        .name = name_of(generator, "c", number),
        .type = any_type(generator),
        .not_null = one_in(generator, 3),
        .has_default = one_in(generator, 3),
        .unique = one_in(generator, 6),
        .check = one_in(generator, 5),
        .comment = one_in(generator, 6) ? 1 : 0,
        .references = -1,
    };
    if (one_in(generator, 4))
        make_reference(generator, &column);
    else if (one_in(generator, 10)) {
        column.type = 0;
        column.generated = true;
        column.unique = false;
    }
    return column;
}

/* An index on a column that can have one, if there is any. */
static void add_index(struct generator *generator, struct generated_table *table, unsigned number)
{
    if (table->index_count == MOST_EXTRAS || table->column_count == 0)
        return;
    const struct generated_column *column = &table->columns[below(generator, table->column_count)];
    if (!generated_types(generator->schema->dialect)[column->type].indexed || column->references >= 0)
        return;
    table->indexes[table->index_count++] = (struct generated_index){
        .name = arena_printf(generator->arena, "%s_i%u", table->name, number),
        .column = column->name,
        .descending = one_in(generator, 4),
        .partial = one_in(generator, 4),
    };
}

static void make_table(struct generator *generator, unsigned number)
{
    struct generated_schema *schema = generator->schema;
    struct generated_table *table = &schema->tables[schema->table_count++];
    *table = (struct generated_table){.name = name_of(generator, "t", number),
                                      .trigger = one_in(generator, 4),
                                      .counts = one_in(generator, 2),
                                      .strict = one_in(generator, 5)};
    size_t count = 1 + below(generator, MOST_COLUMNS - 4);
    for (unsigned i = 0; i < count; ++i)
        table->columns[table->column_count++] = make_column(generator, i);
    for (unsigned i = below(generator, 4); i > 0; --i)
        add_index(generator, table, i);
}

static void make_view(struct generator *generator, unsigned number)
{
    struct generated_schema *schema = generator->schema;
    if (schema->view_count == MOST_VIEWS)
        return;
    struct generated_view view = {.name = name_of(generator, "v", number),
                                  .table = (int)below(generator, schema->table_count),
                                  .only_some = one_in(generator, 2),
                                  .on_top = one_in(generator, 3)};
    if (!schema->tables[view.table].gone)
        schema->views[schema->view_count++] = view;
}

static void make_schema(struct generator *generator)
{
    unsigned tables = 1 + below(generator, MOST_TABLES - 3);
    generator->schema->labels = 2 + below(generator, 2);
    for (unsigned i = 0; i < tables; ++i)
        make_table(generator, i);
    for (unsigned i = below(generator, 4); i > 0; --i)
        make_view(generator, i);
}

/* Nothing may refer to what is gone. */
static void drop_table(struct generated_schema *schema, size_t gone)
{
    schema->tables[gone].gone = true;
    for (size_t i = 0; i < schema->view_count; ++i)
        schema->views[i].gone = schema->views[i].gone || schema->views[i].table == (int)gone;
    for (size_t i = 0; i < schema->table_count; ++i)
        for (size_t k = 0; k < schema->tables[i].column_count; ++k)
            if (schema->tables[i].columns[k].references == (int)gone)
                schema->tables[i].columns[k].references = -1;
}

static void drop_indexes_on(struct generated_table *table, const char *column)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->index_count; ++i)
        if (!column || strcmp(table->indexes[i].column, column) != 0)
            table->indexes[kept++] = table->indexes[i];
    table->index_count = kept;
}

static void drop_column(struct generated_table *table, size_t column)
{
    drop_indexes_on(table, table->columns[column].name);
    memmove(&table->columns[column], &table->columns[column + 1],
            (table->column_count - column - 1) * sizeof *table->columns);
    --table->column_count;
}

/* Mutations */

static void mutate_type(struct generator *generator, struct generated_column *column)
{
    const struct generated_type *types = generated_types(generator->schema->dialect);
    unsigned type = any_type(generator);
    bool same_group = types[type].group == types[column->type].group && types[type].group != GROUP_OTHER;
    if (same_group && column->references < 0 && !column->generated)
        column->type = type;
}

static void rename_column(struct generator *generator, struct generated_table *table,
                          struct generated_column *column, unsigned number)
{
    const char *name = name_of(generator, "r", number);
    for (size_t i = 0; i < table->index_count; ++i)
        if (strcmp(table->indexes[i].column, column->name) == 0)
            table->indexes[i].column = name;
    column->name = name;
}

static void mutate_column(struct generator *generator, struct generated_table *table, size_t at,
                          unsigned number)
{
    struct generated_column *column = &table->columns[at];
    switch (below(generator, 9)) {
    case 0:
        column->not_null = !column->not_null;
        break;
    case 1:
        column->has_default = !column->has_default;
        break;
    case 2:
        column->unique = !column->unique && !column->generated;
        break;
    case 3:
        column->check = !column->check;
        break;
    case 4:
        column->comment = (column->comment + 1) % 3;
        break;
    case 5:
        column->references = -1;
        break;
    case 6:
        if (column->type == 0 && !column->unique && !column->generated) {
            drop_indexes_on(table, column->name);
            make_reference(generator, column);
        }
        break;
    case 7:
        rename_column(generator, table, column, number);
        break;
    default:
        mutate_type(generator, column);
        break;
    }
}

/* Not a table that is new. */
static void rename_table(struct generator *generator, struct generated_table *table, unsigned number)
{
    if (table->was)
        table->name = name_of(generator, "n", number);
}

static void mutate_table(struct generator *generator, struct generated_table *table, unsigned number)
{
    switch (below(generator, 8)) {
    case 0:
        if (table->column_count < MOST_COLUMNS) {
            /* Anywhere among the others. */
            size_t at = below(generator, table->column_count + 1);
            memmove(&table->columns[at + 1], &table->columns[at],
                    (table->column_count - at) * sizeof *table->columns);
            ++table->column_count;
            table->columns[at] = make_column(generator, 100 + number);
        }
        break;
    case 1:
        if (table->column_count)
            drop_column(table, below(generator, table->column_count));
        break;
    case 2:
        add_index(generator, table, 100 + number);
        break;
    case 3:
        drop_indexes_on(table, NULL);
        table->index_count = table->index_count ? below(generator, table->index_count) : 0;
        break;
    case 4:
        table->trigger = !table->trigger;
        break;
    case 5:
        rename_table(generator, table, number);
        break;
    default:
        if (table->column_count)
            mutate_column(generator, table, below(generator, table->column_count), number);
        break;
    }
}

static void mutate_view(struct generator *generator, struct generated_view *view)
{
    switch (below(generator, 3)) {
    case 0:
        view->gone = true;
        break;
    case 1:
        view->only_some = !view->only_some;
        break;
    default:
        view->on_top = !view->on_top;
        break;
    }
}

static void mutate(struct generator *generator, unsigned number)
{
    struct generated_schema *schema = generator->schema;
    unsigned kind = below(generator, 10), table = below(generator, schema->table_count);
    if (kind == 0 && schema->table_count < MOST_TABLES)
        make_table(generator, 100 + number);
    else if (kind == 1)
        drop_table(schema, table);
    else if (kind == 2)
        make_view(generator, 100 + number);
    else if (kind == 3 && schema->view_count)
        mutate_view(generator, &schema->views[below(generator, schema->view_count)]);
    else if (kind == 4 && schema->labels < MOST_LABELS)
        ++schema->labels;
    else if (!schema->tables[table].gone)
        mutate_table(generator, &schema->tables[table], number);
}

static void remember_names(struct generated_schema *schema)
{
    for (size_t i = 0; i < schema->table_count; ++i) {
        schema->tables[i].was = schema->tables[i].name;
        for (size_t k = 0; k < schema->tables[i].column_count; ++k)
            schema->tables[i].columns[k].was = schema->tables[i].columns[k].name;
    }
}

static struct case_part part_of(struct arena *arena, const struct generated_schema *schema)
{
    struct str text = STR_INIT;
    generate_text(&text, schema);
    struct case_part part = {.text = arena_strdup(arena, str_text(&text)), .length = text.length, .line = 1};
    str_free(&text);
    return part;
}

void generate_case(struct arena *arena, enum sql_dialect dialect, uint64_t seed,
                   const struct generate_limits *limits, struct test_case *ret_case, unsigned *ret_tables,
                   unsigned *ret_mutations)
{
    struct generated_schema *schema = ARENA_NEW(arena, struct generated_schema);
    struct generator generator = {.arena = arena, .schema = schema, .state = seed};
    schema->dialect = dialect;
    make_schema(&generator);
    *ret_tables = (unsigned)schema->table_count;
    *ret_mutations = 1 + below(&generator, MOST_MUTATIONS);
    for (unsigned i = 0; i < *ret_tables; ++i)
        if (limits->without_tables & 1u << i)
            drop_table(schema, i);
    *ret_case = (struct test_case){.file = "generated", .line = 1, .random = true};
    ret_case->title = arena_printf(arena, "seed %llu", (unsigned long long)seed);
    ret_case->from = part_of(arena, schema);
    remember_names(schema);
    for (unsigned i = 0; i < *ret_mutations; ++i) {
        /* Each has numbers of its own, so that it is the same without the others. */
        generator.state = seed ^ UINT64_C(0xD6E8FEB86659FD93) * (i + 1);
        if (!(limits->without_mutations & 1u << i))
            mutate(&generator, i);
    }
    ret_case->to = part_of(arena, schema);
}
