/* Constraints of tables and domains. */
#include "engine/postgres/language.h"

#include <string.h>

static bool is_index(enum schema_kind kind)
{
    return kind == SCHEMA_PRIMARY_KEY || kind == SCHEMA_UNIQUE || kind == SCHEMA_EXCLUSION;
}

bool constraint_stands_apart(const struct schema_object *constraint)
{
    return is_set(constraint, ATTRIBUTE_VALID);
}

/* "set null (a)": the action in capitals, the columns as they are. */
static void append_action(struct str *to, const char *event, const char *action)
{
    if (!action)
        return;
    str_printf(to, " ON %s ", event);
    for (; *action && *action != '('; ++action)
        str_append_char(to, *action >= 'a' && *action <= 'z' ? (char)(*action - 'a' + 'A') : *action);
    str_append(to, action);
}

/* The last column of a temporal key is a range, or several. */
static void append_key_columns(struct str *to, const struct schema_object *key,
                               const struct schema_value *columns)
{
    str_append(to, " (");
    for (size_t i = 0; i < columns->count; ++i) {
        bool period = is_set(key, ATTRIBUTE_TEMPORAL) && i + 1 == columns->count;
        str_printf(to, "%s%s", i ? ", " : "", period ? "PERIOD " : "");
        text_name(to, columns->texts[i]);
    }
    str_append_char(to, ')');
}

static void append_foreign_key(struct str *to, const struct schema_object *key)
{
    str_append(to, "FOREIGN KEY");
    append_key_columns(to, key, catalog_value(key, ATTRIBUTE_COLUMNS));
    str_printf(to, " REFERENCES %s", catalog_text(key, ATTRIBUTE_REFERENCES));
    append_key_columns(to, key, catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS));
    if (is_value(key, ATTRIBUTE_MATCH, "full"))
        str_append(to, " MATCH FULL");
    append_action(to, "DELETE", catalog_text(key, ATTRIBUTE_ON_DELETE));
    append_action(to, "UPDATE", catalog_text(key, ATTRIBUTE_ON_UPDATE));
}

static void append_key(struct str *to, const struct schema_object *key)
{
    str_append(to, key->kind == SCHEMA_PRIMARY_KEY ? "PRIMARY KEY " : "UNIQUE ");
    if (is_set(key, ATTRIBUTE_NULLS_NOT_DISTINCT))
        str_append(to, "NULLS NOT DISTINCT ");
    text_index_columns(to, key, false);
    text_index_tail(to, key);
}

static void append_exclusion(struct str *to, const struct schema_object *exclusion)
{
    str_append(to, "EXCLUDE ");
    str_append(to, "USING ");
    text_name(to, is_set(exclusion, ATTRIBUTE_METHOD) ? catalog_text(exclusion, ATTRIBUTE_METHOD) : "btree");
    str_append_char(to, ' ');
    text_index_columns(to, exclusion, true);
    text_index_tail(to, exclusion);
}

static void append_deferrable(struct str *to, const struct schema_object *constraint)
{
    if (is_set(constraint, ATTRIBUTE_DEFERRABLE))
        str_append(to, is_value(constraint, ATTRIBUTE_DEFERRABLE, "deferrable")
                           ? " DEFERRABLE"
                           : " DEFERRABLE INITIALLY DEFERRED");
}

void text_constraint(struct str *to, const struct schema_object *constraint)
{
    str_append(to, "CONSTRAINT ");
    text_name(to, constraint->name);
    str_append_char(to, ' ');
    if (constraint->kind == SCHEMA_CHECK)
        str_printf(to, "CHECK (%s)%s", catalog_text(constraint, ATTRIBUTE_EXPRESSION),
                   is_set(constraint, ATTRIBUTE_NO_INHERIT) ? " NO INHERIT" : "");
    else if (constraint->kind == SCHEMA_FOREIGN_KEY)
        append_foreign_key(to, constraint);
    else if (constraint->kind == SCHEMA_EXCLUSION)
        append_exclusion(to, constraint);
    else
        append_key(to, constraint);
    append_deferrable(to, constraint);
    if (is_set(constraint, ATTRIBUTE_NOT_ENFORCED))
        str_append(to, " NOT ENFORCED");
    if (is_set(constraint, ATTRIBUTE_VALID))
        str_append(to, " NOT VALID");
}

/* Questions about rows */

static bool was_there(const struct plan_rendering *rendering, const struct schema_object *object)
{
    const struct schema_object *before = diff_counterpart(rendering->diff, object);
    const struct diff_change *change = before ? diff_find(rendering->diff, object) : NULL;
    if (!change || object->kind == SCHEMA_TABLE)
        return before;
    return object->kind == SCHEMA_COLUMN && !changes(change, ATTRIBUTE_TYPE) &&
           !changes(change, ATTRIBUTE_GENERATED);
}

static bool needs_were_there(const struct plan_rendering *rendering, const struct schema_object *constraint)
{
    for (size_t i = 0; i < constraint->need_count; ++i)
        if (!was_there(rendering, constraint->needs[i]))
            return false;
    return true;
}

static const char *violations_check(const struct plan_rendering *rendering,
                                    const struct schema_object *constraint)
{
    if (!needs_were_there(rendering, constraint) || constraint->parent->kind == SCHEMA_DOMAIN)
        return NULL;
    return arena_printf(rendering->arena, "SELECT pg_catalog.count(*) FROM %s%s WHERE NOT (%s)",
                        is_set(constraint, ATTRIBUTE_NO_INHERIT) ? "ONLY " : "",
                        object_text(rendering, constraint->parent),
                        catalog_text(constraint, ATTRIBUTE_EXPRESSION));
}

/* Is it the table that the key refers to, or a column of that? Partitions of that table are needed, too. */
static bool is_target(const struct plan_rendering *rendering, const struct schema_object *key,
                      const struct schema_object *needed)
{
    const struct schema_object *table = needed->kind == SCHEMA_COLUMN ? needed->parent : needed;
    return table->kind == SCHEMA_TABLE &&
           is_name_of(rendering->arena, catalog_text(key, ATTRIBUTE_REFERENCES), table->schema, table->name);
}

/* Rows whose key is not in the table that it refers to. Where that is new, all that have one. */
static const char *orphans_check(const struct plan_rendering *rendering, const struct schema_object *key)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    const struct schema_value *referenced = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    struct str text = STR_INIT;
    bool target_is_there = true;
    for (size_t i = 0; i < key->need_count; ++i) {
        bool there = was_there(rendering, key->needs[i]);
        bool own = key->needs[i]->parent == key->parent || key->needs[i] == key->parent;
        if (!there && own && key->needs[i]->kind == SCHEMA_COLUMN)
            return NULL;
        target_is_there = target_is_there && (there || !is_target(rendering, key, key->needs[i]));
    }
    str_printf(&text, "SELECT pg_catalog.count(*) FROM %s o WHERE ", object_text(rendering, key->parent));
    for (size_t i = 0; i < columns->count; ++i)
        str_printf(&text, "%so.%s IS NOT NULL", i ? " AND " : "", name_text(rendering, columns->texts[i]));
    if (target_is_there) {
        str_printf(&text, " AND NOT EXISTS (SELECT FROM %s r WHERE ",
                   catalog_text(key, ATTRIBUTE_REFERENCES));
        for (size_t i = 0; i < columns->count && i < referenced->count; ++i)
            str_printf(&text, "%sr.%s = o.%s", i ? " AND " : "", name_text(rendering, referenced->texts[i]),
                       name_text(rendering, columns->texts[i]));
        str_append_char(&text, ')');
    }
    const char *copy = arena_strdup(rendering->arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* What may happen when the constraint is checked against rows, and how to find out before. */
struct risk {
    unsigned hazards;
    enum plan_hazard hazard;
    const char *check, *hint;
};

/* How many rows violate a temporal key is not asked. */
static struct risk risk_at_once(const struct plan_rendering *rendering,
                                const struct schema_object *constraint)
{
    bool temporal = is_set(constraint, ATTRIBUTE_TEMPORAL);
    if (is_new(rendering, constraint) || constraint->parent->kind == SCHEMA_FOREIGN_TABLE ||
        is_set(constraint, ATTRIBUTE_NOT_ENFORCED))
        return (struct risk){0};
    switch (constraint->kind) {
    case SCHEMA_CHECK:
        return (struct risk){PLAN_SCAN | PLAN_CHECK, PLAN_CHECK, violations_check(rendering, constraint),
                             "change the rows that violate the check, or add it NOT VALID"};
    case SCHEMA_FOREIGN_KEY:
        return (struct risk){PLAN_SCAN | PLAN_FOREIGN_KEY, PLAN_FOREIGN_KEY,
                             temporal ? NULL : orphans_check(rendering, constraint),
                             "change the rows that refer to nothing, or add the key NOT VALID"};
    case SCHEMA_EXCLUSION:
        return (struct risk){PLAN_INDEX_BUILD | PLAN_UNIQUE, PLAN_UNIQUE, NULL, NULL};
    default:
        return (struct risk){PLAN_INDEX_BUILD | PLAN_UNIQUE, PLAN_UNIQUE,
                             temporal ? NULL : duplicates_check(rendering, constraint),
                             "change the rows that have the same key"};
    }
}

/* Online, what takes long lets others work. */
static struct risk risk_of(const struct plan_rendering *rendering, const struct schema_object *constraint)
{
    struct risk risk = risk_at_once(rendering, constraint);
    if (constraint_goes_online(rendering, constraint))
        risk.hazards &= ~(unsigned)(PLAN_SCAN | PLAN_INDEX_BUILD);
    return risk;
}

static void add_risk(struct plan_rendering *rendering, struct plan_statement *statement,
                     const struct risk *risk)
{
    statement->hazards |= risk->hazards;
    if (risk->check)
        plan_add_check(rendering, statement, risk->hazard, risk->check, risk->hint);
}

void add_constraint_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                           const struct schema_object *constraint)
{
    struct risk risk =
        is_set(constraint, ATTRIBUTE_VALID) ? (struct risk){0} : risk_of(rendering, constraint);
    struct str *text = add_clause(clauses, risk.hazards);
    str_append(text, "ADD ");
    text_constraint(text, constraint);
    if (risk.check)
        add_clause_check(rendering, clauses, risk.hazard, risk.check, risk.hint);
}

/* Writing them */

static const char *owner_text(const struct plan_rendering *rendering, const struct schema_object *constraint)
{
    return arena_printf(rendering->arena, "%s %s",
                        constraint->parent->kind == SCHEMA_DOMAIN ? "DOMAIN" : "TABLE",
                        object_text(rendering, constraint->parent));
}

/* A statement whose lock must not last until others are done. */
static void set_apart(struct plan_statement *statement)
{
    statement->apart = true;
    statement->hazards |= PLAN_NOT_TRANSACTIONAL;
}

/* Checks and foreign keys: what is there already is read in a statement of its own, while others write. */
static void write_validated(struct plan_rendering *rendering, const struct schema_object *constraint)
{
    struct risk risk = risk_of(rendering, constraint);
    const char *owner = owner_text(rendering, constraint);
    struct str text = STR_INIT;
    str_printf(&text, "ALTER %s ADD ", owner);
    text_constraint(&text, constraint);
    str_append(&text, " NOT VALID");
    set_apart(add_text(rendering, 0, &text));
    struct plan_statement *statement = plan_add(rendering, 0, "ALTER %s VALIDATE CONSTRAINT %s", owner,
                                                name_text(rendering, constraint->name));
    add_risk(rendering, statement, &risk);
    set_apart(statement);
}

/* Keys: the index is built while others write, and becomes the constraint's. */
static void write_by_index(struct plan_rendering *rendering, const struct schema_object *key)
{
    struct risk risk = risk_of(rendering, key);
    const char *name = name_text(rendering, key->name);
    struct str text = STR_INIT;
    str_printf(&text, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s ", name,
               object_text(rendering, key->parent));
    text_index_columns(&text, key, false);
    text_index_tail(&text, key);
    struct plan_statement *statement = add_text(rendering, 0, &text);
    add_risk(rendering, statement, &risk);
    set_concurrent(rendering, statement,
                   arena_printf(rendering->arena, "%s%s%s",
                                key->parent->schema ? name_text(rendering, key->parent->schema) : "",
                                key->parent->schema ? "." : "", name),
                   true);
    str_printf(&text, "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s",
               object_text(rendering, key->parent), name,
               key->kind == SCHEMA_PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE", name);
    append_deferrable(&text, key);
    add_text(rendering, 0, &text);
}

static bool is_partitioned(const struct schema_object *table)
{
    return is_set(table, ATTRIBUTE_PARTITION_BY);
}

bool constraint_goes_online(const struct plan_rendering *rendering, const struct schema_object *constraint)
{
    if (!rendering->options->online || is_new(rendering, constraint) || is_set(constraint, ATTRIBUTE_VALID) ||
        is_set(constraint, ATTRIBUTE_NOT_ENFORCED))
        return false;
    if (constraint->kind == SCHEMA_CHECK)
        return true;
    if (constraint->kind == SCHEMA_FOREIGN_KEY && server_version(rendering) >= 18)
        return true; /* of partitioned tables, too */
    bool builds_gist = is_set(constraint, ATTRIBUTE_TEMPORAL) && constraint->kind != SCHEMA_FOREIGN_KEY;
    if (constraint->kind == SCHEMA_EXCLUSION || builds_gist || is_partitioned(constraint->parent))
        return false;
    return !is_set(constraint, ATTRIBUTE_TABLESPACE) && !is_set(constraint, ATTRIBUTE_NULLS_NOT_DISTINCT);
}

void write_constraint(struct plan_rendering *rendering, const struct schema_object *constraint)
{
    if (constraint_goes_online(rendering, constraint)) {
        if (is_index(constraint->kind))
            write_by_index(rendering, constraint);
        else
            write_validated(rendering, constraint);
        return;
    }
    struct risk risk =
        is_set(constraint, ATTRIBUTE_VALID) ? (struct risk){0} : risk_of(rendering, constraint);
    struct str text = STR_INIT;
    str_printf(&text, "ALTER %s ADD ", owner_text(rendering, constraint));
    text_constraint(&text, constraint);
    struct plan_statement *statement = add_text(rendering, 0, &text);
    add_risk(rendering, statement, &risk);
    if (rendering->options->online && risk.hazards)
        statement->note = "this cannot be done while others write";
}

void write_constraint_extras(struct plan_rendering *rendering, const struct schema_object *constraint)
{
    if (is_set(constraint, ATTRIBUTE_CLUSTERED))
        plan_add(rendering, 0, "ALTER TABLE %s CLUSTER ON %s", object_text(rendering, constraint->parent),
                 name_text(rendering, constraint->name));
    if (is_set(constraint, ATTRIBUTE_COMMENT))
        write_comment(rendering, constraint);
}

static bool create_constraint(struct plan_rendering *rendering, const struct schema_object *constraint,
                              dun_error *error)
{
    (void)error;
    if (is_inherited(constraint))
        return true;
    write_constraint(rendering, constraint);
    if (is_set(constraint, ATTRIBUTE_CLUSTERED))
        plan_add(rendering, 0, "ALTER TABLE %s CLUSTER ON %s", object_text(rendering, constraint->parent),
                 name_text(rendering, constraint->name));
    write_identity_again(rendering, constraint);
    return true;
}

static void drop_constraint(struct plan_rendering *rendering, const struct schema_object *constraint)
{
    if (!is_inherited(constraint))
        write_drop(rendering, constraint, 0);
}

/* The index of a key has its options; it is called like the key. */
static void alter_index_of(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str text = STR_INIT;
    str_append(&text, "ALTER INDEX ");
    if (change->to->parent->schema) {
        text_name(&text, change->to->parent->schema);
        str_append_char(&text, '.');
    }
    text_name(&text, change->to->name);
    str_append_char(&text, ' ');
    if (text_options_change(&text, change->from, change->to))
        add_text(rendering, 0, &text);
    str_free(&text);
}

static void alter_enforced(struct plan_rendering *rendering, const struct schema_object *key)
{
    struct risk risk = risk_of(rendering, key);
    struct plan_statement *statement = plan_add(
        rendering, 0, "ALTER TABLE %s ALTER CONSTRAINT %s %sENFORCED", object_text(rendering, key->parent),
        name_text(rendering, key->name), is_set(key, ATTRIBUTE_NOT_ENFORCED) ? "NOT " : "");
    add_risk(rendering, statement, &risk);
}

static void alter_constraint(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_object *constraint = change->to;
    const char *table = object_text(rendering, constraint->parent),
               *name = name_text(rendering, constraint->name);
    if (changes(change, ATTRIBUTE_VALID)) {
        struct risk risk = risk_of(rendering, constraint);
        struct plan_statement *statement = plan_add(rendering, 0, "ALTER %s VALIDATE CONSTRAINT %s",
                                                    owner_text(rendering, constraint), name);
        add_risk(rendering, statement, &risk);
        if (rendering->options->online)
            set_apart(statement);
    }
    if (changes(change, ATTRIBUTE_DEFERRABLE)) {
        struct str text = STR_INIT;
        str_printf(&text, "ALTER TABLE %s ALTER CONSTRAINT %s", table, name);
        append_deferrable(&text, constraint);
        if (!is_set(constraint, ATTRIBUTE_DEFERRABLE))
            str_append(&text, " NOT DEFERRABLE");
        else if (is_value(constraint, ATTRIBUTE_DEFERRABLE, "deferrable"))
            str_append(&text, " INITIALLY IMMEDIATE");
        add_text(rendering, 0, &text);
    }
    if (changes(change, ATTRIBUTE_NOT_ENFORCED))
        alter_enforced(rendering, constraint);
    if (changes(change, ATTRIBUTE_OPTIONS))
        alter_index_of(rendering, change);
    if (changes(change, ATTRIBUTE_CLUSTERED) && is_set(constraint, ATTRIBUTE_CLUSTERED))
        plan_add(rendering, 0, "ALTER TABLE %s CLUSTER ON %s", table, name);
    else if (changes(change, ATTRIBUTE_CLUSTERED) && !is_clustered(constraint->parent))
        plan_add(rendering, 0, "ALTER TABLE %s SET WITHOUT CLUSTER", table);
}

static enum plan_means constraint_means(const struct diff_change *change)
{
    static const enum schema_attribute in_place[] = {
        ATTRIBUTE_OPTIONS,    ATTRIBUTE_CLUSTERED,    ATTRIBUTE_COMMENT,
        ATTRIBUTE_INHERITED,  ATTRIBUTE_VALID,        ATTRIBUTE_PARTITION_OF,
        ATTRIBUTE_DEFERRABLE, ATTRIBUTE_NOT_ENFORCED, SCHEMA_ATTRIBUTE_COUNT};
    if (is_inherited(change->to))
        return PLAN_IN_PLACE;
    if (!changes_only(change, in_place))
        return PLAN_REPLACE;
    if ((changes(change, ATTRIBUTE_DEFERRABLE) || changes(change, ATTRIBUTE_NOT_ENFORCED)) &&
        change->to->kind != SCHEMA_FOREIGN_KEY)
        return PLAN_REPLACE;
    return changes(change, ATTRIBUTE_VALID) && is_set(change->to, ATTRIBUTE_VALID) ? PLAN_REPLACE
                                                                                   : PLAN_IN_PLACE;
}

const struct kind_writer constraint_writer = {.create = create_constraint,
                                              .drop = drop_constraint,
                                              .alter = alter_constraint,
                                              .means = constraint_means};
