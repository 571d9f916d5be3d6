#include "sql/script.h"

#include "sql/lexer.h"

#include <stdbool.h>

static bool has_semicolon(enum sql_dialect dialect, const char *text, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, text, length);
    for (;;) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (token.kind == SQL_TOKEN_SEMICOLON)
            return true;
        if (token.kind == SQL_TOKEN_END)
            return false;
    }
}

void sql_append_statement(struct str *to, enum sql_dialect dialect, const char *text, size_t length)
{
    bool delimiter = dialect == SQL_MYSQL && has_semicolon(dialect, text, length);
    if (delimiter)
        str_append(to, "DELIMITER //\n");
    str_append_n(to, text, length);
    str_append(to, delimiter ? " //\nDELIMITER ;\n" : ";\n");
}
