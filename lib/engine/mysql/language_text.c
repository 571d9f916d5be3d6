#include "engine/mysql/language.h"
#include "sql/quote.h"

#include <string.h>

void mysql_engine_append_name(struct str *to, const char *name)
{
    sql_quote_identifier(to, SQL_MYSQL, name);
}

void mysql_engine_append_names(struct str *to, const struct schema_value *names)
{
    str_append_char(to, '(');
    for (size_t i = 0; names && i < names->count; ++i) {
        if (i)
            str_append(to, ", ");
        mysql_engine_append_name(to, names->texts[i]);
    }
    str_append_char(to, ')');
}

void mysql_engine_append_string(struct str *to, const char *text)
{
    sql_quote_plain_literal(to, SQL_MYSQL, text);
}

const char *mysql_engine_take(struct arena *arena, struct str *text)
{
    const char *copy = arena_strndup(arena, str_text(text), text->length);
    str_free(text);
    return copy;
}

const char *mysql_engine_name(struct arena *arena, const char *name)
{
    struct str quoted = STR_INIT;
    mysql_engine_append_name(&quoted, name);
    return mysql_engine_take(arena, &quoted);
}

bool mysql_engine_is_mariadb(const struct plan_rendering *rendering)
{
    return strncmp(catalog_server(rendering->diff->to), "MariaDB", strlen("MariaDB")) == 0;
}

const char *mysql_engine_option(const struct schema_object *object, const char *name)
{
    const struct schema_value *options = catalog_value(object, ATTRIBUTE_OPTIONS);
    size_t length = strlen(name);
    for (size_t i = 0; options && i < options->count; ++i)
        if (strncmp(options->texts[i], name, length) == 0 && options->texts[i][length] == '=')
            return options->texts[i] + length + 1;
    return NULL;
}
