/* Sequences, and what an identity column says of its own. */
#include "engine/postgres/language.h"

#include "sql/name.h"

#include <string.h>

/* Each option of a sequence, and what ALTER says where the catalog has nothing. */
static const struct sequence_option {
    enum schema_attribute attribute;
    const char *set, *otherwise;
} sequence_options[] = {
    {ATTRIBUTE_INCREMENT, "INCREMENT BY", "INCREMENT BY 1"},
    {ATTRIBUTE_MINIMUM, "MINVALUE", "NO MINVALUE"},
    {ATTRIBUTE_MAXIMUM, "MAXVALUE", "NO MAXVALUE"},
    {ATTRIBUTE_START, "START WITH", NULL},
    {ATTRIBUTE_CACHE, "CACHE", "CACHE 1"},
};
enum { SEQUENCE_OPTIONS = sizeof sequence_options / sizeof *sequence_options };

void text_sequence_options(struct str *to, const struct schema_object *sequence, const char *before)
{
    for (size_t i = 0; i < SEQUENCE_OPTIONS; ++i) {
        const char *value = catalog_text(sequence, sequence_options[i].attribute);
        if (value)
            str_printf(to, " %s%s %s", before, sequence_options[i].set, value);
    }
    if (is_set(sequence, ATTRIBUTE_CYCLE))
        str_printf(to, " %sCYCLE", before);
}

/* Where a sequence begins that says nothing of it. */
static const char *usual_start(const struct schema_object *sequence)
{
    bool down = counts_down(sequence);
    const char *limit = catalog_text(sequence, down ? ATTRIBUTE_MAXIMUM : ATTRIBUTE_MINIMUM);
    return limit ? limit : down ? "-1" : "1";
}

/* Limits that nothing is said of, and a start that follows from the limits, are others when it turns around.
 */
static bool follows(const struct diff_change *change, enum schema_attribute attribute)
{
    bool turns = counts_down(change->from) != counts_down(change->to);
    bool limit = attribute == ATTRIBUTE_MINIMUM || attribute == ATTRIBUTE_MAXIMUM;
    bool moved = changes(change, ATTRIBUTE_MINIMUM) || changes(change, ATTRIBUTE_MAXIMUM);
    return (limit && turns) || (attribute == ATTRIBUTE_START && (turns || moved));
}

bool text_sequence_changes(struct str *to, const struct diff_change *change, const char *before)
{
    bool any = false;
    for (size_t i = 0; i < SEQUENCE_OPTIONS; ++i) {
        const struct sequence_option *option = &sequence_options[i];
        const char *value = catalog_text(change->to, option->attribute);
        if (!changes(change, option->attribute) && !follows(change, option->attribute))
            continue;
        any = true;
        if (value || option->attribute == ATTRIBUTE_START)
            str_printf(to, " %s%s %s", before, option->set, value ? value : usual_start(change->to));
        else
            str_printf(to, " %s%s", before, option->otherwise);
    }
    if (changes(change, ATTRIBUTE_CYCLE)) {
        str_printf(to, " %s%s", before, is_set(change->to, ATTRIBUTE_CYCLE) ? "CYCLE" : "NO CYCLE");
        any = true;
    }
    if (counts_down(change->from) != counts_down(change->to)) /* it stands where it may not */
        str_append(to, " RESTART");
    return any;
}

/* The column that owns the sequence in `from`; NULL: none. */
static const struct schema_object *owner_of(const struct plan_rendering *rendering,
                                            const struct schema_object *sequence)
{
    const char *owner = catalog_text(sequence, ATTRIBUTE_OWNED_BY);
    struct sql_name name;
    if (!owner || !sql_name_read(rendering->arena, SQL_POSTGRESQL, owner, strlen(owner), &name) ||
        name.count < 2)
        return NULL;
    const char *schema = name.count == 3 ? name.parts[0] : sequence->schema;
    const struct schema_object *table =
        catalog_find(rendering->diff->from, SCHEMA_TABLE, schema, NULL, name.parts[name.count - 2]);
    return table ? catalog_find(rendering->diff->from, SCHEMA_COLUMN, NULL, table, name.parts[name.count - 1])
                 : NULL;
}

/* The owner may come later than the sequence that its default needs. */
static void write_sequence_owner(struct plan_rendering *rendering, const struct schema_object *sequence)
{
    const char *owner = catalog_text(sequence, ATTRIBUTE_OWNED_BY);
    plan_add_to(rendering, PLAN_AFTER, 0, "ALTER SEQUENCE %s OWNED BY %s", object_text(rendering, sequence),
                owner ? owner : "NONE");
}

/* Is the column's own sequence replaced by that of an identity? Both may be called alike. */
static bool becomes_identity(const struct plan_rendering *rendering, const struct schema_object *owner)
{
    const struct schema_object *to = owner ? diff_counterpart(rendering->diff, owner) : NULL;
    return to && is_set(to, ATTRIBUTE_IDENTITY) && !is_set(owner, ATTRIBUTE_IDENTITY);
}

bool loses_identity_for_sequence(const struct plan_rendering *rendering, const struct schema_object *column)
{
    const struct schema_object *to = diff_counterpart(rendering->diff, column);
    if (!to || !is_set(column, ATTRIBUTE_IDENTITY) || is_set(to, ATTRIBUTE_IDENTITY))
        return false;
    for (size_t i = 0; i < to->need_count; ++i)
        if (to->needs[i]->kind == SCHEMA_SEQUENCE && !diff_counterpart(rendering->diff, to->needs[i]) &&
            owner_of(rendering, to->needs[i]) == column)
            return true;
    return false;
}

void write_own_sequence_drop(struct plan_rendering *rendering, const struct schema_object *column)
{
    for (size_t i = 0; becomes_identity(rendering, column) && i < column->need_count; ++i) {
        const struct schema_object *sequence = column->needs[i];
        if (sequence->kind != SCHEMA_SEQUENCE || diff_counterpart(rendering->diff, sequence) ||
            owner_of(rendering, sequence) != column)
            continue;
        plan_add(rendering, 0, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT",
                 object_text(rendering, column->parent), name_text(rendering, column->name));
        write_drop(rendering, sequence, PLAN_DROP_SEQUENCE);
    }
}

/* Goes on behind the values that the column has. */
static void write_sequence_start(struct plan_rendering *rendering, const struct schema_object *sequence,
                                 const struct schema_object *owner)
{
    const char *start = catalog_text(sequence, ATTRIBUTE_START), *name = name_text(rendering, owner->name);
    struct str text = STR_INIT;
    if (counts_down(sequence))
        return;
    str_append(&text, "SELECT pg_catalog.setval(");
    text_literal(&text, object_text(rendering, sequence));
    str_printf(&text, ", pg_catalog.max(%s)) FROM %s HAVING pg_catalog.max(%s) >= %s", name,
               object_text(rendering, owner->parent), name, start ? start : "1");
    add_text_to(rendering, PLAN_AFTER, 0, &text);
}

static bool create_sequence(struct plan_rendering *rendering, const struct schema_object *sequence,
                            dun_error *error)
{
    const struct schema_object *owner = owner_of(rendering, sequence);
    struct str text = STR_INIT;
    (void)error;
    if (owner && loses_identity_for_sequence(rendering, owner))
        plan_add(rendering, 0, "ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY",
                 object_text(rendering, owner->parent), name_text(rendering, owner->name));
    str_append(&text,
               is_set(sequence, ATTRIBUTE_PERSISTENCE) ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ");
    text_object(&text, sequence);
    if (is_set(sequence, ATTRIBUTE_TYPE))
        str_printf(&text, " AS %s", catalog_text(sequence, ATTRIBUTE_TYPE));
    text_sequence_options(&text, sequence, "");
    add_text(rendering, 0, &text);
    if (is_set(sequence, ATTRIBUTE_OWNED_BY))
        write_sequence_owner(rendering, sequence);
    if (owner && diff_counterpart(rendering->diff, owner))
        write_sequence_start(rendering, sequence, owner);
    return true;
}

/* With the column that owns it, it goes by itself. */
static void drop_sequence(struct plan_rendering *rendering, const struct schema_object *sequence)
{
    const struct schema_object *owner = owner_of(rendering, sequence);
    bool gone = owner && !diff_counterpart(rendering->diff, owner);
    if (becomes_identity(rendering, owner)) /* it was dropped before that */
        return;
    if (gone)
        plan_add(rendering, PLAN_DROP_SEQUENCE, "DROP SEQUENCE IF EXISTS %s",
                 object_text(rendering, sequence));
    else
        write_drop(rendering, sequence, PLAN_DROP_SEQUENCE);
}

static void alter_sequence(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str text = STR_INIT;
    const char *name = object_text(rendering, change->to),
               *beyond = sequence_beyond_limits(rendering, change);
    write_sequence_into_limits(rendering, change);
    str_printf(&text, "ALTER SEQUENCE %s", name);
    bool type = changes(change, ATTRIBUTE_TYPE);
    if (type)
        str_printf(&text, " AS %s",
                   is_set(change->to, ATTRIBUTE_TYPE) ? catalog_text(change->to, ATTRIBUTE_TYPE) : "bigint");
    if (text_sequence_changes(&text, change, "") || type) {
        struct plan_statement *statement = add_text(rendering, beyond ? PLAN_SEQUENCE_LIMIT : 0, &text);
        if (beyond)
            plan_add_check(rendering, statement, PLAN_SEQUENCE_LIMIT, beyond, sequence_limit_hint);
    }
    str_free(&text);
    if (changes(change, ATTRIBUTE_PERSISTENCE))
        plan_add(rendering, 0, "ALTER SEQUENCE %s SET %s", name,
                 is_set(change->to, ATTRIBUTE_PERSISTENCE) ? "UNLOGGED" : "LOGGED");
    if (changes(change, ATTRIBUTE_OWNED_BY))
        write_sequence_owner(rendering, change->to);
}

const struct kind_writer sequence_writer = {
    .create = create_sequence, .drop = drop_sequence, .alter = alter_sequence};
