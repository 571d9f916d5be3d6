#include "delay_proxy_flow.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_QUEUED = 64 << 20, MOST_AT_ONCE = 256 << 10 };

struct chunk {
    struct chunk *next;
    int64_t due;
    size_t length, sent; /* length 0: the end of the stream */
    char bytes[];
};

static void append(struct flow *flow, const char *bytes, size_t length, int64_t due)
{
    struct chunk *chunk = malloc(sizeof *chunk + length);
    if (!chunk) {
        fputs("delay_proxy: out of memory\n", stderr);
        exit(1);
    }
    *chunk = (struct chunk){.due = due, .length = length};
    memcpy(chunk->bytes, bytes, length);
    if (flow->last)
        flow->last->next = chunk;
    else
        flow->first = chunk;
    flow->last = chunk;
    flow->queued += length;
}

static void drop_first(struct flow *flow)
{
    struct chunk *chunk = flow->first;
    flow->first = chunk->next;
    if (!flow->first)
        flow->last = NULL;
    flow->queued -= chunk->length;
    free(chunk);
}

void flow_free(struct flow *flow)
{
    while (flow->first)
        drop_first(flow);
}

bool flow_can_read(const struct flow *flow)
{
    return !flow->ended && flow->queued < MOST_QUEUED;
}

/* Once only: a sender that never pauses must not keep others from being served. */
bool flow_read(struct flow *flow, int from, int64_t due)
{
    static char buffer[MOST_AT_ONCE];
    if (!flow_can_read(flow))
        return false;
    ssize_t length = recv(from, buffer, sizeof buffer, 0);
    if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return false;
    if (length <= 0) {
        flow->ended = true;
        length = 0;
    }
    if (!flow->broken)
        append(flow, buffer, (size_t)length, due);
    return length > 0;
}

bool flow_is_due(const struct flow *flow, int64_t now)
{
    return flow->first && flow->first->due <= now;
}

int64_t flow_next_due(const struct flow *flow, int64_t now, int64_t next)
{
    return flow->first && flow->first->due > now && flow->first->due < next ? flow->first->due : next;
}

bool flow_write(struct flow *flow, int to, int64_t now)
{
    bool has_sent = false;
    while (flow_is_due(flow, now)) {
        struct chunk *chunk = flow->first;
        if (chunk->length == 0) {
            shutdown(to, SHUT_WR);
            drop_first(flow);
            continue;
        }
        ssize_t sent = send(to, chunk->bytes + chunk->sent, chunk->length - chunk->sent, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
                flow->broken = true;
                flow_free(flow);
            }
            break;
        }
        has_sent = true;
        chunk->sent += (size_t)sent;
        if (chunk->sent == chunk->length)
            drop_first(flow);
    }
    return has_sent;
}

bool flow_has_ended(const struct flow *flow)
{
    return flow->ended && !flow->first;
}
