/* Who may do what: grants on objects and default privileges. Both are lists, of which what differs is granted
 * or revoked. */
#include "engine/postgres/language.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char with_option[] = " WITH GRANT OPTION";

static bool has_option(const char *privilege)
{
    size_t length = strlen(privilege), tail = strlen(with_option);
    return length > tail && strcmp(privilege + length - tail, with_option) == 0;
}

static size_t word_length(const char *privilege)
{
    return strlen(privilege) - (has_option(privilege) ? strlen(with_option) : 0);
}

static bool is_in(const char *const *list, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; ++i)
        if (strcmp(list[i], wanted) == 0)
            return true;
    return false;
}

/* Is the privilege in the list, with or without the option? */
static bool has_privilege(const char *const *list, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; ++i)
        if (word_length(list[i]) == word_length(wanted) && strncmp(list[i], wanted, word_length(wanted)) == 0)
            return true;
    return false;
}

struct privileges {
    const char *const *list;
    size_t count;
};

static struct privileges privileges_of(const struct schema_object *object)
{
    const struct schema_value *value = object ? catalog_value(object, ATTRIBUTE_PRIVILEGES) : NULL;
    return value ? (struct privileges){value->texts, value->count} : (struct privileges){0};
}

/* What everybody may do with a new object. */
static struct privileges usual_privileges(const struct schema_object *grant)
{
    static const char *const execute[] = {"EXECUTE"}, *const usage[] = {"USAGE"};
    if (strcmp(grant->name, "PUBLIC") != 0)
        return (struct privileges){0};
    switch (grant->parent->kind) {
    case SCHEMA_FUNCTION:
    case SCHEMA_PROCEDURE:
    case SCHEMA_AGGREGATE:
        return (struct privileges){execute, 1};
    case SCHEMA_ENUM:
    case SCHEMA_DOMAIN:
    case SCHEMA_COMPOSITE_TYPE:
    case SCHEMA_RANGE_TYPE:
        return (struct privileges){usage, 1};
    default:
        return (struct privileges){0};
    }
}

static const char *grant_keyword(const struct schema_object *object)
{
    switch (object->kind) {
    case SCHEMA_COLUMN:
    case SCHEMA_TABLE:
    case SCHEMA_FOREIGN_TABLE:
    case SCHEMA_VIEW:
    case SCHEMA_MATERIALIZED_VIEW:
        return "TABLE";
    case SCHEMA_FOREIGN_SERVER:
        return "FOREIGN SERVER";
    case SCHEMA_FUNCTION:
    case SCHEMA_PROCEDURE:
    case SCHEMA_AGGREGATE:
        return "ROUTINE";
    default:
        return kind_keyword(object->kind);
    }
}

static void append_grantee(struct str *text, const char *name)
{
    if (strcmp(name, "PUBLIC") == 0)
        str_append(text, name);
    else
        text_name(text, name);
}

/* SELECT, UPDATE ON TABLE t; of a column SELECT (c), UPDATE (c) ON TABLE t. Those of `now` that `before` does
 * not have. */
static size_t append_privileges(struct str *text, const struct schema_object *object, struct privileges now,
                                struct privileges before, bool options)
{
    size_t any = 0;
    for (size_t i = 0; i < now.count; ++i) {
        if (has_option(now.list[i]) != options || is_in(before.list, before.count, now.list[i]))
            continue;
        str_append(text, any++ ? ", " : "");
        str_append_n(text, now.list[i], word_length(now.list[i]));
        if (object->kind == SCHEMA_COLUMN) {
            str_append(text, " (");
            text_name(text, object->name);
            str_append_char(text, ')');
        }
    }
    str_printf(text, " ON %s ", grant_keyword(object));
    text_object(text, object->kind == SCHEMA_COLUMN ? object->parent : object);
    return any;
}

static void write_granted(struct plan_rendering *rendering, const struct schema_object *grant,
                          struct privileges now, struct privileges before)
{
    for (int options = 0; options < 2; ++options) {
        struct str text = STR_INIT;
        str_append(&text, "GRANT ");
        size_t any = append_privileges(&text, grant->parent, now, before, options);
        str_append(&text, " TO ");
        append_grantee(&text, grant->name);
        str_append(&text, options ? with_option : "");
        if (any)
            add_text(rendering, 0, &text)->access = rendering->options->keeps_grants;
        str_free(&text);
    }
}

/* What is not in `now` at all is revoked; of what lost its option, that. */
static void write_revoked(struct plan_rendering *rendering, const struct schema_object *grant,
                          struct privileges now, struct privileges before)
{
    const char **gone = memory_alloc((before.count + 1) * sizeof *gone);
    for (int only_option = 0; only_option < 2; ++only_option) {
        size_t count = 0;
        for (size_t i = 0; i < before.count; ++i) {
            bool kept = has_privilege(now.list, now.count, before.list[i]);
            bool lost = only_option ? kept && has_option(before.list[i]) &&
                                          !is_in(now.list, now.count, before.list[i])
                                    : !kept;
            if (lost)
                gone[count++] = arena_strndup(rendering->arena, before.list[i], word_length(before.list[i]));
        }
        struct str text = STR_INIT;
        str_append(&text, only_option ? "REVOKE GRANT OPTION FOR " : "REVOKE ");
        append_privileges(&text, grant->parent, (struct privileges){gone, count}, (struct privileges){0},
                          false);
        str_append(&text, " FROM ");
        append_grantee(&text, grant->name);
        if (count)
            add_text(rendering, 0, &text)->access = rendering->options->keeps_grants;
        str_free(&text);
    }
    free(gone);
}

/* What default privileges may have granted is revoked where it is not wanted; what is wanted is granted
 * unless it comes with and without them: a scratch copy or another role may have others. */
static bool create_grant(struct plan_rendering *rendering, const struct schema_object *grant,
                         dun_error *error)
{
    (void)error;
    struct privileges usual = usual_privileges(grant), sure = usual, possible = usual;
    const struct schema_value *by_default = catalog_value(grant, ATTRIBUTE_USUAL_PRIVILEGES);
    if (by_default && !(usual.count && is_in(by_default->texts, by_default->count, *usual.list))) {
        const char **both = arena_alloc(rendering->arena, (by_default->count + 1) * sizeof *both);
        for (size_t i = 0; i < by_default->count; ++i)
            both[i] = by_default->texts[i];
        both[by_default->count] = usual.count ? *usual.list : NULL;
        possible = (struct privileges){both, by_default->count + usual.count};
        sure.count = 0;
    }
    write_revoked(rendering, grant, privileges_of(grant), possible);
    write_granted(rendering, grant, privileges_of(grant), sure);
    return true;
}

static void drop_grant(struct plan_rendering *rendering, const struct schema_object *grant)
{
    write_revoked(rendering, grant, usual_privileges(grant), privileges_of(grant));
    write_granted(rendering, grant, usual_privileges(grant), privileges_of(grant));
}

static void alter_grant(struct plan_rendering *rendering, const struct diff_change *change)
{
    write_revoked(rendering, change->to, privileges_of(change->to), privileges_of(change->from));
    write_granted(rendering, change->to, privileges_of(change->to), privileges_of(change->from));
}

const struct kind_writer grant_writer = {.create = create_grant, .drop = drop_grant, .alter = alter_grant};

/*
 * Default privileges: named "role tables", each of the list "grantee PRIVILEGE". Without a schema the list
 * has what new objects get anyway, which is not to be granted again.
 */

/* "tables", "large objects". */
static const char *kind_of_defaults(const struct schema_object *defaults)
{
    static const char two_words[] = " large objects";
    size_t length = strlen(defaults->name);
    if (length > strlen(two_words) && strcmp(defaults->name + length - strlen(two_words), two_words) == 0)
        return defaults->name + length - strlen(two_words) + 1;
    return strrchr(defaults->name, ' ') + 1;
}

static bool is_usual_default(const struct schema_object *defaults, const char *item)
{
    const char *kind = kind_of_defaults(defaults);
    size_t role = (size_t)(kind - 1 - defaults->name);
    if (defaults->schema)
        return false;
    if (strncmp(item, defaults->name, role) == 0 && item[role] == ' ')
        return true; /* the owner's own */
    return (strcmp(kind, "functions") == 0 && strcmp(item, "PUBLIC EXECUTE") == 0) ||
           (strcmp(kind, "types") == 0 && strcmp(item, "PUBLIC USAGE") == 0);
}

/* The privilege behind the grantee, who may be quoted. */
static const char *behind_grantee(const char *item)
{
    const char *end = item;
    if (*end == '"')
        for (++end; *end && (*end != '"' || end[1] == '"'); ++end)
            end += *end == '"';
    return strchr(end, ' ') + 1;
}

static void write_default(struct plan_rendering *rendering, const struct schema_object *defaults,
                          const char *item, bool granted)
{
    struct str text = STR_INIT;
    const char *kind = kind_of_defaults(defaults), *privilege = behind_grantee(item);
    const char *role = arena_strndup(rendering->arena, defaults->name, (size_t)(kind - 1 - defaults->name));
    str_printf(&text, "ALTER DEFAULT PRIVILEGES FOR ROLE %s", name_text(rendering, role));
    if (defaults->schema)
        str_printf(&text, " IN SCHEMA %s", name_text(rendering, defaults->schema));
    str_append(&text, granted ? " GRANT " : " REVOKE ");
    str_append_n(&text, privilege, word_length(privilege));
    str_printf(&text, " ON %s %s ", kind, granted ? "TO" : "FROM");
    str_append_n(&text, item, (size_t)(privilege - 1 - item));
    str_append(&text, granted && has_option(privilege) ? with_option : "");
    add_text(rendering, 0, &text);
}

/* What is usual is there before, and after. */
static void write_defaults(struct plan_rendering *rendering, const struct schema_object *from,
                           const struct schema_object *to)
{
    struct privileges before = privileges_of(from), now = privileges_of(to);
    const struct schema_object *some = to ? to : from;
    static const char *const usual[] = {"PUBLIC EXECUTE", "PUBLIC USAGE"};
    for (size_t i = 0; i < before.count; ++i)
        if (!is_in(now.list, now.count, before.list[i]) && !(is_usual_default(some, before.list[i]) && !to))
            write_default(rendering, from, before.list[i], false);
    for (size_t i = 0; i < now.count; ++i)
        if (!is_in(before.list, before.count, now.list[i]) && !(is_usual_default(some, now.list[i]) && !from))
            write_default(rendering, to, now.list[i], true);
    for (size_t i = 0; i < 2; ++i) {
        bool is_usual = is_usual_default(some, usual[i]);
        if (is_usual && !from && !is_in(now.list, now.count, usual[i]))
            write_default(rendering, to, usual[i], false);
        if (is_usual && !to && !is_in(before.list, before.count, usual[i]))
            write_default(rendering, from, usual[i], true);
    }
}

static bool create_defaults(struct plan_rendering *rendering, const struct schema_object *defaults,
                            dun_error *error)
{
    (void)error;
    write_defaults(rendering, NULL, defaults);
    return true;
}

static void drop_defaults(struct plan_rendering *rendering, const struct schema_object *defaults)
{
    write_defaults(rendering, defaults, NULL);
}

static void alter_defaults(struct plan_rendering *rendering, const struct diff_change *change)
{
    write_defaults(rendering, change->from, change->to);
}

const struct kind_writer default_privilege_writer = {
    .create = create_defaults, .drop = drop_defaults, .alter = alter_defaults};
