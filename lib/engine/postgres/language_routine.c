/* Functions, procedures and aggregates. */
#include "engine/postgres/language.h"

#include "base/memory.h"
#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool has_option(const struct schema_object *routine, const char *option)
{
    const struct schema_value *options = catalog_value(routine, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i)
        if (strcmp(options->texts[i], option) == 0)
            return true;
    return false;
}

/* "schema".name(arguments): the name is quoted already. */
static void append_signature(struct str *text, const struct schema_object *routine)
{
    const char *arguments = catalog_text(routine, ATTRIBUTE_ARGUMENTS);
    if (routine->schema) {
        text_name(text, routine->schema);
        str_append_char(text, '.');
    }
    size_t length = strcspn(routine->name, "(");
    if (*routine->name == '"')
        length = (size_t)(strstr(routine->name, "\"(") + 1 - routine->name);
    str_append_n(text, routine->name, length);
    bool star = routine->kind == SCHEMA_AGGREGATE && (!arguments || !*arguments);
    str_printf(text, "(%s)", star ? "*" : arguments ? arguments : "");
}

/* Settings whose value is a list of names, which the catalog keeps quoted as names. */
static bool is_list_setting(const char *setting)
{
    static const char *const lists[] = {
        "search_path=", "temp_tablespaces=", "session_preload_libraries=", "local_preload_libraries=", NULL};
    for (size_t i = 0; lists[i]; ++i)
        if (has_prefix(setting, lists[i]))
            return true;
    return false;
}

/* The names of the list, each as a literal, since a name may be empty. */
static void append_name_list(struct str *text, const char *list)
{
    struct sql_lexer lexer;
    bool first = true;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, list, strlen(list));
    for (struct sql_token token = sql_lexer_next(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next(&lexer)) {
        bool quoted = token.kind == SQL_TOKEN_QUOTED;
        if (!quoted && token.kind != SQL_TOKEN_WORD)
            continue;
        char *name = memory_strndup(token.text + quoted, token.length - 2 * (size_t)quoted);
        str_append(text, first ? "" : ", ");
        text_literal(text, name);
        first = false;
        free(name);
    }
}

static void append_setting(struct str *text, const char *setting)
{
    size_t length = strcspn(setting, "=");
    str_append(text, " SET ");
    str_append_n(text, setting, length);
    str_append(text, " TO ");
    if (is_list_setting(setting))
        append_name_list(text, setting + length + 1);
    else
        text_literal(text, setting + length + 1);
}

static void append_options(struct str *text, const struct schema_object *routine)
{
    const struct schema_value *options = catalog_value(routine, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i) {
        const char *option = options->texts[i];
        if (has_prefix(option, "SET "))
            append_setting(text, option + 4);
        else if (!has_prefix(option, "AS ") && strcmp(option, "BODY") != 0)
            str_printf(text, " %s", option);
    }
    if (is_set(routine, ATTRIBUTE_SECURITY))
        str_append(text, " SECURITY DEFINER");
}

/* Of a C function: the library and the name in it. */
static const char *library_of(const struct schema_object *routine)
{
    const struct schema_value *options = catalog_value(routine, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i)
        if (has_prefix(options->texts[i], "AS "))
            return options->texts[i] + 3;
    return NULL;
}

static void append_body(struct str *text, const struct schema_object *routine)
{
    const char *body = catalog_text(routine, ATTRIBUTE_DEFINITION), *library = library_of(routine);
    if (has_option(routine, "BODY")) {
        str_printf(text, "\n%s", body);
        return;
    }
    str_append(text, "\nAS ");
    if (library) {
        str_printf(text, "%s, ", library);
        text_literal(text, body);
    } else {
        text_body(text, body);
    }
}

static void frame(struct plan_statement *setting)
{
    setting->session = true;
    setting->object = NULL;
}

/* A body may name what comes later, or what it makes itself. */
static void leave_bodies_unchecked(struct plan_rendering *rendering, const struct schema_object *routine)
{
    if (!is_value(routine, ATTRIBUTE_LANGUAGE, "sql") || has_option(routine, "BODY"))
        return;
    frame(plan_add_to(rendering, PLAN_BEFORE, 0, "SET check_function_bodies = off"));
    frame(plan_add_to(rendering, PLAN_AFTER, 0, "RESET check_function_bodies"));
}

static void write_function(struct plan_rendering *rendering, const struct schema_object *routine,
                           const char *create)
{
    struct str text = STR_INIT;
    leave_bodies_unchecked(rendering, routine);
    str_printf(&text, "%s %s ", create, kind_keyword(routine->kind));
    append_signature(&text, routine);
    if (is_set(routine, ATTRIBUTE_RETURNS))
        str_printf(&text, "\nRETURNS %s", catalog_text(routine, ATTRIBUTE_RETURNS));
    str_append(&text, "\nLANGUAGE ");
    text_name(&text, catalog_text(routine, ATTRIBUTE_LANGUAGE));
    append_options(&text, routine);
    append_body(&text, routine);
    add_text(rendering, 0, &text);
}

static bool create_function(struct plan_rendering *rendering, const struct schema_object *routine,
                            dun_error *error)
{
    (void)error;
    write_function(rendering, routine, "CREATE");
    return true;
}

static void alter_function(struct plan_rendering *rendering, const struct diff_change *change)
{
    static const enum schema_attribute beside[] = {ATTRIBUTE_OWNER, ATTRIBUTE_COMMENT,
                                                   SCHEMA_ATTRIBUTE_COUNT};
    if (!changes_only(change, beside))
        write_function(rendering, change->to, "CREATE OR REPLACE");
}

/* One argument of a list, up to the comma or parenthesis that ends it: its length, and where a default begins
 * in it. */
static size_t argument_length(const char *arguments, size_t *ret_before_default)
{
    struct sql_lexer lexer;
    size_t depth = 0, length = strlen(arguments);
    *ret_before_default = 0;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, arguments, length);
    for (struct sql_token token = sql_lexer_next(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next(&lexer)) {
        depth += sql_token_is_operator(&token, '(');
        depth -= sql_token_is_operator(&token, ')');
        size_t place = (size_t)(token.text - arguments);
        if (depth == 0 && sql_token_is_operator(&token, ','))
            length = place;
        else if (depth == 0 && !*ret_before_default && sql_token_is(&token, "DEFAULT"))
            *ret_before_default = place;
        if (length == place)
            break;
    }
    return length;
}

/* A function that is replaced may get defaults and other ones; names and types of its arguments stay. */
static bool arguments_may_become(const char *old, const char *new)
{
    while (*old && *new) {
        size_t old_default, new_default;
        size_t old_length = argument_length(old, &old_default),
               new_length = argument_length(new, &new_default);
        size_t old_type = old_default ? old_default - 1 : old_length,
               new_type = new_default ? new_default - 1 : new_length;
        if (old_type != new_type || strncmp(old, new, old_type) != 0 || (old_default && !new_default))
            return false;
        old += old_length + (old[old_length] == ',');
        new += new_length + (new[new_length] == ',');
    }
    return !*old && !*new;
}

static enum plan_means function_means(const struct diff_change *change)
{
    const char *old = catalog_text(change->from, ATTRIBUTE_ARGUMENTS),
               *new = catalog_text(change->to, ATTRIBUTE_ARGUMENTS);
    if (changes(change, ATTRIBUTE_RETURNS) ||
        has_option(change->from, "WINDOW") != has_option(change->to, "WINDOW"))
        return PLAN_REPLACE;
    return arguments_may_become(old ? old : "", new ? new : "") ? PLAN_IN_PLACE : PLAN_REPLACE;
}

const struct kind_writer function_writer = {
    .create = create_function, .alter = alter_function, .means = function_means};

/* Aggregates: options are words, the first of which is the key. */

static void append_modify(struct str *text, char letter)
{
    str_append(text, letter == 'r' ? "READ_ONLY" : letter == 's' ? "SHAREABLE" : "READ_WRITE");
}

/* "<(integer,integer)", "OPERATOR(a.<)(...)": the operator without its types. */
static void append_operator(struct str *text, const char *operator)
{
    const char *types = strrchr(operator, '(');
    size_t length = types ? (size_t)(types - operator) : strlen(operator);
    bool qualified = memchr(operator, '.', length) != NULL;
    str_append(text, qualified ? "OPERATOR(" : "");
    str_append_n(text, operator, length);
    str_append(text, qualified ? ")" : "");
}

static void append_aggregate_option(struct str *text, const char *option)
{
    size_t length = strcspn(option, " ");
    str_append_n(text, option, length);
    if (!option[length])
        return;
    const char *value = option + length + 1;
    str_append(text, " = ");
    if (has_prefix(option, "FINALFUNC_MODIFY ") || has_prefix(option, "MFINALFUNC_MODIFY "))
        append_modify(text, *value);
    else if (has_prefix(option, "SORTOP "))
        append_operator(text, value);
    else
        str_append(text, value);
}

static bool create_aggregate(struct plan_rendering *rendering, const struct schema_object *aggregate,
                             dun_error *error)
{
    struct str text = STR_INIT;
    const struct schema_value *options = catalog_value(aggregate, ATTRIBUTE_OPTIONS);
    (void)error;
    str_append(&text, "CREATE AGGREGATE ");
    append_signature(&text, aggregate);
    for (size_t i = 0; options && i < options->count; ++i) {
        str_append(&text, i ? ", " : " (");
        append_aggregate_option(&text, options->texts[i]);
    }
    str_append_char(&text, ')');
    add_text(rendering, 0, &text);
    return true;
}

static enum plan_means aggregate_means(const struct diff_change *change)
{
    static const enum schema_attribute beside[] = {ATTRIBUTE_OWNER, ATTRIBUTE_COMMENT,
                                                   SCHEMA_ATTRIBUTE_COUNT};
    return changes_only(change, beside) ? PLAN_IN_PLACE : PLAN_REPLACE;
}

const struct kind_writer aggregate_writer = {.create = create_aggregate, .means = aggregate_means};
