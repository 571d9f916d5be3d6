/* Why a plan is not run: it is not proven, it loses data, or rows that are there stand against it. */
#include "apply/applying.h"
#include "base/error.h"
#include "base/str.h"

#include <inttypes.h>
#include <string.h>

/* In the hints of a refusal; the plan itself shows them all. */
enum { MOST_NAMED = 5 };

static bool is_proven(const struct applying *applying, const struct proof *proof, dun_error *error)
{
    if (proof->proven)
        return true;
    error_set(error, DUN_FAILED, "the plan could not be proven on a scratch copy: %s", proof->reason);
    if (proof->left && proof->left->changes.count) {
        const struct diff_change *change = &proof->left->changes.items[0];
        error_hint(error, "after it, this would still differ: %s",
                   (change->to ? change->to : change->from)->key);
    }
    error_state(error, "nothing was run on %s", applying->target->name);
    return false;
}

/* "drop-column: table t: drop column a; the column and its values are gone (12 rows)" */
static void name_loss(struct str *to, const struct plan_statement *statement, unsigned losses)
{
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (losses & 1u << i)
            str_printf(to, "%s: %s; %s", plan_hazard_word((enum plan_hazard)(1u << i)), statement->title,
                       plan_hazard_sentence((enum plan_hazard)(1u << i)));
    if (statement->table && statement->rows >= 0) {
        str_append(to, " (");
        plan_rows_text(to, statement);
        str_append_char(to, ')');
    }
}

static void add_words(struct str *to, unsigned hazards)
{
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (hazards & 1u << i)
            str_printf(to, "%s%s", to->length ? "," : "", plan_hazard_word((enum plan_hazard)(1u << i)));
}

static bool loses_only_what_may_be_lost(const struct applying *applying, dun_error *error)
{
    unsigned refused = plan_hazards_losing_data(applying->plan->hazards) & ~applying->allowed;
    struct str losses = STR_INIT, words = STR_INIT;
    size_t named = 0;
    if (!refused)
        return true;
    VECTOR_EACH (struct plan_statement, statement, &applying->plan->statements) {
        if (!(statement->hazards & refused) || named++ >= MOST_NAMED)
            continue;
        str_append(&losses, "\n  ");
        name_loss(&losses, statement, statement->hazards & refused);
    }
    if (named > MOST_NAMED)
        str_printf(&losses, "\n  and %zu more", named - MOST_NAMED);
    add_words(&words, refused);
    error_set(error, DUN_FAILED, "the plan loses data, which nobody has allowed:%s", str_text(&losses));
    error_hint(error, "if that is meant: --allow %s", str_text(&words));
    error_state(error, "nothing was run");
    str_free(&losses);
    str_free(&words);
    return false;
}

/* Checks */

struct question {
    const struct plan_statement *statement;
    const struct plan_check *check;
};

typedef VECTOR(struct question) questions;

static questions gather(struct arena *arena, const struct plan *plan)
{
    questions all = {0};
    VECTOR_EACH (struct plan_statement, statement, &plan->statements)
        VECTOR_EACH (struct plan_check, check, &statement->checks)
            *vector_add(arena, &all) = (struct question){statement, check};
    return all;
}

static bool ask(const struct applying *applying, struct arena *arena, const questions *all,
                struct db_outcome *outcomes, dun_error *error)
{
    dun_connection *connection = applying->target->connection;
    struct db_item *items = arena_alloc(arena, (all->count + 1) * sizeof *items);
    for (size_t i = 0; i < all->count; ++i)
        items[i] = (struct db_item){.kind = DB_READ,
                                    .sql = all->items[i].check->sql,
                                    .length = strlen(all->items[i].check->sql),
                                    .keep_result = true};
    const struct db_batch batch = {.items = items, .count = all->count};
    size_t failed = 0;
    if (connection->driver->batch(connection, &batch, outcomes, &failed, error))
        return true;
    if (failed < all->count)
        error_context(error, "%s: counting the rows that stand against it",
                      all->items[failed].statement->title);
    return false;
}

static bool judge(const questions *all, const struct db_outcome *outcomes, dun_error *error)
{
    struct str refusals = STR_INIT;
    size_t count = 0;
    for (size_t i = 0; i < all->count; ++i) {
        int64_t rows = result_integer(outcomes[i].result, 0, 0, 0);
        const struct question *question = &all->items[i];
        if (rows <= 0 || count++ >= MOST_NAMED)
            continue;
        str_printf(&refusals, "\n  %s: %s (found: %" PRId64 " row%s)", question->statement->title,
                   plan_hazard_sentence(question->check->hazard), rows, rows == 1 ? "" : "s");
    }
    if (count > MOST_NAMED)
        str_printf(&refusals, "\n  and %zu more", count - MOST_NAMED);
    if (count)
        error_set(error, DUN_FAILED, "rows stand against the plan:%s", str_text(&refusals));
    for (size_t i = 0, told = 0; i < all->count && told < MOST_NAMED; ++i)
        if (result_integer(outcomes[i].result, 0, 0, 0) > 0 && all->items[i].check->hint) {
            error_hint(error, "%s", all->items[i].check->hint);
            ++told;
        }
    if (count)
        error_state(error, "nothing was run");
    str_free(&refusals);
    return count == 0;
}

/* All of them in one round trip, as far as the engine allows that. */
static bool no_rows_stand_against_it(const struct applying *applying, dun_error *error)
{
    struct arena *arena = arena_new();
    const questions all = gather(arena, applying->plan);
    struct db_outcome *outcomes = arena_alloc(arena, (all.count + 1) * sizeof *outcomes);
    bool good =
        all.count == 0 || (ask(applying, arena, &all, outcomes, error) && judge(&all, outcomes, error));
    db_outcomes_clear(outcomes, all.count);
    arena_free(arena);
    return good;
}

bool apply_is_safe(struct applying *applying, const struct proof *proof, dun_error *error)
{
    return loses_only_what_may_be_lost(applying, error) && is_proven(applying, proof, error) &&
           no_rows_stand_against_it(applying, error);
}
