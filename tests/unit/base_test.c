/* Arenas, strings, vectors, maps, and the nearest word. */
#include "unit/cmocka_main.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/str.h"
#include "base/vector.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_arena_alloc(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    unsigned char *objects[2000];
    for (size_t i = 0; i < 2000; ++i) {
        size_t size = i % 97;
        objects[i] = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)objects[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < size; ++j)
            assert_int_equal(objects[i][j], 0);
        memset(objects[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < 2000; ++i) /* none overlaps another */
        for (size_t j = 0; j < i % 97; ++j)
            assert_int_equal(objects[i][j], i % 251);
    arena_free(arena);
    arena_free(NULL);
}

/* A large object must not throw away the rest of the block that small ones come from, nor be zeroed twice. */
static void test_arena_large(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *small = arena_alloc(arena, 16);
    memset(small, 'x', 16);
    char *large = arena_alloc(arena, 10 * 1000 * 1000);
    assert_int_equal(large[0], 0);
    assert_int_equal(large[10 * 1000 * 1000 - 1], 0);
    size_t before = arena_size(arena);
    for (int i = 0; i < 50; ++i)
        arena_alloc(arena, 16);
    assert_uint_in_range(arena_size(arena) - before, 0, 50 * 128);
    assert_true(before >= 10 * 1000 * 1000);
    assert_int_equal(small[15], 'x');
    arena_free(arena);
}

static void test_arena_text(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(arena_strdup(arena, "dunlin"), "dunlin");
    assert_null(arena_strdup(arena, NULL));
    assert_string_equal(arena_strndup(arena, "dunlin", 3), "dun");
    assert_string_equal(arena_strndup(arena, NULL, 0), "");
    assert_memory_equal(arena_strndup(arena, "a\0b", 3), "a\0b", 4);
    assert_string_equal(arena_printf(arena, "%s-%d", "x", 7), "x-7");
    char *long_text = arena_printf(arena, "%10000d", 1);
    assert_int_equal(strlen(long_text), 10000);
    arena_free(arena);
}

static void test_str(void **state)
{
    (void)state;
    struct str str = STR_INIT;
    assert_string_equal(str_text(&str), "");
    str_append(&str, "a");
    str_append_n(&str, "bcd", 2);
    str_append_n(&str, NULL, 0);
    str_append_char(&str, '\0');
    str_append_char(&str, 'e');
    assert_int_equal(str.length, 5);
    assert_memory_equal(str.data, "abc\0e", 6);
    str_clear(&str);
    assert_string_equal(str_text(&str), "");
    for (int i = 0; i < 10000; ++i)
        str_printf(&str, "%d,", i % 10);
    assert_int_equal(str.length, 20000);
    assert_int_equal(str.data[19998], '9');
    char *taken = str_take(&str);
    assert_int_equal(strlen(taken), 20000);
    free(taken);
    assert_int_equal(str.length, 0);
    taken = str_take(&str);
    assert_string_equal(taken, "");
    free(taken);
    str_printf(&str, "%s", "");
    assert_string_equal(str_text(&str), "");
    str_free(&str);
    str_free(&str);
}

static void test_vector(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    VECTOR(int) numbers = {0};
    int sum = 0;
    VECTOR_EACH (int, number, &numbers)
        sum += *number;
    assert_int_equal(sum, 0);
    for (int i = 0; i < 1000; ++i)
        *vector_add(arena, &numbers) = i;
    assert_int_equal(numbers.count, 1000);
    VECTOR_EACH (int, number, &numbers)
        sum += *number;
    assert_int_equal(sum, 499500);
    assert_int_equal(*vector_add(arena, &numbers), 0); /* new items are zeroed */
    arena_free(arena);
}

static void test_map(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct map *map = map_new(arena);
    static int values[5000];
    assert_null(map_get(map, "0"));
    assert_int_equal(map_count(map), 0);
    for (int i = 0; i < 5000; ++i)
        assert_true(map_add(map, arena_printf(arena, "%d", i), &values[i]));
    assert_false(map_add(map, "42", &values[0]));
    assert_int_equal(map_count(map), 5000);
    for (int i = 0; i < 5000; ++i)
        assert_ptr_equal(map_get(map, arena_printf(arena, "%d", i)), &values[i]);
    assert_null(map_get(map, "5000"));
    assert_true(map_add(map, "", &values[1]));
    assert_ptr_equal(map_get(map, ""), &values[1]);
    arena_free(arena);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const words[] = {"mode", "busy_timeout", "foreign_keys", NULL};
    char very_long[200];
    memset(very_long, 'x', sizeof very_long - 1);
    very_long[sizeof very_long - 1] = '\0';
    assert_string_equal(nearest_word("forein_keys", words), "foreign_keys");
    assert_string_equal(nearest_word("busytimeout", words), "busy_timeout");
    assert_string_equal(nearest_word("mdoe", words), "mode");
    assert_string_equal(nearest_word("mode", words), "mode");
    assert_null(nearest_word("password", words));
    assert_null(nearest_word("x", words));
    assert_null(nearest_word("", words));
    assert_null(nearest_word(very_long, words));
    assert_null(nearest_word("mode", words + 3));
}

static void multiply(size_t a, size_t b)
{
    close(STDERR_FILENO);
    memory_multiply(a, b);
}

/* Memory that is nowhere ends the process; nothing goes on with less than was asked for. */
static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(memory_multiply(6, 7), 42);
    assert_int_equal(memory_multiply(SIZE_MAX, 0), 0);
    pid_t child = fork();
    if (child == 0) {
        multiply(SIZE_MAX / 2, 3);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_alloc), cmocka_unit_test(test_arena_large),
        cmocka_unit_test(test_arena_text),  cmocka_unit_test(test_str),
        cmocka_unit_test(test_vector),      cmocka_unit_test(test_map),
        cmocka_unit_test(test_nearest),     cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
