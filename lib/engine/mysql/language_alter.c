/* ALTER TABLE: all changes of one table that join, as the clauses of one statement. */
#include "engine/mysql/language.h"

#include <string.h>
#include <strings.h>

/* Is any column behind this one there already? Then it does not come last. */
static bool comes_last(const struct diff *diff, const struct schema_object *column)
{
    const struct schema_object *table = column->parent;
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN && table->parts[i]->position > column->position &&
            diff_counterpart(diff, table->parts[i]))
            return false;
    return true;
}

static void append_position(struct str *to, const struct schema_object *column)
{
    const struct schema_object *before = NULL;
    for (size_t i = 0; i < column->parent->part_count; ++i) {
        const struct schema_object *other = column->parent->parts[i];
        if (other->kind == SCHEMA_COLUMN && other->position < column->position &&
            (!before || other->position > before->position))
            before = other;
    }
    if (!before) {
        str_append(to, " FIRST");
        return;
    }
    str_append(to, " AFTER ");
    mysql_engine_append_name(to, before->name);
}

static struct language_column_style style_of(const struct language_alteration *alteration)
{
    return (struct language_column_style){.tables = {alteration->from, alteration->to}};
}

static void add_column(struct language_alteration *alteration, const struct schema_object *column)
{
    struct language_column_style style = style_of(alteration);
    struct str *to = mysql_engine_clause(alteration);
    bool last = comes_last(alteration->rendering->diff, column);
    str_append(to, "ADD COLUMN ");
    mysql_engine_append_column(to, column, &style);
    if (!last)
        append_position(to, column);
    mysql_engine_judge_added_column(alteration, column, last);
}

static void drop_column(struct language_alteration *alteration, const struct schema_object *column)
{
    struct str *to = mysql_engine_clause(alteration);
    str_append(to, "DROP COLUMN ");
    mysql_engine_append_name(to, column->name);
    mysql_engine_judge_dropped_column(alteration, column);
}

/* Where a column is kept: the servers change no column from being computed when it is read to anything else,
 * nor back. */
static bool is_virtual(const struct schema_object *column)
{
    return catalog_text(column, ATTRIBUTE_GENERATED) && !catalog_text(column, ATTRIBUTE_STORED) &&
           strncmp(catalog_text(column, ATTRIBUTE_GENERATED), "ROW ", strlen("ROW ")) != 0;
}

static void change_column(struct language_alteration *alteration, const struct diff_change *change)
{
    if (is_virtual(change->from) != is_virtual(change->to)) {
        drop_column(alteration, change->from);
        add_column(alteration, change->to);
        if (!catalog_text(change->to, ATTRIBUTE_GENERATED))
            alteration->hazards |= PLAN_DROP_COLUMN;
        return;
    }
    struct language_column_style style = style_of(alteration);
    struct str *to = mysql_engine_clause(alteration);
    str_append(to, "MODIFY COLUMN ");
    mysql_engine_append_column(to, change->to, &style);
    if (!catalog_text(change->from, ATTRIBUTE_GENERATED) && catalog_text(change->to, ATTRIBUTE_GENERATED))
        alteration->hazards |= PLAN_DROP_COLUMN;
    mysql_engine_judge_column(alteration, change);
}

static void add_part(struct language_alteration *alteration, const struct schema_object *part)
{
    struct str *to = mysql_engine_clause(alteration);
    str_append(to, "ADD ");
    mysql_engine_append_part(to, part);
    mysql_engine_judge_added_part(alteration, part);
}

static bool has_primary_key(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_PRIMARY_KEY)
            return true;
    return false;
}

static void drop_part(struct language_alteration *alteration, const struct schema_object *part)
{
    mysql_engine_append_drop_part(mysql_engine_clause(alteration), part, alteration->mariadb);
    if (part->kind != SCHEMA_PRIMARY_KEY)
        mysql_engine_judge_dropped_part(alteration, part);
    else if (!has_primary_key(alteration->to)) /* the cost of another one is said with that */
        mysql_engine_cost(alteration, COST_COPY, PLAN_REWRITE, "the primary key goes");
}

/* Of an index, only whether queries may use it? Then it stays. */
static bool is_toggled(const struct diff_change *change)
{
    return change->attribute_count == 1 &&
           (change->attributes[0] == ATTRIBUTE_IGNORED || change->attributes[0] == ATTRIBUTE_INVISIBLE);
}

static void toggle(struct language_alteration *alteration, const struct diff_change *change)
{
    static const char *const words[2][2] = {{"VISIBLE", "INVISIBLE"}, {"NOT IGNORED", "IGNORED"}};
    bool ignored = change->attributes[0] == ATTRIBUTE_IGNORED;
    bool hidden = catalog_text(change->to, change->attributes[0]) != NULL;
    str_printf(mysql_engine_clause(alteration), "ALTER INDEX %s %s",
               mysql_engine_name(alteration->rendering->arena, change->to->name), words[ignored][hidden]);
}

static bool is_column(const struct diff_change *change)
{
    return (change->to ? change->to : change->from)->kind == SCHEMA_COLUMN;
}

static bool is_replaced(const struct diff_change *change)
{
    return change->action == DIFF_ALTER && !is_column(change);
}

/* Drops first, then columns, then what is made of columns: the server does not mind, but people read it. */
static void add_drops(struct language_alteration *alteration, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        if (change->from == step->from || is_column(change))
            continue;
        if (is_replaced(change) && is_toggled(change))
            toggle(alteration, change);
        else if (change->action == DIFF_DROP || is_replaced(change))
            drop_part(alteration, change->from);
    }
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_DROP && is_column(step->changes[i]))
            drop_column(alteration, step->changes[i]->from);
}

static void add_columns(struct language_alteration *alteration, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        if (!is_column(change))
            continue;
        if (change->action == DIFF_ALTER)
            change_column(alteration, change);
        else if (change->action == DIFF_CREATE)
            add_column(alteration, change->to);
    }
}

/* MariaDB takes a key of MyISAM that has only another block size for the one that was there, and leaves it.
 */
static bool is_taken_for_old(const struct language_alteration *alteration, const struct diff_change *change)
{
    const char *engine = catalog_text(alteration->to, ATTRIBUTE_ENGINE);
    return is_replaced(change) && change->attribute_count == 1 &&
           change->attributes[0] == ATTRIBUTE_OPTIONS && engine && strcasecmp(engine, "MyISAM") == 0;
}

static void add_parts(struct language_alteration *alteration, const struct plan_step *step)
{
    bool forced = false;
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        if (change->to == step->to || is_column(change))
            continue;
        if (change->action == DIFF_CREATE || (is_replaced(change) && !is_toggled(change)))
            add_part(alteration, change->to);
        forced = forced || is_taken_for_old(alteration, change);
    }
    if (forced)
        str_append(mysql_engine_clause(alteration), "FORCE");
}

/* What online adds; the hazards of locks that are not held, it takes away. */
static const char *take_online(struct language_alteration *alteration, const char **ret_note)
{
    const unsigned locks = PLAN_REWRITE | PLAN_SCAN | PLAN_INDEX_BUILD;
    if (!alteration->rendering->options->online)
        return "";
    if (alteration->last || alteration->cost > COST_INPLACE) {
        *ret_note = arena_printf(alteration->rendering->arena,
                                 "cannot be done online (%s): writers of the table wait",
                                 alteration->why ? alteration->why : "partitions change");
        return "";
    }
    alteration->hazards &= ~locks;
    return alteration->cost == COST_INSTANT ? ", ALGORITHM=INSTANT" : ", ALGORITHM=INPLACE, LOCK=NONE";
}

static void add_statement(struct language_alteration *alteration)
{
    struct arena *arena = alteration->rendering->arena;
    const char *note = NULL, *online = take_online(alteration, &note);
    const char *clauses = mysql_engine_take(arena, &alteration->clauses);
    struct plan_statement *statement =
        plan_add(alteration->rendering, alteration->hazards | PLAN_NOT_TRANSACTIONAL, "%s %s%s%s%s",
                 mysql_engine_alter_head(arena, alteration->from, alteration->to), clauses, online,
                 alteration->last && *clauses ? " " : "", alteration->last ? alteration->last : "");
    statement->note = note;
    VECTOR_EACH (struct plan_check, check, &alteration->checks)
        plan_add_check(alteration->rendering, statement, check->hazard, check->sql, check->hint);
}

static struct language_alteration begin(struct plan_rendering *rendering, const struct schema_object *from,
                                        const struct schema_object *to)
{
    return (struct language_alteration){
        .rendering = rendering, .from = from, .to = to, .mariadb = mysql_engine_is_mariadb(rendering)};
}

static bool add_own_change(struct language_alteration *alteration, const struct plan_step *step,
                           dun_error *error)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->from == step->from && step->changes[i]->action == DIFF_ALTER)
            return mysql_engine_alter_options(alteration, step->changes[i], error);
    return true;
}

bool mysql_engine_alter_table(struct plan_rendering *rendering, const struct plan_step *step,
                              dun_error *error)
{
    struct language_alteration alteration = begin(rendering, step->from, step->to);
    add_drops(&alteration, step);
    add_columns(&alteration, step);
    if (!add_own_change(&alteration, step, error)) {
        str_free(&alteration.clauses);
        return false;
    }
    add_parts(&alteration, step);
    if (alteration.clauses.length || alteration.last)
        add_statement(&alteration);
    return true;
}

void mysql_engine_add_part(struct plan_rendering *rendering, const struct schema_object *part)
{
    const struct schema_object *from = diff_counterpart(rendering->diff, part->parent);
    struct language_alteration alteration = begin(rendering, from ? from : part->parent, part->parent);
    if (part->kind == SCHEMA_COLUMN)
        add_column(&alteration, part);
    else
        add_part(&alteration, part);
    if (!from) { /* no rows yet */
        alteration.hazards = 0;
        alteration.checks.count = 0;
    }
    add_statement(&alteration);
}

void mysql_engine_drop_part(struct plan_rendering *rendering, const struct schema_object *part,
                            bool recreated)
{
    struct language_alteration alteration = begin(rendering, part->parent, part->parent);
    if (part->kind == SCHEMA_COLUMN)
        drop_column(&alteration, part);
    else
        drop_part(&alteration, part);
    if (recreated && part->kind == SCHEMA_COLUMN && catalog_text(part, ATTRIBUTE_GENERATED))
        alteration.hazards &= ~(unsigned)PLAN_DROP_COLUMN;
    add_statement(&alteration);
}

void mysql_engine_attach_column(struct plan_rendering *rendering, const struct schema_object *column,
                                bool bare)
{
    struct language_column_style style = {.tables = {column->parent}, .bare = bare};
    struct str sql = STR_INIT;
    str_printf(&sql, "%s MODIFY COLUMN ",
               mysql_engine_alter_head(rendering->arena, column->parent, column->parent));
    mysql_engine_append_column(&sql, column, &style);
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "%s", mysql_engine_take(rendering->arena, &sql));
}
