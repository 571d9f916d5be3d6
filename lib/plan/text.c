/* A plan as a script. */
#include "plan/plan.h"

#include "plan/language.h"
#include "sql/script.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Names may have anything in them; a comment ends with its line. */
static void append_comment(struct str *to, const char *text)
{
    str_append(to, "-- ");
    for (; *text; ++text)
        str_append_char(to, *text == '\n' || *text == '\r' ? ' ' : *text);
    str_append_char(to, '\n');
}

/* 1,234,567 */
static void append_count(struct str *to, int64_t count)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%" PRId64, count);
    for (int i = 0; i < length; ++i) {
        if (i > 0 && (length - i) % 3 == 0)
            str_append_char(to, ',');
        str_append_char(to, digits[i]);
    }
}

void plan_rows_text(struct str *to, const struct plan_statement *statement)
{
    static const char *const words[] = {
        [PLAN_ROWS_ESTIMATED] = "about ", [PLAN_ROWS_COUNTED] = "", [PLAN_ROWS_AT_LEAST] = "at least "};
    if (!statement->table || statement->rows < 0)
        return;
    str_append(to, words[statement->rows_are]);
    append_count(to, statement->rows);
    str_append(to, statement->rows == 1 ? " row" : " rows");
}

static void append_hazards(struct str *to, const struct plan_statement *statement)
{
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i) {
        enum plan_hazard hazard = (enum plan_hazard)(1U << i);
        if (!(statement->hazards & hazard))
            continue;
        str_printf(to, "-- hazard %s: %s", plan_hazard_word(hazard), plan_hazard_sentence(hazard));
        bool rows_matter = hazard != PLAN_NOT_TRANSACTIONAL;
        if (rows_matter && statement->table && statement->rows >= 0) {
            str_append(to, " (");
            plan_rows_text(to, statement);
            str_append_char(to, ')');
        }
        str_append_char(to, '\n');
    }
}

static void append_comments(struct str *to, const struct plan_statement *statement,
                            const struct plan_statement *previous)
{
    bool same = previous && strcmp(previous->title, statement->title) == 0;
    if (previous && !same)
        str_append_char(to, '\n');
    if (*statement->title && !same)
        append_comment(to, statement->title);
    append_hazards(to, statement);
    if (statement->note)
        append_comment(to, statement->note);
}

void plan_text(struct str *to, const struct plan_language *language, const struct plan *plan, bool plain)
{
    VECTOR_EACH (const char *, note, &plan->notes)
        if (!plain)
            append_comment(to, *note);
    if (!plain && plan->notes.count > 0 && plan->statements.count > 0)
        str_append_char(to, '\n');
    const struct plan_statement *previous = NULL;
    VECTOR_EACH (struct plan_statement, statement, &plan->statements) {
        if (!plain)
            append_comments(to, statement, previous);
        sql_append_statement(to, language->dialect, statement->sql, strlen(statement->sql));
        previous = statement;
    }
}
