#include "migrate/decide.h"

#include "base/error.h"
#include "base/map.h"
#include "diff/sentence.h"
#include "migrate/doubt.h"
#include "migrate/script.h"
#include "source/place.h"
#include "source/replay.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 5 };

typedef VECTOR(struct load_file) files;

struct decision {
    struct session *session;
    struct migration *migration;
    struct arena *arena; /* of this decision */
    struct source_settings settings;
    struct migration_script script; /* of the migration in doubt */
    size_t statement;               /* in doubt */
    struct engine_place *place;
    struct catalog *before, *after, *live;
};

/* What is to be replayed */

static int by_history(const void *left, const void *right)
{
    const struct migration *a = *(struct migration *const *)left, *b = *(struct migration *const *)right;
    return (a->up_row->id > b->up_row->id) - (a->up_row->id < b->up_row->id);
}

/* In the order in which they were applied. Before a revert, the migration itself is among them. */
static struct migration **applied_before(struct decision *decision, size_t *ret_count)
{
    struct migrations *all = decision->session->migrations;
    struct migration **applied = arena_alloc(decision->arena, (all->count + 1) * sizeof *applied);
    bool reverting = decision->migration->row->direction == DUN_DOWN;
    *ret_count = 0;
    for (size_t i = 0; i < all->count; ++i) {
        struct migration *migration = &all->items[i];
        bool itself = migration == decision->migration;
        if (migration->up_row && (itself ? reverting : migration->said.state == DUN_APPLIED))
            applied[(*ret_count)++] = migration;
    }
    qsort(applied, *ret_count, sizeof *applied, by_history);
    return applied;
}

static struct load_file whole_file(const struct migration_script *script)
{
    return (struct load_file){script->file, script->text, script->length, script->script};
}

/* Some statements of the script in doubt: those before `end`, or of these the settings only, and the one at
 * `end`. */
static struct load_file part_of_script(struct decision *decision, size_t end, bool only_last)
{
    const struct sql_script *whole = decision->script.script;
    struct sql_script *part = ARENA_NEW(decision->arena, struct sql_script);
    *part = *whole;
    part->statements = arena_alloc(decision->arena, (whole->count + 1) * sizeof *part->statements);
    part->count = 0;
    for (size_t i = 0; i < end + only_last; ++i)
        if (!only_last || i == end || whole->statements[i].session)
            part->statements[part->count++] = whole->statements[i];
    return (struct load_file){decision->script.file, decision->script.text, decision->script.length, part};
}

static bool gather(struct decision *decision, files *to, dun_error *error)
{
    size_t count;
    struct migration **applied = applied_before(decision, &count);
    for (size_t i = 0; i < count; ++i) {
        struct migration_script script;
        if (!migration_script_read(decision->session, applied[i], DUN_UP, &script, error))
            return false;
        *vector_add(decision->arena, to) = whole_file(&script);
    }
    *vector_add(decision->arena, to) = part_of_script(decision, decision->statement, false);
    return true;
}

/* The two catalogs of the replay, and the live one */

static bool open_settings(struct decision *decision, dun_error *error)
{
    const dun_migrate_options *options = decision->session->options;
    struct db_url *near, *scratch = NULL;
    if (!db_url_parse(decision->arena, options->url, &near, error) ||
        (options->scratch && !db_url_parse(decision->arena, options->scratch, &scratch, error)))
        return false;
    decision->settings = (struct source_settings){
        .engine = decision->session->target->engine,
        .near = near,
        .scratch = scratch,
        .open = {.connect_timeout_ms = 10000,
                 .application = "dunlin, deciding about a statement",
                 .echo = options->echo},
        .catalog = {.history = decision->session->history.lock_name},
    };
    return true;
}

static bool replay(struct decision *decision, const files *before, dun_error *error)
{
    const struct dun_engine *engine = decision->settings.engine;
    const struct load_file last = part_of_script(decision, decision->statement, true);
    struct load_way_out way_out = {0};
    return source_replay(engine, decision->place->connection, before->items, before->count, &way_out,
                         error) &&
           source_place_read(&decision->settings, decision->place, decision->arena, &decision->before,
                             error) &&
           source_replay(engine, decision->place->connection, &last, 1, &way_out, error) &&
           source_place_read(&decision->settings, decision->place, decision->arena, &decision->after, error);
}

static bool read_live(struct decision *decision, dun_error *error)
{
    const char *const schemas[] = {decision->settings.engine->catalog->first_schema, NULL};
    struct catalog_options options = decision->settings.catalog;
    if (source_place_is_schema(decision->place))
        options.schemas = schemas;
    return decision->settings.engine->catalog->read(decision->session->target->connection, &options,
                                                    decision->arena, &decision->live, error);
}

static bool read_catalogs(struct decision *decision, dun_error *error)
{
    files before = {0};
    if (!gather(decision, &before, error) || !open_settings(decision, error) ||
        !source_place_open(&decision->settings, 0, &decision->place, error))
        return false;
    bool good = replay(decision, &before, error) && read_live(decision, error);
    source_place_close(&decision->settings, decision->place);
    return good;
}

/* Comparing */

/* What the statement touches, by key. */
static struct map *touched(struct decision *decision)
{
    const struct diff *effect =
        diff_catalogs(decision->arena, decision->settings.engine->diff, decision->before, decision->after);
    struct map *keys = map_new(decision->arena);
    VECTOR_EACH (const struct diff_change, change, &effect->changes) {
        if (change->from)
            map_add(keys, change->from->key, keys);
        if (change->to)
            map_add(keys, change->to->key, keys);
    }
    return keys;
}

static bool is_touched(const struct map *keys, const struct schema_object *object)
{
    for (; object; object = object->parent)
        if (map_get(keys, object->key))
            return true;
    return false;
}

/* In how many touched objects the live database differs from a replay; how it does is appended. */
static size_t count_differences(struct decision *decision, struct catalog *replayed, const struct map *keys,
                                struct str *sentences)
{
    const struct diff *diff =
        diff_catalogs(decision->arena, decision->settings.engine->diff, replayed, decision->live);
    size_t count = 0;
    VECTOR_EACH (const struct diff_change, change, &diff->changes) {
        if (!is_touched(keys, change->to ? change->to : change->from) || ++count > MOST_NAMED)
            continue;
        str_append(sentences, "\n  ");
        diff_sentence(sentences, diff, change);
    }
    if (count > MOST_NAMED)
        str_append(sentences, "\n  ...");
    return count;
}

static void settle(struct decision *decision, bool done)
{
    struct session *session = decision->session;
    const struct history_row *row = decision->migration->row;
    decision->migration->said.state = DUN_BROKEN;
    decision->migration->skip_doubtful = done;
    dun_warning *told = vector_add(session->arena, &session->decided);
    told->file = arena_strdup(session->arena, decision->script.file);
    told->message = arena_printf(
        session->arena,
        "migration %s %s was interrupted in statement %u of %u: the catalog shows that it has %s",
        row->version, row->name, row->done + 1, row->statements,
        done ? "taken effect, so it is not run again" : "had no effect, so it is run again");
}

static void judge(struct decision *decision)
{
    struct str before = STR_INIT, after = STR_INIT;
    struct arena *arena = decision->session->arena;
    const struct map *keys = touched(decision);
    size_t from_before = count_differences(decision, decision->before, keys, &before);
    size_t from_after = count_differences(decision, decision->after, keys, &after);
    if (map_count(keys) == 0)
        decision->migration->undecided = "the statement changes no schema, so the catalog cannot tell";
    else if (from_after == 0 && from_before)
        settle(decision, true);
    else if (from_before == 0 && from_after)
        settle(decision, false);
    else
        decision->migration->undecided =
            arena_printf(arena,
                         "the database is neither as it was before the statement nor as it is after it. "
                         "Compared with before:%s\n"
                         "Compared with after:%s",
                         str_text(&before), str_text(&after));
    str_free(&before);
    str_free(&after);
}

/* Is that the end of the command, and not only of the attempt to decide? */
static bool is_fatal(const struct session *session, const dun_error *error)
{
    return session->target->connection->lost || dun_error_code(error) == DUN_INTERRUPTED;
}

static bool decide(struct session *session, struct migration *migration, dun_error *error)
{
    struct decision decision = {.session = session, .migration = migration, .arena = arena_new()};
    dun_error *failure = dun_error_new();
    bool ok = doubt_script(session, migration, &decision.script, &decision.statement, failure) &&
              read_catalogs(&decision, failure);
    if (ok)
        judge(&decision);
    bool fatal = !ok && is_fatal(session, failure);
    if (fatal)
        error_move(error, failure);
    else if (!ok)
        migration->undecided = arena_printf(session->arena, "the catalogs could not be compared: %s",
                                            dun_error_message(failure));
    dun_error_free(failure);
    arena_free(decision.arena);
    return !fatal;
}

bool decide_doubts(struct session *session, dun_error *error)
{
    for (size_t i = 0; i < session->migrations->count; ++i)
        if (session->migrations->items[i].said.state == DUN_IN_DOUBT &&
            !decide(session, &session->migrations->items[i], error))
            return false;
    return true;
}
