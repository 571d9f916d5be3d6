/* For the tests of the splitter: tables of texts with what they split into, or with the error they give. */
#ifndef SQL_SPLIT_CASES_H
#define SQL_SPLIT_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "sql/splitter.h"

struct split_case {
    const char *text;
    const char *statements[12]; /* up to a NULL */
};

struct split_error_case {
    const char *text;
    unsigned line, column;
    const char *message; /* a part of it, or of the hint */
};

#define RUN_CASES(dialect, cases) run_cases((dialect), (cases), sizeof(cases) / sizeof *(cases))
#define RUN_ERROR_CASES(dialect, cases) run_error_cases((dialect), (cases), sizeof(cases) / sizeof *(cases))

static inline const struct sql_script *split(struct arena *arena, enum sql_dialect dialect, const char *text)
{
    dun_error *error = dun_error_new();
    struct sql_script *script = NULL;
    if (!sql_split(arena, dialect, "test.sql", text, strlen(text), &script, error))
        fail_msg("%u:%u: %s\nin: %s", dun_error_line(error), dun_error_column(error),
                 dun_error_message(error), text);
    dun_error_free(error);
    return script;
}

static inline void expect_text(const char *text, const struct sql_statement *statement, const char *expected)
{
    if (statement->length != strlen(expected) || memcmp(statement->text, expected, statement->length) != 0)
        fail_msg("expected: %s\ngot: %.*s\nin: %s", expected, (int)statement->length, statement->text, text);
}

/* A statement that is split by itself is itself. */
static inline void expect_idempotent(struct arena *arena, enum sql_dialect dialect,
                                     const struct sql_statement *statement)
{
    char *copy = statement->copy_data
                     ? arena_printf(arena, "%.*s;\n%.*s\\.\n", (int)statement->length, statement->text,
                                    (int)statement->copy_length, statement->copy_data)
                     : arena_strndup(arena, statement->text, statement->length);
    const struct sql_script *again = split(arena, dialect, copy);
    if (again->count != 1 || again->statements[0].length != statement->length ||
        memcmp(again->statements[0].text, copy, statement->length) != 0)
        fail_msg("not one statement by itself: %s", copy);
}

static inline void run_cases(enum sql_dialect dialect, const struct split_case *cases, size_t count)
{
    for (const struct split_case *test = cases; test < cases + count; ++test) {
        struct arena *arena = arena_new();
        const struct sql_script *script = split(arena, dialect, test->text);
        size_t expected = 0;
        while (test->statements[expected])
            ++expected;
        for (size_t i = 0; i < script->count && i < expected; ++i)
            expect_text(test->text, &script->statements[i], test->statements[i]);
        if (script->count != expected)
            fail_msg("expected %zu statements, got %zu\nin: %s", expected, script->count, test->text);
        for (size_t i = 0; i < script->count; ++i)
            expect_idempotent(arena, dialect, &script->statements[i]);
        arena_free(arena);
    }
}

static inline void run_error_cases(enum sql_dialect dialect, const struct split_error_case *cases,
                                   size_t count)
{
    for (const struct split_error_case *test = cases; test < cases + count; ++test) {
        struct arena *arena = arena_new();
        dun_error *error = dun_error_new();
        struct sql_script *script = NULL;
        if (sql_split(arena, dialect, "test.sql", test->text, strlen(test->text), &script, error))
            fail_msg("no error in: %s", test->text);
        assert_null(script);
        assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
        assert_string_equal(dun_error_file(error), "test.sql");
        const char *hint = dun_error_hint(error) ? dun_error_hint(error) : "";
        if (!strstr(dun_error_message(error), test->message) && !strstr(hint, test->message))
            fail_msg("expected: %s\ngot: %s (%s)\nin: %s", test->message, dun_error_message(error), hint,
                     test->text);
        if (dun_error_line(error) != test->line || dun_error_column(error) != test->column)
            fail_msg("expected %u:%u, got %u:%u in: %s", test->line, test->column, dun_error_line(error),
                     dun_error_column(error), test->text);
        dun_error_free(error);
        arena_free(arena);
    }
}

#endif
