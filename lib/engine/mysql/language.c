/* How the schemas of MySQL and MariaDB are changed: the table of the language, and which step is written by
 * whom. */
#include "engine/mysql/language.h"

#include "base/error.h"

#include <string.h>

const struct diff_rules mysql_diff_rules = {
    .dialect = SQL_MYSQL, .tokens = true, .any_case_of_columns = true, .version_numbers = 2};

static bool has_any(const struct diff_change *change, const enum schema_attribute *attributes, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        if (diff_has(change, attributes[i]))
            return true;
    return false;
}

/* When a trigger runs is what it was made with. */
static bool moves_trigger(const struct diff_change *change)
{
    static const enum schema_attribute place[] = {ATTRIBUTE_TIMING, ATTRIBUTE_EVENTS, ATTRIBUTE_FOLLOWS};
    return has_any(change, place, sizeof place / sizeof *place);
}

static enum plan_means rename_means(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_TABLE:
    case SCHEMA_VIEW:
    case SCHEMA_SEQUENCE:
    case SCHEMA_COLUMN:
    case SCHEMA_INDEX:
    case SCHEMA_UNIQUE:
    case SCHEMA_EVENT:
        return PLAN_IN_PLACE;
    default:
        return PLAN_REPLACE;
    }
}

static enum plan_means means(const struct diff_change *change, const struct plan_options *options)
{
    (void)options;
    switch (change->action) {
    case DIFF_RENAME:
        return rename_means(change->from->kind);
    case DIFF_ALTER:
        if (change->from->kind == SCHEMA_FOREIGN_KEY)
            return PLAN_REPLACE;
        return change->from->kind == SCHEMA_TRIGGER && moves_trigger(change) ? PLAN_REPLACE : PLAN_IN_PLACE;
    default:
        return PLAN_IN_PLACE;
    }
}

static bool created_inside(const struct schema_object *part)
{
    return part->kind != SCHEMA_TRIGGER;
}

/* A foreign key waits for the tables of both its sides, and has to go before them. */
static bool joins(const struct diff_change *change)
{
    enum schema_kind kind = (change->to ? change->to : change->from)->kind;
    return change->action != DIFF_RENAME && kind != SCHEMA_FOREIGN_KEY && kind != SCHEMA_TRIGGER;
}

static bool stops_foreign_key(const struct diff_change *change)
{
    static const enum schema_attribute of_columns[] = {
        ATTRIBUTE_TYPE, ATTRIBUTE_CHARACTER_SET, ATTRIBUTE_COLLATION, ATTRIBUTE_GENERATED, ATTRIBUTE_STORED};
    static const enum schema_attribute of_keys[] = {ATTRIBUTE_COLUMNS, ATTRIBUTE_PREFIX_LENGTHS,
                                                    ATTRIBUTE_METHOD};
    static const enum schema_attribute of_tables[] = {ATTRIBUTE_ENGINE, ATTRIBUTE_PARTITION_BY,
                                                      ATTRIBUTE_PARTITIONS};
    if (change->action != DIFF_ALTER)
        return false;
    switch (change->from->kind) {
    case SCHEMA_COLUMN:
        return has_any(change, of_columns, sizeof of_columns / sizeof *of_columns);
    case SCHEMA_TABLE:
        return has_any(change, of_tables, sizeof of_tables / sizeof *of_tables);
    default:
        return has_any(change, of_keys, sizeof of_keys / sizeof *of_keys);
    }
}

static bool is_spatial_index(const struct schema_object *object)
{
    const char *method = catalog_text(object, ATTRIBUTE_METHOD);
    return object->kind == SCHEMA_INDEX && method && strcmp(method, "SPATIAL") == 0;
}

/*
 * Views, triggers and routines are looked at when they run. What mentions a column that is renamed (a check,
 * a generated column) MariaDB renames in it; MySQL refuses such a rename, which shows on scratch.
 */
static enum plan_obstacle obstacle(const struct diff_change *change, const struct schema_object *dependent)
{
    bool in_the_way = (dependent->kind == SCHEMA_FOREIGN_KEY && stops_foreign_key(change)) ||
                      (is_spatial_index(dependent) && mysql_engine_changes_srid(change)); /* MySQL */
    return in_the_way ? PLAN_OBSTACLE_RECREATE : PLAN_NO_OBSTACLE;
}

static bool is_program(enum schema_kind kind)
{
    return kind == SCHEMA_FUNCTION || kind == SCHEMA_PROCEDURE || kind == SCHEMA_PACKAGE ||
           kind == SCHEMA_TRIGGER || kind == SCHEMA_EVENT;
}

static bool refuse(const struct schema_object *object, dun_error *error)
{
    error_set(error, DUN_FAILED, "MySQL and MariaDB have no %s", schema_kind_word(object->kind));
    error_hint(error, "the schema is that of another engine");
    return false;
}

static bool create(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    switch (step->to->kind) {
    case SCHEMA_TABLE:
        mysql_engine_create_table(rendering, step);
        return true;
    case SCHEMA_VIEW:
        mysql_engine_create_view(rendering, step->to, false);
        return true;
    case SCHEMA_SEQUENCE:
        mysql_engine_create_sequence(rendering, step->to);
        return true;
    default:
        if (is_program(step->to->kind))
            mysql_engine_create_program(rendering, step->to, false);
        else if (step->to->parent)
            mysql_engine_add_part(rendering, step->to);
        else
            return refuse(step->to, error);
        return true;
    }
}

static bool drop(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    const char *name = mysql_engine_name(rendering->arena, step->from->name);
    unsigned apart = PLAN_NOT_TRANSACTIONAL;
    switch (step->from->kind) {
    case SCHEMA_TABLE:
        plan_add(rendering, apart | PLAN_DROP_TABLE, "DROP TABLE %s", name);
        return true;
    case SCHEMA_VIEW:
        plan_add(rendering, apart, "DROP VIEW %s", name);
        return true;
    case SCHEMA_SEQUENCE:
        plan_add(rendering, apart | PLAN_DROP_SEQUENCE, "DROP SEQUENCE %s", name);
        return true;
    default:
        if (is_program(step->from->kind))
            mysql_engine_drop_program(rendering, step->from);
        else if (step->from->parent)
            mysql_engine_drop_part(rendering, step->from, step->recreated);
        else
            return refuse(step->from, error);
        return true;
    }
}

static bool alter(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    switch (step->to->kind) {
    case SCHEMA_TABLE:
        return mysql_engine_alter_table(rendering, step, error);
    case SCHEMA_VIEW:
        mysql_engine_create_view(rendering, step->to, true);
        return true;
    case SCHEMA_SEQUENCE:
        mysql_engine_alter_sequence(rendering, step->changes[0]);
        return true;
    default:
        if (!is_program(step->to->kind))
            return refuse(step->to, error);
        mysql_engine_alter_program(rendering, step->changes[0]);
        return true;
    }
}

static bool needs(const struct schema_object *object, const struct schema_object *other)
{
    for (size_t i = 0; i < object->need_count; ++i)
        if (object->needs[i] == other)
            return true;
    return false;
}

/*
 * MySQL renames no column that a check or a generated column uses. They go before, and are missing then: what
 * the plan does after its renames makes them anew.
 */
static void clear_way(struct plan_rendering *rendering, const struct schema_object *column)
{
    const struct schema_object *table = column->parent;
    const char *head = mysql_engine_alter_head(rendering->arena, table, table);
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_object *part = table->parts[i];
        const char *name = mysql_engine_name(rendering->arena, part->name);
        if (part == column || !needs(part, column))
            continue;
        if (part->kind == SCHEMA_CHECK) {
            plan_add_to(rendering, PLAN_BEFORE, PLAN_NOT_TRANSACTIONAL, "%s DROP CHECK %s", head, name);
        } else if (part->kind == SCHEMA_COLUMN && catalog_text(part, ATTRIBUTE_GENERATED)) {
            clear_way(rendering, part);
            plan_add_to(rendering, PLAN_BEFORE, PLAN_NOT_TRANSACTIONAL | PLAN_REWRITE, "%s DROP COLUMN %s",
                        head, name);
        }
    }
}

static void rename_object(struct plan_rendering *rendering, const struct plan_step *step)
{
    const char *from = mysql_engine_name(rendering->arena, step->from->name),
               *to = mysql_engine_name(rendering->arena, step->to->name);
    const struct schema_object *table = step->to->parent;
    const char *head = table ? mysql_engine_alter_head(rendering->arena, step->from->parent, table) : "";
    const char *online = rendering->options->online && table ? ", ALGORITHM=INPLACE, LOCK=NONE" : "";
    if (step->to->kind == SCHEMA_COLUMN && !mysql_engine_is_mariadb(rendering))
        clear_way(rendering, step->from);
    if (step->to->kind == SCHEMA_EVENT)
        mysql_engine_rename_event(rendering, step);
    else if (!table)
        plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "RENAME TABLE %s TO %s", from, to);
    else
        plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s RENAME %s %s TO %s%s", head,
                 step->to->kind == SCHEMA_COLUMN ? "COLUMN" : "INDEX", from, to, online);
    if (step->to->kind == SCHEMA_COLUMN || (!table && step->to->kind != SCHEMA_EVENT))
        mysql_engine_move_grants(rendering, step->from, step->to);
}

static void exchange_tables(struct plan_rendering *rendering, const struct plan_step *step)
{
    struct arena *arena = rendering->arena;
    const char *aside = mysql_engine_name(arena, plan_free_name(rendering));
    const char *sql =
        arena_printf(arena, "RENAME TABLE %s TO %s", mysql_engine_name(arena, step->from->name), aside);
    for (size_t i = 1; i < step->change_count; ++i)
        sql = arena_printf(arena, "%s, %s TO %s", sql, mysql_engine_name(arena, step->changes[i]->from->name),
                           mysql_engine_name(arena, step->changes[i]->to->name));
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s, %s TO %s", sql, aside,
             mysql_engine_name(arena, step->to->name));
}

/* Parts of one table. */
static void exchange_parts(struct plan_rendering *rendering, const struct plan_step *step)
{
    struct arena *arena = rendering->arena;
    const char *what = step->to->kind == SCHEMA_COLUMN ? "COLUMN" : "INDEX";
    const char *sql = mysql_engine_alter_head(arena, step->from->parent, step->to->parent);
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct schema_object *from = step->changes[i]->from;
        if (from->kind == SCHEMA_COLUMN && !mysql_engine_is_mariadb(rendering))
            clear_way(rendering, from);
        sql = arena_printf(arena, "%s%s RENAME %s %s TO %s", sql, i ? "," : "", what,
                           mysql_engine_name(arena, from->name),
                           mysql_engine_name(arena, step->changes[i]->to->name));
    }
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s%s", sql,
             rendering->options->online ? ", ALGORITHM=INPLACE, LOCK=NONE" : "");
}

/* All at once, for nobody undoes the first of several statements when a later one fails. */
static bool exchange(struct plan_rendering *rendering, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->to->parent != step->to->parent || step->changes[i]->to->kind == SCHEMA_EVENT)
            return false;
    if (step->to->parent)
        exchange_parts(rendering, step);
    else
        exchange_tables(rendering, step);
    if (!step->to->parent || step->to->kind == SCHEMA_COLUMN)
        mysql_engine_exchange_grants(rendering, step);
    return true;
}

static bool render(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    switch (step->action) {
    case PLAN_CREATE:
        return create(rendering, step, error);
    case PLAN_DROP:
        return drop(rendering, step, error);
    case PLAN_ALTER:
        return alter(rendering, step, error);
    case PLAN_RENAME:
        rename_object(rendering, step);
        return true;
    case PLAN_DETACH:
        mysql_engine_attach_column(rendering, step->from, true);
        return true;
    case PLAN_ATTACH:
        mysql_engine_attach_column(rendering, step->to, false);
        return true;
    case PLAN_REBUILD_TABLE:
        break; /* never asked for: ALTER TABLE does it all */
    }
    return true;
}

/* Of metadata, and of rows; in whole seconds. */
static const char *lock_timeout(struct arena *arena, int64_t milliseconds)
{
    long long seconds = (long long)(milliseconds + 999) / 1000;
    return arena_printf(arena,
                        "SET SESSION lock_wait_timeout = %lld, SESSION innodb_lock_wait_timeout = %lld",
                        seconds > 0 ? seconds : 1, seconds > 0 ? seconds : 1);
}

const struct plan_language mysql_language = {
    .dialect = SQL_MYSQL,
    .means = means,
    .created_inside = created_inside,
    .joins = joins,
    .obstacle = obstacle,
    .render = render,
    .exchange = exchange,
    .lock_timeout = lock_timeout,
};
