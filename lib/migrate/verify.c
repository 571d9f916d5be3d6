/* dun_migrate_verify: all migrations in a scratch place, up, down, up again. */
#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"
#include "compare/schema.h"
#include "diff/sentence.h"
#include "migrate/script.h"
#include "source/migration_folder.h"
#include "source/place.h"
#include "source/replay.h"
#include "task/task.h"

#include <dunlin/authoring.h>

#include <string.h>
#include <unistd.h>

struct dun_verify {
    struct arena *arena;
    VECTOR(dun_verified) migrations;
    VECTOR(dun_warning) warnings;
    const char *const *differences;
    uint64_t statements, round_trips;
};

struct verifying {
    struct arena *arena; /* of the whole work; catalogs have shorter ones */
    const dun_schema_options *options;
    struct source_settings settings;
    struct source_request definitions;
    struct migration_folder *folder;
    struct engine_place *place;
    struct load_way_out way_out; /* of that place */
    struct arena *catalog_arena; /* of `catalog` */
    struct catalog *catalog;     /* what all migrations so far have made */
    void (*observe)(void *user, const dun_event *event);
    void *user;
    dun_verify *result;
};

typedef VECTOR(const char *) sentences;

static const char *const none[] = {NULL};

static const char *const *difference_sentences(struct arena *arena, const struct diff *diff)
{
    sentences all = {0};
    VECTOR_EACH (const struct diff_change, change, &diff->changes) {
        struct str text = STR_INIT;
        diff_sentence(&text, diff, change);
        *vector_add(arena, &all) = arena_strdup(arena, str_text(&text));
        str_free(&text);
    }
    *vector_add(arena, &all) = NULL;
    return all.items;
}

/* Sentences of what must happen to `is` for it to be `should_be`; NULL: nothing. */
static const char *const *compare(struct verifying *verifying, struct catalog *is, struct catalog *should_be)
{
    struct arena *arena = arena_new();
    const struct diff *diff = diff_catalogs(arena, verifying->settings.engine->diff, is, should_be);
    const char *const *found =
        diff->changes.count ? difference_sentences(verifying->result->arena, diff) : NULL;
    arena_free(arena);
    return found;
}

static bool read_place(struct verifying *verifying, struct arena **ret_arena, struct catalog **ret_catalog,
                       dun_error *error)
{
    struct arena *arena = arena_new();
    if (source_place_read(&verifying->settings, verifying->place, arena, ret_catalog, error)) {
        *ret_arena = arena;
        return true;
    }
    arena_free(arena);
    return false;
}

/* What the migrations have made from now on. */
static void keep(struct verifying *verifying, struct arena *arena, struct catalog *catalog)
{
    arena_free(verifying->catalog_arena);
    verifying->catalog_arena = arena;
    verifying->catalog = catalog;
}

static bool replay(struct verifying *verifying, const struct migration_script *script, const char *context,
                   dun_error *error)
{
    const struct load_file file = {script->file, script->text, script->length, script->script};
    if (source_replay(verifying->settings.engine, verifying->place->connection, &file, 1, &verifying->way_out,
                      error))
        return true;
    if (context)
        error_context(error, "%s", context);
    return false;
}

/* One migration */

static bool read_script(struct verifying *verifying, const char *file, struct migration_script *ret_script,
                        dun_error *error)
{
    return migration_script_read_file(verifying->arena, verifying->settings.engine, file, ret_script, error);
}

static void close_place(struct verifying *verifying)
{
    if (!verifying->place)
        return;
    verifying->result->statements += verifying->place->connection->statements;
    verifying->result->round_trips += verifying->place->connection->round_trips;
    source_place_close(&verifying->settings, verifying->place);
    verifying->place = NULL;
}

/* A place in which the migrations up to this one are applied: what a bad down file has left is of no use. */
static bool start_again(struct verifying *verifying, size_t count, dun_error *error)
{
    close_place(verifying);
    verifying->way_out = (struct load_way_out){0};
    if (!source_place_open(&verifying->settings, 0, &verifying->place, error))
        return false;
    for (size_t i = 0; i < count; ++i) {
        struct migration_script script;
        if (!read_script(verifying, verifying->folder->files[i].up, &script, error) ||
            !replay(verifying, &script, NULL, error))
            return false;
    }
    return true;
}

/* From what the first up has made: down, compared with what there was before it. */
static bool go_down(struct verifying *verifying, dun_verified *verified, dun_error *error)
{
    struct migration_script down;
    struct arena *arena = NULL;
    struct catalog *undone = NULL;
    if (!read_script(verifying, verified->down_file, &down, error) ||
        !replay(verifying, &down, "going down again", error) ||
        !read_place(verifying, &arena, &undone, error))
        return false;
    verified->differences = compare(verifying, undone, verifying->catalog);
    verified->verdict = verified->differences ? DUN_VERDICT_NOT_UNDONE : DUN_VERDICT_GOOD;
    arena_free(arena);
    return true;
}

/* And up again, compared with what it had made the first time. */
static bool go_up_again(struct verifying *verifying, const struct migration_script *up, struct catalog *done,
                        dun_verified *verified, dun_error *error)
{
    struct arena *arena = NULL;
    struct catalog *again = NULL;
    if (!replay(verifying, up, "going up again after its down file", error) ||
        !read_place(verifying, &arena, &again, error))
        return false;
    verified->differences = compare(verifying, again, done);
    if (verified->differences)
        verified->verdict = DUN_VERDICT_NOT_AGAIN;
    arena_free(arena);
    return true;
}

static bool go_down_and_up(struct verifying *verifying, const struct migration_script *up, size_t index,
                           dun_verified *verified, dun_error *error)
{
    struct arena *arena = NULL;
    struct catalog *done = NULL;
    if (!read_place(verifying, &arena, &done, error))
        return false;
    bool good = go_down(verifying, verified, error);
    if (good && verified->verdict == DUN_VERDICT_GOOD)
        good = go_up_again(verifying, up, done, verified, error);
    if (good && verified->verdict != DUN_VERDICT_GOOD)
        good = start_again(verifying, index + 1, error);
    keep(verifying, arena, done);
    return good;
}

static bool only_up(struct verifying *verifying, dun_verified *verified, dun_error *error)
{
    struct arena *arena = NULL;
    struct catalog *catalog = NULL;
    verified->verdict = DUN_VERDICT_NO_DOWN;
    if (!read_place(verifying, &arena, &catalog, error))
        return false;
    keep(verifying, arena, catalog);
    return true;
}

static void tell_progress(struct verifying *verifying, size_t number, const struct migration_file *file)
{
    const dun_event event = {.kind = DUN_EVENT_STATEMENT,
                             .text = arena_printf(verifying->arena, "%s_%s", file->version, file->name),
                             .number = number,
                             .total = verifying->folder->count};
    if (verifying->observe)
        verifying->observe(verifying->user, &event);
}

static bool verify_one(struct verifying *verifying, size_t index, dun_error *error)
{
    const struct migration_file *file = &verifying->folder->files[index];
    struct migration_script up;
    struct arena *arena = verifying->result->arena;
    dun_verified verified = {
        .version = arena_strdup(arena, file->version),
        .name = arena_strdup(arena, file->name),
        .up_file = arena_strdup(arena, file->up),
        .down_file = arena_strdup(arena, file->down),
    };
    if (!read_script(verifying, file->up, &up, error) || !replay(verifying, &up, NULL, error) ||
        !(file->down ? go_down_and_up(verifying, &up, index, &verified, error)
                     : only_up(verifying, &verified, error)))
        return false;
    if (!verified.differences)
        verified.differences = none;
    *vector_add(arena, &verifying->result->migrations) = verified;
    return true;
}

/* All of them */

static bool verify_all(struct verifying *verifying, dun_error *error)
{
    struct arena *arena = NULL;
    struct catalog *catalog = NULL;
    if (!read_place(verifying, &arena, &catalog, error))
        return false;
    keep(verifying, arena, catalog);
    for (size_t i = 0; i < verifying->folder->count; ++i) {
        if (!verify_one(verifying, i, error))
            return false;
        tell_progress(verifying, i + 1, &verifying->folder->files[i]);
    }
    return true;
}

static bool compare_with_definitions(struct verifying *verifying, dun_error *error)
{
    struct source_catalog *definitions = NULL;
    if (access(verifying->definitions.spelling.path, F_OK) != 0)
        return true;
    if (!source_catalog_open(&verifying->settings, &verifying->definitions, &definitions, error))
        return false;
    const char *const *found = compare(verifying, verifying->catalog, definitions->catalog);
    verifying->result->differences = found ? found : none;
    verifying->result->statements += definitions->statements;
    verifying->result->round_trips += definitions->round_trips;
    source_catalog_close(definitions);
    return true;
}

static bool open_settings(struct verifying *verifying, dun_error *error)
{
    static const char *const sources[] = {"migrations", "empty"};
    const dun_schema_options *options = verifying->options;
    struct source_request requests[2];
    if (!schema_settings(verifying->arena, options, sources, 2, &verifying->settings, requests, error))
        return false;
    verifying->definitions.spelling =
        (struct source_spelling){.kind = SOURCE_FOLDER, .path = options->schema ? options->schema : "schema"};
    return migration_folder_read(verifying->arena, options->migrations ? options->migrations : "migrations",
                                 &verifying->folder, error);
}

static void tell_warnings(struct verifying *verifying)
{
    struct arena *arena = verifying->result->arena;
    for (size_t i = 0; i < verifying->folder->warnings.count; ++i) {
        const dun_warning *warning = &verifying->folder->warnings.items[i];
        *vector_add(arena, &verifying->result->warnings) =
            (dun_warning){arena_strdup(arena, warning->file), arena_strdup(arena, warning->message)};
    }
}

static bool verify(struct verifying *verifying, dun_error *error)
{
    if (!open_settings(verifying, error))
        return false;
    tell_warnings(verifying);
    if (!source_place_open(&verifying->settings, 0, &verifying->place, error))
        return false;
    bool good = verify_all(verifying, error) && compare_with_definitions(verifying, error);
    close_place(verifying);
    arena_free(verifying->catalog_arena);
    return good;
}

dun_verify *dun_migrate_verify(const dun_schema_options *options,
                               void (*observe)(void *user, const dun_event *event), void *user,
                               dun_error *error)
{
    struct arena *arena = arena_new();
    struct verifying verifying = {.arena = arena_new(),
                                  .options = options,
                                  .observe = observe,
                                  .user = user,
                                  .result = ARENA_NEW(arena, dun_verify)};
    struct task_scope scope;
    verifying.result->arena = arena;
    task_scope_enter(&scope, options->cancel, -1);
    bool good = verify(&verifying, error);
    task_scope_leave(&scope);
    arena_free(verifying.arena);
    if (good)
        return verifying.result;
    arena_free(arena);
    return NULL;
}

void dun_verify_free(dun_verify *verify)
{
    if (verify)
        arena_free(verify->arena);
}

const dun_verified *dun_verify_migrations(const dun_verify *verify, size_t *ret_count)
{
    *ret_count = verify->migrations.count;
    return verify->migrations.items;
}

const dun_warning *dun_verify_warnings(const dun_verify *verify, size_t *ret_count)
{
    *ret_count = verify->warnings.count;
    return verify->warnings.items;
}

const char *const *dun_verify_differences(const dun_verify *verify)
{
    return verify->differences;
}

bool dun_verify_is_good(const dun_verify *verify)
{
    for (size_t i = 0; i < verify->migrations.count; ++i)
        if (verify->migrations.items[i].verdict == DUN_VERDICT_NOT_UNDONE ||
            verify->migrations.items[i].verdict == DUN_VERDICT_NOT_AGAIN)
            return false;
    return !verify->differences || !verify->differences[0];
}

uint64_t dun_verify_statements(const dun_verify *verify)
{
    return verify->statements;
}

uint64_t dun_verify_round_trips(const dun_verify *verify)
{
    return verify->round_trips;
}
