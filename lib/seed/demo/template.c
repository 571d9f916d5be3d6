#include "seed/demo/template.h"

#include "base/error.h"
#include "base/map.h"
#include "seed/demo/calendar.h"
#include "seed/demo/limits.h"
#include "seed/demo/random.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t largest = UINT64_C(1) << 62;

enum {
    SENTENCE_PARTS = 4,
    MOST_SENTENCES = 4,
    LONGEST_WORD = 40,
    SHORTEST_WORD = 2,
    MOST_ROUNDS = 10000,
    DIGITS_OF_ROUND = 5
};

struct template_reader {
    struct arena *arena;
    struct demo_lexicon *lexicon;
    struct demo_template *template;
    bool upper, lower;
    size_t cap; /* of the words, in characters */
};

/* Letters with marks of the languages whose words we have, and what they become in addresses. */
static const char *const plain_letters[][2] = {
    {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"},
    {"é", "e"},  {"è", "e"},  {"ê", "e"},  {"ë", "e"},  {"à", "a"},  {"â", "a"},  {"î", "i"},
    {"ï", "i"},  {"ô", "o"},  {"ù", "u"},  {"û", "u"},  {"ç", "c"},  {"É", "E"},  {"È", "E"},
    {"Ê", "E"},  {"À", "A"},  {"Ç", "C"},  {"Î", "I"},  {"Ô", "O"},
};

/* Small letters and digits, and single dashes for the rest. */
static void append_slug(struct str *to, const char *word)
{
    while (*word) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof plain_letters / sizeof *plain_letters && !taken; ++i)
            if (strncmp(word, plain_letters[i][0], strlen(plain_letters[i][0])) == 0) {
                taken = strlen(plain_letters[i][0]);
                str_append_char(to, (char)tolower((unsigned char)plain_letters[i][1][0]));
                str_append(to, plain_letters[i][1] + 1);
            }
        if (taken) {
            word += taken;
            continue;
        }
        char c = *word++;
        if (isalnum((unsigned char)c))
            str_append_char(to, (char)tolower((unsigned char)c));
        else if ((c == ' ' || c == '-' || c == '\'') && to->length > 0 && to->data[to->length - 1] != '-')
            str_append_char(to, '-');
    }
    while (to->length > 0 && to->data[to->length - 1] == '-')
        to->data[--to->length] = '\0';
}

/* Other alphabets stay as they are. */
static void append_case(struct str *to, const char *word, bool upper)
{
    for (; *word; ++word)
        str_append_char(to, (char)(upper ? toupper((unsigned char)*word) : tolower((unsigned char)*word)));
}

static const char *in_form(struct template_reader *reader, const char *word, const char *form)
{
    struct str text = STR_INIT;
    if (strcmp(form, "slug") == 0)
        append_slug(&text, word);
    else if (strcmp(form, "initial") == 0)
        str_append_n(&text, word, (*word & 0x80) ? 2 : 1);
    else if (strcmp(form, "upper") == 0 || strcmp(form, "lower") == 0)
        append_case(&text, word, *form == 'u');
    else
        str_append(&text, word);
    if (reader->upper || reader->lower) {
        struct str other = STR_INIT;
        append_case(&other, str_text(&text), reader->upper);
        str_free(&text);
        text = other;
    }
    const char *copy = arena_strdup(reader->arena, str_text(&text));
    str_free(&text);
    return copy;
}

static struct demo_part *add_part(struct template_reader *reader, enum demo_part_kind kind, uint64_t size)
{
    struct demo_part *part = vector_add(reader->arena, &reader->template->parts);
    part->kind = kind;
    part->size = size;
    return part;
}

/* Of initials there are fewer than of names, so that they do not tell whose they are. */
static void note_person(struct template_reader *reader, struct demo_part *part, const char *name,
                        const char *form)
{
    const struct demo_words *first = demo_words_find(reader->lexicon, "first_names");
    const struct demo_words *last = demo_words_find(reader->lexicon, "last_names");
    if (!first || !last || strcmp(form, "initial") == 0)
        return;
    part->person = strcmp(name, "first_names") == 0  ? PERSON_FIRST
                   : strcmp(name, "last_names") == 0 ? PERSON_LAST
                                                     : PERSON_NONE;
    reader->template->first_names = first->count;
    reader->template->last_names = last->count;
}

static bool add_words(struct template_reader *reader, const char *name, const char *form, dun_error *error)
{
    const struct demo_words *list = demo_words_find(reader->lexicon, name);
    if (!list)
        return error_set(error, DUN_BAD_INPUT, "there is no list of words \"%s\"", name);
    struct map *known = map_new(reader->arena);
    VECTOR(const char *) words = {0};
    for (size_t i = 0; i < list->count; ++i) {
        const char *word = in_form(reader, list->words[i], form);
        if (*word && demo_characters(word, strlen(word)) <= reader->cap && map_add(known, word, reader))
            *vector_add(reader->arena, &words) = word;
    }
    struct demo_part *part = add_part(reader, PART_WORDS, words.count);
    part->words = words.items;
    part->count = words.count;
    part->words_in_all = list->count;
    note_person(reader, part, name, form);
    return true;
}

/* 10-99, 001-999 */
static bool add_number(struct template_reader *reader, const char *inside)
{
    char *end = NULL, *last = NULL;
    uint64_t low = strtoull(inside, &end, 10);
    if (*end != '-' || !isdigit((unsigned char)end[1]))
        return false;
    uint64_t high = strtoull(end + 1, &last, 10);
    if (*last || high < low || high - low >= largest)
        return false;
    struct demo_part *part = add_part(reader, PART_NUMBER, high - low + 1);
    part->low = low;
    part->width = *inside == '0' ? (unsigned)(end - inside) : 0;
    part->count = strlen(end + 1);
    return true;
}

static bool add_letters(struct template_reader *reader, const char *name, const char *count)
{
    static const char *const sets[][2] = {{"hex", "0123456789abcdef"},
                                          {"letters", "abcdefghijklmnopqrstuvwxyz"},
                                          {"capitals", "ABCDEFGHJKLMNPQRSTUVWXYZ"},
                                          {"digits", "0123456789"}};
    size_t number = (size_t)strtoul(count, NULL, 10);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; ++i) {
        if (strcmp(sets[i][0], name) != 0)
            continue;
        const char *letters = in_form(reader, sets[i][1], "");
        uint64_t radix = strlen(letters), size = 1;
        number = number == 0 ? 1 : number > 64 ? 64 : number;
        for (size_t j = 0; j < number && size < largest / radix; ++j)
            size *= radix;
        struct demo_part *part = add_part(reader, PART_LETTERS, size);
        part->text = letters;
        part->count = number;
        return true;
    }
    return false;
}

static bool add_sentences(struct template_reader *reader, enum demo_part_kind kind, dun_error *error)
{
    static const char *const lists[SENTENCE_PARTS] = {"subjects", "verbs", "objects", "circumstances"};
    uint64_t size = 1;
    for (size_t i = 0; i < SENTENCE_PARTS; ++i) {
        reader->template->sentence[i] = demo_words_find(reader->lexicon, lists[i]);
        if (!reader->template->sentence[i])
            return error_set(error, DUN_BAD_INPUT, "there is no list of words \"%s\"", lists[i]);
        size *= reader->template->sentence[i]->count;
    }
    add_part(reader, kind, kind == PART_SENTENCE ? size : largest);
    reader->template->distinct = false;
    return true;
}

static bool add_inside(struct template_reader *reader, const char *inside, dun_error *error)
{
    const char *colon = strchr(inside, ':'), *form = colon ? colon + 1 : "";
    const char *name = colon ? arena_strndup(reader->arena, inside, (size_t)(colon - inside)) : inside;
    if (strcmp(name, "sentence") == 0)
        return add_sentences(reader, PART_SENTENCE, error);
    if (strcmp(name, "round") == 0)
        return add_part(reader, PART_ROUND, MOST_ROUNDS) != NULL;
    if (strcmp(name, "paragraph") == 0)
        return add_sentences(reader, PART_PARAGRAPH, error);
    if ((isdigit((unsigned char)*name) && add_number(reader, inside)) || add_letters(reader, name, form))
        return true;
    return add_words(reader, name, form, error);
}

static void add_literal(struct template_reader *reader, struct str *literal)
{
    if (literal->length == 0)
        return;
    add_part(reader, PART_LITERAL, 1)->text = in_form(reader, str_text(literal), "");
    str_clear(literal);
}

static bool read_parts(struct template_reader *reader, const char *text, struct str *literal,
                       dun_error *error)
{
    while (*text) {
        if ((*text == '{' || *text == '}') && text[1] == *text) {
            str_append_char(literal, *text);
            text += 2;
        } else if (*text == '{') {
            const char *end = strchr(text, '}');
            if (!end)
                return error_set(error, DUN_BAD_INPUT, "a brace is not closed: %s", text);
            add_literal(reader, literal);
            if (!add_inside(reader, arena_strndup(reader->arena, text + 1, (size_t)(end - text) - 1), error))
                return false;
            text = end + 1;
        } else {
            str_append_char(literal, *text++);
        }
    }
    add_literal(reader, literal);
    return true;
}

static size_t longest_of(const struct demo_part *part)
{
    size_t longest = 0;
    switch (part->kind) {
    case PART_LITERAL:
        return demo_characters(part->text, strlen(part->text));
    case PART_WORDS:
        for (size_t i = 0; i < part->count; ++i) {
            size_t length = demo_characters(part->words[i], strlen(part->words[i]));
            longest = length > longest ? length : longest;
        }
        return longest;
    case PART_NUMBER:
    case PART_LETTERS:
        return part->count;
    case PART_ROUND:
        return DIGITS_OF_ROUND;
    case PART_SENTENCE:
    case PART_PARAGRAPH:
        return 0;
    }
    return 0;
}

/* Can it be told where the part ends, whatever it is? Then two numbers never give the same text. */
static bool ends_clearly(const struct demo_part *part, const struct demo_part *next)
{
    if (part->kind == PART_ROUND)
        return next->kind == PART_LITERAL && !isdigit((unsigned char)next->text[0]);
    if (part->kind != PART_WORDS && (part->kind != PART_NUMBER || part->width == part->count))
        return true;
    bool number = next->kind == PART_NUMBER || next->kind == PART_ROUND;
    char first = next->kind == PART_LITERAL ? next->text[0] : '0';
    if (part->kind == PART_NUMBER)
        return next->kind == PART_LITERAL && !isdigit((unsigned char)first);
    for (size_t i = 0; i < part->count; ++i) {
        const char *word = part->words[i];
        if (number ? isdigit((unsigned char)word[strlen(word) - 1])
                   : next->kind != PART_LITERAL || strchr(word, first))
            return false;
    }
    return true;
}

static void measure(struct demo_template *template)
{
    bool whole = true;
    template->size = 1;
    template->longest = 0;
    for (size_t i = 0; i < template->parts.count; ++i) {
        const struct demo_part *part = &template->parts.items[i];
        whole = whole && (part->size == 0 || template->size <= largest / part->size);
        if (whole) /* the parts behind follow from those before */
            template->size *= part->size;
        template->longest += longest_of(part);
        if (i + 1 < template->parts.count && !ends_clearly(part, part + 1))
            template->distinct = false;
    }
}

static struct demo_template *read_once(struct arena *arena, struct demo_lexicon *lexicon, const char *text,
                                       const struct demo_template_limits *limits, size_t cap,
                                       dun_error *error)
{
    struct demo_template *template = ARENA_NEW(arena, struct demo_template);
    struct template_reader reader = {arena, lexicon, template, limits->upper, limits->lower, cap};
    struct str literal = STR_INIT;
    template->arena = arena;
    template->distinct = true;
    template->upper = limits->upper;
    template->lower = limits->lower;
    template->most = limits->most;
    bool good = read_parts(&reader, text, &literal, error);
    str_free(&literal);
    if (good)
        measure(template);
    return good ? template : NULL;
}

struct demo_template *demo_template_read(struct arena *arena, struct demo_lexicon *lexicon, const char *text,
                                         const struct demo_template_limits *limits, bool *ret_fits,
                                         dun_error *error)
{
    struct demo_template *template = NULL;
    *ret_fits = false;
    for (size_t cap = LONGEST_WORD; cap >= SHORTEST_WORD && !*ret_fits; --cap) {
        template = read_once(arena, lexicon, text, limits, cap, error);
        if (!template)
            return NULL;
        *ret_fits = template->size > 0 && (limits->most == 0 || template->longest <= limits->most);
        if (template->size == 0 || (template->longest == 0 && !*ret_fits))
            break;
    }
    return template;
}

static void append_in_case(const struct demo_template *template, struct str *to, const char *text)
{
    if (template->upper || template->lower)
        append_case(to, text, template->upper);
    else
        str_append(to, text);
}

static void append_sentence(const struct demo_template *template, struct str *to, uint64_t number)
{
    for (size_t i = 0; i < SENTENCE_PARTS; ++i) {
        const struct demo_words *words = template->sentence[i];
        if (i > 0)
            str_append_char(to, ' ');
        append_in_case(template, to, words->words[number % words->count]);
        number /= words->count;
    }
    str_append_char(to, '.');
}

/* Cuts what is too long between two words, or where it must be. */
static void cut(struct str *to, size_t from, size_t most)
{
    size_t characters = 0, place = from, blank = 0;
    for (; place < to->length; ++place) {
        if (((unsigned char)to->data[place] & 0xC0) != 0x80 && ++characters > most)
            break;
        if (to->data[place] == ' ')
            blank = place;
    }
    if (place == to->length)
        return;
    to->length = blank > from ? blank : place;
    to->data[to->length] = '\0';
}

static void append_paragraph(const struct demo_template *template, struct str *to, uint64_t number)
{
    size_t from = to->length, count = 1 + (size_t)(number % MOST_SENTENCES);
    for (size_t i = 0; i < count; ++i) {
        size_t before = to->length;
        if (i > 0)
            str_append_char(to, ' ');
        append_sentence(template, to, demo_draw(number, i));
        if (i > 0 && template->most && demo_characters(to->data + from, to->length - from) > template->most) {
            to->length = before;
            to->data[before] = '\0';
            return;
        }
    }
}

static void append_part(const struct demo_template *template, const struct demo_part *part, struct str *to,
                        uint64_t number)
{
    size_t radix;
    switch (part->kind) {
    case PART_LITERAL:
        str_append(to, part->text);
        return;
    case PART_WORDS:
        str_append(to, part->words[number]);
        return;
    case PART_NUMBER:
        append_digits(to, part->low + number, part->width);
        return;
    case PART_ROUND:
        if (number > 0)
            append_digits(to, number + 1, 0);
        return;
    case PART_LETTERS:
        radix = strlen(part->text);
        for (size_t i = 0; i < part->count; ++i) {
            str_append_char(to, part->text[number % radix]);
            /* 64 bits are soon used up; what follows need not be different, only look so. */
            number = i % 15 == 14 ? demo_mix(number + part->size + i) : number / radix;
        }
        return;
    case PART_SENTENCE:
        append_sentence(template, to, number);
        return;
    case PART_PARAGRAPH:
        append_paragraph(template, to, number);
        return;
    }
}

void demo_template_append(const struct demo_template *template, struct str *to, uint64_t number)
{
    size_t from = to->length;
    uint64_t rest = number, covered = 1;
    for (size_t i = 0; i < template->parts.count; ++i) {
        const struct demo_part *part = &template->parts.items[i];
        if (part->size > 1 && covered > largest / part->size) {
            rest = demo_draw(number, i); /* the parts before make the difference */
            covered = 1;
        }
        append_part(template, part, to, rest % part->size);
        rest /= part->size;
        covered *= part->size;
    }
    if (template->most && template->longest < to->length - from)
        cut(to, from, template->most);
}

/* Are there names, and such that they tell persons apart? */
static bool has_persons(const struct demo_template *template, bool unique)
{
    bool first = false, last = false, whole = true;
    VECTOR_EACH (const struct demo_part, part, &template->parts) {
        first = first || part->person == PERSON_FIRST;
        last = last || part->person == PERSON_LAST;
        whole = whole && (part->person == PERSON_NONE || part->words_in_all == part->size);
    }
    return template->size > 0 && (unique ? first && last && whole : first || last);
}

bool demo_template_person(const struct demo_template *template, uint64_t base, uint64_t row, bool unique,
                          uint64_t *ret_number)
{
    if (!has_persons(template, unique))
        return false;
    uint64_t firsts = template->first_names, persons = firsts * template->last_names;
    uint64_t person = demo_permute(base, row % persons, persons), round = row / persons, number = 0,
             covered = 1;
    for (size_t i = 0; i < template->parts.count && covered <= largest / template->parts.items[i].size; ++i) {
        const struct demo_part *part = &template->parts.items[i];
        uint64_t digit = round % part->size;
        if (part->person)
            digit = (part->person == PERSON_FIRST ? person % firsts : person / firsts) % part->size;
        else if (unique)
            round /= part->size;
        else if (part->kind != PART_ROUND)
            digit = demo_scale(demo_draw(base + i, row), part->size);
        number += digit * covered;
        covered *= part->size;
    }
    *ret_number = number;
    return true;
}

bool demo_template_ends_in_number(const struct demo_template *template)
{
    const struct demo_part *last =
        template->parts.count ? &template->parts.items[template->parts.count - 1] : NULL;
    if (!last || (last->kind == PART_LITERAL && strchr(last->text, '@')))
        return false;
    for (size_t i = 0; last->kind == PART_WORDS && i < last->count; ++i)
        if (isdigit((unsigned char)last->words[i][strlen(last->words[i]) - 1]))
            return true;
    return last->kind != PART_WORDS;
}

bool demo_template_filter(struct demo_template *template,
                          bool (*admit)(const void *user, const char *text, size_t length), const void *user)
{
    struct demo_part *part = template->parts.items;
    if (template->parts.count != 1 || part->kind != PART_WORDS)
        return true;
    VECTOR(const char *) words = {0};
    for (size_t i = 0; i < part->count; ++i)
        if (admit(user, part->words[i], strlen(part->words[i])))
            *vector_add(template->arena, &words) = part->words[i];
    part->words = words.items;
    part->count = words.count;
    part->size = words.count;
    measure(template);
    return words.count > 0;
}
