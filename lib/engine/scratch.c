#include "engine/scratch.h"

#include "base/error.h"
#include "base/memory.h"
#include "task/task.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char prefix[] = "dunlin_scratch_";

enum { TIME_DIGITS = 14 };

/* Enough that two threads of one process differ within a second, even where there is no source of randomness.
 */
static uint32_t random_bits(const void *unique)
{
    uint32_t bits = 0;
    int source = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    ssize_t got = source < 0 ? -1 : read(source, &bits, sizeof bits);
    if (source >= 0)
        close(source);
    if (got == sizeof bits)
        return bits;
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)now.tv_nsec * UINT32_C(2654435761) ^ (uint32_t)((uintptr_t)unique >> 4);
}

const char *scratch_name(struct arena *arena)
{
    time_t now = time(NULL);
    struct tm utc;
    char text[TIME_DIGITS + 1] = "";
    if (gmtime_r(&now, &utc))
        strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc);
    return arena_printf(arena, "%s%s_%ld_%08" PRIx32, prefix, text, (long)getpid(), random_bits(arena));
}

bool scratch_is_name(const char *name)
{
    static const char digits[] = "0123456789", hexadecimal[] = "0123456789abcdef";
    if (strncmp(name, prefix, strlen(prefix)) != 0)
        return false;
    const char *at = name + strlen(prefix);
    if (strspn(at, digits) != TIME_DIGITS || at[TIME_DIGITS] != '_')
        return false;
    at += TIME_DIGITS + 1;
    size_t process = strspn(at, digits);
    if (process == 0 || at[process] != '_')
        return false;
    at += process + 1;
    return strlen(at) == 8 && strspn(at, hexadecimal) == 8;
}

/* Days since 1970-01-01 of a date in the Gregorian calendar; POSIX has no inverse of gmtime. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t months = (month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (months * 153 + 2) / 5 + day - 1 - 719468;
}

static int number_of(const char *digits, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; ++i)
        number = number * 10 + (digits[i] - '0');
    return number;
}

double scratch_age(const char *name)
{
    const char *t = name + strlen(prefix);
    int64_t made = days_of(number_of(t, 4), number_of(t + 4, 2), number_of(t + 6, 2)) * 86400 +
                   number_of(t + 8, 2) * 3600 + number_of(t + 10, 2) * 60 + number_of(t + 12, 2);
    double age = difftime(time(NULL), (time_t)made);
    return age > 0 ? age : 0;
}

const struct db_url *scratch_url(struct arena *arena, const struct db_url *near, const char *database)
{
    struct db_url *url = db_url_copy(arena, near);
    url->database = arena_strdup(arena, database);
    return url;
}

const struct db_url *scratch_url_with(struct arena *arena, const struct db_url *url, const char *option,
                                      const char *value)
{
    struct db_url *more = db_url_copy(arena, url);
    struct db_option *options = arena_alloc(arena, memory_multiply(url->option_count + 1, sizeof *options));
    size_t count = 0;
    for (size_t i = 0; i < more->option_count; ++i)
        if (strcmp(more->options[i].name, option) != 0)
            options[count++] = more->options[i];
    options[count++] = (struct db_option){arena_strdup(arena, option), arena_strdup(arena, value)};
    more->options = options;
    more->option_count = count;
    return more;
}

struct engine_place *scratch_place_new(void)
{
    struct arena *arena = arena_new();
    struct engine_place *place = ARENA_NEW(arena, struct engine_place);
    place->arena = arena;
    return place;
}

static void close_connection(struct engine_place *place)
{
    if (place->connection)
        place->connection->driver->close(place->connection);
    place->connection = NULL;
}

bool scratch_drop(struct engine_place *place, scratch_drop_function drop, dun_error *error)
{
    struct task_scope scope;
    task_scope_shield(&scope, SCRATCH_CLEANUP_MS);
    close_connection(place);
    bool dropped = !place->keeper || drop(place->keeper, place->arena, place->name, error);
    if (!dropped) {
        error_context(error, "the scratch database %s was left behind", place->name);
        error_hint(error, "the next run that makes a scratch database drops it");
    }
    task_scope_leave(&scope);
    return dropped;
}

void scratch_place_free(struct engine_place *place)
{
    close_connection(place);
    if (place->keeper)
        place->keeper->driver->close(place->keeper);
    arena_free(place->arena);
}

struct sql_token scratch_next_token(struct sql_lexer *lexer)
{
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(lexer);
        if (token.kind != SQL_TOKEN_EXECUTABLE)
            return token;
    }
}

bool scratch_token_is_one_of(const struct sql_token *token, const char *const *keywords)
{
    for (; *keywords; ++keywords)
        if (sql_token_is(token, *keywords))
            return true;
    return false;
}
