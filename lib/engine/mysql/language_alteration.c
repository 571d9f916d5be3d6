/* What an ALTER TABLE that is being written is made of: clauses, what they cost, what is asked before. */
#include "engine/mysql/language.h"

#include <stdarg.h>

struct str *mysql_engine_clause(struct language_alteration *alteration)
{
    if (alteration->clauses.length)
        str_append(&alteration->clauses, ", ");
    return &alteration->clauses;
}

void mysql_engine_cost(struct language_alteration *alteration, enum language_cost cost, unsigned hazards,
                       const char *why)
{
    alteration->hazards |= hazards;
    if (cost > alteration->cost || !alteration->why)
        alteration->why = why;
    if (cost > alteration->cost)
        alteration->cost = cost;
}

void mysql_engine_check(struct language_alteration *alteration, enum plan_hazard hazard, const char *hint,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct plan_check *check = vector_add(alteration->rendering->arena, &alteration->checks);
    *check = (struct plan_check){.hazard = hazard,
                                 .sql = arena_vprintf(alteration->rendering->arena, format, arguments),
                                 .hint = hint};
    va_end(arguments);
}

/* MariaDB lets nobody change the history of rows by accident. */
const char *mysql_engine_alter_head(struct arena *arena, const struct schema_object *from,
                                    const struct schema_object *table)
{
    bool versioned = from && catalog_text(from, ATTRIBUTE_SYSTEM_VERSIONED);
    return arena_printf(arena, "%sALTER TABLE %s",
                        versioned ? "SET STATEMENT system_versioning_alter_history = KEEP FOR " : "",
                        mysql_engine_name(arena, table->name));
}
