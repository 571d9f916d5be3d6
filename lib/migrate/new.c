/* dun_migrate_new: the next, empty migration. */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "source/migration_folder.h"
#include "source/version.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool clean_name(const char *name, struct str *ret_name, dun_error *error)
{
    for (const char *c = name; *c; ++c) {
        if (*c == ' ' || *c == '\t')
            str_append_char(ret_name, '_');
        else if ((unsigned char)*c >= 0x80 || isalnum((unsigned char)*c) || strchr("_-.", *c))
            str_append_char(ret_name, *c);
        else
            return error_set(error, DUN_USAGE,
                             "the name of a migration cannot have \"%c\" in it: it becomes part of a "
                             "file name",
                             *c);
    }
    if (ret_name->length == 0)
        return error_set(error, DUN_USAGE, "the name of a migration cannot be empty");
    return true;
}

static const char *time_version(struct arena *arena)
{
    char text[32];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc);
    return arena_strdup(arena, text);
}

/* The smallest version after `version`: its digits counted up, filled up to an instant first so that the
 * order stays. */
static const char *version_after(struct arena *arena, const char *key)
{
    size_t length = strcspn(key, ".");
    char *next = arena_alloc(arena, length + 2);
    next[0] = '0';
    memcpy(next + 1, key, length);
    size_t at = length;
    while (next[at] == '9')
        next[at--] = '0';
    next[at]++;
    return next[0] == '0' ? next + 1 : next;
}

static const char *next_version(struct arena *arena, const struct migration_folder *folder)
{
    const char *version = time_version(arena);
    if (folder->count == 0)
        return version;
    const char *last = folder->files[folder->count - 1].key;
    return version_compare(version_key(arena, version), last) > 0 ? version : version_after(arena, last);
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

/* A new file; nothing of it stays after a failure, for an empty file would be a migration. */
static bool write_file(const char *path, const char *text, dun_error *error)
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

static bool make_folder(const char *folder, dun_error *error)
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

static bool write_pair(struct arena *arena, const char *folder, const char *version, const char *name,
                       char **ret_up_file, char **ret_down_file, dun_error *error)
{
    const char *up = arena_printf(arena, "%s/%s_%s.up.sql", folder, version, name);
    const char *down = arena_printf(arena, "%s/%s_%s.down.sql", folder, version, name);
    if (!write_file(up, "-- What `dunlin up` runs.\n", error))
        return false;
    if (!write_file(down,
                    "-- What `dunlin down` runs: it undoes the up file. Without it the migration cannot be "
                    "reverted.\n",
                    error)) {
        unlink(up);
        return false;
    }
    *ret_up_file = memory_strdup(up);
    *ret_down_file = memory_strdup(down);
    return true;
}

bool dun_migrate_new(const char *folder, const char *name, char **ret_up_file, char **ret_down_file,
                     dun_error *error)
{
    struct arena *arena = arena_new();
    struct str cleaned = STR_INIT;
    struct migration_folder *existing;
    const char *path = folder ? folder : "migrations";
    bool ok = clean_name(name, &cleaned, error) && make_folder(path, error) &&
              migration_folder_read(arena, path, &existing, error) &&
              write_pair(arena, path, next_version(arena, existing), str_text(&cleaned), ret_up_file,
                         ret_down_file, error);
    str_free(&cleaned);
    arena_free(arena);
    return ok;
}
