#include "source/twins.h"

#include "base/error.h"
#include "sql/classify.h"
#include "sql/name.h"

#include <string.h>

/* What has one name space on every engine; functions may share a name, and the name of a trigger may be its
 * table's. */
static const char *const kinds[] = {"TABLE",    "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "VIRTUAL TABLE",
                                    "SEQUENCE", NULL};

static bool read_created(struct arena *arena, enum sql_dialect dialect, const struct load_entry *entry,
                         struct sql_name *ret_name)
{
    struct sql_created created = sql_created_object(dialect, entry->sql, entry->length);
    for (const char *const *kind = kinds; created.kind && created.name && *kind; ++kind)
        if (strcmp(created.kind, *kind) == 0)
            return sql_name_read(arena, dialect, created.name, created.name_length, ret_name);
    return false;
}

/* A name without a schema may be of any. */
static bool is_same(const struct sql_name *a, const struct sql_name *b)
{
    if (strcmp(a->parts[a->count - 1], b->parts[b->count - 1]) != 0)
        return false;
    return a->count == 1 || b->count == 1 || strcmp(a->parts[a->count - 2], b->parts[b->count - 2]) == 0;
}

void twins_hint(enum sql_dialect dialect, const struct load_file *files, const struct load_entry *entries,
                size_t count, const struct load_entry *entry, dun_error *error)
{
    struct arena *arena = arena_new();
    struct sql_name name, other;
    bool named = read_created(arena, dialect, entry, &name);
    for (size_t i = 0; named && i < count; ++i) {
        if (&entries[i] == entry || !read_created(arena, dialect, &entries[i], &other) ||
            !is_same(&name, &other))
            continue;
        const struct load_file *file = &files[entries[i].file];
        error_hint(error, "%s is also defined at %s:%u", name.parts[name.count - 1],
                   file->file ? file->file : "line",
                   (unsigned)file->script->statements[entries[i].statement].line);
        break;
    }
    arena_free(arena);
}
