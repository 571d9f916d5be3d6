/*
 * One direction of a connection through delay_proxy: a queue of chunks, each with the time at which it may go
 * on. All times are nanoseconds of the monotonic clock.
 */
#ifndef BENCH_DELAY_PROXY_FLOW_H
#define BENCH_DELAY_PROXY_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chunk;

struct flow {
    struct chunk *first, *last;
    size_t queued; /* bytes */
    bool ended;    /* nothing more comes; the chunk that says so to the other side may still wait */
    bool broken;   /* nobody takes it any more; what comes is dropped */
};

/* There is an end to what a link can hold; it is far above what a test sends. */
bool flow_can_read(const struct flow *flow);

/* Reads what is there, to go on at `due`. True when there were bytes; the end of the stream is queued like
 * them. */
bool flow_read(struct flow *flow, int from, int64_t due);

bool flow_is_due(const struct flow *flow, int64_t now);

/* The smaller of `next` and the time at which the first chunk that is not due yet will be. */
int64_t flow_next_due(const struct flow *flow, int64_t now, int64_t next);

/* Writes what is due, as far as the socket takes it. True when bytes went out. */
bool flow_write(struct flow *flow, int to, int64_t now);

bool flow_has_ended(const struct flow *flow); /* and all of it was passed on */
void flow_free(struct flow *flow);

#endif
