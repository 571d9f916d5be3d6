/*
 * The server's first packet, looked at before the client library reads it: libmariadb 3.3 logs in without TLS
 * where the server offers none, even when TLS is enforced. Somebody in between would only have to say so to
 * be sent the login.
 */
#ifndef ENGINE_MYSQL_GREETING_H
#define ENGINE_MYSQL_GREETING_H

#include <stdbool.h>

/*
 * `socket` is readable and nothing was read from it yet; nothing is taken from it. True for what is no
 * greeting, too.
 */
bool mysql_engine_greeting_offers_tls(int socket);

#endif
