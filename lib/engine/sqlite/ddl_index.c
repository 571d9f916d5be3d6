/* CREATE INDEX, and the columns of keys, which are written in the same way. */
#include "engine/sqlite/ddl_parts.h"

/* The tokens of one column of an index. */
struct slice {
    size_t first, end;
};

static const struct sql_token *last_token(const struct tokens *tokens, const struct slice *slice)
{
    return &tokens->items[slice->end - 1];
}

/* Where the parenthesis that opens at `first` closes; `end` when it does not before. */
static size_t closing(const struct tokens *tokens, size_t first, size_t end)
{
    size_t depth = 0;
    for (size_t place = first; place < end; ++place) {
        depth += sql_token_is_operator(&tokens->items[place], '(');
        depth -= sql_token_is_operator(&tokens->items[place], ')');
        if (depth == 0)
            return place;
    }
    return end;
}

static bool is_enclosed(const struct tokens *tokens, const struct slice *slice)
{
    return slice->end - slice->first > 2 && sql_token_is_operator(&tokens->items[slice->first], '(') &&
           closing(tokens, slice->first, slice->end) == slice->end - 1;
}

/* One token, or parentheses, perhaps of a function: what a COLLATE behind it belongs to as a whole. */
static bool is_primary(const struct tokens *tokens, const struct slice *slice)
{
    size_t count = slice->end - slice->first;
    struct slice arguments = {slice->first + 1, slice->end};
    if (count == 1 || is_enclosed(tokens, slice))
        return true;
    return count > 2 && token_is_name(&tokens->items[slice->first]) &&
           sql_token_is_operator(&tokens->items[arguments.first], '(') &&
           closing(tokens, arguments.first, arguments.end) == arguments.end - 1;
}

static bool remove_collation(struct tokens *tokens, struct slice *slice, struct ddl_key_column *column)
{
    struct slice rest = {slice->first, slice->end - 2};
    if (slice->end - slice->first < 3 || !token_is_name(last_token(tokens, slice)) ||
        !sql_token_is(&tokens->items[rest.end], "COLLATE") || !is_primary(tokens, &rest))
        return false;
    if (!column->collation) /* the outermost counts */
        column->collation =
            ddl_collation(tokens->arena, token_name(tokens->arena, last_token(tokens, slice)));
    *slice = rest;
    return true;
}

static bool remove_parentheses(struct tokens *tokens, struct slice *slice)
{
    if (!is_enclosed(tokens, slice))
        return false;
    ++slice->first;
    --slice->end;
    return true;
}

static bool read_key_column(struct tokens *tokens, struct slice slice, struct ddl_key_column *column)
{
    if (slice.first == slice.end)
        return false;
    column->descending = sql_token_is(last_token(tokens, &slice), "DESC");
    if (slice.end - slice.first > 1 &&
        (column->descending || sql_token_is(last_token(tokens, &slice), "ASC")))
        --slice.end;
    while (remove_parentheses(tokens, &slice) || remove_collation(tokens, &slice, column))
        continue;
    column->text = tokens_text(tokens, slice.first, slice.end);
    if (slice.end - slice.first == 1 && token_is_name(last_token(tokens, &slice)))
        column->name = token_name(tokens->arena, last_token(tokens, &slice));
    return true;
}

/* The place of the next comma outside of parentheses, or `end`. */
static size_t next_comma(const struct tokens *tokens, size_t first, size_t end)
{
    size_t depth = 0;
    for (; first < end; ++first) {
        depth += sql_token_is_operator(&tokens->items[first], '(');
        depth -= sql_token_is_operator(&tokens->items[first], ')');
        if (depth == 0 && sql_token_is_operator(&tokens->items[first], ','))
            break;
    }
    return first;
}

bool ddl_take_key_columns(struct tokens *tokens, ddl_key_columns *columns, bool *auto_increment)
{
    size_t first, end;
    if (!tokens_take_group(tokens, &first, &end))
        return false;
    if (auto_increment && end > first && sql_token_is(&tokens->items[end - 1], "AUTOINCREMENT")) {
        *auto_increment = true;
        --end;
    }
    for (;;) {
        size_t comma = next_comma(tokens, first, end);
        if (!read_key_column(tokens, (struct slice){first, comma}, vector_add(tokens->arena, columns)))
            return false;
        if (comma == end)
            return true;
        first = comma + 1;
    }
}

bool ddl_read_index(struct arena *arena, const char *text, size_t length, struct ddl_index *ret_index)
{
    struct tokens tokens;
    struct ddl_index index = {0};
    if (!tokens_read(arena, text, length, &tokens) || !tokens_take(&tokens, "CREATE"))
        return false;
    index.unique = tokens_take(&tokens, "UNIQUE");
    if (!tokens_take(&tokens, "INDEX"))
        return false;
    tokens_take(&tokens, "IF NOT EXISTS");
    if (!tokens_take_qualified(&tokens, &index.name) || !tokens_take(&tokens, "ON") ||
        !tokens_take_name(&tokens, &index.table) || !ddl_take_key_columns(&tokens, &index.columns, NULL))
        return false;
    if (tokens_take(&tokens, "WHERE")) {
        index.where = tokens_text(&tokens, tokens.at, tokens.count);
        tokens.at = tokens.count;
    }
    if (tokens.at != tokens.count)
        return false;
    *ret_index = index;
    return true;
}
