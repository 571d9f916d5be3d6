/*
 * Rounds of statements. Where DDL is transactional, statements go out in transactions of some hundred, all of
 * them pipelined; one in which something fails is run again with a savepoint for each statement, so that only
 * the failed ones are left for the next round. Elsewhere a failed statement is simply passed over. Every
 * other round runs backwards, so that a long chain in the wrong order takes two rounds and not as many as it
 * has links.
 */
#include "source/load.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/vector.h"
#include "source/load_entries.h"
#include "source/twins.h"

#include <stdint.h>
#include <string.h>

/* Measured on PostgreSQL: commits after each hundred tables with two indexes take two thirds of the time of
 * one transaction. */
enum { CHUNK = 300 };

static const char chunk_savepoint[] = "SAVEPOINT dunlin_chunk",
                  chunk_release[] = "RELEASE SAVEPOINT dunlin_chunk",
                  chunk_rollback[] = "ROLLBACK TO SAVEPOINT dunlin_chunk",
                  step_savepoint[] = "SAVEPOINT dunlin_step",
                  step_release[] = "RELEASE SAVEPOINT dunlin_step",
                  step_rollback[] = "ROLLBACK TO SAVEPOINT dunlin_step";

/* One statement of a round. */
struct step {
    struct load_entry *entry; /* NULL: it brings the session's settings back */
    const char *sql;
    size_t length;
    bool many_results;
    const char *copy_data;
    size_t copy_length;
};

struct load {
    struct arena *arena; /* of the round */
    const struct dun_engine *engine;
    dun_connection *connection;
    const struct load_file *files;
    struct load_entry *entries;
    size_t count;
    size_t *order;
    bool nested; /* in a transaction of the place: no own ones */
    VECTOR(struct step) steps;
    VECTOR(struct db_item) items;
    dun_error *error;
};

static void add_item(struct load *load, enum db_item_kind kind, const char *sql)
{
    *vector_add(load->arena, &load->items) =
        (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
}

static void add_step_item(struct load *load, enum db_item_kind kind, const struct step *step)
{
    *vector_add(load->arena, &load->items) = (struct db_item){.kind = kind,
                                                              .sql = step->sql,
                                                              .length = step->length,
                                                              .many_results = step->many_results,
                                                              .copy_data = step->copy_data,
                                                              .copy_length = step->copy_length};
}

static bool run_items(struct load *load, size_t *ret_failed, dun_error *failure)
{
    struct db_batch batch = {.items = load->items.items, .count = load->items.count};
    bool good = load->connection->driver->batch(load->connection, &batch, NULL, ret_failed, failure);
    load->items.count = 0;
    return good;
}

static void set_done(struct load *load, size_t from, size_t to)
{
    for (size_t i = from; i < to; ++i) {
        struct load_entry *entry = load->steps.items[i].entry;
        if (!entry)
            continue;
        entry->done = true;
        dun_error_free(entry->error);
        entry->error = NULL;
    }
}

/* A failure of the server that is about the statement; others (interrupted, no connection) say what they say.
 */
static void place_failure(struct load *load, const struct load_entry *entry, dun_error *failure)
{
    ptrdiff_t offset = error_get_position(failure);
    if (dun_error_code(failure) != DUN_FAILED && dun_error_code(failure) != DUN_BAD_INPUT)
        return;
    const struct sql_statement *statement = &load->files[entry->file].script->statements[entry->statement];
    offset = load_place(statement, entry->sql, entry->length, offset);
    error_code(failure, DUN_BAD_INPUT);
    twins_hint(load->engine->dialect, load->files, load->entries, load->count, entry, failure);
    load_error_at(failure, &load->files[entry->file], entry->statement, offset);
}

/* True: the step is left for the next round, with its error. False: the load ends with it. */
static bool put_off(struct load *load, const struct step *step, dun_error *failure)
{
    if (!step || !step->entry || step->entry->session || dun_error_code(failure) != DUN_FAILED ||
        !load->engine->scratch->is_missing_object(failure)) {
        if (step && step->entry)
            place_failure(load, step->entry, failure);
        error_move(load->error, failure);
        return false;
    }
    if (!step->entry->error)
        step->entry->error = dun_error_new();
    error_move(step->entry->error, failure);
    return true;
}

/*
 * How many steps go out together: all at first, one after a failure, and twice as many with each success, so
 * that what is sent again after failures stays in proportion to what is done.
 */
static size_t window_end(size_t at, size_t end, size_t window)
{
    return window < end - at ? at + window : end;
}

static size_t wider(size_t window)
{
    return window < SIZE_MAX / 2 ? window * 2 : window;
}

/* Where each failure costs no more than itself. */
static bool run_plainly(struct load *load)
{
    dun_error *failure = dun_error_new();
    bool good = true;
    for (size_t at = 0, window = SIZE_MAX; good && at < load->steps.count;) {
        size_t failed = 0, end = window_end(at, load->steps.count, window);
        for (size_t i = at; i < end; ++i)
            add_step_item(load, DB_APART, &load->steps.items[i]);
        bool all = run_items(load, &failed, failure);
        size_t done = all ? end : at + failed;
        set_done(load, at, done);
        if (!all)
            good = put_off(load, done < end ? &load->steps.items[done] : NULL, failure);
        at = all ? end : done + 1;
        window = all ? wider(window) : 1;
    }
    dun_error_free(failure);
    return good;
}

static void add_chunk_begin(struct load *load)
{
    add_item(load, load->nested ? DB_JOIN : DB_BEGIN, load->nested ? chunk_savepoint : NULL);
}

static void add_chunk_end(struct load *load)
{
    add_item(load, load->nested ? DB_JOIN : DB_COMMIT, load->nested ? chunk_release : NULL);
}

static bool roll_chunk_back(struct load *load, dun_error *error)
{
    return load->nested ? db_exec(load->connection, chunk_rollback, error)
                        : load->connection->driver->rollback(load->connection, error);
}

static size_t chunk_end(const struct load *load, size_t start)
{
    return load->steps.count - start > CHUNK ? start + CHUNK : load->steps.count;
}

/*
 * All that is left, chunk after chunk, in one batch. False in `ret_all`: the chunk at `*at` has a statement
 * that lacks something, and was rolled back; those before it are done.
 */
static bool run_chunks(struct load *load, size_t *at, bool *ret_all, dun_error *failure)
{
    size_t failed = 0, start = *at;
    for (size_t from = start; from < load->steps.count; from = chunk_end(load, from)) {
        add_chunk_begin(load);
        for (size_t i = from; i < chunk_end(load, from); ++i)
            add_step_item(load, DB_JOIN, &load->steps.items[i]);
        add_chunk_end(load);
    }
    *ret_all = run_items(load, &failed, failure);
    size_t chunk = *ret_all ? 0 : failed / (CHUNK + 2), place = failed % (CHUNK + 2);
    *at = *ret_all ? load->steps.count : start + chunk * CHUNK;
    set_done(load, start, *at);
    if (*ret_all)
        return true;
    bool is_step = place > 0 && *at + place - 1 < chunk_end(load, *at);
    return put_off(load, is_step ? &load->steps.items[*at + place - 1] : NULL, failure) &&
           roll_chunk_back(load, load->error);
}

/* The steps from `at` on, up to the first that fails, each in a savepoint. */
static bool run_with_savepoints(struct load *load, size_t at, size_t end, bool after_failure,
                                size_t *ret_failed, dun_error *failure)
{
    if (after_failure)
        add_item(load, DB_JOIN, step_release);
    for (size_t i = at; i < end; ++i) {
        add_item(load, DB_JOIN, step_savepoint);
        add_step_item(load, DB_JOIN, &load->steps.items[i]);
        add_item(load, DB_JOIN, step_release);
    }
    size_t item = 0;
    if (run_items(load, &item, failure))
        return true;
    item -= after_failure && item > 0;
    *ret_failed = item % 3 == 1 ? at + item / 3 : end;
    return false;
}

static bool run_chunk_carefully(struct load *load, size_t start, size_t end, dun_error *failure)
{
    size_t failed = end;
    bool after_failure = false; /* a savepoint is left */
    if (!load->nested && !load->connection->driver->begin(load->connection, load->error))
        return false; /* nested, the rollback has left the savepoint of the chunk */
    for (size_t at = start, window = end - start; at < end || after_failure;) {
        size_t to = window_end(at, end, window);
        bool all = run_with_savepoints(load, at, to, after_failure, &failed, failure);
        if (!all && (!put_off(load, failed < to ? &load->steps.items[failed] : NULL, failure) ||
                     !db_exec(load->connection, step_rollback, load->error)))
            return false;
        set_done(load, at, all ? to : failed);
        at = all ? to : failed + 1;
        window = all ? wider(window) : 1;
        after_failure = !all;
    }
    return load->nested ? db_exec(load->connection, chunk_release, load->error)
                        : load->connection->driver->commit(load->connection, load->error);
}

static bool run_in_transactions(struct load *load)
{
    dun_error *failure = dun_error_new();
    bool good = true, all = false;
    for (size_t at = 0; good && at < load->steps.count;) {
        good = run_chunks(load, &at, &all, failure);
        if (!good || all)
            break;
        size_t end = chunk_end(load, at);
        good = run_chunk_carefully(load, at, end, failure);
        at = end;
    }
    dun_error_free(failure);
    return good;
}

static void add_step(struct load *load, struct load_entry *entry)
{
    const struct sql_statement *statement = &load->files[entry->file].script->statements[entry->statement];
    *vector_add(load->arena, &load->steps) = (struct step){.entry = entry,
                                                           .sql = entry->sql,
                                                           .length = entry->length,
                                                           .many_results = statement->many_results,
                                                           .copy_data = statement->copy_data,
                                                           .copy_length = statement->copy_length};
}

static void add_reset(struct load *load)
{
    for (const char *const *sql = load->engine->history->session_reset; *sql; ++sql)
        *vector_add(load->arena, &load->steps) = (struct step){.sql = *sql, .length = strlen(*sql)};
}

static struct load_entry *entry_at(const struct load *load, size_t place)
{
    return &load->entries[load->order[place]];
}

/* What is left of entries that are free to change places. */
static void add_free_entries(struct load *load, size_t from, size_t to, bool backwards)
{
    for (size_t i = from; i < to; ++i) {
        struct load_entry *entry = entry_at(load, backwards ? from + to - 1 - i : i);
        if (!entry->done)
            add_step(load, entry);
    }
}

/* What is left of the unit that order[from] to order[to - 1] are, with the settings that it is to be run
 * with. */
static void add_unit(struct load *load, size_t from, size_t to, bool backwards)
{
    size_t left = 0;
    bool settings = false;
    for (size_t i = from; i < to; ++i) {
        left += !entry_at(load, i)->session && !entry_at(load, i)->done;
        settings = settings || entry_at(load, i)->session;
    }
    for (size_t i = from; left && i < to;) {
        size_t end = i;
        while (end < to && !entry_at(load, end)->fixed)
            ++end;
        add_free_entries(load, i, end, backwards);
        if (end < to && (entry_at(load, end)->session || !entry_at(load, end)->done))
            add_step(load, entry_at(load, end));
        i = end + 1;
    }
    if (left && settings)
        add_reset(load);
}

static size_t unit_at(const struct load *load, size_t place)
{
    return entry_at(load, place)->unit;
}

static void collect_steps(struct load *load, bool backwards)
{
    load->steps.count = 0;
    for (size_t done = 0; done < load->count;) {
        size_t first = backwards ? load->count - done - 1 : done, from = first, to = first + 1;
        while (from > 0 && backwards && unit_at(load, from - 1) == unit_at(load, first))
            --from;
        while (to < load->count && !backwards && unit_at(load, to) == unit_at(load, first))
            ++to;
        add_unit(load, from, to, backwards);
        done += to - from;
    }
}

static size_t count_left(const struct load *load)
{
    size_t left = 0;
    for (size_t i = 0; i < load->count; ++i)
        left += !load->entries[i].session && !load->entries[i].done;
    return left;
}

/* The first that could not be run, in the order of the files. */
static bool report_missing(struct load *load)
{
    for (size_t i = 0; i < load->count; ++i) {
        struct load_entry *entry = &load->entries[i];
        if (entry->session || entry->done || !entry->error)
            continue;
        place_failure(load, entry, entry->error);
        error_move(load->error, entry->error);
        break;
    }
    return false;
}

static bool run_rounds(struct load *load)
{
    size_t left = count_left(load);
    for (unsigned round = 0; left > 0; ++round) {
        collect_steps(load, round % 2 == 1);
        if (!(load->engine->ddl_in_transactions ? run_in_transactions(load) : run_plainly(load)))
            return false;
        size_t before = left;
        left = count_left(load);
        if (left == before)
            return report_missing(load);
    }
    return true;
}

bool load_definitions(const struct dun_engine *engine, dun_connection *connection,
                      const struct load_file *files, size_t count, const struct load_options *options,
                      dun_error *error)
{
    struct load load = {.arena = arena_new(),
                        .engine = engine,
                        .connection = connection,
                        .files = files,
                        .nested = connection->in_transaction,
                        .error = error};
    bool good = load_entries(load.arena, engine, files, count, options, &load.entries, &load.count, error);
    if (good) {
        load.order = arena_alloc(load.arena, memory_multiply(load.count + 1, sizeof *load.order));
        load_order(engine->dialect, load.entries, load.count, load.order);
        good = run_rounds(&load);
    }
    for (size_t i = 0; i < load.count; ++i)
        dun_error_free(load.entries[i].error);
    arena_free(load.arena);
    return good;
}
