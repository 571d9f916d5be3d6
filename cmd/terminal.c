/* Colours and questions. */
#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is_capable(int descriptor)
{
    const char *type = getenv("TERM");
    return type && type[0] && strcmp(type, "dumb") != 0 && isatty(descriptor);
}

bool terminal_color(int descriptor, int color_choice)
{
    const char *forbidden = getenv("NO_COLOR");
    if (color_choice != COLOR_AUTO)
        return color_choice == COLOR_ALWAYS;
    return !(forbidden && forbidden[0]) && terminal_is_capable(descriptor);
}

unsigned terminal_columns(int descriptor)
{
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool terminal_can_ask(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* Reads by poll, which signals end even where reading would be taken up again. */
static bool read_line(char *line, size_t size, const dun_cancel *cancel)
{
    size_t length = 0;
    for (;;) {
        if (cancel && dun_cancel_triggered(cancel))
            return false;
        struct pollfd wait = {.fd = STDIN_FILENO, .events = POLLIN};
        /* In turns, since a signal may come between the question above and the wait. */
        int ready = poll(&wait, 1, 200);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        char c;
        ssize_t got = read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        if (c == '\n')
            break;
        if (length + 1 < size)
            line[length++] = c;
    }
    line[length] = '\0';
    return true;
}

bool terminal_ask(const char *question, const dun_cancel *cancel)
{
    char answer[16];
    fprintf(stderr, "%s [y/N] ", question);
    if (!read_line(answer, sizeof answer, cancel)) {
        fputc('\n', stderr);
        return false;
    }
    return strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0;
}
