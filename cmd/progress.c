/*
 * Work may take long without anything to tell, so a timer draws, in a signal handler that writes a line which
 * was made beforehand. There are two lines: the one that is shown and the one that is being made.
 */
#include "progress.h"

#include "terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum { FIRST_MS = 500, AGAIN_MS = 100, BAR = 20, LONGEST = 512, NARROWEST = 10, WIDTH_UNKNOWN = 80 };

static struct {
    const char *what; /* NULL: no progress was begun */
    char lines[2][LONGEST];
    size_t lengths[2];
    atomic_int current;
    atomic_bool changed;
    atomic_bool shown;
} progress;

static const char erase[] = "\r\033[K";

static void write_all(const char *text, size_t length)
{
    ssize_t ignored = write(STDERR_FILENO, text, length);
    (void)ignored;
}

static void draw(int signal_number)
{
    (void)signal_number;
    int saved = errno;
    if (atomic_exchange(&progress.changed, false)) {
        int line = atomic_load(&progress.current);
        atomic_store(&progress.shown, true);
        write_all(progress.lines[line], progress.lengths[line]);
    }
    errno = saved;
}

static void set_timer(long first_ms, long again_ms)
{
    struct itimerval timer = {
        .it_value = {.tv_sec = 0, .tv_usec = first_ms * 1000},
        .it_interval = {.tv_sec = 0, .tv_usec = again_ms * 1000},
    };
    setitimer(ITIMER_REAL, &timer, NULL);
}

static bool ends(char c)
{
    return (unsigned char)c < ' ' || c == 0x7F;
}

/* The bytes of at most `columns` characters; a control character ends the text. */
static size_t fitting(const char *text, size_t columns)
{
    size_t i = 0;
    for (; !ends(text[i]); ++i)
        if (((unsigned char)text[i] & 0xC0) != 0x80 && columns-- == 0)
            break;
    return i;
}

/* What is longer than the terminal, which may have another size by now, would wrap, and redrawing leave lines
 * behind. The last column stays free: in it, some terminals wrap already. */
static size_t make_line(char *line, const char *text)
{
    unsigned columns = terminal_columns(STDERR_FILENO);
    size_t most = columns >= NARROWEST ? columns - 1 : columns ? NARROWEST - 1 : WIDTH_UNKNOWN - 1;
    bool cut = !ends(text[fitting(text, most)]);
    return (size_t)snprintf(line, LONGEST, "\r%.*s%s\033[K", (int)fitting(text, cut ? most - 3 : most), text,
                            cut ? "..." : "");
}

void progress_update(size_t done, size_t total, const char *text)
{
    if (!progress.what)
        return;
    char whole[LONGEST - 16], bar[BAR + 1];
    size_t filled = total ? done * BAR / total : 0;
    memset(bar, '.', BAR);
    memset(bar, '#', filled);
    bar[BAR] = '\0';
    if (total)
        snprintf(whole, sizeof whole, "%s  [%s] %zu/%zu %s", progress.what, bar, done, total,
                 text ? text : "");
    else
        snprintf(whole, sizeof whole, "%s  %s", progress.what, text ? text : "");
    int next = !atomic_load(&progress.current);
    progress.lengths[next] = make_line(progress.lines[next], whole);
    atomic_store(&progress.current, next);
    atomic_store(&progress.changed, true);
}

void progress_begin(const char *what)
{
    struct sigaction action = {.sa_handler = draw, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) != 0)
        return;
    progress.what = what;
    progress_update(0, 0, "...");
    set_timer(FIRST_MS, AGAIN_MS);
}

void progress_hide(void)
{
    if (atomic_exchange(&progress.shown, false)) {
        write_all(erase, sizeof erase - 1);
        atomic_store(&progress.changed, true);
    }
}

void progress_end(void)
{
    if (!progress.what)
        return;
    set_timer(0, 0);
    progress_hide();
    atomic_store(&progress.changed, false);
    progress.what = NULL;
}
