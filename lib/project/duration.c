/* Reads durations. */
#include "project/duration.h"

#include "base/error.h"

#include <dunlin/project.h>

#include <stddef.h>
#include <string.h>

enum { LONGEST_MS = INT32_MAX }; /* lock_timeout of PostgreSQL is an int of milliseconds (manual 20.11.1) */

const char duration_forms[] =
    "write 500ms, 10s, 2m, 1h, or a plain number of seconds; whole numbers, 24 days at most";

bool duration_read(const char *text, int64_t *ret_ms)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60 * 1000}, {"h", 60 * 60 * 1000}};
    size_t digits = strspn(text, "0123456789");
    if (digits == 0)
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < digits; ++i) {
        number = number * 10 + (text[i] - '0');
        if (number > LONGEST_MS)
            return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; ++i)
        if (strcmp(text + digits, units[i].name) == 0) {
            if (number > LONGEST_MS / units[i].ms)
                return false;
            *ret_ms = number * units[i].ms;
            return true;
        }
    return false;
}

bool dun_duration_parse(const char *text, int64_t *ret_ms, dun_error *error)
{
    if (duration_read(text, ret_ms))
        return true;
    error_set(error, DUN_USAGE, "\"%s\" is no duration", text);
    error_hint(error, "%s", duration_forms);
    return false;
}
