/* Tables and foreign tables: CREATE TABLE, and the clauses of ALTER TABLE. */
#include "engine/postgres/language.h"

#include "base/error.h"

#include <string.h>

/* CREATE TABLE */

static void begin_item(struct str *text, bool *first)
{
    str_append(text, *first ? " (\n    " : ",\n    ");
    *first = false;
}

/* Columns and constraints, of its own or all. False: there are none. */
static bool append_items(struct str *text, const struct schema_object *table, const struct plan_step *step,
                         bool all)
{
    bool first = true;
    for (size_t i = 0; i < step->inside_count; ++i) {
        const struct schema_object *part = step->inside[i];
        if (part->parent != table || (is_inherited(part) && !all))
            continue;
        begin_item(text, &first);
        if (part->kind == SCHEMA_COLUMN)
            text_column(text, part);
        else
            text_constraint(text, part);
    }
    if (!first)
        str_append(text, "\n)");
    return !first;
}

/* Columns of a typed table are those of its type; what they have beyond is said after it. */
static bool append_typed_items(struct str *text, const struct schema_object *table,
                               const struct plan_step *step)
{
    bool first = true;
    for (size_t i = 0; i < step->inside_count; ++i) {
        const struct schema_object *part = step->inside[i];
        if (part->parent != table || part->kind == SCHEMA_COLUMN)
            continue;
        begin_item(text, &first);
        text_constraint(text, part);
    }
    if (!first)
        str_append(text, "\n)");
    return !first;
}

static void append_inherits(struct str *text, const struct schema_object *table)
{
    const struct schema_value *parents = catalog_value(table, ATTRIBUTE_INHERITS);
    for (size_t i = 0; parents && i < parents->count; ++i)
        str_printf(text, "%s%s%s", i ? ", " : " INHERITS (", parents->texts[i],
                   i + 1 == parents->count ? ")" : "");
}

/* What stands behind the columns. */
static void append_storage(struct str *text, const struct schema_object *table, bool attached_later)
{
    append_inherits(text, table);
    if (is_set(table, ATTRIBUTE_PARTITION_BOUND) && !attached_later)
        str_printf(text, " %s", catalog_text(table, ATTRIBUTE_PARTITION_BOUND));
    if (is_set(table, ATTRIBUTE_PARTITION_BY))
        str_printf(text, " PARTITION BY %s", catalog_text(table, ATTRIBUTE_PARTITION_BY));
    if (is_set(table, ATTRIBUTE_ACCESS_METHOD)) {
        str_append(text, " USING ");
        text_name(text, catalog_text(table, ATTRIBUTE_ACCESS_METHOD));
    }
    if (is_set(table, ATTRIBUTE_SERVER)) {
        str_append(text, " SERVER ");
        text_name(text, catalog_text(table, ATTRIBUTE_SERVER));
    }
    if (is_set(table, ATTRIBUTE_OPTIONS)) {
        bool foreign = table->kind == SCHEMA_FOREIGN_TABLE;
        str_append(text, foreign ? " OPTIONS " : " WITH ");
        text_options(text, catalog_value(table, ATTRIBUTE_OPTIONS), foreign ? " " : " = ");
    }
    if (is_set(table, ATTRIBUTE_TABLESPACE)) {
        str_append(text, " TABLESPACE ");
        text_name(text, catalog_text(table, ATTRIBUTE_TABLESPACE));
    }
}

static void write_create(struct plan_rendering *rendering, const struct plan_step *step)
{
    const struct schema_object *table = step->to;
    struct str text = STR_INIT;
    bool items, later = is_attached_later(rendering, table),
                partition = is_set(table, ATTRIBUTE_PARTITION_OF);
    str_printf(&text, "CREATE %s%s ", is_set(table, ATTRIBUTE_PERSISTENCE) ? "UNLOGGED " : "",
               kind_keyword(table->kind));
    text_object(&text, table);
    if (partition && !later)
        str_printf(&text, " PARTITION OF %s", catalog_text(table, ATTRIBUTE_PARTITION_OF));
    if (is_set(table, ATTRIBUTE_TYPE)) {
        str_printf(&text, " OF %s", catalog_text(table, ATTRIBUTE_TYPE));
        items = append_typed_items(&text, table, step);
    } else {
        items = append_items(&text, table, step, later);
    }
    if (!items && (!partition || later) && !is_set(table, ATTRIBUTE_TYPE))
        str_append(&text, " ()");
    append_storage(&text, table, later);
    add_text(rendering, 0, &text);
    if (later)
        plan_add_to(rendering, PLAN_AFTER, 0, "ALTER TABLE %s ATTACH PARTITION %s %s",
                    catalog_text(table, ATTRIBUTE_PARTITION_OF), object_text(rendering, table),
                    catalog_text(table, ATTRIBUTE_PARTITION_BOUND));
}

/* What is of the table itself */

static bool has_word(const struct schema_object *table, enum schema_attribute attribute, const char *word)
{
    const char *text = table ? catalog_text(table, attribute) : NULL;
    return text && strstr(text, word);
}

static void add_row_security(struct table_clauses *clauses, const struct schema_object *from,
                             const struct schema_object *to)
{
    bool enabled = has_word(to, ATTRIBUTE_ROW_SECURITY, "enabled"),
         forced = has_word(to, ATTRIBUTE_ROW_SECURITY, "forced");
    if (enabled != has_word(from, ATTRIBUTE_ROW_SECURITY, "enabled"))
        str_append(add_clause(clauses, 0),
                   enabled ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
    if (forced != has_word(from, ATTRIBUTE_ROW_SECURITY, "forced"))
        str_append(add_clause(clauses, 0),
                   forced ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
}

static void write_part_extras(struct plan_rendering *rendering, const struct schema_object *part)
{
    if (part->kind == SCHEMA_COLUMN && is_set(part, ATTRIBUTE_COMMENT))
        write_comment(rendering, part);
    else if (part->kind != SCHEMA_COLUMN)
        write_constraint_extras(rendering, part);
}

bool write_table(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    struct table_clauses clauses = {0};
    const struct schema_object *table = step->to;
    (void)error;
    write_create(rendering, step);
    for (size_t i = 0; i < step->inside_count; ++i)
        if (step->inside[i]->parent == table && step->inside[i]->kind == SCHEMA_COLUMN)
            add_new_column_clauses(&clauses, step->inside[i]);
    add_row_security(&clauses, NULL, table);
    write_clauses(rendering, table, &clauses);
    if (is_set(table, ATTRIBUTE_REPLICA_IDENTITY))
        write_replica_identity(rendering, table);
    for (size_t i = 0; i < step->inside_count; ++i)
        write_part_extras(rendering, step->inside[i]);
    return true;
}

/* ALTER TABLE */

static bool is_listed(const struct schema_value *list, const char *text)
{
    for (size_t i = 0; list && i < list->count; ++i)
        if (strcmp(list->texts[i], text) == 0)
            return true;
    return false;
}

/* What the table no longer inherits from; before its columns can be dropped. */
static void write_leaving(struct plan_rendering *rendering, const struct diff_change *own)
{
    const struct schema_value *old = catalog_value(own->from, ATTRIBUTE_INHERITS);
    const char *name = object_text(rendering, own->to),
               *parent = catalog_text(own->from, ATTRIBUTE_PARTITION_OF);
    for (size_t i = 0; old && changes(own, ATTRIBUTE_INHERITS) && i < old->count; ++i)
        if (!is_listed(catalog_value(own->to, ATTRIBUTE_INHERITS), old->texts[i]))
            plan_add(rendering, 0, "ALTER TABLE %s NO INHERIT %s", name, old->texts[i]);
    if (!parent || (!changes(own, ATTRIBUTE_PARTITION_OF) && !changes(own, ATTRIBUTE_PARTITION_BOUND)))
        return;
    /* CONCURRENTLY would leave a check of the bounds behind, and the lock is short. */
    plan_add(rendering, 0, "ALTER TABLE %s DETACH PARTITION %s", parent, name);
}

/* What it inherits from now; when it has the columns for it. */
static void write_joining(struct plan_rendering *rendering, const struct diff_change *own)
{
    const struct schema_value *new = catalog_value(own->to, ATTRIBUTE_INHERITS);
    const char *name = object_text(rendering, own->to),
               *parent = catalog_text(own->to, ATTRIBUTE_PARTITION_OF);
    for (size_t i = 0; new &&changes(own, ATTRIBUTE_INHERITS) && i < new->count; ++i)
        if (!is_listed(catalog_value(own->from, ATTRIBUTE_INHERITS), new->texts[i]))
            plan_add(rendering, 0, "ALTER TABLE %s INHERIT %s", name, new->texts[i]);
    if (parent && (changes(own, ATTRIBUTE_PARTITION_OF) || changes(own, ATTRIBUTE_PARTITION_BOUND)))
        plan_add(rendering, PLAN_SCAN | PLAN_CHECK, "ALTER TABLE %s ATTACH PARTITION %s %s", parent, name,
                 catalog_text(own->to, ATTRIBUTE_PARTITION_BOUND));
}

static void add_options(struct table_clauses *clauses, const struct diff_change *own)
{
    struct str options = STR_INIT;
    bool foreign = own->to->kind == SCHEMA_FOREIGN_TABLE;
    bool any = foreign ? text_foreign_options_change(&options, own->from, own->to)
                       : text_options_change(&options, own->from, own->to);
    if (any)
        str_append(add_clause(clauses, 0), str_text(&options));
    str_free(&options);
}

static void add_own_clauses(struct plan_rendering *rendering, struct table_clauses *clauses,
                            const struct diff_change *own)
{
    const struct schema_object *to = own->to;
    if (changes(own, ATTRIBUTE_OPTIONS))
        add_options(clauses, own);
    if (changes(own, ATTRIBUTE_PERSISTENCE))
        str_append(add_clause(clauses, PLAN_REWRITE),
                   is_set(to, ATTRIBUTE_PERSISTENCE) ? "SET UNLOGGED" : "SET LOGGED");
    if (changes(own, ATTRIBUTE_ACCESS_METHOD))
        str_printf(add_clause(clauses, PLAN_REWRITE), "SET ACCESS METHOD %s",
                   is_set(to, ATTRIBUTE_ACCESS_METHOD)
                       ? name_text(rendering, catalog_text(to, ATTRIBUTE_ACCESS_METHOD))
                       : "heap");
    if (changes(own, ATTRIBUTE_TABLESPACE))
        str_printf(add_clause(clauses, PLAN_REWRITE), "SET TABLESPACE %s",
                   is_set(to, ATTRIBUTE_TABLESPACE)
                       ? name_text(rendering, catalog_text(to, ATTRIBUTE_TABLESPACE))
                       : "pg_default");
    if (changes(own, ATTRIBUTE_TYPE) && is_set(to, ATTRIBUTE_TYPE))
        str_printf(add_clause(clauses, 0), "OF %s", catalog_text(to, ATTRIBUTE_TYPE));
    else if (changes(own, ATTRIBUTE_TYPE))
        str_append(add_clause(clauses, 0), "NOT OF");
    if (changes(own, ATTRIBUTE_ROW_SECURITY))
        add_row_security(clauses, own->from, to);
}

static bool has_other_parent(const struct schema_object *table, const struct schema_object *other)
{
    const struct schema_value *parents = catalog_value(table, ATTRIBUTE_INHERITS);
    for (size_t i = 0; parents && i < parents->count; ++i)
        if (!is_listed(catalog_value(other, ATTRIBUTE_INHERITS), parents->texts[i]))
            return true;
    return false;
}

/* A table that leaves a parent keeps what it inherited; where it stays, that goes by itself. */
static bool leaves(const struct diff_change *own)
{
    return changes(own, ATTRIBUTE_PARTITION_OF) || (own && has_other_parent(own->from, own->to));
}

/* A table that joins a parent has to have what it is to inherit; where it was, that comes by itself. */
static bool joins(const struct diff_change *own)
{
    return changes(own, ATTRIBUTE_PARTITION_OF) || (own && has_other_parent(own->to, own->from));
}

static void add_drops(struct plan_rendering *rendering, struct table_clauses *clauses,
                      const struct plan_step *step, bool columns)
{
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        bool column = change->action == DIFF_DROP && change->from->kind == SCHEMA_COLUMN;
        if (change->action != DIFF_DROP || column != columns ||
            (is_inherited(change->from) && !leaves(own_change(step))))
            continue;
        bool loses = column && !is_set(change->from, ATTRIBUTE_GENERATED) && step->to->kind == SCHEMA_TABLE;
        struct str *text = add_clause(clauses, loses ? PLAN_DROP_COLUMN : 0);
        str_printf(text, "DROP %s ", column ? "COLUMN" : "CONSTRAINT");
        text_name(text, change->from->name);
    }
    (void)rendering;
}

static void add_changed_columns(struct plan_rendering *rendering, struct table_clauses *clauses,
                                const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_ALTER && step->changes[i]->to->kind == SCHEMA_COLUMN)
            write_column_clauses(rendering, clauses, step->changes[i]);
}

static void add_new_parts(struct plan_rendering *rendering, struct table_clauses *clauses,
                          const struct plan_step *step)
{
    bool all = joins(own_change(step));
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct schema_object *part = step->changes[i]->to;
        if (step->changes[i]->action != DIFF_CREATE ||
            (is_inherited(part) && !all && part->kind != SCHEMA_COLUMN))
            continue;
        if (part->kind == SCHEMA_COLUMN && is_inherited(part) && !all)
            add_new_column_clauses(clauses, part);
        else if (part->kind == SCHEMA_COLUMN)
            add_column_clause(rendering, clauses, part);
        else if (!constraint_goes_online(rendering, part) && !is_set(part, ATTRIBUTE_PARTITION_OF))
            add_constraint_clause(rendering, clauses, part);
    }
}

/* What is not a clause of the one statement. */
static void write_beside(struct plan_rendering *rendering, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        const struct schema_object *part = change->to;
        bool is_part = part && part != step->to, is_column = is_part && part->kind == SCHEMA_COLUMN;
        if (is_column && becomes_not_null_online(rendering, change))
            write_not_null_online(rendering, change);
        if (is_column && changes(change, ATTRIBUTE_NOT_NULL_NAME))
            write_not_null_name(rendering, change);
        if (is_column && changes(change, ATTRIBUTE_IDENTITY) && !is_set(change->from, ATTRIBUTE_IDENTITY))
            write_identity_start(rendering, part);
        if (is_part && change->action == DIFF_CREATE && is_constraint(part->kind) && !is_inherited(part) &&
            constraint_goes_online(rendering, part))
            write_constraint(rendering, part);
        if (is_part && change->action == DIFF_CREATE)
            write_part_extras(rendering, part);
        else if (is_part && changes(change, ATTRIBUTE_COMMENT))
            write_comment(rendering, part);
    }
}

/* Rows cannot be moved into partitions by an ALTER TABLE, nor out of them. */
static bool is_possible(const struct diff_change *own, dun_error *error)
{
    if (!changes(own, ATTRIBUTE_PARTITION_BY))
        return true;
    bool partitioned = is_set(own->to, ATTRIBUTE_PARTITION_BY);
    error_set(error, DUN_FAILED, "%s",
              partitioned
                  ? "PostgreSQL cannot partition a table that is there, or partition it in another way"
                  : "PostgreSQL cannot make a partitioned table a plain one");
    error_hint(error, "make the new table under another name, copy the rows in a migration of your own, and "
                      "drop the old one");
    return false;
}

/* What sequences of columns that change need before. */
static void write_before_columns(struct plan_rendering *rendering, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        if (change->action != DIFF_ALTER || change->from->kind != SCHEMA_COLUMN)
            continue;
        write_own_sequence_drop(rendering, change->from);
        write_identity_into_limits(rendering, change);
    }
}

bool write_table_changes(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    const struct diff_change *own = own_change(step);
    struct table_clauses clauses = {0};
    if (own && !is_possible(own, error))
        return false;
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_ALTER && step->changes[i]->from->kind == SCHEMA_COLUMN &&
            !column_change_is_possible(rendering, step->changes[i], error))
            return false;
    if (own)
        write_leaving(rendering, own);
    write_before_columns(rendering, step);
    add_drops(rendering, &clauses, step, false);
    add_drops(rendering, &clauses, step, true);
    if (own)
        add_own_clauses(rendering, &clauses, own);
    add_changed_columns(rendering, &clauses, step);
    add_new_parts(rendering, &clauses, step);
    write_clauses(rendering, step->to, &clauses);
    if (own) {
        write_joining(rendering, own);
        if (changes(own, ATTRIBUTE_REPLICA_IDENTITY))
            write_replica_identity(rendering, step->to);
        write_comment_and_owner(rendering, own);
    }
    write_beside(rendering, step);
    return true;
}

void write_table_drop(struct plan_rendering *rendering, const struct schema_object *table)
{
    unsigned hazard = table->kind == SCHEMA_FOREIGN_TABLE     ? 0u
                      : is_set(table, ATTRIBUTE_PARTITION_OF) ? (unsigned)PLAN_DROP_PARTITION
                                                              : (unsigned)PLAN_DROP_TABLE;
    write_drop(rendering, table, hazard);
}

enum plan_means table_means(const struct diff_change *change)
{
    return change->to->kind == SCHEMA_FOREIGN_TABLE && changes(change, ATTRIBUTE_SERVER) ? PLAN_REPLACE
                                                                                         : PLAN_IN_PLACE;
}
