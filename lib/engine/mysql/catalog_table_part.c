/* What the readers of columns, keys and options of a table have in common. */
#include "engine/mysql/catalog_table.h"

struct schema_object *mysql_engine_catalog_add_part(struct catalog_table_text *from, enum schema_kind kind,
                                                    const char *name)
{
    struct schema_object *part = catalog_add(from->catalog, kind, NULL, from->table, name);
    return part ? part : catalog_find(from->catalog, kind, NULL, from->table, name);
}

bool mysql_engine_catalog_at_part_end(const struct catalog_text *text)
{
    return catalog_text_at_end(text) || catalog_text_at_operator(text, ',') ||
           catalog_text_at_operator(text, ')');
}

static bool is_word_or_name(const struct catalog_text *text)
{
    return text->token.kind == SQL_TOKEN_WORD || text->token.kind == SQL_TOKEN_QUOTED;
}

const char *mysql_engine_catalog_take_option(struct catalog_text *text)
{
    static const char *const two_words[] = {"DATA",       "INDEX", "COLUMN_FORMAT", "SRID",
                                            "TABLESPACE", "START", "WITH"};
    const char *start = text->token.text;
    bool with_second = false, is_parser = catalog_text_at(text, "WITH");
    for (size_t i = 0; i < sizeof two_words / sizeof *two_words; ++i)
        with_second = with_second || catalog_text_at(text, two_words[i]);
    catalog_text_take(text);
    if (with_second && !catalog_text_at_operator(text, '=') && !mysql_engine_catalog_at_part_end(text))
        catalog_text_take(text);
    if (is_parser && is_word_or_name(text))
        catalog_text_take(text);
    if (catalog_text_accept_operator(text, '='))
        catalog_text_pass(text);
    return catalog_text_since(text, start);
}
