/* What files and history together say of each version. */
#include "unit/cmocka_main.h"

#include "migrate/state.h"
#include "source/version.h"

#include <string.h>

struct fixture {
    struct arena *arena;
    struct migration_file files[8];
    struct history_row rows[8];
    struct migration_folder folder;
    struct history history;
};

static void add_file(struct fixture *fixture, const char *version, const char *checksum)
{
    fixture->files[fixture->folder.count++] = (struct migration_file){
        version, version_key(fixture->arena, version), "name", "up.sql", NULL, checksum};
    fixture->folder.files = fixture->files;
}

static void add_row(struct fixture *fixture, const char *version, enum dun_direction direction,
                    enum history_state state, const char *checksum)
{
    fixture->rows[fixture->history.count] = (struct history_row){.id = (int64_t)fixture->history.count + 1,
                                                                 .version = version,
                                                                 .key = version_key(fixture->arena, version),
                                                                 .name = "name",
                                                                 .direction = direction,
                                                                 .state = state,
                                                                 .checksum = checksum};
    fixture->history.count++;
    fixture->history.rows = fixture->rows;
}

static int setup(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    fixture.arena = arena_new();
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

static const dun_migration *at(const struct migrations *migrations, size_t index)
{
    assert_true(index < migrations->count);
    return &migrations->items[index].said;
}

static void test_last_row_counts(void **state)
{
    struct fixture *fixture = *state;
    add_file(fixture, "1", "a");
    add_file(fixture, "2", "b");
    add_file(fixture, "3", "c");
    add_row(fixture, "1", DUN_UP, HISTORY_DONE, "a");
    add_row(fixture, "2", DUN_UP, HISTORY_DONE, "b");
    add_row(fixture, "2", DUN_DOWN, HISTORY_DONE, "b");
    struct migrations *migrations = migrations_combine(fixture->arena, &fixture->folder, &fixture->history);
    assert_int_equal(migrations->count, 3);
    assert_int_equal(at(migrations, 0)->state, DUN_APPLIED);
    assert_int_equal(at(migrations, 1)->state, DUN_PENDING);
    assert_null(at(migrations, 1)->applied_at);
    assert_int_equal(at(migrations, 2)->state, DUN_PENDING);
    assert_int_equal(migrations->applied, 1);
    assert_int_equal(migrations->pending, 2);
    assert_null(migrations_unfinished(migrations));
}

static void test_changed_missing_out_of_order(void **state)
{
    struct fixture *fixture = *state;
    add_file(fixture, "1", "a");
    add_file(fixture, "2", "changed");
    add_row(fixture, "2", DUN_UP, HISTORY_DONE, "b");
    add_row(fixture, "03", DUN_BASELINE, HISTORY_DONE, "c");
    struct migrations *migrations = migrations_combine(fixture->arena, &fixture->folder, &fixture->history);
    assert_int_equal(migrations->count, 3);
    assert_true(at(migrations, 0)->out_of_order);
    assert_true(at(migrations, 1)->changed);
    assert_false(at(migrations, 1)->missing);
    assert_true(at(migrations, 2)->missing);
    assert_true(at(migrations, 2)->baseline);
    assert_string_equal(at(migrations, 2)->version, "03");
    assert_ptr_equal(migrations_find(fixture->arena, migrations, "0-3"), &migrations->items[2]);
}

static void test_reverted_without_file_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    add_file(fixture, "1", "a");
    add_row(fixture, "7", DUN_UP, HISTORY_DONE, "x");
    add_row(fixture, "7", DUN_DOWN, HISTORY_DONE, "x");
    struct migrations *migrations = migrations_combine(fixture->arena, &fixture->folder, &fixture->history);
    assert_int_equal(migrations->count, 1);
    assert_false(at(migrations, 0)->out_of_order);
}

static void test_unfinished(void **state)
{
    struct fixture *fixture = *state;
    add_file(fixture, "1", "a");
    add_file(fixture, "2", "b");
    add_row(fixture, "1", DUN_UP, HISTORY_DONE, "a");
    add_row(fixture, "2", DUN_UP, HISTORY_RUNNING, "b");
    struct migrations *migrations = migrations_combine(fixture->arena, &fixture->folder, &fixture->history);
    assert_int_equal(at(migrations, 1)->state, DUN_IN_DOUBT);
    assert_ptr_equal(migrations_unfinished(migrations), &migrations->items[1]);
    fixture->rows[1].state = HISTORY_FAILED;
    migrations = migrations_combine(fixture->arena, &fixture->folder, &fixture->history);
    assert_int_equal(at(migrations, 1)->state, DUN_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_last_row_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_changed_missing_out_of_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reverted_without_file_is_forgotten, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unfinished, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
