#include "migrate/state.h"

#include "base/map.h"
#include "base/vector.h"
#include "source/version.h"

#include <stdlib.h>
#include <string.h>

static void say_row(struct migration *migration)
{
    const struct history_row *row = migration->row;
    dun_migration *said = &migration->said;
    said->applied_at = row->started_at;
    said->applied_by = row->applied_by;
    said->commit_id = row->commit_id;
    said->elapsed_ms = row->elapsed_ms;
    said->direction = row->direction;
    said->statements = row->statements;
    said->done = row->done;
    said->checksum = row->checksum;
    said->baseline = row->direction == DUN_BASELINE;
    if (row->state == HISTORY_RUNNING)
        said->state = DUN_IN_DOUBT;
    else if (row->state == HISTORY_FAILED)
        said->state = DUN_BROKEN;
    else if (row->direction != DUN_DOWN)
        said->state = DUN_APPLIED;
}

static void say(struct migration *migration)
{
    const struct migration_file *file = migration->file;
    dun_migration *said = &migration->said;
    said->elapsed_ms = -1;
    said->version = file ? file->version : migration->row->version;
    said->name = file ? file->name : migration->row->name;
    said->up_file = file ? file->up : NULL;
    said->down_file = file ? file->down : NULL;
    if (migration->row)
        say_row(migration);
    if (said->state == DUN_PENDING) {
        *said = (dun_migration){.version = said->version,
                                .name = said->name,
                                .up_file = said->up_file,
                                .down_file = said->down_file,
                                .elapsed_ms = -1};
        said->checksum = file ? file->checksum : NULL;
    }
    if (said->state == DUN_APPLIED) {
        said->missing = !file;
        said->changed = file && strcmp(file->checksum, migration->row->checksum) != 0;
    }
}

static int by_version(const void *left, const void *right)
{
    return version_compare(((const struct migration *)left)->key, ((const struct migration *)right)->key);
}

static void count_states(struct migrations *migrations)
{
    bool applied_after = false;
    for (size_t i = migrations->count; i-- > 0;) {
        struct migration *migration = &migrations->items[i];
        if (migration->said.state == DUN_PENDING) {
            migration->said.out_of_order = applied_after;
            migrations->pending++;
        } else if (migration->said.state == DUN_APPLIED) {
            applied_after = true;
            migrations->applied++;
        }
    }
}

static bool is_forgotten(const struct migration *migration)
{
    return !migration->file && migration->row->state == HISTORY_DONE && migration->row->direction == DUN_DOWN;
}

struct migrations *migrations_combine(struct arena *arena, const struct migration_folder *folder,
                                      const struct history *history)
{
    struct map *by_key = map_new(arena);
    size_t most = folder->count + history->count, count = 0;
    struct migration *items = arena_alloc(arena, (most ? most : 1) * sizeof *items);
    for (size_t i = 0; i < folder->count; ++i) {
        items[count].key = folder->files[i].key;
        items[count].file = &folder->files[i];
        map_add(by_key, items[count].key, &items[count]);
        ++count;
    }
    for (size_t i = 0; i < history->count; ++i) {
        const struct history_row *row = &history->rows[i];
        struct migration *migration = map_get(by_key, row->key);
        if (!migration) {
            migration = &items[count++];
            migration->key = row->key;
            map_add(by_key, row->key, migration);
        }
        migration->row = row;
        if (row->direction != DUN_DOWN)
            migration->up_row = row;
    }

    struct migrations *migrations = ARENA_NEW(arena, struct migrations);
    migrations->items = items;
    for (size_t i = 0; i < count; ++i)
        if (items[i].file || !is_forgotten(&items[i]))
            items[migrations->count++] = items[i];
    qsort(items, migrations->count, sizeof *items, by_version);
    for (size_t i = 0; i < migrations->count; ++i)
        say(&items[i]);
    count_states(migrations);
    return migrations;
}

struct migration *migrations_find(struct arena *arena, const struct migrations *migrations,
                                  const char *version)
{
    const char *key = version_key(arena, version);
    for (size_t i = 0; i < migrations->count; ++i)
        if (strcmp(migrations->items[i].key, key) == 0)
            return &migrations->items[i];
    return NULL;
}

struct migration *migrations_unfinished(const struct migrations *migrations)
{
    for (size_t i = 0; i < migrations->count; ++i)
        if (migrations->items[i].said.state == DUN_BROKEN || migrations->items[i].said.state == DUN_IN_DOUBT)
            return &migrations->items[i];
    return NULL;
}
