#include "source/migration_folder.h"

#include "base/checksum.h"
#include "base/error.h"
#include "source/file.h"
#include "source/version.h"
#include "sql/splitter.h"
#include "sql/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define UP_ENDING ".up.sql"
#define DOWN_ENDING ".down.sql"

struct found {
    const char *version, *key, *name, *path, *base;
    bool down;
};

typedef VECTOR(struct found) found_files;

static void warn(struct arena *arena, struct migration_folder *folder, const char *file, const char *message)
{
    dun_warning *warning = vector_add(arena, &folder->warnings);
    warning->file = file;
    warning->message = message;
}

static bool ends_with(const char *text, const char *ending, size_t *ret_stem)
{
    size_t length = strlen(text), ending_length = strlen(ending);
    if (length < ending_length || strcmp(text + length - ending_length, ending) != 0)
        return false;
    *ret_stem = length - ending_length;
    return true;
}

/* Is it named VERSION_name.up.sql or VERSION_name.down.sql? */
static bool read_name(struct arena *arena, const char *base, struct found *ret_found)
{
    size_t stem, version = version_length(base);
    bool down = ends_with(base, DOWN_ENDING, &stem);
    if (!down && !ends_with(base, UP_ENDING, &stem))
        return false;
    if (version == 0 || version + 1 >= stem || base[version] != '_')
        return false;
    ret_found->version = arena_strndup(arena, base, version);
    ret_found->key = version_key(arena, ret_found->version);
    ret_found->name = arena_strndup(arena, base + version + 1, stem - version - 1);
    ret_found->down = down;
    return true;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A folder that is named like a migration is found out when it is read. */
static void add_entry(struct arena *arena, struct migration_folder *folder, const char *base,
                      found_files *files)
{
    const char *path = arena_printf(arena, "%s/%s", folder->path, base);
    struct found found = {.path = path};
    if (read_name(arena, base, &found)) {
        found.base = arena_strdup(arena, base);
        *vector_add(arena, files) = found;
    } else if (!is_folder(path)) {
        warn(arena, folder, path,
             "not named like a migration (VERSION_name.up.sql or VERSION_name.down.sql), so not run");
    }
}

static bool unreadable(const struct migration_folder *folder, int cause, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "cannot read the folder of migrations: %s", strerror(cause));
    error_at(error, folder->path, 0, 0);
    return false;
}

static bool list_files(struct arena *arena, struct migration_folder *folder, found_files *files,
                       dun_error *error)
{
    DIR *directory = opendir(folder->path);
    if (!directory) {
        bool missing = errno == ENOENT;
        unreadable(folder, errno, error);
        error_hint(error, "%sname it in dunlin.yaml (migrations: FOLDER)",
                   missing ? "make it with `dunlin migrate new NAME --empty`, or " : "make it readable, or ");
        return false;
    }
    int cause;
    for (struct dirent *entry;;) {
        errno = 0; /* nothing else tells the end from a failure, after which migrations would be missing */
        entry = readdir(directory);
        cause = errno;
        if (!entry)
            break;
        if (entry->d_name[0] != '.') /* hidden files are nobody's migrations */
            add_entry(arena, folder, entry->d_name, files);
    }
    closedir(directory);
    return cause == 0 || unreadable(folder, cause, error);
}

static int by_file(const void *left, const void *right)
{
    const dun_warning *a = left, *b = right;
    return strcmp(a->file, b->file);
}

/* The folder comes in an order of its own, which is another one on each machine. */
static void sort_warnings(struct migration_folder *folder)
{
    if (folder->warnings.count)
        qsort(folder->warnings.items, folder->warnings.count, sizeof *folder->warnings.items, by_file);
}

/* Names go into the history, into messages and into JSON. */
static bool check_name(const struct found *found, dun_error *error)
{
    size_t length = strlen(found->base);
    bool is_text = utf8_check(found->base, length) == length;
    for (size_t i = 0; is_text && i < length; ++i)
        is_text = (unsigned char)found->base[i] >= ' ' && found->base[i] != 0x7f;
    if (is_text)
        return true;
    error_set(error, DUN_BAD_INPUT,
              "the name of the file is not UTF-8, or there is a control character in it");
    error_at(error, found->path, 0, 0);
    error_hint(error, "rename the file");
    return false;
}

static int by_version(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    int order = version_compare(a->key, b->key);
    if (order == 0)
        order = (int)a->down - (int)b->down;
    return order ? order : strcmp(a->base, b->base);
}

static bool refuse_twins(const struct found *first, const struct found *second, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "two %s files have version %s: %s and %s", first->down ? "down" : "up",
              first->version, first->base, second->base);
    error_at(error, second->path, 0, 0);
    error_hint(error,
               "give one of them another version (leading zeros and dashes do not distinguish versions)");
    return false;
}

static bool pair_files(struct arena *arena, struct migration_folder *folder, const found_files *files,
                       dun_error *error)
{
    VECTOR(struct migration_file) paired = {0};
    for (size_t i = 0; i < files->count; ++i) {
        const struct found *found = &files->items[i];
        if (i > 0 && version_compare(found->key, found[-1].key) == 0 && found->down == found[-1].down)
            return refuse_twins(&found[-1], found, error);
        if (!check_name(found, error))
            return false;
        if (!found->down) {
            struct migration_file *file = vector_add(arena, &paired);
            *file = (struct migration_file){found->version, found->key, found->name, found->path, NULL, NULL};
            continue;
        }
        struct migration_file *last = paired.count ? &paired.items[paired.count - 1] : NULL;
        if (!last || version_compare(last->key, found->key) != 0) {
            warn(arena, folder, found->path, "a down file without an up file, so not run");
            continue;
        }
        last->down = found->path;
        if (strcmp(last->name, found->name) != 0)
            warn(arena, folder, found->path,
                 "named otherwise than the up file of its version; it is used all the same");
    }
    folder->files = paired.items;
    folder->count = paired.count;
    return true;
}

static bool sum_file(struct arena *arena, struct migration_file *file, dun_error *error)
{
    struct source_text text;
    if (!source_read_file(file->up, &text, error))
        return false;
    char hex[CHECKSUM_LENGTH + 1];
    checksum_blob(text.data, text.length, hex);
    source_text_free(&text);
    file->checksum = arena_strdup(arena, hex);
    return true;
}

bool migration_folder_read(struct arena *arena, const char *path, struct migration_folder **ret_folder,
                           dun_error *error)
{
    struct migration_folder *folder = ARENA_NEW(arena, struct migration_folder);
    folder->path = arena_strdup(arena, path);
    found_files files = {0};
    if (!list_files(arena, folder, &files, error))
        return false;
    sort_warnings(folder);
    if (files.count)
        qsort(files.items, files.count, sizeof *files.items, by_version);
    if (!pair_files(arena, folder, &files, error))
        return false;
    for (size_t i = 0; i < folder->count; ++i)
        if (!sum_file(arena, &folder->files[i], error))
            return false;
    *ret_folder = folder;
    return true;
}
