/* What the query string of a URL says to this engine. */
#ifndef ENGINE_MYSQL_OPTIONS_H
#define ENGINE_MYSQL_OPTIONS_H

#include "base/arena.h"
#include "db/url.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stdint.h>

/* In order: from REQUIRED on, a connection without TLS is none. */
enum mysql_tls {
    MYSQL_TLS_UNSAID, /* as the client library and its option files have it */
    MYSQL_TLS_DISABLED,
    MYSQL_TLS_PREFERRED,
    MYSQL_TLS_REQUIRED,
    MYSQL_TLS_VERIFY_CA,
    MYSQL_TLS_VERIFY_IDENTITY,
};

/* Texts belong to the URL; NULL is "not given". */
struct mysql_options {
    const char *socket;
    int64_t connect_timeout_ms; /* 0: not given */
    enum mysql_tls tls;
    const char *ca, *certificate, *key;
    const char *init_command;
    bool compress;
};

/*
 * Fails with DUN_BAD_INPUT for an option that is not known, naming the one that may be meant, and for a value
 * that makes no sense.
 */
bool mysql_engine_options_read(const struct db_url *url, struct mysql_options *ret_options, dun_error *error);

#endif
