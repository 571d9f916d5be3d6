#include "source/folder.h"

#include "base/error.h"
#include "base/map.h"
#include "source/file.h"
#include "source/spelling.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef VECTOR(const char *) path_list;

struct walk {
    struct arena *arena;
    const char *root;
    struct source_definitions *definitions;
    struct map *seen;  /* folders and files that were read, by device and inode */
    path_list folders; /* still to be read; paths are below the root, "" is the root itself */
    path_list links;   /* found, but not followed yet */
    dun_error *error;
};

static bool fail(dun_error *error, const char *path, const char *message, int cause)
{
    error_set(error, DUN_BAD_INPUT, "%s: %s", message, strerror(cause));
    error_at(error, path, 0, 0);
    if (cause == EACCES)
        error_hint(error, "let the user who runs this read it (chmod, chown)");
    return false;
}

static bool is_new(struct walk *walk, const struct stat *status)
{
    const char *key = arena_printf(walk->arena, "%" PRIuMAX ":%" PRIuMAX, (uintmax_t)status->st_dev,
                                   (uintmax_t)status->st_ino);
    return map_add(walk->seen, key, walk);
}

static const char *path_on_disk(const struct walk *walk, const char *path)
{
    if (!*path)
        return walk->root;
    size_t length = strlen(walk->root);
    bool slash = length > 0 && walk->root[length - 1] == '/';
    return arena_printf(walk->arena, "%s%s%s", walk->root, slash ? "" : "/", path);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool add_file(struct source_definitions *definitions, const char *path, const char *name,
                     const struct stat *status, dun_error *error)
{
    if (!S_ISREG(status->st_mode)) { /* opening a pipe would wait for ever */
        error_set(error, DUN_BAD_INPUT, "this is neither a file nor a folder");
        error_at(error, name, 0, 0);
        return false;
    }
    struct source_text text;
    if (!source_read_file(name, &text, error)) {
        error_hint(error,
                   "every *.sql file of the folder is read; a file whose name begins with a dot is not");
        return false;
    }
    const char *copy = arena_strndup(definitions->arena, text.data, text.length);
    size_t length = text.length;
    source_text_free(&text);
    return source_definitions_add(definitions, path, name, copy, length, error);
}

/* A folder is put off, and so is a link; whatever else is not named like a definition is left out. */
static bool add_entry(struct walk *walk, const char *path, const struct stat *status)
{
    if (S_ISLNK(status->st_mode)) {
        *vector_add(walk->arena, &walk->links) = path;
        return true;
    }
    if (S_ISDIR(status->st_mode)) {
        if (is_new(walk, status))
            *vector_add(walk->arena, &walk->folders) = path;
        return true;
    }
    if (!source_is_definition(base_name(path)) || !is_new(walk, status))
        return true;
    return add_file(walk->definitions, path, path_on_disk(walk, path), status, walk->error);
}

static int by_text(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

static void sort_paths(path_list *paths)
{
    if (paths->count)
        qsort(paths->items, paths->count, sizeof *paths->items, by_text);
}

/* Sorted, so that of two names of one file always the same one is kept. */
static bool list_folder(struct walk *walk, const char *folder, path_list *ret_paths)
{
    const char *name = path_on_disk(walk, folder);
    DIR *directory = opendir(name);
    if (!directory)
        return fail(walk->error, name, "cannot read the folder of definitions", errno);
    path_list paths = {0};
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.')
            *vector_add(walk->arena, &paths) =
                arena_printf(walk->arena, "%s%s%s", folder, *folder ? "/" : "", entry->d_name);
    int cause = errno;
    closedir(directory);
    if (cause != 0)
        return fail(walk->error, name, "cannot read the folder of definitions", cause);
    sort_paths(&paths);
    *ret_paths = paths;
    return true;
}

static bool read_folder(struct walk *walk, const char *folder)
{
    path_list paths = {0};
    if (!list_folder(walk, folder, &paths))
        return false;
    VECTOR_EACH (const char *, path, &paths) {
        struct stat status;
        const char *name = path_on_disk(walk, *path);
        if (lstat(name, &status) != 0)
            return fail(walk->error, name, "cannot read what is in the folder of definitions", errno);
        if (!add_entry(walk, *path, &status))
            return false;
    }
    return true;
}

static bool read_folders(struct walk *walk)
{
    while (walk->folders.count)
        if (!read_folder(walk, walk->folders.items[--walk->folders.count]))
            return false;
    return true;
}

static bool follow_link(struct walk *walk, const char *path)
{
    struct stat status;
    const char *name = path_on_disk(walk, path);
    if (stat(name, &status) == 0)
        return add_entry(walk, path, &status) && read_folders(walk);
    int cause = errno;
    if (source_is_definition(base_name(path)))
        return fail(walk->error, name, "cannot follow the symbolic link", cause);
    source_definitions_warn(walk->definitions, name, "a symbolic link that leads nowhere, so not read");
    return true;
}

/* Links that are found behind a link are followed after those that were known before. */
static bool follow_links(struct walk *walk)
{
    while (walk->links.count) {
        path_list links = walk->links;
        walk->links = (path_list){0};
        sort_paths(&links);
        VECTOR_EACH (const char *, link, &links)
            if (!follow_link(walk, *link))
                return false;
    }
    return true;
}

static bool read_tree(struct source_definitions *definitions, const char *root, const struct stat *status,
                      dun_error *error)
{
    struct walk walk = {
        .arena = definitions->arena,
        .root = root,
        .definitions = definitions,
        .seen = map_new(definitions->arena),
        .error = error,
    };
    is_new(&walk, status);
    *vector_add(walk.arena, &walk.folders) = "";
    return read_folders(&walk) && follow_links(&walk);
}

bool source_folder_definitions(struct arena *arena, enum sql_dialect dialect, const char *path,
                               struct source_definitions **ret_definitions, dun_error *error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        fail(error, path, "cannot read the definitions", errno);
        error_hint(error, "name a folder or a file that is there, or another source of a schema:\n%s",
                   source_spellings);
        return false;
    }
    const char *name = arena_strdup(arena, path);
    struct source_definitions *definitions = source_definitions_new(arena, dialect);
    bool ok = S_ISDIR(status.st_mode) ? read_tree(definitions, name, &status, error)
                                      : add_file(definitions, base_name(name), name, &status, error);
    if (!ok)
        return false;
    source_definitions_finish(definitions);
    *ret_definitions = definitions;
    return true;
}
