/* What an apply that is interrupted says of what it has done. */
#include "driver/sqlite_temporary.h"

#include <dunlin/apply.h>

#include <sys/stat.h>

/* Ctrl-C at the end of the last statement. */
static void cancel_at_end(void *user, const dun_event *event)
{
    if (event->kind == DUN_EVENT_STATEMENT && event->number == event->total)
        dun_cancel_trigger(user);
}

static const char *write_definition(struct temporary *t, const char *sql)
{
    const char *folder = arena_printf(t->arena, "%s/schema", t->folder);
    const char *path = arena_printf(t->arena, "%s/a.sql", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(sql, file);
    fclose(file);
    return folder;
}

/* The lock is let go of all the same, which commits; only the last look is left out. */
static void test_interrupted_at_the_last_look(void **state)
{
    struct temporary *t = *state;
    dun_apply_options options = DUN_APPLY_OPTIONS_INIT;
    dun_apply *apply = NULL;
    dun_cancel *cancel = dun_cancel_new();
    options.schema.url = temporary_url(t, "shop.db");
    options.schema.schema = write_definition(t, "CREATE TABLE one (id INTEGER PRIMARY KEY);");
    options.schema.cancel = cancel;
    options.observe = cancel_at_end;
    options.user = cancel;
    assert_false(dun_apply_schema(&options, &apply, t->error));
    assert_int_equal(dun_error_code(t->error), DUN_INTERRUPTED);
    assert_contains(dun_error_state(t->error), "all statements of the plan are done");
    assert_int_equal(dun_apply_done(apply), 1);
    dun_apply_free(apply);
    dun_cancel_free(cancel);
    dun_connection *connection = must_open(t, options.schema.url);
    assert_string_equal(value_of(t, connection, "SELECT count(*) FROM one"), "0");
    close_connection(connection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_interrupted_at_the_last_look, temporary_setup,
                                        temporary_teardown),
    };
    return cmocka_run_group_tests_name("apply on SQLite", tests, NULL, NULL);
}
