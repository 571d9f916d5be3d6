/* What every cmocka test includes, in the order that cmocka needs. */
#ifndef TESTS_CMOCKA_MAIN_H
#define TESTS_CMOCKA_MAIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
