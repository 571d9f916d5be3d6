/* What demo data are made of: permutations, skew, patterns, checks, templates, word lists. */
#include "base/arena.h"
#include "seed/demo/calendar.h"
#include "seed/demo/check.h"
#include "seed/demo/pattern.h"
#include "seed/demo/random.h"
#include "seed/demo/template.h"
#include "seed/demo/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 100000 };

static void permutes(void **state)
{
    static const uint64_t sizes[] = {1, 2, 3, 1000, ROWS, 65537};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
        unsigned char *seen = calloc(sizes[i], 1);
        for (uint64_t number = 0; number < sizes[i]; ++number) {
            uint64_t other = demo_permute(7, number, sizes[i]);
            assert_true(other < sizes[i]);
            assert_int_equal(seen[other]++, 0);
        }
        free(seen);
    }
}

static void is_skewed(void **state)
{
    unsigned first_tenth = 0;
    (void)state;
    for (uint64_t row = 0; row < ROWS; ++row)
        first_tenth += demo_scale_skewed(demo_draw(1, row), 1000) < 100;
    assert_true(first_tenth > ROWS / 2);
    assert_true(first_tenth < ROWS);
}

static void matches(void **state)
{
    static const struct {
        enum demo_pattern_kind kind;
        const char *pattern, *text;
        bool good;
    } cases[] = {{DEMO_REGEX, "^[A-Z]{2}$", "DE", true},
                 {DEMO_REGEX, "^[A-Z]{2}$", "DEU", false},
                 {DEMO_REGEX, "[0-9]+", "ab12", true},
                 {DEMO_REGEX, "^\\d{4}-x?$", "1234-", true},
                 {DEMO_LIKE, "AB%", "ABC", true},
                 {DEMO_LIKE, "A_", "ABC", false},
                 {DEMO_GLOB, "[A-Z]*-[0-9]", "Abc-1", true},
                 {DEMO_GLOB, "?", "ab", false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct demo_pattern pattern;
        assert_true(demo_pattern_read(cases[i].kind, cases[i].pattern, strlen(cases[i].pattern), &pattern));
        assert_int_equal(demo_pattern_matches(&pattern, cases[i].text, strlen(cases[i].text)), cases[i].good);
        uint64_t size = demo_pattern_size(&pattern, 0, 0);
        struct str made = STR_INIT;
        demo_pattern_append(&pattern, 0, 0, &made, size - 1);
        assert_true(demo_pattern_matches(&pattern, str_text(&made), made.length));
        str_free(&made);
    }
}

static void reads_checks(void **state)
{
    static const struct {
        enum sql_dialect dialect;
        const char *text;
        enum demo_check_kind kind;
    } cases[] = {{SQL_POSTGRESQL, "((a >= 1) AND (a <= 10))", CHECK_AND},
                 {SQL_POSTGRESQL, "(b = ANY (ARRAY['x'::text, 'y'::text]))", CHECK_IN},
                 {SQL_POSTGRESQL, "((x)::text ~ '^[A-Z]{2}$'::text)", CHECK_MATCH},
                 {SQL_MYSQL, "`a` between 1 and 10", CHECK_BETWEEN},
                 {SQL_MYSQL, "`b` in ('x','y''z')", CHECK_IN},
                 {SQL_SQLITE, "x GLOB '[A-Z]*'", CHECK_MATCH},
                 {SQL_SQLITE, "length(c) >= 3", CHECK_COMPARE},
                 {SQL_SQLITE, "a * b = 3", CHECK_UNKNOWN},
                 {SQL_SQLITE, "((((", CHECK_UNKNOWN}};
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        assert_int_equal(demo_check_read(arena, cases[i].dialect, cases[i].text, strlen(cases[i].text))->kind,
                         cases[i].kind);
    arena_free(arena);
}

/* All lines about columns, and all lists, of all locales can be used; a distinct template gives no text
 * twice. */
static void makes_texts(void **state)
{
    struct arena *arena = arena_new();
    const struct demo_template_limits limits = {false, false, 0};
    const char *locale, *name;
    (void)state;
    for (size_t i = 0; demo_words_embedded(i, &locale, &name); ++i) {
        struct demo_lexicon *lexicon = NULL;
        bool fits = false;
        assert_true(demo_lexicon_open(arena, NULL, locale, &lexicon, NULL));
        const struct demo_words *list = demo_words_find(lexicon, name);
        assert_non_null(list);
        for (size_t j = 0; strcmp(name, "columns") == 0 && j < list->count; ++j) {
            const char *value = strstr(list->words[j], " = ");
            assert_non_null(value);
            assert_non_null(demo_template_read(arena, lexicon, value + 3, &limits, &fits, NULL));
            assert_true(fits);
        }
    }
    arena_free(arena);
}

/* The names of a row are those of one person in whatever form, and an address is nobody else's: over a
 * million rows. */
static void names_persons(void **state)
{
    enum { MANY = 1000000, SLOTS = 1 << 22 };
    struct arena *arena = arena_new();
    const struct demo_template_limits limits = {false, false, 0};
    struct demo_lexicon *lexicon = NULL;
    bool fits = false;
    (void)state;
    assert_true(demo_lexicon_open(arena, NULL, "en", &lexicon, NULL));
    const struct demo_template *first =
        demo_template_read(arena, lexicon, "{first_names:slug}", &limits, &fits, NULL);
    const struct demo_template *mail = demo_template_read(
        arena, lexicon, "{first_names:slug}.{last_names:slug}{round}@example.com", &limits, &fits, NULL);
    assert_true(mail->distinct);
    uint64_t *seen = calloc(SLOTS, sizeof *seen), number;
    struct str name = STR_INIT, address = STR_INIT;
    for (uint64_t row = 0; row < MANY; ++row) {
        str_clear(&name);
        str_clear(&address);
        assert_true(demo_template_person(first, 5, row, false, &number));
        demo_template_append(first, &name, number);
        assert_true(demo_template_person(mail, 5, row, true, &number));
        demo_template_append(mail, &address, number);
        assert_int_equal(strncmp(str_text(&address), str_text(&name), name.length), 0);
        uint64_t hash = demo_hash(1, str_text(&address)) | 1, slot = hash % SLOTS;
        for (; seen[slot]; slot = (slot + 1) % SLOTS)
            assert_true(seen[slot] != hash);
        seen[slot] = hash;
    }
    str_free(&name);
    str_free(&address);
    free(seen);
    assert_false(demo_template_person(first, 5, 0, true, &number));
    arena_free(arena);
}

static void keeps_dates(void **state)
{
    static const char *const dates[] = {"1970-01-01", "2000-02-29", "1999-12-31", "2024-03-01"};
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; ++i) {
        int64_t seconds = 0;
        struct str text = STR_INIT;
        assert_true(calendar_read(dates[i], &seconds));
        calendar_append_date(&text, seconds / SECONDS_OF_DAY);
        assert_string_equal(str_text(&text), dates[i]);
        str_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permutes),      cmocka_unit_test(is_skewed),   cmocka_unit_test(matches),
        cmocka_unit_test(reads_checks),  cmocka_unit_test(makes_texts), cmocka_unit_test(keeps_dates),
        cmocka_unit_test(names_persons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
