#include "engine/mysql/greeting.h"

#include "task/task.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

enum {
    HEADER = 4, /* length and number of a packet */
    PROTOCOL = 10,
    UP_TO_CAPABILITIES = 4 + 8 + 1, /* the connection's number, a part of the scramble, a zero */
    TLS_IN_SECOND_BYTE = 0x08,      /* CLIENT_SSL, 1 << 11 */
    LONGEST = 512,
    TRIES = 100,
    MS_BETWEEN_TRIES = 10,
};

enum finding { OFFERED, NOT_OFFERED, INCOMPLETE };

/*
 * https://mariadb.com/kb/en/connection/: protocol, version up to a zero, number, scramble, zero,
 * capabilities.
 */
static enum finding read_greeting(const unsigned char *packet, size_t length)
{
    if (length <= HEADER)
        return INCOMPLETE;
    if (packet[HEADER] != PROTOCOL)
        return OFFERED; /* an error, which the client library is to read */
    const unsigned char *end = memchr(packet + HEADER + 1, '\0', length - HEADER - 1);
    if (!end)
        return INCOMPLETE;
    size_t capabilities = (size_t)(end - packet) + 1 + UP_TO_CAPABILITIES;
    if (length < capabilities + 2)
        return INCOMPLETE;
    return packet[capabilities + 1] & TLS_IN_SECOND_BYTE ? OFFERED : NOT_OFFERED;
}

bool mysql_engine_greeting_offers_tls(int socket)
{
    unsigned char packet[LONGEST];
    for (int i = 0; i < TRIES; ++i) {
        ssize_t length = recv(socket, packet, sizeof packet, MSG_PEEK | MSG_DONTWAIT);
        if (length == 0)
            return true; /* hung up, which the client library is to see */
        enum finding finding = length < 0 ? INCOMPLETE : read_greeting(packet, (size_t)length);
        if (finding != INCOMPLETE)
            return finding == OFFERED;
        if (task_sleep(MS_BETWEEN_TRIES) != TASK_READY)
            break;
    }
    return false;
}
