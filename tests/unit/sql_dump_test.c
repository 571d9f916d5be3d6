/*
 * Dumps as pg_dump, mariadb-dump and the shell's .dump write them, in data/sql_ENGINE_dump.sql, against what
 * they split into, in data/sql_ENGINE_dump.expected: a line a statement. `sql_dump_test ENGINE FILE` prints
 * such lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "sql/classify.h"

static const struct engine {
    const char *name;
    enum sql_dialect dialect;
} engines[] = {{"postgres", SQL_POSTGRESQL}, {"mysql", SQL_MYSQL}, {"sqlite", SQL_SQLITE}};

static void read_file(const char *path, struct str *ret_text)
{
    char part[4096];
    size_t length;
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    while ((length = fread(part, 1, sizeof part, file)) > 0)
        str_append_n(ret_text, part, length);
    fclose(file);
}

static void list_statement(struct str *to, enum sql_dialect dialect, const struct sql_statement *statement)
{
    static const char *const effects[] = {
        [SQL_JOINS] = "joins",     [SQL_ALONE] = "alone",           [SQL_BEGINS] = "begins",
        [SQL_COMMITS] = "commits", [SQL_ROLLS_BACK] = "rolls back", [SQL_SAVEPOINT] = "savepoint",
        [SQL_BRACKET] = "bracket",
    };
    struct sql_created created = sql_created_object(dialect, statement->text, statement->length);
    const char *line_break = memchr(statement->text, '\n', statement->length);
    size_t shown = line_break ? (size_t)(line_break - statement->text) : statement->length;
    str_printf(to, "%u:%u +%zu %s%s%s", statement->line, statement->column, statement->length,
               effects[statement->effect], statement->session ? " session" : "",
               statement->many_results ? " many" : "");
    if (created.kind)
        str_printf(to, " %s %.*s", created.kind, (int)created.name_length, created.name ? created.name : "");
    if (statement->copy_data)
        str_printf(to, " data +%zu", statement->copy_length);
    str_printf(to, " | %.*s\n", (int)(shown < 60 ? shown : 60), statement->text);
}

static void list(enum sql_dialect dialect, const char *path, struct str *ret_listing)
{
    struct str text = STR_INIT;
    struct arena *arena = arena_new();
    dun_error *error = dun_error_new();
    struct sql_script *script = NULL;
    read_file(path, &text);
    if (!sql_split(arena, dialect, path, str_text(&text), text.length, &script, error))
        fail_msg("%s:%u:%u: %s", path, dun_error_line(error), dun_error_column(error),
                 dun_error_message(error));
    for (size_t i = 0; i < script->count; ++i)
        list_statement(ret_listing, dialect, &script->statements[i]);
    dun_error_free(error);
    arena_free(arena);
    str_free(&text);
}

static void dump(void **state)
{
    const struct engine *engine = *state;
    char path[200];
    struct str listing = STR_INIT, expected = STR_INIT;
    snprintf(path, sizeof path, "unit/data/sql_%s_dump.sql", engine->name);
    list(engine->dialect, path, &listing);
    snprintf(path, sizeof path, "unit/data/sql_%s_dump.expected", engine->name);
    read_file(path, &expected);
    assert_string_equal(str_text(&listing), str_text(&expected));
    str_free(&listing);
    str_free(&expected);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < sizeof engines / sizeof *engines; ++i) {
        struct str listing = STR_INIT;
        if (strcmp(argv[1], engines[i].name) == 0)
            list(engines[i].dialect, argv[2], &listing);
        fputs(str_text(&listing), stdout);
        str_free(&listing);
    }
    if (argc > 1)
        return 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(dump, (void *)&engines[0]),
        cmocka_unit_test_prestate(dump, (void *)&engines[1]),
        cmocka_unit_test_prestate(dump, (void *)&engines[2]),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
