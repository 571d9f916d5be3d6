/* Readers of seed files: rows, kinds of values, lines; and where what is wrong is told to be. */
#include "unit/cmocka_main.h"

#include "base/str.h"
#include "seed/file_hash.h"
#include "seed/reader.h"

#include <stdlib.h>
#include <string.h>

/* All rows as one text: "LINE[@LABEL] name=value ..." with a letter for the kind. */
static void write_row(struct str *to, const struct seed_reader *reader)
{
    static const char letters[] = {[SEED_ABSENT] = '-', [SEED_NULL] = '0',    [SEED_TEXT] = 't',
                                   [SEED_NUMBER] = 'n', [SEED_BOOLEAN] = 'b', [SEED_JSON] = 'j'};
    str_printf(to, "%u", reader->line);
    if (reader->label)
        str_printf(to, "@%.*s", (int)reader->label_length, reader->label);
    for (size_t i = 0; i < reader->count; ++i) {
        const struct seed_value *value = &reader->values[i];
        str_printf(to, " %s:%c", reader->names[i], letters[value->kind]);
        if (value->kind != SEED_NULL && value->kind != SEED_ABSENT) {
            str_append_char(to, '=');
            str_append_n(to, value->text, value->length);
        }
    }
    str_append_char(to, '\n');
}

static char *read_rows(const char *text, size_t length, enum seed_syntax syntax, dun_error *error)
{
    struct str rows = STR_INIT;
    struct seed_reader *reader = seed_reader_of_text(text, length, syntax, error);
    if (!reader)
        return NULL;
    int got;
    while ((got = seed_reader_next(reader, error)) > 0)
        write_row(&rows, reader);
    seed_reader_close(reader);
    if (got == 0)
        return rows.data ? str_take(&rows) : strdup("");
    str_free(&rows);
    return NULL;
}

static void expect_rows(enum seed_syntax syntax, const char *text, const char *rows)
{
    dun_error *error = dun_error_new();
    char *read = read_rows(text, strlen(text), syntax, error);
    if (!read)
        fail_msg("%s\nfailed: %s", text, dun_error_message(error));
    assert_string_equal(read, rows);
    free(read);
    dun_error_free(error);
}

static void expect_failure(enum seed_syntax syntax, const char *text, unsigned line, unsigned column,
                           const char *message)
{
    dun_error *error = dun_error_new();
    char *read = read_rows(text, strlen(text), syntax, error);
    if (read)
        fail_msg("%s\nwas read as\n%s", text, read);
    if (!strstr(dun_error_message(error), message))
        fail_msg("%s\n%s", text, dun_error_message(error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    assert_int_equal(dun_error_line(error), line);
    assert_int_equal(dun_error_column(error), column);
    dun_error_free(error);
}

static void test_csv(void **state)
{
    (void)state;
    expect_rows(SEED_CSV, "a,b\n1,2\n", "2 a:t=1 b:t=2\n");
    expect_rows(SEED_CSV, "a,b\n1,2", "2 a:t=1 b:t=2\n");
    expect_rows(SEED_CSV, "\xEF\xBB\xBF\"a\",b\r\n1,2\r\n", "2 a:t=1 b:t=2\n");
    expect_rows(SEED_CSV, "a,b\n,\"\"\n", "2 a:0 b:t=\n");
    expect_rows(SEED_CSV, "a,b\n\"x,\"\"y\"\"\n\",\"\"\"\"\n3,4\n",
                "2 a:t=x,\"y\"\n b:t=\"\n4 a:t=3 b:t=4\n");
    expect_rows(SEED_CSV, "a,b\n\n1,2\n\n", "3 a:t=1 b:t=2\n");
    expect_rows(SEED_CSV, "a\n1\n\n", "2 a:t=1\n3 a:0\n");
}

static void test_csv_options(void **state)
{
    (void)state;
    expect_rows(SEED_CSV, "# a comment\n# dunlin: delimiter=; null=\\N\na;b\n\\N;x,y\n;\"\\N\"\n",
                "4 a:0 b:t=x,y\n5 a:t= b:t=\\N\n");
    expect_rows(SEED_CSV, "#dunlin: quote=none null=\"N A\"\na,b\nN A,\"x\n", "3 a:0 b:t=\"x\n");
    expect_rows(SEED_CSV, "# dunlin: quote='\na,b\n'x,''y','\"'\n", "3 a:t=x,'y b:t=\"\n");
    expect_rows(SEED_TSV, "a\tb\n1,2\t\"x\ty\"\n", "2 a:t=1,2 b:t=x\ty\n");
    expect_failure(SEED_CSV, "# dunlin: delimiter=ab\na\n", 1, 11, "delimiter");
    expect_failure(SEED_CSV, "# dunlin: mode=upsert sync\na\n", 1, 23, "NAME=VALUE");
}

static void test_csv_failures(void **state)
{
    (void)state;
    expect_failure(SEED_CSV, "", 1, 1, "no header");
    expect_failure(SEED_CSV, "# only a comment\n", 2, 1, "no header");
    expect_failure(SEED_CSV, "a,,b\n", 1, 3, "without a name");
    expect_failure(SEED_CSV, "a,b,a\n", 1, 5, "twice");
    expect_failure(SEED_CSV, "a,b\n1\n", 2, 2, "too few fields: 1");
    expect_failure(SEED_CSV, "a,b\n\"1\n2\",2,3\n", 3, 6, "too many fields: 3");
    expect_failure(SEED_CSV, "a,b\n1,\"x\n", 2, 3, "not closed");
    expect_failure(SEED_CSV, "a,b\n1,\"x\"y\n", 2, 6, "closing quote");
    expect_failure(SEED_CSV, "a,b\n\xC3\xA4,x\"y\n", 2, 4, "a quote in a field");
    expect_failure(SEED_CSV, "a,b\n\"\xC3\xA4\n\xC3\xA4\xFF\",1\n", 3, 2, "0xFF is not UTF-8");
}

static void test_json(void **state)
{
    (void)state;
    expect_rows(SEED_JSON_ARRAY, "[]", "");
    expect_rows(SEED_JSON_ARRAY, " [ {\"a\": 1, \"b\": \"x\"},\n{\"b\": null, \"c\": true} ] \n",
                "1 a:n=1 b:t=x\n2 a:- b:0 c:b=true\n");
    expect_rows(SEED_JSON_ARRAY, "[{\"a\": \"\\u00e4\\ud83d\\ude00\\n\\\"\", \"b\": -1.5e+3}]",
                "1 a:t=\xC3\xA4\xF0\x9F\x98\x80\n\" b:n=-1.5e+3\n");
    expect_rows(SEED_JSON_ARRAY, "[{\"a\": [1, {\"b\": \"]\\u00e4\"}], \"c\": {}}]",
                "1 a:j=[1, {\"b\": \"]\\u00e4\"}] c:j={}\n");
    expect_rows(SEED_JSON_ARRAY, "[{\"$label\": \"x\", \"a\": 1}]", "1@x a:n=1\n");
    expect_rows(SEED_JSON_LINES, "", "");
    expect_rows(SEED_JSON_LINES, "{\"a\": 1}\n\n{}\n", "1 a:n=1\n3 a:-\n");
}

static void test_json_failures(void **state)
{
    (void)state;
    expect_failure(SEED_JSON_ARRAY, "", 1, 1, "an array is wanted");
    expect_failure(SEED_JSON_ARRAY, "[1]", 1, 2, "an object is wanted");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": 1},\n]", 2, 1, "an object is wanted");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": 1}] x", 1, 12, "more behind the end");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": \"x\\ny\"}, {\"b\": 01}]", 1, 23, "no number");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": 1, \"a\": 2}]", 1, 11, "twice");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": 1", 1, 2, "not closed");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": nul}]", 1, 8, "a value is wanted");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": \"\\u0000\"}]", 1, 11, "NUL");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": \"\\x\"}]", 1, 10, "unknown escape");
    expect_failure(SEED_JSON_ARRAY, "[{\"a\": [1}]", 1, 10, "wanted here");
    expect_failure(SEED_JSON_LINES, "{\"a\": 1}\n[2]\n", 2, 1, "an object is wanted");
    expect_failure(SEED_JSON_LINES, "{\"$label\": 5}\n", 1, 12, "a string is wanted");
}

static void test_json_deep(void **state)
{
    (void)state;
    struct str text = STR_INIT;
    str_append(&text, "{\"a\": ");
    for (int i = 0; i < 100000; ++i)
        str_append_char(&text, '[');
    for (int i = 0; i < 100000; ++i)
        str_append_char(&text, ']');
    str_append(&text, "}");
    expect_failure(SEED_JSON_LINES, str_text(&text), 1, 70, "too deep");
    str_free(&text);
}

static void test_yaml(void **state)
{
    (void)state;
    expect_rows(SEED_YAML, "", "");
    expect_rows(SEED_YAML, "# nothing\n", "");
    expect_rows(SEED_YAML, "[]\n", "");
    expect_rows(SEED_YAML, "- a: 1\n  b: x\n- {b: ~, c: True, d: '1'}\n",
                "1 a:n=1 b:t=x\n3 a:- b:0 c:b=true d:t=1\n");
    expect_rows(SEED_YAML, "- $label: lynn\n  a: [1, x, {b: null}]\n  c: |\n    two\n    lines\n",
                "1@lynn a:j=[1,\"x\",{\"b\":null}] c:t=two\nlines\n\n");
    expect_rows(SEED_YAML, "# dunlin: mode=sync\n- a: 2024-01-31\n  b: 007\n", "2 a:t=2024-01-31 b:t=007\n");
}

static void test_yaml_failures(void **state)
{
    (void)state;
    expect_failure(SEED_YAML, "a: 1\n", 1, 1, "a list of rows is wanted");
    expect_failure(SEED_YAML, "- 1\n", 1, 3, "a row is wanted");
    expect_failure(SEED_YAML, "- a: 1\n  a: 2\n", 2, 3, "twice");
    expect_failure(SEED_YAML, "- a: !x 1\n", 1, 9, "tags");
    expect_failure(SEED_YAML, "- a: &x 1\n- a: *x\n", 2, 7, "aliases");
    expect_failure(SEED_YAML, "- a: 1\n---\n- a: 2\n", 2, 1, "second document");
    expect_failure(SEED_YAML, "# dunlin: mode=x\n- a: 1\n", 1, 11, "no mode");
    expect_failure(SEED_YAML, "- a: \"\\0\"\n", 1, 6, "NUL");
}

static void test_mode_of_file(void **state)
{
    (void)state;
    const char *text = "# dunlin: mode=sync key=a,b\na,b\n";
    struct seed_reader *reader = seed_reader_of_text(text, strlen(text), SEED_CSV, NULL);
    assert_non_null(reader);
    assert_int_equal(reader->format.mode, DUN_SEED_SYNC);
    assert_int_equal(reader->format.key_count, 2);
    assert_string_equal(reader->format.key[1], "b");
    seed_reader_close(reader);
}

static void test_names(void **state)
{
    (void)state;
    enum seed_syntax syntax;
    assert_true(seed_syntax_of("a.b.csv", &syntax) && syntax == SEED_CSV);
    assert_true(seed_syntax_of("a.jsonl.gz", &syntax) && syntax == SEED_JSON_LINES);
    assert_true(seed_syntax_of("a.yml", &syntax) && syntax == SEED_YAML);
    assert_false(seed_syntax_of(".csv", &syntax));
    assert_false(seed_syntax_of("a.txt", &syntax));
}

static void hash_in_parts(const char *text, size_t length, size_t part, char hex[FILE_HASH_LENGTH + 1])
{
    struct file_hash hash;
    file_hash_start(&hash);
    for (size_t at = 0; at < length; at += part)
        file_hash_add(&hash, text + at, part < length - at ? part : length - at);
    file_hash_finish(&hash, hex);
}

/* However it is read, and whatever single byte is another. */
static void test_hash(void **state)
{
    (void)state;
    char text[100], whole[FILE_HASH_LENGTH + 1], other[FILE_HASH_LENGTH + 1];
    for (size_t i = 0; i < sizeof text; ++i)
        text[i] = (char)(i % 7);
    hash_in_parts(text, sizeof text, sizeof text, whole);
    for (size_t part = 1; part < sizeof text; ++part) {
        hash_in_parts(text, sizeof text, part, other);
        assert_string_equal(whole, other);
    }
    for (size_t i = 0; i < sizeof text; ++i) {
        text[i] ^= 1;
        hash_in_parts(text, sizeof text, sizeof text, other);
        assert_string_not_equal(whole, other);
        hash_in_parts(text, i, sizeof text, other);
        assert_string_not_equal(whole, other);
        text[i] ^= 1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),           cmocka_unit_test(test_csv_options),
        cmocka_unit_test(test_csv_failures),  cmocka_unit_test(test_json),
        cmocka_unit_test(test_json_failures), cmocka_unit_test(test_json_deep),
        cmocka_unit_test(test_yaml),          cmocka_unit_test(test_yaml_failures),
        cmocka_unit_test(test_mode_of_file),  cmocka_unit_test(test_names),
        cmocka_unit_test(test_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
