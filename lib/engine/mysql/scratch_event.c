/*
 * Events in a scratch place: an event that is enabled runs, wherever it was made, and what it does may name
 * any database. So no event of a scratch place is ever enabled: one that is to be enabled is made DISABLE ON
 * SLAVE, which a server sets by itself only where it replicates, and the catalog of a scratch place is read
 * accordingly. What a definition has as DISABLE ON SLAVE is made DISABLE, with a mark before its body.
 */
#include "engine/mysql/scratch.h"
#include "engine/scratch.h"

#include "base/str.h"

#include <string.h>

static const char elsewhere[] = "DISABLE ON SLAVE", mark[] = "/*dunlin: on the primary only*/";

/* What of a statement decides whether its event runs. */
struct event_statement {
    bool creates;
    struct sql_token status, status_end; /* from ENABLE or DISABLE to its last word; END: not said */
    struct sql_token after_schedule;     /* COMMENT, DO, or the end: a status stands before it */
    struct sql_token action;             /* DO; END: there is none */
};

static struct sql_token pass_definer(struct sql_lexer *lexer)
{
    struct sql_token token = scratch_next_token(lexer);
    if (!sql_token_is_operator(&token, '='))
        return token;
    scratch_next_token(lexer); /* the user */
    token = scratch_next_token(lexer);
    if (sql_token_is_operator(&token, '@')) {
        scratch_next_token(lexer);
        return scratch_next_token(lexer);
    }
    while (token.kind == SQL_TOKEN_PARAMETER ||
           sql_token_is_operator(&token, '(') || /* @host, CURRENT_USER() */
           sql_token_is_operator(&token, ')'))
        token = scratch_next_token(lexer);
    return token;
}

/* From behind EVENT, or from a TO, to behind the name. */
static struct sql_token pass_name(struct sql_lexer *lexer)
{
    static const char *const conditions[] = {"IF", "NOT", "EXISTS", NULL};
    struct sql_token token = scratch_next_token(lexer);
    while (scratch_token_is_one_of(&token, conditions))
        token = scratch_next_token(lexer);
    token = scratch_next_token(lexer);
    if (!sql_token_is_operator(&token, '.'))
        return token;
    scratch_next_token(lexer);
    return scratch_next_token(lexer);
}

/* Is it CREATE or ALTER EVENT? Then the lexer stands behind its name, and the token there is given. */
static bool begins_event(struct sql_lexer *lexer, bool *ret_creates, struct sql_token *ret_token)
{
    static const char *const modifiers[] = {"OR", "REPLACE", NULL};
    struct sql_token token = scratch_next_token(lexer);
    *ret_creates = sql_token_is(&token, "CREATE");
    if (!*ret_creates && !sql_token_is(&token, "ALTER"))
        return false;
    do
        token = scratch_next_token(lexer);
    while (scratch_token_is_one_of(&token, modifiers));
    if (sql_token_is(&token, "DEFINER"))
        token = pass_definer(lexer);
    if (!sql_token_is(&token, "EVENT"))
        return false;
    *ret_token = pass_name(lexer);
    return true;
}

/* DISABLE may go on with ON SLAVE or ON REPLICA. */
static struct sql_token end_of_status(struct sql_lexer *lexer, struct sql_token status,
                                      struct sql_token *ret_next)
{
    static const char *const servers[] = {"SLAVE", "REPLICA", NULL};
    *ret_next = scratch_next_token(lexer);
    if (!sql_token_is(&status, "DISABLE") || !sql_token_is(ret_next, "ON"))
        return status;
    struct sql_lexer ahead = *lexer;
    struct sql_token server = scratch_next_token(&ahead);
    if (!scratch_token_is_one_of(&server, servers))
        return status;
    *lexer = ahead;
    *ret_next = scratch_next_token(lexer);
    return server;
}

static void read_clauses(struct sql_lexer *lexer, struct sql_token token, struct event_statement *event)
{
    static const char *const statuses[] = {"ENABLE", "DISABLE", NULL};
    size_t depth = 0;
    for (;;) {
        bool outermost = depth == 0 || token.kind == SQL_TOKEN_END;
        bool is_action = outermost && sql_token_is(&token, "DO");
        if (outermost && !event->after_schedule.text &&
            (is_action || sql_token_is(&token, "COMMENT") || token.kind == SQL_TOKEN_END))
            event->after_schedule = token;
        if (is_action)
            event->action = token;
        if (is_action || token.kind == SQL_TOKEN_END)
            return;
        if (outermost && sql_token_is(&token, "TO")) { /* RENAME TO */
            token = pass_name(lexer);
            continue;
        }
        if (outermost && scratch_token_is_one_of(&token, statuses)) {
            event->status = token;
            event->status_end = end_of_status(lexer, token, &token);
            continue;
        }
        depth += sql_token_is_operator(&token, '(');
        depth -= sql_token_is_operator(&token, ')') && depth > 0;
        token = scratch_next_token(lexer);
    }
}

static bool read_event_statement(const char *sql, size_t length, struct event_statement *ret_event)
{
    struct event_statement event = {0};
    struct sql_lexer lexer;
    struct sql_token token;
    sql_lexer_init(&lexer, SQL_MYSQL, sql, length);
    if (!begins_event(&lexer, &event.creates, &token))
        return false;
    read_clauses(&lexer, token, &event);
    *ret_event = event;
    return true;
}

static bool is_elsewhere(const struct event_statement *event)
{
    return event->status.text && event->status.text != event->status_end.text;
}

bool mysql_engine_scratch_is_event(const char *sql, size_t length)
{
    struct event_statement event;
    return read_event_statement(sql, length, &event);
}

bool mysql_engine_scratch_loses_status(const char *sql, size_t length)
{
    struct event_statement event;
    return read_event_statement(sql, length, &event) && is_elsewhere(&event) && !event.action.text;
}

static void append_from(struct str *to, const char *from, const char *end)
{
    str_append_n(to, from, (size_t)(end - from));
}

/* What stands from `from` to `to` becomes `by`, and `before_body` stands before what the event does. */
static const char *with_status(struct arena *arena, const char *sql, size_t length,
                               const struct event_statement *event, const char *from, const char *to,
                               const char *by, const char *before_body)
{
    struct str text = STR_INIT;
    const char *end = sql + length,
               *body = event->action.text ? event->action.text + event->action.length : end;
    append_from(&text, sql, from);
    str_append(&text, by);
    append_from(&text, to, body);
    str_append(&text, before_body);
    append_from(&text, body, end);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

const char *mysql_engine_scratch_rewrite(struct arena *arena, const char *sql, size_t length)
{
    struct event_statement event;
    if (!read_event_statement(sql, length, &event))
        return NULL;
    const char *status = event.status.text,
               *behind = status ? event.status_end.text + event.status_end.length : NULL;
    if (is_elsewhere(&event))
        return with_status(arena, sql, length, &event, status, behind, "DISABLE",
                           arena_printf(arena, " %s", mark));
    if (sql_token_is(&event.status, "ENABLE"))
        return with_status(arena, sql, length, &event, status, behind, elsewhere, "");
    if (status || !event.creates)
        return NULL;
    const char *place = event.after_schedule.text;
    return with_status(arena, sql, length, &event, place, place, arena_printf(arena, " %s ", elsewhere), "");
}

const char *mysql_engine_scratch_event_status(const char *status, const char **body)
{
    if (strcmp(status, "DISABLED") != 0)
        return "ENABLED";
    if (strncmp(*body, mark, strlen(mark)) != 0)
        return status;
    *body += strlen(mark);
    *body += strspn(*body, " \t\r\n");
    return "SLAVESIDE_DISABLED";
}
