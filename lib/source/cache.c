#include "source/cache.h"

#include "base/str.h"
#include "base/vector.h"
#include "schema/store.h"
#include "source/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".catalog"

enum { MOST_KEPT = 64 };

bool cache_get(const char *folder, const char *key, struct arena *arena, struct catalog **ret_catalog)
{
    struct source_text text;
    struct arena *own = arena_new();
    const char *path = folder ? arena_printf(own, "%s/%s" ENDING, folder, key) : NULL;
    struct catalog *catalog = NULL;
    if (path && source_read_file(path, &text, NULL)) {
        catalog = store_read(arena, text.data, text.length);
        source_text_free(&text);
        utimensat(AT_FDCWD, path, NULL, 0); /* it was used just now */
    }
    arena_free(own);
    if (catalog)
        *ret_catalog = catalog;
    return catalog != NULL;
}

static bool write_all(int descriptor, const struct str *bytes)
{
    for (size_t done = 0; done < bytes->length;) {
        ssize_t written = write(descriptor, bytes->data + done, bytes->length - done);
        if (written < 0 && errno != EINTR)
            return false;
        done += written > 0 ? (size_t)written : 0;
    }
    return true;
}

struct kept {
    const char *path;
    time_t used;
};

static int by_use(const void *left, const void *right)
{
    const struct kept *a = left, *b = right;
    return a->used < b->used ? -1 : a->used > b->used;
}

/* What a crash left half written counts, too. */
static bool is_ours(const char *name)
{
    return strstr(name, ENDING) != NULL;
}

static void forget_oldest(struct arena *arena, const char *folder)
{
    VECTOR(struct kept) files = {0};
    DIR *directory = opendir(folder);
    if (!directory)
        return;
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        struct stat status;
        const char *path = arena_printf(arena, "%s/%s", folder, entry->d_name);
        if (is_ours(entry->d_name) && stat(path, &status) == 0)
            *vector_add(arena, &files) = (struct kept){path, status.st_mtime};
    }
    closedir(directory);
    if (files.count <= MOST_KEPT)
        return;
    qsort(files.items, files.count, sizeof *files.items, by_use);
    for (size_t i = 0; i < files.count - MOST_KEPT; ++i)
        unlink(files.items[i].path);
}

/* Under another name first, so that nobody reads half of it. */
static bool write_file(struct arena *arena, const char *folder, const char *key, const struct str *bytes)
{
    char *temporary = arena_printf(arena, "%s/%s" ENDING ".XXXXXX", folder, key);
    int descriptor = mkstemp(temporary);
    if (descriptor < 0)
        return false;
    bool ok = write_all(descriptor, bytes);
    ok = close(descriptor) == 0 && ok;
    ok = ok && rename(temporary, arena_printf(arena, "%s/%s" ENDING, folder, key)) == 0;
    if (!ok)
        unlink(temporary);
    return ok;
}

bool cache_put(const char *folder, const char *key, const struct catalog *catalog)
{
    if (!folder || !source_make_folder(folder, NULL))
        return false;
    struct arena *arena = arena_new();
    struct str bytes = STR_INIT;
    store_write(&bytes, catalog);
    bool ok = write_file(arena, folder, key, &bytes);
    if (ok)
        forget_oldest(arena, folder);
    str_free(&bytes);
    arena_free(arena);
    return ok;
}
