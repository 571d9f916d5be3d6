/* dun_init_project: the files of a new project. */
#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"
#include "compare/schema.h"
#include "migrate/new.h"
#include "plan/language.h"
#include "source/file.h"
#include "sql/script.h"

#include <dunlin/init.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

struct dun_init {
    struct arena *arena;
    VECTOR(const char *) files;
    const char *baseline;
    const char *const *left_out;
};

/* A file of definitions that is being gathered. */
struct definition_file {
    const char *path;
    struct str text;
};

struct starting {
    dun_init *init;
    struct arena *arena; /* of this call */
    const char *folder;
    const struct dun_engine *engine;
    struct map *by_path; /* in lower case, for file systems that know no other */
    VECTOR(struct definition_file *) definitions;
    dun_error *error;
};

static const char *path_in(struct starting *starting, const char *name)
{
    return strcmp(starting->folder, ".") == 0
               ? arena_strdup(starting->arena, name)
               : arena_printf(starting->arena, "%s/%s", starting->folder, name);
}

/* Nothing is overwritten */

static bool refuse_there(const char *path, const char *what, dun_error *error)
{
    error_set(error, DUN_FAILED, "%s", what);
    error_at(error, path, 0, 0);
    error_hint(error, "dunlin init starts a project in a folder that has none; nothing was written");
    return false;
}

static bool is_empty_folder(const char *path)
{
    DIR *directory = opendir(path);
    bool empty = true;
    if (!directory)
        return errno == ENOENT;
    for (struct dirent *entry = readdir(directory); entry && empty; entry = readdir(directory))
        empty = entry->d_name[0] == '.';
    closedir(directory);
    return empty;
}

static bool check_nothing_there(struct starting *starting)
{
    struct stat status;
    const char *config = path_in(starting, "dunlin.yaml"), *schema = path_in(starting, "schema"),
               *migrations = path_in(starting, "migrations");
    if (stat(config, &status) == 0)
        return refuse_there(config, "there is a project already", starting->error);
    if (!is_empty_folder(schema))
        return refuse_there(schema, "there are definitions already", starting->error);
    return is_empty_folder(migrations) ||
           refuse_there(migrations, "there are migrations already", starting->error);
}

/* Writing */

static bool write_text(struct starting *starting, const char *path, const char *text)
{
    if (!source_write_file(path, text, starting->error))
        return false;
    *vector_add(starting->init->arena, &starting->init->files) = arena_strdup(starting->init->arena, path);
    return true;
}

/* Only the URL of a file is written: others may be of one machine, or hold a password. */
static const char *config_url(struct starting *starting, const char *from)
{
    struct db_url *url;
    struct source_spelling spelling;
    if (!from || !source_parse(starting->arena, from, &spelling, NULL) || spelling.kind != SOURCE_URL ||
        !db_url_parse(starting->arena, from, &url, NULL) || url->host_count > 0 || strpbrk(from, "\"\\$\n"))
        return "${DATABASE_URL}";
    return from;
}

static bool write_config(struct starting *starting, const char *from)
{
    struct str text = STR_INIT;
    str_printf(
        &text,
        "# A dunlin project; the manual page dunlin(1) and the header dunlin/project.h have all keys.\n"
        "schema: schema            # definitions: what the database is to be\n"
        "migrations: migrations    # how it comes to be that, step by step\n"
        "seeds: seeds              # rows\n"
        "environments:\n"
        "  dev: { url: \"%s\" }\n",
        config_url(starting, from));
    bool ok = write_text(starting, path_in(starting, "dunlin.yaml"), str_text(&text));
    str_free(&text);
    return ok;
}

static bool make_folders(struct starting *starting)
{
    static const char *const names[] = {"schema", "migrations", "seeds"};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
        if (!source_make_folder(path_in(starting, names[i]), starting->error))
            return false;
    return true;
}

/* Definitions */

/* Part of a file's name: what has a meaning there becomes an underscore. */
static void append_name(struct str *to, const char *name)
{
    for (const char *c = name; *c; ++c)
        str_append_char(
            to, *c == '/' || *c == '\\' || (unsigned char)*c < ' ' || (c == name && *c == '.') ? '_' : *c);
}

static bool is_table(enum schema_kind kind)
{
    return kind == SCHEMA_TABLE || kind == SCHEMA_FOREIGN_TABLE || kind == SCHEMA_VIRTUAL_TABLE;
}

/* "materialized_views.sql", "policies.sql" */
static void append_plural(struct str *to, const char *word)
{
    size_t length = strlen(word);
    for (const char *c = word; *c; ++c)
        str_append_char(to, *c == ' ' ? '_' : *c);
    if (word[length - 1] == 'y') {
        to->data[to->length - 1] = 'i';
        str_append(to, "es");
    } else if (word[length - 1] == 'x') {
        str_append(to, "es");
    } else if (word[length - 1] != 's') {
        str_append(to, "s");
    }
    str_append(to, ".sql");
}

/* Where the object is defined: a table and all that is part of it in a file of its own, others by kind. */
static const char *file_of(struct starting *starting, const struct schema_object *object)
{
    const struct schema_object *top = catalog_top_of(object);
    const char *first = starting->engine->catalog->first_schema;
    struct str path = STR_INIT;
    str_append(&path, "schema/");
    if (is_table(top->kind)) {
        str_append(&path, "tables/");
        if (top->schema && (!first || strcmp(top->schema, first) != 0)) {
            append_name(&path, top->schema);
            str_append_char(&path, '.');
        }
        append_name(&path, top->name);
        str_append(&path, ".sql");
    } else {
        append_plural(&path, schema_kind_word(top->kind));
    }
    const char *copy = arena_strdup(starting->arena, str_text(&path));
    str_free(&path);
    return path_in(starting, copy);
}

static struct definition_file *find_file(struct starting *starting, const char *path)
{
    char *folded = arena_strdup(starting->arena, path);
    for (char *c = folded; *c; ++c)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    struct definition_file *file = map_get(starting->by_path, folded);
    if (file)
        return file;
    file = ARENA_NEW(starting->arena, struct definition_file);
    file->path = path;
    map_add(starting->by_path, folded, file);
    *vector_add(starting->arena, &starting->definitions) = file;
    return file;
}

static void gather_definitions(struct starting *starting, const dun_schema *schema, const struct plan *plan)
{
    VECTOR_EACH (const struct plan_statement, statement, &plan->statements) {
        if (!statement->object)
            continue; /* what frames a plan is no definition */
        struct definition_file *file = find_file(starting, file_of(starting, statement->object));
        const char *sql = schema_written(schema, starting->arena, statement->sql);
        sql_append_statement(&file->text, starting->engine->dialect, sql, strlen(sql));
    }
}

static bool write_definitions(struct starting *starting)
{
    bool ok = true;
    for (size_t i = 0; i < starting->definitions.count; ++i) {
        struct definition_file *file = starting->definitions.items[i];
        const char *slash = strrchr(file->path, '/');
        const char *folder = arena_strndup(starting->arena, file->path, (size_t)(slash - file->path));
        ok = ok && source_make_folder(folder, starting->error) &&
             write_text(starting, file->path, str_text(&file->text));
        str_free(&file->text);
    }
    return ok;
}

/* The baseline */

static bool write_migration(struct starting *starting, const dun_schema *schema, const char *ending,
                            const struct plan *plan)
{
    struct str text = STR_INIT;
    const char *name =
        arena_printf(starting->arena, "migrations/%s_baseline.%s.sql", starting->init->baseline, ending);
    plan_text(&text, starting->engine->language, plan, true);
    bool ok = write_text(starting, path_in(starting, name),
                         schema_written(schema, starting->arena, str_text(&text)));
    str_free(&text);
    return ok;
}

static bool write_schema(struct starting *starting, const dun_schema *schema)
{
    const struct plan_options options = {0};
    const struct dun_engine *engine = starting->engine;
    struct catalog *catalog = schema->source->catalog;
    struct catalog *empty = source_empty_catalog(starting->arena, engine, catalog_server(catalog));
    struct plan *up =
        plan_make(engine->language, diff_catalogs(starting->arena, engine->diff, empty, catalog), &options,
                  starting->error);
    struct plan *down =
        up ? plan_make(engine->language, diff_catalogs(starting->arena, engine->diff, catalog, empty),
                       &options, starting->error)
           : NULL;
    if (!down)
        return false;
    gather_definitions(starting, schema, up);
    if (!write_definitions(starting))
        return false;
    if (!up->statements.count)
        return true;
    starting->init->baseline = new_version(starting->init->arena);
    return write_migration(starting, schema, "up", up) && write_migration(starting, schema, "down", down);
}

/* The schema is read before anything is written. */
static bool start(struct starting *starting, const dun_init_options *options)
{
    dun_schema *schema = NULL;
    if (!check_nothing_there(starting))
        return false;
    if (options->from && !(schema = dun_schema_read(options->schema, options->from, starting->error)))
        return false;
    bool ok = make_folders(starting) && write_config(starting, options->from);
    if (schema) {
        starting->engine = schema->source->engine;
        ok = ok && write_schema(starting, schema);
    }
    starting->init->left_out =
        arena_copy_texts(starting->init->arena, schema ? dun_schema_not_compared(schema) : NULL);
    dun_schema_free(schema);
    return ok;
}

dun_init *dun_init_project(const dun_init_options *options, dun_error *error)
{
    static const dun_init_options defaults = DUN_INIT_OPTIONS_INIT;
    struct arena *arena = arena_new(), *own = arena_new();
    dun_init *init = ARENA_NEW(arena, dun_init);
    init->arena = arena;
    options = options ? options : &defaults;
    struct starting starting = {.init = init,
                                .arena = own,
                                .folder = options->folder ? options->folder : ".",
                                .by_path = map_new(own),
                                .error = error};
    bool ok = start(&starting, options);
    arena_free(own);
    if (ok)
        return init;
    dun_init_free(init);
    return NULL;
}

void dun_init_free(dun_init *init)
{
    if (init)
        arena_free(init->arena);
}

const char *const *dun_init_files(const dun_init *init, size_t *ret_count)
{
    *ret_count = init->files.count;
    return init->files.items;
}

const char *dun_init_baseline(const dun_init *init)
{
    return init->baseline;
}

const char *const *dun_init_left_out(const dun_init *init)
{
    return init->left_out;
}
