#include "run/units.h"

#include "base/error.h"
#include "base/vector.h"

struct division {
    struct arena *arena;
    bool ddl_in_transactions;
    const struct sql_script *script;
    const char *file, *text;
    size_t length;
    VECTOR(struct run_unit) units;
    bool in_block;      /* between BEGIN and COMMIT of the script's own */
    size_t block_begin; /* the statement that opened it */
    bool open;          /* the last unit takes more statements */
    bool session;
};

bool run_is_sent(const struct sql_statement *statement)
{
    return statement->effect == SQL_JOINS || statement->effect == SQL_ALONE ||
           statement->effect == SQL_SAVEPOINT;
}

static bool refuse(struct division *division, size_t index, dun_error *error, const char *message,
                   const char *hint)
{
    const struct sql_statement *statement = &division->script->statements[index];
    error_set(error, DUN_BAD_INPUT, "%s", message);
    error_hint(error, "%s", hint);
    error_statement(error, (unsigned)index + 1, (unsigned)division->script->count);
    sql_error_at(error, division->file, division->text, division->length,
                 (size_t)(statement->text - division->text));
    return false;
}

static void extend(struct division *division, size_t index)
{
    division->units.items[division->units.count - 1].end = index + 1;
}

static void open_unit(struct division *division, size_t index, bool atomic)
{
    struct run_unit *unit = vector_add(division->arena, &division->units);
    unit->first = index;
    unit->end = index + 1;
    unit->atomic = atomic;
    division->open = true;
}

/* Settings of the session go with the statement after them: they are not worth a commit of their own. */
static bool unit_has_only_settings(const struct sql_script *script, const struct run_unit *unit)
{
    for (size_t i = unit->first; i < unit->end; ++i)
        if (run_is_sent(&script->statements[i]) && !script->statements[i].session)
            return false;
    return true;
}

static bool only_settings(const struct division *division)
{
    return division->open && division->units.count > 0 &&
           unit_has_only_settings(division->script, &division->units.items[division->units.count - 1]);
}

static void add_alone(struct division *division, size_t index)
{
    if (only_settings(division) && !division->ddl_in_transactions) {
        extend(division, index);
        division->units.items[division->units.count - 1].atomic = false;
    } else {
        open_unit(division, index, false);
    }
    division->open = false;
}

static void add_joining(struct division *division, size_t index)
{
    bool gather = division->ddl_in_transactions ? !division->script->no_transaction || division->in_block
                                                : division->in_block;
    if (division->open && (gather || only_settings(division)))
        extend(division, index);
    else
        open_unit(division, index,
                  division->ddl_in_transactions && division->script->no_transaction ? division->in_block
                                                                                    : true);
    if (!gather && !division->script->statements[index].session)
        division->open = false;
}

static bool begin_block(struct division *division, size_t index, dun_error *error)
{
    if (division->in_block)
        return refuse(division, index, error, "BEGIN inside a transaction that is open already",
                      "remove it, or COMMIT the one before");
    division->in_block = true;
    division->block_begin = index;
    open_unit(division, index, true);
    return true;
}

static bool commit_block(struct division *division, size_t index, dun_error *error)
{
    if (!division->in_block)
        return refuse(division, index, error,
                      "COMMIT without a BEGIN before it would end dunlin's own transaction",
                      "remove it: dunlin commits the statements together with the history row");
    division->in_block = false;
    if (division->units.count == 0)
        open_unit(division, index, true);
    else
        extend(division, index);
    division->open = false;
    return true;
}

/* What was run earlier: its settings are set again, and it may have stopped inside of a block. */
static void pass_over(struct division *division, size_t index)
{
    const struct sql_statement *statement = &division->script->statements[index];
    division->session = division->session || statement->session;
    if (statement->effect == SQL_BEGINS) {
        division->in_block = true;
        division->block_begin = index;
    } else if (statement->effect == SQL_COMMITS) {
        division->in_block = false;
    }
}

static bool add_statement(struct division *division, size_t index, dun_error *error)
{
    const struct sql_statement *statement = &division->script->statements[index];
    division->session = division->session || statement->session;
    switch (statement->effect) {
    case SQL_BEGINS:
        return begin_block(division, index, error);
    case SQL_COMMITS:
        return commit_block(division, index, error);
    case SQL_ROLLS_BACK:
        return refuse(division, index, error,
                      "this statement ends or changes a transaction in a way that dunlin cannot follow",
                      "remove it: what is to be undone when something fails is dunlin's business");
    case SQL_ALONE:
        if (division->in_block && division->ddl_in_transactions)
            return refuse(division, index, error,
                          "this statement cannot run inside a transaction, and BEGIN opened one",
                          "put it before the BEGIN or after the COMMIT");
        add_alone(division, index);
        return true;
    case SQL_BRACKET:
        if (division->units.count == 0)
            open_unit(division, index, true);
        else
            extend(division, index);
        return true;
    case SQL_JOINS:
    case SQL_SAVEPOINT:
        add_joining(division, index);
        return true;
    }
    return true;
}

bool run_divide(struct arena *arena, bool ddl_in_transactions, const struct sql_script *script, size_t start,
                const char *file, const char *text, size_t length, struct run_units **ret_units,
                dun_error *error)
{
    struct division division = {.arena = arena,
                                .ddl_in_transactions = ddl_in_transactions,
                                .script = script,
                                .file = file,
                                .text = text,
                                .length = length};
    for (size_t i = 0; i < start && i < script->count; ++i)
        pass_over(&division, i);
    for (size_t i = start; i < script->count; ++i)
        if (!add_statement(&division, i, error))
            return false;
    if (division.in_block)
        return refuse(&division, division.block_begin, error, "BEGIN without a COMMIT after it",
                      "remove it, or add a COMMIT: dunlin runs a migration in a transaction of its own");

    VECTOR_EACH (struct run_unit, unit, &division.units)
        unit->repeatable = !unit->atomic && unit_has_only_settings(script, unit);

    struct run_units *units = ARENA_NEW(arena, struct run_units);
    units->units = division.units.items;
    units->count = division.units.count;
    units->session = division.session;
    *ret_units = units;
    return true;
}
