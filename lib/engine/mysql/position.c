#include "engine/mysql/position.h"

#include "sql/lexer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The excerpt of "... near 'EXCERPT' at line N", which may hold quotes itself. */
struct excerpt {
    const char *text;
    size_t length;
    unsigned long line;
};

static bool find_excerpt(const char *message, struct excerpt *ret)
{
    static const char before[] = "near '", after[] = "' at line ";
    const char *start = strstr(message, before);
    if (!start)
        return false;
    start += strlen(before);
    const char *end = NULL;
    for (const char *next = strstr(start - 1, after); next; next = strstr(next + 1, after))
        end = next;
    if (!end || end < start)
        return false;
    char *rest;
    ret->line = strtoul(end + strlen(after), &rest, 10);
    ret->text = start;
    ret->length = (size_t)(end - start);
    if (ret->length > 3 && memcmp(end - 3, "...", 3) == 0) /* MariaDB marks what it cut after 80 characters */
        ret->length -= 3;
    return *rest == '\0' && ret->line > 0;
}

static size_t start_of_line(const char *text, size_t length, unsigned long line)
{
    size_t start = 0;
    while (line > 1) {
        const char *end = memchr(text + start, '\n', length - start);
        if (!end)
            return length;
        start = (size_t)(end - text) + 1;
        --line;
    }
    return start;
}

/* The first place from `from` up to (not including) `until` where the excerpt stands; -1: none. */
static ptrdiff_t search(const char *text, size_t text_length, size_t from, size_t until,
                        const struct excerpt *excerpt)
{
    for (size_t i = from; i < until && excerpt->length <= text_length - i; ++i) {
        const char *next = memchr(text + i, excerpt->text[0], until - i);
        if (!next)
            return -1;
        i = (size_t)(next - text);
        if (excerpt->length <= text_length - i && memcmp(next, excerpt->text, excerpt->length) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

static ptrdiff_t position_of_excerpt(const struct excerpt *excerpt, const char *text, size_t text_length,
                                     size_t statement_length)
{
    if (excerpt->length == 0 || excerpt->text[0] == ';')
        return (ptrdiff_t)statement_length; /* more was expected */
    size_t line = start_of_line(text, statement_length, excerpt->line);
    size_t next_line = line + start_of_line(text + line, statement_length - line, 2);
    ptrdiff_t found = search(text, text_length, line, next_line, excerpt);
    return found >= 0 ? found : search(text, text_length, 0, statement_length, excerpt);
}

/* Errors whose message begins by naming something that stands in the statement. */
static bool is_about_a_name(unsigned number)
{
    static const unsigned numbers[] = {
        1050, /* table exists */
        1051, /* unknown table */
        1054, /* unknown column */
        1060, /* duplicate column name */
        1061, /* duplicate key name */
        1067, /* invalid default */
        1072, /* key column does not exist */
        1091, /* cannot drop, does not exist */
        1109, /* unknown table in ... */
        1115, /* unknown character set */
        1146, /* table does not exist */
        1193, /* unknown system variable */
        1273, /* unknown collation */
        1286, /* unknown storage engine */
        1304, /* routine exists */
        1305, /* routine does not exist */
        1347, /* is not of type VIEW */
        1359, /* trigger exists */
        1360, /* trigger does not exist */
        4092, /* unknown VIEW */
        4161, /* unknown data type */
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        if (numbers[i] == number)
            return true;
    return false;
}

/* The first name in quotes, of "database.table" the last part. Some messages name a routine without quotes.
 */
static bool find_name(unsigned number, const char *message, const char **ret_name, size_t *ret_length)
{
    enum { ROUTINE_DOES_NOT_EXIST = 1305 };
    const char *start = number == ROUTINE_DOES_NOT_EXIST ? strchr(message, ' ') : strpbrk(message, "'`");
    if (!start)
        return false;
    const char *end = strchr(start + 1, *start);
    if (!end)
        return false;
    for (const char *c = end - 1; c > start; --c)
        if (*c == '.') {
            start = c;
            break;
        }
    *ret_name = start + 1;
    *ret_length = (size_t)(end - start) - 1;
    return *ret_length > 0;
}

static bool is_named(const struct sql_token *token, const char *name, size_t length)
{
    if (token->kind == SQL_TOKEN_QUOTED)
        return token->length == length + 2 && memcmp(token->text + 1, name, length) == 0;
    return token->kind == SQL_TOKEN_WORD && token->length == length &&
           strncasecmp(token->text, name, length) == 0;
}

/* Where the name stands, if it does so only once: which of several is meant cannot be told. */
static ptrdiff_t position_of_name(const char *name, size_t length, const char *text, size_t text_length)
{
    struct sql_lexer lexer;
    ptrdiff_t found = -1;
    sql_lexer_init(&lexer, SQL_MYSQL, text, text_length);
    for (struct sql_token token = sql_lexer_next(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next(&lexer)) {
        if (!is_named(&token, name, length))
            continue;
        if (found >= 0)
            return -1;
        found = token.text - text;
    }
    return found;
}

ptrdiff_t mysql_engine_position_in_statement(unsigned number, const char *message, const char *text,
                                             size_t text_length, size_t statement_length)
{
    struct excerpt excerpt;
    const char *name;
    size_t length;
    if (!text)
        return -1;
    if (find_excerpt(message, &excerpt))
        return position_of_excerpt(&excerpt, text, text_length, statement_length);
    if (is_about_a_name(number) && find_name(number, message, &name, &length))
        return position_of_name(name, length, text, statement_length);
    return -1;
}
