/* Definers and grants that are not compared: what is created again, altered by a statement that forgets them,
 * or renamed, gets them back. */
#include "engine/mysql/language.h"

#include <string.h>

#define GRANT_OPTION "GRANT OPTION" /* among privileges, as catalog_grants.c has it */

void mysql_engine_append_definer(struct str *to, const struct schema_object *object)
{
    if (catalog_text(object, ATTRIBUTE_DEFINER))
        str_printf(to, "DEFINER=%s ", catalog_text(object, ATTRIBUTE_DEFINER));
}

/* The clause is the first of its kind in the statement: names and bodies come behind it. */
void mysql_engine_add_defined(struct plan_rendering *rendering, const struct schema_object *object,
                              const char *sql)
{
    struct plan_statement *statement = plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s", sql);
    struct str clause = STR_INIT;
    mysql_engine_append_definer(&clause, object);
    const char *at =
        rendering->options->keeps_definers && clause.length ? strstr(sql, str_text(&clause)) : NULL;
    if (at)
        statement->without_access =
            arena_printf(rendering->arena, "%.*s%s", (int)(at - sql), sql, at + clause.length);
    str_free(&clause);
}

/* What a grant is on: its kind, for routines, and its name; and the column, where it is on one. */
struct granted {
    const char *on, *column;
    bool late; /* a view that reads what is renamed works again when all is done; grants on columns look at it
                */
};

/* "EXECUTE, ALTER ROUTINE"; of a column "SELECT (`a`)". The option is among them in REVOKE only. */
static void append_privileges(struct str *to, const struct schema_object *grant, const char *column,
                              bool with_option)
{
    const struct schema_value *privileges = catalog_value(grant, ATTRIBUTE_PRIVILEGES);
    size_t count = 0;
    for (size_t i = 0; privileges && i < privileges->count; ++i) {
        if (!with_option && strcmp(privileges->texts[i], GRANT_OPTION) == 0)
            continue;
        str_printf(to, "%s%s", count++ ? ", " : "", privileges->texts[i]);
        if (column)
            str_printf(to, " (%s)", column);
    }
    if (!count)
        str_append(to, "USAGE");
}

static bool has_option(const struct schema_object *grant)
{
    const struct schema_value *privileges = catalog_value(grant, ATTRIBUTE_PRIVILEGES);
    for (size_t i = 0; privileges && i < privileges->count; ++i)
        if (strcmp(privileges->texts[i], GRANT_OPTION) == 0)
            return true;
    return false;
}

static void add_grant(struct plan_rendering *rendering, const struct schema_object *grant,
                      const struct granted *what, bool revoked)
{
    struct str sql = STR_INIT;
    str_append(&sql, revoked ? "REVOKE " : "GRANT ");
    append_privileges(&sql, grant, what->column, revoked);
    str_printf(&sql, " ON %s %s ", what->on, revoked ? "FROM" : "TO");
    bool everybody = strcmp(grant->name, "`PUBLIC`") == 0; /* a word, in MariaDB */
    str_append(&sql, everybody ? "PUBLIC" : grant->name);
    str_append(&sql, !revoked && has_option(grant) ? " WITH GRANT OPTION" : "");
    struct plan_statement *statement =
        plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s", mysql_engine_take(rendering->arena, &sql));
    statement->access = true;
    statement->late = what->late;
}

static void add_grants(struct plan_rendering *rendering, const struct schema_object *object,
                       const struct granted *what, bool revoked)
{
    for (size_t i = 0; i < object->part_count; ++i)
        if (object->parts[i]->kind == SCHEMA_GRANT)
            add_grant(rendering, object->parts[i], what, revoked);
}

void mysql_engine_grant_again(struct plan_rendering *rendering, const struct schema_object *routine,
                              const char *word)
{
    const struct granted what = {.on = arena_printf(rendering->arena, "%s %s", word,
                                                    mysql_engine_name(rendering->arena, routine->name))};
    rendering->plan->grants_go = true;
    add_grants(rendering, routine, &what, false);
}

static void add_grants_of_columns(struct plan_rendering *rendering, const struct schema_object *table,
                                  const char *on, bool revoked)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN) {
            const struct granted what = {
                .on = on, .column = mysql_engine_name(rendering->arena, table->parts[i]->name)};
            add_grants(rendering, table->parts[i], &what, revoked);
        }
}

static struct granted granted_on(struct arena *arena, const struct schema_object *object,
                                 const struct schema_object *to)
{
    const struct schema_object *table = to->parent ? to->parent : object;
    return (struct granted){.on = mysql_engine_name(arena, table->name),
                            .column = to->parent ? mysql_engine_name(arena, object->name) : NULL,
                            .late = to->kind == SCHEMA_VIEW};
}

static void grant_on_new_name(struct plan_rendering *rendering, const struct schema_object *from,
                              const struct schema_object *to)
{
    struct granted now = granted_on(rendering->arena, to, to);
    add_grants(rendering, from, &now, false);
    add_grants_of_columns(rendering, from, now.on, false);
}

/* A privilege that is revoked on a table goes from its columns, too, and what is not there is not revoked:
 * first the columns. */
static void revoke_on_old_name(struct plan_rendering *rendering, const struct schema_object *from,
                               const struct schema_object *to)
{
    struct granted before = granted_on(rendering->arena, from, to);
    add_grants_of_columns(rendering, from, before.on, true);
    add_grants(rendering, from, &before, true);
}

void mysql_engine_move_grants(struct plan_rendering *rendering, const struct schema_object *from,
                              const struct schema_object *to)
{
    rendering->plan->recreates = rendering->plan->grants_go = true;
    grant_on_new_name(rendering, from, to);
    revoke_on_old_name(rendering, from, to);
}

void mysql_engine_exchange_grants(struct plan_rendering *rendering, const struct plan_step *step)
{
    rendering->plan->recreates = rendering->plan->grants_go = true;
    for (size_t i = 0; i < step->change_count; ++i)
        revoke_on_old_name(rendering, step->changes[i]->from, step->changes[i]->to);
    for (size_t i = 0; i < step->change_count; ++i)
        grant_on_new_name(rendering, step->changes[i]->from, step->changes[i]->to);
}
