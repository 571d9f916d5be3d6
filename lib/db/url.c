/*
 * Reading URLs. The text is cut into parts first and decoded part by part afterwards, so that an escaped
 * character never separates anything. Messages name parts and people's mistakes, but quote nothing that could
 * be a piece of a password.
 */
#include "db/url.h"

#include "base/error.h"
#include "base/memory.h"
#include "db/url_reader.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Paths: SQLite */

static bool read_file(struct url_reader *reader, struct part rest)
{
    struct part path = part_between(rest.text, part_find_any(rest, "?#"));
    bool slashes = path.length >= 2 && memcmp(path.text, "//", 2) == 0;
    if (slashes) {
        /* As SQLAlchemy: an empty host, a slash that only separates, and the path. `sqlite://file` has no
         * other sense. */
        size_t skipped = path.length >= 3 && path.text[2] == '/' ? 3 : 2;
        path = (struct part){path.text + skipped, path.length - skipped};
    }
    if (!url_read_tail(reader, part_between(part_end(path), part_end(rest))))
        return false;
    if (path.length == 0 && slashes) {
        reader->url->database = ":memory:";
        return true;
    }
    if (path.length == 0) {
        error_set(reader->error, DUN_BAD_INPUT, "the database URL names no file");
        error_hint(reader->error, "write %s:PATH, or %s::memory: for a database in memory",
                   reader->url->scheme, reader->url->scheme);
        return false;
    }
    return url_decode(reader, path, "path", &reader->url->database);
}

/* The whole */

static bool no_scheme(struct url_reader *reader, char first)
{
    error_set(reader->error, DUN_BAD_INPUT,
              "the database URL does not begin with a scheme such as \"postgresql:\"");
    if (first == '"' || first == '\'')
        error_hint(reader->error, "leave out the quote marks around it");
    error_hint(reader->error,
               "write postgresql://USER@HOST/DATABASE, mysql://USER@HOST/DATABASE or sqlite:PATH");
    return false;
}

/* Leaves the scheme in the URL, in lower case, and what follows its colon in `ret_rest`. */
static bool read_scheme(struct url_reader *reader, struct part text, struct part *ret_rest)
{
    size_t length = 0;
    while (length < text.length &&
           (is_letter(text.text[length]) ||
            (length > 0 && (part_is_digit(text.text[length]) || strchr("+-.", text.text[length])))))
        ++length;
    if (length == 0 || length == text.length || text.text[length] != ':')
        return no_scheme(reader, text.length ? text.text[0] : 'x');
    char *scheme = arena_strndup(reader->arena, text.text, length);
    scheme[strcspn(scheme, "+")] = '\0';
    for (char *p = scheme; *p; ++p)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    reader->url->scheme = scheme;
    *ret_rest = part_between(text.text + length + 1, part_end(text));
    return true;
}

/* Schemes whose URLs hold a path instead of hosts. */
static bool is_file_scheme(const char *scheme)
{
    return strcmp(scheme, "sqlite") == 0 || strcmp(scheme, "sqlite3") == 0;
}

/* Blanks and line ends around it come from files and shells, and belong to nothing. */
static struct part trimmed(const char *text)
{
    const char *end = text + strlen(text);
    while (end > text && strchr(" \t\r\n", end[-1]))
        --end;
    while (text < end && strchr(" \t\r\n", *text))
        ++text;
    return part_between(text, end);
}

static bool has_control_character(struct part part)
{
    for (size_t i = 0; i < part.length; ++i)
        if ((unsigned char)part.text[i] < ' ' || part.text[i] == 127)
            return true;
    return false;
}

static bool read_url(struct url_reader *reader, struct part text)
{
    struct part rest;
    if (has_control_character(text))
        return error_set(reader->error, DUN_BAD_INPUT,
                         "the database URL contains a line end or a control character");
    if (!read_scheme(reader, text, &rest))
        return false;
    if (is_file_scheme(reader->url->scheme))
        return read_file(reader, rest);
    if (rest.length >= 2 && memcmp(rest.text, "//", 2) == 0)
        return url_read_server(reader, part_between(rest.text + 2, part_end(rest)));

    error_set(reader->error, DUN_BAD_INPUT, "the database URL has no \"//\" after its scheme");
    if (strcmp(reader->url->scheme, "jdbc") == 0)
        error_hint(reader->error, "leave out \"jdbc:\"");
    error_hint(reader->error, "a server is written SCHEME://USER@HOST/DATABASE, an SQLite file sqlite:PATH");
    return false;
}

bool db_url_parse(struct arena *arena, const char *text, struct db_url **ret_url, dun_error *error)
{
    struct db_url *url = ARENA_NEW(arena, struct db_url);
    struct url_reader reader = {.arena = arena, .url = url, .error = error};
    if (!read_url(&reader, trimmed(text)))
        return false;
    url->hosts = reader.hosts.items;
    url->host_count = reader.hosts.count;
    url->options = reader.options.items;
    url->option_count = reader.options.count;
    *ret_url = url;
    return true;
}

const char *db_url_option(const struct db_url *url, const char *name)
{
    for (size_t i = url->option_count; i > 0; --i)
        if (strcmp(url->options[i - 1].name, name) == 0)
            return url->options[i - 1].value;
    return NULL;
}

struct db_url *db_url_copy(struct arena *arena, const struct db_url *url)
{
    struct db_url *copy = ARENA_NEW(arena, struct db_url);
    *copy = *url;
    copy->scheme = arena_strdup(arena, url->scheme);
    copy->user = arena_strdup(arena, url->user);
    copy->password = arena_strdup(arena, url->password);
    copy->database = arena_strdup(arena, url->database);
    copy->hosts = arena_alloc(arena, memory_multiply(url->host_count, sizeof *copy->hosts));
    for (size_t i = 0; i < url->host_count; ++i) {
        copy->hosts[i].name = arena_strdup(arena, url->hosts[i].name);
        copy->hosts[i].port = arena_strdup(arena, url->hosts[i].port);
    }
    copy->options = arena_alloc(arena, memory_multiply(url->option_count, sizeof *copy->options));
    for (size_t i = 0; i < url->option_count; ++i) {
        copy->options[i].name = arena_strdup(arena, url->options[i].name);
        copy->options[i].value = arena_strdup(arena, url->options[i].value);
    }
    return copy;
}
