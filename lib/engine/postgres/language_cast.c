/*
 * What becomes of values when the type of a column changes. The catalog tells types by their names only, so
 * what the server's casts between its own types do is written here (manual, 5.8 "casts" of each type);
 * anything else goes by way of text, which every type can be written as and read from.
 */
#include "engine/postgres/language.h"

#include <stdlib.h>
#include <string.h>

enum family { OTHER, CHARACTERS, WHOLE, DECIMAL, FLOATING, TIMES, BITS, NETWORK, JSON };

/* A type taken apart: "character varying(20)[]". */
struct type {
    enum family family;
    int rank;    /* among those of its family: a higher one holds all that a lower one does */
    long length; /* the first modifier; -1: none */
    long scale;  /* the second; -1: none */
    bool array;
    size_t name_length;
};

static const struct {
    const char *name;
    enum family family;
    int rank;
    const char *storage;
} types[] = {
    {"character varying", CHARACTERS, 1, "extended"},
    {"character", CHARACTERS, 0, "extended"},
    {"text", CHARACTERS, 2, "extended"},
    {"smallint", WHOLE, 0, "plain"},
    {"integer", WHOLE, 1, "plain"},
    {"bigint", WHOLE, 2, "plain"},
    {"numeric", DECIMAL, 0, "main"},
    {"real", FLOATING, 0, "plain"},
    {"double precision", FLOATING, 1, "plain"},
    {"date", TIMES, 0, "plain"},
    {"timestamp without time zone", TIMES, 1, "plain"},
    {"timestamp with time zone", TIMES, 2, "plain"},
    {"time without time zone", OTHER, 0, "plain"},
    {"time with time zone", OTHER, 0, "plain"},
    {"interval", OTHER, 0, "plain"},
    {"bit varying", BITS, 1, "extended"},
    {"bit", BITS, 0, "extended"},
    {"cidr", NETWORK, 0, "main"},
    {"inet", NETWORK, 1, "main"},
    {"json", JSON, 0, "extended"},
    {"jsonb", JSON, 1, "extended"},
    {"boolean", OTHER, 0, "plain"},
    {"uuid", OTHER, 0, "plain"},
    {"name", OTHER, 0, "plain"},
    {"oid", OTHER, 0, "plain"},
    {"money", OTHER, 0, "plain"},
    {"point", OTHER, 0, "plain"},
    {"macaddr", OTHER, 0, "plain"},
};
enum { TYPES = sizeof types / sizeof *types };

/* The name without modifiers, which may stand within it: "timestamp(3) with time zone". */
static char *base_name(struct arena *arena, const char *text)
{
    char *name = arena_strdup(arena, text), *open = strchr(name, '('), *close = strchr(name, ')');
    if (open && close && close > open)
        memmove(open, close + 1, strlen(close + 1) + 1);
    char *brackets = strstr(name, "[]");
    if (brackets)
        *brackets = '\0';
    return name;
}

static struct type type_of(struct arena *arena, const char *text)
{
    struct type type = {.family = OTHER, .length = -1, .scale = -1, .array = strstr(text, "[]") != NULL};
    const char *name = base_name(arena, text), *open = strchr(text, '(');
    for (size_t i = 0; i < TYPES; ++i)
        if (strcmp(types[i].name, name) == 0) {
            type.family = types[i].family;
            type.rank = types[i].rank;
        }
    if (type.family != OTHER && open) {
        char *end;
        type.length = strtol(open + 1, &end, 10);
        type.scale = *end == ',' ? strtol(end + 1, NULL, 10) : type.family == DECIMAL ? 0 : -1;
    }
    return type;
}

const char *usual_storage(const char *type)
{
    for (size_t i = 0; i < TYPES; ++i)
        if (strncmp(type, types[i].name, strlen(types[i].name)) == 0 && !strstr(type, "[]"))
            return types[i].storage;
    return "extended";
}

/* Does `to` hold any length that `from` may have? */
static bool holds(long from, long to)
{
    return to < 0 || (from >= 0 && from <= to);
}

static struct type_change characters_change(struct arena *arena, struct type from, struct type to)
{
    if (holds(from.length, to.length))
        return (struct type_change){.by_itself = true,
                                    .hazards = from.rank == 0 || to.rank == 0 ? PLAN_REWRITE : 0};
    return (struct type_change){
        .by_itself = true,
        .hazards = PLAN_NARROW_TYPE | PLAN_CAST | PLAN_REWRITE,
        .misfit = arena_printf(arena, "pg_catalog.char_length(pg_catalog.rtrim(%%s::text)) > %ld", to.length),
    };
}

static struct type_change whole_change(struct type from, struct type to)
{
    static const char *const misfits[] = {"%s NOT BETWEEN -32768 AND 32767",
                                          "%s NOT BETWEEN -2147483648 AND 2147483647", NULL};
    if (to.rank >= from.rank)
        return (struct type_change){.by_itself = true, .hazards = PLAN_REWRITE};
    return (struct type_change){.by_itself = true,
                                .hazards = PLAN_NARROW_TYPE | PLAN_CAST | PLAN_REWRITE,
                                .misfit = misfits[to.rank]};
}

static struct type_change decimal_change(struct type from, struct type to)
{
    bool wider = to.length < 0 || (from.length >= 0 && to.length - to.scale >= from.length - from.scale &&
                                   to.scale >= from.scale);
    bool free = wider && (to.length < 0 || to.scale == from.scale);
    return (struct type_change){.by_itself = true,
                                .hazards = free    ? 0
                                           : wider ? PLAN_REWRITE
                                                   : PLAN_NARROW_TYPE | PLAN_CAST | PLAN_REWRITE};
}

/* Between numbers of different families: what comes from whole numbers fits into decimals without modifiers.
 */
static struct type_change number_change(struct type from, struct type to)
{
    bool fits = (from.family == WHOLE && to.family == DECIMAL && to.length < 0) ||
                (from.family == WHOLE && from.rank < 2 && to.family == FLOATING && to.rank == 1);
    return (struct type_change){.by_itself = true,
                                .hazards = fits ? PLAN_REWRITE : PLAN_NARROW_TYPE | PLAN_CAST | PLAN_REWRITE};
}

static bool is_number(enum family family)
{
    return family == WHOLE || family == DECIMAL || family == FLOATING;
}

static struct type_change family_change(struct arena *arena, struct type from, struct type to)
{
    bool more = to.rank >= from.rank;
    switch (from.family) {
    case CHARACTERS:
        return characters_change(arena, from, to);
    case WHOLE:
        return whole_change(from, to);
    case DECIMAL:
        return decimal_change(from, to);
    case TIMES:
        more = more && (from.rank != to.rank || holds(from.length < 0 ? 6 : from.length, to.length));
        return (struct type_change){.by_itself = true,
                                    .hazards = more && from.rank == to.rank ? 0
                                               : more                       ? PLAN_REWRITE
                                                      : PLAN_NARROW_TYPE | PLAN_REWRITE};
    case BITS:
        more = from.rank == 1 && to.rank == 1 && holds(from.length, to.length);
        return (struct type_change){.by_itself = true, .hazards = more ? 0 : PLAN_CAST | PLAN_REWRITE};
    case NETWORK:
        return more ? (struct type_change){.by_itself = true}
                    : (struct type_change){.using = "::cidr", .hazards = PLAN_NARROW_TYPE | PLAN_REWRITE};
    case FLOATING:
        return (struct type_change){
            .by_itself = true, .hazards = more ? PLAN_REWRITE : PLAN_NARROW_TYPE | PLAN_CAST | PLAN_REWRITE};
    default:
        return (struct type_change){.by_itself = true, .hazards = PLAN_REWRITE};
    }
}

static bool is_hstore(const char *type)
{
    const char *dot = strrchr(type, '.');
    return strcmp(dot ? dot + 1 : type, "hstore") == 0;
}

/* What stands between two types that have nothing in common: text, unless there is a cast that means more. */
static const char *way(const char *from, struct type old, struct type new)
{
    if (old.array || new.array)
        return "::text";
    if (strcmp(from, "boolean") == 0 && is_number(new.family))
        return new.family == WHOLE &&new.rank == 1 ? "" : "::integer";
    if (is_hstore(from) && new.family == JSON)
        return "";
    return "::text";
}

struct type_change type_change_of(struct arena *arena, const char *from, const char *to)
{
    struct type old = type_of(arena, from), new = type_of(arena, to);
    struct type_change change;
    if (old.array == new.array && old.family != OTHER &&old.family == new.family)
        change = family_change(arena, old, new);
    else if (!old.array && !new.array && is_number(old.family) && is_number(new.family))
        change = number_change(old, new);
    else if (strcmp(base_name(arena, from), base_name(arena, to)) == 0 && old.array == new.array)
        change = (struct type_change){.by_itself = true, .hazards = PLAN_REWRITE | PLAN_CAST};
    else if (!new.array &&new.family == CHARACTERS)
        change = (struct type_change){.using = arena_printf(arena, "::%s", to),
                                      .hazards =
                                          PLAN_REWRITE | (new.length < 0 ? 0u : (unsigned)PLAN_NARROW_TYPE)};
    else if (!old.array && old.family == CHARACTERS)
        change = (struct type_change){.using = arena_printf(arena, "::%s", to),
                                      .hazards = PLAN_REWRITE | PLAN_CAST};
    else
        change = (struct type_change){.using = arena_printf(arena, "%s::%s", way(from, old, new), to),
                                      .hazards = PLAN_REWRITE | PLAN_CAST};
    if (old.array)
        change.misfit = NULL;
    return change;
}
