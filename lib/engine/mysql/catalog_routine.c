/* Functions, procedures and packages, as SHOW CREATE prints them. What the server keeps of them is what was
 * written. */
#include "base/vector.h"
#include "engine/mysql/catalog_reading.h"

#include <string.h>

struct routine_text {
    struct catalog_reading *reading;
    struct catalog_text text;
    struct schema_object *routine;
    struct catalog_texts options;
    const char *definer;
    bool aggregate;
};

static const char *take_arguments(struct catalog_text *text)
{
    const char *opening = text->token.text;
    catalog_text_pass(text);
    size_t length = (size_t)(text->end - opening);
    return length >= 2 ? arena_strndup(text->arena, opening + 1, length - 2) : "";
}

/* The type ends where the server begins a new line. */
static const char *take_returned_type(struct catalog_text *text)
{
    const char *start = text->token.text;
    do
        catalog_text_pass(text);
    while (!catalog_text_at_end(text) && !memchr(text->end, '\n', (size_t)(text->token.text - text->end)));
    return catalog_text_since(text, start);
}

/* "READS SQL DATA" and the like: the words of a characteristic, ended by NULL. */
static bool accept_words(struct catalog_text *text, const char *const *words)
{
    struct catalog_text ahead = *text;
    for (; *words; ++words)
        if (!catalog_text_accept(&ahead, *words))
            return false;
    *text = ahead;
    return true;
}

static bool read_flag(struct routine_text *from)
{
    static const char *const flags[][4] = {{"DETERMINISTIC"},
                                           {"NO", "SQL"},
                                           {"READS", "SQL", "DATA"},
                                           {"MODIFIES", "SQL", "DATA"},
                                           {"CONTAINS", "SQL"}};
    static const char *const names[] = {"DETERMINISTIC", "NO SQL", "READS SQL DATA", "MODIFIES SQL DATA",
                                        NULL};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; ++i)
        if (accept_words(&from->text, flags[i])) {
            if (names[i])
                *vector_add(from->text.arena, &from->options) = names[i];
            return true;
        }
    return false;
}

static bool read_characteristic(struct routine_text *from)
{
    static const char *const not_deterministic[] = {"NOT", "DETERMINISTIC", NULL};
    static const char *const security[] = {"SQL", "SECURITY", NULL}, *const comment[] = {"COMMENT", NULL};
    struct catalog_text *text = &from->text, before = *text;
    struct catalog *catalog = from->reading->catalog;
    if (read_flag(from) || accept_words(text, not_deterministic))
        return true;
    if (accept_words(text, security)) {
        if (strcmp(catalog_text_take_raw(text), "INVOKER") == 0)
            catalog_set(catalog, from->routine, ATTRIBUTE_SECURITY, "INVOKER");
        return true;
    }
    if (catalog_text_accept(text, "LANGUAGE")) {
        const char *language = catalog_text_take_raw(text);
        if (strcmp(language, "SQL") != 0)
            catalog_set(catalog, from->routine, ATTRIBUTE_LANGUAGE, language);
        return true;
    }
    if (accept_words(text, comment) && text->token.kind == SQL_TOKEN_STRING) {
        catalog_set(catalog, from->routine, ATTRIBUTE_COMMENT, catalog_text_take_string(text));
        return true;
    }
    *text = before; /* a label may be called as a characteristic is */
    return false;
}

/* All that is left, as it was written. */
static const char *take_rest(struct catalog_text *text)
{
    const char *rest = text->token.text;
    return mysql_engine_catalog_body(text->arena, rest, (size_t)(text->lexer.end - rest));
}

static void read_package(struct routine_text *from, const struct catalog_shown *shown)
{
    struct catalog *catalog = from->reading->catalog;
    bool body = catalog_text_accept(&from->text, "BODY");
    from->routine = catalog_find(catalog, SCHEMA_PACKAGE, NULL, NULL, shown->name);
    if (!from->routine)
        from->routine = catalog_add(catalog, SCHEMA_PACKAGE, NULL, NULL, shown->name);
    catalog_text_take_name(&from->text);
    while (read_characteristic(from))
        ;
    catalog_set(catalog, from->routine, body ? ATTRIBUTE_BODY : ATTRIBUTE_DEFINITION, take_rest(&from->text));
}

static bool read_function_or_procedure(struct routine_text *from, const struct catalog_shown *shown)
{
    struct catalog_text *text = &from->text;
    struct catalog *catalog = from->reading->catalog;
    bool function = catalog_text_accept(text, "FUNCTION");
    if (!function && !catalog_text_accept(text, "PROCEDURE"))
        return false;
    from->routine =
        catalog_add(catalog, function ? SCHEMA_FUNCTION : SCHEMA_PROCEDURE, NULL, NULL, shown->name);
    catalog_text_take_name(text);
    if (!from->routine)
        return false;
    if (catalog_text_at_operator(text, '('))
        catalog_set(catalog, from->routine, ATTRIBUTE_ARGUMENTS, take_arguments(text));
    if (catalog_text_accept(text, "RETURNS") || catalog_text_accept(text, "RETURN"))
        catalog_set(catalog, from->routine, ATTRIBUTE_RETURNS, take_returned_type(text));
    if (from->aggregate)
        *vector_add(text->arena, &from->options) = "AGGREGATE";
    while (read_characteristic(from))
        ;
    catalog_set(catalog, from->routine, ATTRIBUTE_DEFINITION, take_rest(text));
    return true;
}

void mysql_engine_catalog_read_routine(struct catalog_reading *reading, const struct catalog_shown *shown)
{
    struct routine_text from = {.reading = reading};
    struct catalog_text *text = &from.text;
    catalog_text_open(text, reading->scratch, reading->database, shown->sql, shown->length);
    catalog_text_accept(text, "CREATE");
    from.definer = mysql_engine_catalog_take_definer(text);
    from.aggregate = catalog_text_accept(text, "AGGREGATE");
    if (catalog_text_accept(text, "PACKAGE")) {
        read_package(&from, shown);
    } else if (!read_function_or_procedure(&from, shown)) {
        catalog_add_unmodelled(reading->catalog, "routine", shown->name);
        return;
    }
    const char *mode = mysql_engine_catalog_mode_option(reading->scratch, shown->sql_mode);
    if (mode)
        *vector_add(reading->scratch, &from.options) = mode;
    mysql_engine_catalog_set_texts(reading->catalog, from.routine, ATTRIBUTE_OPTIONS, &from.options);
    mysql_engine_catalog_set_definer(reading, from.routine, from.definer);
}
