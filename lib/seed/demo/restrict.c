#include "seed/demo/restrict.h"

#include "seed/demo/restrict_value.h"

#include <string.h>

static bool apply(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds);

/* Exactly one of two is NULL: the second. Both or none: none. */
static bool limit_nulls(struct demo_restrictions *restrictions, const struct demo_check *check, bool equal)
{
    const struct demo_check *left = restrict_child(check, 0), *right = restrict_child(check, 1);
    bool negated = false;
    if (left->kind == CHECK_NOT) {
        left = restrict_child(left, 0);
        negated = !negated;
    }
    if (right->kind == CHECK_NOT) {
        right = restrict_child(right, 0);
        negated = !negated;
    }
    if (left->kind != CHECK_IS_NULL || right->kind != CHECK_IS_NULL)
        return false;
    int first = restrict_column(restrictions, restrict_child(left, 0)),
        second = restrict_column(restrictions, restrict_child(right, 0));
    if (first == SEED_NO_COLUMN || second == SEED_NO_COLUMN)
        return false;
    restrictions->limits[first].not_null = true;
    if (equal != negated)
        restrictions->limits[second].not_null = true;
    else
        restrictions->limits[second].must_be_null = true;
    return true;
}

static bool compare(struct demo_restrictions *restrictions, const struct demo_check *check,
                    enum demo_comparison comparison)
{
    const struct demo_check *left = restrict_child(check, 0), *right = restrict_child(check, 1);
    if (restrict_column(restrictions, left) == SEED_NO_COLUMN &&
        (restrict_column(restrictions, right) != SEED_NO_COLUMN || right->kind == CHECK_CALL) &&
        (left->kind == CHECK_LITERAL || left->kind == CHECK_CALL) && !restrict_is_length(left)) {
        const struct demo_check *swapped = left;
        left = right;
        right = swapped;
        comparison = demo_comparison_mirrored(comparison);
    }
    int column = restrict_column(restrictions, left), other = restrict_column(restrictions, right);
    if (column != SEED_NO_COLUMN && other != SEED_NO_COLUMN) {
        *vector_add(restrictions->arena, &restrictions->relations) =
            (struct demo_relation){(size_t)column, (size_t)other, comparison};
        return column != other;
    }
    if (column != SEED_NO_COLUMN && right->kind == CHECK_CALL && !restrict_is_now(right))
        return restrict_call(restrictions, right, demo_comparison_mirrored(comparison), left);
    if (column != SEED_NO_COLUMN)
        return restrict_value(restrictions, (size_t)column, comparison, right);
    if (left->kind == CHECK_CALL)
        return restrict_call(restrictions, left, comparison, right);
    return (comparison == CHECK_EQUAL || comparison == CHECK_UNEQUAL) &&
           limit_nulls(restrictions, check, comparison == CHECK_EQUAL);
}

static bool between(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    const enum demo_comparison comparisons[] = {CHECK_GREATER_EQUAL, CHECK_LESS_EQUAL};
    for (size_t i = 0; i < 2; ++i) {
        struct demo_check half = {.kind = CHECK_COMPARE, .comparison = comparisons[i]};
        struct demo_check *children[] = {check->children.items[0], check->children.items[i + 1]};
        half.children.items = children;
        half.children.count = 2;
        if (!holds)
            half.comparison = demo_comparison_opposite(half.comparison);
        if (!compare(restrictions, &half, half.comparison))
            return false;
        if (!holds)
            return true; /* below it is enough */
    }
    return true;
}

static bool is_one_of(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = restrict_column(restrictions, restrict_child(check, 0));
    VECTOR(const char *) texts = {0};
    if (column == SEED_NO_COLUMN)
        return false;
    for (size_t i = 1; i < check->children.count; ++i) {
        const struct demo_check *value = check->children.items[i];
        if (value->kind != CHECK_LITERAL)
            return false;
        if (value->text)
            *vector_add(restrictions->arena, &texts) = restrict_text(restrictions, (size_t)column, value);
    }
    struct demo_limits *limits = &restrictions->limits[column];
    if (holds)
        demo_limits_narrow(restrictions->arena, limits, texts.count, texts.items);
    for (size_t i = 0; !holds && i < texts.count; ++i)
        *vector_add(restrictions->arena, &limits->excluded) = texts.items[i];
    return true;
}

static bool match(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = restrict_column(restrictions, restrict_child(check, 0));
    const struct demo_check *text = restrict_child(check, 1);
    struct demo_pattern pattern;
    if (!holds || column == SEED_NO_COLUMN || text->kind != CHECK_LITERAL || !text->text ||
        !demo_pattern_read(check->pattern, text->text, strlen(text->text), &pattern))
        return false;
    pattern.fold = check->fold;
    *vector_add(restrictions->arena, &restrictions->limits[column].patterns) = pattern;
    return true;
}

static bool is_null(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = restrict_column(restrictions, restrict_child(check, 0));
    if (column == SEED_NO_COLUMN)
        return false;
    if (holds)
        restrictions->limits[column].must_be_null = true;
    else
        restrictions->limits[column].not_null = true;
    return true;
}

/* x = 1 OR x = 2 OR x IN (3): the same as one IN. */
static bool gather(struct demo_restrictions *restrictions, const struct demo_check *check,
                   struct demo_check *in)
{
    for (size_t i = 0; i < check->children.count; ++i) {
        const struct demo_check *part = check->children.items[i], *first = restrict_child(part, 0);
        bool equal = part->kind == CHECK_COMPARE && part->comparison == CHECK_EQUAL;
        if (part->kind == CHECK_IS_NULL)
            continue;
        if ((!equal && part->kind != CHECK_IN) || !first || first->kind != CHECK_COLUMN)
            return false;
        if (in->children.count == 0)
            *vector_add(restrictions->arena, &in->children) = part->children.items[0];
        if (strcmp(in->children.items[0]->text, first->text) != 0)
            return false;
        for (size_t j = 1; j < part->children.count; ++j)
            *vector_add(restrictions->arena, &in->children) = part->children.items[j];
    }
    return in->children.count > 1;
}

/* Tried on a copy, so that half of what is not understood leaves nothing behind. */
static bool apply_alone(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    size_t size = restrictions->table->column_count * sizeof *restrictions->limits;
    struct demo_restrictions copy = *restrictions;
    copy.limits = arena_alloc(restrictions->arena, size + 1);
    memcpy(copy.limits, restrictions->limits, size);
    if (!apply(&copy, check, holds))
        return false;
    memcpy(restrictions->limits, copy.limits, size);
    restrictions->relations.items = copy.relations.items;
    restrictions->relations.count = copy.relations.count;
    restrictions->relations.capacity = copy.relations.capacity;
    return true;
}

/* Of alternatives the first that is understood, and that leaves something to be said, is what all rows meet.
 */
static bool apply_any(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    struct demo_check in = {.kind = CHECK_IN};
    if (holds && gather(restrictions, check, &in))
        return is_one_of(restrictions, &in, true);
    for (int nulls = 0; nulls <= 1; ++nulls)
        for (size_t i = 0; i < check->children.count; ++i) {
            const struct demo_check *part = check->children.items[i];
            if ((part->kind == CHECK_IS_NULL && holds) == nulls && apply_alone(restrictions, part, holds))
                return true;
        }
    return false;
}

static bool apply_all(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    bool understood = true;
    for (size_t i = 0; i < check->children.count; ++i)
        understood = apply(restrictions, check->children.items[i], holds) && understood;
    return understood;
}

static bool apply_column(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    int column = restrict_column(restrictions, check);
    const char *text = holds ? "true" : "false";
    if (column == SEED_NO_COLUMN)
        return false;
    demo_limits_narrow(restrictions->arena, &restrictions->limits[column], 1, &text);
    return true;
}

static bool apply_json(struct demo_restrictions *restrictions, const struct demo_check *check)
{
    int column = restrict_column(restrictions, restrict_child(check, 0));
    if (strcmp(check->text, "json_valid") != 0 || column == SEED_NO_COLUMN)
        return false;
    restrictions->limits[column].json = true;
    restrictions->limits[column].not_null = true; /* to SQLite, NULL is no JSON */
    return true;
}

static bool apply(struct demo_restrictions *restrictions, const struct demo_check *check, bool holds)
{
    switch (check->kind) {
    case CHECK_AND:
        return holds ? apply_all(restrictions, check, true) : apply_any(restrictions, check, false);
    case CHECK_OR:
        return holds ? apply_any(restrictions, check, true) : apply_all(restrictions, check, false);
    case CHECK_NOT:
        return apply(restrictions, check->children.items[0], !holds);
    case CHECK_COMPARE:
        return compare(restrictions, check,
                       holds ? check->comparison : demo_comparison_opposite(check->comparison));
    case CHECK_IN:
        return is_one_of(restrictions, check, holds);
    case CHECK_BETWEEN:
        return between(restrictions, check, holds);
    case CHECK_MATCH:
        return match(restrictions, check, holds);
    case CHECK_IS_NULL:
        return is_null(restrictions, check, holds);
    case CHECK_COLUMN:
        return apply_column(restrictions, check, holds);
    case CHECK_CALL:
        return holds && apply_json(restrictions, check);
    case CHECK_LITERAL:
        return check->text && strcmp(check->text, holds ? "true" : "false") == 0;
    case CHECK_LIST:
    case CHECK_UNKNOWN:
        return false;
    }
    return false;
}

bool demo_restrict(struct demo_restrictions *restrictions, const struct demo_check *check)
{
    return apply(restrictions, check, true);
}
