/* A server that says what a test wants of it, for the bad days of connecting; it listens on 127.0.0.1. */
#ifndef TESTS_MYSQL_FAKE_SERVER_H
#define TESTS_MYSQL_FAKE_SERVER_H

#include "mysql_support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

struct fake_server {
    bool greets;     /* otherwise it accepts and stays silent */
    bool offers_tls; /* and then does not shake hands */
    bool refuses_login;
    int socket;
    const char *port;
    struct task_group *group;
    int logins; /* without TLS, that it has seen */
};

/* The first packet of protocol 10, of a MySQL 8.0.36. */
static inline void fake_greet(const struct fake_server *server, int client)
{
    enum { CAPABILITIES = 0xFFFF, CLIENT_TLS = 0x0800, UPPER_CAPABILITIES = 0x000B };
    unsigned lower = server->offers_tls ? CAPABILITIES : CAPABILITIES & ~CLIENT_TLS;
    unsigned char packet[128] = {0};
    size_t length = 4;
    packet[length++] = 10;
    memcpy(packet + length, "8.0.36", 7);
    length += 7;
    packet[length] = 42; /* the connection's number */
    length += 4;
    memcpy(packet + length, "12345678", 8);
    length += 9;
    packet[length++] = lower & 0xFF;
    packet[length++] = lower >> 8;
    packet[length++] = 45;
    packet[length++] = 2; /* autocommit */
    packet[length++] = 0;
    packet[length++] = UPPER_CAPABILITIES;
    packet[length++] = 0;
    packet[length++] = 21;
    length += 10;
    memcpy(packet + length, "123456789012", 12);
    length += 13;
    memcpy(packet + length, "mysql_native_password", 22);
    length += 22;
    packet[0] = (unsigned char)(length - 4);
    send(client, packet, length, MSG_NOSIGNAL);
}

static inline void fake_refuse(int client)
{
    static const unsigned char packet[] = {14,  0,   0,   2,   0xFF, 0x15, 0x04, '#', '2',
                                           '8', '0', '0', '0', 'n',  'o',  'p',  'e', '!'};
    send(client, packet, sizeof packet, MSG_NOSIGNAL);
}

/* Serves one client after the other, until the group is cancelled. */
static inline bool fake_serve(void *argument, dun_error *unused)
{
    enum { TLS_REQUEST_LENGTH = 36, READABLE = 1 };
    struct fake_server *server = argument;
    (void)unused;
    while (task_wait(server->socket, READABLE) == TASK_READY) {
        int client = accept(server->socket, NULL, NULL);
        if (server->greets)
            fake_greet(server, client);
        while (task_wait(client, READABLE) == TASK_READY) {
            char received[4096];
            ssize_t length = recv(client, received, sizeof received, 0);
            if (length <= 0)
                break;
            if (length > TLS_REQUEST_LENGTH && server->refuses_login) {
                server->logins++;
                fake_refuse(client);
            }
        }
        close(client);
    }
    return true;
}

static inline void fake_start(struct fake_server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    server->socket = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->socket, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server->socket, 5), 0);
    assert_int_equal(getsockname(server->socket, (struct sockaddr *)&address, &length), 0);
    server->port = arena_printf(arena, "%u", ntohs(address.sin_port));
    server->group = task_group_new();
    assert_true(task_group_start(server->group, "server", fake_serve, server, error));
}

static inline void fake_stop(struct fake_server *server)
{
    task_group_cancel(server->group);
    task_group_join(server->group, false, NULL);
    close(server->socket);
}

static inline struct db_url fake_url(const struct fake_server *server)
{
    struct db_url fake = {.scheme = "mysql", .user = "me", .password = "secret", .host_count = 1};
    fake.hosts = ARENA_NEW(arena, struct db_host);
    *fake.hosts = (struct db_host){"127.0.0.1", server->port};
    return fake;
}

#endif
