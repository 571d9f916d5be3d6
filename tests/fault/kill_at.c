/*
 * kill_at NUMBER TEXT PATTERN PROGRAM ARGUMENT...: runs the program and kills it with SIGKILL when it writes
 * the NUMBER-th line that matches PATTERN (extended regular expression), on either output, counted from the
 * first line that has TEXT in it. Ends with 0 when it was killed, with 1 when it ended before that.
 */
#include <errno.h>
#include <regex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what)
{
    fprintf(stderr, "kill_at: %s: %s\n", what, strerror(errno));
    exit(2);
}

static pid_t start(char **arguments, FILE **ret_output)
{
    int ends[2];
    if (pipe(ends) != 0)
        fail("pipe");
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        execv(arguments[0], arguments);
        _exit(127);
    }
    close(ends[1]);
    *ret_output = fdopen(ends[0], "r");
    if (!*ret_output)
        fail("fdopen");
    return child;
}

/* True: the line has come. */
static bool read_until(FILE *output, long number, const char *text, const regex_t *pattern)
{
    char *line = NULL;
    size_t size = 0;
    bool counting = false;
    while (number > 0 && getline(&line, &size, output) >= 0) {
        counting = counting || strstr(line, text);
        number -= counting && regexec(pattern, line, 0, NULL, 0) == 0;
    }
    free(line);
    return number <= 0;
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: kill_at NUMBER TEXT PATTERN PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    FILE *output = NULL;
    int status = 0;
    regex_t pattern;
    if (regcomp(&pattern, argv[3], REG_EXTENDED | REG_NOSUB) != 0)
        fail("the pattern");
    pid_t child = start(argv + 4, &output);
    if (read_until(output, strtol(argv[1], NULL, 10), argv[2], &pattern))
        kill(child, SIGKILL);
    if (waitpid(child, &status, 0) != child)
        fail("waitpid");
    fclose(output);
    regfree(&pattern);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : 1;
}
