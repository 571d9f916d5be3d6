/* sql_created_object of classify.h. */
#include "sql/classify.h"
#include "sql/classify_rules.h"

enum {
    POSTGRESQL = 1 << SQL_POSTGRESQL,
    MYSQL = 1 << SQL_MYSQL,
    SQLITE = 1 << SQL_SQLITE,
    ALL = POSTGRESQL | MYSQL | SQLITE
};

enum naming { NAMED, UNNAMED, NAMED_BY_OPERATOR };

static const struct created_kind {
    const char *pattern, *kind;
    unsigned dialects;
    enum naming naming;
} kinds[] = {
    {"TABLE", "TABLE", ALL, NAMED},
    {"VIEW", "VIEW", ALL, NAMED},
    {"INDEX", "INDEX", ALL, NAMED},
    {"TRIGGER", "TRIGGER", ALL, NAMED},
    {"VIRTUAL TABLE", "VIRTUAL TABLE", SQLITE, NAMED},
    {"FUNCTION", "FUNCTION", POSTGRESQL | MYSQL, NAMED},
    {"PROCEDURE", "PROCEDURE", POSTGRESQL | MYSQL, NAMED},
    {"DATABASE", "DATABASE", POSTGRESQL | MYSQL, NAMED},
    {"SEQUENCE", "SEQUENCE", POSTGRESQL | MYSQL, NAMED},
    {"ROLE", "ROLE", POSTGRESQL | MYSQL, NAMED},
    {"USER MAPPING", "USER MAPPING", POSTGRESQL, UNNAMED},
    {"USER", "USER", POSTGRESQL | MYSQL, NAMED},
    {"TABLESPACE", "TABLESPACE", POSTGRESQL | MYSQL, NAMED},
    {"SERVER", "SERVER", POSTGRESQL | MYSQL, NAMED},
    {"SCHEMA", "DATABASE", MYSQL, NAMED},
    {"UNDO TABLESPACE", "TABLESPACE", MYSQL, NAMED},
    {"EVENT", "EVENT", MYSQL, NAMED},
    {"PACKAGE BODY", "PACKAGE BODY", MYSQL, NAMED},
    {"PACKAGE", "PACKAGE", MYSQL, NAMED},
    {"SCHEMA", "SCHEMA", POSTGRESQL, NAMED},
    {"MATERIALIZED VIEW", "MATERIALIZED VIEW", POSTGRESQL, NAMED},
    {"TYPE", "TYPE", POSTGRESQL, NAMED},
    {"DOMAIN", "DOMAIN", POSTGRESQL, NAMED},
    {"EXTENSION", "EXTENSION", POSTGRESQL, NAMED},
    {"RULE", "RULE", POSTGRESQL, NAMED},
    {"POLICY", "POLICY", POSTGRESQL, NAMED},
    {"EVENT TRIGGER", "EVENT TRIGGER", POSTGRESQL, NAMED},
    {"AGGREGATE", "AGGREGATE", POSTGRESQL, NAMED},
    {"STATISTICS", "STATISTICS", POSTGRESQL, NAMED},
    {"COLLATION", "COLLATION", POSTGRESQL, NAMED},
    {"CONVERSION", "CONVERSION", POSTGRESQL, NAMED},
    {"CAST", "CAST", POSTGRESQL, UNNAMED},
    {"TRANSFORM", "TRANSFORM", POSTGRESQL, UNNAMED},
    {"OPERATOR CLASS", "OPERATOR CLASS", POSTGRESQL, NAMED},
    {"OPERATOR FAMILY", "OPERATOR FAMILY", POSTGRESQL, NAMED},
    {"OPERATOR", "OPERATOR", POSTGRESQL, NAMED_BY_OPERATOR},
    {"TEXT SEARCH CONFIGURATION", "TEXT SEARCH CONFIGURATION", POSTGRESQL, NAMED},
    {"TEXT SEARCH DICTIONARY", "TEXT SEARCH DICTIONARY", POSTGRESQL, NAMED},
    {"TEXT SEARCH PARSER", "TEXT SEARCH PARSER", POSTGRESQL, NAMED},
    {"TEXT SEARCH TEMPLATE", "TEXT SEARCH TEMPLATE", POSTGRESQL, NAMED},
    {"FOREIGN TABLE", "FOREIGN TABLE", POSTGRESQL, NAMED},
    {"FOREIGN DATA WRAPPER", "FOREIGN DATA WRAPPER", POSTGRESQL, NAMED},
    {"PUBLICATION", "PUBLICATION", POSTGRESQL, NAMED},
    {"SUBSCRIPTION", "SUBSCRIPTION", POSTGRESQL, NAMED},
    {"ACCESS METHOD", "ACCESS METHOD", POSTGRESQL, NAMED},
    {"LANGUAGE", "LANGUAGE", POSTGRESQL, NAMED},
    {"GROUP", "ROLE", POSTGRESQL, NAMED},
};

/* Words between CREATE and the kind, with what belongs to them. */
static const struct {
    const char *pattern;
    unsigned dialects;
    bool temporary;
} modifiers[] = {
    {"OR REPLACE", ALL, false},
    {"TEMPORARY", ALL, true},
    {"TEMP", POSTGRESQL | SQLITE, true},
    {"UNIQUE", ALL, false},
    {"GLOBAL|LOCAL|UNLOGGED|RECURSIVE|CONSTRAINT|TRUSTED|PROCEDURAL|DEFAULT", POSTGRESQL, false},
    {"FULLTEXT|SPATIAL|VECTOR|ONLINE|OFFLINE|AGGREGATE", MYSQL, false},
    {"ALGORITHM = *", MYSQL, false},
    {"SQL SECURITY *", MYSQL, false},
    {"DEFINER = CURRENT_USER|CURRENT_ROLE [()]", MYSQL, false},
};

static void skip_host(struct sql_lexer *lexer)
{
    struct sql_lexer ahead = *lexer;
    if (sql_next_content(&ahead).kind == SQL_TOKEN_PARAMETER) /* @localhost, @`%`, @'%' */
        *lexer = ahead;
}

static bool skip_modifier(enum sql_dialect dialect, struct sql_lexer *lexer, bool *temporary)
{
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; ++i) {
        if ((modifiers[i].dialects & 1U << dialect) && sql_pattern_matches(modifiers[i].pattern, lexer)) {
            *temporary = *temporary || modifiers[i].temporary;
            return true;
        }
    }
    if (dialect != SQL_MYSQL || !sql_pattern_matches("DEFINER = *", lexer))
        return false;
    skip_host(lexer);
    return true;
}

static const struct created_kind *match_kind(enum sql_dialect dialect, struct sql_lexer *lexer)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
        if ((kinds[i].dialects & 1U << dialect) && sql_pattern_matches(kinds[i].pattern, lexer))
            return &kinds[i];
    return NULL;
}

static bool is_name_part(enum sql_dialect dialect, const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED ||
           (token->kind == SQL_TOKEN_STRING &&
            dialect != SQL_POSTGRESQL); /* SQLite's 'name', MySQL's 'user'@'host' */
}

/* Behind a run of signs that touch, as the name of an operator is. */
static const char *operator_end(struct sql_lexer *lexer, const struct sql_token *first)
{
    const char *end = first->text + first->length;
    for (;;) {
        struct sql_token token = sql_lexer_next(lexer);
        if (token.kind != SQL_TOKEN_OPERATOR || sql_token_is_operator(&token, '('))
            return end;
        end = token.text + token.length;
    }
}

static void read_name(enum sql_dialect dialect, enum naming naming, struct sql_lexer *lexer,
                      struct sql_created *created)
{
    struct sql_token token = sql_next_content(lexer);
    const char *start = token.text, *end = NULL;
    while (is_name_part(dialect, &token)) {
        end = token.text + token.length;
        struct sql_lexer ahead = *lexer;
        struct sql_token dot = sql_next_content(&ahead);
        if (dot.kind == SQL_TOKEN_PARAMETER && dialect == SQL_MYSQL) /* user@host */
            end = dot.text + dot.length;
        if (!sql_token_is_operator(&dot, '.'))
            break;
        *lexer = ahead;
        token = sql_next_content(lexer);
    }
    if (naming == NAMED_BY_OPERATOR && token.kind == SQL_TOKEN_OPERATOR)
        end = operator_end(lexer, &token);
    if (!end)
        return;
    created->name = start;
    created->name_length = (size_t)(end - start);
}

struct sql_created sql_created_object(enum sql_dialect dialect, const char *text, size_t length)
{
    struct sql_created created = {0};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, text, length);
    if (!sql_pattern_matches("CREATE", &lexer))
        return created;
    while (skip_modifier(dialect, &lexer, &created.temporary))
        continue;
    const struct created_kind *kind = match_kind(dialect, &lexer);
    if (!kind)
        return (struct sql_created){0};
    created.kind = kind->kind;
    sql_pattern_matches("CONCURRENTLY", &lexer);
    sql_pattern_matches("IF NOT EXISTS", &lexer);
    struct sql_lexer ahead = lexer;
    bool unnamed_index = dialect == SQL_POSTGRESQL && sql_pattern_matches("ON", &ahead);
    bool schema_of_role = dialect == SQL_POSTGRESQL && sql_pattern_matches("AUTHORIZATION", &ahead);
    if (kind->naming != UNNAMED && !unnamed_index && !schema_of_role)
        read_name(dialect, kind->naming, &lexer, &created);
    return created;
}
