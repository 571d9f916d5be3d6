/*
 * Connection URLs, for every engine. Parsing knows how URLs are written, not what an engine does with their
 * options. A URL holds a password; db_url_redacted is the only form of it that may be shown.
 */
#ifndef DB_URL_H
#define DB_URL_H

#include "base/arena.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct db_host {
    const char
        *name; /* NULL: the default; a name, an address without brackets, or a folder of a unix socket */
    const char *port; /* digits, or NULL: the default */
};

struct db_option {
    const char *name, *value;
};

struct db_url {
    const char *scheme; /* lower case, without what follows a "+": "postgresql", "mysql", "sqlite", ... */
    const char *user;   /* this and all below: percent-decoded; NULL when not given */
    const char *password;
    struct db_host *hosts; /* several mean failover, in this order; none for SQLite */
    size_t host_count;
    const char *database;      /* SQLite: the path, or ":memory:" */
    struct db_option *options; /* of the query string, in order */
    size_t option_count;
};

/* Fails with DUN_BAD_INPUT; the message never shows a password, however broken the URL is. */
bool db_url_parse(struct arena *arena, const char *text, struct db_url **ret_url, dun_error *error);

/* The value of the last option of that name, or NULL. */
const char *db_url_option(const struct db_url *url, const char *name);

/* A copy that shares nothing with the original. */
struct db_url *db_url_copy(struct arena *arena, const struct db_url *url);

/* As a URL again, without the password and without the value of any option that may hold a secret. */
const char *db_url_redacted(struct arena *arena, const struct db_url *url);

/* The same without the database, too: the server, and what its sessions are asked to be. */
const char *db_url_server(struct arena *arena, const struct db_url *url);

/* The whole of it as a URL again, to be opened and never shown. */
const char *db_url_text(struct arena *arena, const struct db_url *url);

#endif
