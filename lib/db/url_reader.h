/* What the files that read a URL share: url.c (schemes, files), url_server.c (users, hosts) and url_part.c,
 * which both use. */
#ifndef DB_URL_READER_H
#define DB_URL_READER_H

#include "base/vector.h"
#include "db/url.h"

/* A piece of the URL's text, not decoded yet. */
struct part {
    const char *text;
    size_t length;
};

struct url_reader {
    struct arena *arena;
    struct db_url *url;
    dun_error *error;
    VECTOR(struct db_host) hosts;
    VECTOR(struct db_option) options;
};

struct part part_between(const char *from, const char *to);
const char *part_end(struct part part);
const char *part_find(struct part part, char c); /* NULL: not there */
const char *part_find_last(struct part part, char c);
const char *part_find_any(struct part part, const char *characters); /* the end: none of them */
bool part_is_digit(char c);

/* Percent-decodes into the arena; `what` names the part in messages. */
bool url_decode(struct url_reader *reader, struct part part, const char *what, const char **ret);

/* What follows a path: options after "?", and no fragment. */
bool url_read_tail(struct url_reader *reader, struct part tail);

/* What follows "//" in the URL of a server: url_server.c. */
bool url_read_server(struct url_reader *reader, struct part rest);

#endif
