/*
 * delay_proxy_test PROXY: runs the proxy before a server that sends everything back, and checks that the
 * delay is really there, that every byte of 10 MB arrives, in order and not slowed down, and that round trips
 * are counted.
 */
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DELAY_MS = 20, TRIPS = 5, BULK = 10 << 20 };

static int failures;

static void check(bool holds, const char *what)
{
    printf("%s: %s\n", holds ? "ok" : "FAILED", what);
    if (!holds)
        ++failures;
}

static double milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static void need(bool holds, const char *what)
{
    if (!holds) {
        perror(what);
        exit(1);
    }
}

static void echo(int client)
{
    static char buffer[64 << 10];
    ssize_t length;
    while ((length = read(client, buffer, sizeof buffer)) > 0)
        for (ssize_t done = 0, sent; done < length; done += sent)
            if ((sent = write(client, buffer + done, (size_t)(length - done))) <= 0)
                return;
}

/* The server: one process a client, until it is killed with its group. */
static pid_t start_server(const struct sockaddr *address, socklen_t length, struct sockaddr_in *ret_address)
{
    socklen_t size = sizeof *ret_address;
    int listener = socket(address->sa_family, SOCK_STREAM, 0);
    need(listener >= 0 && bind(listener, address, length) == 0 && listen(listener, 16) == 0, "server");
    if (ret_address)
        need(getsockname(listener, (struct sockaddr *)ret_address, &size) == 0, "getsockname");
    pid_t server = fork();
    if (server == 0) {
        setpgid(0, 0);
        signal(SIGCHLD, SIG_IGN);
        for (int client; (client = accept(listener, NULL, NULL)) >= 0; close(client))
            if (fork() == 0) {
                echo(client);
                _exit(0);
            }
        _exit(1);
    }
    setpgid(server, server);
    close(listener);
    return server;
}

static pid_t start_proxy(const char *program, const char *target, const char *report, unsigned *ret_port)
{
    int out[2];
    char line[32] = "", delay[16];
    snprintf(delay, sizeof delay, "%d", DELAY_MS);
    need(pipe(out) == 0, "pipe");
    pid_t proxy = fork();
    if (proxy == 0) {
        dup2(out[1], STDOUT_FILENO);
        execl(program, program, "--listen", "0", "--to", target, "--delay", delay, "--report", report,
              (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    need(read(out[0], line, sizeof line - 1) > 0, "the proxy does not start");
    close(out[0]);
    *ret_port = (unsigned)strtoul(line, NULL, 10);
    return proxy;
}

static int connect_to(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons((uint16_t)port);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    need(client >= 0 && connect(client, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    return client;
}

static void check_delay(unsigned port)
{
    int client = connect_to(port);
    double start = milliseconds();
    char byte = 'x';
    for (int i = 0; i < TRIPS; ++i)
        need(write(client, &byte, 1) == 1 && read(client, &byte, 1) == 1, "ping");
    double took = milliseconds() - start;
    printf("%d round trips took %.0f ms\n", TRIPS, took);
    check(took >= 2 * DELAY_MS * TRIPS, "every round trip takes the delay twice");
    check(took < 2 * DELAY_MS * TRIPS * 10, "and not much longer");
    close(client);
}

/* Sends all while reading all: what a real peer does, and the only way not to fill both directions. */
static void check_bulk(unsigned port)
{
    unsigned char *sent = malloc(BULK), *got = malloc(BULK + 1);
    size_t out = 0, in = 0;
    need(sent && got, "malloc");
    for (size_t i = 0; i < BULK; ++i)
        sent[i] = (unsigned char)(i * 2654435761u >> 11);
    int client = connect_to(port);
    double start = milliseconds();
    for (ssize_t length = 1; length > 0;) {
        struct pollfd polled = {.fd = client, .events = (short)(POLLIN | (out < BULK ? POLLOUT : 0))};
        need(poll(&polled, 1, 30000) > 0, "bulk");
        if (polled.revents & POLLOUT) {
            ssize_t written = send(client, sent + out, BULK - out, MSG_DONTWAIT);
            out += written > 0 ? (size_t)written : 0;
            if (out == BULK)
                shutdown(client, SHUT_WR);
        }
        if (polled.revents & ~POLLOUT)
            in += (size_t)((length = read(client, got + in, BULK + 1 - in)) > 0 ? length : 0);
    }
    double took = milliseconds() - start;
    printf("10 MB took %.0f ms\n", took);
    check(in == BULK && memcmp(sent, got, BULK) == 0, "10 MB arrive as they were sent, and then the end");
    check(took < 20000, "the delay does not limit the bandwidth");
    close(client);
    free(sent);
    free(got);
}

static void stop(pid_t process, int signal_number, bool group)
{
    kill(group ? -process : process, signal_number);
    waitpid(process, NULL, 0);
}

static void check_report(const char *path)
{
    char line[128];
    int trips = -1, connections = -1, all;
    FILE *file = fopen(path, "r");
    need(file != NULL, "report");
    while (fgets(line, sizeof line, file)) {
        sscanf(line, "connection 1: round trips %d", &trips);
        sscanf(line, "connections %d, round trips %d", &connections, &all);
    }
    fclose(file);
    /* The first message follows nothing, so it begins no counted round trip. */
    check(trips == TRIPS - 1, "round trips are counted");
    check(connections == 2, "connections are counted");
}

/* One run before a server at `address`, which the proxy is told as `target`. */
static void check_proxy(const char *program, const char *target, const char *report)
{
    unsigned port;
    pid_t proxy = start_proxy(program, target, report, &port);
    check_delay(port);
    check_bulk(port);
    stop(proxy, SIGTERM, false);
    check_report(report);
    unlink(report);
}

int main(int count, char **arguments)
{
    struct sockaddr_in tcp = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, bound;
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    char folder[] = "/tmp/dunlin-proxy-XXXXXX", report[64], target[64];
    if (count != 2)
        return 64;
    signal(SIGPIPE, SIG_IGN);
    need(mkdtemp(folder) != NULL, "mkdtemp");
    snprintf(report, sizeof report, "%s/report", folder);

    pid_t server = start_server((struct sockaddr *)&tcp, sizeof tcp, &bound);
    snprintf(target, sizeof target, "127.0.0.1:%u", (unsigned)ntohs(bound.sin_port));
    check_proxy(arguments[1], target, report);
    stop(server, SIGKILL, true);

    snprintf(local.sun_path, sizeof local.sun_path, "%s/socket", folder);
    server = start_server((struct sockaddr *)&local, sizeof local, NULL);
    check_proxy(arguments[1], local.sun_path, report);
    stop(server, SIGKILL, true);
    unlink(local.sun_path);
    rmdir(folder);
    return failures > 0;
}
