#include "seed/demo/words.h"

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"

#include <stdio.h>
#include <string.h>

struct embedded_words {
    const char *locale, *name, *text;
};

#include "embedded/seed/demo/words.h"

enum { EMBEDDED_COUNT = sizeof embedded_words / sizeof *embedded_words };

struct demo_lexicon {
    struct arena *arena;
    const char *folder, *locale;
    struct map *lists; /* by name, once they were asked for */
};

struct reading {
    struct arena *arena;
    VECTOR(const char *) words;
    struct map *known;
};

bool demo_words_embedded(size_t index, const char **ret_locale, const char **ret_name)
{
    if (index >= EMBEDDED_COUNT)
        return false;
    *ret_locale = embedded_words[index].locale;
    *ret_name = embedded_words[index].name;
    return true;
}

const char *demo_locales(struct arena *arena)
{
    struct str names = STR_INIT;
    for (size_t i = 0; i < EMBEDDED_COUNT; ++i)
        if (i == 0 || strcmp(embedded_words[i].locale, embedded_words[i - 1].locale) != 0)
            str_printf(&names, "%s%s", i ? ", " : "", embedded_words[i].locale);
    const char *copy = arena_strdup(arena, str_text(&names));
    str_free(&names);
    return copy;
}

static const char *embedded_text(const char *locale, const char *name)
{
    for (size_t i = 0; i < EMBEDDED_COUNT; ++i)
        if (strcmp(embedded_words[i].locale, locale) == 0 && strcmp(embedded_words[i].name, name) == 0)
            return embedded_words[i].text;
    return NULL;
}

static void add_word(struct reading *reading, const char *word)
{
    if (map_add(reading->known, word, reading))
        *vector_add(reading->arena, &reading->words) = word;
}

/* The line without comment and without blanks around it; NULL: nothing is left. */
static const char *word_of(struct arena *arena, const char *line, size_t length)
{
    if (length > 0 && line[0] == '#')
        return NULL;
    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\r' || line[length - 1] == '\t'))
        --length;
    while (length > 0 && (*line == ' ' || *line == '\t')) {
        ++line;
        --length;
    }
    return length ? arena_strndup(arena, line, length) : NULL;
}

/* Adds the words of a text. True: one of its lines asks for those that are built in, too. */
static bool add_text(struct reading *reading, const char *text)
{
    bool more = false;
    while (text && *text) {
        size_t length = strcspn(text, "\n");
        const char *word = word_of(reading->arena, text, length);
        if (word && strcmp(word, "+") == 0)
            more = true;
        else if (word)
            add_word(reading, word);
        text += length + (text[length] == '\n');
    }
    return more;
}

static bool read_file(const char *path, struct str *ret_text)
{
    char piece[4096];
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        str_append_n(ret_text, piece, got);
    fclose(file);
    return true;
}

/* False: the user has no such list, or wants the one that is built in with it. */
static bool add_users(struct demo_lexicon *lexicon, struct reading *reading, const char *name)
{
    struct str text = STR_INIT;
    if (!lexicon->folder)
        return false;
    bool found =
        read_file(arena_printf(lexicon->arena, "%s/words/%s/%s.txt", lexicon->folder, lexicon->locale, name),
                  &text) ||
        read_file(arena_printf(lexicon->arena, "%s/words/%s.txt", lexicon->folder, name), &text);
    bool more = found && add_text(reading, str_text(&text));
    str_free(&text);
    return found && !more;
}

/* Of the lines about columns those that come first count, so that all others can follow. */
static void read_list(struct demo_lexicon *lexicon, struct reading *reading, const char *name)
{
    bool all = strcmp(name, "columns") == 0;
    if (add_users(lexicon, reading, name) && !all)
        return;
    const char *own = embedded_text(lexicon->locale, name);
    add_text(reading, own);
    if (!own || all)
        add_text(reading, embedded_text("en", name));
}

const struct demo_words *demo_words_find(struct demo_lexicon *lexicon, const char *name)
{
    struct demo_words *words = map_get(lexicon->lists, name);
    if (!words) {
        struct reading reading = {.arena = lexicon->arena, .known = map_new(lexicon->arena)};
        read_list(lexicon, &reading, name);
        words = ARENA_NEW(lexicon->arena, struct demo_words);
        *words =
            (struct demo_words){arena_strdup(lexicon->arena, name), reading.words.count, reading.words.items};
        map_add(lexicon->lists, words->name, words);
    }
    return words->count ? words : NULL;
}

bool demo_lexicon_open(struct arena *arena, const char *folder, const char *locale,
                       struct demo_lexicon **ret_lexicon, dun_error *error)
{
    bool known = false;
    const char *name = locale ? locale : "en";
    for (size_t i = 0; i < EMBEDDED_COUNT; ++i)
        known = known || strcmp(embedded_words[i].locale, name) == 0;
    if (!known) {
        error_set(error, DUN_USAGE, "there are no words for the locale \"%s\"", name);
        error_hint(error, "there are some for %s", demo_locales(arena));
        return false;
    }
    struct demo_lexicon *lexicon = ARENA_NEW(arena, struct demo_lexicon);
    *lexicon = (struct demo_lexicon){arena, folder, name, map_new(arena)};
    *ret_lexicon = lexicon;
    return true;
}
