/* The files of the next migration, and dun_migrate_new, which leaves them empty. */
#include "migrate/new.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "source/file.h"
#include "source/migration_folder.h"
#include "source/version.h"
#include "sql/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
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
    if (utf8_check(name, strlen(name)) < strlen(name))
        return error_set(error, DUN_USAGE, "the name of a migration is not UTF-8");
    if (ret_name->length == 0)
        return error_set(error, DUN_USAGE, "the name of a migration cannot be empty");
    return true;
}

const char *new_version(struct arena *arena)
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
    const char *version = new_version(arena);
    if (folder->count == 0)
        return version;
    const char *last = folder->files[folder->count - 1].key;
    return version_compare(version_key(arena, version), last) > 0 ? version : version_after(arena, last);
}

static bool write_pair(struct arena *arena, const char *base, const struct new_texts *texts,
                       struct new_files *ret_files, dun_error *error)
{
    const char *up = arena_printf(arena, "%s.up.sql", base), *down = arena_printf(arena, "%s.down.sql", base);
    if (!source_write_file(up, texts->up, error))
        return false;
    if (texts->down && !source_write_file(down, texts->down, error)) {
        unlink(up);
        return false;
    }
    ret_files->up = memory_strdup(up);
    ret_files->down = texts->down ? memory_strdup(down) : NULL;
    return true;
}

bool new_files_write(const char *folder, const char *name, const struct new_texts *texts,
                     struct new_files *ret_files, dun_error *error)
{
    struct arena *arena = arena_new();
    struct str cleaned = STR_INIT;
    struct migration_folder *existing;
    const char *path = folder ? folder : "migrations";
    bool ok =
        clean_name(name, &cleaned, error) && source_make_folder(path, error) &&
        migration_folder_read(arena, path, &existing, error) &&
        write_pair(arena,
                   arena_printf(arena, "%s/%s_%s", path, next_version(arena, existing), str_text(&cleaned)),
                   texts, ret_files, error);
    str_free(&cleaned);
    arena_free(arena);
    return ok;
}

bool new_name_is_good(const char *name, dun_error *error)
{
    struct str cleaned = STR_INIT;
    bool good = clean_name(name, &cleaned, error);
    str_free(&cleaned);
    return good;
}

bool dun_migrate_new(const char *folder, const char *name, char **ret_up_file, char **ret_down_file,
                     dun_error *error)
{
    static const struct new_texts empty = {
        .up = "-- What `dunlin up` runs.\n",
        .down = "-- What `dunlin down` runs: it undoes the up file. Without it the migration cannot be "
                "reverted.\n",
    };
    struct new_files files;
    if (!new_files_write(folder, name, &empty, &files, error))
        return false;
    *ret_up_file = files.up;
    *ret_down_file = files.down;
    return true;
}
