/* Dates as numbers: days and seconds since 1970, without a time zone. */
#ifndef SEED_DEMO_CALENDAR_H
#define SEED_DEMO_CALENDAR_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { SECONDS_OF_DAY = 86400 };

int64_t calendar_days(int64_t year, unsigned month, unsigned day);

/* "2024-02-29", with a time of day behind it or not; seconds. False: it is none. */
bool calendar_read(const char *text, int64_t *ret_seconds);

void calendar_append_date(struct str *to, int64_t days);      /* 2024-02-29 */
void calendar_append_time(struct str *to, int64_t seconds);   /* of the day: 10:11:12 */
void calendar_append_moment(struct str *to, int64_t seconds); /* 2024-02-29 10:11:12 */

/* Appends the digits of a number, with zeros before it up to the width. */
void append_digits(struct str *to, uint64_t number, unsigned width);

#endif
