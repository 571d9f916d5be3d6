/*
 * Texts that are put together: "{first_names:slug}.{last_names:slug}{1-99}@example.com". Each number below
 * the size of the template stands for one text. What may stand between the braces is told in
 * words/en/columns.txt; "{{" and "}}" are braces.
 */
#ifndef SEED_DEMO_TEMPLATE_H
#define SEED_DEMO_TEMPLATE_H

#include "base/str.h"
#include "base/vector.h"
#include "seed/demo/words.h"

#include <stdbool.h>
#include <stdint.h>

enum demo_part_kind {
    PART_LITERAL,
    PART_WORDS,
    PART_NUMBER,
    PART_LETTERS,
    PART_ROUND,
    PART_SENTENCE,
    PART_PARAGRAPH
};

/* Names of one row are those of one person. */
enum demo_person { PERSON_NONE, PERSON_FIRST, PERSON_LAST };

struct demo_part {
    enum demo_part_kind kind;
    uint64_t size;
    const char *text;         /* a literal; the letters that there are */
    size_t count;             /* of the words, of the letters to append */
    const char *const *words; /* in their form, no two the same */
    uint64_t low;
    unsigned width;
    enum demo_person person; /* whose words they are */
    uint64_t words_in_all;   /* in the list, with those that were too long */
};

struct demo_template {
    struct arena *arena;
    VECTOR(struct demo_part) parts;
    const struct demo_words *sentence[4]; /* subjects, verbs, objects, circumstances */
    uint64_t size;                        /* how many texts there are; at most 2^62 */
    bool distinct;                        /* no two numbers give the same text */
    bool upper, lower;                    /* all letters are such */
    uint64_t first_names, last_names;     /* that there are in all; of a text with persons */
    size_t longest;                       /* in characters; of sentences and paragraphs nothing is known: 0 */
    size_t most; /* characters that sentences and paragraphs may have; 0: any number */
};

struct demo_template_limits {
    bool upper, lower;
    size_t most; /* characters; 0: any number. Words that are too long are left out. */
};

/* NULL and DUN_BAD_INPUT: an unknown list, a brace without another. `ret_fits` false: no text of it is short
 * enough. */
struct demo_template *demo_template_read(struct arena *arena, struct demo_lexicon *lexicon, const char *text,
                                         const struct demo_template_limits *limits, bool *ret_fits,
                                         dun_error *error);

void demo_template_append(const struct demo_template *template, struct str *to, uint64_t number);

/*
 * The number of the text with the name of the person that the row has in the series `base`. Persons are all
 * different, and come round again when each has been there once. `unique`: no two rows below the size get the
 * same number. False: it has no person's name, or not such that it could be unique.
 */
bool demo_template_person(const struct demo_template *template, uint64_t base, uint64_t row, bool unique,
                          uint64_t *ret_number);

/* Could the texts end in what looks like a number behind a blank or a dash? Those before an @ do not count.
 */
bool demo_template_ends_in_number(const struct demo_template *template);

/* One-part templates of words: leaves out those that `admit` does not want. False: none is left. */
bool demo_template_filter(struct demo_template *template,
                          bool (*admit)(const void *user, const char *text, size_t length), const void *user);

#endif
