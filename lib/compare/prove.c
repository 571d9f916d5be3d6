#include "compare/prove.h"

#include "base/error.h"
#include "base/str.h"
#include "compare/before.h"
#include "compare/outside.h"
#include "compare/subset.h"
#include "compare/try.h"
#include "diff/sentence.h"

#include <string.h>

enum { MOST_SHOWN = 3 };

/* What ends the command, rather than being a reason. */
static bool ends_all(const dun_error *failure)
{
    enum dun_code code = dun_error_code(failure);
    return code == DUN_INTERRUPTED || code == DUN_NO_CONNECTION;
}

static const char *sentence(struct arena *arena, const dun_error *failure)
{
    const char *hint = dun_error_hint(failure);
    return hint ? arena_printf(arena, "%s (%s)", dun_error_message(failure), hint)
                : arena_strdup(arena, dun_error_message(failure));
}

/* True: a reason was given. False: the failure ends the command. */
static bool give_reason(struct compare *compare, struct proof *proof, dun_error *failure, dun_error *error)
{
    if (ends_all(failure)) {
        error_context(failure, "while the plan was tried on a scratch copy");
        error_move(error, failure);
        return false;
    }
    proof->reason = sentence(compare->arena, failure);
    return true;
}

/* The copy has only a part of the schema: what is in `to` and was left out on purpose is no difference. */
static bool is_left_out(const struct compare *compare, const struct subset *subset,
                        const struct diff_change *change)
{
    if (change->action != DIFF_CREATE)
        return false;
    const struct schema_object *before = before_renames(compare, diff_counterpart(compare->diff, change->to));
    return before && !subset_has(subset, before);
}

static void judge(struct compare *compare, const struct subset *subset, struct diff *left,
                  struct proof *proof)
{
    size_t kept = 0;
    for (size_t i = 0; i < left->changes.count; ++i)
        if (!is_left_out(compare, subset, &left->changes.items[i]))
            left->changes.items[kept++] = left->changes.items[i];
    left->changes.count = kept;
    proof->proven = kept == 0;
    if (proof->proven)
        return;
    struct str text = STR_INIT;
    str_append(&text, "after the plan, it still differs: ");
    for (size_t i = 0; i < kept && i < MOST_SHOWN; ++i) {
        str_append(&text, i ? "; " : "");
        diff_sentence(&text, left, &left->changes.items[i]);
    }
    if (kept > MOST_SHOWN)
        str_printf(&text, "; and %zu more", kept - MOST_SHOWN);
    proof->left = left;
    proof->reason = arena_strdup(compare->arena, str_text(&text));
    str_free(&text);
}

static bool run(struct compare *compare, const struct plan *plan, struct engine_place *place,
                struct proof *proof, dun_error *failure)
{
    struct arena *arena = compare->arena;
    struct catalog *after;
    struct subset *subset = subset_of_plan(arena, compare);
    if (!outside_make(compare, place, failure) ||
        !try_create(compare->settings, place, arena, subset_catalog(arena, subset), failure))
        return false;
    if (!try_plan(compare->settings, place, plan, &proof->statement, failure)) {
        if (!ends_all(failure))
            error_context(failure, "statement %zu fails", proof->statement + 1);
        return false;
    }
    if (!source_place_read(compare->settings, place, arena, &after, failure))
        return false;
    judge(compare, subset, diff_catalogs(arena, compare->engine->diff, after, compare->to->catalog), proof);
    return true;
}

bool compare_prove(struct compare *compare, const struct plan *plan, struct proof *ret_proof,
                   dun_error *error)
{
    struct proof proof = {.statement = plan->statements.count};
    struct engine_place *place = NULL;
    dun_error *failure = dun_error_new();
    bool ok = true;
    if (compare_is_equal(compare))
        proof.proven = true;
    else if (!try_open(compare->settings, 0, &place, failure) || !run(compare, plan, place, &proof, failure))
        ok = give_reason(compare, &proof, failure, error);
    source_place_close(compare->settings, place);
    dun_error_free(failure);
    if (ok)
        *ret_proof = proof;
    return ok;
}
