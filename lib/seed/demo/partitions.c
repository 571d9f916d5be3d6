#include "seed/demo/partitions.h"

#include "base/map.h"
#include "sql/lexer.h"

#include <string.h>

/* What a partition takes; NULL: nothing is said, or there is no bound on that side. */
struct bound {
    const char *from, *below, *in;
    bool is_default;
    const struct schema_object *object; /* the partition, where it is one of its own */
};

typedef VECTOR(struct bound) bounds;

struct parted {
    struct arena *arena;
    enum sql_dialect dialect;
    const struct catalog *catalog;
    const char *key; /* a column or an expression */
    bounds parts;
    bool by_list, first_takes_null;
};

/* From behind an opening parenthesis to its closing one, which the lexer passes. */
static const char *take_inner(struct arena *arena, struct sql_lexer *lexer)
{
    const char *start = lexer->cursor;
    for (size_t depth = 1;;) {
        struct sql_token token = sql_lexer_next(lexer);
        if (token.kind == SQL_TOKEN_END)
            return NULL;
        depth += sql_token_is_operator(&token, '(');
        depth -= sql_token_is_operator(&token, ')');
        if (depth == 0)
            return arena_strndup(arena, start, (size_t)(token.text - start));
    }
}

static bool is_several(enum sql_dialect dialect, const char *text)
{
    struct sql_lexer lexer;
    size_t depth = 0;
    sql_lexer_init(&lexer, dialect, text, strlen(text));
    for (;;) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return false;
        depth += sql_token_is_operator(&token, '(');
        depth -= depth && sql_token_is_operator(&token, ')');
        if (depth == 0 && sql_token_is_operator(&token, ','))
            return true;
    }
}

/* MINVALUE and MAXVALUE are no bound. */
static const char *bound_or_none(const char *text)
{
    return text && (strcmp(text, "MAXVALUE") == 0 || strcmp(text, "MINVALUE") == 0) ? NULL : text;
}

/* "FOR VALUES FROM (1) TO (10)", "`p0` VALUES LESS THAN (10)", "VALUES IN (1,2)", "DEFAULT". */
static struct bound read_bound(struct arena *arena, enum sql_dialect dialect, const char *text)
{
    struct bound bound = {0};
    struct sql_lexer lexer;
    const char **next = NULL;
    sql_lexer_init(&lexer, dialect, text, strlen(text));
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return bound;
        if (sql_token_is(&token, "FROM"))
            next = &bound.from;
        else if (sql_token_is(&token, "TO") || sql_token_is(&token, "LESS"))
            next = &bound.below;
        else if (sql_token_is(&token, "IN"))
            next = &bound.in;
        else if (sql_token_is(&token, "DEFAULT"))
            bound.is_default = true;
        else if (sql_token_is_operator(&token, '(')) {
            const char *inner = bound_or_none(take_inner(arena, &lexer));
            if (next)
                *next = inner;
            next = NULL;
        }
    }
}

/* "RANGE COLUMNS(`d`)": what it is, and the key. False: rows go anywhere (HASH), or several columns decide.
 */
static bool read_key(struct parted *parted, const struct schema_object *table)
{
    const char *text = catalog_text(table, ATTRIBUTE_PARTITION_BY);
    struct sql_lexer lexer;
    if (!text)
        return false;
    sql_lexer_init(&lexer, parted->dialect, text, strlen(text));
    struct sql_token token = sql_lexer_next_significant(&lexer);
    parted->by_list = sql_token_is(&token, "LIST");
    if (!parted->by_list && !sql_token_is(&token, "RANGE"))
        return false;
    while (token.kind != SQL_TOKEN_END && !sql_token_is_operator(&token, '('))
        token = sql_lexer_next_significant(&lexer);
    parted->key = token.kind == SQL_TOKEN_END ? NULL : take_inner(parted->arena, &lexer);
    return parted->key && !is_several(parted->dialect, parted->key);
}

/* Partitions that stand in the definition of the table, the lowest first. */
static void read_own_parts(struct parted *parted, const struct schema_value *texts)
{
    const char *below = NULL;
    parted->first_takes_null = !parted->by_list;
    for (size_t i = 0; i < texts->count; ++i) {
        struct bound *bound = vector_add(parted->arena, &parted->parts);
        *bound = read_bound(parted->arena, parted->dialect, texts->texts[i]);
        bound->from = below;
        below = bound->below;
    }
}

/* Partitions that are tables of their own, in any order. */
static void read_tables(struct parted *parted, const struct schema_object *table)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(parted->catalog, &count);
    struct str name = STR_INIT;
    catalog_append_full_name(&name, table);
    for (size_t i = 0; i < count; ++i) {
        const char *of = objects[i]->parent ? NULL : catalog_text(objects[i], ATTRIBUTE_PARTITION_OF);
        const char *text = of ? catalog_text(objects[i], ATTRIBUTE_PARTITION_BOUND) : NULL;
        if (!text || strcmp(of, str_text(&name)) != 0)
            continue;
        struct bound *bound = vector_add(parted->arena, &parted->parts);
        *bound = read_bound(parted->arena, parted->dialect, text);
        bound->object = objects[i];
    }
    str_free(&name);
}

static bool has_default(const struct parted *parted)
{
    VECTOR_EACH (const struct bound, bound, &parted->parts)
        if (bound->is_default)
            return true;
    return false;
}

static bool is_parted_again(const struct bound *bound)
{
    return bound->object && catalog_value(bound->object, ATTRIBUTE_PARTITION_BY);
}

/* The longest run of partitions without a gap between them, as one. */
static struct bound longest_run(const struct parted *parted)
{
    struct map *by_from = map_new(parted->arena), *ends = map_new(parted->arena);
    struct bound longest = {0};
    size_t most = 0;
    VECTOR_EACH (struct bound, bound, &parted->parts) {
        if (bound->from)
            map_add(by_from, bound->from, bound);
        if (bound->below)
            map_add(ends, bound->below, bound);
    }
    VECTOR_EACH (const struct bound, first, &parted->parts) {
        const struct bound *last = first, *next;
        size_t count = 1;
        if (first->from && map_get(ends, first->from))
            continue; /* within a run */
        for (; last->below && (next = map_get(by_from, last->below)) && count < parted->parts.count; ++count)
            last = next;
        if (count > most) {
            longest = *first;
            longest.below = last->below;
            most = count;
        }
    }
    return longest;
}

static const char *joined_lists(const struct parted *parted)
{
    const char *all = NULL;
    VECTOR_EACH (const struct bound, bound, &parted->parts)
        if (bound->in)
            all = all ? arena_printf(parted->arena, "%s, %s", all, bound->in) : bound->in;
    return all;
}

static void add(const struct parted *parted, demo_conditions *conditions, const char *comparison,
                const char *value)
{
    if (value)
        *vector_add(parted->arena, conditions) =
            arena_printf(parted->arena, "%s %s %s", parted->key, comparison, value);
}

static bool names_null(enum sql_dialect dialect, const char *list)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, list, strlen(list));
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(&lexer);
        if (token.kind == SQL_TOKEN_END || sql_token_is(&token, "NULL"))
            return token.kind != SQL_TOKEN_END;
    }
}

static void add_all(const struct parted *parted, const struct bound *taken, demo_conditions *conditions)
{
    bool takes_null;
    if (parted->by_list) {
        takes_null = !taken->in || names_null(parted->dialect, taken->in);
        add(parted, conditions, "IN", taken->in ? arena_printf(parted->arena, "(%s)", taken->in) : NULL);
    } else {
        takes_null = parted->first_takes_null && !taken->from;
        add(parted, conditions, ">=", taken->from);
        add(parted, conditions, "<", taken->below);
    }
    if (!takes_null)
        add(parted, conditions, "IS NOT", "NULL");
}

void demo_partitions(struct arena *arena, enum sql_dialect dialect, const struct catalog *catalog,
                     const struct schema_object *table, demo_conditions *ret_conditions)
{
    struct parted parted = {.arena = arena, .dialect = dialect, .catalog = catalog};
    const struct schema_value *texts = catalog_value(table, ATTRIBUTE_PARTITIONS);
    if (!read_key(&parted, table))
        return;
    if (texts)
        read_own_parts(&parted, texts);
    else
        read_tables(&parted, table);
    if (parted.parts.count == 0 || has_default(&parted))
        return;
    struct bound taken = parted.by_list ? (struct bound){.in = joined_lists(&parted)} : longest_run(&parted);
    VECTOR_EACH (const struct bound, bound, &parted.parts)
        if (is_parted_again(bound)) {
            /* What is within differs from one to the next, so all rows go into this one. */
            taken = *bound;
            demo_partitions(arena, dialect, catalog, bound->object, ret_conditions);
            break;
        }
    add_all(&parted, &taken, ret_conditions);
}

void demo_periods(struct arena *arena, enum sql_dialect dialect, const struct schema_object *table,
                  demo_conditions *ret_conditions)
{
    const struct schema_value *periods = catalog_value(table, ATTRIBUTE_PERIODS);
    for (size_t i = 0; periods && i < periods->count; ++i) {
        struct sql_lexer lexer;
        struct sql_token begin = {0}, end = {0}, token;
        sql_lexer_init(&lexer, dialect, periods->texts[i], strlen(periods->texts[i]));
        do
            token = sql_lexer_next_significant(&lexer);
        while (token.kind != SQL_TOKEN_END && !sql_token_is_operator(&token, '('));
        begin = sql_lexer_next_significant(&lexer);
        token = sql_lexer_next_significant(&lexer);
        end = sql_lexer_next_significant(&lexer);
        if (token.kind != SQL_TOKEN_END && end.kind != SQL_TOKEN_END)
            *vector_add(arena, ret_conditions) =
                arena_printf(arena, "%.*s < %.*s", (int)begin.length, begin.text, (int)end.length, end.text);
    }
}
