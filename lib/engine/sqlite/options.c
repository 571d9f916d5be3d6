/* The options of an SQLite URL. Few: what else there is to set, a PRAGMA sets. */
#include "base/error.h"
#include "base/nearest.h"
#include "engine/sqlite/connection.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_BUSY_TIMEOUT_MS = 5000, LONGEST_BUSY_TIMEOUT_MS = 24 * 3600 * 1000 };

/* `memory` is written by sqlite_pooled_url only, so messages do not offer it. */
static const char *const known[] = {"mode", "busy_timeout", "foreign_keys", NULL};

static bool bad_value(const struct db_option *option, const char *allowed, dun_error *error)
{
    return error_set(error, DUN_BAD_INPUT, "the option %s of an SQLite URL is %s, not \"%s\"", option->name,
                     allowed, option->value);
}

static bool read_mode(const struct db_option *option, struct sqlite_options *options, dun_error *error)
{
    static const struct {
        const char *name;
        int flags;
    } modes[] = {
        {"ro", SQLITE_OPEN_READONLY},
        {"rw", SQLITE_OPEN_READWRITE},
        {"rwc", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE},
        {"memory", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY},
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; ++i) {
        if (strcmp(option->value, modes[i].name) == 0) {
            options->open_flags = modes[i].flags;
            return true;
        }
    }
    return bad_value(option, "ro, rw, rwc or memory", error);
}

static bool read_busy_timeout(const struct db_option *option, struct sqlite_options *options,
                              dun_error *error)
{
    char *end;
    long milliseconds = strtol(option->value, &end, 10);
    if (end == option->value || *end || milliseconds < 0 || milliseconds > LONGEST_BUSY_TIMEOUT_MS)
        return bad_value(option, "a number of milliseconds, a day at most", error);
    options->busy_timeout_ms = milliseconds;
    return true;
}

static bool read_switch(const struct db_option *option, bool *ret, dun_error *error)
{
    static const char *const words[] = {"off", "on", "false", "true", "no", "yes", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
        if (strcmp(option->value, words[i]) == 0) {
            *ret = i % 2;
            return true;
        }
    }
    return bad_value(option, "on or off", error);
}

static bool unknown_option(const char *name, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "SQLite URLs have no option \"%s\"", name);
    const char *nearest = nearest_word(name, known);
    if (nearest)
        error_hint(error, "did you mean \"%s\"?", nearest);
    else
        error_hint(error,
                   "known are mode, busy_timeout and foreign_keys; PRAGMA statements set everything else");
    return false;
}

bool sqlite_options_read(const struct db_url *url, struct sqlite_options *ret_options, dun_error *error)
{
    struct sqlite_options options = {
        .open_flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        .busy_timeout_ms = DEFAULT_BUSY_TIMEOUT_MS,
    };
    for (size_t i = 0; i < url->option_count; ++i) {
        const struct db_option *option = &url->options[i];
        bool good;
        if (strcmp(option->name, "mode") == 0)
            good = read_mode(option, &options, error);
        else if (strcmp(option->name, "busy_timeout") == 0)
            good = read_busy_timeout(option, &options, error);
        else if (strcmp(option->name, "foreign_keys") == 0)
            good = read_switch(option, &options.foreign_keys, error);
        else if (strcmp(option->name, "memory") == 0)
            good = (options.memory_name = option->value) != NULL;
        else
            good = unknown_option(option->name, error);
        if (!good)
            return false;
    }
    *ret_options = options;
    return true;
}
