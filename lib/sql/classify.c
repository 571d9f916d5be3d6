#include "sql/classify.h"

#include "sql/classify_rules.h"
#include "sql/words.h"

static const struct sql_rules *const all_rules[] = {
    [SQL_POSTGRESQL] = &sql_postgres_statements,
    [SQL_MYSQL] = &sql_mysql_statements,
    [SQL_SQLITE] = &sql_sqlite_statements,
};

/* What no row says: on MySQL anything may commit implicitly and may be a compound statement. */
static const struct sql_rule unknown[] = {
    [SQL_POSTGRESQL] = {"", SQL_JOINS, 0},
    [SQL_MYSQL] = {"", SQL_ALONE, SQL_RULE_MANY},
    [SQL_SQLITE] = {"", SQL_JOINS, 0},
};

/* The first row for a first word; `count` when there is none. */
static size_t first_row(const struct sql_rules *rules, const struct sql_token *word)
{
    size_t low = 0, high = rules->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (word_compare(word->text, word->length, rules->rows[middle].pattern) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The lexer moves behind the pattern of the row. */
static const struct sql_rule *match(const struct sql_rules *rules, struct sql_lexer *lexer)
{
    struct sql_lexer ahead = *lexer;
    struct sql_token word = sql_next_content(&ahead);
    while (sql_token_is_operator(&word, '(')) { /* (SELECT ...) UNION ... */
        *lexer = ahead;
        word = sql_next_content(&ahead);
    }
    if (word.kind != SQL_TOKEN_WORD)
        return NULL;
    size_t row = first_row(rules, &word);
    for (; row < rules->count && word_compare(word.text, word.length, rules->rows[row].pattern) == 0; ++row)
        if (sql_pattern_matches(rules->rows[row].pattern, lexer))
            return &rules->rows[row];
    return NULL;
}

const struct sql_rule *sql_rule_for(enum sql_dialect dialect, const char *text, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, text, length);
    const struct sql_rule *rule;
    do
        rule = match(all_rules[dialect], &lexer);
    while (rule && (rule->flags & SQL_RULE_INNER));
    return rule;
}

void sql_classify(enum sql_dialect dialect, struct sql_statement *statement)
{
    const struct sql_rule *rule = sql_rule_for(dialect, statement->text, statement->length);
    if (!rule)
        rule = &unknown[dialect];
    statement->effect = rule->effect;
    statement->session = (rule->flags & SQL_RULE_SESSION) != 0;
    statement->many_results = (rule->flags & SQL_RULE_MANY) != 0;
}
