#include "engine/postgres/catalog_query.h"

#include "base/str.h"
#include "sql/lexer.h"
#include "sql/quote.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char placeholder[] = ":schemas";

static const char *condition(struct arena *arena, const char *const *schemas)
{
    if (!schemas)
        return "(n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')";
    struct str text = STR_INIT;
    str_append(&text, "(n.nspname = ANY (ARRAY[");
    for (size_t i = 0; schemas[i]; ++i) {
        if (i)
            str_append(&text, ", ");
        sql_quote_literal(&text, SQL_POSTGRESQL, schemas[i], strlen(schemas[i]));
    }
    str_append(&text, "]::name[]))");
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* The number behind a word in the comment that ends the line; `otherwise` where there is no such word. */
static int guard(const char *comment, const char *word, int otherwise)
{
    const char *found = strstr(comment, word);
    return found ? (int)strtol(found + strlen(word), NULL, 10) * 10000 : otherwise;
}

/* `line` is cut before its guard. */
static bool is_for(char *line, int version)
{
    char *comment = strstr(line, " -- ");
    if (!comment)
        return true;
    *comment++ = '\0';
    return version >= guard(comment, "from ", 0) && version < guard(comment, "before ", 1000000000);
}

static void append_line(struct str *to, const char *line, const char *schemas)
{
    for (const char *found; (found = strstr(line, placeholder)); line = found + strlen(placeholder)) {
        str_append_n(to, line, (size_t)(found - line));
        str_append(to, schemas);
    }
    str_append(to, line);
    str_append_char(to, '\n');
}

static bool is_operator(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_OPERATOR && strchr("=<>!~|&+-", *token->text);
}

/* Operators of the search_path could be the user's own, made for types that the server's would have to
 * convert. */
static void qualify_operators(struct str *to, const struct str *query)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, str_text(query), query->length);
    struct sql_token token = sql_lexer_next(&lexer);
    while (token.kind != SQL_TOKEN_END) {
        bool is_open = is_operator(&token);
        if (is_open)
            str_append(to, "OPERATOR(pg_catalog.");
        do {
            str_append_n(to, token.text, token.length);
            token = sql_lexer_next(&lexer);
        } while (is_open && is_operator(&token));
        if (is_open)
            str_append_char(to, ')');
    }
}

const char *catalog_query(struct arena *arena, const char *file, int version, const char *const *schemas)
{
    const char *kept = condition(arena, schemas);
    struct str text = STR_INIT;
    while (*file) {
        size_t length = strcspn(file, "\n");
        char *line = arena_strndup(arena, file, length);
        if (is_for(line, version))
            append_line(&text, line, kept);
        file += length + (file[length] == '\n');
    }
    struct str query = STR_INIT;
    qualify_operators(&query, &text);
    const char *copy = arena_strdup(arena, str_text(&query));
    str_free(&query);
    str_free(&text);
    return copy;
}

const char *catalog_search_path(struct arena *arena, const char *const *schemas)
{
    if (!schemas || !schemas[0] || schemas[1])
        return "SET LOCAL search_path = ''";
    struct str text = STR_INIT;
    str_append(&text, "SET LOCAL search_path = ");
    sql_quote_identifier(&text, SQL_POSTGRESQL, schemas[0]);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

const char *catalog_replaced(struct arena *arena, const char *text, const char *word, const char *by)
{
    struct str built = STR_INIT;
    for (const char *found; (found = strstr(text, word)); text = found + strlen(word)) {
        str_append_n(&built, text, (size_t)(found - text));
        str_append(&built, by);
    }
    str_append(&built, text);
    const char *copy = arena_strdup(arena, str_text(&built));
    str_free(&built);
    return copy;
}
