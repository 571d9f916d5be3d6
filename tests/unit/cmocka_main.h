/* What every cmocka test includes, in the order that cmocka needs. */
#ifndef TESTS_CMOCKA_MAIN_H
#define TESTS_CMOCKA_MAIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Since cmocka 2 the sign is said; before, all ranges were of unsigned numbers. */
#ifndef assert_uint_in_range
#define assert_uint_in_range assert_in_range
#endif

#endif
