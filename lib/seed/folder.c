#include "seed/folder.h"

#include "base/error.h"
#include "base/nearest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct reading {
    struct arena *arena;
    const dun_seed_options *options;
    struct seed_folder *folder;
    dun_error *error;
};

/* The length of the name without its endings. */
static size_t stem_length(const char *name)
{
    size_t length = strlen(name);
    if (seed_input_is_compressed(name))
        length -= 3;
    size_t stem = length;
    while (stem > 0 && name[stem - 1] != '.')
        --stem;
    return stem > 0 ? stem - 1 : length;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

bool seed_file_is_named(const struct seed_file *file, const char *name)
{
    size_t stem = stem_length(file->name), length = strlen(name);
    if (strcmp(file->name, name) == 0 || (length == stem && strncmp(file->name, name, stem) == 0))
        return true;
    return file->table && strcmp(file->table, name) == 0;
}

static bool apply_settings(struct reading *reading, struct seed_file *file)
{
    for (size_t i = 0; i < reading->options->setting_count; ++i) {
        const dun_seed_setting *setting = &reading->options->settings[i];
        if (!seed_file_is_named(file, setting->seed))
            continue;
        if (!seed_format_set(reading->arena, &file->format, setting->name, setting->value, reading->error)) {
            error_at(reading->error, setting->file, setting->line, setting->column);
            return false;
        }
    }
    return true;
}

static void warn(struct reading *reading, const char *path, const char *message)
{
    *vector_add(reading->arena, &reading->folder->warnings) = (dun_warning){path, message};
}

static bool add_file(struct reading *reading, const char *path, const char *name, const struct stat *status)
{
    enum seed_syntax syntax;
    const char *last = last_part(name);
    if (!seed_syntax_of(last, &syntax)) {
        warn(reading, path,
             "this is no seed: names end in .csv, .tsv, .json, .jsonl, .yaml or .sql, perhaps with .gz");
        return true;
    }
    struct seed_file *file = vector_add(reading->arena, &reading->folder->files);
    *file = (struct seed_file){
        .path = path,
        .name = name,
        .table = syntax == SEED_SQL ? NULL : arena_strndup(reading->arena, last, stem_length(last)),
        .syntax = syntax,
        .format = seed_format_default(syntax == SEED_TSV),
        .size = (uint64_t)status->st_size,
    };
    return apply_settings(reading, file);
}

static bool cannot_read(struct reading *reading, const char *path, int number)
{
    error_set(reading->error, DUN_BAD_INPUT, "cannot read the folder of the seeds: %s", strerror(number));
    error_at(reading->error, path, 0, 0);
    return false;
}

/* One entry of a folder; folders in it are passed over. */
static bool add_entry(struct reading *reading, const char *folder, const char *prefix, const char *entry)
{
    struct stat status;
    const char *path = arena_printf(reading->arena, "%s/%s", folder, entry);
    if (stat(path, &status) != 0) {
        warn(reading, path, "this link leads nowhere");
        return true;
    }
    if (S_ISDIR(status.st_mode))
        return true;
    return add_file(reading, path, arena_printf(reading->arena, "%s%s", prefix, entry), &status);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool read_one_folder(struct reading *reading, const char *path, const char *prefix)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_visible, by_name);
    if (count < 0)
        return cannot_read(reading, path, errno);
    bool good = true;
    for (int i = 0; i < count; ++i) {
        good = good && add_entry(reading, path, prefix, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return good;
}

/* An environment needs no folder of its own. */
static bool read_environment(struct reading *reading)
{
    struct stat status;
    const char *name = reading->options->environment;
    if (!name || !*name || strchr(name, '/') || name[0] == '.')
        return true;
    const char *path = arena_printf(reading->arena, "%s/%s", reading->folder->path, name);
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return true;
    return read_one_folder(reading, path, arena_printf(reading->arena, "%s/", name));
}

static bool unknown_name(struct reading *reading, const char *name)
{
    const struct seed_folder *folder = reading->folder;
    const char **names = arena_alloc(reading->arena, (2 * folder->files.count + 1) * sizeof *names);
    size_t count = 0;
    VECTOR_EACH (const struct seed_file, file, &folder->files) {
        names[count++] = file->name;
        if (file->table)
            names[count++] = file->table;
    }
    error_set(reading->error, DUN_USAGE, "no seed in %s is called \"%s\"", folder->path, name);
    const char *meant = nearest_word(name, names);
    if (meant)
        error_hint(reading->error, "did you mean \"%s\"?", meant);
    return false;
}

/* A setting for a file that is nowhere is a mistake; of other environments' files, not all are looked for. */
static bool check_settings(struct reading *reading)
{
    struct seed_folder *folder = reading->folder;
    for (size_t i = 0; i < reading->options->setting_count; ++i) {
        const dun_seed_setting *setting = &reading->options->settings[i];
        bool found = strchr(setting->seed, '/') != NULL;
        VECTOR_EACH (const struct seed_file, file, &folder->files)
            found = found || seed_file_is_named(file, setting->seed);
        if (found)
            continue;
        unknown_name(reading, setting->seed);
        error_code(reading->error, DUN_BAD_INPUT);
        error_at(reading->error, setting->file, setting->line, setting->column);
        return false;
    }
    return true;
}

static bool is_wanted(const struct seed_file *file, const char *const *names)
{
    for (; *names; ++names)
        if (seed_file_is_named(file, *names))
            return true;
    return false;
}

/* Every name must mean something; then only what is named stays. */
static bool choose(struct reading *reading)
{
    const char *const *names = reading->options->names;
    struct seed_folder *folder = reading->folder;
    if (!names || !*names)
        return true;
    for (const char *const *name = names; *name; ++name) {
        bool found = false;
        VECTOR_EACH (const struct seed_file, file, &folder->files)
            found = found || seed_file_is_named(file, *name);
        if (!found)
            return unknown_name(reading, *name);
    }
    size_t kept = 0;
    for (size_t i = 0; i < folder->files.count; ++i)
        if (is_wanted(&folder->files.items[i], names))
            folder->files.items[kept++] = folder->files.items[i];
    folder->files.count = kept;
    return true;
}

bool seed_folder_read(struct arena *arena, const dun_seed_options *options, struct seed_folder **ret_folder,
                      dun_error *error)
{
    struct seed_folder *folder = ARENA_NEW(arena, struct seed_folder);
    folder->path = options->folder ? options->folder : "seeds";
    struct reading reading = {arena, options, folder, error};
    if (!read_one_folder(&reading, folder->path, "") || !read_environment(&reading) ||
        !check_settings(&reading) || !choose(&reading))
        return false;
    *ret_folder = folder;
    return true;
}
