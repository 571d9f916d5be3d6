/* A relay between a test and its server that stands still when told to, as a network may do. */
#ifndef TESTS_MYSQL_RELAY_H
#define TESTS_MYSQL_RELAY_H

#include "mysql_support.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>

enum { MOST_SOCKETS = 16, RELAY_LOOKS_UP_EVERY_MS = 20 };

struct relay {
    const struct db_host *server;
    atomic_bool stands_still;
    const char *port; /* where it listens, on 127.0.0.1 */
    int listening;
    struct pollfd sockets[MOST_SOCKETS]; /* in pairs: the test's, the server's */
    nfds_t count;
    struct task_group *group;
};

static inline int relay_connect(const struct db_host *server)
{
    struct addrinfo wanted = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(server->name, server->port ? server->port : "3306", &wanted, &found))
        return -1;
    int made = socket(AF_INET, SOCK_STREAM, 0);
    int failed = connect(made, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return failed ? -1 : made;
}

static inline void relay_accept(struct relay *relay)
{
    struct pollfd polled = {.fd = relay->listening, .events = POLLIN};
    if (relay->count + 2 > MOST_SOCKETS || poll(&polled, 1, 0) <= 0)
        return;
    relay->sockets[relay->count++] =
        (struct pollfd){.fd = accept(relay->listening, NULL, NULL), .events = POLLIN};
    relay->sockets[relay->count++] = (struct pollfd){.fd = relay_connect(relay->server), .events = POLLIN};
}

static inline void relay_pass_on(struct relay *relay)
{
    char data[4096];
    poll(relay->sockets, relay->count, RELAY_LOOKS_UP_EVERY_MS);
    for (nfds_t i = 0; i < relay->count; ++i) {
        if (!relay->sockets[i].revents)
            continue;
        ssize_t length = recv(relay->sockets[i].fd, data, sizeof data, MSG_DONTWAIT);
        if (length > 0)
            send(relay->sockets[i ^ 1].fd, data, (size_t)length, MSG_NOSIGNAL);
        else
            relay->sockets[i].events = 0;
    }
}

static inline bool relay_work(void *argument, dun_error *unused)
{
    struct relay *relay = argument;
    (void)unused;
    while (task_check() == TASK_READY) {
        if (atomic_load(&relay->stands_still)) {
            task_sleep(RELAY_LOOKS_UP_EVERY_MS);
            continue;
        }
        relay_accept(relay);
        relay_pass_on(relay);
    }
    return true;
}

static inline void relay_start(struct relay *relay)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    relay->listening = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(relay->listening, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(relay->listening, 5), 0);
    assert_int_equal(getsockname(relay->listening, (struct sockaddr *)&address, &length), 0);
    relay->port = arena_printf(arena, "%u", ntohs(address.sin_port));
    relay->group = task_group_new();
    assert_true(task_group_start(relay->group, "relay", relay_work, relay, error));
}

static inline void relay_stop(struct relay *relay)
{
    task_group_cancel(relay->group);
    task_group_join(relay->group, false, NULL);
    for (nfds_t i = 0; i < relay->count; ++i)
        close(relay->sockets[i].fd);
    close(relay->listening);
}

#endif
