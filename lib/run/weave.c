#include "run/weave.h"

#include "base/vector.h"

#include <string.h>

struct weaving {
    struct arena *arena;
    const struct engine_history *texts;
    bool ddl_in_transactions;
    VECTOR(struct db_item) items;
    VECTOR(struct weave_origin) origins;
    const struct run_job *job;
    size_t number;
    const struct run_unit *unit;
    bool atomic;
};

static struct db_item *add(struct weaving *weaving, enum db_item_kind kind, enum weave_role role,
                           const char *sql, size_t length)
{
    struct db_item *item = vector_add(weaving->arena, &weaving->items);
    item->kind = kind;
    item->sql = sql;
    item->length = length;
    struct weave_origin *origin = vector_add(weaving->arena, &weaving->origins);
    origin->job = weaving->number;
    origin->role = role;
    origin->unit = weaving->unit;
    origin->atomic = weaving->atomic;
    return item;
}

static void add_text(struct weaving *weaving, enum db_item_kind kind, enum weave_role role, const char *sql)
{
    add(weaving, kind, role, sql, strlen(sql));
}

static void add_statement(struct weaving *weaving, size_t index, enum db_item_kind kind, enum weave_role role)
{
    const struct sql_statement *statement = &weaving->job->script->statements[index];
    struct db_item *item = add(weaving, kind, role, statement->text, statement->length);
    item->copy_data = statement->copy_data;
    item->copy_length = statement->copy_length;
    item->many_results = statement->many_results;
    weaving->origins.items[weaving->origins.count - 1].statement = index;
}

static void add_resets(struct weaving *weaving, enum db_item_kind kind)
{
    for (const char *const *reset = weaving->texts->session_reset; reset && *reset; ++reset)
        add_text(weaving, kind, WEAVE_RESET, *reset);
}

/*
 * A record between two units. What the script set stays in force for the statements after it, but the role of
 * a SET ROLE may not be allowed to write it.
 */
static void add_record_between(struct weaving *weaving, const char *record, bool inside)
{
    const char *as_connected = weaving->job->units->session ? weaving->texts->as_connected : NULL;
    bool wrapped = as_connected && !inside;
    enum db_item_kind kind = inside || wrapped ? DB_JOIN : DB_APART;
    if (wrapped)
        add_text(weaving, DB_BEGIN, WEAVE_TRANSACTION, "BEGIN");
    if (as_connected)
        add_text(weaving, kind, WEAVE_RESET, as_connected);
    add_text(weaving, kind, WEAVE_RECORD, record);
    if (wrapped)
        add_text(weaving, DB_COMMIT, WEAVE_TRANSACTION, "COMMIT");
}

/* The statement of a unit that runs others, of which nobody knows what they do to transactions. */
static bool is_opaque(const struct weaving *weaving, const struct run_unit *unit)
{
    for (size_t i = unit->first; !unit->atomic && i < unit->end; ++i)
        if (weaving->job->script->statements[i].many_results)
            return true;
    return false;
}

static void add_settlement(struct weaving *weaving)
{
    for (const char *const *settle = weaving->texts->settle; settle && *settle; ++settle)
        add_text(weaving, DB_APART, WEAVE_TRANSACTION, *settle);
}

static void add_unit(struct weaving *weaving, size_t index)
{
    const struct run_unit *unit = &weaving->job->units->units[index];
    enum db_item_kind kind = unit->atomic ? DB_JOIN : DB_APART;
    bool last = index + 1 == weaving->job->units->count;
    weaving->unit = unit;
    weaving->atomic = unit->atomic;
    if (unit->atomic)
        add_text(weaving, DB_BEGIN, WEAVE_TRANSACTION, "BEGIN");
    if (index == 0 && weaving->job->before_joins)
        add_text(weaving, kind, WEAVE_RECORD, weaving->job->before);
    for (size_t i = unit->first; i < unit->end; ++i)
        if (run_is_sent(&weaving->job->script->statements[i]))
            add_statement(weaving, i, kind, WEAVE_STATEMENT);
    /* Before the record: a changed role or search_path would keep it from being written. */
    bool reset = last && weaving->job->units->session;
    if (reset && weaving->texts->reset_in_transaction)
        add_resets(weaving, kind);
    if (last)
        add_text(weaving, kind, WEAVE_RECORD, weaving->job->records[index]);
    else
        add_record_between(weaving, weaving->job->records[index], unit->atomic);
    if (unit->atomic)
        add_text(weaving, DB_COMMIT, WEAVE_TRANSACTION, "COMMIT");
    if (is_opaque(weaving, unit))
        add_settlement(weaving);
    weaving->unit = NULL;
    if (reset && !weaving->texts->reset_in_transaction)
        add_resets(weaving, DB_APART);
}

/* A journal entry that commits by itself. Where statements are glued to one packet an autocommit is the
 * cheapest. */
static void add_journal(struct weaving *weaving, enum weave_role role, const char *sql)
{
    weaving->atomic = true;
    if (!weaving->ddl_in_transactions) {
        add_text(weaving, DB_APART, role, sql);
        return;
    }
    add_text(weaving, DB_BEGIN, WEAVE_TRANSACTION, "BEGIN");
    add_text(weaving, DB_JOIN, role, sql);
    add_text(weaving, DB_COMMIT, WEAVE_TRANSACTION, "COMMIT");
}

static void add_job(struct weaving *weaving)
{
    const struct run_job *job = weaving->job;
    if (job->prologue)
        add_journal(weaving, WEAVE_PROLOGUE, job->prologue);
    if (job->before && !job->before_joins)
        add_journal(weaving, WEAVE_RECORD, job->before);
    weaving->atomic = false;
    for (size_t i = 0; job->units->count && i < job->start && i < job->script->count; ++i)
        if (job->script->statements[i].session && run_is_sent(&job->script->statements[i]))
            add_statement(weaving, i, DB_APART, WEAVE_SETTING);
    for (size_t i = 0; i < job->units->count; ++i)
        add_unit(weaving, i);
    if (job->alone)
        add_journal(weaving, WEAVE_RECORD, job->alone);
    weaving->origins.items[weaving->origins.count - 1].ends_job = true;
}

struct weave weave_jobs(struct arena *arena, const struct dun_engine *engine, const struct run_job *jobs,
                        size_t count)
{
    struct weaving weaving = {
        .arena = arena, .texts = engine->history, .ddl_in_transactions = engine->ddl_in_transactions};
    for (size_t i = 0; i < count; ++i) {
        weaving.job = &jobs[i];
        weaving.number = i;
        add_job(&weaving);
    }
    return (struct weave){weaving.items.items, weaving.origins.items, weaving.items.count};
}
