/* A URL as text again: without the password for messages and reports, with it for whoever opens it. */
#include "base/str.h"
#include "db/url.h"

#include <dunlin/db.h>

#include <string.h>
#include <strings.h>

/* Letters, digits and what is beyond ASCII stay; of the rest, only what is listed in `kept`. */
static void append_encoded(struct str *text, const char *part, const char *kept)
{
    for (const char *p = part; *p; ++p) {
        unsigned char c = (unsigned char)*p;
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 128 ||
                     strchr("-._~", c) || strchr(kept, c);
        if (plain)
            str_append_char(text, (char)c);
        else
            str_printf(text, "%%%02X", c);
    }
}

static void append_host(struct str *text, const struct db_host *host)
{
    if (host->name && strchr(host->name, ':') && !strchr(host->name, '/')) {
        str_append_char(text, '[');
        append_encoded(text, host->name, ":");
        str_append_char(text, ']');
    } else if (host->name) {
        append_encoded(text, host->name, "");
    }
    if (host->port)
        str_printf(text, ":%s", host->port);
}

static void append_server(struct str *text, const struct db_url *url, bool secrets)
{
    str_append(text, "//");
    if (url->user)
        append_encoded(text, url->user, "");
    if (url->password && secrets) {
        str_append_char(text, ':');
        append_encoded(text, url->password, "");
    }
    if (url->user || (url->password && secrets))
        str_append_char(text, '@');
    for (size_t i = 0; i < url->host_count; ++i) {
        if (i > 0)
            str_append_char(text, ',');
        append_host(text, &url->hosts[i]);
    }
    if (url->database) {
        str_append_char(text, '/');
        append_encoded(text, url->database, "");
    }
}

static void append_path(struct str *text, const char *path)
{
    /* Two slashes would begin the other spelling. */
    if (strncmp(path, "//", 2) == 0) {
        str_append(text, "%2F");
        ++path;
    }
    append_encoded(text, path, "/:@,+=&;!$'()*");
}

static bool contains_ignoring_case(const char *text, const char *lower)
{
    size_t length = strlen(lower);
    for (; *text; ++text) {
        size_t i = 0;
        while (i < length && text[i] && (text[i] == lower[i] || text[i] == lower[i] - 'a' + 'A'))
            ++i;
        if (i == length)
            return true;
    }
    return false;
}

static bool may_be_secret(const char *option)
{
    static const char *const words[] = {"pass", "pwd", "secret", "token", "key", "credential"};
    if (strcasecmp(option, "foreign_keys") == 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (contains_ignoring_case(option, words[i]))
            return true;
    return false;
}

static const char *text_of(struct arena *arena, const struct db_url *url, bool secrets)
{
    struct str text = STR_INIT;
    str_printf(&text, "%s:", url->scheme);
    if (url->host_count > 0)
        append_server(&text, url, secrets);
    else if (url->database)
        append_path(&text, url->database);
    for (size_t i = 0; i < url->option_count; ++i) {
        str_append_char(&text, i == 0 ? '?' : '&');
        append_encoded(&text, url->options[i].name, "");
        str_append_char(&text, '=');
        if (!secrets && may_be_secret(url->options[i].name))
            str_append(&text, "***");
        else
            append_encoded(&text, url->options[i].value, "/:,*");
    }
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

const char *db_url_redacted(struct arena *arena, const struct db_url *url)
{
    return text_of(arena, url, false);
}

const char *db_url_server(struct arena *arena, const struct db_url *url)
{
    struct db_url server = *url;
    server.database = NULL;
    return db_url_redacted(arena, &server);
}

const char *db_url_text(struct arena *arena, const struct db_url *url)
{
    return text_of(arena, url, true);
}

char *dun_url_shown(const char *url)
{
    struct arena *arena = arena_new();
    struct db_url *parsed;
    struct str text = STR_INIT;
    bool good = db_url_parse(arena, url, &parsed, NULL);
    if (good)
        str_append(&text, db_url_redacted(arena, parsed));
    arena_free(arena);
    return good ? str_take(&text) : NULL;
}
