#include "engine/postgres/language.h"

struct str *add_clause(struct table_clauses *clauses, unsigned hazards)
{
    if (clauses->text.length)
        str_append(&clauses->text, ", ");
    clauses->hazards |= hazards;
    return &clauses->text;
}

void add_clause_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                      enum plan_hazard hazard, const char *sql, const char *hint)
{
    *vector_add(rendering->arena, &clauses->checks) =
        (struct plan_check){.hazard = hazard, .sql = arena_strdup(rendering->arena, sql), .hint = hint};
}

void write_clauses(struct plan_rendering *rendering, const struct schema_object *table,
                   struct table_clauses *clauses)
{
    const char *kind = table->kind == SCHEMA_MATERIALIZED_VIEW ? "MATERIALIZED VIEW" : "TABLE";
    if (clauses->text.length) {
        struct plan_statement *statement = plan_add(rendering, clauses->hazards, "ALTER %s %s %s", kind,
                                                    object_text(rendering, table), str_text(&clauses->text));
        statement->apart = clauses->apart;
        VECTOR_EACH (struct plan_check, check, &clauses->checks)
            plan_add_check(rendering, statement, check->hazard, check->sql, check->hint);
    }
    str_free(&clauses->text);
    *clauses = (struct table_clauses){0};
}

struct str *column_clause(struct table_clauses *clauses, const struct schema_object *column, unsigned hazards)
{
    struct str *text = add_clause(clauses, hazards);
    str_append(text, "ALTER COLUMN ");
    text_name(text, column->name);
    str_append_char(text, ' ');
    return text;
}

void add_nulls_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                     const struct schema_object *column, const char *condition, const char *hint)
{
    struct str text = STR_INIT;
    str_append(&text, "SELECT pg_catalog.count(*) FROM ");
    text_object(&text, column->parent);
    str_append(&text, condition);
    add_clause_check(rendering, clauses, PLAN_NOT_NULL, str_text(&text), hint);
    str_free(&text);
}
