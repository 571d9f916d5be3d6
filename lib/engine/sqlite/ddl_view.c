/* CREATE VIEW, CREATE TRIGGER and CREATE VIRTUAL TABLE: their heads are read, the rest is kept as it was
 * written. */
#include "engine/sqlite/ddl_parts.h"

bool ddl_read_view(struct arena *arena, const char *text, size_t length, struct ddl_view *ret_view)
{
    struct tokens tokens;
    struct ddl_view view = {0};
    if (!tokens_read(arena, text, length, &tokens) || !tokens_take(&tokens, "CREATE VIEW"))
        return false;
    tokens_take(&tokens, "IF NOT EXISTS");
    if (!tokens_take_qualified(&tokens, &view.name))
        return false;
    if (sql_token_is_operator(tokens_peek(&tokens, 0), '(') && !ddl_take_names(&tokens, &view.columns))
        return false;
    if (!tokens_take(&tokens, "AS") || tokens.at == tokens.count)
        return false;
    view.query = tokens_text(&tokens, tokens.at, tokens.count);
    *ret_view = view;
    return true;
}

static bool take_event(struct tokens *tokens, struct ddl_trigger *trigger)
{
    if (tokens_take(tokens, "DELETE"))
        trigger->event = "delete";
    else if (tokens_take(tokens, "INSERT"))
        trigger->event = "insert";
    else if (tokens_take(tokens, "UPDATE"))
        trigger->event = "update";
    else
        return false;
    if (!tokens_take(tokens, "OF"))
        return true;
    do {
        const char *name;
        if (!tokens_take_name(tokens, &name))
            return false;
        *vector_add(tokens->arena, &trigger->columns) = name;
    } while (tokens_take_operator(tokens, ','));
    return true;
}

static const char *take_timing(struct tokens *tokens)
{
    if (tokens_take(tokens, "INSTEAD OF"))
        return "instead of";
    if (tokens_take(tokens, "AFTER"))
        return "after";
    tokens_take(tokens, "BEFORE");
    return "before";
}

/* BEGIN may also be the name of a column, which no statement comes after. */
static bool at_body(const struct tokens *tokens)
{
    static const char *const words[] = {"SELECT",  "INSERT", "UPDATE", "DELETE",
                                        "REPLACE", "WITH",   "VALUES", NULL};
    if (!sql_token_is(tokens_peek(tokens, 0), "BEGIN"))
        return false;
    for (size_t i = 0; words[i]; ++i)
        if (sql_token_is(tokens_peek(tokens, 1), words[i]))
            return true;
    return false;
}

static bool take_condition(struct tokens *tokens, struct ddl_trigger *trigger)
{
    if (!tokens_take(tokens, "WHEN"))
        return true;
    size_t first = tokens->at;
    while (tokens->at < tokens->count && !at_body(tokens))
        ++tokens->at;
    trigger->when = tokens_text(tokens, first, tokens->at);
    return tokens->at > first;
}

bool ddl_read_trigger(struct arena *arena, const char *text, size_t length, struct ddl_trigger *ret_trigger)
{
    struct tokens tokens;
    struct ddl_trigger trigger = {0};
    if (!tokens_read(arena, text, length, &tokens) || !tokens_take(&tokens, "CREATE TRIGGER"))
        return false;
    tokens_take(&tokens, "IF NOT EXISTS");
    if (!tokens_take_qualified(&tokens, &trigger.name))
        return false;
    trigger.timing = take_timing(&tokens);
    if (!take_event(&tokens, &trigger) || !tokens_take(&tokens, "ON") ||
        !tokens_take_qualified(&tokens, &trigger.table))
        return false;
    tokens_take(&tokens, "FOR EACH ROW");
    if (!take_condition(&tokens, &trigger) || !at_body(&tokens))
        return false;
    trigger.body = tokens_text(&tokens, tokens.at, tokens.count);
    *ret_trigger = trigger;
    return true;
}

/* Arguments are not SQL: the module gets their texts, which may hold any tokens. */
static bool take_arguments(struct tokens *tokens, ddl_texts *arguments)
{
    size_t first, end, depth = 0;
    if (!tokens_take_group(tokens, &first, &end))
        return false;
    for (size_t place = first; place < end; ++place) {
        const struct sql_token *token = &tokens->items[place];
        depth += sql_token_is_operator(token, '(');
        depth -= sql_token_is_operator(token, ')');
        if (depth > 0 || !sql_token_is_operator(token, ','))
            continue;
        *vector_add(tokens->arena, arguments) = tokens_text(tokens, first, place);
        first = place + 1;
    }
    if (first < end || arguments->count > 0)
        *vector_add(tokens->arena, arguments) = tokens_text(tokens, first, end);
    return true;
}

bool ddl_read_virtual_table(struct arena *arena, const char *text, size_t length,
                            struct ddl_virtual_table *ret_table)
{
    struct tokens tokens;
    struct ddl_virtual_table table = {0};
    if (!tokens_read(arena, text, length, &tokens) || !tokens_take(&tokens, "CREATE VIRTUAL TABLE"))
        return false;
    tokens_take(&tokens, "IF NOT EXISTS");
    if (!tokens_take_qualified(&tokens, &table.name) || !tokens_take(&tokens, "USING") ||
        !tokens_take_name(&tokens, &table.module))
        return false;
    if (tokens.at < tokens.count && !take_arguments(&tokens, &table.arguments))
        return false;
    if (tokens.at != tokens.count)
        return false;
    *ret_table = table;
    return true;
}
