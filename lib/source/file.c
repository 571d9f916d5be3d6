#include "source/file.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"

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
static bool read_all(int descriptor, const char *file, const struct stat *status,
                     struct source_text *ret_text, dun_error *error)
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

/* 0, or why the text could not be written. Closes the descriptor. */
static int write_and_close(int descriptor, const char *text)
{
    int cause = 0;
    for (size_t left = strlen(text); left && !cause;) {
        ssize_t written = write(descriptor, text, left);
        if (written >= 0) {
            text += written;
            left -= (size_t)written;
        } else if (errno != EINTR) {
            cause = errno;
        }
    }
    if (close(descriptor) != 0 && !cause)
        cause = errno;
    return cause;
}

bool source_write_file(const char *path, const char *text, dun_error *error)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int cause = descriptor < 0 ? errno : write_and_close(descriptor, text);
    if (!cause)
        return true;
    if (descriptor >= 0)
        unlink(path);
    error_set(error, DUN_FAILED, "cannot write the file: %s", strerror(cause));
    error_at(error, path, 0, 0);
    return false;
}

bool source_make_folder(const char *folder, dun_error *error)
{
    struct str path = STR_INIT;
    bool ok = true;
    for (const char *end = folder; ok && *end; ++end) {
        if (end[1] != '/' && end[1] != '\0')
            continue;
        str_clear(&path);
        str_append_n(&path, folder, (size_t)(end - folder) + 1);
        ok = mkdir(str_text(&path), 0777) == 0 || errno == EEXIST || errno == EISDIR;
    }
    if (!ok) {
        error_set(error, DUN_FAILED, "cannot make the folder: %s", strerror(errno));
        error_at(error, str_text(&path), 0, 0);
    }
    str_free(&path);
    return ok;
}
