/* An arena for each test: give setup_arena and teardown_arena to cmocka_unit_test_setup_teardown. */
#ifndef TESTS_TEST_ARENA_H
#define TESTS_TEST_ARENA_H

#include "unit/cmocka_main.h"

#include "base/arena.h"

static struct arena *arena;

static int setup_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#endif
