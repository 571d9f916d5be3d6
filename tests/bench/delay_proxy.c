/*
 * delay_proxy --listen PORT --to HOST:PORT|/PATH/OF/SOCKET --delay MS [--report FILE]
 *
 * A link with latency, for benchmarks and tests: whatever comes in on 127.0.0.1:PORT goes to the target, and
 * back, MS milliseconds later each way. Bandwidth is not limited. PORT 0 takes a free one; the port is
 * printed as the only line of standard output once connections are accepted. (The handshake of TCP itself is
 * not delayed.)
 *
 * SIGTERM or SIGINT end it. Then it reports, to FILE or standard error, a line for each connection and one
 * for all:
 *
 *     connection 1: round trips 7
 *     connections 1, round trips 7
 *
 * A round trip is counted whenever the client sends something after it has got something. So the goodbye of a
 * client counts, and a client that reads while it writes may seem to need more than it does.
 */
#include "delay_proxy_flow.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

struct options {
    const char *listen, *to, *report;
    int64_t delay; /* nanoseconds */
};

struct connection {
    int client, server;
    struct flow up, down; /* client to server, server to client */
    bool has_received;    /* the client has got something since it last sent */
    size_t number;        /* in proxy.round_trips */
};

struct proxy {
    struct options options;
    int listener, signals;
    struct connection **connections; /* those that are open */
    size_t open, open_capacity;
    unsigned long *round_trips; /* of every connection there ever was */
    size_t count, count_capacity;
    struct pollfd *polled; /* the listener, the signals, then client and server of each connection */
    size_t polled_capacity;
};

static int signal_pipe[2];

static void fail(const char *what)
{
    fprintf(stderr, "delay_proxy: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void usage(void)
{
    fputs("usage: delay_proxy --listen PORT --to HOST:PORT|/PATH/OF/SOCKET --delay MS [--report FILE]\n",
          stderr);
    exit(64);
}

static void on_signal(int number)
{
    int saved = errno;
    (void)number;
    if (write(signal_pipe[1], "", 1) < 0) {
        /* The pipe is full: the message is there already. */
    }
    errno = saved;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Makes room for one more element; capacities double, so that adding is not quadratic. */
static void *with_room(void *array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;
    *capacity = *capacity ? *capacity * 2 : 16;
    array = realloc(array, *capacity * size);
    if (!array)
        fail("out of memory");
    return array;
}

static void set_nonblocking(int socket)
{
    int on = 1;
    fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on,
               sizeof on); /* in vain, and harmless, on a unix socket */
}

static int connect_unix(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    int to = socket(AF_UNIX, SOCK_STREAM, 0);
    if (to >= 0 && connect(to, (struct sockaddr *)&address, sizeof address) == 0)
        return to;
    if (to >= 0)
        close(to);
    return -1;
}

static int connect_tcp(const char *target)
{
    const char *colon = strrchr(target, ':');
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    char host[256];
    if (!colon || (size_t)(colon - target) >= sizeof host)
        usage();
    memcpy(host, target, (size_t)(colon - target));
    host[colon - target] = '\0';
    if (getaddrinfo(host, colon + 1, &hints, &found) != 0)
        return -1;
    int to = -1;
    for (struct addrinfo *each = found; each && to < 0; each = each->ai_next) {
        to = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
        if (to >= 0 && connect(to, each->ai_addr, each->ai_addrlen) != 0) {
            close(to);
            to = -1;
        }
    }
    freeaddrinfo(found);
    return to;
}

static int listen_on(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
    if (listener < 0)
        fail("socket");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 128) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0)
        fail("cannot listen");
    set_nonblocking(listener);
    printf("%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

/* The target is on this machine, so connecting to it is not worth waiting for in the loop. */
static void accept_client(struct proxy *proxy)
{
    int client = accept(proxy->listener, NULL, NULL);
    if (client < 0)
        return;
    const char *target = proxy->options.to;
    int server = target[0] == '/' ? connect_unix(target) : connect_tcp(target);
    if (server < 0) {
        fprintf(stderr, "delay_proxy: cannot connect to %s: %s\n", target, strerror(errno));
        close(client);
        return;
    }
    set_nonblocking(client);
    set_nonblocking(server);

    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection)
        fail("out of memory");
    connection->client = client;
    connection->server = server;
    connection->number = proxy->count;
    proxy->connections = with_room(proxy->connections, proxy->open, &proxy->open_capacity, sizeof connection);
    proxy->connections[proxy->open++] = connection;
    proxy->round_trips =
        with_room(proxy->round_trips, proxy->count, &proxy->count_capacity, sizeof(unsigned long));
    proxy->round_trips[proxy->count++] = 0;
}

/* A descriptor for which nothing is asked is left out: it would report that the other end is gone, for ever.
 */
static struct pollfd wanted(int socket, const struct flow *out, const struct flow *in, int64_t time)
{
    short events = (short)((flow_can_read(out) ? POLLIN : 0) | (flow_is_due(in, time) ? POLLOUT : 0));
    return (struct pollfd){.fd = events ? socket : -1, .events = events};
}

static void wait_for_work(struct proxy *proxy)
{
    int64_t time = now(), next = INT64_MAX;
    size_t count = 2 + 2 * proxy->open;
    while (proxy->polled_capacity < count)
        proxy->polled =
            with_room(proxy->polled, proxy->polled_capacity, &proxy->polled_capacity, sizeof *proxy->polled);
    proxy->polled[0] = (struct pollfd){.fd = proxy->listener, .events = POLLIN};
    proxy->polled[1] = (struct pollfd){.fd = proxy->signals, .events = POLLIN};
    for (size_t i = 0; i < proxy->open; ++i) {
        struct connection *connection = proxy->connections[i];
        proxy->polled[2 + 2 * i] = wanted(connection->client, &connection->up, &connection->down, time);
        proxy->polled[3 + 2 * i] = wanted(connection->server, &connection->down, &connection->up, time);
        next = flow_next_due(&connection->up, time, next);
        next = flow_next_due(&connection->down, time, next);
    }
    /* Rounded up: a millisecond too late is a longer link, a millisecond too early is none. */
    int timeout = next == INT64_MAX ? -1 : (int)((next - time + 999999) / 1000000);
    if (poll(proxy->polled, (nfds_t)count, timeout) < 0 && errno != EINTR)
        fail("poll");
}

/* Reads what is there and writes what is due; false when the connection has ended. */
static bool serve(struct proxy *proxy, struct connection *connection, short client, short server)
{
    int64_t time = now(), due = time + proxy->options.delay;
    if (client & ~POLLOUT && flow_read(&connection->up, connection->client, due) &&
        connection->has_received) {
        ++proxy->round_trips[connection->number];
        connection->has_received = false;
    }
    if (server & ~POLLOUT)
        flow_read(&connection->down, connection->server, due);
    flow_write(&connection->up, connection->server, time);
    if (flow_write(&connection->down, connection->client, time))
        connection->has_received = true;
    return !flow_has_ended(&connection->up) || !flow_has_ended(&connection->down);
}

static void close_connection(struct connection *connection)
{
    close(connection->client);
    close(connection->server);
    flow_free(&connection->up);
    flow_free(&connection->down);
    free(connection);
}

/* One round of the loop; false when a signal has asked for the end. */
static bool work(struct proxy *proxy)
{
    wait_for_work(proxy);
    if (proxy->polled[1].revents)
        return false;
    size_t left = 0;
    for (size_t i = 0; i < proxy->open; ++i) {
        struct connection *connection = proxy->connections[i];
        if (serve(proxy, connection, proxy->polled[2 + 2 * i].revents, proxy->polled[3 + 2 * i].revents))
            proxy->connections[left++] = connection;
        else
            close_connection(connection);
    }
    proxy->open = left;
    if (proxy->polled[0].revents)
        accept_client(proxy);
    return true;
}

static void report(const struct proxy *proxy)
{
    FILE *to = proxy->options.report ? fopen(proxy->options.report, "w") : stderr;
    unsigned long sum = 0;
    if (!to)
        fail(proxy->options.report);
    for (size_t i = 0; i < proxy->count; ++i) {
        fprintf(to, "connection %zu: round trips %lu\n", i + 1, proxy->round_trips[i]);
        sum += proxy->round_trips[i];
    }
    fprintf(to, "connections %zu, round trips %lu\n", proxy->count, sum);
    fflush(to);
}

static struct options parse_options(int count, char **arguments)
{
    struct options options = {.delay = -1};
    for (int i = 1; i < count; i += 2) {
        const char *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (!value)
            usage();
        else if (strcmp(arguments[i], "--listen") == 0)
            options.listen = value;
        else if (strcmp(arguments[i], "--to") == 0)
            options.to = value;
        else if (strcmp(arguments[i], "--delay") == 0)
            options.delay = (int64_t)(strtod(value, NULL) * 1e6);
        else if (strcmp(arguments[i], "--report") == 0)
            options.report = value;
        else
            usage();
    }
    if (!options.listen || !options.to || options.delay < 0)
        usage();
    return options;
}

static void handle_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    if (pipe(signal_pipe) != 0)
        fail("pipe");
    set_nonblocking(signal_pipe[0]);
    set_nonblocking(signal_pipe[1]);
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int main(int count, char **arguments)
{
    struct proxy proxy = {.options = parse_options(count, arguments)};
    handle_signals();
    proxy.signals = signal_pipe[0];
    proxy.listener = listen_on(proxy.options.listen);
    while (work(&proxy)) {
    }
    report(&proxy);
    for (size_t i = 0; i < proxy.open; ++i)
        close_connection(proxy.connections[i]);
    free(proxy.connections);
    free(proxy.round_trips);
    free(proxy.polled);
    return 0;
}
