/* Generators of what lies in a range: numbers, bits, dates, times. Each gives NULL when the limits leave
 * nothing. */
#ifndef SEED_DEMO_RANGE_H
#define SEED_DEMO_RANGE_H

#include "seed/demo/generator.h"

struct demo_generator *demo_make_number(const struct demo_maker *maker);
struct demo_generator *demo_make_bits(const struct demo_maker *maker);
struct demo_generator *demo_make_times(const struct demo_maker *maker);

/* FORM_DATE or FORM_MOMENT. */
struct demo_generator *demo_make_moments(const struct demo_maker *maker, enum demo_form form);

#endif
