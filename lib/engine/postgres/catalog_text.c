#include "engine/postgres/catalog_text.h"

#include "base/str.h"
#include "sql/lexer.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static const char array_word[] = "ARRAY[";

/* (ARRAY[...])::type[], or without the parentheses where the server leaves out those that are not needed. */
struct cast_array {
    bool bare;
    const char *open, *close; /* its brackets */
    const char *type;
    size_t type_length;
    const char *end; /* behind it all */
};

static bool begins_with(const char *text, const char *end, const char *beginning)
{
    size_t length = strlen(beginning);
    return (size_t)(end - text) >= length && strncmp(text, beginning, length) == 0;
}

static int depth_change(const struct sql_token *token)
{
    if (token->kind != SQL_TOKEN_OPERATOR)
        return 0;
    return strchr("([", *token->text) ? 1 : strchr(")]", *token->text) ? -1 : 0;
}

/* The bracket that closes the one at `open`; NULL: there is none. */
static const char *closing(const char *open, const char *end)
{
    struct sql_lexer lexer;
    int depth = 0;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, open, (size_t)(end - open));
    for (struct sql_token token; (token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END;)
        if ((depth += depth_change(&token)) == 0)
            return token.text;
    return NULL;
}

/* The length of the type whose brackets follow: "numeric(5,2)" of "numeric(5,2)[]"; 0: none is there. */
static size_t type_length(const char *text, const char *end)
{
    bool quoted = false;
    int depth = 0;
    for (const char *at = text; at + 1 < end; ++at) {
        quoted = quoted != (*at == '"');
        if (quoted || *at == '"')
            continue;
        if (*at == '[')
            return at[1] == ']' && depth == 0 ? (size_t)(at - text) : 0;
        depth += (*at == '(') - (*at == ')');
        if (depth < 0 ||
            (!isalnum((unsigned char)*at) && !strchr("_ .,()", *at) && (unsigned char)*at < 0x80))
            return 0;
    }
    return 0;
}

static bool is_cast_array(const char *text, const char *end, struct cast_array *ret_array)
{
    bool bare = *text != '(';
    const char *behind = bare ? "]::" : "])::", *word = text + !bare;
    if (!begins_with(word, end, array_word))
        return false;
    struct cast_array array = {.bare = bare, .open = word + strlen(array_word) - 1};
    array.close = closing(array.open, end);
    if (!array.close || !begins_with(array.close, end, behind) || array.close == array.open + 1)
        return false;
    array.type = array.close + strlen(behind);
    array.type_length = type_length(array.type, end);
    array.end = array.type + array.type_length + strlen("[]");
    *ret_array = array;
    return array.type_length > 0;
}

static void append_stable(struct str *to, const char *text, const char *end);

static void append_items(struct str *to, const struct cast_array *array);

static bool has_operator(const char *text, const char *end)
{
    struct sql_lexer lexer;
    int depth = 0;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, text, (size_t)(end - text));
    for (struct sql_token token; (token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END;) {
        depth += depth_change(&token);
        if (depth == 0 && token.kind == SQL_TOKEN_OPERATOR && !strchr(")].:", *token.text))
            return true;
    }
    return false;
}

/* A list in the list is cast item by item. */
static void append_item(struct str *to, const struct cast_array *array, const char *item, const char *end)
{
    while (item < end && *item == ' ')
        ++item;
    struct cast_array inner = *array;
    inner.open = item + strlen(array_word) - 1;
    inner.close = begins_with(item, end, array_word) ? closing(inner.open, end) : NULL;
    if (inner.close && inner.close + 1 == end) {
        append_items(to, &inner);
        return;
    }
    bool alone = array->bare && !has_operator(item, end);
    str_append(to, alone ? "" : "(");
    append_stable(to, item, end);
    str_append(to, alone ? "::" : ")::");
    str_append_n(to, array->type, array->type_length);
}

static void append_items(struct str *to, const struct cast_array *array)
{
    struct sql_lexer lexer;
    const char *item = array->open + 1;
    int depth = 0;
    str_append(to, array_word);
    sql_lexer_init(&lexer, SQL_POSTGRESQL, item, (size_t)(array->close - item));
    for (struct sql_token token; (token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END;) {
        depth += depth_change(&token);
        if (depth == 0 && sql_token_is_operator(&token, ',')) {
            append_item(to, array, item, token.text);
            str_append(to, ", ");
            item = token.text + 1;
        }
    }
    append_item(to, array, item, array->close);
    str_append_char(to, ']');
}

static void append_stable(struct str *to, const char *text, const char *end)
{
    struct sql_lexer lexer;
    struct cast_array array;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, text, (size_t)(end - text));
    for (struct sql_token token; (token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END;)
        if ((sql_token_is_operator(&token, '(') || sql_token_is(&token, "ARRAY")) &&
            is_cast_array(token.text, end, &array)) {
            append_items(to, &array);
            sql_lexer_init(&lexer, SQL_POSTGRESQL, array.end, (size_t)(end - array.end));
        } else {
            str_append_n(to, token.text, token.length);
        }
}

const char *catalog_stable_text(struct arena *arena, const char *text)
{
    if (!text || !strstr(text, array_word))
        return text;
    struct str stable = STR_INIT;
    append_stable(&stable, text, text + strlen(text));
    const char *copy = arena_strdup(arena, str_text(&stable));
    str_free(&stable);
    return copy;
}
