#include "engine/postgres/parameters.h"

#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"

#include <stdlib.h>
#include <string.h>

struct parameter {
    const char *keyword, *value;
};

struct building {
    struct arena *arena;
    const PQconninfoOption *known; /* with the values of the environment and its service file */
    VECTOR(struct parameter) parameters;
};

static const PQconninfoOption *find_known(const struct building *building, const char *keyword)
{
    for (const PQconninfoOption *known = building->known; known->keyword; ++known)
        if (strcmp(known->keyword, keyword) == 0)
            return known;
    return NULL;
}

static void set(struct building *building, const char *keyword, const char *value)
{
    if (!value)
        return;
    VECTOR_EACH (struct parameter, parameter, &building->parameters)
        if (strcmp(parameter->keyword, keyword) == 0) {
            parameter->value = value;
            return;
        }
    *vector_add(building->arena, &building->parameters) = (struct parameter){keyword, value};
}

/* What libpq will use: what was set, or else its default. NULL: neither. */
static const char *effective(const struct building *building, const char *keyword)
{
    VECTOR_EACH (struct parameter, parameter, &building->parameters)
        if (strcmp(parameter->keyword, keyword) == 0 && *parameter->value)
            return parameter->value;
    const PQconninfoOption *known = find_known(building, keyword);
    return known ? known->val : NULL;
}

static bool unknown_option(struct building *building, const char *name, dun_error *error)
{
    VECTOR(const char *) words = {0};
    *vector_add(building->arena, &words) = "search_path";
    for (const PQconninfoOption *known = building->known; known->keyword; ++known)
        *vector_add(building->arena, &words) = known->keyword;
    const char *meant = dun_nearest_word(name, words.items, words.count);
    error_set(error, DUN_BAD_INPUT, "PostgreSQL knows no option \"%s\" in a URL", name);
    if (meant)
        error_hint(error, "did you mean \"%s\"?", meant);
    else
        error_hint(error, "known are the connection parameters of libpq, and search_path");
    return false;
}

/* A list as libpq wants it, one entry per host, "" for the default; NULL when no host says anything. */
static const char *host_list(struct arena *arena, const struct db_url *url, bool ports)
{
    struct str list = STR_INIT;
    bool given = false;
    for (size_t i = 0; i < url->host_count; ++i) {
        const char *entry = ports ? url->hosts[i].port : url->hosts[i].name;
        given = given || (entry && *entry);
        str_printf(&list, "%s%s", i ? "," : "", entry ? entry : "");
    }
    const char *copy = given ? arena_strdup(arena, str_text(&list)) : NULL;
    str_free(&list);
    return copy;
}

/* One more setting for the server's command line, where a blank or backslash of the value wants a backslash.
 */
static void add_search_path(struct building *building, const char *path)
{
    const char *before = effective(building, "options");
    struct str options = STR_INIT;
    if (before && *before)
        str_printf(&options, "%s ", before);
    str_append(&options, "-c search_path=");
    for (; *path; ++path) {
        if (strchr(" \t\r\n\v\f\\", *path))
            str_append_char(&options, '\\');
        str_append_char(&options, *path);
    }
    set(building, "options", arena_strdup(building->arena, str_text(&options)));
    str_free(&options);
}

/* libpq looks at this one only when it connects and waits by itself, which it does not here. */
static bool is_number_of_seconds(const char *value, dun_error *error)
{
    char *end;
    strtol(value, &end, 10);
    if (end != value && *end == '\0')
        return true;
    error_set(error, DUN_BAD_INPUT, "the option \"connect_timeout\" of the URL cannot be \"%s\"", value);
    error_hint(error, "it is a whole number of seconds");
    return false;
}

static bool set_options(struct building *building, const struct db_url *url, dun_error *error)
{
    const char *search_path = NULL;
    for (size_t i = 0; i < url->option_count; ++i) {
        const char *name = url->options[i].name, *value = url->options[i].value ? url->options[i].value : "";
        if (strcmp(name, "search_path") == 0)
            search_path = value;
        else if (strcmp(name, "ssl") == 0 && strcmp(value, "true") == 0)
            set(building, "sslmode", "require");
        else if (!find_known(building, name))
            return unknown_option(building, name, error);
        else if (strcmp(name, "connect_timeout") == 0 && !is_number_of_seconds(value, error))
            return false;
        else
            set(building, name, value);
    }
    if (search_path && *search_path) /* last, because it is added to the `options` */
        add_search_path(building, search_path);
    return true;
}

/*
 * PQconnectPoll knows no time-outs: it leaves a host only when the system says so. tcp_user_timeout makes the
 * system say so in time for the next host, and it bounds PQcancel, which blocks and connects with the same
 * setting.
 */
static void set_timeouts(struct building *building, const struct db_open_options *options,
                         struct postgres_parameters *ret)
{
    int64_t hosts = 1;
    const char *list = effective(building, "host");
    for (; list && *list; ++list)
        hosts += *list == ',';
    const char *given = effective(building, "connect_timeout");
    long seconds = given ? strtol(given, NULL, 10) : 0;
    ret->timeout_ms = seconds > 0 && seconds < 1000000 ? seconds * 1000 * hosts : options->connect_timeout_ms;
    ret->bounded_link = !effective(building, "tcp_user_timeout");
    if (ret->bounded_link)
        set(building, "tcp_user_timeout",
            arena_printf(building->arena, "%lld", (long long)(ret->timeout_ms / hosts + 1)));
}

static void finish(struct building *building, struct postgres_parameters *ret)
{
    size_t count = building->parameters.count;
    ret->keywords = arena_alloc(building->arena, (count + 1) * sizeof *ret->keywords);
    ret->values = arena_alloc(building->arena, (count + 1) * sizeof *ret->values);
    for (size_t i = 0; i < count; ++i) {
        ret->keywords[i] = building->parameters.items[i].keyword;
        ret->values[i] = building->parameters.items[i].value;
    }
}

bool postgres_parameters(struct arena *arena, const struct libpq *pq, const struct db_url *url,
                         const struct db_open_options *options, struct postgres_parameters *ret,
                         dun_error *error)
{
    PQconninfoOption *known = pq->PQconndefaults();
    if (!known)
        return error_set(error, DUN_FAILED, "libpq gives no list of its connection parameters");
    struct building building = {.arena = arena, .known = known};
    set(&building, "host", host_list(arena, url, false));
    set(&building, "port", host_list(arena, url, true));
    set(&building, "user", url->user);
    set(&building, "password", url->password);
    set(&building, "dbname", url->database);
    bool understood = set_options(&building, url, error);
    if (understood) {
        set(&building, "client_encoding", "UTF8");
        set(&building, "fallback_application_name", options->application ? options->application : "dunlin");
        set_timeouts(&building, options, ret);
        finish(&building, ret);
    }
    pq->PQconninfoFree(known);
    return understood;
}
