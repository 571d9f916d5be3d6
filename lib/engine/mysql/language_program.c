/* Views, sequences, routines, triggers and events. */
#include "engine/mysql/language.h"

#include <string.h>

static const char *text(const struct schema_object *object, enum schema_attribute attribute)
{
    const char *value = catalog_text(object, attribute);
    return value ? value : "";
}

/* "CREATE ", with what says that the object may be there already where the server has that, and who it
 * belongs to. */
static void append_create(struct str *to, const struct schema_object *object, bool replace)
{
    str_append(to, replace ? "CREATE OR REPLACE " : "CREATE ");
    mysql_engine_append_definer(to, object);
}

static void append_comment(struct str *to, const struct schema_object *object)
{
    if (!catalog_text(object, ATTRIBUTE_COMMENT))
        return;
    str_append(to, " COMMENT ");
    mysql_engine_append_string(to, text(object, ATTRIBUTE_COMMENT));
}

static void add(struct plan_rendering *rendering, unsigned hazards, struct str *sql)
{
    plan_add(rendering, hazards | PLAN_NOT_TRANSACTIONAL, "%s", mysql_engine_take(rendering->arena, sql));
}

/* Views */

void mysql_engine_create_view(struct plan_rendering *rendering, const struct schema_object *view,
                              bool replace)
{
    const char *algorithm = mysql_engine_option(view, "ALGORITHM");
    struct str sql = STR_INIT;
    str_append(&sql, replace ? "CREATE OR REPLACE " : "CREATE ");
    if (algorithm)
        str_printf(&sql, "ALGORITHM=%s ", algorithm);
    mysql_engine_append_definer(&sql, view);
    if (catalog_text(view, ATTRIBUTE_SECURITY))
        str_printf(&sql, "SQL SECURITY %s ", text(view, ATTRIBUTE_SECURITY));
    str_append(&sql, "VIEW ");
    mysql_engine_append_name(&sql, view->name);
    if (catalog_value(view, ATTRIBUTE_COLUMNS)) {
        str_append_char(&sql, ' ');
        mysql_engine_append_names(&sql, catalog_value(view, ATTRIBUTE_COLUMNS));
    }
    str_printf(&sql, " AS %s", text(view, ATTRIBUTE_DEFINITION));
    if (catalog_text(view, ATTRIBUTE_WITH_CHECK))
        str_printf(&sql, " WITH %s CHECK OPTION", text(view, ATTRIBUTE_WITH_CHECK));
    rendering->plan->recreates |= replace;
    mysql_engine_add_defined(rendering, view, mysql_engine_take(rendering->arena, &sql));
}

/* Sequences */

static const struct {
    enum schema_attribute attribute;
    const char *words;
} numbers[] = {
    {ATTRIBUTE_START, "START WITH"},       {ATTRIBUTE_MINIMUM, "MINVALUE"}, {ATTRIBUTE_MAXIMUM, "MAXVALUE"},
    {ATTRIBUTE_INCREMENT, "INCREMENT BY"}, {ATTRIBUTE_CACHE, "CACHE"},
};

static void append_number(struct str *to, const struct schema_object *sequence, size_t number)
{
    if (catalog_text(sequence, numbers[number].attribute))
        str_printf(to, " %s %s", numbers[number].words, text(sequence, numbers[number].attribute));
}

void mysql_engine_create_sequence(struct plan_rendering *rendering, const struct schema_object *sequence)
{
    struct str sql = STR_INIT;
    str_append(&sql, "CREATE SEQUENCE ");
    mysql_engine_append_name(&sql, sequence->name);
    if (catalog_text(sequence, ATTRIBUTE_TYPE))
        str_printf(&sql, " AS %s", text(sequence, ATTRIBUTE_TYPE));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        append_number(&sql, sequence, i);
    str_append(&sql, catalog_text(sequence, ATTRIBUTE_CYCLE) ? " CYCLE" : " NOCYCLE");
    str_printf(&sql, " ENGINE=%s", text(sequence, ATTRIBUTE_ENGINE));
    if (catalog_text(sequence, ATTRIBUTE_COMMENT)) {
        str_append(&sql, " COMMENT=");
        mysql_engine_append_string(&sql, text(sequence, ATTRIBUTE_COMMENT));
    }
    add(rendering, 0, &sql);
}

/* To the server, a sequence is a table as well: that has an engine and a comment. */
static void alter_table_of_sequence(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str sql = STR_INIT;
    str_append(&sql, "ALTER TABLE ");
    mysql_engine_append_name(&sql, change->to->name);
    if (diff_has(change, ATTRIBUTE_ENGINE))
        str_printf(&sql, " ENGINE=%s", text(change->to, ATTRIBUTE_ENGINE));
    if (diff_has(change, ATTRIBUTE_COMMENT)) {
        str_append(&sql, " COMMENT=");
        mysql_engine_append_string(&sql, text(change->to, ATTRIBUTE_COMMENT));
    }
    add(rendering, 0, &sql);
}

void mysql_engine_alter_sequence(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str sql = STR_INIT;
    bool any = diff_has(change, ATTRIBUTE_CYCLE) || diff_has(change, ATTRIBUTE_TYPE);
    str_append(&sql, "ALTER SEQUENCE ");
    mysql_engine_append_name(&sql, change->to->name);
    if (diff_has(change, ATTRIBUTE_TYPE))
        str_printf(&sql, " AS %s", text(change->to, ATTRIBUTE_TYPE));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        if (diff_has(change, numbers[i].attribute)) {
            append_number(&sql, change->to, i);
            any = true;
        }
    if (diff_has(change, ATTRIBUTE_CYCLE))
        str_append(&sql, catalog_text(change->to, ATTRIBUTE_CYCLE) ? " CYCLE" : " NOCYCLE");
    if (any)
        add(rendering, 0, &sql);
    str_free(&sql);
    if (diff_has(change, ATTRIBUTE_ENGINE) || diff_has(change, ATTRIBUTE_COMMENT))
        alter_table_of_sequence(rendering, change);
}

/* Functions, procedures, packages, triggers and events */

static const char *word_of(const struct schema_object *program)
{
    switch (program->kind) {
    case SCHEMA_FUNCTION:
        return "FUNCTION";
    case SCHEMA_PROCEDURE:
        return "PROCEDURE";
    case SCHEMA_PACKAGE:
        return "PACKAGE";
    case SCHEMA_TRIGGER:
        return "TRIGGER";
    default:
        return "EVENT";
    }
}

static bool has_option(const struct schema_object *object, const char *option)
{
    const struct schema_value *options = catalog_value(object, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i)
        if (strcmp(options->texts[i], option) == 0)
            return true;
    return false;
}

static void append_characteristics(struct str *to, const struct schema_object *routine)
{
    static const char *const characteristics[] = {"DETERMINISTIC", "NO SQL", "READS SQL DATA",
                                                  "MODIFIES SQL DATA"};
    if (catalog_text(routine, ATTRIBUTE_LANGUAGE))
        str_printf(to, "\n    LANGUAGE %s", text(routine, ATTRIBUTE_LANGUAGE));
    for (size_t i = 0; i < sizeof characteristics / sizeof *characteristics; ++i)
        if (has_option(routine, characteristics[i]))
            str_printf(to, "\n    %s", characteristics[i]);
    if (catalog_text(routine, ATTRIBUTE_SECURITY))
        str_printf(to, "\n    SQL SECURITY %s", text(routine, ATTRIBUTE_SECURITY));
    if (catalog_text(routine, ATTRIBUTE_COMMENT)) {
        str_append(to, "\n   ");
        append_comment(to, routine);
    }
}

static const char *create_routine(struct arena *arena, const struct schema_object *routine, bool replace)
{
    struct str sql = STR_INIT;
    append_create(&sql, routine, replace);
    if (has_option(routine, "AGGREGATE"))
        str_append(&sql, "AGGREGATE ");
    str_printf(&sql, "%s ", word_of(routine));
    mysql_engine_append_name(&sql, routine->name);
    str_printf(&sql, "(%s)", text(routine, ATTRIBUTE_ARGUMENTS));
    if (catalog_text(routine, ATTRIBUTE_RETURNS))
        str_printf(&sql, " %s %s", has_option(routine, "sql_mode=ORACLE") ? "RETURN" : "RETURNS",
                   text(routine, ATTRIBUTE_RETURNS));
    append_characteristics(&sql, routine);
    str_printf(&sql, "\n%s", text(routine, ATTRIBUTE_DEFINITION));
    return mysql_engine_take(arena, &sql);
}

static const char *create_package(struct arena *arena, const struct schema_object *package, bool body,
                                  bool replace)
{
    struct str sql = STR_INIT;
    append_create(&sql, package, replace);
    str_append(&sql, body ? "PACKAGE BODY " : "PACKAGE ");
    mysql_engine_append_name(&sql, package->name);
    append_characteristics(&sql, package);
    str_printf(&sql, "\n%s", text(package, body ? ATTRIBUTE_BODY : ATTRIBUTE_DEFINITION));
    return mysql_engine_take(arena, &sql);
}

/* The trigger that runs next after this one, if it is there before the plan and stays. */
static const struct schema_object *follower(const struct diff *diff, const struct schema_object *trigger)
{
    for (size_t i = 0; i < trigger->parent->part_count; ++i) {
        const struct schema_object *other = trigger->parent->parts[i];
        if (other->kind == SCHEMA_TRIGGER && strcmp(text(other, ATTRIBUTE_FOLLOWS), trigger->name) == 0)
            return diff_counterpart(diff, other) ? other : NULL;
    }
    return NULL;
}

static void append_events(struct str *to, const struct schema_object *trigger)
{
    const struct schema_value *events = catalog_value(trigger, ATTRIBUTE_EVENTS);
    for (size_t i = 0; events && i < events->count; ++i)
        str_printf(to, "%s%s", i ? " OR " : "", events->texts[i]);
}

static const char *create_trigger(const struct plan_rendering *rendering, const struct schema_object *trigger,
                                  bool replace, bool was_there)
{
    const struct schema_object *next = was_there ? follower(rendering->diff, trigger) : NULL;
    struct str sql = STR_INIT;
    append_create(&sql, trigger, replace);
    str_append(&sql, "TRIGGER ");
    mysql_engine_append_name(&sql, trigger->name);
    str_printf(&sql, " %s ", text(trigger, ATTRIBUTE_TIMING));
    append_events(&sql, trigger);
    str_append(&sql, " ON ");
    mysql_engine_append_name(&sql, trigger->parent->name);
    str_append(&sql, " FOR EACH ROW ");
    if (next || catalog_text(trigger, ATTRIBUTE_FOLLOWS)) {
        str_append(&sql, next ? "PRECEDES " : "FOLLOWS ");
        mysql_engine_append_name(&sql, next ? next->name : text(trigger, ATTRIBUTE_FOLLOWS));
        str_append_char(&sql, ' ');
    }
    str_append(&sql, text(trigger, ATTRIBUTE_DEFINITION));
    return mysql_engine_take(rendering->arena, &sql);
}

static bool is_elsewhere(const struct schema_object *event)
{
    return catalog_text(event, ATTRIBUTE_ENABLED) && strcmp(text(event, ATTRIBUTE_ENABLED), "no") != 0;
}

static void append_enabled(struct str *to, const struct schema_object *event, bool always)
{
    const char *enabled = catalog_text(event, ATTRIBUTE_ENABLED);
    if (!enabled)
        str_append(to, always ? " ENABLE" : "");
    else
        str_append(to, is_elsewhere(event) ? " DISABLE ON SLAVE" : " DISABLE");
}

static const char *create_event(struct arena *arena, const struct schema_object *event, bool replace)
{
    struct str sql = STR_INIT;
    append_create(&sql, event, replace);
    str_append(&sql, "EVENT ");
    mysql_engine_append_name(&sql, event->name);
    str_printf(&sql, " ON SCHEDULE %s", text(event, ATTRIBUTE_SCHEDULE));
    if (has_option(event, "ON COMPLETION PRESERVE"))
        str_append(&sql, " ON COMPLETION PRESERVE");
    append_enabled(&sql, event, false);
    append_comment(&sql, event);
    str_printf(&sql, " DO %s", text(event, ATTRIBUTE_DEFINITION));
    return mysql_engine_take(arena, &sql);
}

/* What a session is to be set to while a program is made, since its text depends on it. */
static const struct {
    const char *option, *variable;
} settings[] = {{"sql_mode", "sql_mode"}, {"time_zone", "time_zone"}};

static void add_setting(struct plan_rendering *rendering, const struct schema_object *program, size_t setting,
                        bool back)
{
    const char *value = mysql_engine_option(program, settings[setting].option),
               *variable = settings[setting].variable;
    struct str sql = STR_INIT;
    if (!value)
        return;
    if (back) {
        str_printf(&sql, "SET SESSION %s = @dunlin_%s", variable, variable);
    } else {
        str_printf(&sql, "SET @dunlin_%s = @@SESSION.%s, SESSION %s = ", variable, variable, variable);
        mysql_engine_append_string(&sql, value);
    }
    plan_add(rendering, 0, "%s", mysql_engine_take(rendering->arena, &sql))->session = true;
}

static void set_session(struct plan_rendering *rendering, const struct schema_object *program, bool back)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; ++i)
        add_setting(rendering, program, i, back);
}

static void add_drop(struct plan_rendering *rendering, const struct schema_object *program)
{
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL, "DROP %s %s", word_of(program),
             mysql_engine_name(rendering->arena, program->name));
}

static void add_package(struct plan_rendering *rendering, const struct schema_object *package, bool replace)
{
    for (int body = 0; body < 2; ++body)
        if (catalog_text(package, body ? ATTRIBUTE_BODY : ATTRIBUTE_DEFINITION))
            mysql_engine_add_defined(rendering, package,
                                     create_package(rendering->arena, package, body, replace));
}

static void add_create(struct plan_rendering *rendering, const struct schema_object *program, bool replace,
                       bool was_there)
{
    struct arena *arena = rendering->arena;
    if (program->kind == SCHEMA_PACKAGE)
        add_package(rendering, program, replace);
    else
        mysql_engine_add_defined(rendering, program,
                                 program->kind == SCHEMA_TRIGGER
                                     ? create_trigger(rendering, program, replace, was_there)
                                 : program->kind == SCHEMA_EVENT ? create_event(arena, program, replace)
                                                                 : create_routine(arena, program, replace));
}

/*
 * Only MariaDB replaces these, in one moment; elsewhere there is one without them. What is replaced keeps its
 * grants.
 */
void mysql_engine_create_program(struct plan_rendering *rendering, const struct schema_object *program,
                                 bool replace)
{
    bool in_one = replace && mysql_engine_is_mariadb(rendering);
    set_session(rendering, program, false);
    if (replace && !in_one)
        add_drop(rendering, program);
    add_create(rendering, program, in_one, replace);
    set_session(rendering, program, true);
    rendering->plan->recreates |= replace;
    if (!in_one && (replace || rendering->step->recreated) && program->kind != SCHEMA_TRIGGER &&
        program->kind != SCHEMA_EVENT)
        mysql_engine_grant_again(rendering, program, word_of(program));
}

void mysql_engine_rename_event(struct plan_rendering *rendering, const struct plan_step *step)
{
    struct str sql = STR_INIT;
    str_append(&sql, "ALTER ");
    mysql_engine_append_definer(&sql, step->from);
    str_append(&sql, "EVENT ");
    mysql_engine_append_name(&sql, step->from->name);
    str_append(&sql, " RENAME TO ");
    mysql_engine_append_name(&sql, step->to->name);
    rendering->plan->recreates = true;
    mysql_engine_add_defined(rendering, step->from, mysql_engine_take(rendering->arena, &sql));
}

void mysql_engine_drop_program(struct plan_rendering *rendering, const struct schema_object *program)
{
    set_session(rendering, program, false);
    add_drop(rendering, program);
    set_session(rendering, program, true);
}

static bool changes_only(const struct diff_change *change, const enum schema_attribute *attributes,
                         size_t count)
{
    for (size_t i = 0; i < change->attribute_count; ++i) {
        bool known = false;
        for (size_t j = 0; j < count; ++j)
            known = known || change->attributes[i] == attributes[j];
        if (!known)
            return false;
    }
    return true;
}

/* Grants, and what runs meanwhile, stay when a routine is altered. MySQL does not take an empty comment for
 * none. */
static bool alter_routine(struct plan_rendering *rendering, const struct diff_change *change)
{
    static const enum schema_attribute alterable[] = {ATTRIBUTE_COMMENT, ATTRIBUTE_SECURITY};
    const struct schema_object *to = change->to;
    if ((to->kind != SCHEMA_FUNCTION && to->kind != SCHEMA_PROCEDURE) ||
        (diff_has(change, ATTRIBUTE_COMMENT) && !catalog_text(to, ATTRIBUTE_COMMENT)) ||
        !changes_only(change, alterable, sizeof alterable / sizeof *alterable))
        return false;
    struct str sql = STR_INIT;
    str_printf(&sql, "ALTER %s %s", word_of(to), mysql_engine_name(rendering->arena, to->name));
    if (diff_has(change, ATTRIBUTE_SECURITY))
        str_printf(&sql, " SQL SECURITY %s", catalog_text(to, ATTRIBUTE_SECURITY) ? "INVOKER" : "DEFINER");
    if (diff_has(change, ATTRIBUTE_COMMENT)) {
        str_append(&sql, " COMMENT ");
        mysql_engine_append_string(&sql, text(to, ATTRIBUTE_COMMENT));
    }
    add(rendering, 0, &sql);
    return true;
}

/* When an event runs is counted from when it was made, unless its schedule says more: a new schedule makes it
 * anew. What is disabled here only is said with what it does, for the mark that scratch places put there. */
static bool alter_event(struct plan_rendering *rendering, const struct diff_change *change)
{
    static const enum schema_attribute alterable[] = {ATTRIBUTE_COMMENT, ATTRIBUTE_ENABLED,
                                                      ATTRIBUTE_DEFINITION};
    const struct schema_object *to = change->to;
    if (to->kind != SCHEMA_EVENT || !changes_only(change, alterable, sizeof alterable / sizeof *alterable) ||
        catalog_value(to, ATTRIBUTE_OPTIONS))
        return false;
    bool elsewhere = is_elsewhere(to);
    struct str sql = STR_INIT;
    str_append(&sql, "ALTER ");
    mysql_engine_append_definer(&sql, to);
    str_printf(&sql, "EVENT %s", mysql_engine_name(rendering->arena, to->name));
    if (diff_has(change, ATTRIBUTE_ENABLED) || elsewhere)
        append_enabled(&sql, to, true);
    if (diff_has(change, ATTRIBUTE_COMMENT)) {
        str_append(&sql, " COMMENT ");
        mysql_engine_append_string(&sql, text(to, ATTRIBUTE_COMMENT));
    }
    if (diff_has(change, ATTRIBUTE_DEFINITION) || elsewhere)
        str_printf(&sql, " DO %s", text(to, ATTRIBUTE_DEFINITION));
    rendering->plan->recreates = true; /* who alters an event becomes its definer */
    mysql_engine_add_defined(rendering, to, mysql_engine_take(rendering->arena, &sql));
    return true;
}

void mysql_engine_alter_program(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (!alter_routine(rendering, change) && !alter_event(rendering, change))
        mysql_engine_create_program(rendering, change->to, true);
}
