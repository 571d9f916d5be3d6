/*
 * Word lists: plain text files with a word a line. Those in words/LOCALE/NAME.txt are built in; those of the
 * user, in FOLDER/words/LOCALE/NAME.txt or FOLDER/words/NAME.txt, take their place, or add to them with a
 * line "+". "#" begins a comment. What a locale does not have comes from "en".
 */
#ifndef SEED_DEMO_WORDS_H
#define SEED_DEMO_WORDS_H

#include "base/arena.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct demo_words {
    const char *name;
    size_t count;
    const char *const *words; /* no two are the same */
};

struct demo_lexicon;

/* `folder` of the seeds. Fails with DUN_BAD_INPUT for a locale that is not known, naming those that are. */
bool demo_lexicon_open(struct arena *arena, const char *folder, const char *locale,
                       struct demo_lexicon **ret_lexicon, dun_error *error);

/* NULL: there is no such list, or it is empty. */
const struct demo_words *demo_words_find(struct demo_lexicon *lexicon, const char *name);

/* The locales that have lists built in, as "de, en, fr". */
const char *demo_locales(struct arena *arena);

/* Each locale and name that is built in, for tests; false at the end. */
bool demo_words_embedded(size_t index, const char **ret_locale, const char **ret_name);

#endif
