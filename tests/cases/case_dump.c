#include "case_dump.h"

#include "base/map.h"
#include "base/vector.h"
#include "engine/postgres/catalog_text.h"
#include "sql/lexer.h"
#include "sql/splitter.h"
#include "sql/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef VECTOR(const char *) lines;

struct normaliser {
    struct arena *arena;
    enum sql_dialect dialect;
    struct map *made_up; /* names that do not count; the values mean nothing */
};

static struct map *names_of(struct arena *arena, const struct catalog *catalog)
{
    struct map *names = map_new(arena);
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->made_up_name)
            map_add(names, objects[i]->name, names);
    return names;
}

static bool is_plain(const char *name)
{
    if (!islower((unsigned char)*name) && *name != '_')
        return false;
    for (; *name; ++name)
        if (!islower((unsigned char)*name) && !isdigit((unsigned char)*name) && *name != '_')
            return false;
    return true;
}

static char *unquoted(struct arena *arena, const struct sql_token *token)
{
    char *name = arena_strndup(arena, token->text + 1, token->length - 2), quote = token->text[0], *to = name;
    for (const char *from = name; *from; ++from) {
        *to++ = *from;
        if (quote != '[' && from[0] == quote && from[1] == quote)
            ++from;
    }
    *to = 0;
    return name;
}

/* SQLite keeps words as they were written. */
static const char *in_one_case(const struct normaliser *normaliser, char *word)
{
    for (char *at = word; normaliser->dialect == SQL_SQLITE && *at; ++at)
        *at = (char)tolower((unsigned char)*at);
    return word;
}

static const char *token_text(const struct normaliser *normaliser, const struct sql_token *token)
{
    if (token->kind != SQL_TOKEN_QUOTED && token->kind != SQL_TOKEN_WORD)
        return arena_strndup(normaliser->arena, token->text, token->length);
    bool quoted = token->kind == SQL_TOKEN_QUOTED;
    char *name = quoted ? unquoted(normaliser->arena, token)
                        : arena_strndup(normaliser->arena, token->text, token->length);
    if (map_get(normaliser->made_up, name))
        return "*";
    if (quoted && normaliser->dialect == SQL_POSTGRESQL && !is_plain(name))
        return arena_strndup(normaliser->arena, token->text, token->length);
    return in_one_case(normaliser, name);
}

/* MySQL's table option says where counting goes on, which is data. */
static void drop_counters(const struct normaliser *normaliser, lines *tokens)
{
    for (size_t i = 0; normaliser->dialect == SQL_MYSQL && i + 2 < tokens->count; ++i)
        if (strcmp(tokens->items[i], "AUTO_INCREMENT") == 0 && strcmp(tokens->items[i + 1], "=") == 0)
            tokens->items[i] = tokens->items[i + 1] = tokens->items[i + 2] = "";
}

static bool has_pair(const lines *tokens, const char *name, const char *value)
{
    for (size_t i = 0; i + 2 < tokens->count; ++i)
        if (strcmp(tokens->items[i], name) == 0 && strcmp(tokens->items[i + 1], "=") == 0 &&
            strcmp(tokens->items[i + 2], value) == 0)
            return true;
    return false;
}

/* Options of MariaDB that the engine of the table does not heed stay when another engine or row format comes.
 */
static void drop_ignored_options(const struct normaliser *normaliser, lines *tokens)
{
    for (size_t i = 0, depth = 0; normaliser->dialect == SQL_MYSQL && i + 2 < tokens->count; ++i) {
        depth += strcmp(tokens->items[i], "(") == 0;
        depth -= strcmp(tokens->items[i], ")") == 0;
        bool of_key = depth && strcmp(tokens->items[i], "KEY_BLOCK_SIZE") == 0;
        if ((of_key && has_pair(tokens, "ENGINE", "InnoDB")) ||
            (strcmp(tokens->items[i], "PAGE_CHECKSUM") == 0 && !has_pair(tokens, "ENGINE", "Aria")))
            tokens->items[i] = tokens->items[i + 1] = tokens->items[i + 2] = "";
    }
}

/* PostgreSQL, from 18 on: the name of what keeps a column from being null, if the server made it up. */
static void drop_not_null_names(const struct normaliser *normaliser, lines *tokens)
{
    for (size_t i = 0; normaliser->dialect == SQL_POSTGRESQL && i + 3 < tokens->count; ++i) {
        const char *end = strstr(tokens->items[i + 1], "_not_null");
        if (strcmp(tokens->items[i], "CONSTRAINT") == 0 && strcmp(tokens->items[i + 2], "NOT") == 0 && end &&
            strcmp(tokens->items[i + 3], "NULL") == 0 && !end[strspn(end, "_not_null0123456789\"")])
            tokens->items[i] = tokens->items[i + 1] = "";
    }
}

/* PostgreSQL: the sequence of an identity column keeps the name that the server made up when the table had
 * another. */
static void drop_identity_names(const struct normaliser *normaliser, lines *tokens)
{
    for (size_t i = 0; normaliser->dialect == SQL_POSTGRESQL && i + 4 < tokens->count; ++i)
        if (strcmp(tokens->items[i], "SEQUENCE") == 0 && strcmp(tokens->items[i + 1], "NAME") == 0 &&
            strcmp(tokens->items[i + 3], ".") == 0)
            tokens->items[i + 2] = tokens->items[i + 3] = tokens->items[i + 4] = "";
}

/* SQLite: words that may as well be left out. */
static void drop_needless_words(const struct normaliser *normaliser, lines *tokens)
{
    for (size_t i = 0; normaliser->dialect == SQL_SQLITE && i + 1 < tokens->count; ++i)
        if (strcmp(tokens->items[i], "generated") == 0 && strcmp(tokens->items[i + 1], "always") == 0)
            tokens->items[i] = tokens->items[i + 1] = "";
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const char *join(struct arena *arena, const char *const *texts, size_t count, const char *between)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < count; ++i)
        if (*texts[i])
            str_printf(&text, "%s%s", text.length ? between : "", texts[i]);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* Where the parenthesis that opens the columns of a table stands; the count: the statement makes no table. */
static size_t columns_of_table(const lines *tokens)
{
    bool makes = tokens->count && strcasecmp(tokens->items[0], "CREATE") == 0, table = false;
    for (size_t i = 1; makes && i < tokens->count; ++i) {
        if (strcmp(tokens->items[i], "(") == 0)
            return table ? i : tokens->count;
        if (strcasecmp(tokens->items[i], "AS") == 0 || strcasecmp(tokens->items[i], "VIRTUAL") == 0 ||
            strcasecmp(tokens->items[i], "ON") == 0)
            return tokens->count;
        table = table || strcasecmp(tokens->items[i], "TABLE") == 0;
    }
    return tokens->count;
}

static size_t end_of_item(const lines *tokens, size_t at)
{
    for (size_t depth = 0; at < tokens->count; ++at) {
        bool opens = strcmp(tokens->items[at], "(") == 0, closes = strcmp(tokens->items[at], ")") == 0;
        if (depth == 0 && (closes || strcmp(tokens->items[at], ",") == 0))
            break;
        depth += opens;
        depth -= closes;
    }
    return at;
}

static const char *statement_line(struct normaliser *normaliser, const struct sql_statement *statement)
{
    lines tokens = {0}, items = {0};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, normaliser->dialect, statement->text, statement->length);
    for (struct sql_token token; (token = sql_lexer_next_significant(&lexer)).kind != SQL_TOKEN_END;)
        *vector_add(normaliser->arena, &tokens) = token_text(normaliser, &token);
    drop_counters(normaliser, &tokens);
    drop_ignored_options(normaliser, &tokens);
    drop_needless_words(normaliser, &tokens);
    drop_not_null_names(normaliser, &tokens);
    drop_identity_names(normaliser, &tokens);
    size_t opening = columns_of_table(&tokens), at = opening + 1;
    while (at < tokens.count) {
        size_t end = end_of_item(&tokens, at);
        *vector_add(normaliser->arena, &items) = join(normaliser->arena, tokens.items + at, end - at, " ");
        at = end + 1;
        if (end >= tokens.count || strcmp(tokens.items[end], ")") == 0)
            break;
    }
    if (items.count == 0)
        return join(normaliser->arena, tokens.items, tokens.count, " ");
    qsort(items.items, items.count, sizeof *items.items, by_text);
    return arena_printf(
        normaliser->arena, "%s ( %s ) %s", join(normaliser->arena, tokens.items, opening, " "),
        join(normaliser->arena, items.items, items.count, ", "),
        at < tokens.count ? join(normaliser->arena, tokens.items + at, tokens.count - at, " ") : "");
}

/* pg_dump frames what it writes with commands of psql, which have a random word in them. */
static char *without_client_commands(struct arena *arena, const char *dump)
{
    char *text = arena_strdup(arena, dump);
    for (char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (*line == '\\')
            memset(line, ' ', strcspn(line, "\n"));
    return text;
}

/* SHOW CREATE writes the bytes of binary literals as they are. */
static const char *in_utf8(struct arena *arena, const char *dump)
{
    struct str text = STR_INIT;
    size_t length = strlen(dump), valid;
    while ((valid = utf8_check(dump, length)) < length) {
        str_append_n(&text, dump, valid);
        str_printf(&text, "0x%02X", (unsigned char)dump[valid]);
        dump += valid + 1;
        length -= valid + 1;
    }
    str_append(&text, dump);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

bool case_dump_normalise(struct arena *arena, enum sql_dialect dialect, const char *dump,
                         const struct catalog *catalog, const char *database, const char **ret_lines,
                         dun_error *error)
{
    struct normaliser normaliser = {.arena = arena, .dialect = dialect, .made_up = names_of(arena, catalog)};
    struct sql_script *script;
    lines all = {0};
    if (database)
        map_add(normaliser.made_up, database, normaliser.made_up);
    const char *text = dialect == SQL_POSTGRESQL
                           ? catalog_stable_text(arena, without_client_commands(arena, dump))
                           : in_utf8(arena, dump);
    if (!sql_split(arena, dialect, "dump", text, strlen(text), &script, error))
        return false;
    for (size_t i = 0; i < script->count; ++i)
        *vector_add(arena, &all) = statement_line(&normaliser, &script->statements[i]);
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_text);
    *ret_lines = join(arena, all.items, all.count, "\n");
    return true;
}

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static const char *next_line(const char *line)
{
    line += line_length(line);
    return line + (*line == '\n');
}

static int compare_lines(const char *left, const char *right)
{
    size_t left_length = line_length(left), right_length = line_length(right);
    int order = strncmp(left, right, left_length < right_length ? left_length : right_length);
    return order ? order : (left_length > right_length) - (left_length < right_length);
}

bool case_dump_differences(struct str *to, const char *is, const char *should_be)
{
    bool differs = false;
    while (*is || *should_be) {
        int order = !*is ? 1 : !*should_be ? -1 : compare_lines(is, should_be);
        if (order < 0)
            str_printf(to, "      is:        %.*s\n", (int)line_length(is), is);
        if (order > 0)
            str_printf(to, "      should be: %.*s\n", (int)line_length(should_be), should_be);
        is = order <= 0 ? next_line(is) : is;
        should_be = order >= 0 ? next_line(should_be) : should_be;
        differs = differs || order;
    }
    return differs;
}
