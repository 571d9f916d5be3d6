#include "seed/demo/rule.h"

#include "seed/demo/calendar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE = 130 };

/* "billingEmail", "Billing-Email" and "billing_email" as "_billing_email_". */
static void normalize(const char *name, char ret_name[NAME_SIZE])
{
    size_t length = 0;
    ret_name[length++] = '_';
    for (const char *c = name; *c && length < NAME_SIZE - 3; ++c) {
        bool begins = isupper((unsigned char)*c) && c > name && islower((unsigned char)c[-1]);
        if (begins || *c == '-' || *c == ' ' || *c == '_')
            ret_name[length++] = '_';
        if (*c != '-' && *c != ' ' && *c != '_')
            ret_name[length++] = (char)tolower((unsigned char)*c);
    }
    ret_name[length++] = '_';
    ret_name[length] = '\0';
}

bool demo_name_has(const char *column, const char *name)
{
    char in[NAME_SIZE], what[NAME_SIZE];
    normalize(column, in);
    normalize(name, what);
    return strstr(in, what) != NULL;
}

/* Of a table, the word may be in the plural. */
static bool table_has(const char *table, const char *name, size_t length)
{
    char in[NAME_SIZE];
    normalize(table, in);
    if (length > 0 && name[length - 1] == 'y')
        --length;
    for (const char *word = in; (word = strchr(word, '_')) != NULL && word[1];) {
        ++word;
        if (strncmp(word, name, length) == 0) {
            const char *rest = word + length;
            if (*rest == '_' || strncmp(rest, "s_", 2) == 0 || strncmp(rest, "es_", 3) == 0 ||
                strncmp(rest, "y_", 2) == 0 || strncmp(rest, "ies_", 4) == 0)
                return true;
        }
    }
    return false;
}

const char *demo_name_person(struct arena *arena, const struct seed_table *table, const char *column)
{
    static const char *const attributes[] = {
        "first",    "last",      "given",    "family",  "full",     "name",     "email",    "e",     "mail",
        "address",  "firstname", "lastname", "surname", "forename", "fullname", "username", "login", "nick",
        "nickname", "handle",    "user",     "display", "screen",   "real",     NULL};
    char in[NAME_SIZE], *state = NULL;
    const char *person = "";
    normalize(column, in);
    for (char *word = strtok_r(in, "_", &state); word; word = strtok_r(NULL, "_", &state)) {
        bool about = table_has(table->name, word, strlen(word));
        for (size_t i = 0; attributes[i] && !about; ++i)
            about = strcmp(attributes[i], word) == 0;
        if (!about)
            person = *person ? arena_printf(arena, "%s_%s", person, word) : arena_strdup(arena, word);
    }
    return person;
}

static bool name_means(const struct seed_table *table, const char *column, const char *name, size_t length)
{
    char copy[NAME_SIZE];
    const char *dot = memchr(name, '.', length);
    if (dot && !table_has(table->name, name, (size_t)(dot - name)))
        return false;
    const char *wanted = dot ? dot + 1 : name;
    length -= (size_t)(wanted - name);
    if (length == 0 || length >= sizeof copy)
        return false;
    memcpy(copy, wanted, length);
    copy[length] = '\0';
    if (strcmp(copy, "name") == 0 || dot)
        return strcasecmp(column, copy) == 0;
    return demo_name_has(column, copy);
}

static bool line_means(const struct seed_table *table, const char *column, const char *line, const char *end)
{
    while (line < end) {
        const char *comma = memchr(line, ',', (size_t)(end - line)), *stop = comma ? comma : end;
        const char *behind = stop;
        while (line < stop && *line == ' ')
            ++line;
        while (stop > line && stop[-1] == ' ')
            --stop;
        if (name_means(table, column, line, (size_t)(stop - line)))
            return true;
        line = behind + 1;
    }
    return false;
}

/* A word at the end of the value that is none of it: takes it off. */
static bool take_end(char *text, const char *word)
{
    size_t length = strlen(text), size = strlen(word);
    if (length < size || strcmp(text + length - size, word) != 0)
        return false;
    text[length - size] = '\0';
    return true;
}

static void read_range(char *text, struct demo_rule *rule)
{
    char *middle = strstr(text, ".."), *end = NULL, *last = NULL;
    int64_t low, high;
    if (!middle || strchr(text, '{'))
        return;
    *middle = '\0';
    if (calendar_read(text, &low) && calendar_read(middle + 2, &high)) {
        rule->dates = low <= high;
        rule->low = (long double)low;
        rule->high = (long double)high;
    } else {
        rule->low = strtold(text, &end);
        rule->high = strtold(middle + 2, &last);
        rule->numbers =
            *end == '\0' && *last == '\0' && end != text && last != middle + 2 && rule->low <= rule->high;
        const char *point = strchr(text, '.');
        rule->scale = point ? (unsigned)strlen(point + 1) : 0;
    }
    *middle = '.';
}

void demo_rule_read(struct arena *arena, const char *text, struct demo_rule *ret_rule)
{
    char *value = arena_strdup(arena, text), *null = NULL;
    *ret_rule = (struct demo_rule){.null_share = -1};
    for (char *found = value; (found = strstr(found, " null ")) != NULL; ++found)
        null = found;
    if (null) {
        ret_rule->null_share = strtod(null + 6, NULL);
        *null = '\0';
    }
    ret_rule->few_high = take_end(value, " low");
    read_range(value, ret_rule);
    ret_rule->value = value;
}

bool demo_rule_find(struct arena *arena, struct demo_lexicon *lexicon, const struct seed_table *table,
                    const char *column, size_t index, struct demo_rule *ret_rule)
{
    const struct demo_words *lines = demo_words_find(lexicon, "columns");
    for (size_t i = 0; lines && i < lines->count; ++i) {
        const char *equal = strstr(lines->words[i], " = ");
        if (!equal || !line_means(table, column, lines->words[i], equal) || index-- > 0)
            continue;
        demo_rule_read(arena, equal + 3, ret_rule);
        return true;
    }
    return false;
}
