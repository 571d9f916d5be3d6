/* How much of a schema the proof of a plan copies: what is touched, what needs that, what all of these need,
 * and no more; and how much the trial of renames copies. */
#include "unit/cmocka_main.h"

#include "compare/subset.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct compare compare;
static const struct diff_rules rules = {.dialect = SQL_POSTGRESQL};

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    memset(&compare, 0, sizeof compare);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

enum { TABLES = 200 };

/* A chain: each table refers to the one before it, and has an index, a trigger, a type of its own and a view.
 */
static struct catalog *chain(void)
{
    struct catalog *catalog = catalog_new(arena, "postgresql", "PostgreSQL 15");
    struct schema_object *schema = catalog_add(catalog, SCHEMA_SCHEMA, NULL, NULL, "public"),
                         *key_before = NULL;
    for (int i = 0; i < TABLES; ++i) {
        struct schema_object *type =
            catalog_add(catalog, SCHEMA_ENUM, "public", NULL, arena_printf(arena, "type%d", i));
        struct schema_object *table =
            catalog_add(catalog, SCHEMA_TABLE, "public", NULL, arena_printf(arena, "table%d", i));
        struct schema_object *id = catalog_add(catalog, SCHEMA_COLUMN, NULL, table, "id");
        struct schema_object *kind = catalog_add(catalog, SCHEMA_COLUMN, NULL, table, "kind");
        struct schema_object *key = catalog_add(catalog, SCHEMA_PRIMARY_KEY, NULL, table, "key");
        struct schema_object *foreign = catalog_add(catalog, SCHEMA_FOREIGN_KEY, NULL, table, "before");
        struct schema_object *index = catalog_add(catalog, SCHEMA_INDEX, NULL, table, "by_kind");
        struct schema_object *view =
            catalog_add(catalog, SCHEMA_VIEW, "public", NULL, arena_printf(arena, "view%d", i));
        catalog_set(catalog, id, ATTRIBUTE_TYPE, "bigint");
        catalog_set(catalog, kind, ATTRIBUTE_TYPE, type->name);
        catalog_need(catalog, table, schema);
        catalog_need(catalog, kind, type);
        catalog_need(catalog, key, id);
        catalog_need(catalog, foreign, id);
        if (key_before)
            catalog_need(catalog, foreign, key_before);
        catalog_need(catalog, index, kind);
        catalog_need(catalog, view, kind);
        key_before = key;
    }
    return catalog;
}

static struct subset *subset_of(struct catalog *from, struct catalog *to)
{
    static struct source_catalog from_source, to_source;
    from_source.catalog = from;
    to_source.catalog = to;
    compare.engine = &engine_postgres;
    compare.from = &from_source;
    compare.arena = arena;
    compare.renamed = from;
    compare.to = &to_source;
    compare.diff = diff_catalogs(arena, &rules, from, to);
    return subset_of_plan(arena, &compare);
}

static bool has(const struct subset *subset, const char *key)
{
    const struct schema_object *object = catalog_find_key(compare.renamed, key);
    if (!object)
        fail_msg("there is no %s", key);
    return subset_has(subset, object);
}

static void changed_in_the_middle(void **state)
{
    (void)state;
    size_t count;
    struct catalog *to = chain();
    struct schema_object *table = catalog_find_key(to, "table public.table100");
    catalog_set(to, catalog_find(to, SCHEMA_COLUMN, NULL, table, "id"), ATTRIBUTE_TYPE, "numeric");
    struct subset *subset = subset_of(chain(), to);
    assert_true(has(subset, "schema public"));
    assert_true(has(subset, "table public.table100"));
    assert_true(has(subset, "enum public.type100"));
    assert_true(has(subset, "view public.view100"));
    assert_true(has(subset, "index table public.table100.by_kind"));
    assert_true(has(subset, "foreign key table public.table100.before"));
    /* What it refers to, without where that refers to. */
    assert_true(has(subset, "table public.table99"));
    assert_true(has(subset, "primary key table public.table99.key"));
    assert_false(has(subset, "foreign key table public.table99.before"));
    assert_false(has(subset, "view public.view99"));
    assert_false(has(subset, "table public.table98"));
    /* What refers to it. */
    assert_true(has(subset, "foreign key table public.table101.before"));
    assert_true(has(subset, "column table public.table101.kind"));
    assert_true(has(subset, "enum public.type101"));
    assert_false(has(subset, "view public.view101"));
    assert_false(has(subset, "table public.table102"));
    catalog_objects(subset_catalog(arena, subset), &count);
    assert_uint_in_range(count, 15, 30);
}

static void created(void **state)
{
    (void)state;
    struct catalog *to = chain();
    struct schema_object *table = catalog_add(to, SCHEMA_TABLE, "public", NULL, "new");
    struct schema_object *column = catalog_add(to, SCHEMA_COLUMN, NULL, table, "kind");
    struct schema_object *foreign = catalog_add(to, SCHEMA_FOREIGN_KEY, NULL, table, "refers");
    catalog_need(to, column, catalog_find_key(to, "enum public.type7"));
    catalog_need(to, foreign, catalog_find_key(to, "primary key table public.table9.key"));
    struct subset *subset = subset_of(chain(), to);
    assert_true(has(subset, "schema public"));
    assert_true(has(subset, "enum public.type7"));
    assert_false(has(subset, "table public.table7"));
    assert_true(has(subset, "table public.table9"));
    assert_true(has(subset, "enum public.type9"));
    assert_false(has(subset, "foreign key table public.table9.before"));
    assert_false(has(subset, "table public.table8"));
}

static void part_added(void **state)
{
    (void)state;
    struct catalog *to = chain();
    struct schema_object *table = catalog_find_key(to, "table public.table5");
    struct schema_object *foreign = catalog_add(to, SCHEMA_FOREIGN_KEY, NULL, table, "another");
    catalog_need(to, foreign, catalog_find_key(to, "primary key table public.table150.key"));
    struct subset *subset = subset_of(chain(), to);
    assert_true(has(subset, "table public.table5"));
    assert_true(has(subset, "table public.table150"));
    assert_false(has(subset, "table public.table149"));
}

static void dropped(void **state)
{
    (void)state;
    struct catalog *to = catalog_new(arena, "postgresql", "PostgreSQL 15");
    size_t count, all;
    catalog_add(to, SCHEMA_SCHEMA, NULL, NULL, "public");
    struct catalog *from = chain();
    struct subset *subset = subset_of(from, to);
    catalog_objects(from, &all);
    catalog_objects(subset_catalog(arena, subset), &count);
    assert_int_equal(count, all);
}

static void nothing_changed(void **state)
{
    (void)state;
    size_t count;
    catalog_objects(subset_catalog(arena, subset_of(chain(), chain())), &count);
    assert_int_equal(count, 0);
}

/* The chain, with what mentions some of its tables. */
static struct catalog *chain_with_texts(void)
{
    static const struct {
        enum schema_kind kind;
        const char *name, *text;
    } texts[] = {
        {SCHEMA_FUNCTION, "counts()", "SELECT count(*) FROM Table100"},
        {SCHEMA_FUNCTION, "builds()", "EXECUTE 'DELETE FROM \"table100\"'"},
        {SCHEMA_FUNCTION, "counts_more()", "SELECT count(*) FROM table1001, my_table100, table100_of_mine"},
        {SCHEMA_FUNCTION, "looks()", "SELECT kind FROM view_on_view100"},
        {SCHEMA_PROCEDURE, "clears()", "DELETE FROM public.table99"},
    };
    struct catalog *catalog = chain();
    struct schema_object *on = catalog_add(catalog, SCHEMA_VIEW, "public", NULL, "view_on_view100");
    struct schema_object *numbers = catalog_add(catalog, SCHEMA_SEQUENCE, "public", NULL, "numbers");
    struct schema_object *notes = catalog_add(catalog, SCHEMA_TRIGGER, NULL,
                                              catalog_find_key(catalog, "table public.table50"), "notes");
    catalog_need(catalog, on, catalog_find_key(catalog, "view public.view100"));
    catalog_set(catalog, numbers, ATTRIBUTE_OWNED_BY, "public.table100.id");
    catalog_set(catalog, notes, ATTRIBUTE_DEFINITION, "INSERT INTO table100 VALUES (NEW.id)");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
        catalog_set(catalog, catalog_add(catalog, texts[i].kind, "public", NULL, texts[i].name),
                    ATTRIBUTE_BODY, texts[i].text);
    return catalog;
}

static void add_rename(const char *key, const char *name)
{
    struct schema_object *from = catalog_find_key(compare.from->catalog, key);
    struct schema_object *to = ARENA_NEW(arena, struct schema_object);
    *to = *from;
    to->name = name;
    *vector_add(arena, &compare.renames) =
        (struct diff_change){.action = DIFF_RENAME, .from = from, .to = to};
}

static void table_renamed(void **state)
{
    (void)state;
    size_t count;
    subset_of(chain_with_texts(), chain_with_texts());
    add_rename("table public.table100", "articles");
    struct subset *subset = subset_of_renames(arena, &compare);
    assert_true(has(subset, "table public.table100"));
    assert_true(has(subset, "view public.view100"));
    assert_true(has(subset, "view public.view_on_view100"));
    assert_true(has(subset, "sequence public.numbers"));
    /* Texts that mention it, or what needs it. */
    assert_true(has(subset, "function public.counts()"));
    assert_true(has(subset, "function public.builds()"));
    assert_true(has(subset, "function public.looks()"));
    assert_false(has(subset, "function public.counts_more()"));
    assert_false(has(subset, "procedure public.clears()"));
    /* What refers to it is there with all its parts, and what these refer to without. */
    assert_true(subset_is_complete(subset, catalog_find_key(compare.renamed, "table public.table101")));
    assert_true(has(subset, "trigger table public.table50.notes"));
    assert_true(subset_is_complete(subset, catalog_find_key(compare.renamed, "table public.table50")));
    assert_true(has(subset, "table public.table49"));
    assert_false(subset_is_complete(subset, catalog_find_key(compare.renamed, "table public.table49")));
    assert_false(has(subset, "foreign key table public.table99.before"));
    assert_false(has(subset, "view public.view101"));
    assert_false(has(subset, "table public.table102"));
    catalog_objects(subset_catalog(arena, subset), &count);
    assert_uint_in_range(count, 30, 50);
}

/* Whatever needs the table: what needs another column may need all of them by a way that nobody knows. */
static void column_renamed(void **state)
{
    (void)state;
    subset_of(chain_with_texts(), chain_with_texts());
    add_rename("column table public.table100.kind", "sort");
    struct subset *subset = subset_of_renames(arena, &compare);
    assert_true(subset_is_complete(subset, catalog_find_key(compare.renamed, "table public.table100")));
    assert_true(has(subset, "view public.view_on_view100"));
    assert_true(has(subset, "function public.counts()"));
    assert_true(has(subset, "foreign key table public.table101.before"));
    assert_false(has(subset, "view public.view101"));
    assert_false(has(subset, "table public.table102"));
}

static void schema_renamed(void **state)
{
    (void)state;
    size_t count, all;
    subset_of(chain_with_texts(), chain_with_texts());
    add_rename("schema public", "shop");
    catalog_objects(compare.renamed, &all);
    catalog_objects(subset_catalog(arena, subset_of_renames(arena, &compare)), &count);
    assert_int_equal(count, all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changed_in_the_middle, setup, teardown),
        cmocka_unit_test_setup_teardown(created, setup, teardown),
        cmocka_unit_test_setup_teardown(part_added, setup, teardown),
        cmocka_unit_test_setup_teardown(dropped, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(table_renamed, setup, teardown),
        cmocka_unit_test_setup_teardown(column_renamed, setup, teardown),
        cmocka_unit_test_setup_teardown(schema_renamed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
