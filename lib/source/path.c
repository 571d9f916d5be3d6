#include "source/path.h"

#include <stddef.h>
#include <string.h>

/* Where the last part of the path begins that ends at `end`, its slash included. */
static char *last_part(char *path, char *end)
{
    while (end > path && end[-1] != '/')
        --end;
    return end > path ? end - 1 : path;
}

const char *source_path_join(struct arena *arena, const char *base, const char *path)
{
    const char *whole = arena_printf(arena, "%s/%s", base, path);
    char *joined = arena_alloc(arena, strlen(whole) + 1), *end = joined;
    for (const char *part = whole; *part;) {
        size_t length = strcspn(part, "/");
        if (length == 2 && memcmp(part, "..", 2) == 0) {
            if (end == joined)
                return NULL;
            end = last_part(joined, end);
        } else if (length > 0 && !(length == 1 && *part == '.')) {
            if (end > joined)
                *end++ = '/';
            memcpy(end, part, length);
            end += length;
        }
        part += length;
        part += strspn(part, "/");
    }
    *end = '\0';
    return joined;
}

const char *source_path_below(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        --length;
    if (strncmp(path, folder, length) != 0 || (path[length] && path[length] != '/'))
        return NULL;
    return path + length + strspn(path + length, "/");
}
