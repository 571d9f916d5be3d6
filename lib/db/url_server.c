/* The part of a URL that names a server: user and password, hosts, database, and the options that mean the
 * same. */
#include "base/error.h"
#include "db/url_reader.h"

#include <string.h>

static bool check_port(struct url_reader *reader, const char *port)
{
    unsigned number = 0;
    for (const char *p = port; *p; ++p) {
        number = part_is_digit(*p) ? number * 10 + (unsigned)(*p - '0') : 65536;
        if (number > 65535)
            break;
    }
    if (number >= 1 && number <= 65535)
        return true;
    error_set(reader->error, DUN_BAD_INPUT, "in the database URL, a port is not a number from 1 to 65535");
    error_hint(reader->error,
               "a URL is SCHEME://USER:PASSWORD@HOST:PORT/DATABASE, and the characters / ? # %% in a "
               "password are written %%2F %%3F %%23 %%25");
    return false;
}

static bool check_host(struct url_reader *reader, const char *name)
{
    const char *p = name;
    while (*p && (unsigned char)*p > ' ' && !strchr("()[]\"'<>", *p))
        ++p;
    if (!*p)
        return true;
    error_set(reader->error, DUN_BAD_INPUT,
              "in the database URL, a host contains a character that no host name has");
    error_hint(reader->error,
               "hosts are written HOST or HOST:PORT, without \"tcp(...)\", and IPv6 addresses [::1]:PORT");
    return false;
}

/* "name", "name:port", "[address]", "[address]:port", "", ":port". */
static bool read_host(struct url_reader *reader, struct part part)
{
    struct db_host host = {0};
    struct part name = part, port = {NULL, 0};
    const char *colon = part_find_last(part, ':');
    if (part.length && part.text[0] == '[') {
        const char *close = part_find(part, ']');
        if (!close || (close + 1 < part_end(part) && close[1] != ':'))
            return error_set(reader->error, DUN_BAD_INPUT,
                             "in the database URL, an IPv6 address has no closing bracket where it should");
        name = part_between(part.text + 1, close);
        colon = close + 1 < part_end(part) ? close + 1 : NULL;
    } else if (colon) {
        name = part_between(part.text, colon);
        if (part_find(name, ':')) {
            error_set(reader->error, DUN_BAD_INPUT, "in the database URL, a host has more than one \":\"");
            error_hint(reader->error,
                       "an IPv6 address stands in brackets: [::1]:5432; and before HOST stands an @ when "
                       "there is a user: SCHEME://USER:PASSWORD@HOST:PORT/DATABASE");
            return false;
        }
    }
    if (colon)
        port = part_between(colon + 1, part_end(part));
    if (name.length && (!url_decode(reader, name, "host", &host.name) || !check_host(reader, host.name)))
        return false;
    if (port.length && (!url_decode(reader, port, "port", &host.port) || !check_port(reader, host.port)))
        return false;
    *vector_add(reader->arena, &reader->hosts) = host;
    return true;
}

static bool read_hosts(struct url_reader *reader, struct part part)
{
    for (;;) {
        struct part host = part_between(part.text, part_find_any(part, ","));
        if (!read_host(reader, host))
            return false;
        if (part_end(host) == part_end(part))
            return true;
        part = part_between(part_end(host) + 1, part_end(part));
    }
}

static bool read_user(struct url_reader *reader, struct part part)
{
    const char *colon = part_find(part, ':');
    struct part user = part_between(part.text, colon ? colon : part_end(part));
    if (user.length && !url_decode(reader, user, "user", &reader->url->user))
        return false;
    return !colon ||
           url_decode(reader, part_between(colon + 1, part_end(part)), "password", &reader->url->password);
}

static bool ambiguous_at_sign(struct url_reader *reader)
{
    error_set(reader->error, DUN_BAD_INPUT,
              "in the database URL, an \"@\" stands after a \"/\" or \"?\", so it is not clear where the "
              "password ends");
    error_hint(
        reader->error,
        "in names and passwords, write @ as %%40, / as %%2F, ? as %%3F, # as %%23, : as %%3A and %% as "
        "%%25");
    return false;
}

/*
 * Where the user and password end: at the last "@" before the first "/". They may hold "@", ":" and "#" as
 * they are. A "?" in front of that "@" belongs to the password only where it cannot begin the options.
 */
static bool find_user_end(struct url_reader *reader, struct part rest, const char **ret_end)
{
    struct part zone = part_between(rest.text, part_find_any(rest, "/"));
    const char *at = part_find_last(zone, '@');
    const char *after = at ? at + 1 : zone.text;
    if (at) {
        struct part user = part_between(zone.text, at);
        const char *question = part_find(user, '?'), *colon = part_find(user, ':');
        if (question && (!colon || colon > question || part_find(part_between(question, at), '=')))
            return ambiguous_at_sign(reader);
    }
    if (part_find(part_between(after, part_end(rest)), '@'))
        return ambiguous_at_sign(reader);
    *ret_end = at;
    return true;
}

static bool read_database(struct url_reader *reader, struct part path)
{
    if (path.length <= 1)
        return true;
    struct part name = {path.text + 1, path.length - 1};
    if (part_find(name, '/')) {
        error_set(reader->error, DUN_BAD_INPUT, "in the database URL, a second \"/\" follows the host");
        error_hint(reader->error,
                   "what follows the first is the name of the database; a \"/\" in it, or in a password, "
                   "is written %%2F");
        return false;
    }
    return url_decode(reader, name, "database name", &reader->url->database);
}

/* Takes an option out of the list; NULL: not given. The last of several counts. */
static const char *take_option(struct url_reader *reader, const char *name)
{
    const char *value = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < reader->options.count; ++i) {
        if (strcmp(reader->options.items[i].name, name) == 0)
            value = reader->options.items[i].value;
        else
            reader->options.items[kept++] = reader->options.items[i];
    }
    reader->options.count = kept;
    return value;
}

struct list {
    VECTOR(const char *) items; /* NULL where nothing stands between the commas */
};

static void split_list(struct url_reader *reader, const char *text, struct list *ret_list)
{
    *ret_list = (struct list){0};
    for (;; ++text) {
        size_t length = strcspn(text, ",");
        *vector_add(reader->arena, &ret_list->items) =
            length ? arena_strndup(reader->arena, text, length) : NULL;
        text += length;
        if (!*text)
            return;
    }
}

/* host= and port= replace what stands before the path, name by name, as in libpq. A single port is that of
 * all hosts. */
static bool apply_host_options(struct url_reader *reader)
{
    const char *name_list = take_option(reader, "host"), *port_list = take_option(reader, "port");
    size_t given = reader->hosts.count;
    struct list names = {0}, ports = {0};
    if (name_list)
        split_list(reader, name_list, &names);
    if (port_list)
        split_list(reader, port_list, &ports);

    size_t count = name_list ? names.items.count : given;
    if ((given != 1 && given != count) || (ports.items.count > 1 && ports.items.count != count))
        return error_set(reader->error, DUN_BAD_INPUT,
                         "the database URL names different numbers of hosts and ports");
    struct db_host *before = reader->hosts.items;
    memset(&reader->hosts, 0, sizeof reader->hosts);
    for (size_t i = 0; i < count; ++i) {
        struct db_host host = before[given == 1 ? 0 : i];
        if (name_list)
            host.name = names.items.items[i];
        if (port_list)
            host.port = ports.items.items[ports.items.count == 1 ? 0 : i];
        if ((host.name && !check_host(reader, host.name)) || (host.port && !check_port(reader, host.port)))
            return false;
        *vector_add(reader->arena, &reader->hosts) = host;
    }
    return true;
}

static bool apply_server_options(struct url_reader *reader)
{
    struct db_url *url = reader->url;
    const char *user = take_option(reader, "user"), *password = take_option(reader, "password");
    const char *database = take_option(reader, "dbname");
    if (user)
        url->user = *user ? user : NULL;
    if (password)
        url->password = password;
    if (database)
        url->database = *database ? database : NULL;
    return apply_host_options(reader);
}

bool url_read_server(struct url_reader *reader, struct part rest)
{
    const char *at = NULL;
    if (!find_user_end(reader, rest, &at) || (at && !read_user(reader, part_between(rest.text, at))))
        return false;
    struct part address = part_between(at ? at + 1 : rest.text, part_end(rest));
    struct part hosts = part_between(address.text, part_find_any(address, "/?#"));
    struct part after = part_between(part_end(hosts), part_end(rest));
    struct part path = part_between(after.text, part_find_any(after, "?#"));
    return read_hosts(reader, hosts) && read_database(reader, path) &&
           url_read_tail(reader, part_between(part_end(path), part_end(rest))) &&
           apply_server_options(reader);
}
