#include "engine/mysql/options.h"

#include "base/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum option {
    OPTION_SOCKET,
    OPTION_CHARSET,
    OPTION_CONNECT_TIMEOUT,
    OPTION_TLS,
    OPTION_CA,
    OPTION_CERTIFICATE,
    OPTION_KEY,
    OPTION_INIT_COMMAND,
    OPTION_COMPRESS,
};

/* MySQL's own spelling, and what people bring from PostgreSQL and from SQLAlchemy; "_" is as good as "-". */
static const struct {
    const char *name;
    enum option option;
} names[] = {
    {"socket", OPTION_SOCKET},
    {"unix-socket", OPTION_SOCKET},
    {"charset", OPTION_CHARSET},
    {"connect-timeout", OPTION_CONNECT_TIMEOUT},
    {"ssl-mode", OPTION_TLS},
    {"sslmode", OPTION_TLS},
    {"ssl-ca", OPTION_CA},
    {"sslrootcert", OPTION_CA},
    {"ssl-cert", OPTION_CERTIFICATE},
    {"sslcert", OPTION_CERTIFICATE},
    {"ssl-key", OPTION_KEY},
    {"sslkey", OPTION_KEY},
    {"init-command", OPTION_INIT_COMMAND},
    {"compress", OPTION_COMPRESS},
};

static const struct {
    const char *name;
    enum mysql_tls tls;
} tls_modes[] = {
    {"disabled", MYSQL_TLS_DISABLED},
    {"disable", MYSQL_TLS_DISABLED},
    {"preferred", MYSQL_TLS_PREFERRED},
    {"prefer", MYSQL_TLS_PREFERRED},
    {"allow", MYSQL_TLS_PREFERRED},
    {"required", MYSQL_TLS_REQUIRED},
    {"require", MYSQL_TLS_REQUIRED},
    {"verify-ca", MYSQL_TLS_VERIFY_CA},
    {"verify-identity", MYSQL_TLS_VERIFY_IDENTITY},
    {"verify-full", MYSQL_TLS_VERIFY_IDENTITY},
};

enum {
    NAME_COUNT = sizeof names / sizeof *names,
    TLS_MODE_COUNT = sizeof tls_modes / sizeof *tls_modes,
    LONGEST_NAME = 40, /* of those that are compared */
};

/* Lower case with "-" for "_"; long ones are cut, and are then equal to none. */
static void simplify(const char *name, char simple[LONGEST_NAME + 1])
{
    size_t length = 0;
    for (; name[length] && length < LONGEST_NAME; ++length) {
        char c = name[length];
        if (c == '_')
            c = '-';
        else if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        simple[length] = c;
    }
    simple[length] = '\0';
}

static bool unknown_option(const char *name, const char *simple, dun_error *error)
{
    const char *words[NAME_COUNT];
    for (size_t i = 0; i < NAME_COUNT; ++i)
        words[i] = names[i].name;
    const char *meant = dun_nearest_word(simple, words, NAME_COUNT);
    error_set(error, DUN_BAD_INPUT, "the URL has an option \"%s\", which is not known for MySQL and MariaDB",
              name);
    if (meant)
        error_hint(error, "did you mean \"%s\"?", meant);
    else
        error_hint(error, "known are socket, charset, connect-timeout, ssl-mode, ssl-ca, ssl-cert, ssl-key, "
                          "init-command and compress");
    return false;
}

static bool wrong_value(const struct db_option *option, const char *expected, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the option \"%s\" of the URL cannot be \"%s\"", option->name,
              option->value);
    error_hint(error, "it can be %s", expected);
    return false;
}

static bool read_tls(const struct db_option *option, enum mysql_tls *ret_tls, dun_error *error)
{
    char simple[LONGEST_NAME + 1];
    simplify(option->value, simple);
    for (size_t i = 0; i < TLS_MODE_COUNT; ++i)
        if (strcmp(simple, tls_modes[i].name) == 0) {
            *ret_tls = tls_modes[i].tls;
            return true;
        }
    return wrong_value(option, "disabled, preferred, required, verify_ca or verify_identity", error);
}

static bool read_seconds(const struct db_option *option, int64_t *ret_milliseconds, dun_error *error)
{
    char *end;
    errno = 0;
    long long seconds = strtoll(option->value, &end, 10);
    if (errno || *end || end == option->value || seconds < 1 || seconds > 86400)
        return wrong_value(option, "a number of seconds from 1 to 86400", error);
    *ret_milliseconds = seconds * 1000;
    return true;
}

static bool read_switch(const struct db_option *option, bool *ret_on, dun_error *error)
{
    char simple[LONGEST_NAME + 1];
    simplify(option->value, simple);
    bool on = strcmp(simple, "1") == 0 || strcmp(simple, "true") == 0 || strcmp(simple, "on") == 0;
    bool off = strcmp(simple, "0") == 0 || strcmp(simple, "false") == 0 || strcmp(simple, "off") == 0;
    if (!on && !off)
        return wrong_value(option, "true or false", error);
    *ret_on = on;
    return true;
}

/* All that dunlin sends and shows is UTF-8, so other character sets could only damage it. */
static bool check_charset(const struct db_option *option, dun_error *error)
{
    char simple[LONGEST_NAME + 1];
    simplify(option->value, simple);
    if (strcmp(simple, "utf8mb4") == 0 || strcmp(simple, "utf8mb3") == 0 || strcmp(simple, "utf8") == 0)
        return true;
    return wrong_value(option, "utf8mb4 only, which is also the default", error);
}

static bool read_option(enum option which, const struct db_option *option, struct mysql_options *options,
                        dun_error *error)
{
    switch (which) {
    case OPTION_SOCKET:
        options->socket = option->value;
        return true;
    case OPTION_CHARSET:
        return check_charset(option, error);
    case OPTION_CONNECT_TIMEOUT:
        return read_seconds(option, &options->connect_timeout_ms, error);
    case OPTION_TLS:
        return read_tls(option, &options->tls, error);
    case OPTION_CA:
        options->ca = option->value;
        return true;
    case OPTION_CERTIFICATE:
        options->certificate = option->value;
        return true;
    case OPTION_KEY:
        options->key = option->value;
        return true;
    case OPTION_INIT_COMMAND:
        options->init_command = option->value;
        return true;
    case OPTION_COMPRESS:
        return read_switch(option, &options->compress, error);
    }
    return false;
}

static bool read_named(const struct db_option *option, struct mysql_options *options, dun_error *error)
{
    char simple[LONGEST_NAME + 1];
    simplify(option->name, simple);
    for (size_t i = 0; i < NAME_COUNT; ++i)
        if (strcmp(simple, names[i].name) == 0)
            return read_option(names[i].option, option, options, error);
    return unknown_option(option->name, simple, error);
}

bool mysql_engine_options_read(const struct db_url *url, struct mysql_options *ret_options, dun_error *error)
{
    struct mysql_options options = {0};
    for (size_t i = 0; i < url->option_count; ++i)
        if (!read_named(&url->options[i], &options, error))
            return false;
    *ret_options = options;
    return true;
}
