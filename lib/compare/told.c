#include "compare/told.h"

#include "base/map.h"
#include "diff/sentence.h"

#include <string.h>

struct dun_plan {
    dun_plan_statement *statements;
    size_t count;
    const char *from, *to, *sql, *unproven;
    const char *const *hazards, *const *losses, *const *notes, *const *reordered, *const *not_compared;
};

typedef VECTOR(const char *) texts;

static const char *const *ended(struct arena *arena, texts *list)
{
    *vector_add(arena, list) = NULL;
    return list->items;
}

const char *const *told_hazards(struct arena *arena, unsigned hazards)
{
    texts words = {0};
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (hazards & 1u << i)
            *vector_add(arena, &words) = plan_hazard_word((enum plan_hazard)(1u << i));
    return ended(arena, &words);
}

static dun_plan_statement told_statement(struct arena *arena, const struct catalog *catalog,
                                         const struct plan_statement *statement)
{
    return (dun_plan_statement){
        .sql = arena_strdup(arena, statement->sql),
        .title = arena_strdup(arena, statement->title),
        .hazards = told_hazards(arena, statement->hazards),
        .table = statement->table ? arena_strdup(arena, catalog_full_name(catalog, statement->table)) : NULL,
        .rows = statement->rows,
        .note = arena_strdup(arena, statement->note),
        .apart = statement->apart,
    };
}

static const char *sql_of(struct arena *arena, const struct compare *compare, const struct plan *plan)
{
    struct str text = STR_INIT;
    if (plan->statements.count)
        plan_text(&text, compare->engine->language, plan, false);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* What both sides have is named once. */
static const char *const *not_compared(struct arena *arena, const struct compare *compare)
{
    const struct catalog *sides[] = {compare->from->catalog, compare->to->catalog};
    struct map *seen = map_new(arena);
    texts all = {0};
    for (size_t side = 0; side < 2; ++side) {
        size_t count;
        const struct schema_unmodelled *unmodelled = catalog_unmodelled(sides[side], &count);
        for (size_t i = 0; i < count; ++i) {
            const char *text = arena_printf(arena, "%s %s", unmodelled[i].what, unmodelled[i].name);
            if (map_add(seen, text, seen))
                *vector_add(arena, &all) = text;
        }
    }
    return ended(arena, &all);
}

static const char *const *notes_of(struct arena *arena, const struct plan *plan)
{
    texts notes = {0};
    for (size_t i = 0; i < plan->notes.count; ++i)
        *vector_add(arena, &notes) = arena_strdup(arena, plan->notes.items[i]);
    return ended(arena, &notes);
}

static const char *const *reordered_of(struct arena *arena, const struct compare *compare)
{
    texts tables = {0};
    for (size_t i = 0; i < compare->diff->reordered.count; ++i)
        *vector_add(arena, &tables) =
            arena_strdup(arena, catalog_full_name(compare->to->catalog, compare->diff->reordered.items[i]));
    return ended(arena, &tables);
}

dun_plan *told_plan(struct arena *arena, const struct compare *compare, const struct plan *plan,
                    const struct proof *proof)
{
    dun_plan *told = ARENA_NEW(arena, dun_plan);
    told->count = plan->statements.count;
    told->statements = arena_alloc(arena, (told->count + 1) * sizeof *told->statements);
    for (size_t i = 0; i < told->count; ++i)
        told->statements[i] = told_statement(arena, compare->from->catalog, &plan->statements.items[i]);
    told->from = arena_strdup(arena, compare->from->name);
    told->to = arena_strdup(arena, compare->to->name);
    told->sql = sql_of(arena, compare, plan);
    told->hazards = told_hazards(arena, plan->hazards);
    told->losses = told_hazards(arena, plan_hazards_losing_data(plan->hazards));
    told->notes = notes_of(arena, plan);
    told->reordered = reordered_of(arena, compare);
    told->not_compared = not_compared(arena, compare);
    if (!proof)
        told->unproven = "nobody has tried it on a scratch copy";
    else if (!proof->proven)
        told->unproven = arena_strdup(arena, proof->reason);
    return told;
}

void told_warnings(struct arena *arena, told_warning_list *warnings, const struct compare *compare)
{
    const struct source_catalog *sides[] = {compare->from, compare->to};
    for (size_t i = 0; i < 2; ++i)
        VECTOR_EACH (const dun_warning, warning, &sides[i]->warnings)
            *vector_add(arena, warnings) =
                (dun_warning){arena_strdup(arena, warning->file), arena_strdup(arena, warning->message)};
    const char *servers = diff_servers_warning(arena, compare->diff);
    if (servers)
        *vector_add(arena, warnings) = (dun_warning){.message = servers};
}

void told_unused_ignores(struct arena *arena, told_warning_list *warnings, const dun_ignore *patterns,
                         size_t count, const bool *matched)
{
    for (size_t i = 0; i < count; ++i) {
        const dun_ignore *pattern = &patterns[i];
        const char *place = pattern->file && pattern->line
                                ? arena_printf(arena, "%s:%u", pattern->file, pattern->line)
                                : arena_strdup(arena, pattern->file);
        if (!matched[i])
            *vector_add(arena, warnings) = (dun_warning){
                .file = place,
                .message = arena_printf(arena, "ignore: \"%s%s%s\" matches nothing, neither here nor there",
                                        pattern->kind ? pattern->kind : "", pattern->kind ? " " : "",
                                        pattern->pattern)};
    }
}

const dun_plan_statement *dun_plan_statements(const dun_plan *plan, size_t *ret_count)
{
    *ret_count = plan->count;
    return plan->statements;
}

const char *dun_plan_from(const dun_plan *plan)
{
    return plan->from;
}

const char *dun_plan_to(const dun_plan *plan)
{
    return plan->to;
}

const char *dun_plan_sql(const dun_plan *plan)
{
    return plan->sql;
}

const char *const *dun_plan_hazards(const dun_plan *plan)
{
    return plan->hazards;
}

const char *const *dun_plan_losses(const dun_plan *plan)
{
    return plan->losses;
}

const char *const *dun_plan_notes(const dun_plan *plan)
{
    return plan->notes;
}

const char *const *dun_plan_reordered(const dun_plan *plan)
{
    return plan->reordered;
}

const char *dun_plan_unproven(const dun_plan *plan)
{
    return plan->unproven;
}

const char *const *dun_plan_not_compared(const dun_plan *plan)
{
    return plan->not_compared;
}

const char *dun_hazard_sentence(const char *word)
{
    unsigned hazards = 0;
    bool one = strcmp(word, "all") != 0 && plan_hazard_from_word(word, &hazards);
    return one ? plan_hazard_sentence((enum plan_hazard)hazards) : NULL;
}
