#include "sql/mysql_keywords.h"

#include "sql/words.h"

/* Sorted. */
static const struct {
    const char *word;
    enum mysql_keyword keyword;
} words[] = {
    {"AGGREGATE", WORD_AGGREGATE},
    {"ALTER", WORD_ALTER},
    {"ANALYZE", WORD_VERB},
    {"AND", WORD_OPERATOR},
    {"AS", WORD_AS},
    {"ATOMIC", WORD_ATOMIC},
    {"BEGIN", WORD_BEGIN},
    {"BETWEEN", WORD_OPERATOR},
    {"BY", WORD_OPERATOR},
    {"CALL", WORD_VERB},
    {"CASE", WORD_CASE},
    {"CHAR", WORD_CHARACTER},
    {"CHARACTER", WORD_CHARACTER},
    {"COMMIT", WORD_VERB},
    {"CREATE", WORD_CREATE},
    {"CURRENT_ROLE", WORD_CURRENT},
    {"CURRENT_USER", WORD_CURRENT},
    {"DECLARE", WORD_DECLARE},
    {"DEFINER", WORD_DEFINER},
    {"DELETE", WORD_VERB},
    {"DIV", WORD_OPERATOR},
    {"DO", WORD_DO},
    {"DROP", WORD_VERB},
    {"EACH", WORD_EACH},
    {"ELSE", WORD_ELSE},
    {"END", WORD_END},
    {"EVENT", WORD_EVENT},
    {"EXECUTE", WORD_VERB},
    {"EXISTS", WORD_EXISTS},
    {"FOLLOWS", WORD_FOLLOWS},
    {"FOR", WORD_FOR},
    {"FUNCTION", WORD_FUNCTION},
    {"GET", WORD_VERB},
    {"GRANT", WORD_VERB},
    {"HANDLER", WORD_HANDLER},
    {"IF", WORD_IF},
    {"IN", WORD_OPERATOR},
    {"INSERT", WORD_VERB},
    {"IS", WORD_IS},
    {"LIKE", WORD_OPERATOR},
    {"LOOP", WORD_LOOP},
    {"MOD", WORD_OPERATOR},
    {"NOT", WORD_NOT},
    {"OR", WORD_OR},
    {"PACKAGE", WORD_PACKAGE},
    {"PRECEDES", WORD_FOLLOWS},
    {"PREPARE", WORD_VERB},
    {"PROCEDURE", WORD_PROCEDURE},
    {"REGEXP", WORD_OPERATOR},
    {"REPEAT", WORD_REPEAT},
    {"REPLACE", WORD_REPLACE},
    {"RESIGNAL", WORD_VERB},
    {"RETURN", WORD_RETURN},
    {"RETURNS", WORD_RETURNS},
    {"REVOKE", WORD_VERB},
    {"RLIKE", WORD_OPERATOR},
    {"ROLLBACK", WORD_VERB},
    {"ROW", WORD_ROW},
    {"SELECT", WORD_VERB},
    {"SET", WORD_SET},
    {"SHOW", WORD_VERB},
    {"SIGNAL", WORD_VERB},
    {"SQLSTATE", WORD_SQLSTATE},
    {"START", WORD_VERB},
    {"THEN", WORD_THEN},
    {"TRIGGER", WORD_TRIGGER},
    {"TRUNCATE", WORD_VERB},
    {"UNTIL", WORD_UNTIL},
    {"UPDATE", WORD_VERB},
    {"VALUE", WORD_VALUE},
    {"VALUES", WORD_VERB},
    {"WHEN", WORD_WHEN},
    {"WHILE", WORD_WHILE},
    {"WITH", WORD_VERB},
    {"WORK", WORD_WORK},
    {"XOR", WORD_OPERATOR},
};

enum mysql_keyword mysql_keyword_of(const struct sql_token *token)
{
    size_t low = 0, high = sizeof words / sizeof *words;
    if (token->kind != SQL_TOKEN_WORD)
        return WORD_NONE;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = word_compare(token->text, token->length, words[middle].word);
        if (order == 0)
            return words[middle].keyword;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return WORD_NONE;
}
