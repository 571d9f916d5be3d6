/*
 * Which process holds the write lock. SQLite does not tell, but its locks are POSIX locks on known bytes
 * (sqlite.org/fileformat2.html and sqlite.org/walformat.html), so the system does. Asking means opening the
 * file, and closing it would drop every lock that this process has on it; so a child asks, which does nothing
 * but open, fcntl, write and _exit.
 */
#include "engine/sqlite/connection.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* PENDING, RESERVED and the 510 SHARED bytes of a database file; WAL_WRITE_LOCK of its shared memory. */
enum { PENDING_BYTE = 0x40000000, LOCK_BYTES = 512, WAL_WRITE_BYTE = 120 };

/* Who has a write lock there; 0: nobody, or the system does not say. Only what is safe after a fork. */
static pid_t writer_of(const char *path, off_t first, off_t length)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = length};
    if (file < 0 || fcntl(file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK)
        return 0;
    return lock.l_pid > 0 ? lock.l_pid : 0;
}

static _Noreturn void answer(int to, const char *database, const char *shared_memory)
{
    pid_t writer = writer_of(database, PENDING_BYTE, LOCK_BYTES);
    if (!writer)
        writer = writer_of(shared_memory, WAL_WRITE_BYTE, 1);
    ssize_t written = write(to, &writer, sizeof writer);
    _exit(written != (ssize_t)sizeof writer);
}

/* 0: not known. */
static pid_t ask_child(const char *database, const char *shared_memory)
{
    int ends[2];
    pid_t writer = 0;
    if (pipe(ends) != 0)
        return 0;
    pid_t child = fork();
    if (child == 0)
        answer(ends[1], database, shared_memory);
    close(ends[1]);
    if (child > 0) {
        if (task_wait(ends[0], POLLIN) != TASK_READY ||
            read(ends[0], &writer, sizeof writer) != (ssize_t)sizeof writer)
            writer = 0;
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    close(ends[0]);
    return writer;
}

/* "process 4711 (dunlin)", the name where the system tells it. */
static const char *describe(pid_t process, struct arena *arena)
{
    char name[64] = "";
    FILE *file = fopen(arena_printf(arena, "/proc/%ld/comm", (long)process), "r");
    if (file) {
        if (!fgets(name, sizeof name, file))
            name[0] = '\0';
        name[strcspn(name, "\n")] = '\0';
        fclose(file);
    }
    return name[0] ? arena_printf(arena, "process %ld (%s)", (long)process, name)
                   : arena_printf(arena, "process %ld", (long)process);
}

const char *sqlite_lock_holder(struct sqlite_connection *connection, struct arena *arena)
{
    const char *path = sqlite3_db_filename(connection->handle, "main");
    if (!path || !*path || strcmp(connection->path, ":memory:") == 0)
        return "another connection of this process";
    pid_t writer = ask_child(path, arena_printf(arena, "%s-shm", path));
    if (writer == getpid())
        return "another connection of this process";
    return writer ? describe(writer, arena) : NULL;
}
