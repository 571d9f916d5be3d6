/* dun_migrations: files that many runs have in common. */
#include "migrate/shared.h"

#include "base/map.h"
#include "source/git.h"
#include "task/task.h"

struct dun_migrations {
    struct arena *arena;
    struct migration_folder *folder;
    struct task_mutex *mutex; /* guards the arena, and what follows */
    struct map *scripts;      /* of struct migration_script, by engine and file */
    bool head_known;
    const char *head;
};

dun_migrations *dun_migrations_read(const char *folder, dun_error *error)
{
    struct arena *arena = arena_new();
    dun_migrations *migrations = ARENA_NEW(arena, dun_migrations);
    migrations->arena = arena;
    if (!migration_folder_read(arena, folder ? folder : "migrations", &migrations->folder, error)) {
        arena_free(arena);
        return NULL;
    }
    migrations->mutex = task_mutex_new();
    migrations->scripts = map_new(arena);
    return migrations;
}

void dun_migrations_free(dun_migrations *migrations)
{
    if (!migrations)
        return;
    task_mutex_free(migrations->mutex);
    arena_free(migrations->arena);
}

const dun_warning *dun_migrations_warnings(const dun_migrations *migrations, size_t *ret_count)
{
    *ret_count = migrations->folder->warnings.count;
    return migrations->folder->warnings.items;
}

const struct migration_folder *shared_folder(const dun_migrations *migrations)
{
    return migrations->folder;
}

static const struct migration_script *
find_or_read(dun_migrations *migrations, const struct dun_engine *engine, const char *file, dun_error *error)
{
    const char *key = arena_printf(migrations->arena, "%s %s", engine->name, file);
    struct migration_script *script = map_get(migrations->scripts, key);
    if (script)
        return script;
    script = ARENA_NEW(migrations->arena, struct migration_script);
    if (!migration_script_read_file(migrations->arena, engine, file, script, error))
        return NULL;
    map_add(migrations->scripts, key, script);
    return script;
}

/* Others wait while one reads: they want the same file next. */
bool shared_script(dun_migrations *migrations, const struct dun_engine *engine, const char *file,
                   struct migration_script *ret_script, dun_error *error)
{
    task_mutex_lock(migrations->mutex);
    const struct migration_script *script = find_or_read(migrations, engine, file, error);
    if (script)
        *ret_script = *script;
    task_mutex_unlock(migrations->mutex);
    return script != NULL;
}

const char *shared_git_head(dun_migrations *migrations)
{
    task_mutex_lock(migrations->mutex);
    if (!migrations->head_known)
        migrations->head = source_git_head(migrations->arena, migrations->folder->path);
    migrations->head_known = true;
    task_mutex_unlock(migrations->mutex);
    return migrations->head;
}
