#include "engine/postgres/catalog_links.h"

static const char *named(const struct catalog_result *result, int row, const char *column)
{
    return catalog_column_text(result, row, catalog_column(result, column));
}

/* An object as three columns of a row tell it. */
struct link {
    int class, id, sub;
};

static struct link link_of(const struct catalog_result *result, const char *class, const char *id,
                           const char *sub)
{
    return (struct link){catalog_column(result, class), catalog_column(result, id),
                         catalog_column(result, sub)};
}

static struct catalog_id linked(const struct catalog_result *result, int row, const struct link *link)
{
    return (struct catalog_id){
        .object = catalog_column_number(result, row, link->id),
        .table = (uint16_t)catalog_column_number(result, row, link->class),
        .column = (int16_t)catalog_column_number(result, row, link->sub),
    };
}

static struct catalog_id whole(struct catalog_id id)
{
    id.column = 0;
    return id;
}

void catalog_read_members(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link member = link_of(result, "class", "id", "sub");
    int extension = catalog_column(result, "extension");
    for (int row = 0; row < result->row_count; ++row) {
        struct catalog_id *id = ARENA_NEW(reading->scratch, struct catalog_id);
        *id = (struct catalog_id){.object = catalog_column_number(result, row, extension),
                                  .table = PG_EXTENSION};
        catalog_ids_add(reading->members, linked(result, row, &member), id);
    }
}

void catalog_read_stand_ins(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link stand_in = link_of(result, "class", "id", "sub");
    struct link stands_for = link_of(result, "for class", "for id", "for sub");
    for (size_t pass = 0; pass < 2;
         ++pass) /* what an element stands for itself may come later than its array */
        for (int row = 0; row < result->row_count; ++row) {
            struct catalog_id id = linked(result, row, &stands_for);
            struct schema_object *object = catalog_ids_get(reading->objects, id);
            if (!object)
                object = catalog_ids_get(reading->aliases, id);
            if (object)
                catalog_ids_add(reading->aliases, linked(result, row, &stand_in), object);
        }
}

/* The object itself, or what it stands for; of a part that is no object, the whole. */
static struct schema_object *object_or_alias(const struct catalog_reading *reading, struct catalog_id id)
{
    struct schema_object *object = catalog_ids_get(reading->objects, id);
    if (!object && id.column)
        object = catalog_ids_get(reading->objects, whole(id));
    return object ? object : catalog_ids_get(reading->aliases, whole(id));
}

/* What is needed may also be an extension, by one of its members. */
static struct schema_object *needed(const struct catalog_reading *reading, struct catalog_id id)
{
    struct schema_object *object = object_or_alias(reading, id);
    const struct catalog_id *extension = object ? NULL : catalog_ids_get(reading->members, whole(id));
    return extension ? catalog_ids_get(reading->objects, *extension) : object;
}

/* That the owner of a sequence goes with it is told by the sequence, and the other way round it is no need.
 */
static bool is_ownership(const struct schema_object *object, const struct schema_object *other)
{
    return object->kind == SCHEMA_SEQUENCE && (other->kind == SCHEMA_COLUMN || other->kind == SCHEMA_TABLE);
}

void catalog_read_needs(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link from = link_of(result, "class", "id", "sub");
    struct link to = link_of(result, "needed class", "needed id", "needed sub");
    for (int row = 0; row < result->row_count; ++row) {
        struct schema_object *object = object_or_alias(reading, linked(result, row, &from));
        struct schema_object *other = object ? needed(reading, linked(result, row, &to)) : NULL;
        if (other && !is_ownership(object, other))
            catalog_need(reading->catalog, object, other);
    }
}

/* What is said of a composite type is said of its type; elsewhere it is known by its relation, as tables are.
 */
static struct schema_object *described(const struct catalog_reading *reading, struct catalog_id id)
{
    struct schema_object *object = catalog_ids_get(reading->objects, id);
    if (object || id.table != PG_TYPE)
        return object;
    object = catalog_ids_get(reading->aliases, id);
    return object && object->kind == SCHEMA_COMPOSITE_TYPE ? object : NULL;
}

void catalog_read_grants(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link of = link_of(result, "class", "parent id", "parent sub");
    int name = catalog_column(result, "name"), privileges = catalog_column(result, "privileges[]");
    for (int row = 0; row < result->row_count; ++row) {
        struct schema_object *parent = described(reading, linked(result, row, &of));
        struct schema_object *grant = parent ? catalog_add(reading->catalog, SCHEMA_GRANT, NULL, parent,
                                                           catalog_column_text(result, row, name))
                                             : NULL;
        if (grant)
            catalog_set_array(reading, grant, ATTRIBUTE_PRIVILEGES,
                              catalog_column_text(result, row, privileges));
    }
}

/* A grantee who may do nothing with an object, and could with a new one, has a grant of no privileges. */
void catalog_read_usual_grants(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link of = link_of(result, "class", "parent id", "parent sub");
    int name = catalog_column(result, "name"), privileges = catalog_column(result, "privileges[]"),
        usual = catalog_column(result, "usual privileges[]");
    for (int row = 0; row < result->row_count; ++row) {
        struct schema_object *parent = described(reading, linked(result, row, &of));
        const char *grantee = catalog_column_text(result, row, name);
        struct schema_object *grant =
            parent ? catalog_find(reading->catalog, SCHEMA_GRANT, NULL, parent, grantee) : NULL;
        if (parent && !grant)
            grant = catalog_add(reading->catalog, SCHEMA_GRANT, NULL, parent, grantee);
        if (!grant)
            continue;
        catalog_set_array(reading, grant, ATTRIBUTE_PRIVILEGES, catalog_column_text(result, row, privileges));
        catalog_set_array(reading, grant, ATTRIBUTE_USUAL_PRIVILEGES,
                          catalog_column_text(result, row, usual));
    }
}

void catalog_read_comments(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link on = link_of(result, "class", "id", "sub");
    int comment = catalog_column(result, "comment");
    for (int row = 0; row < result->row_count; ++row) {
        struct catalog_id id = linked(result, row, &on);
        struct schema_object *object = described(reading, id), *other;
        if (object) {
            catalog_set(reading->catalog, object, ATTRIBUTE_COMMENT,
                        catalog_column_text(result, row, comment));
        } else if (id.table == PG_CLASS && (other = catalog_ids_get(reading->aliases, whole(id)))) {
            catalog_add_unmodelled(reading->catalog, "comment on the index of a constraint",
                                   catalog_full_name(reading->catalog, other));
        } else if ((other = catalog_ids_get(reading->objects, whole(id)))) {
            catalog_add_unmodelled(reading->catalog, "comment on a part",
                                   arena_printf(reading->scratch, "%s, number %d",
                                                catalog_full_name(reading->catalog, other), id.column));
        }
    }
}

void catalog_read_unmodelled(struct catalog_reading *reading, const struct catalog_result *result)
{
    struct link unmodelled = link_of(result, "class", "id", "sub");
    for (int row = 0; row < result->row_count; ++row)
        if (!catalog_ids_get(reading->members, linked(result, row, &unmodelled)))
            catalog_add_unmodelled(reading->catalog, named(result, row, "what"), named(result, row, "name"));
}
