#include "seed/demo/calendar.h"

#include <stdio.h>
#include <string.h>

enum { DAYS_OF_ERA = 146097, DAYS_TO_1970 = 719468 };

/* Years begin in March, so that the leap day is the last; 400 of them are an era of always the same length.
 */
int64_t calendar_days(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970;
}

bool calendar_read(const char *text, int64_t *ret_seconds)
{
    unsigned year, month, day, hour = 0, minute = 0, second = 0;
    if (sscanf(text, "%4u-%2u-%2u%*1[ T]%2u:%2u:%2u", &year, &month, &day, &hour, &minute, &second) < 3 ||
        month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
        return false;
    *ret_seconds = calendar_days(year, month, day) * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second;
    return true;
}

void append_digits(struct str *to, uint64_t number, unsigned width)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[sizeof digits - ++count] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (; width > count; --width)
        str_append_char(to, '0');
    str_append_n(to, digits + sizeof digits - count, count);
}

void calendar_append_date(struct str *to, int64_t days)
{
    days += DAYS_TO_1970;
    int64_t era = (days >= 0 ? days : days - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
    uint64_t of_era = (uint64_t)(days - era * DAYS_OF_ERA);
    uint64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    uint64_t day = of_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    append_digits(to, (uint64_t)((int64_t)year + era * 400 + (month <= 2)), 4);
    str_append_char(to, '-');
    append_digits(to, month, 2);
    str_append_char(to, '-');
    append_digits(to, day, 2);
}

void calendar_append_time(struct str *to, int64_t seconds)
{
    append_digits(to, (uint64_t)seconds / 3600, 2);
    str_append_char(to, ':');
    append_digits(to, (uint64_t)seconds / 60 % 60, 2);
    str_append_char(to, ':');
    append_digits(to, (uint64_t)seconds % 60, 2);
}

void calendar_append_moment(struct str *to, int64_t seconds)
{
    int64_t days = seconds / SECONDS_OF_DAY - (seconds % SECONDS_OF_DAY < 0);
    calendar_append_date(to, days);
    str_append_char(to, ' ');
    calendar_append_time(to, seconds - days * SECONDS_OF_DAY);
}
