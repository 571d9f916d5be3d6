#include "engine/own_table.h"

#include "base/str.h"
#include "sql/quote.h"

#include <string.h>

static const char suffix[] = "_history";

/* The quote that closes the name, if it is quoted: what is added goes before it. */
static size_t closing_length(const char *name, size_t length)
{
    return length > 0 && strchr("\"`]", name[length - 1]) ? 1 : 0;
}

const char *own_table_of_seeds(struct arena *arena, const char *history)
{
    if (!history)
        history = "dunlin_history";
    size_t length = strlen(history), closing = closing_length(history, length), own = sizeof suffix - 1;
    size_t stem = length - closing;
    if (stem > own && memcmp(history + stem - own, suffix, own) == 0)
        stem -= own;
    return arena_printf(arena, "%.*s_seeds%s", (int)stem, history, history + length - closing);
}

static bool is_name(enum sql_dialect dialect, const char *configured, const char *schema, const char *name)
{
    struct str wanted = STR_INIT, here = STR_INIT;
    bool same = false;
    if (sql_quote_qualified(&wanted, dialect, configured)) {
        sql_quote_identifier(&here, dialect, name);
        same = strcmp(str_text(&wanted), str_text(&here)) == 0;
        str_clear(&here);
        if (!same && schema) {
            sql_quote_identifier(&here, dialect, schema);
            str_append_char(&here, '.');
            sql_quote_identifier(&here, dialect, name);
            same = strcmp(str_text(&wanted), str_text(&here)) == 0;
        }
    }
    str_free(&wanted);
    str_free(&here);
    return same;
}

bool own_table_is(enum sql_dialect dialect, const char *history, const char *schema, const char *name)
{
    if (!history || !name)
        return false;
    struct arena *arena = arena_new();
    bool own = is_name(dialect, history, schema, name) ||
               is_name(dialect, own_table_of_seeds(arena, history), schema, name);
    arena_free(arena);
    return own;
}
