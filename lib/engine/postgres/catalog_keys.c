#include "engine/postgres/catalog_keys.h"

#include "base/str.h"
#include "engine/postgres/catalog_text.h"

#include <stdlib.h>
#include <string.h>

/* NULL: as usual. */
struct index_key {
    const char *expression; /* NULL: it is a column */
    const char *name;       /* of its column in the index */
    const char *order, *operator_class, *collation, *statistics_target;
};

/* Keys of index `index` have the number of their place there; the table is never asked for those of others.
 */
static struct catalog_id key_id(uint32_t index, size_t place)
{
    return (struct catalog_id){.object = index, .table = PG_CLASS, .column = (int16_t)place};
}

void catalog_read_index_keys(struct catalog_reading *reading, const struct catalog_result *rows)
{
    static const char *const headers[] = {"expression",     "name",      "order",
                                          "operator class", "collation", "statistics target"};
    enum { FIELDS = sizeof headers / sizeof *headers };
    int columns[FIELDS], id = catalog_column(rows, "id"), sub = catalog_column(rows, "sub");
    for (size_t i = 0; i < FIELDS; ++i)
        columns[i] = catalog_column(rows, headers[i]);
    for (int row = 0; row < rows->row_count; ++row) {
        const char *texts[FIELDS];
        for (size_t i = 0; i < FIELDS; ++i)
            texts[i] = arena_strdup(reading->scratch, catalog_column_text(rows, row, columns[i]));
        struct index_key *key = ARENA_NEW(reading->scratch, struct index_key);
        *key = (struct index_key){catalog_stable_text(reading->scratch, texts[0]),
                                  texts[1],
                                  texts[2],
                                  texts[3],
                                  texts[4],
                                  texts[5]};
        catalog_ids_add(reading->keys,
                        key_id(catalog_column_number(rows, row, id), catalog_column_number(rows, row, sub)),
                        key);
    }
}

void catalog_read_column_names(struct catalog_reading *reading, const struct catalog_result *rows)
{
    int id = catalog_column(rows, "id"), sub = catalog_column(rows, "sub"),
        name = catalog_column(rows, "name");
    for (int row = 0; row < rows->row_count; ++row)
        catalog_ids_add(reading->names,
                        key_id(catalog_column_number(rows, row, id), catalog_column_number(rows, row, sub)),
                        arena_strdup(reading->scratch, catalog_column_text(rows, row, name)));
}

static const struct index_key *special_key(const struct catalog_reading *reading,
                                           const struct catalog_keys *keys, size_t place)
{
    static const struct index_key usual;
    const struct index_key *key =
        keys->index ? catalog_ids_get(reading->keys, key_id(keys->index, place)) : NULL;
    return key ? key : &usual;
}

/* Column `number` of the relation, or key `place` of the index where that is an expression. */
static const char *key_name(const struct catalog_reading *reading, const struct catalog_keys *keys,
                            long number, size_t place)
{
    if (number == 0)
        return special_key(reading, keys, place)->name;
    const struct schema_object *column = catalog_object(reading, PG_CLASS, keys->relation, (uint32_t)number);
    return column ? column->name : catalog_ids_get(reading->names, key_id(keys->relation, (size_t)number));
}

const char *const *catalog_key_names(const struct catalog_reading *reading, const struct catalog_keys *keys,
                                     size_t *ret_count)
{
    const char *cursor = keys->numbers ? keys->numbers : "";
    size_t most = strlen(cursor) / 2 + 1, count = 0;
    const char **names = arena_alloc(reading->scratch, most * sizeof *names);
    while (*cursor && count < most) {
        char *end;
        long number = strtol(cursor + (*cursor == '{' || *cursor == ','), &end, 10);
        if (end == cursor)
            break;
        const char *name = key_name(reading, keys, number, count + 1);
        names[count++] = name ? name : "";
        cursor = *end == '}' ? end + 1 : end;
    }
    *ret_count = count;
    return names;
}

/* One text for each key, "" where there is nothing to say; not at all when that is so for every one. */
static void set_specials(const struct catalog_reading *reading, struct schema_object *object,
                         const struct catalog_keys *keys, enum schema_attribute attribute, size_t offset)
{
    const char **texts = arena_alloc(reading->scratch, (keys->count + 1) * sizeof *texts);
    bool any = false;
    for (size_t i = 0; i < keys->count; ++i) {
        const char *text = *(const char *const *)((const char *)special_key(reading, keys, i + 1) + offset);
        any = any || text;
        texts[i] = text ? text : "";
    }
    if (any)
        catalog_set_list(reading->catalog, object, attribute, keys->count, texts);
}

static void set_targets(const struct catalog_reading *reading, struct schema_object *object,
                        const struct catalog_keys *keys, size_t count)
{
    struct str targets = STR_INIT;
    for (size_t i = 1; i <= count; ++i) {
        const char *target = special_key(reading, keys, i)->statistics_target;
        if (target)
            str_printf(&targets, "%s%zu: %s", targets.length ? ", " : "", i, target);
    }
    if (targets.length)
        catalog_set(reading->catalog, object, ATTRIBUTE_STATISTICS_TARGET, str_text(&targets));
    str_free(&targets);
}

void catalog_set_index_keys(const struct catalog_reading *reading, struct schema_object *object,
                            const struct catalog_keys *keys)
{
    size_t count;
    const char *const *names = catalog_key_names(reading, keys, &count);
    size_t key_count = keys->count < count ? keys->count : count;
    const char **columns = arena_alloc(reading->scratch, (count + 1) * sizeof *columns);
    bool special = false;
    for (size_t i = 0; i < count; ++i) {
        const struct index_key *key = special_key(reading, keys, i + 1);
        columns[i] = key->expression ? key->expression : names[i];
        special = special || catalog_ids_get(reading->keys, key_id(keys->index, i + 1));
    }
    catalog_set_list(reading->catalog, object, ATTRIBUTE_COLUMNS, key_count, columns);
    if (count > key_count)
        catalog_set_list(reading->catalog, object, ATTRIBUTE_INCLUDED, count - key_count,
                         columns + key_count);
    if (!special)
        return;
    set_specials(reading, object, keys, ATTRIBUTE_ORDERS, offsetof(struct index_key, order));
    set_specials(reading, object, keys, ATTRIBUTE_OPERATOR_CLASSES,
                 offsetof(struct index_key, operator_class));
    set_specials(reading, object, keys, ATTRIBUTE_COLLATIONS, offsetof(struct index_key, collation));
    set_targets(reading, object, keys, count);
}
