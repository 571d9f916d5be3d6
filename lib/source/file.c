#include "source/file.h"

#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const char *file, const char *cause, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "cannot read the file: %s", cause);
    error_at(error, file, 0, 0);
    return false;
}

/* Thousands of small files are read in a row, so the end of one whose size is known is not asked for. */
static bool read_all(int descriptor, const char *file, const struct stat *status, struct source_text *ret_text,
                     dun_error *error)
{
    size_t expected = (size_t)status->st_size;
    size_t capacity = expected + 1, length = 0;
    char *data = memory_alloc(capacity + 1);
    for (;;) {
        if (length == capacity) {
            capacity = memory_multiply(capacity, 2);
            data = memory_realloc(data, capacity + 1);
        }
        ssize_t got = read(descriptor, data + length, capacity - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            free(data);
            return failed(file, strerror(errno), error);
        }
        length += (size_t)got;
        if (got == 0 || (S_ISREG(status->st_mode) && length == expected))
            break;
    }
    data[length] = '\0';
    *ret_text = (struct source_text){data, length};
    return true;
}

bool source_read_file(const char *file, struct source_text *ret_text, dun_error *error)
{
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failed(file, strerror(errno), error);
    struct stat status;
    bool ok = fstat(descriptor, &status) == 0;
    if (ok && S_ISDIR(status.st_mode))
        failed(file, "it is a folder", error);
    else if (!ok)
        failed(file, strerror(errno), error);
    else if (read_all(descriptor, file, &status, ret_text, error)) {
        close(descriptor);
        return true;
    }
    close(descriptor);
    return false;
}

void source_text_free(struct source_text *text)
{
    free(text->data);
    *text = (struct source_text){NULL, 0};
}
