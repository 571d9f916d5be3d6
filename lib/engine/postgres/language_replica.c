/* By what replicas tell the rows of a table: REPLICA IDENTITY. */
#include "engine/postgres/language.h"

#include "sql/name.h"

#include <string.h>

/* The index, as SQL writes it; NULL: rows are told by something else. */
static const char *identifying_index(const struct schema_object *table)
{
    static const char index[] = "index ";
    const char *identity = catalog_text(table, ATTRIBUTE_REPLICA_IDENTITY);
    return identity && strncmp(identity, index, strlen(index)) == 0 ? identity + strlen(index) : NULL;
}

/* By an index, once that is there. */
void write_replica_identity(struct plan_rendering *rendering, const struct schema_object *table)
{
    const char *identity = catalog_text(table, ATTRIBUTE_REPLICA_IDENTITY),
               *name = object_text(rendering, table), *index = identifying_index(table);
    if (index)
        plan_add_to(rendering, PLAN_AFTER, 0, "ALTER TABLE %s REPLICA IDENTITY USING INDEX %s", name, index);
    else
        plan_add(rendering, 0, "ALTER TABLE %s REPLICA IDENTITY %s", name,
                 !identity                       ? "DEFAULT"
                 : strcmp(identity, "full") == 0 ? "FULL"
                                                 : "NOTHING");
}

void write_identity_again(struct plan_rendering *rendering, const struct schema_object *part)
{
    const char *index = identifying_index(part->parent);
    struct sql_name name;
    if (rendering->step->recreated && index &&
        sql_name_read(rendering->arena, SQL_POSTGRESQL, index, strlen(index), &name) &&
        strcmp(name.parts[name.count - 1], part->name) == 0)
        write_replica_identity(rendering, part->parent);
}
