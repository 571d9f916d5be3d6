/*
 * measure PAIRS BEFORE -- COMMAND... -- COMMAND...: runs two commands in turn, PAIRS times, and prints the
 * medians of their CPU time (user + system) and wall time, and the median of the ratios of each pair, first
 * to second. BEFORE is run by the shell, unmeasured, before each command ("" for nothing). Output of the
 * commands goes nowhere.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PAIRS = 1000 };

struct cost {
    double cpu, wall; /* milliseconds */
};

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1000 + (double)time.tv_usec / 1000;
}

static double children_cpu(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static struct cost run(char **command)
{
    double cpu = children_cpu(), wall = now();
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        execvp(command[0], command);
        fprintf(stderr, "measure: %s: %s\n", command[0], strerror(errno));
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "measure: %s failed\n", command[0]);
        exit(1);
    }
    return (struct cost){children_cpu() - cpu, now() - wall};
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, ascending);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static struct cost measured(const char *before, char **command)
{
    if (*before && system(before) != 0) {
        fprintf(stderr, "measure: the preparation failed: %s\n", before);
        exit(1);
    }
    return run(command);
}

int main(int argc, char **argv)
{
    static double cpu[2][MOST_PAIRS], wall[2][MOST_PAIRS], cpu_ratio[MOST_PAIRS], wall_ratio[MOST_PAIRS];
    int second = 5;
    while (second < argc && strcmp(argv[second], "--") != 0)
        ++second;
    int pairs = argc > 5 ? atoi(argv[1]) : 0;
    if (pairs < 1 || pairs > MOST_PAIRS || strcmp(argv[3], "--") != 0 || second + 1 >= argc) {
        fprintf(stderr, "usage: measure PAIRS BEFORE -- COMMAND... -- COMMAND...\n");
        return 64;
    }
    argv[second] = NULL;
    for (int i = 0; i < pairs; ++i) {
        struct cost costs[2];
        for (int turn = 0; turn < 2; ++turn) {
            int which = (i + turn) % 2; /* neither is always the one that finds warm caches */
            costs[which] = measured(argv[2], which ? argv + second + 1 : argv + 4);
        }
        for (int which = 0; which < 2; ++which) {
            cpu[which][i] = costs[which].cpu;
            wall[which][i] = costs[which].wall;
        }
        cpu_ratio[i] = costs[0].cpu / costs[1].cpu;
        wall_ratio[i] = costs[0].wall / costs[1].wall;
    }
    printf("CPU %.1f ms against %.1f ms, ratio %.2f; wall %.1f ms against %.1f ms, ratio %.2f\n",
           median(cpu[0], pairs), median(cpu[1], pairs), median(cpu_ratio, pairs), median(wall[0], pairs),
           median(wall[1], pairs), median(wall_ratio, pairs));
    return 0;
}
