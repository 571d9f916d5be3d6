/* What views, routines, triggers and events have in common: who they run as, and under which sql_mode. */
#include "base/str.h"
#include "engine/mysql/catalog_reading.h"
#include "sql/quote.h"

#include <string.h>

const char *mysql_engine_catalog_take_definer(struct catalog_text *text)
{
    if (!catalog_text_accept(text, "DEFINER"))
        return NULL;
    catalog_text_accept_operator(text, '=');
    const char *start = text->token.text;
    do
        catalog_text_take(text);
    while (text->token.kind != SQL_TOKEN_WORD && !catalog_text_at_end(text));
    return catalog_text_since(text, start);
}

/* The host has no @ in it; the name may. A role has no host. */
const char *mysql_engine_catalog_account(struct arena *arena, const char *account)
{
    const char *at = account ? strrchr(account, '@') : NULL;
    if (!at)
        return account;
    struct str text = STR_INIT;
    sql_quote_identifier(&text, SQL_MYSQL, arena_strndup(arena, account, (size_t)(at - account)));
    if (at[1]) {
        str_append_char(&text, '@');
        sql_quote_identifier(&text, SQL_MYSQL, at + 1);
    }
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

void mysql_engine_catalog_set_definer(struct catalog_reading *reading, struct schema_object *object,
                                      const char *definer)
{
    const struct catalog_options *options = reading->options;
    bool others = options->access && definer && strcmp(definer, reading->account) != 0;
    if (options->definers || (others && reading->may_name_definers))
        catalog_set(reading->catalog, object, ATTRIBUTE_DEFINER, definer);
    else if (others)
        reading->leaves_definers = true;
}

/* Is the mode one of the list, which is separated by commas? */
static bool has_mode(const char *modes, const char *mode)
{
    size_t length = strlen(mode);
    for (const char *at = modes; (at = strstr(at, mode)); at += length)
        if ((at == modes || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

const char *mysql_engine_catalog_mode_option(struct arena *arena, const char *sql_mode)
{
    static const char *const modes[] = {"PIPES_AS_CONCAT",     "ANSI_QUOTES",
                                        "IGNORE_SPACE",        "NO_BACKSLASH_ESCAPES",
                                        "HIGH_NOT_PRECEDENCE", "NO_UNSIGNED_SUBTRACTION",
                                        "EMPTY_STRING_IS_NULL"};
    if (!sql_mode || has_mode(sql_mode, "ORACLE"))
        return sql_mode ? "sql_mode=ORACLE" : NULL;
    struct str option = STR_INIT;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; ++i)
        if (has_mode(sql_mode, modes[i]))
            str_printf(&option, "%s%s", option.length ? "," : "sql_mode=", modes[i]);
    const char *copy = option.length ? arena_strdup(arena, str_text(&option)) : NULL;
    str_free(&option);
    return copy;
}

const char *mysql_engine_catalog_body(struct arena *arena, const char *text, size_t length)
{
    while (length && strchr(" \t\r\n;", text[length - 1]))
        --length;
    return arena_strndup(arena, text, length);
}

void mysql_engine_catalog_set_texts(struct catalog *catalog, struct schema_object *object,
                                    enum schema_attribute attribute, const struct catalog_texts *texts)
{
    if (texts->count)
        catalog_set_list(catalog, object, attribute, texts->count, texts->items);
}
