/* What seeds write: CSV that is read back as it was, masks, JSON as arrays; and which tables are dunlin's
 * own. */
#include "unit/cmocka_main.h"

#include "engine/own_table.h"
#include "seed/csv_writer.h"
#include "seed/json_text.h"
#include "seed/mask.h"
#include "seed/reader.h"

#include <stdlib.h>
#include <string.h>

static void test_csv_round_trip(void **state)
{
    static const char *const texts[] = {"plain",      "",       NULL,       "#first", "a,b",     "say \"x\"",
                                        "two\nlines", "cr\r\n", " blanks ", "\\N",    "\xC3\xA4"};
    (void)state;
    struct seed_format format = seed_format_default(false);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        struct str file = STR_INIT;
        const struct row_value values[] = {{texts[i], texts[i] ? strlen(texts[i]) : 0}, {"end", 3}};
        str_append(&file, "a,b\n");
        assert_true(csv_append_record(&file, &format, 2, values));
        struct seed_reader *reader = seed_reader_of_text(file.data, file.length, SEED_CSV, NULL);
        assert_non_null(reader);
        assert_int_equal(seed_reader_next(reader, NULL), 1);
        assert_int_equal(reader->values[0].kind == SEED_NULL, texts[i] == NULL);
        if (texts[i]) {
            assert_int_equal(reader->values[0].length, strlen(texts[i]));
            assert_memory_equal(reader->values[0].text, texts[i], strlen(texts[i]));
        }
        assert_int_equal(seed_reader_next(reader, NULL), 0);
        seed_reader_close(reader);
        str_free(&file);
    }
    struct str file = STR_INIT;
    format.quote = '\0';
    assert_false(csv_append_record(&file, &format, 1, &(struct row_value){"a,b", 3}));
    str_free(&file);
}

static char *masked(const char *type, const char *text)
{
    struct str mask = STR_INIT;
    if (seed_mask_append(&mask, type, text, strlen(text)))
        return mask.data ? str_take(&mask) : strdup("");
    str_free(&mask);
    return NULL;
}

static void test_mask(void **state)
{
    (void)state;
    char *name = masked("varchar(50)", "Lynn O'Neil 42"), *again = masked("text", "Lynn O'Neil 42");
    assert_string_equal(name, again);
    assert_string_not_equal(name, "Lynn O'Neil 42");
    assert_int_equal(strlen(name), strlen("Lynn O'Neil 42"));
    assert_true(name[0] >= 'A' && name[0] <= 'Z' && name[4] == ' ' && name[6] == '\'');
    char *email = masked("text", "lynn.margulis@mail.example.org"), *date = masked("date", "1938-03-05");
    assert_non_null(strstr(email, "@example.com"));
    assert_null(strstr(email, "lynn"));
    assert_int_equal(strlen(date), 10);
    assert_memory_equal(date, "1938-", 5);
    char *number = masked("integer", "700");
    assert_true(strlen(number) == 3 && number[0] != '0');
    assert_null(masked("jsonb", "{}"));
    assert_null(masked("boolean", "t"));
    free(name), free(again), free(email), free(date), free(number);
}

static void test_array(void **state)
{
    static const char *const pairs[][2] = {
        {"[]", "{}"},
        {"[1, -2.5, null, true]", "{1, -2.5, NULL, true}"},
        {"[[\"a,}\"], [\"\\\"\\\\\\/\\n\"]]", "{{\"a,}\"}, {\"\\\"\\\\/\n\"}}"},
        {"[\"\\u00e4\\ud83d\\ude00\\u0022\"]", "{\"\xC3\xA4\xF0\x9F\x98\x80\\\"\"}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i) {
        struct str array = STR_INIT;
        seed_json_append_array(&array, pairs[i][0], strlen(pairs[i][0]));
        assert_string_equal(str_text(&array), pairs[i][1]);
        str_free(&array);
    }
}

static void test_own_tables(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(own_table_of_seeds(arena, NULL), "dunlin_seeds");
    assert_string_equal(own_table_of_seeds(arena, "ops.my_history"), "ops.my_seeds");
    assert_string_equal(own_table_of_seeds(arena, "\"My_history\""), "\"My_seeds\"");
    assert_string_equal(own_table_of_seeds(arena, "log"), "log_seeds");
    assert_true(own_table_is(SQL_POSTGRESQL, "dunlin_history", "public", "dunlin_history"));
    assert_true(own_table_is(SQL_POSTGRESQL, "dunlin_history", "public", "dunlin_seeds"));
    assert_true(own_table_is(SQL_MYSQL, "shop.dunlin_history", "shop", "dunlin_seeds"));
    assert_false(own_table_is(SQL_MYSQL, "shop.dunlin_history", "other", "dunlin_seeds"));
    assert_false(own_table_is(SQL_SQLITE, "dunlin_history", NULL, "seeds"));
    assert_false(own_table_is(SQL_SQLITE, NULL, NULL, "dunlin_seeds"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_round_trip),
        cmocka_unit_test(test_mask),
        cmocka_unit_test(test_array),
        cmocka_unit_test(test_own_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
