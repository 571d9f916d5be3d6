#include "report/alike.h"

#include "base/map.h"
#include "base/str.h"
#include "sql/name.h"

#include <ctype.h>
#include <string.h>

/* A group, with the text of its first one as it is compared. */
struct member {
    struct alike_group group;
    const char *unnamed; /* without the first name */
    const char *named;   /* and without numbers of rows */
    const char *counted; /* without all names, with numbers of rows */
};

struct alike {
    struct arena *arena;
    struct map *by_named;   /* what is the same by itself, whatever the names of its database are */
    struct map *by_neutral; /* without both */
    size_t count;
};

struct alike *alike_new(struct arena *arena)
{
    struct alike *alike = ARENA_NEW(arena, struct alike);
    alike->arena = arena;
    alike->by_named = map_new(arena);
    alike->by_neutral = map_new(arena);
    return alike;
}

static const char *kept(struct arena *arena, struct str *text)
{
    const char *copy = arena_strndup(arena, str_text(text), text->length);
    str_free(text);
    return copy;
}

/* How long the quotes of a name are, in SQL or in JSON. */
static size_t quote_length(const char *begin, const char *found, size_t length)
{
    static const char *const quotes[] = {"\\\"", "\"", "`"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; ++i) {
        size_t quote = strlen(quotes[i]);
        if (found >= begin + quote && strncmp(found - quote, quotes[i], quote) == 0 &&
            strncmp(found + length, quotes[i], quote) == 0)
            return quote;
    }
    return 0;
}

/* The name, wherever it stands as a whole, becomes a character that no text has in it. */
static const char *without_name(struct arena *arena, const char *text, const char *name, char mark)
{
    struct str out = STR_INIT;
    size_t length = strlen(name);
    const char *begin = text;
    for (const char *found = strstr(text, name); found; found = strstr(text, name)) {
        bool whole = (found == begin || !sql_is_of_name(found[-1])) && !sql_is_of_name(found[length]);
        size_t quote = whole ? quote_length(text, found, length) : 0;
        str_append_n(&out, text, (size_t)(found - text) - quote);
        str_append_n(&out, whole ? &mark : found, whole ? 1 : length);
        text = found + length + quote;
    }
    str_append(&out, text);
    return kept(arena, &out);
}

static const char *without_names(struct arena *arena, const char *text, const char *const *names)
{
    for (size_t i = 0; names[i]; ++i)
        if (*names[i])
            text = without_name(arena, text, names[i], (char)(i + 1));
    return text;
}

static void drop_end(struct str *text, const char *end)
{
    size_t length = strlen(end);
    if (text->length >= length && strncmp(str_text(text) + text->length - length, end, length) == 0)
        text->length -= length;
}

/* "about 1,200 rows", "1 row" */
static const char *without_rows(struct arena *arena, const char *text)
{
    struct str out = STR_INIT;
    for (const char *begin = text; *text;) {
        size_t digits = text == begin || !sql_is_of_name(text[-1]) ? strspn(text, "0123456789,") : 0;
        if (!digits || !isdigit((unsigned char)*text) || strncmp(text + digits, " row", 4) != 0) {
            str_append_n(&out, text, digits ? digits : 1);
            text += digits ? digits : 1;
            continue;
        }
        drop_end(&out, "about ");
        drop_end(&out, "at least ");
        str_append(&out, " row");
        text += digits + 4;
        text += *text == 's';
    }
    return kept(arena, &out);
}

static struct member *add_group(struct alike *alike, const struct member *first)
{
    struct member *member = ARENA_NEW(alike->arena, struct member);
    *member = *first;
    member->group.number = alike->count++;
    return member;
}

static void note_differences(struct member *member, const struct member *other)
{
    bool same_rows =
        strcmp(member->unnamed, other->unnamed) == 0 || strcmp(member->counted, other->counted) == 0;
    member->group.names_differ = member->group.names_differ || strcmp(member->named, other->named) != 0;
    member->group.rows_differ = member->group.rows_differ || !same_rows;
}

const struct alike_group *alike_group(struct alike *alike, const char *text, const char *const *names)
{
    struct arena *arena = alike->arena;
    const char *const first_name[] = {names[0], NULL};
    struct member one = {.unnamed = without_names(arena, arena_strdup(arena, text), first_name)};
    one.named = without_rows(arena, one.unnamed);
    one.counted = without_names(arena, one.unnamed, names);
    const char *neutral = without_rows(arena, one.counted);
    struct member *member = map_get(alike->by_named, one.named);
    if (!member)
        member = map_get(alike->by_neutral, neutral);
    if (!member)
        member = add_group(alike, &one);
    map_add(alike->by_named, one.named, member);
    map_add(alike->by_neutral, neutral, member);
    note_differences(member, &one);
    return &member->group;
}
